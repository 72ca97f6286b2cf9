//! The same job in a browser: functions that the measuring page calls.

use std::cell::RefCell;

use tidemark_bench::{Job, Prepared, program};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static JOB: RefCell<Option<(Job, Prepared)>> = const { RefCell::new(None) };
}

/// Makes a job the current one; what is wrong with it, or nothing.
#[wasm_bindgen]
pub fn prepare(json: &str) -> Option<String> {
    let made = || -> Result<_, tidemark_bench::JobError> {
        let job: Job = serde_json::from_str(json)?;
        let prepared = Prepared::new(&job)?;
        Ok((job, prepared))
    };
    match made() {
        Ok(made) => {
            JOB.set(Some(made));
            None
        }
        Err(error) => Some(error.to_string()),
    }
}

/// XMILE text → a program, without a job; whether it came out.
#[wasm_bindgen]
pub fn compile(xmile: &str) -> bool {
    program(xmile).is_ok()
}

/// So many runs of the current job; see `Prepared::run_many`.
#[wasm_bindgen]
pub fn run_many(runs: u32) -> f64 {
    with(f64::NAN, |job| job.run_many(runs))
}

/// An ensemble of the current job; see `Prepared::run_members`.
#[wasm_bindgen]
pub fn run_members(members: u32) -> f64 {
    with(f64::NAN, |job| job.run_members(members))
}

/// See `Prepared::differing_member`.
#[wasm_bindgen]
pub fn differing_member(members: u32) -> Option<u32> {
    with(Some(0), |job| job.differing_member(members))
}

/// Values of one run of the current job, to be compared with those of other executors.
#[wasm_bindgen]
pub fn check_values() -> Vec<f64> {
    with(Vec::new(), Prepared::check_values)
}

/// What `work` makes of the current job, or `none` where there is no job.
fn with<T>(none: T, work: impl FnOnce(&mut Prepared) -> T) -> T {
    JOB.with_borrow_mut(|job| match job {
        Some((_, prepared)) => work(prepared),
        None => none,
    })
}

fn main() {}
