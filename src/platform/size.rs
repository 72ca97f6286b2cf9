//! Size of an element and pixel density of the screen, and changes of both.

use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Inner size of an element in CSS pixels and device pixels per CSS pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub density: f64,
}

/// Watches an element until dropped.
pub struct Watch {
    observer: ResizeObserver,
    _called_by_observer: Closure<dyn FnMut()>,
    _density: Rc<RefCell<Option<EventListener>>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The size now.
pub fn of(element: &Element) -> Size {
    Size {
        width: f64::from(element.client_width()),
        height: f64::from(element.client_height()),
        density: density(),
    }
}

/// Device pixels per CSS pixel; follows zoom.
pub fn density() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// Calls back with the size at once and at every change; `None` where the browser cannot.
pub fn watch(element: &Element, callback: impl Fn(Size) + 'static) -> Option<Watch> {
    let watched = element.clone();
    let report: Rc<dyn Fn()> = Rc::new(move || callback(of(&watched)));
    let by_observer = Rc::clone(&report);
    let closure = Closure::<dyn FnMut()>::new(move || by_observer());
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    let listener = Rc::new(RefCell::new(None));
    watch_density(&listener, report);
    Some(Watch {
        observer,
        _called_by_observer: closure,
        _density: listener,
    })
}

/// A media query speaks of one density only, so it is asked anew after each change.
fn watch_density(slot: &Rc<RefCell<Option<EventListener>>>, report: Rc<dyn Fn()>) {
    let query = format!("(resolution: {}dppx)", density());
    let Some(list) = web_sys::window().and_then(|window| window.match_media(&query).ok()?) else {
        return;
    };
    let weak = Rc::downgrade(slot);
    let listener = EventListener::once(&list, "change", move |_| {
        report();
        if let Some(slot) = weak.upgrade() {
            watch_density(&slot, Rc::clone(&report));
        }
    });
    slot.replace(Some(listener));
}
