// Starts the app. Outside the page, because the content security policy allows no inline script.
(function () {
  "use strict";

  function fail(what) {
    var place = document.getElementById("boot");
    if (place) {
      place.setAttribute("role", "alert");
      place.textContent = what;
    }
  }

  // (module (func (param v128))): refused by browsers without SIMD.
  var simd = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 123, 0]);

  function module_of(url) {
    return fetch(url).then(function (response) {
      if (!response.ok) {
        throw new Error("程序文件 " + url.pathname.split("/").pop() + " 无法读取（服务器答复 " + response.status + "）");
      }
      // A server that does not know `.wasm` would make streaming compilation fail.
      var type = response.headers.get("Content-Type") || "";
      return type.split(";")[0].trim() === "application/wasm" ? response : response.arrayBuffer();
    });
  }

  if (typeof WebAssembly !== "object" || !WebAssembly.validate(simd)) {
    fail("这个浏览器内核太旧，打不开本页。请换用 Chromium 96 及以上内核的浏览器（新版 Chrome、Edge、奇安信、360 等）。");
    return;
  }
  Promise.all([import("./__GLUE__"), module_of(new URL("./__MODULE__", import.meta.url))])
    .then(function (loaded) {
      return loaded[0].default({ module_or_path: loaded[1] });
    })
    .catch(function (error) {
      console.error(error);
      fail("页面没有启动：" + (error && error.message ? error.message : error) + "。请刷新重试；仍不行时，请管理员核对网站文件夹是否完整。");
    });
})();
