//! Small texts kept by the browser between visits.
//!
//! Storage may be switched off, full or damaged: then nothing is kept and nothing fails.

/// The kept text of a key; `None` where there is none or storage is off.
pub fn read(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps a text; gives whether the browser took it.
pub fn write(key: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets a key.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        // Storage that is switched off between two calls holds nothing to forget.
        let _ = storage.remove_item(key);
    }
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
