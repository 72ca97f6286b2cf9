//! Drawing, at most once per animation frame and chart, and what may wait until it is done.
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
    later: Vec<(String, Job)>,
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
        put(&mut queue.jobs, key, Box::new(job));
        queue.request();
    });
}

/// Runs `job` at the end of the next animation frame, when everything is drawn.
pub fn afterwards(key: &str, job: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| {
        put(&mut queue.later, key, Box::new(job));
        queue.request();
    });
}

fn put(jobs: &mut Vec<(String, Job)>, key: &str, job: Job) {
    jobs.retain(|(waiting, _)| waiting != key);
    jobs.push((key.to_owned(), job));
}

/// Drops a waiting job; for a chart that leaves the page.
pub fn cancel(key: &str) {
    QUEUE.with_borrow_mut(|queue| queue.jobs.retain(|(waiting, _)| waiting != key));
}

fn run() {
    let (jobs, later) = QUEUE.with_borrow_mut(|queue| {
        queue.frame = None;
        (
            std::mem::take(&mut queue.jobs),
            std::mem::take(&mut queue.later),
        )
    });
    for (_, job) in jobs {
        job();
    }
    marks::painted();
    for (_, job) in later {
        job();
    }
}
