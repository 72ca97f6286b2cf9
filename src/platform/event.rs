//! What an event of the browser says, as plain values.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

/// Text of the field an event came from; empty where it came from none.
pub fn text(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other
            .dyn_into::<HtmlSelectElement>()
            .map(|select| select.value())
            .unwrap_or_default(),
    }
}

/// Number of the slider an event came from.
pub fn number(event: &Event) -> Option<f64> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let number = input.value_as_number();
    number.is_finite().then_some(number)
}

/// Calls back once, at the next release of any pointer anywhere; ends when dropped.
pub fn on_release(callback: impl FnOnce() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::once(&window, "pointerup", move |_| {
        callback();
    }))
}

/// Hands the pointer's further moves to what it was pressed on, wherever it goes, until it is lifted.
pub fn capture(event: &web_sys::PointerEvent) {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if let Some(target) = target {
        // Refused only where the pointer is gone already; then there are no moves.
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// Where a pointer is over the element it moves on, in CSS pixels from its left edge.
pub fn offset_x(event: &web_sys::PointerEvent) -> f64 {
    f64::from(event.offset_x())
}

/// Attributes of one element for those who look at the page from outside (tests, measuring).
///
/// One is written only where it differs from what it was last set to; nobody else may write it.
#[derive(Default)]
pub struct Attributes(Vec<(&'static str, String)>);

impl Attributes {
    /// Sets attributes of the element, which is the same one every time.
    pub fn set(&mut self, element: &Element, attributes: &[(&'static str, &str)]) {
        for &(name, value) in attributes {
            match self.0.iter_mut().find(|known| known.0 == name) {
                Some(known) if known.1 == value => continue,
                Some(known) => value.clone_into(&mut known.1),
                None => self.0.push((name, value.to_owned())),
            }
            // The names are ours and valid, so none is refused.
            let _ = element.set_attribute(name, value);
        }
    }
}

/// A handle that keeps a listener alive.
pub type Listener = EventListener;

/// Whether an event began on the element itself and not on something inside it.
pub fn on_itself(event: &Event, element: &Element) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target == *element)
}

/// Whether a key was pressed in a list of choices, which has its own use for letters.
pub fn in_select(event: &Event) -> bool {
    event
        .target()
        .is_some_and(|target| target.dyn_ref::<HtmlSelectElement>().is_some())
}
