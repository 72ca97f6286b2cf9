//! What is kept of a change: a moment after it, so that no input waits for it, and at the latest when
//! the page is left.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;

/// Between a change and its keeping; browsers refuse more than some 200 rewrites of the address in
/// 30 s, and take milliseconds for each.
const MOMENT_MS: u32 = 250;

type Job = Box<dyn FnOnce()>;

#[derive(Default)]
struct Rest {
    jobs: Vec<(String, Job)>,
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
    cancel(key);
    REST.with_borrow_mut(|rest| {
        rest.jobs.push((key.to_owned(), Box::new(job)));
        if rest.timeout.is_none() {
            rest.timeout = Some(Timeout::new(MOMENT_MS, run));
        }
    });
}

/// Drops what waits under a key.
pub fn cancel(key: &str) {
    taken(key);
}

/// Does now what waits under a key.
pub fn hurry(key: &str) {
    if let Some(job) = taken(key) {
        job();
    }
}

fn taken(key: &str) -> Option<Job> {
    REST.with_borrow_mut(|rest| {
        let place = rest.jobs.iter().position(|(waiting, _)| waiting == key)?;
        Some(rest.jobs.remove(place).1)
    })
}

fn run() {
    let jobs = REST.with_borrow_mut(|rest| {
        rest.timeout = None;
        std::mem::take(&mut rest.jobs)
    });
    for (_, job) in jobs {
        job();
    }
}
