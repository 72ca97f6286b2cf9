//! Which lever has the most effect on a target, and where it must stand for the line to pass through
//! the target's diamond: single runs, in the input event.

use super::session::Machine;
use crate::state::{AppState, Knob, Scenario, Setting};
use crate::view_model::diamond::{Effect, Followed};
use std::collections::BTreeMap;
use std::rc::Rc;
use tidemark_engine::exec::Run;
use tidemark_pack::reading::Span;
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

impl Machine {
    /// Levers that change a target's figure, the one with the most effect first; locked ones are left
    /// out. One run a lever, once for a set of assumptions.
    pub(super) fn effects(&self, state: &AppState, base: &Run, target: usize) -> Vec<Effect> {
        let mut known = self.known.borrow_mut();
        let assumptions = &state.scenario.assumptions;
        if known
            .effects
            .as_ref()
            .is_none_or(|effects| effects.assumptions != *assumptions)
        {
            known.effects = Some(Effects {
                assumptions: assumptions.clone(),
                changes: self.changes(state, base),
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
        effects.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
        effects
    }

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
        state.view.group = group.unwrap_or(state.view.group);
    }

    /// Changes from the baseline with each lever at the end of its safe range that lies further from
    /// its default.
    fn changes(&self, state: &AppState, base: &Run) -> Vec<Vec<f64>> {
        let mut alone = state.clone();
        let levers = self.bound.pack().lever.iter();
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
                let run = self.scenario(&alone, base);
                let targets = 0..self.bound.pack().target.len();
                targets
                    .map(|target| self.figure(&run, target) - self.figure(base, target))
                    .collect()
            })
            .collect()
    }

    /// A target's figure in a run; NaN where it has none.
    fn figure(&self, run: &Run, target: usize) -> f64 {
        let figure = self.bound.pack().target.get(target).and_then(|target| {
            let (from, to) = (target.from, target.to);
            let span = Span { from, to };
            self.bound.value(run, &target.indicator, target.at, span)
        });
        figure.unwrap_or(f64::NAN)
    }

    /// Where the follower of a diamond that is held must stand; `None` where nothing is held or a
    /// run gives no figure.
    pub(super) fn follow(&self, state: &AppState, base: &Run) -> Option<Followed> {
        let drag = state.drag.as_ref()?;
        let (wanted, Knob::Lever(lever)) = (drag.diamond?, drag.knob) else {
            return None;
        };
        let target = state.diamond?.target;
        let (spec, record) = (
            state.catalogue.levers.get(lever)?,
            self.bound.pack().lever.get(lever)?,
        );
        let mut known = self.known.borrow_mut();
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
                self.figure(&self.scenario(&tried, base), target)
            };
            *figures.entry(steps).or_insert_with(run)
        };
        let found = nearest([spec.lowest(), spec.highest()], wanted, &mut at)?;
        let is_flat = found.ends[0] == found.ends[1];
        let steps = match is_flat {
            true => drag.before.lever(lever).steps,
            false => found.step,
        };
        let value = spec.value(steps);
        let safe = value.max(record.safe.min).min(record.safe.max);
        Some(Followed {
            wanted,
            lever,
            value,
            figure: found.value,
            ends: found.ends,
            safe: at(spec.steps(safe)),
            is_beyond: found.is_beyond,
            generation: state.generation,
        })
    }
}
