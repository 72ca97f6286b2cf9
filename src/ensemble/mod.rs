//! Many members of a pack under a scenario, for probabilities and bands: who works, on what, and
//! what comes of it.
//!
//! [`desk`] (page) decides what is asked next; [`workshop`] (worker, or the page where workers are
//! blocked) does it part by part; [`answer`] is what both agree on. Pure: no browser, no clock.

pub mod answer;
pub mod desk;
pub mod leverage;
pub mod workshop;

pub use answer::Answer;
pub use desk::{Desk, Doing};
pub use workshop::Workshop;

use crate::protocol::Leverage;
use std::rc::Rc;

/// What the page knows of its ensemble.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// The latest answer; it may be of an earlier scenario until the next one comes.
    pub answer: Option<Rc<Answer>>,
    /// Generation of the state that the answer is of.
    pub generation: Option<u64>,
    /// Who works.
    pub doing: Doing,
    /// Whether members are draws of a fit; known once somebody works.
    pub from_fit: Option<bool>,
    /// Members done and in all, where that takes longer than a moment.
    pub progress: Option<(usize, usize)>,
    /// Whether a worker crashed and was started again.
    pub restarted: bool,
    /// Why there will be no answer.
    pub refused: Option<Rc<str>>,
    /// What levers can do, once it is known.
    pub leverage: Option<Rc<Leverage>>,
}
