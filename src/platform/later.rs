//! What is kept of a change: a moment after it, so that no input waits for it, and at the latest when
//! the page is left.

use super::jobs::Jobs;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;

/// Between a change and its keeping; browsers refuse more than some 200 rewrites of the address in
/// 30 s, and take milliseconds for each.
const MOMENT_MS: u32 = 250;

#[derive(Default)]
struct Rest {
    jobs: Jobs,
    timeout: Option<Timeout>,
}

thread_local! {
    static REST: RefCell<Rest> = RefCell::default();
    static LEAVING: Option<EventListener> = web_sys::window()
        .map(|window| EventListener::new(&window, "pagehide", |_| run()));
}

/// Does something a moment later, instead of what waits under the same key.
pub fn schedule(key: &str, job: impl FnOnce() + 'static) {
    LEAVING.with(|_| ());
    REST.with_borrow_mut(|rest| {
        rest.jobs.put(key, job);
        if rest.timeout.is_none() {
            rest.timeout = Some(Timeout::new(MOMENT_MS, run));
        }
    });
}

/// Drops what waits under a key.
pub fn cancel(key: &str) {
    REST.with_borrow_mut(|rest| rest.jobs.take(key));
}

/// Does now what waits under a key.
pub fn hurry(key: &str) {
    let job = REST.with_borrow_mut(|rest| rest.jobs.take(key));
    if let Some(job) = job {
        job();
    }
}

fn run() {
    REST.take().jobs.run();
}
