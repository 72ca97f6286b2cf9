//! Modal dialogs and focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// Opens a `<dialog>` above everything; focus stays inside and Esc closes it.
pub fn open(element: &Element) {
    if let Some(dialog) = element.dyn_ref::<HtmlDialogElement>()
        && !dialog.open()
    {
        // Refused only for a dialog that left the page, which nobody waits for.
        let _ = dialog.show_modal();
    }
}

/// Closes a `<dialog>`; the browser gives focus back to what had it before.
pub fn close(element: &Element) {
    if let Some(dialog) = element.dyn_ref::<HtmlDialogElement>()
        && dialog.open()
    {
        dialog.close();
    }
}

/// Gives an element the focus and selects its text where it has any.
pub fn focus(element: &Element) {
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        let _ = input.focus();
        input.select();
    } else if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
