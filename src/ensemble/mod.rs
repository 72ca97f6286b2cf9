//! Many members of a pack under a scenario, for probabilities and bands: who works, on what, and
//! what comes of it.
//!
//! [`desk`] (page) decides what is asked next; [`workshop`] (worker, or the page where workers are
//! blocked) does it part by part. Pure: no browser, no clock.

pub mod desk;
pub mod workshop;

#[cfg(test)]
mod tests;

pub use desk::{Desk, Doing};
pub use tidemark_reach::answer::Answer;
pub use workshop::Workshop;

use crate::protocol::Refusal;
use std::rc::Rc;
use tidemark_reach::effects::Effects;

/// What the page knows of its ensemble.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// The latest answer; it may be of an earlier scenario until the next one comes.
    pub answer: Option<Rc<Answer>>,
    /// Generation of the state that the answer is of.
    pub generation: Option<u64>,
    /// The bands that are drawn, where they are of one uncertainty alone; of the same scenario as the
    /// answer.
    pub apart: Option<Rc<Answer>>,
    /// Whether the answer is of a scenario that has been another one for longer than a moment: what it
    /// says is greyed.
    pub is_stale: bool,
    /// The median of every number that is drawn, once somebody works or the pack has told.
    pub middle: Option<Rc<[(String, f64)]>>,
    /// Who works.
    pub doing: Doing,
    /// Whether members are draws of a fit; known once somebody works.
    pub from_fit: Option<bool>,
    /// Members done and in all, where that takes longer than a moment.
    pub progress: Option<(usize, usize)>,
    /// Whether a worker crashed and was started again.
    pub restarted: bool,
    /// Why there will be no answer.
    pub refused: Option<Refusal>,
    /// What each lever does under the assumptions at hand, or under earlier ones until that is known.
    pub effects: Option<Rc<Effects>>,
    /// What was known of that first: of the baseline where the pack tells it.
    pub first_effects: Option<Rc<Effects>>,
}

impl Standing {
    /// Whether the answer is of the state's scenario.
    pub fn is_of(&self, generation: u64) -> bool {
        self.answer.is_some() && self.generation == Some(generation)
    }
}
