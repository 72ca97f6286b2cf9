//! Questions that take a search or hundreds of runs: what it would take, and why.
//!
//! Pure, for worker and page alike; the numbers are those of `tidemark seek` with the same seed.
//! Messages are in [`crate::protocol::inquiry`].

pub mod standing;

mod seeking;
mod why;

pub use standing::{Stage, Standing};

use crate::protocol::inquiry::{Question, Settings, Told};
use tidemark_engine::model::Model;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_reach::draws::Draws;

/// A pack at work, with its members.
pub struct Place<'a> {
    /// Pack.
    pub bound: &'a Bound,
    /// What its variables are called and mean.
    pub model: &'a Model,
    /// Its program, see [`Bound::program`].
    pub program: &'a Program,
    /// As many members as are wanted.
    pub draws: &'a dyn Fn(usize) -> Result<Draws, String>,
}

/// Answers a question from beginning to end; what is found is told as it is found.
pub fn answer(place: &Place, question: &Question, tell: &mut dyn FnMut(Told)) {
    let done = match question {
        Question::Seek(seek) => seeking::answer(place, seek, tell),
        Question::Why(why) => why::answer(place, why, tell),
    };
    tell(done.map_or_else(Told::Failed, |()| Told::Done));
}

/// A scenario for a message.
pub fn settings(scenario: &Scenario) -> Settings {
    let levers = scenario.levers.iter();
    Settings {
        levers: levers
            .map(|(id, s)| (id.clone(), [s.value, s.start, s.ramp, s.stop]))
            .collect(),
        assumptions: scenario.assumptions.clone().into_iter().collect(),
    }
}

/// The scenario of a message.
pub fn scenario(settings: &Settings) -> Scenario {
    let levers = settings.levers.iter().map(|(id, numbers)| {
        let [value, start, ramp, stop] = *numbers;
        let setting = LeverSetting {
            value,
            start,
            ramp,
            stop,
        };
        (id.clone(), setting)
    });
    Scenario {
        levers: levers.collect(),
        assumptions: settings.assumptions.iter().cloned().collect(),
    }
}
