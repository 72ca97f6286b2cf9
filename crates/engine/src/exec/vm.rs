//! Scalar VM: one run at a time.
//!
//! The machine itself is in `machine`, what it runs in `plan`.

use super::checkpoint::Checkpoint;
use super::machine::Machine;
use super::plan::{Plan, Source};
use super::steps::{Keep, Nothing, Stepping};
use super::{Run, RunError, RunSettings};
use crate::program::Program;

/// A program pruned to the outputs asked for, with room for its state; make once, run often.
#[derive(Debug, Clone)]
pub struct Vm {
    plan: Plan,
    machine: Machine,
}

impl Vm {
    /// Prunes, folds and lays out `program` for `settings`; what no input reaches is run here.
    ///
    /// # Errors
    /// [`RunError::BadHorizon`] when the grid is empty or over the budget of steps,
    /// [`RunError::BadRow`] when a row is not on it,
    /// [`RunError::NotAnInput`] when an input is computed or a driven variable is a stock,
    /// [`RunError::TooLarge`] when a budget of values is spent,
    /// [`RunError::UnknownVariable`] when a variable is not of this program's model.
    pub fn prepare(program: &Program, settings: &RunSettings) -> Result<Self, RunError> {
        let plan = Plan::prepare(program, settings)?;
        let machine = Machine::new(&plan);
        Ok(Self { plan, machine })
    }

    /// One run.
    ///
    /// * `inputs`: one value for each of `settings.inputs`, in that order; a missing one is NaN.
    /// * `driven`: one series for each of `settings.driven`, one value a step (not a saved row);
    ///   the last value holds beyond its end; a missing or empty one is NaN.
    pub fn run(&mut self, inputs: &[f64], driven: &[&[f64]]) -> Run {
        self.machine.begin(&self.plan, inputs, driven);
        self.finish(0, driven)
    }

    /// The state before a step (at most the last kept one) of the run with these values.
    pub fn checkpoint(&mut self, inputs: &[f64], driven: &[&[f64]], step: usize) -> Checkpoint {
        let step = step.min(self.plan.last_step);
        self.machine.begin(&self.plan, inputs, driven);
        self.machine.run(&self.plan, driven, 0..step, &mut Nothing);
        self.machine.checkpoint(&self.plan, step)
    }

    /// The rest of a run from a checkpoint on, with its rows only. Inputs may be others than
    /// before; with the same ones the values are those of a run that was never stopped. Of a
    /// checkpoint of several members the first one goes on.
    ///
    /// # Errors
    /// [`RunError::OtherCheckpoint`].
    pub fn resume(
        &mut self,
        from: &Checkpoint,
        inputs: &[f64],
        driven: &[&[f64]],
    ) -> Result<Run, RunError> {
        if !from.fits(&self.plan) {
            return Err(RunError::OtherCheckpoint);
        }
        self.machine.resume(&self.plan, inputs, from);
        Ok(self.finish(from.step(), driven))
    }

    /// How many instructions one step takes, for measurements.
    pub fn n_step_instructions(&self) -> usize {
        let layout = &self.plan.layout;
        let after: usize = layout.after.iter().map(Vec::len).sum();
        let n_later = self.plan.method.stages().len() - 1;
        layout.each.len() + n_later * layout.stage.len() + after
    }

    fn finish(&mut self, from: usize, driven: &[&[f64]]) -> Run {
        let plan = &self.plan;
        let before = plan.rows_before(from);
        let n_rows = plan.rows.len() - before;
        let mut saved = Saved {
            plan,
            next: before,
            before,
            n_rows,
            values: vec![0.0; n_rows * plan.outputs.len()],
        };
        if n_rows > 0 {
            let steps = from..plan.last_step;
            self.machine.run(plan, driven, steps, &mut saved);
            self.machine
                .instant(plan, driven, plan.last_step, &mut saved);
        }
        let mut values = saved.values;
        for (k, source) in plan.sources.iter().enumerate() {
            if let Source::Shared(position) = *source {
                let series = plan.shared_output(position).get(before..).unwrap_or(&[]);
                let places = values.iter_mut().skip(k * n_rows);
                places.zip(series).for_each(|(to, from)| *to = *from);
            }
        }
        Run {
            times: plan.times(from),
            outputs: plan.outputs.clone(),
            values,
        }
    }
}

/// Keeps the outputs at the rows.
struct Saved<'p> {
    plan: &'p Plan,
    /// The next row, and how many lie before the run.
    next: usize,
    before: usize,
    n_rows: usize,
    values: Vec<f64>,
}

impl Keep<[f64]> for Saved<'_> {
    #[inline]
    fn instant(&mut self, step: usize, slots: &[f64]) {
        if self.plan.rows.get(self.next) != Some(&step) {
            return;
        }
        let places = self.values.iter_mut().skip(self.next - self.before);
        for (place, source) in places.step_by(self.n_rows).zip(&self.plan.sources) {
            if let Source::Slot(slot) = *source {
                *place = slots.get(slot as usize).copied().unwrap_or(f64::NAN);
            }
        }
        self.next += 1;
    }
}
