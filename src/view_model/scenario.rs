//! The state's scenario in the pack's terms: shown values, starts, ramps and stops.

use crate::protocol::inquiry::Settings;
use crate::state::{self, AppState, Catalogue, Setting, Timing};
use crate::text::word;
use std::rc::Rc;
use tidemark_engine::gathered;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::Lever;
use tidemark_pack::scenario::{LeverSetting, Scenario};

/// What the page opens with: the baseline, and which targets have a probability.
pub fn opening_state(bound: &Bound) -> AppState {
    let targets = bound.pack().target.iter().enumerate();
    let open = targets.filter(|(_, target)| bound.is_open(target));
    let open: Vec<usize> = open.map(|(k, _)| k).collect();
    let is_tile = |k: &usize| bound.pack().target.get(*k).is_some_and(|t| t.tile > 0);
    let first = open.iter().copied().filter(is_tile).collect();
    let catalogue = Catalogue::new(bound.pack(), bound.hash()).with_open(open, first);
    AppState::new(Rc::new(catalogue))
}

/// What a runner is handed, already inside the hard ranges.
pub fn pack_scenario(bound: &Bound, state: &AppState) -> Scenario {
    let levers = state.scenario.levers.iter();
    let levers = levers.filter_map(|(&k, setting)| {
        let lever = bound.pack().lever.get(k)?;
        Some((
            lever.id.clone(),
            lever_setting(bound, state, lever, k, *setting)?,
        ))
    });
    let assumptions = state.scenario.assumptions.keys();
    let assumptions = assumptions.filter_map(|&k| {
        let id = bound.pack().assumption.get(k)?.id.clone();
        Some((id, state.scenario.assumption_value(&state.catalogue, k)?))
    });
    let asked = Scenario {
        levers: gathered(levers),
        assumptions: gathered(assumptions),
    };
    bound.clamp(&asked).0
}

fn lever_setting(
    bound: &Bound,
    state: &AppState,
    lever: &Lever,
    k: usize,
    setting: Setting,
) -> Option<LeverSetting> {
    let default = bound.default_setting(&lever.id)?;
    let policy_start = state.catalogue.policy_start;
    let schedule = setting.timing.schedule(policy_start, lever.ramp_years);
    Some(LeverSetting {
        value: state.scenario.lever_value(&state.catalogue, k)?,
        start: schedule.start,
        ramp: schedule.ramp_years,
        stop: schedule.stop.unwrap_or(default.stop),
    })
}

/// An answer of the solver as the state keeps it: locked levers, assumptions, name and locks are the
/// state's own.
pub fn state_scenario(bound: &Bound, state: &AppState, found: &Settings) -> state::Scenario {
    let mut scenario = state::Scenario::clone(&state.scenario);
    let locked = scenario.locked.clone();
    scenario.levers.retain(|k, _| locked.contains(k));
    for (k, lever) in bound.pack().lever.iter().enumerate() {
        let set = found.levers.iter().find(|(id, _)| *id == lever.id);
        let Some(((_, [value, start, ..]), spec)) = set.zip(state.catalogue.levers.get(k)) else {
            continue;
        };
        if locked.contains(&k) {
            continue;
        }
        let setting = Setting {
            steps: spec.steps(*value),
            timing: Timing {
                start_quarters: state.catalogue.start_quarters(*start).0,
                ..Timing::default()
            },
        };
        scenario.set_lever(k, setting);
    }
    scenario
}

/// The scenario's name: the user's, 基准情景 where nothing differs, 未命名方案 otherwise.
pub fn name(state: &AppState) -> String {
    if !state.scenario.name.is_empty() {
        state.scenario.name.clone()
    } else if state.scenario.is_baseline() {
        word::BASELINE.to_owned()
    } else {
        word::UNNAMED.to_owned()
    }
}

/// Earliest start of the levers that were moved; the pack's policy start where none was.
pub(super) fn first_start(bound: &Bound, state: &AppState) -> f64 {
    let policy_start = state.catalogue.policy_start;
    let moved = state
        .scenario
        .levers
        .iter()
        .filter(|(_, setting)| setting.steps != 0);
    let starts = moved.filter_map(|(&k, setting)| {
        let lever = bound.pack().lever.get(k)?;
        Some(
            setting
                .timing
                .schedule(policy_start, lever.ramp_years)
                .start,
        )
    });
    starts.min_by(f64::total_cmp).unwrap_or(policy_start)
}
