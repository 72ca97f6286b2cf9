//! Scalar VM. STUB: names fixed for other rooms; the engine replaces the inside.

use super::{Run, RunError, RunSettings};
use crate::program::Program;

/// A program pruned to the outputs asked for, with room for its state; make once, run often.
#[derive(Debug, Clone)]
pub struct Vm {}

impl Vm {
    /// Prunes, folds and lays out `program` for `settings`.
    ///
    /// # Errors
    /// [`RunError::BadHorizon`] when the grid is empty or over the budget of steps,
    /// [`RunError::NotAnInput`] when an input is computed or a driven variable is a stock.
    pub fn prepare(_program: &Program, _settings: &RunSettings) -> Result<Self, RunError> {
        todo!("engine")
    }
    /// One run.
    ///
    /// * `inputs`: one value for each of `settings.inputs`, in that order.
    /// * `driven`: one series for each of `settings.driven`, one value a step (not a saved row);
    ///   the last value holds beyond its end.
    pub fn run(&mut self, _inputs: &[f64], _driven: &[&[f64]]) -> Run {
        todo!("engine")
    }
}
