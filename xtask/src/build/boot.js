// Starts the app. A module, so that it runs only where there are modules; what goes wrong is said by the watch.
(function () {
  "use strict";
  var watch = window.tidemark_watch;
  watch.begun();

  // (module (func (param v128))): refused by browsers without SIMD.
  var simd = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 123, 0]);

  // A file that does not come as what it should be; the watch finds out why.
  function Missing(url) {
    this.url = url;
  }

  function module_of(url) {
    return fetch(url).then(function (response) {
      var type = (response.headers.get("Content-Type") || "").split(";")[0].trim();
      if (!response.ok || type === "text/html") {
        throw new Missing(url.href);
      }
      // A server that does not know `.wasm` would make streaming compilation fail.
      return type === "application/wasm" ? response : response.arrayBuffer();
    }, function () {
      throw new Missing(url.href);
    });
  }

  function glue_of(url) {
    return import(url.href).catch(function (error) {
      throw error instanceof TypeError || error instanceof SyntaxError ? new Missing(url.href) : error;
    });
  }

  if (typeof WebAssembly !== "object" || !WebAssembly.validate(simd)) {
    watch.too_old();
    return;
  }
  Promise.all([glue_of(new URL("./__GLUE__", import.meta.url)), module_of(new URL("./__MODULE__", import.meta.url))])
    .then(function (loaded) {
      return loaded[0].default({ module_or_path: loaded[1] });
    })
    .catch(function (error) {
      if (error instanceof Missing) {
        watch.explain(error.url);
        return;
      }
      console.error(error);
      watch.say("页面没有启动：" + (error && error.message ? error.message : error) + "。请刷新重试；仍不行时，请管理员核对网站文件夹是否完整。");
    });
})();
