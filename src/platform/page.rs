//! The page as a whole: its keyboard, its classes, its title, printing, and the last word after
//! a crash.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Sets or clears a class on the root element.
pub fn set_class(name: &str, on: bool) {
    if let Some(root) = root() {
        // The name is one of ours and has no white space, so it is never refused.
        let _ = root.class_list().toggle_with_force(name, on);
    }
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Refused by browsers without printing; then there is nothing to wait for.
        let _ = window.print();
    }
}

/// Calls back for every key pressed on the page; ends when dropped.
pub fn on_key(callback: impl Fn(&KeyboardEvent) + 'static) -> Option<EventListener> {
    let document = document()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        &document,
        "keydown",
        options,
        move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                callback(event);
            }
        },
    ))
}

/// Whether a key was pressed where text is typed.
pub fn typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.matches(TEXT_FIELDS).unwrap_or(false))
}

const TEXT_FIELDS: &str = "input:not([type=range]):not([type=checkbox]), textarea, select";

/// Shows `message` in the middle of the page when the program stops; the scenario was kept at
/// its last change, so a reload brings it back.
pub fn show_when_stopped(heading: &'static str, message: &'static str, button: &'static str) {
    std::panic::set_hook(Box::new(move |info| {
        web_sys::console::error_1(&info.to_string().into());
        let _ = last_word(heading, message, button);
    }));
}

fn last_word(heading: &str, message: &str, button: &str) -> Option<()> {
    let document = document()?;
    let body = document.body()?;
    let panel = document.create_element("div").ok()?;
    panel.set_class_name("stopped");
    panel.set_attribute("role", "alert").ok()?;
    for (tag, text) in [("h2", heading), ("p", message), ("button", button)] {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        panel.append_child(&element).ok()?;
        if tag == "button" {
            EventListener::new(&element, "click", |_| reload()).forget();
        }
    }
    body.append_child(&panel).ok()?;
    Some(())
}

/// The element of that id.
pub fn element(id: &str) -> Option<web_sys::Element> {
    document()?.get_element_by_id(id)
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn root() -> Option<web_sys::Element> {
    document()?.document_element()
}
