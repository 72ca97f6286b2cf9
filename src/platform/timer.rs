//! Delays and repeats that end when dropped.

use gloo::timers::callback::{Interval, Timeout};
use js_sys::Promise;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;

/// Before a held button begins to repeat.
const HOLD_MS: u32 = 400;
/// Between repeats.
const REPEAT_MS: u32 = 70;

/// Something that will happen unless this is dropped first.
pub struct Delay(#[allow(dead_code, reason = "held for its drop")] Timeout);

/// Calls back once after that many milliseconds.
pub fn after(milliseconds: u32, callback: impl FnOnce() + 'static) -> Delay {
    Delay(Timeout::new(milliseconds, callback))
}

/// Over in a moment, in which the browser does whatever else waits.
pub fn moment() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {
        let promise = Promise::new(&mut |resolve, _| {
            if let Some(window) = web_sys::window() {
                // Refused by no browser.
                let _ = window.set_timeout_with_callback(&resolve);
            }
        });
        // It is never refused.
        let _ = JsFuture::from(promise).await;
    })
}

/// A held button: after a moment it calls back again and again, until dropped.
pub struct Hold {
    _wait: Timeout,
    _repeat: Rc<RefCell<Option<Interval>>>,
}

/// Starts to hold; the first call comes after `HOLD_MS`, the press itself is the caller's.
pub fn hold(callback: impl Fn() + 'static) -> Hold {
    let slot = Rc::new(RefCell::new(None));
    let weak = Rc::downgrade(&slot);
    let wait = Timeout::new(HOLD_MS, move || {
        if let Some(slot) = weak.upgrade() {
            slot.replace(Some(Interval::new(REPEAT_MS, callback)));
        }
    });
    Hold {
        _wait: wait,
        _repeat: slot,
    }
}
