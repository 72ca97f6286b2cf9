//! A job to measure: a model, what a run sets and keeps; prepared once, run often.
//!
//! The native program and the page run the very same jobs, which `cargo xtask bench` writes as
//! JSON. Nothing here reaches the product. The job as text is here, its runs in [`prepared`].

pub mod prepared;

use serde::{Deserialize, Serialize};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::{Rows, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::{Loaded, load};

pub use prepared::Prepared;

/// What is run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Name in the tables and of the files, of letters, digits and `-`.
    pub name: String,
    /// What differs from run to run, as a reader is told.
    pub varies: String,
    /// XMILE text.
    pub xmile: String,
    /// Steps that are kept; none stands for every instant that the model saves.
    pub rows: Vec<usize>,
    /// Step at which ensembles begin, from a state that is made once; 0 is the start of the run.
    pub checkpoint: usize,
    /// Constants that a run sets, with the values of those that do not vary.
    pub inputs: Vec<(String, f64)>,
    /// Inputs that differ from run to run.
    pub varied: Vec<Varied>,
    /// Auxiliaries that a run drives, with one value a step.
    pub driven: Vec<(String, Vec<f64>)>,
    /// Variables that a run keeps.
    pub outputs: Vec<String>,
    /// Sizes of the ensembles that are measured, ascending.
    pub members: Vec<u32>,
}

/// An input that differs from run to run.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Varied {
    /// Position in the job's inputs.
    pub input: usize,
    /// Least and greatest value.
    pub range: [f64; 2],
}

/// Golden section, so that inputs which vary together do not move in step.
pub const SHIFT: f64 = 0.618_033_988_749_895;

impl Varied {
    /// Value for run `k` of `n`, as the `nth` input that varies.
    ///
    /// Every program that is measured computes it in this way; with one run, the first such input
    /// stands in the middle of its range.
    pub fn value(self, nth: usize, k: u32, n: u32) -> f64 {
        let part = (f64::from(k) + 0.5) / f64::from(n) + nth as f64 * SHIFT;
        let [low, high] = self.range;
        low + (part - part.floor()) * (high - low)
    }
}

/// Why a job cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The text is no job.
    #[error("the job is not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// The model has faults.
    #[error("the model has faults:\n{faults}")]
    Model {
        /// One a line.
        faults: String,
    },
    /// A name of the job is not in the model.
    #[error("the model has no variable `{name}`")]
    UnknownVariable {
        /// As the job writes it.
        name: String,
    },
    /// The engine refuses the settings.
    #[error(transparent)]
    Run(#[from] tidemark_engine::exec::RunError),
}

/// Variables by name → how the engine is asked to run.
///
/// # Errors
/// [`JobError::UnknownVariable`].
pub fn settings(job: &Job, loaded: &Loaded) -> Result<RunSettings, JobError> {
    let find = |name: &String| {
        let unknown = || JobError::UnknownVariable { name: name.clone() };
        loaded.model.find(name).ok_or_else(unknown)
    };
    let all = |names: &mut dyn Iterator<Item = &String>| -> Result<Vec<VarId>, JobError> {
        names.map(find).collect()
    };
    Ok(RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: if job.rows.is_empty() {
            Rows::Saved
        } else {
            Rows::Steps(job.rows.clone())
        },
        inputs: all(&mut job.inputs.iter().map(|(name, _)| name))?,
        driven: all(&mut job.driven.iter().map(|(name, _)| name))?,
        seed: 0,
        outputs: all(&mut job.outputs.iter())?,
    })
}

/// The program of an XMILE text.
///
/// # Errors
/// [`JobError::Model`] with all faults.
pub fn program(xmile: &str) -> Result<Loaded, JobError> {
    let mut faults = Diagnostics::new();
    load(xmile, "model.xmile", &mut faults).ok_or_else(|| JobError::Model {
        faults: faults.iter().map(|fault| format!("{fault}\n")).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_stands_in_the_middle_and_many_stay_inside() {
        let varied = Varied {
            input: 0,
            range: [2.0, 4.0],
        };
        assert_eq!(varied.value(0, 0, 1), 3.0);
        for (nth, k) in [(0, 0), (0, 99), (7, 50)] {
            let value = varied.value(nth, k, 100);
            assert!((2.0..4.0).contains(&value), "{value}");
        }
    }
}
