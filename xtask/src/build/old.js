// Runs only in browsers without modules, instead of the app.
(function () {
  var place = document.getElementById("boot");
  if (place) {
    place.innerHTML = "";
    place.appendChild(document.createTextNode("这个浏览器内核太旧，打不开本页。请换用 Chromium 96 及以上内核的浏览器（新版 Chrome、Edge、奇安信、360 等）。"));
  }
})();
