//! Executors of a program, one semantics: [`vm`], later a batched VM and emitted WebAssembly.
//!
//! All of them read the same pruned graph (`graph`) and the same layout of it (`code`).

pub(crate) mod code;
pub(crate) mod graph;
mod lookup;
pub(crate) mod op;
#[cfg(feature = "straight")]
pub mod straight;
pub mod vm;

use crate::model::VarId;
use crate::program::{Horizon, Method};

/// How to run and what to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct RunSettings {
    /// Integration method.
    pub method: Method,
    /// Time grid and saving.
    pub horizon: Horizon,
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
    /// More values at once than an executor has room for.
    #[error("the run needs {wanted} values at a time, more than {limit}")]
    TooLarge {
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
}

/// The kept series of one pass over the horizon.
#[derive(Debug, Clone, PartialEq)]
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
    /// The first NaN or infinity among the kept series, earliest time first.
    pub fn first_not_finite(&self) -> Option<(VarId, f64)> {
        let n = self.times.len();
        (0..n).find_map(|row| {
            let k = (0..self.outputs.len()).find(|k| !self.values[k * n + row].is_finite())?;
            Some((self.outputs[k], self.times[row]))
        })
    }
}
