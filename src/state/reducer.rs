//! The one place where the state changes.

use super::action::{Action, AppState, Diamond, Drag, Drawer, Knob, MEMBER_RANGE, Notice, View};
use super::asking::Asking;
use super::history::{History, StepName};
use super::scenario::{Scenario, Setting, Timing};
use super::{opening, typing};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Longest name of a scenario, in characters; the rest is cut off.
pub const MAX_NAME: usize = 40;

/// Longest reason, in characters; the rest is cut off.
pub const MAX_REASON: usize = 120;

/// The state after an action. An action that changes nothing leaves history and generation as
/// they were.
pub fn reduce(state: &AppState, action: Action) -> AppState {
    let mut before = state.clone();
    typing::forget(&mut before, &action);
    let next = acted(before, action);
    opening::released(state, next)
}

fn acted(next: AppState, action: Action) -> AppState {
    match action {
        Action::DragStarted(knob) => drag_started(next, knob),
        Action::Moved(knob, value) => moved(next, knob, value),
        Action::DragEnded => drag_ended(next),
        Action::DragCancelled => drag_cancelled(next),
        Action::DiamondTaken(target) => diamond_taken(next, target),
        Action::DiamondMoved(value) => diamond_moved(next, value),
        Action::FollowerChosen(lever) => follower_chosen(next, lever),
        Action::FollowerKept(value) => follower_kept(next, value),
        Action::DiamondLeft => diamond_left(next),
        Action::Typed(knob, text) => typing::typed(next, knob, text),
        Action::EntryDropped(_) => next,
        Action::Reasoned(lever, text) => reasoned(next, lever, &text),
        Action::Stepped { knob, by, repeat } => stepped(next, knob, by, repeat),
        Action::Reset(knob) => reset(next, knob),
        Action::ResetLevers => change(next, StepName::ResetLevers, |s| s.levers.clear()),
        Action::ResetAssumptions => {
            change(next, StepName::ResetAssumptions, |s| s.assumptions.clear())
        }
        Action::ResetAll => change(next, StepName::ResetAll, |s| {
            s.levers.clear();
            s.assumptions.clear();
        }),
        Action::StartMoved(lever, start) => start_moved(next, lever, start),
        Action::RampChosen(lever, ramp) => timed(next, lever, |timing| timing.ramp = ramp),
        Action::LockToggled(lever) => lock_toggled(next, lever),
        Action::Applied(scenario) => change(next, StepName::Applied, |s| {
            *s = Scenario::clone(&scenario);
        }),
        Action::SolverOpened(targets) => solver_opened(next, targets),
        Action::AskingChanged(asking) => asked(next, asking),
        Action::SearchWanted if next.asking.targets.is_empty() => next,
        Action::SearchWanted => AppState {
            searches: next.searches + 1,
            ..drag_ended(next)
        },
        Action::Renamed(name) => {
            let name = clean_name(&name);
            change(next, StepName::Renamed, |s| s.name = name)
        }
        Action::Undo => undo(next),
        Action::Redo => redo(next),
        Action::LinkOpened(_)
        | Action::StoredOpened(_)
        | Action::DamagedOpened(_)
        | Action::OriginSeen
        | Action::Restored
        | Action::Told(_)
        | Action::NoticeDismissed(_) => opening::acted(next, action),
        Action::PageShown(page) => AppState {
            page,
            drawer: None,
            ..drag_ended(next)
        },
        Action::DrawerOpened(drawer) => AppState {
            drawer: Some(drawer),
            ..next
        },
        Action::DrawerClosed => AppState {
            drawer: None,
            ..next
        },
        Action::Retried => AppState {
            retries: next.retries + 1,
            ..next
        },
        Action::MembersSet(members) => AppState {
            members: members.clamp(MEMBER_RANGE.0, MEMBER_RANGE.1),
            ..next
        },
        view => AppState {
            view: viewed(&next, &view),
            ..next
        },
    }
}

fn solver_opened(state: AppState, targets: BTreeSet<usize>) -> AppState {
    let asking = state.asking.clone();
    let targets = match (targets.is_empty(), asking.targets.is_empty()) {
        (false, _) => targets,
        (true, false) => asking.targets.clone(),
        // Nothing was chosen yet: those on tiles that are still to come.
        (true, true) => state.catalogue.asked_first.iter().copied().collect(),
    };
    AppState {
        drawer: Some(Drawer::Solver),
        ..asked(state, Asking { targets, ..asking })
    }
}

fn asked(state: AppState, asking: Asking) -> AppState {
    AppState {
        asking: asking.kept(&state.catalogue),
        ..state
    }
}

fn lock_toggled(state: AppState, lever: usize) -> AppState {
    if lever >= state.catalogue.levers.len() {
        return state;
    }
    change(state, StepName::Locked(lever), |scenario| {
        if !scenario.locked.remove(&lever) {
            scenario.locked.insert(lever);
        }
    })
}

/// A scenario's name as it is kept: no control characters, trimmed, at most [`MAX_NAME`] long.
pub(super) fn clean_name(name: &str) -> String {
    cleaned(name, MAX_NAME)
}

/// A reason as it is kept.
pub(super) fn clean_reason(text: &str) -> String {
    cleaned(text, MAX_REASON)
}

fn cleaned(text: &str, longest: usize) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control()).collect();
    let cut: String = kept.trim().chars().take(longest).collect();
    cut.trim_end().to_owned()
}

fn reasoned(state: AppState, lever: usize, text: &str) -> AppState {
    if lever >= state.catalogue.levers.len() {
        return state;
    }
    change(state, StepName::Reasoned(lever), |scenario| {
        scenario.set_reason(lever, clean_reason(text));
    })
}

/// The view after an action that only concerns the view; positions the pack does not have are
/// left alone.
fn viewed(state: &AppState, action: &Action) -> View {
    let mut view = state.view.clone();
    match *action {
        Action::SpreadChosen(spread) => view.spread = spread,
        Action::YearChosen(year) if state.catalogue.years.contains(&year) => view.year = year,
        Action::TargetChosen(target) if target < state.catalogue.targets.len() => {
            view.target = Some(target);
        }
        Action::JointChosen(ref targets) => {
            let open = &state.catalogue.open_targets;
            let kept = targets.iter().copied().filter(|k| open.contains(k));
            view.joint = Some(kept.collect());
        }
        Action::GroupShown(group) if group <= state.catalogue.groups.len() => view.group = group,
        Action::FigureShown { place, figure } if figure < state.catalogue.figures.len() => {
            show_figure(&mut view.figures, place, figure);
        }
        Action::CompareBaseline(shown) => view.compare_baseline = shown,
        Action::LargeText(large) => view.large_text = large,
        _ => {}
    }
    view
}

/// Shows a chart at a place; one that was shown elsewhere changes places with it.
fn show_figure(figures: &mut [usize], place: usize, figure: usize) {
    if place >= figures.len() {
        return;
    }
    match figures.iter().position(|&shown| shown == figure) {
        Some(other) => figures.swap(place, other),
        None => figures[place] = figure, // `place` was checked above.
    }
}

/// Changes the scenario as one step of undo.
pub(super) fn change(
    state: AppState,
    name: StepName,
    with: impl FnOnce(&mut Scenario),
) -> AppState {
    let state = drag_ended(state);
    let before = state.scenario.clone();
    let next = replace(state, with);
    record(next, name, before)
}

/// Remembers a step, unless nothing changed.
fn record(mut state: AppState, name: StepName, before: Rc<Scenario>) -> AppState {
    if state.scenario != before {
        state.history.record(name, before);
    }
    state
}

/// Changes the scenario without a step of undo; the generation rises if it differs.
fn replace(mut state: AppState, with: impl FnOnce(&mut Scenario)) -> AppState {
    let mut scenario = Scenario::clone(&state.scenario);
    with(&mut scenario);
    if scenario != *state.scenario {
        state.scenario = Rc::new(scenario);
        state.generation += 1;
    }
    state
}

fn drag_started(state: AppState, knob: Knob) -> AppState {
    let state = drag_ended(state);
    let before = state.scenario.clone();
    AppState {
        drag: Some(Drag {
            knob,
            before,
            diamond: None,
        }),
        ..state
    }
}

pub(super) fn drag_ended(mut state: AppState) -> AppState {
    match state.drag.take() {
        Some(drag) => record(state, StepName::Set(drag.knob), drag.before),
        None => state,
    }
}

fn drag_cancelled(mut state: AppState) -> AppState {
    match state.drag.take() {
        Some(drag) => replace(state, |scenario| *scenario = Scenario::clone(&drag.before)),
        None => state,
    }
}

fn diamond_taken(state: AppState, target: usize) -> AppState {
    if !state.catalogue.open_targets.contains(&target) {
        return state;
    }
    let follower = state.followers.get(&target).copied();
    AppState {
        diamond: Some(Diamond { target, follower }),
        ..drag_ended(state)
    }
}

fn diamond_moved(state: AppState, value: f64) -> AppState {
    let follower = state.diamond.and_then(|diamond| diamond.follower);
    let Some(knob) = follower.map(Knob::Lever).filter(|_| value.is_finite()) else {
        return state;
    };
    let is_held = |drag: &Drag| drag.knob == knob && drag.diamond.is_some();
    let mut state = match state.drag.as_ref().is_some_and(is_held) {
        true => state,
        false => drag_started(state, knob),
    };
    if let Some(drag) = &mut state.drag {
        drag.diamond = Some(value);
    }
    state
}

fn diamond_left(state: AppState) -> AppState {
    AppState {
        diamond: None,
        ..drag_ended(state)
    }
}

fn follower_chosen(state: AppState, lever: usize) -> AppState {
    let mut state = drag_ended(state);
    let exists = lever < state.catalogue.levers.len();
    if let Some(diamond) = state.diamond.as_mut().filter(|_| exists) {
        diamond.follower = Some(lever);
        state.followers.insert(diamond.target, lever);
    }
    state
}

fn follower_kept(state: AppState, value: f64) -> AppState {
    let follower = state.diamond.and_then(|diamond| diamond.follower);
    match follower {
        Some(lever) => moved(drag_ended(state), Knob::Lever(lever), value),
        None => state,
    }
}

pub(super) fn moved(state: AppState, knob: Knob, value: f64) -> AppState {
    let Some(steps) = nearest_steps(&state, knob, value) else {
        return state;
    };
    let dragged = state.drag.as_ref().is_some_and(|drag| drag.knob == knob);
    if dragged {
        replace(state, |scenario| set_steps(scenario, knob, steps))
    } else {
        change(state, StepName::Set(knob), |scenario| {
            set_steps(scenario, knob, steps);
        })
    }
}

fn stepped(state: AppState, knob: Knob, by: i32, repeat: bool) -> AppState {
    let Some(spec) = state.catalogue.knob(knob) else {
        return state;
    };
    let wanted = steps_of(&state.scenario, knob).saturating_add(by);
    let steps = wanted.clamp(spec.lowest(), spec.highest());
    let same_step = repeat && state.history.next_undo() == Some(StepName::Set(knob));
    let set = |scenario: &mut Scenario| set_steps(scenario, knob, steps);
    if same_step {
        replace(state, set)
    } else {
        change(state, StepName::Set(knob), set)
    }
}

fn reset(state: AppState, knob: Knob) -> AppState {
    change(state, StepName::Reset(knob), |scenario| match knob {
        Knob::Lever(lever) => scenario.set_lever(lever, Setting::default()),
        Knob::Assumption(assumption) => scenario.set_assumption(assumption, 0),
    })
}

fn start_moved(mut state: AppState, lever: usize, start: f64) -> AppState {
    if !start.is_finite() {
        return state;
    }
    let (quarters, inside) = state.catalogue.start_quarters(start);
    if !inside {
        let given = state.catalogue.policy_start + f64::from(quarters) / 4.0;
        state.notices.push(Notice::StartClamped { lever, given });
    }
    timed(state, lever, |timing| timing.start_quarters = quarters)
}

fn timed(state: AppState, lever: usize, with: impl FnOnce(&mut Timing)) -> AppState {
    if lever >= state.catalogue.levers.len() {
        return state;
    }
    change(state, StepName::Timed(lever), |scenario| {
        let mut setting = scenario.lever(lever);
        with(&mut setting.timing);
        scenario.set_lever(lever, setting);
    })
}

/// One step back; during a drag, back to its start.
fn undo(state: AppState) -> AppState {
    if state.dragging() {
        return drag_cancelled(state);
    }
    travelled(state, History::undo)
}

fn redo(state: AppState) -> AppState {
    travelled(drag_ended(state), History::redo)
}

fn travelled(
    mut state: AppState,
    travel: fn(&mut History, Rc<Scenario>) -> Option<Rc<Scenario>>,
) -> AppState {
    let now = state.scenario.clone();
    if let Some(scenario) = travel(&mut state.history, now) {
        state.scenario = scenario;
        state.generation += 1;
    }
    state
}

fn nearest_steps(state: &AppState, knob: Knob, value: f64) -> Option<i32> {
    let spec = state.catalogue.knob(knob)?;
    value.is_finite().then(|| spec.steps(value))
}

pub(super) fn steps_of(scenario: &Scenario, knob: Knob) -> i32 {
    match knob {
        Knob::Lever(lever) => scenario.lever(lever).steps,
        Knob::Assumption(assumption) => scenario.assumptions.get(&assumption).copied().unwrap_or(0),
    }
}

fn set_steps(scenario: &mut Scenario, knob: Knob, steps: i32) {
    match knob {
        Knob::Lever(lever) => {
            let timing = scenario.lever(lever).timing;
            scenario.set_lever(lever, Setting { steps, timing });
        }
        Knob::Assumption(assumption) => scenario.set_assumption(assumption, steps),
    }
}
