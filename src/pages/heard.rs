//! What members have answered of the moments of a session: the medians that projected values stand on, and
//! the chances of plan and baseline.

use crate::ensemble::{Answer, Standing};
use crate::state::{AppState, Scenario};
use crate::view_model::{Seen, chances};
use std::collections::BTreeMap;
use std::rc::Rc;
use tidemark_engine::exec::Run;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Centre, Medians, Settled};

/// The runs of a moment at the middle of all draws; what is shown is not read off them, see [`Centre`].
#[derive(Clone)]
pub(super) struct Moment {
    pub(super) generation: u64,
    pub(super) scenario: Rc<Scenario>,
    /// Every lever at its default, under the scenario's assumptions.
    pub(super) base: Rc<Run>,
    pub(super) now: Rc<Run>,
}

/// An answer and the runs of its moment.
#[derive(Clone)]
struct Answered {
    answer: Rc<Answer>,
    moment: Moment,
}

/// Answers that still count.
#[derive(Clone, Default)]
pub(super) struct Heard {
    /// Those that projected values stand on, the newest first: what a glance takes in, and all of it.
    answered: Vec<Answered>,
    /// The latest answer with no lever moved, and its assumptions: what the plan is compared with.
    at_rest: Option<(BTreeMap<usize, i32>, Rc<Answer>)>,
}

impl Heard {
    /// Keeps the ensemble's answer, where it is a new one, with the runs of its moment, the newest last.
    pub(super) fn take_up<'a>(
        &mut self,
        ensemble: &Standing,
        moments: impl IntoIterator<Item = &'a Moment, IntoIter: DoubleEndedIterator>,
    ) {
        let Some(answer) = ensemble.answer.clone() else {
            *self = Self::default();
            return;
        };
        let is_own = |known: &Answered| {
            Rc::ptr_eq(&known.answer, &answer)
                && Some(known.moment.generation) == ensemble.generation
        };
        if self.answered.first().is_some_and(is_own) {
            return;
        }
        let mut moments = moments.into_iter().rev();
        let moment = moments.find(|moment| Some(moment.generation) == ensemble.generation);
        let Some(moment) = moment.cloned() else {
            return;
        };
        if moment.scenario.levers.is_empty() && answer.wish.is_whole {
            let assumptions = moment.scenario.assumptions.clone();
            self.at_rest = Some((assumptions, Rc::clone(&answer)));
        }
        self.answered.retain(|known| known.answer.wish.is_whole);
        if answer.wish.is_whole {
            self.answered.clear();
        }
        self.answered.insert(0, Answered { answer, moment });
        self.answered.truncate(2);
    }

    /// Projected values and verdicts of a moment: of the baseline, and of the scenario.
    pub(super) fn see(
        &self,
        bound: &Bound,
        (state, moment): (&AppState, &Moment),
        ensemble: &Standing,
    ) -> (Rc<Seen>, Rc<Seen>) {
        let year = state.view.year;
        let of_plan = chances::told(chances::shown(ensemble, state), year);
        let at_rest = self.at_rest.as_ref();
        let at_rest = at_rest.filter(|(of, _)| *of == state.scenario.assumptions);
        let of_rest = chances::told(at_rest.map(|(_, answer)| answer), year);
        let now = Centre::new(Rc::clone(&moment.now), self.settled()).shown();
        let base = Centre::new(Rc::clone(&moment.base), self.settled_base()).shown();
        (
            Rc::new(Seen::of(bound, base, year, &of_rest)),
            Rc::new(Seen::of(bound, now, year, &of_plan)),
        )
    }

    /// Medians of scenarios, with their runs.
    pub(super) fn settled(&self) -> Vec<Settled> {
        self.told(|known| (&known.answer.now, &known.moment.now))
    }

    /// Medians of baselines, with their runs.
    pub(super) fn settled_base(&self) -> Vec<Settled> {
        self.told(|known| (&known.answer.base, &known.moment.base))
    }

    fn told(&self, of: impl Fn(&Answered) -> (&Rc<Medians>, &Rc<Run>)) -> Vec<Settled> {
        let told = self.answered.iter().map(|known| {
            let (medians, run) = of(known);
            Settled {
                medians: Rc::clone(medians),
                run: Rc::clone(run),
            }
        });
        told.collect()
    }
}
