//! A loaded pack at work: the state of the page, the runs that belong to it and their rows.
//!
//! An action that changes the scenario is answered by a run in the same call, that is in the
//! input event; drawing follows in the next frame.

use super::following::Known;
use crate::ensemble::Standing;
use crate::state::{Action, AppState, Knob, Scenario, WhyOf, reduce};
use crate::text::fault;
use crate::view_model::diamond::{self, DiamondView, Followed};
use crate::view_model::monitoring::{self, MonitoringView};
use crate::view_model::rows::{Message, PageView};
use crate::view_model::world::{self, Runs, WorldView};
use crate::view_model::{AssessedRun, Inputs, opening_state, pack_scenario, page, told, why};
use std::cell::RefCell;
use std::rc::Rc;
use tidemark_chart::figure::Axis;
use tidemark_engine::Loaded;
use tidemark_engine::exec::Run;
use tidemark_pack::bind::Bound;
use tidemark_pack::relief::{Breaches, Relief};
use tidemark_pack::runner::Runner;
use yew::Reducible;

/// A pack joined with its model, ready to run.
pub struct Machine {
    /// The pack.
    pub bound: Rc<Bound>,
    /// Address of its technical reference, empty where there is none.
    pub reference: String,
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
    /// Every lever at its default, under the state's assumptions.
    baseline: Rc<AssessedRun>,
    /// The state's scenario.
    scenario: Rc<AssessedRun>,
    /// What to put back for rules that levers broke; not known while something is dragged.
    reliefs: Rc<[Relief]>,
    /// What is known of the ensemble; of an earlier moment until its answer comes.
    ensemble: Standing,
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
    /// Lays out the programs of a pack whose technical reference has that address.
    ///
    /// # Errors
    /// When the model's time grid cannot be run.
    pub fn new(bound: Bound, loaded: &Loaded, reference: String) -> Result<Self, Message> {
        let runner = Runner::prepare(&bound, &loaded.program)
            .map_err(|error| fault::not_runnable(&error.to_string()))?;
        Ok(Self {
            bound: Rc::new(bound),
            reference,
            runner: RefCell::new(runner),
            known: RefCell::default(),
        })
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

    fn assessed(&self, run: Run) -> Rc<AssessedRun> {
        Rc::new(AssessedRun::of(&self.bound, run))
    }

    /// What to put back for the rules that the scenario breaks.
    fn reliefs(&self, state: &AppState, runs: [&Run; 2]) -> Rc<[Relief]> {
        let [baseline, scenario] = runs;
        let breaches = Breaches {
            scenario: &pack_scenario(&self.bound, state),
            baseline,
            reports: &self.bound.judge_rules(baseline, scenario),
        };
        let mut runner = self.runner.borrow_mut();
        Rc::from(runner.reliefs(&self.bound, &breaches))
    }
}

impl Session {
    /// A pack at its baseline.
    ///
    /// # Errors
    /// When the baseline has a value that is no number; the message names it and its year.
    pub fn open(machine: Machine, loaded: &Loaded) -> Result<Self, Message> {
        let bound = &machine.bound;
        let state = opening_state(bound);
        let baseline = machine.baseline(&state);
        if let Some((var, time)) = baseline.first_not_finite() {
            return Err(fault::not_finite(&loaded.model.variable(var).name, time));
        }
        let scenario = machine.scenario(&state, &baseline);
        let (baseline, scenario) = (machine.assessed(baseline), machine.assessed(scenario));
        let ensemble = Standing::default();
        let view = page(
            &Inputs {
                bound,
                state: &state,
                baseline: &baseline,
                scenario: &scenario,
                held: &[],
                reliefs: &[],
                ensemble: &ensemble,
            },
            None,
        );
        Ok(Self {
            machine: Rc::new(machine),
            state: Rc::new(state),
            baseline,
            scenario,
            reliefs: Rc::from([]),
            ensemble,
            followed: None,
            diamond: None,
            view: Rc::new(view),
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
        let (baseline, scenario) = self.runs(&state);
        let held = self.held(&state);
        let mut next = Self {
            machine: Rc::clone(&self.machine),
            reliefs: self.reliefs(&state, [&baseline.run, &scenario.run]),
            ensemble: self.ensemble.clone(),
            diamond: self.diamond(&state, &baseline.run, followed.as_ref()),
            followed,
            state: Rc::new(state),
            baseline,
            scenario,
            view: Rc::clone(&self.view),
        };
        let inputs = Inputs {
            held: &held,
            ..next.inputs()
        };
        next.view = Rc::new(page(&inputs, Some(&self.view)));
        next
    }

    /// The state after an action; a diamond that is held draws its follower along.
    fn reduced(&self, action: Action) -> (AppState, Option<Followed>) {
        let is_taken = matches!(action, Action::DiamondTaken(_) | Action::FollowerChosen(_));
        let is_moved = matches!(action, Action::DiamondMoved(_));
        let mut state = reduce(&self.state, action);
        if is_taken && let Some(target) = state.diamond.map(|diamond| diamond.target) {
            let effects = self.machine.effects(&state, &self.baseline.run, target);
            self.machine.lead(&mut state, &effects);
        }
        let found = is_moved.then(|| self.machine.follow(&state, &self.baseline.run));
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

    fn diamond(
        &self,
        state: &AppState,
        base: &Run,
        followed: Option<&Followed>,
    ) -> Option<Rc<DiamondView>> {
        let machine = &self.machine;
        let effects = machine.effects(state, base, state.diamond?.target);
        diamond::view(&machine.bound, state, &effects, followed).map(Rc::new)
    }

    /// The session with what the ensemble told.
    #[must_use]
    pub fn told(&self, ensemble: Standing) -> Self {
        let inputs = Inputs {
            held: &self.held(&self.state),
            ensemble: &ensemble,
            ..self.inputs()
        };
        Self {
            view: Rc::new(told(&inputs, &self.view)),
            ensemble,
            ..self.clone()
        }
    }

    /// Searched once things rest: it takes several runs.
    fn reliefs(&self, state: &AppState, runs: [&Run; 2]) -> Rc<[Relief]> {
        let is_same = state.generation == self.state.generation && !self.state.dragging();
        match (state.dragging(), is_same) {
            (true, _) => Rc::from([]),
            (false, true) => Rc::clone(&self.reliefs),
            (false, false) => self.machine.reliefs(state, runs),
        }
    }

    /// The monitoring table under the state's scenario; `None` where the pack has none.
    pub fn monitoring(&self) -> Option<MonitoringView> {
        monitoring::view(&self.machine.bound, &self.state, &self.scenario.run)
    }

    /// Policy or world, for a figure; `None` where no assumption was moved.
    pub fn world(&self, of: WhyOf) -> Option<WorldView> {
        if self.state.scenario.assumptions.is_empty() {
            return None;
        }
        let bound = &self.machine.bound;
        let subject = why::subject(bound, of)?;
        let mut without = AppState::clone(&self.state);
        let mut scenario = Scenario::clone(&without.scenario);
        scenario.assumptions.clear();
        without.scenario = Rc::new(scenario);
        let base = self.machine.baseline(&without);
        let policy = self.machine.scenario(&without, &base);
        let runs = Runs {
            default_base: &base,
            shifted_base: &self.baseline.run,
            default_policy: &policy,
            shifted_policy: &self.scenario.run,
        };
        world::view(bound, &self.state, &subject, runs)
    }

    fn runs(&self, state: &AppState) -> (Rc<AssessedRun>, Rc<AssessedRun>) {
        if state.generation == self.state.generation {
            return (Rc::clone(&self.baseline), Rc::clone(&self.scenario));
        }
        let same_assumptions = state.scenario.assumptions == self.state.scenario.assumptions;
        let baseline = if same_assumptions {
            Rc::clone(&self.baseline)
        } else {
            self.machine.assessed(self.machine.baseline(state))
        };
        let scenario = self.machine.scenario(state, &baseline.run);
        (baseline, self.machine.assessed(scenario))
    }

    /// Value axes to be held: those drawn now while something is dragged, else none.
    fn held(&self, state: &AppState) -> Vec<(usize, Axis)> {
        let figures = self.view.figures.iter().filter(|_| state.dragging());
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
