//! The part of the address after `#`, which holds the scenario and never leaves the browser.

use super::later;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;

/// Under which a rewrite waits.
const WAITING: &str = "fragment";

/// The fragment without its `#`; empty where there is none.
pub fn read() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .map(|hash| hash.trim_start_matches('#').to_owned())
        .unwrap_or_default()
}

/// Replaces the fragment a moment later, without a new entry in the history; no input waits for it.
///
/// Of several calls within that moment only the last counts. An empty text removes the `#`.
pub fn write_soon(text: String) {
    later::schedule(WAITING, move || write(&text));
}

/// Replaces the fragment now; a text that waited is dropped.
pub fn write_now(text: &str) {
    later::cancel(WAITING);
    write(text);
}

/// Sets the fragment now as a new entry in the history, so that the browser's way back leads to
/// the old one, in which a text that waited is written first.
pub fn push_now(text: &str) {
    later::hurry(WAITING);
    put(text, |history, url| {
        history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(url))
    });
}

fn write(text: &str) {
    put(text, |history, url| {
        history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(url))
    });
}

fn put(
    text: &str,
    enter: impl FnOnce(&web_sys::History, &str) -> Result<(), wasm_bindgen::JsValue>,
) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let location = window.location();
    let before = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let url = if text.is_empty() {
        before
    } else {
        format!("{before}#{text}")
    };
    if let Ok(history) = window.history() {
        // A refusal (too many rewrites, a `file:` page) leaves the old address; storage keeps
        // the scenario all the same.
        let _ = enter(&history, &url);
    }
}

/// Calls back when the user pastes another fragment, with the address that the event itself names: the page
/// may have written another one since; ends when dropped.
pub fn on_change(callback: impl Fn(String) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |event| {
        let change = event.dyn_ref::<web_sys::HashChangeEvent>();
        let url = change.map_or_else(String::new, web_sys::HashChangeEvent::new_url);
        let fragment = url.split_once('#').map(|(_, fragment)| fragment.to_owned());
        // What waits is of the page before; the address is the user's until the page changes again.
        later::cancel(WAITING);
        // What writes addresses of its own makes events without a new one.
        callback(match url.is_empty() {
            true => read(),
            false => fragment.unwrap_or_default(),
        });
    }))
}
