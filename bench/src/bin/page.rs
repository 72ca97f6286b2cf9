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

/// So many runs of the current job; see `Prepared::run_many`.
#[wasm_bindgen]
pub fn run_many(runs: u32) -> f64 {
    JOB.with_borrow_mut(|job| job.as_mut().map_or(f64::NAN, |(_, job)| job.run_many(runs)))
}

/// Values of one run of the current job, to be compared with those of other executors.
#[wasm_bindgen]
pub fn check_values() -> Vec<f64> {
    JOB.with_borrow_mut(|job| {
        job.as_mut()
            .map_or(Vec::new(), |(_, job)| job.check_values())
    })
}

/// The current job's XMILE text → a program; whether it came out.
#[wasm_bindgen]
pub fn compile() -> bool {
    JOB.with_borrow(|job| {
        job.as_ref()
            .is_some_and(|(job, _)| program(&job.xmile).is_ok())
    })
}

fn main() {}
