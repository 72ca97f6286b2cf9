//! Which lever has the most effect on a target, and where it must stand for the line to pass through
//! the target's diamond: previews, in the input event.

use super::session::{Machine, Session};
use crate::state::{AppState, Knob, Scenario, Setting};
use crate::view_model::diamond::{Effect, Followed};
use std::collections::BTreeMap;
use std::rc::Rc;
use tidemark_engine::exec::Run;
use tidemark_engine::sort_short;
use tidemark_pack::figures::Figures;
use tidemark_reach::grid::nearest;

/// What runs have told, so that none is made twice.
#[derive(Debug, Default)]
pub(super) struct Known {
    effects: Option<Effects>,
    grid: Option<Grid>,
}

/// What each lever does to each target, alone.
#[derive(Debug)]
struct Effects {
    assumptions: BTreeMap<usize, i32>,
    /// Lever after lever, one number a target.
    changes: Vec<Vec<f64>>,
}

/// A target's figure along a lever's grid, all else as it was when the drag began.
#[derive(Debug)]
struct Grid {
    before: Rc<Scenario>,
    place: (usize, usize),
    figures: BTreeMap<i32, f64>,
}

impl Session {
    /// Levers that change a target's figure, the one with the most effect first; locked ones are left
    /// out. One run a lever, once for a set of assumptions.
    pub(super) fn effects(&self, state: &AppState, target: usize) -> Vec<Effect> {
        let mut known = self.machine.known.borrow_mut();
        let assumptions = &state.scenario.assumptions;
        if known
            .effects
            .as_ref()
            .is_none_or(|effects| effects.assumptions != *assumptions)
        {
            known.effects = Some(Effects {
                assumptions: assumptions.clone(),
                changes: self.changes(state),
            });
        }
        let changes = known.effects.iter().flat_map(|effects| &effects.changes);
        let mut effects: Vec<Effect> = changes
            .enumerate()
            .filter_map(|(lever, of)| {
                let change = *of.get(target)?;
                Some(Effect { lever, change })
            })
            .filter(|effect| effect.change.is_finite() && effect.change != 0.0)
            .filter(|effect| !state.scenario.locked.contains(&effect.lever))
            .collect();
        sort_short(&mut effects, |a, b| {
            b.change.abs().total_cmp(&a.change.abs())
        });
        effects
    }

    /// Changes from the baseline with each lever at the end of its safe range that lies further from
    /// its default.
    fn changes(&self, state: &AppState) -> Vec<Vec<f64>> {
        let bound = &self.machine.bound;
        let base = self.base_run();
        let mut alone = state.clone();
        let levers = bound.pack().lever.iter();
        let specs = levers.zip(&state.catalogue.levers).enumerate();
        specs
            .map(|(k, (lever, spec))| {
                let (low, high) = (lever.safe.min, lever.safe.max);
                let is_up = high - lever.default >= lever.default - low;
                let steps = spec.steps(if is_up { high } else { low });
                let mut scenario = Scenario {
                    assumptions: state.scenario.assumptions.clone(),
                    ..Scenario::default()
                };
                let setting = Setting {
                    steps,
                    ..Setting::default()
                };
                scenario.set_lever(k, setting);
                alone.scenario = Rc::new(scenario);
                let run = Rc::new(self.machine.scenario(&alone, base));
                let targets = 0..bound.pack().target.len();
                targets
                    .map(|target| self.figure(&run, target) - self.figure(base, target))
                    .collect()
            })
            .collect()
    }

    /// A target's figure in its own year, projected with that run; NaN where it has none.
    fn figure(&self, run: &Rc<Run>, target: usize) -> f64 {
        let bound = &self.machine.bound;
        let record = bound.pack().target.get(target);
        let key = record.and_then(|record| bound.target_key(record, record.to));
        let figure = key.and_then(|key| self.centre(run).figure(bound, key));
        figure.unwrap_or(f64::NAN)
    }

    /// Where the follower of a diamond that is held must stand; `None` where nothing is held or there is
    /// no figure. Beyond its reach it stays where it was when the drag began: it is brought to an end only
    /// by a user who asks for that.
    pub(super) fn follow(&self, state: &AppState) -> Option<Followed> {
        let drag = state.drag.as_ref()?;
        let (wanted, Knob::Lever(lever)) = (drag.diamond?, drag.knob) else {
            return None;
        };
        let target = state.diamond?.target;
        let machine = &self.machine;
        let (spec, record) = (
            state.catalogue.levers.get(lever)?,
            machine.bound.pack().lever.get(lever)?,
        );
        let mut known = machine.known.borrow_mut();
        let is_same =
            |grid: &Grid| Rc::ptr_eq(&grid.before, &drag.before) && grid.place == (target, lever);
        if !known.grid.as_ref().is_some_and(is_same) {
            known.grid = Some(Grid {
                before: Rc::clone(&drag.before),
                place: (target, lever),
                figures: BTreeMap::new(),
            });
        }
        let figures = &mut known.grid.as_mut()?.figures;
        let mut tried = state.clone();
        let mut at = |steps: i32| {
            let run = || {
                let mut scenario = Scenario::clone(&drag.before);
                let timing = scenario.lever(lever).timing;
                scenario.set_lever(lever, Setting { steps, timing });
                tried.scenario = Rc::new(scenario);
                let run = machine.scenario(&tried, self.base_run());
                self.figure(&Rc::new(run), target)
            };
            *figures.entry(steps).or_insert_with(run)
        };
        let found = nearest([spec.lowest(), spec.highest()], wanted, &mut at)?;
        let is_flat = found.ends[0] == found.ends[1];
        let before = drag.before.lever(lever).steps;
        let steps = match is_flat || found.is_beyond {
            true => before,
            false => found.step,
        };
        let end = spec.value(found.step);
        let safe = end.max(record.safe.min).min(record.safe.max);
        Some(Followed {
            wanted,
            lever,
            value: spec.value(steps),
            end: (end, found.value),
            ends: found.ends,
            safe: (safe, at(spec.steps(safe))),
            is_beyond: found.is_beyond,
            generation: state.generation,
        })
    }
}

impl Machine {
    /// Names the follower of a diamond, the lever with the most effect where none was chosen, and
    /// shows its group.
    pub(super) fn lead(&self, state: &mut AppState, effects: &[Effect]) {
        let Some(diamond) = &mut state.diamond else {
            return;
        };
        let is_free = |lever: &usize| !state.scenario.locked.contains(lever);
        let chosen = diamond.follower.filter(is_free);
        diamond.follower = chosen.or(effects.first().map(|effect| effect.lever));
        let pack = self.bound.pack();
        let lever = diamond.follower.and_then(|k| pack.lever.get(k));
        let group = lever.and_then(|lever| pack.group.iter().position(|g| g.id == lever.group));
        // Where all levers are shown it is among them.
        if state.view.group < pack.group.len() {
            state.view.group = group.unwrap_or(state.view.group);
        }
    }
}
