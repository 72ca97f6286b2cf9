//! The part of the address after `#`, which holds the scenario and never leaves the browser.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;

/// Least time between two rewrites of the address; browsers refuse more than some 200 in 30 s, and
/// take milliseconds for each.
const REST_MS: u32 = 250;

/// The rest before a rewrite, and the text that waits for its end.
struct Rest {
    waiting: String,
    _timeout: Timeout,
}

thread_local! {
    static REST: RefCell<Option<Rest>> = const { RefCell::new(None) };
    /// A page that is left writes what still waits.
    static LEAVING: Option<EventListener> = web_sys::window()
        .map(|window| EventListener::new(&window, "pagehide", |_| write_waiting()));
}

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
    LEAVING.with(|_| ());
    REST.with_borrow_mut(|rest| match rest {
        Some(rest) => rest.waiting = text,
        None => {
            *rest = Some(Rest {
                waiting: text,
                _timeout: Timeout::new(REST_MS, write_waiting),
            });
        }
    });
}

/// Replaces the fragment now; a text that waited is dropped.
pub fn write_now(text: &str) {
    REST.take();
    write(text);
}

/// Sets the fragment now as a new entry in the history, so that the browser's way back leads to
/// the old one, in which a text that waited is written first.
pub fn push_now(text: &str) {
    write_waiting();
    put(text, |history, url| {
        history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(url))
    });
}

fn write_waiting() {
    if let Some(rest) = REST.take() {
        write(&rest.waiting);
    }
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

/// Calls back when the user pastes another fragment; ends when dropped.
pub fn on_change(callback: impl Fn(String) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| {
        callback(read());
    }))
}
