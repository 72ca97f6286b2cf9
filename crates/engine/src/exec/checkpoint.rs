//! A run stopped before an instant: states, frozen values and the past, for one or many members.

use super::code::Layout;
use super::plan::Plan;

/// All that a run goes on from, in values; made by one executor, taken by any.
///
/// What has no memory is not in it: it is computed anew with the inputs of the run that goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    pub(super) step: usize,
    pub(super) count: usize,
    /// For each state and frozen value one value a member.
    pub(super) states: Vec<f64>,
    /// For each history the instants that may be looked back at, each with one value a member.
    pub(super) past: Vec<f64>,
}

impl Checkpoint {
    /// The instant that the run goes on with.
    pub fn step(&self) -> usize {
        self.step
    }
    /// Members in it.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether it has the form that a plan's own have.
    pub(super) fn fits(&self, plan: &Plan) -> bool {
        let n_past = n_kept(&plan.layout, self.step);
        self.step <= plan.last_step
            && self.count > 0
            && self.states.len() == plan.layout.begin.len() * self.count
            && self.past.len() == n_past * self.count
    }
}

/// Instants of all histories that an instant from `step` on may look back at.
pub(super) fn n_kept(layout: &Layout, step: usize) -> usize {
    let kept = layout.histories.iter().map(|h| h.kept(step).len());
    kept.sum()
}
