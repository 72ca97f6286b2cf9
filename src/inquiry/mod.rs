//! Questions that take a search or hundreds of runs: what it would take, and why.
//!
//! Pure, for worker and page alike; the numbers are those of `tidemark seek` with the same seed.
//! Messages are in [`crate::protocol::inquiry`].

pub mod pace;
pub mod standing;

mod seeking;
mod why;

pub use pace::Pace;
pub use standing::{Stage, Standing};

use crate::protocol::inquiry::{Question, Settings, Told};
use std::pin::pin;
use std::task::{Context, Waker};
use tidemark_engine::gathered;
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
    finish(answer_in_slices(place, question, &Pace::THROUGH, tell));
}

/// Takes work that never pauses to its end.
pub fn finish(work: impl Future<Output = ()>) {
    // Nothing pauses, so the first look is the last.
    let _ = pin!(work).poll(&mut Context::from_waker(Waker::noop()));
}

/// The same with pauses, after which it goes on where it was; what is found is the same to the bit.
/// Nothing more is told once nobody wants it.
pub async fn answer_in_slices(
    place: &Place<'_>,
    question: &Question,
    pace: &Pace<'_>,
    tell: &mut dyn FnMut(Told),
) {
    let done = match question {
        Question::Seek(seek) => seeking::answer(place, seek, pace, tell).await,
        Question::Why(why) => why::answer(place, why, pace, tell).await,
    };
    if (pace.is_wanted)() {
        tell(done.map_or_else(Told::Failed, |()| Told::Done));
    }
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
        levers: gathered(levers),
        assumptions: gathered(settings.assumptions.iter().cloned()),
    }
}
