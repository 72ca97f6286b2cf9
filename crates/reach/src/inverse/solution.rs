//! What a search finds: settings, and what they come to on all members.

use tidemark_analysis::seek::Aim;
use tidemark_pack::scenario::Scenario;

use crate::outcome::{Chance, TargetFigures};

/// A scenario that was found, with what it comes to on all members.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// What was wanted of it.
    pub aim: Aim,
    /// Settings, on the levers' grids.
    pub scenario: Scenario,
    /// Chance that all targets are met at once; `None` where one of them cannot be judged.
    pub joint: Option<Chance>,
    /// Each target's figures.
    pub targets: Vec<TargetFigures>,
    /// For each target when it is met.
    pub when: Vec<When>,
    /// What its levers cost up to the last target's year, in the model's money, each the median over the
    /// members; what a lever saves is not counted.
    pub cost: f64,
    /// The most they cost in one of these years.
    pub largest_cost: f64,
    /// Movement in safe ranges, all levers together.
    pub movement: f64,
    /// How far the worst target is beyond what is wanted at the confidence, in spreads of its figure.
    pub(crate) goal: f64,
    /// Whether every rule and the money hold.
    pub is_held: bool,
    /// Whether the confidence is reached on all members and every limit held.
    pub is_reached: bool,
}

/// The years in which a level or ratio is met, from its own on; none of a sum, of growth over a span, and
/// where no year of the run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct When {
    /// First year whose median meets it.
    pub median: Option<i32>,
    /// First year in which it is met at the confidence asked for.
    pub sure: Option<i32>,
}

impl Solution {
    /// What its aim wants little of.
    pub(super) fn price(&self) -> f64 {
        match self.aim {
            Aim::LeastMovement => self.movement,
            Aim::LeastCost => self.cost,
            Aim::Most => -self.joint.map_or(0.0, |joint| joint.share),
        }
    }

    /// Whether it is surer than another one by more than what may be given up; what holds no limit is
    /// never taken for what does.
    pub(super) fn is_surer(&self, than: &Self, given_up: f64) -> bool {
        let order = (self.is_held, self.is_reached).cmp(&(than.is_held, than.is_reached));
        let is_surer = self.price() < than.price() + given_up
            || (self.price() == than.price() && self.goal > than.goal);
        order.is_gt() || (order.is_eq() && is_surer)
    }

    /// Whether it answers the same aim better; where neither is reached none does.
    pub(super) fn is_better(&self, than: &Self) -> bool {
        match (self.is_reached, than.is_reached) {
            (true, true) => self.price() < than.price(),
            (is_reached, _) => is_reached,
        }
    }
}
