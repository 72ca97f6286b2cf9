//! When the page's fonts can be measured.

use wasm_bindgen_futures::JsFuture;

/// Ends when fonts are ready; at once where the browser does not say.
pub async fn ready() {
    let promise = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.fonts().ready().ok());
    if let Some(promise) = promise {
        // A font that fails to load is replaced by the next of the list; nothing to do.
        let _ = JsFuture::from(promise).await;
    }
}
