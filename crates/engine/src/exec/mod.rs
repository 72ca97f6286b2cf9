//! Executors of a program, one semantics: [`vm`] for one run, [`batch`] for many, later emitted
//! WebAssembly.
//!
//! All of them read the same pruned graph (`graph`) and the same layout of it (`code`), which `plan`
//! makes for one setting together with what every run shares.

mod advance;
pub mod batch;
mod checkpoint;
pub(crate) mod code;
pub(crate) mod graph;
pub(crate) mod lookup;
mod machine;
mod needed;
pub(crate) mod op;
mod past;
mod plan;
mod slots;
mod steps;
#[cfg(feature = "straight")]
pub mod straight;
pub mod vm;

pub use checkpoint::Checkpoint;

use crate::model::VarId;
use crate::program::{Horizon, Method};

/// Which instants of a run are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Every saved instant of the time grid.
    Saved,
    /// These steps, ascending (see [`Horizon::step_at`]); a run ends with the last of them.
    Steps(Vec<usize>),
}

/// How to run and what to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct RunSettings {
    /// Integration method.
    pub method: Method,
    /// Time grid and saving.
    pub horizon: Horizon,
    /// Instants to keep.
    pub rows: Rows,
    /// Constants whose values each run gives; everything else is folded.
    pub inputs: Vec<VarId>,
    /// Auxiliaries whose equations are replaced by a series that each run gives
    /// (reference paths of a baseline, exogenous noise).
    pub driven: Vec<VarId>,
    /// Random numbers of a run depend on it, but for those with a seed of their own.
    pub seed: u64,
    /// Variables to keep; what none of them needs is not computed.
    pub outputs: Vec<VarId>,
}

/// Why a program cannot be run as asked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RunError {
    /// An input is no constant, or a driven variable is no auxiliary.
    #[error("`{name}` is computed by the model and cannot be set")]
    NotAnInput {
        /// As written in the model.
        name: String,
    },
    /// The time grid is empty, backwards or longer than the budget.
    #[error("time from {start} to {stop} by {dt} gives no runnable grid")]
    BadHorizon {
        /// First instant.
        start: f64,
        /// Last instant.
        stop: f64,
        /// Step length.
        dt: f64,
    },
    /// More values than an executor has room for.
    #[error("the run needs {wanted} {room}, more than {limit}")]
    TooLarge {
        /// What kind of values.
        room: Room,
        /// Values needed.
        wanted: usize,
        /// Values there is room for.
        limit: usize,
    },
    /// A variable of another model.
    #[error("variable {position} is not in this model")]
    UnknownVariable {
        /// Position asked for.
        position: usize,
    },
    /// A row that is not on the time grid or not after the one before.
    #[error("step {step} is not on the time grid or not in order")]
    BadRow {
        /// As asked for.
        step: usize,
    },
    /// An ensemble that has not these members, or not a row for each step.
    #[error("the driving ensemble has other members or not every step")]
    OtherDriven,
    /// A checkpoint of another program, of other settings or of a number of members that is neither
    /// one nor that of the run.
    #[error("the checkpoint is not one of this program and these settings")]
    OtherCheckpoint,
    /// Values of an input that are as many as neither the members nor one.
    #[error("input {position} has {given} values for {count} members")]
    BadMembers {
        /// Position among the inputs.
        position: usize,
        /// Values given.
        given: usize,
        /// Members.
        count: usize,
    },
}

/// Kinds of values that a budget limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Values of an instant.
    Slots,
    /// Values of the past that are looked back at.
    History,
    /// Saved values.
    Saved,
}

impl std::fmt::Display for Room {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Slots => "values at a time",
            Self::History => "values of the past",
            Self::Saved => "saved values",
        })
    }
}

/// The kept series of one pass over the horizon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    times: Vec<f64>,
    outputs: Vec<VarId>,
    /// One series after another, each as long as `times`.
    values: Vec<f64>,
}

impl Run {
    /// Saved instants, ascending.
    pub fn times(&self) -> &[f64] {
        &self.times
    }
    /// The kept variables, in the order asked for.
    pub fn outputs(&self) -> &[VarId] {
        &self.outputs
    }
    /// The kept series of a variable, as long as [`Run::times`]; `None` if it was not asked for.
    pub fn series(&self, var: VarId) -> Option<&[f64]> {
        let k = self.outputs.iter().position(|&v| v == var)?;
        self.values
            .get(k * self.times.len()..(k + 1) * self.times.len())
    }
    /// The rows before those of `rest`, which goes on from a checkpoint of this run, and then those.
    #[must_use]
    pub fn continued(&self, rest: &Run) -> Run {
        let begin = rest.times.first().copied().unwrap_or(f64::INFINITY);
        let n_head = self.times.partition_point(|&time| time < begin);
        let series = |run: &Run, var: VarId| run.series(var).unwrap_or(&[]).to_vec();
        let joined = |&var: &VarId| {
            let mut values = series(self, var);
            values.truncate(n_head);
            values.extend(series(rest, var));
            values
        };
        Run {
            times: [&self.times[..n_head], &rest.times].concat(),
            outputs: self.outputs.clone(),
            values: self.outputs.iter().flat_map(joined).collect(),
        }
    }
    /// The first NaN or infinity among the kept series, earliest time first.
    pub fn first_not_finite(&self) -> Option<(VarId, f64)> {
        let n = self.times.len();
        (0..n).find_map(|row| {
            let k = (0..self.outputs.len()).find(|k| !self.values[k * n + row].is_finite())?;
            Some((self.outputs[k], self.times[row]))
        })
    }
}
