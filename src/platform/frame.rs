//! Drawing, at most once per animation frame and chart.
//!
//! A job replaces a waiting one of the same key, so the last input is always drawn and no
//! earlier one is drawn for nothing.

use crate::platform::marks;
use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;

type Job = Box<dyn FnOnce()>;

#[derive(Default)]
struct Queue {
    jobs: Vec<(String, Job)>,
    frame: Option<AnimationFrame>,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// Runs `job` in the next animation frame, instead of a waiting job of the same key.
pub fn schedule(key: &str, job: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| {
        queue.jobs.retain(|(waiting, _)| waiting != key);
        queue.jobs.push((key.to_owned(), Box::new(job)));
        if queue.frame.is_none() {
            queue.frame = Some(request_animation_frame(|_| run()));
        }
    });
}

/// Drops a waiting job; for a chart that leaves the page.
pub fn cancel(key: &str) {
    QUEUE.with_borrow_mut(|queue| queue.jobs.retain(|(waiting, _)| waiting != key));
}

fn run() {
    let jobs = QUEUE.with_borrow_mut(|queue| {
        queue.frame = None;
        std::mem::take(&mut queue.jobs)
    });
    for (_, job) in jobs {
        job();
    }
    marks::painted();
}
