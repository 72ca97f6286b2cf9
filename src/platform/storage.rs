//! Small texts kept by the browser between visits, for this folder of the host: two releases beside one another
//! keep their own.
//!
//! Storage may be switched off, full or damaged: then nothing is kept, which [`write()`] says.

/// Before every key; what the page kept before keys held the site's path begins so too.
const NAME: &str = "tidemark:";

/// The kept text of a key; `None` where there is none or storage is off. What was kept for the whole host, as
/// pages of before did, is found where this folder has nothing of its own; it stays for those pages.
pub fn read(key: &str) -> Option<String> {
    let storage = local()?;
    let own = storage.get_item(&own(key)).ok()?;
    own.or_else(|| storage.get_item(key).ok()?)
}

/// Keeps a text; gives whether the browser took it.
pub fn write(key: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(&own(key), text).is_ok())
}

/// Forgets a key.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        // Storage that is switched off between two calls holds nothing to forget.
        let _ = storage.remove_item(&own(key));
    }
}

/// The key with the site's path in it.
fn own(key: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let path = location.and_then(|location| location.pathname().ok());
    with_folder(key, path.as_deref().unwrap_or("/"))
}

/// `tidemark:pack` of the page at `/town/index.html` is `tidemark:/town/:pack`.
fn with_folder(key: &str, path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = key.strip_prefix(NAME).unwrap_or(key);
    format!("{NAME}{folder}/:{name}")
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_holds_the_folder_of_the_page() {
        let key = |path| with_folder("tidemark:town:scenario", path);
        assert_eq!(key("/"), "tidemark:/:town:scenario");
        assert_eq!(key("/a/b/"), "tidemark:/a/b/:town:scenario");
        assert_eq!(key("/a/b/index.html"), key("/a/b/"));
        assert_ne!(key("/a/"), key("/b/"));
    }
}
