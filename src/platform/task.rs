//! Work that waits for the browser.

/// Starts a task; it ends by itself, at the latest with the page.
pub fn start(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}
