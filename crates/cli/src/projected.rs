//! A scenario on all members, as the page shows it: medians of it and of its baseline, chances.
//!
//! Page and command ask for the same figures and read the same medians off them.

use std::rc::Rc;

use tidemark_engine::exec::Run;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Centre, Medians, Settled};
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;
use tidemark_reach::answer::Answer;
use tidemark_reach::draws::{Draws, middles};
use tidemark_reach::opening;
use tidemark_reach::outcome::Outcome;
use tidemark_reach::scope::{Scope, Wish};
use tidemark_reach::study::Study;

use crate::failure::Failure;
use crate::folder::Opened;

/// A pack's members, ready to be run under any scenario.
pub(crate) struct Projection<'a> {
    bound: &'a Bound,
    wish: Wish,
    /// Targets whose chance at once is told.
    joint: Vec<String>,
    study: Study,
    /// At the middle of all draws.
    runner: Runner,
}

/// What a scenario comes to.
pub(crate) struct Projected {
    /// Member by member.
    pub(crate) outcome: Outcome,
    /// Chances and bands.
    pub(crate) answer: Answer,
    /// Its medians.
    pub(crate) now: Centre,
    /// Medians of its baseline.
    pub(crate) base: Centre,
    settled: Settled,
}

impl Projected {
    /// A scenario near to this one by a single run: these medians, and what the run changes of them.
    pub(crate) fn previewed(&self, run: Run) -> Centre {
        Centre::new(Rc::new(run), vec![self.settled.clone()])
    }
}

impl<'a> Projection<'a> {
    /// Targets are looked at in a year.
    pub(crate) fn prepare(opened: &'a Opened, draws: Draws, year: i32) -> Result<Self, Failure> {
        let bound = &opened.bound;
        let program = &opened.loaded.program;
        let wish = Wish {
            year,
            lines: Vec::new(),
            is_whole: true,
            tables: false,
        };
        let middles = middles(bound, &draws.middle());
        Ok(Self {
            bound,
            study: Study::prepare(bound, program, draws, &Scope::of(bound, &wish))?,
            runner: Runner::prepare_at(bound, program, &middles)?,
            joint: opening::joint(bound),
            wish,
        })
    }

    /// The single runs behind previews.
    pub(crate) fn runner(&mut self) -> &mut Runner {
        &mut self.runner
    }

    /// Runs a scenario on all members.
    pub(crate) fn of(&mut self, scenario: &Scenario) -> Result<Projected, Failure> {
        let bound = self.bound;
        let mut work = self.study.begin(scenario, self.study.count());
        while work.progress().0 < work.progress().1 {
            self.study.advance(bound, &mut work)?;
        }
        let (outcome, baseline) = work.into_outcomes();
        let wish = (0, &self.wish);
        let answer = Answer::of(bound, wish, (&outcome, &baseline), &self.joint);
        let base = self.runner.baseline(bound, scenario);
        let now = self.runner.scenario(bound, scenario, &base);
        let [base, settled] = [(&answer.base, base), (&answer.now, now)].map(settled);
        let centre = |of: &Settled| Centre::new(Rc::clone(&of.run), vec![of.clone()]);
        Ok(Projected {
            now: centre(&settled),
            base: centre(&base),
            settled,
            outcome,
            answer,
        })
    }
}

fn settled((medians, run): (&Rc<Medians>, Run)) -> Settled {
    Settled {
        medians: Rc::clone(medians),
        run: Rc::new(run),
    }
}
