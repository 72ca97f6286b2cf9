//! How a run goes through its steps and slopes, the same in every executor.

use std::ops::Range;

use super::op::Op;
use super::plan::Plan;

/// Where in a run an instruction stands: a part of a step after a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) step: usize,
    pub(super) part: f64,
}

impl Now {
    /// The instant at the beginning of a step.
    pub(super) fn at(step: usize) -> Self {
        Self { step, part: 0.0 }
    }
}

/// What is kept of a run.
pub(super) trait Keep<V: ?Sized> {
    /// Takes the values of an instant.
    fn instant(&mut self, step: usize, values: &V);
    /// Takes the values of a later slope.
    fn stage(&mut self, _values: &V) {}
}

/// Keeps nothing.
pub(super) struct Nothing;

impl<V: ?Sized> Keep<V> for Nothing {
    fn instant(&mut self, _step: usize, _values: &V) {}
}

/// An executor's values at one time, and the few things that are done with them.
pub(super) trait Stepping {
    /// Values by slot.
    type Values: ?Sized;
    /// The driven series.
    type Driven<'d>: Copy;

    /// The values as they are.
    fn values(&self) -> &Self::Values;
    /// Sets clock, shared series and driven series; `stage` counts the slopes of a step.
    fn set_from_outside(&mut self, plan: &Plan, driven: Self::Driven<'_>, now: Now, stage: usize);
    /// Keeps the values whose past is read.
    fn remember(&mut self, plan: &Plan, step: usize);
    /// Runs instructions.
    fn execute(&mut self, plan: &Plan, ops: &[Op], now: Now);

    /// Whole steps: afterwards states are those of the end of the range.
    fn run(
        &mut self,
        plan: &Plan,
        driven: Self::Driven<'_>,
        steps: Range<usize>,
        keep: &mut impl Keep<Self::Values>,
    ) {
        let stages = plan.method.stages();
        for step in steps {
            self.instant(plan, driven, step, keep);
            self.remember(plan, step);
            for (stage, ops) in plan.layout.after.iter().enumerate() {
                let part = stages.get(stage).copied().unwrap_or(0.0);
                let now = Now { step, part };
                if stage > 0 {
                    self.set_from_outside(plan, driven, now, stage);
                    self.execute(plan, &plan.layout.stage, now);
                    keep.stage(self.values());
                }
                self.execute(plan, ops, now);
            }
        }
    }

    /// The values of one instant.
    fn instant(
        &mut self,
        plan: &Plan,
        driven: Self::Driven<'_>,
        step: usize,
        keep: &mut impl Keep<Self::Values>,
    ) {
        let now = Now::at(step);
        self.set_from_outside(plan, driven, now, 0);
        self.execute(plan, &plan.layout.each, now);
        keep.instant(step, self.values());
    }
}
