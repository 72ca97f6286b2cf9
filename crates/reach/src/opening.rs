//! What a page opens with, made where the pack is compiled: the baseline's medians, ranges, chances and
//! what levers do, so that the first thing shown is already right.
//!
//! Keyed by everything it depends on; a page shows it only while every key fits, see [`Opening::answer`].

use serde::{Deserialize, Serialize};
use tidemark_engine::exec::RunError;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;

use crate::answer::{Answer, Head, worlds};
use crate::draws::{Draws, middles};
use crate::effects::{Effects, Survey};
use crate::packed;
use crate::scope::{Scope, Wish};
use crate::study::Study;

/// The record, as it stands in a compiled pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Content hash of the pack it was made for, which covers its model.
    pub pack: String,
    /// Content hash of the draws; empty where the pack has none and assumptions alone are drawn from.
    pub draws: String,
    /// Members.
    pub members: usize,
    /// Seed.
    pub seed: u64,
    /// The median of every number that is drawn, by parameter or assumption.
    pub middle: Vec<(String, f64)>,
    /// What levers do.
    pub effects: Effects,
    /// What the numbers are.
    head: Head,
    /// Doubles as text, see [`crate::packed`].
    numbers: String,
}

/// Why no opening could be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoOpening {
    /// The engine cannot run it.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Something went on that nothing stops.
    #[error(transparent)]
    Halt(#[from] crate::study::Halt),
}

impl Opening {
    /// Runs the baseline on all members.
    ///
    /// * `program`: of the place, see [`Bound::program`].
    /// * `hashes`: of the pack and of its draws.
    /// * `seed`: with which what the draws do not hold was drawn.
    ///
    /// # Errors
    /// See [`NoOpening`].
    pub fn make(
        bound: &Bound,
        program: &Program,
        draws: &Draws,
        (pack, of_draws): (&str, &str),
        seed: u64,
    ) -> Result<Self, NoOpening> {
        let wish = Wish::opening(bound);
        let scope = Scope::of(bound, &wish);
        let mut study = Study::prepare(bound, program, draws.clone(), &scope)?;
        let baseline = Scenario::baseline();
        let outcome = study.baseline(bound, &baseline, draws.count(), &mut |_, _| true)?;
        let joint = joint(bound);
        let mut answer = Answer::of(bound, (0, &wish), (&outcome, &outcome), &joint);
        let middle = draws.middle();
        let mut runner = Runner::prepare_at(bound, program, &middles(bound, &middle))?;
        answer.worlds = worlds(bound, &mut runner, &baseline, &answer.lines);
        let (head, numbers) = answer.written();
        Ok(Self {
            pack: pack.to_owned(),
            draws: of_draws.to_owned(),
            members: draws.count(),
            seed,
            middle,
            effects: Survey::begin(bound, program, draws.clone(), &baseline)?.finish(bound)?,
            head,
            numbers: packed::text(numbers.iter().map(|n| n.to_le_bytes())),
        })
    }

    /// The record of a compiled pack's text; `None` where there is none that can be read.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The text of the record.
    pub fn written(&self) -> String {
        // Plain data of our own, which JSON can always say.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What the members say of the baseline; `None` where the record was made for another pack, other
    /// members or another seed, or is damaged.
    pub fn answer(&self, bound: &Bound, members: usize, seed: u64) -> Option<Answer> {
        if (self.pack.as_str(), self.members, self.seed) != (bound.hash(), members, seed) {
            return None;
        }
        let numbers = packed::numbers(&self.numbers)?;
        let numbers: Vec<f64> = numbers.into_iter().map(f64::from_le_bytes).collect();
        Answer::read(bound, self.head.clone(), &numbers)
    }
}

/// Targets whose chance at once is told where nobody chose any: the open ones on tiles.
pub fn joint(bound: &Bound) -> Vec<String> {
    let targets = bound.pack().target.iter();
    let open = targets.filter(|target| target.tile > 0 && bound.is_open(target));
    open.map(|target| target.id.clone()).collect()
}
