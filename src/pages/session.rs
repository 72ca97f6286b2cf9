//! A loaded pack at work: the state of the page, what is projected of it, and the rows.
//!
//! An action that changes the scenario is answered by a run in the same call, that is in the input event:
//! a preview of the members' medians, which take its place once they are answered. Drawing follows in the
//! next frame.

use super::following::Known;
use super::heard::{Heard, Moment};
use crate::ensemble::Standing;
use crate::state::{Action, AppState, Knob, Scenario, WhyOf, reduce};
use crate::text::fault;
use crate::view_model::diamond::{self, DiamondView, Followed};
use crate::view_model::monitoring::{self, MonitoringView};
use crate::view_model::rows::{Message, PageView};
use crate::view_model::world::{self, Runs, WorldView};
use crate::view_model::{Inputs, Seen, opening_state, pack_scenario, page, why};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use tidemark_chart::figure::Axis;
use tidemark_engine::Loaded;
use tidemark_engine::exec::{Run, RunError};
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Centre, Figures};
use tidemark_pack::relief::{Breaches, Relief};
use tidemark_pack::runner::Runner;
use tidemark_reach::draws::{MEMBERS, SEED, middles};
use tidemark_reach::opening::Opening;
use yew::Reducible;

/// Runs of earlier moments that are kept for answers still to come: a second of dragging.
const MOST_KEPT: usize = 60;

/// A pack joined with its model, ready to run.
pub struct Machine {
    /// The pack.
    pub bound: Rc<Bound>,
    /// Address of its technical reference, empty where there is none.
    pub reference: String,
    program: Program,
    /// Runs at the middle of all draws, as far as that is known.
    runner: RefCell<Runner>,
    pub(super) known: RefCell<Known>,
}

/// State, runs and rows, always of one moment.
#[derive(Clone)]
pub struct Session {
    /// Runs scenarios.
    pub machine: Rc<Machine>,
    /// What the user chose.
    pub state: Rc<AppState>,
    /// Runs of the state's scenario.
    moment: Moment,
    /// Those of earlier moments, the newest last.
    earlier: VecDeque<Moment>,
    /// What its projected values stand on.
    heard: Heard,
    /// Every lever at its default, under the state's assumptions.
    baseline: Rc<Seen>,
    /// The state's scenario.
    scenario: Rc<Seen>,
    /// What to put back for rules that levers broke; not known while something is dragged.
    reliefs: Rc<[Relief]>,
    /// What is known of the ensemble; of an earlier moment until its answer comes.
    pub ensemble: Standing,
    /// Where the follower of a diamond was brought last.
    followed: Option<Followed>,
    /// The diamond that was taken up.
    pub diamond: Option<Rc<DiamondView>>,
    /// What all this leads to.
    pub view: Rc<PageView>,
}

/// What may happen to a session.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A user did something.
    Acted(Action),
    /// The ensemble is further, or answered.
    Told(Standing),
}

impl PartialEq for Session {
    /// Equal when it is the same moment.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && Rc::ptr_eq(&self.view, &other.view)
    }
}

impl Machine {
    /// Lays out the programs of a pack whose technical reference has that address; `middle` is the median
    /// of every number that is drawn, as far as it is known.
    ///
    /// # Errors
    /// When the model's time grid cannot be run.
    pub fn new(
        bound: Bound,
        loaded: &Loaded,
        reference: String,
        middle: &[(String, f64)],
    ) -> Result<Self, Message> {
        let program = loaded.program.clone();
        let runner = runner(&bound, &program, middle);
        Ok(Self {
            runner: RefCell::new(runner.map_err(|error| fault::not_runnable(&error.to_string()))?),
            bound: Rc::new(bound),
            reference,
            program,
            known: RefCell::default(),
        })
    }

    /// Runs are made at other medians from now on.
    fn move_to(&self, middle: &[(String, f64)]) {
        // The same programs were laid out before.
        if let Ok(runner) = runner(&self.bound, &self.program, middle) {
            self.runner.replace(runner);
            self.known.take();
        }
    }

    fn baseline(&self, state: &AppState) -> Run {
        let scenario = pack_scenario(&self.bound, state);
        self.runner.borrow_mut().baseline(&self.bound, &scenario)
    }

    pub(super) fn scenario(&self, state: &AppState, baseline: &Run) -> Run {
        let scenario = pack_scenario(&self.bound, state);
        let mut runner = self.runner.borrow_mut();
        runner.scenario(&self.bound, &scenario, baseline)
    }

    fn moment(&self, state: &AppState, base: Option<Rc<Run>>) -> Moment {
        let base = base.unwrap_or_else(|| Rc::new(self.baseline(state)));
        Moment {
            generation: state.generation,
            scenario: Rc::clone(&state.scenario),
            now: Rc::new(self.scenario(state, &base)),
            base,
        }
    }
}

fn runner(bound: &Bound, program: &Program, middle: &[(String, f64)]) -> Result<Runner, RunError> {
    Runner::prepare_at(bound, program, &middles(bound, middle))
}

impl Session {
    /// A pack at its baseline, with what its compiled file says of it.
    ///
    /// # Errors
    /// When the baseline has a value that is no number; the message names it and its year.
    pub fn open(
        machine: Machine,
        loaded: &Loaded,
        opening: Option<&Opening>,
    ) -> Result<Self, Message> {
        let bound = &machine.bound;
        let state = opening_state(bound);
        let moment = machine.moment(&state, None);
        if let Some((var, time)) = moment.base.first_not_finite() {
            return Err(fault::not_finite(&loaded.model.variable(var).name, time));
        }
        let answer = opening.and_then(|opening| opening.answer(bound, MEMBERS, SEED));
        let effects = opening.filter(|_| answer.is_some());
        let effects = effects.map(|opening| Rc::new(opening.effects.clone()));
        let ensemble = Standing {
            generation: answer.is_some().then_some(state.generation),
            answer: answer.map(Rc::new),
            middle: opening.map(|opening| Rc::from(opening.middle.clone())),
            first_effects: effects.clone(),
            effects,
            ..Standing::default()
        };
        let mut heard = Heard::default();
        heard.take_up(&ensemble, [&moment]);
        let (baseline, scenario) = heard.see(bound, (&state, &moment), &ensemble);
        let inputs = Inputs {
            bound,
            state: &state,
            baseline: &baseline,
            scenario: &scenario,
            held: &[],
            // Nothing was moved that could be put back.
            reliefs: &[],
            ensemble: &ensemble,
        };
        let view = Rc::new(page(&inputs, None));
        Ok(Self {
            machine: Rc::new(machine),
            state: Rc::new(state),
            moment,
            earlier: VecDeque::new(),
            heard,
            baseline,
            scenario,
            reliefs: Rc::from([]),
            ensemble,
            followed: None,
            diamond: None,
            view,
        })
    }

    /// What its rows are made of; no axis is held.
    pub fn inputs(&self) -> Inputs<'_> {
        Inputs {
            bound: &self.machine.bound,
            state: &self.state,
            baseline: &self.baseline,
            scenario: &self.scenario,
            held: &[],
            reliefs: &self.reliefs,
            ensemble: &self.ensemble,
        }
    }

    /// The session after an action: reduced, run where the scenario changed, put into rows.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let (state, followed) = self.reduced(action);
        let mut next = Self {
            state: Rc::new(state),
            followed,
            ..self.clone()
        };
        if next.state.generation != self.state.generation {
            let same = next.state.scenario.assumptions == self.state.scenario.assumptions;
            let base = same.then(|| Rc::clone(&self.moment.base));
            next.moment = next.machine.moment(&next.state, base);
            next.earlier.push_back(self.moment.clone());
            while next.earlier.len() > MOST_KEPT {
                next.earlier.pop_front();
            }
        }
        let is_same = next.state.generation == self.state.generation;
        if !is_same || next.state.view.year != self.state.view.year {
            next.see();
        }
        next.look(self, is_same);
        next
    }

    /// The session with what the ensemble told.
    #[must_use]
    pub fn told(&self, ensemble: Standing) -> Self {
        let mut next = Self {
            ensemble,
            ..self.clone()
        };
        let middle = |of: &Standing| of.middle.clone();
        if let Some(middle) = middle(&next.ensemble)
            && Some(&middle) != self.ensemble.middle.as_ref()
        {
            next.move_to(&middle);
        }
        let moments = next.earlier.iter().chain([&next.moment]);
        next.heard.take_up(&next.ensemble, moments);
        next.see();
        next.look(self, false);
        next
    }

    /// Everything is run anew at other medians; what was answered was of the same members all the same.
    fn move_to(&mut self, middle: &[(String, f64)]) {
        self.machine.move_to(middle);
        self.moment = self.machine.moment(&self.state, None);
        self.earlier.clear();
        self.heard = Heard::default();
    }

    /// Projected values and verdicts of the present moment.
    fn see(&mut self) {
        let moment = (&*self.state, &self.moment);
        let seen = self.heard.see(&self.machine.bound, moment, &self.ensemble);
        (self.baseline, self.scenario) = seen;
    }

    /// What a scenario with that run projects.
    pub(super) fn centre(&self, run: &Rc<Run>) -> Centre {
        Centre::new(Rc::clone(run), self.heard.settled())
    }

    /// Rows of the present moment; `is_same` where neither scenario nor answer is another than before.
    fn look(&mut self, before: &Self, is_same: bool) {
        self.reliefs = match (self.state.dragging(), is_same && !before.state.dragging()) {
            (true, _) => Rc::from([]),
            (false, true) => Rc::clone(&before.reliefs),
            (false, false) => self.found_reliefs(),
        };
        self.diamond = self.diamond();
        let held = self.held(before);
        let inputs = Inputs {
            held: &held,
            ..self.inputs()
        };
        self.view = Rc::new(page(&inputs, Some(&before.view)));
    }

    /// What to put back for the rules that the scenario breaks.
    fn found_reliefs(&self) -> Rc<[Relief]> {
        let bound = &self.machine.bound;
        let (baseline, scenario) = (&self.baseline.centre, &self.scenario.centre);
        let settled = self.heard.settled();
        let breaches = Breaches {
            scenario: &pack_scenario(bound, &self.state),
            driver: &self.moment.base,
            baseline,
            seen: &|run| -> Box<dyn Figures> {
                Box::new(Centre::new(Rc::new(run), settled.clone()))
            },
            reports: &bound.judge_rules(baseline, scenario),
        };
        let mut runner = self.machine.runner.borrow_mut();
        Rc::from(runner.reliefs(bound, &breaches))
    }

    /// The state after an action; a diamond that is held draws its follower along.
    fn reduced(&self, action: Action) -> (AppState, Option<Followed>) {
        let is_taken = matches!(action, Action::DiamondTaken(_) | Action::FollowerChosen(_));
        let is_moved = matches!(action, Action::DiamondMoved(_));
        let mut state = reduce(&self.state, action);
        if is_taken && let Some(target) = state.diamond.map(|diamond| diamond.target) {
            let effects = self.effects(&state, target);
            self.machine.lead(&mut state, &effects);
        }
        let found = is_moved.then(|| self.follow(&state));
        let Some(found) = found.flatten() else {
            return (state, self.followed);
        };
        let state = reduce(&state, Action::Moved(Knob::Lever(found.lever), found.value));
        let generation = state.generation;
        (
            state,
            Some(Followed {
                generation,
                ..found
            }),
        )
    }

    fn diamond(&self) -> Option<Rc<DiamondView>> {
        let (bound, state) = (&self.machine.bound, &self.state);
        let target = state.diamond?.target;
        let effects = self.effects(state, target);
        let figure = bound.pack().target.get(target).and_then(|record| {
            let key = bound.target_key(record, record.to)?;
            self.centre(&self.moment.now).figure(bound, key)
        });
        diamond::view(bound, state, &effects, (self.followed.as_ref(), figure)).map(Rc::new)
    }

    /// The baseline's run under the state's assumptions.
    pub(super) fn base_run(&self) -> &Rc<Run> {
        &self.moment.base
    }

    /// The monitoring table under the state's scenario; `None` where the pack has none.
    pub fn monitoring(&self) -> Option<MonitoringView> {
        monitoring::view(&self.machine.bound, &self.state, &self.scenario.centre)
    }

    /// Policy or world, for a figure; `None` where no assumption was moved.
    pub fn world(&self, of: WhyOf) -> Option<WorldView> {
        if self.state.scenario.assumptions.is_empty() {
            return None;
        }
        let bound = &self.machine.bound;
        let subject = why::subject(bound, &self.state, of)?;
        let mut without = AppState::clone(&self.state);
        let mut scenario = Scenario::clone(&without.scenario);
        scenario.assumptions.clear();
        without.scenario = Rc::new(scenario);
        let moment = self.machine.moment(&without, None);
        let runs = Runs {
            default_base: &Centre::new(Rc::clone(&moment.base), self.heard.settled_base()),
            shifted_base: &self.baseline.centre,
            default_policy: &self.centre(&moment.now),
            shifted_policy: &self.scenario.centre,
        };
        world::view(bound, &self.state, &subject, runs)
    }

    /// Value axes to be held: those drawn before, while one scenario is explored; another one, of a link, and
    /// another year begin with their own.
    fn held(&self, before: &Self) -> Vec<(usize, Axis)> {
        let looked_at = |session: &Self| (session.state.since, session.state.view.year);
        let is_same = looked_at(self) == looked_at(before);
        let figures = before.view.figures.iter().filter(|_| is_same);
        figures
            .map(|figure| (figure.index, figure.y_axis().clone()))
            .collect()
    }
}

impl Reducible for Session {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new(match event {
            Event::Acted(action) => self.after(action),
            Event::Told(ensemble) => self.told(ensemble),
        })
    }
}
