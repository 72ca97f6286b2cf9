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
        let n_past: usize = kept(&plan.layout, plan.horizon.dt, self.step)
            .map(|range| range.len())
            .sum();
        self.step <= plan.last_step
            && self.count > 0
            && self.states.len() == plan.layout.begin.len() * self.count
            && self.past.len() == n_past * self.count
    }
}

/// For each history the instants before `step` that an instant from `step` on may look back at.
pub(super) fn kept(
    layout: &Layout,
    dt: f64,
    step: usize,
) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    layout.histories.iter().map(move |history| {
        let reach = libm::round(history.reach / dt);
        // A reach that is no number is never looked at.
        let reach = if reach < step as f64 {
            reach as usize
        } else {
            step
        };
        step - reach..step
    })
}
