//! Drawing, at most once per animation frame and chart, and what may wait until it is done.
//!
//! A job replaces a waiting one of the same key, so the last input is always drawn and no
//! earlier one is drawn for nothing.

use super::jobs::Jobs;
use crate::platform::marks;
use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;

#[derive(Default)]
struct Queue {
    drawings: Jobs,
    afterwards: Jobs,
    frame: Option<AnimationFrame>,
}

impl Queue {
    fn request(&mut self) {
        if self.frame.is_none() {
            self.frame = Some(request_animation_frame(|_| run()));
        }
    }
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// Runs `job` in the next animation frame, instead of a waiting job of the same key.
pub fn schedule(key: &str, job: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| {
        queue.drawings.put(key, job);
        queue.request();
    });
}

/// Runs `job` at the end of the next animation frame, when everything is drawn.
pub fn afterwards(key: &str, job: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| {
        queue.afterwards.put(key, job);
        queue.request();
    });
}

/// Drops what waits under a key; for a component that leaves the page.
pub fn cancel(key: &str) {
    QUEUE.with_borrow_mut(|queue| {
        queue.drawings.take(key);
        queue.afterwards.take(key);
    });
}

fn run() {
    let Queue {
        drawings,
        afterwards,
        ..
    } = QUEUE.take();
    drawings.run();
    marks::painted();
    afterwards.run();
}
