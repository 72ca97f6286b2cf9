// The first thing to run, before anything else is asked for: says why a page does not come, and what to do.
// Written for browsers without modules. Inline and known to the policy by its hash, since any file may be missing.
(function () {
  "use strict";
  var AGAIN = "然后刷新本页。";
  var KEEPER = "请管理员";
  var begun = false;
  var last = "";

  function place() {
    return document.getElementById("boot");
  }

  // Words, and where they are no error but a long wait, without alarm.
  function say(words, waits) {
    last = words;
    var boot = place();
    if (!boot) {
      return;
    }
    boot.setAttribute("role", waits ? "status" : "alert");
    boot.textContent = words;
  }

  function too_old() {
    say("这个浏览器内核太旧，打不开本页。请换用 Chromium 96 及以上内核的浏览器（新版 Chrome、Edge、奇安信、360 等）。");
  }

  function name_of(url) {
    return url.split(/[?#]/)[0].split("/").pop();
  }

  function once_ready(then) {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", then);
    } else {
      then();
    }
  }

  function get(url, then) {
    var request = new XMLHttpRequest();
    request.open("GET", url);
    request.timeout = 15000;
    request.onload = function () {
      then(request.status, request.getResponseHeader("Content-Type") || "", request.responseText || "");
    };
    request.onerror = request.ontimeout = function () {
      then(0, "", "");
    };
    request.send();
  }

  // The site was opened as a folder without its slash: everything relative is looked for one folder too high.
  function mend_slash(file, otherwise) {
    var here = location.pathname;
    if (/\/$|\.html?$/.test(here)) {
      otherwise();
      return;
    }
    get(here + "/" + file, function (status) {
      if (status === 200) {
        location.replace(here + "/" + location.search + location.hash);
      } else {
        otherwise();
      }
    });
  }

  // The page's text came from a cache and asks for files of an earlier release.
  function look_for_newer(file, otherwise) {
    get(location.pathname + "?fresh=" + Date.now(), function (status, type, text) {
      if (status === 200 && text.indexOf("id=\"boot\"") >= 0 && text.indexOf(file) < 0) {
        say("网站已经更新，浏览器里还是旧的首页。请按 Ctrl+F5 强制刷新；仍不行时" + KEEPER + "把首页 index.html 设为不缓存。");
      } else {
        otherwise();
      }
    });
  }

  function explain(url) {
    if (location.protocol === "file:") {
      return;
    }
    var file = name_of(url);
    get(url, function (status, type, text) {
      if (status === 0) {
        say("程序文件 " + file + " 读不到：服务器没有应答。请检查网络，" + AGAIN);
      } else if (status !== 200) {
        say("程序文件 " + file + " 不在服务器上（" + status + "）。" + KEEPER + "把网站文件夹完整复制到服务器，" + AGAIN);
        mend_slash(file, function () {
          look_for_newer(file, function () {});
        });
      } else if (/html/.test(type) || /^\s*</.test(text)) {
        say("服务器把程序文件 " + file + " 答成了网页：文件可能缺失，或需要先登录内网。请先登录；若已登录，" + KEEPER + "把网站文件夹完整复制到服务器，" + AGAIN);
      } else if (/javascript|wasm/.test(type)) {
        say("程序文件 " + file + " 的内容不完整或已损坏。请按 Ctrl+F5 强制刷新；仍不行时" + KEEPER + "把网站文件夹重新复制到服务器。");
      } else {
        say("服务器发送程序文件 " + file + " 时标的类型不对（" + (type || "没有标") + "）。" + KEEPER + "把 .js 设为 text/javascript、.wasm 设为 application/wasm，" + AGAIN);
      }
    });
  }

  // A style that is missing leaves a page that works and looks wrong: said above it.
  function warn_of_style(url) {
    once_ready(function () {
      var line = document.createElement("p");
      line.setAttribute("role", "alert");
      line.setAttribute("data-style-missing", "");
      line.textContent = "页面样式文件 " + name_of(url) + " 读不到，显示会错乱。请刷新；仍不行时" + KEEPER + "核对网站文件夹。";
      document.body.insertBefore(line, document.body.firstChild);
    });
  }

  window.addEventListener("error", function (event) {
    var from = event.target;
    if (!from || from === window) {
      // A script that is none, before any of ours ran.
      if (!begun && event.filename) {
        explain(event.filename);
      }
      return;
    }
    if (from.tagName === "SCRIPT") {
      explain(from.src);
    } else if (from.tagName === "LINK" && from.rel === "stylesheet") {
      warn_of_style(from.href);
    }
  }, true);

  // For the program's own start.
  window.tidemark_watch = {
    begun: function () {
      begun = true;
    },
    say: say,
    explain: explain,
    too_old: too_old
  };

  function waited(seconds) {
    // Whatever was said stays; the page itself takes the place away.
    if (!place() || last) {
      return;
    }
    var files = performance.getEntriesByType ? performance.getEntriesByType("resource") : [];
    var done = files.filter(function (f) { return f.responseEnd > 0; }).map(function (f) { return name_of(f.name); });
    var wanted = [].map.call(document.querySelectorAll("script[src],link[href]"), function (e) { return name_of(e.src || e.href); });
    var open = wanted.filter(function (w) { return /\.(js|wasm|css)$/.test(w) && done.indexOf(w) < 0; });
    if (begun && !open.length) {
      return;
    }
    say("已经等了 " + seconds + " 秒" + (open.length ? "，还没有收到 " + open[0] : "") + "。网络很慢或服务器没有传完；可以再等，也可以刷新本页；总是如此时" + KEEPER + "检查服务器。", true);
    last = "";
  }

  once_ready(function () {
    if (location.protocol === "file:") {
      say("这个页面不能从文件夹里直接打开：浏览器不允许它读旁边的文件。请用网站地址打开；没有服务器时，可用单文件版。");
      return;
    }
    if (!("noModule" in document.createElement("script"))) {
      too_old();
      return;
    }
    if (last) {
      say(last);
    }
    [20, 60].forEach(function (seconds) {
      setTimeout(function () { waited(seconds); }, seconds * 1000);
    });
  });
})();
