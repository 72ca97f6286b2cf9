//! The laws of the reducer and of links.

mod asking;
mod links;
mod typing;

use super::action::{Action, AppState, Drawer, Knob, Notice, WhyOf};
use super::asking::Asking;
use super::catalogue::{Catalogue, KnobSpec};
use super::history::StepName;
use super::link::decode;
use super::page::Page;
use super::panel::Panel;
use super::reducer::reduce;
use super::scenario::{Ramp, Scenario, Setting, Timing};
use crate::protocol::inquiry::Reach;
use proptest::prelude::*;
use std::rc::Rc;

fn knob(id: &str, unit: &str, default: f64, (min, max): (f64, f64), step: f64) -> KnobSpec {
    KnobSpec {
        id: id.to_owned(),
        unit: unit.to_owned(),
        default,
        min,
        max,
        step,
        decimals: 1,
    }
}

fn catalogue() -> Rc<Catalogue> {
    Rc::new(Catalogue {
        pack_id: "town".to_owned(),
        pack_hash: "1a2b3c4d".to_owned(),
        levers: vec![
            knob("growth", "%/年", 5.0, (0.0, 20.0), 0.1),
            knob("projects", "项/年", 100.0, (50.0, 300.0), 1.0),
            knob("fund", "亿元/年", 1.8, (0.0, 12.0), 0.05),
        ],
        assumptions: vec![knob("deflator", "%/年", 0.3, (-1.5, 2.0), 0.1)],
        policy_start: 2027.0,
        earliest_start: 2026.0,
        latest_start: 2035.0,
        groups: (0..2).map(|k| format!("group_{k}")).collect(),
        figures: (0..6).map(|k| format!("figure_{k}")).collect(),
        targets: (0..5).map(|k| format!("town.target-{k}.2027")).collect(),
        years: vec![2027, 2028, 2030],
        open_targets: vec![0, 2, 3],
        asked_first: vec![0, 3],
    })
}

#[test]
fn a_page_is_part_of_a_link_and_no_step_of_undo() {
    let shown = after(&start(), [Action::PageShown(Page::Credibility)]);
    assert_eq!(
        (shown.page, shown.drawer.clone()),
        (Page::Credibility, None)
    );
    assert!(shown.history.past().is_empty());
    let link = shown.page.link(&shown.link());
    let opened = after(&start(), [Action::LinkOpened(link)]);
    assert_eq!(opened.page, Page::Credibility);
    let back = after(&opened, [Action::LinkOpened(opened.link())]);
    assert_eq!(back.page, Page::Main);
    let alone = after(&start(), [Action::LinkOpened("#v=credibility".to_owned())]);
    assert_eq!((alone.page, alone.notices.len()), (Page::Credibility, 0));
}

fn start() -> AppState {
    AppState::new(catalogue())
}

fn after(state: &AppState, actions: impl IntoIterator<Item = Action>) -> AppState {
    actions
        .into_iter()
        .fold(state.clone(), |state, action| reduce(&state, action))
}

const GROWTH: Knob = Knob::Lever(0);
const DEFLATOR: Knob = Knob::Assumption(0);

fn value(state: &AppState, knob: Knob) -> f64 {
    match knob {
        Knob::Lever(k) => state.scenario.lever_value(&state.catalogue, k),
        Knob::Assumption(k) => state.scenario.assumption_value(&state.catalogue, k),
    }
    .unwrap()
}

#[test]
fn a_move_lands_on_the_step_grid() {
    let state = after(&start(), [Action::Moved(GROWTH, 12.04)]);
    assert_eq!(value(&state, GROWTH), 12.0);
    assert_eq!(state.generation, 1);
}

#[test]
fn a_move_to_the_default_leaves_the_baseline() {
    let state = after(
        &start(),
        [Action::Moved(GROWTH, 12.0), Action::Moved(GROWTH, 5.0)],
    );
    assert!(state.scenario.is_baseline());
    assert_eq!(state.history.past().len(), 2);
}

#[test]
fn nothing_moved_is_no_step() {
    let state = after(&start(), [Action::Moved(GROWTH, 5.0), Action::ResetAll]);
    assert_eq!(state.generation, 0);
    assert!(state.history.past().is_empty());
}

#[test]
fn one_drag_is_one_step() {
    let drag = [
        Action::DragStarted(GROWTH),
        Action::Moved(GROWTH, 7.0),
        Action::Moved(GROWTH, 9.0),
        Action::Moved(GROWTH, 11.0),
        Action::DragEnded,
    ];
    let state = after(&start(), drag);
    assert_eq!(value(&state, GROWTH), 11.0);
    assert_eq!(state.history.next_undo(), Some(StepName::Set(GROWTH)));
    let undone = after(&state, [Action::Undo]);
    assert!(undone.scenario.is_baseline());
    assert!(undone.history.past().is_empty());
}

#[test]
fn a_cancelled_drag_goes_back_to_its_start_without_a_step() {
    let before = after(&start(), [Action::Moved(GROWTH, 7.0)]);
    let cancel = |last| {
        after(
            &before,
            [
                Action::DragStarted(GROWTH),
                Action::Moved(GROWTH, 19.0),
                last,
            ],
        )
    };
    for last in [Action::DragCancelled, Action::Undo] {
        let state = cancel(last);
        assert_eq!(state.scenario, before.scenario);
        assert_eq!(state.history, before.history);
        assert!(!state.dragging());
        assert!(state.generation > before.generation);
    }
}

#[test]
fn a_held_key_is_one_step() {
    let step = |repeat| Action::Stepped {
        knob: GROWTH,
        by: 1,
        repeat,
    };
    let state = after(&start(), [step(false), step(true), step(true), step(false)]);
    assert_eq!(value(&state, GROWTH), 5.4);
    assert_eq!(state.history.past().len(), 2);
}

#[test]
fn steps_stop_at_the_hard_range() {
    let by = i32::MAX;
    let knob = GROWTH;
    let state = after(
        &start(),
        [Action::Stepped {
            knob,
            by,
            repeat: false,
        }],
    );
    assert_eq!(value(&state, GROWTH), 20.0);
}

#[test]
fn resetting_levers_keeps_assumptions() {
    let both = after(
        &start(),
        [Action::Moved(GROWTH, 7.0), Action::Moved(DEFLATOR, -0.5)],
    );
    let state = after(&both, [Action::ResetLevers]);
    assert!(state.scenario.levers.is_empty());
    assert_eq!(value(&state, DEFLATOR), -0.5);
    let none = after(&state, [Action::ResetAssumptions]);
    assert!(none.scenario.is_baseline());
}

#[test]
fn a_start_is_held_inside_the_allowed_span() {
    let state = after(&start(), [Action::StartMoved(0, 2020.0)]);
    assert_eq!(state.scenario.lever(0).timing.start_quarters, -4);
    let (lever, given) = (0, 2026.0);
    assert_eq!(state.notices, [Notice::StartClamped { lever, given }]);
}

#[test]
fn the_four_build_ups_give_start_ramp_and_stop() {
    let check = |ramp, start, years, stop| {
        let timing = Timing {
            start_quarters: 0,
            ramp,
        };
        let schedule = timing.schedule(2027.0, 2.0);
        assert_eq!(schedule.start, start);
        assert_eq!(schedule.ramp_years, years);
        assert_eq!(schedule.stop, stop);
    };
    check(Ramp::Even, 2027.0, 2.0, None);
    check(Ramp::Front, 2027.0, 0.0, None);
    check(Ramp::Back, 2028.0, 2.0, None);
    check(Ramp::Once, 2027.0, 0.0, Some(2028.0));
}

#[test]
fn positions_the_pack_does_not_have_change_nothing() {
    let state = start();
    let odd = [
        Action::Moved(Knob::Lever(99), 1.0),
        Action::Typed(Knob::Assumption(99), "1".to_owned()),
        Action::StartMoved(99, 2027.0),
        Action::RampChosen(99, Ramp::Once),
        Action::GroupShown(99),
        Action::YearChosen(2029),
        Action::TargetChosen(99),
        Action::FigureShown {
            place: 99,
            figure: 0,
        },
        Action::FigureShown {
            place: 0,
            figure: 99,
        },
        Action::Moved(GROWTH, f64::NAN),
        Action::StartMoved(0, f64::INFINITY),
    ];
    assert_eq!(after(&state, odd), state);
}

#[test]
fn a_chart_shown_elsewhere_changes_places() {
    let swap = Action::FigureShown {
        place: 0,
        figure: 2,
    };
    let state = after(&start(), [swap]);
    assert_eq!(state.view.figures, [2, 1, 0, 3]);
}

#[test]
fn a_drawer_is_no_step_of_undo() {
    let state = after(&start(), [Action::DrawerOpened(Drawer::Rules)]);
    assert_eq!(state.drawer, Some(Drawer::Rules));
    assert_eq!(state.generation, 0);
    assert!(state.history.past().is_empty());
}

fn any_action() -> impl Strategy<Value = Action> {
    let knob = || {
        prop_oneof![
            (0..4usize).prop_map(Knob::Lever),
            (0..2usize).prop_map(Knob::Assumption)
        ]
    };
    let ramp = prop_oneof![
        Just(Ramp::Even),
        Just(Ramp::Front),
        Just(Ramp::Back),
        Just(Ramp::Once)
    ];
    prop_oneof![
        (knob(), -10.0..400.0).prop_map(|(k, v)| Action::Moved(k, v)),
        (knob(), -30..30i32, any::<bool>()).prop_map(|(knob, by, repeat)| Action::Stepped {
            knob,
            by,
            repeat
        }),
        knob().prop_map(Action::Reset),
        (0..4usize).prop_map(Action::LockToggled),
        (0..4usize, "\\PC{0,30}").prop_map(|(l, text)| Action::Reasoned(l, text)),
        (0..6usize).prop_map(Action::TargetChosen),
        Just(Action::ResetLevers),
        Just(Action::ResetAll),
        (0..4usize, 2020.0..2040.0).prop_map(|(l, s)| Action::StartMoved(l, s)),
        (0..4usize, ramp).prop_map(|(l, r)| Action::RampChosen(l, r)),
        "\\PC{0,50}".prop_map(Action::Renamed),
        knob().prop_map(Action::DragStarted),
        Just(Action::DragEnded),
        (0..4usize).prop_map(Action::GroupShown),
        (2026..2032i32).prop_map(Action::YearChosen),
        (0..5usize, 0..7usize).prop_map(|(place, figure)| Action::FigureShown { place, figure }),
        any::<bool>().prop_map(Action::CompareBaseline),
        any::<bool>().prop_map(Action::LargeText),
    ]
}

fn any_state() -> impl Strategy<Value = AppState> {
    prop::collection::vec(any_action(), 0..20).prop_map(|actions| after(&start(), actions))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn undo_takes_back_an_action_and_redo_brings_it_again(state in any_state(), action in any_action()) {
        let rest = after(&state, [Action::DragEnded]);
        let done = after(&rest, [action, Action::DragEnded]);
        let steps = done.history.past().len() - rest.history.past().len().min(done.history.past().len());
        let undone = after(&done, std::iter::repeat_n(Action::Undo, steps));
        if steps > 0 {
            prop_assert_eq!(&undone.scenario, &rest.scenario);
            let redone = after(&undone, std::iter::repeat_n(Action::Redo, steps));
            prop_assert_eq!(&redone.scenario, &done.scenario);
            prop_assert_eq!(redone.history, done.history);
        }
    }

    #[test]
    fn undoing_everything_gives_the_baseline(state in any_state()) {
        let rest = after(&state, [Action::DragEnded]);
        let steps = rest.history.past().len();
        let back = after(&rest, std::iter::repeat_n(Action::Undo, steps));
        prop_assert_eq!(&*back.scenario, &Scenario::default());
    }

    #[test]
    fn a_generation_never_stands_for_two_scenarios(state in any_state(), action in any_action()) {
        let next = after(&state, [action]);
        prop_assert!(next.generation > state.generation || next.scenario == state.scenario);
    }

    #[test]
    fn levers_keep_only_what_differs(state in any_state()) {
        prop_assert!(state.scenario.levers.values().all(|s| *s != Setting::default()));
        prop_assert!(state.scenario.assumptions.values().all(|&s| s != 0));
    }
}

#[test]
fn a_diamond_in_hand_is_one_drag_of_the_lever_that_follows() {
    let follower = Action::FollowerChosen(0);
    let taken = after(&start(), [Action::DiamondTaken(2), follower.clone()]);
    let held = [
        Action::DiamondMoved(3.1),
        Action::Moved(GROWTH, 7.0),
        Action::DiamondMoved(3.2),
        Action::Moved(GROWTH, 9.0),
    ];
    let held = after(&taken, held);
    let drag = held.drag.as_ref().unwrap();
    assert_eq!((drag.knob, drag.diamond), (GROWTH, Some(3.2)));
    let ended = after(&held, [Action::DragEnded]);
    assert_eq!(
        (value(&ended, GROWTH), ended.history.past().len()),
        (9.0, 1)
    );
    let cancelled = after(&held, [Action::DragCancelled]);
    assert!(cancelled.scenario.is_baseline() && cancelled.history.past().is_empty());
    let again = [Action::DiamondLeft, Action::DiamondTaken(2)];
    let again = after(&ended, again).diamond.unwrap();
    assert_eq!(again.follower, Some(0));
    // Put back when it was let go, the lever stands there after all: a step of its own.
    let beyond = after(&taken, [Action::DiamondMoved(99.0), Action::DragEnded]);
    assert!(beyond.scenario.is_baseline() && beyond.history.past().is_empty());
    let kept = after(&beyond, [Action::FollowerKept(20.0)]);
    assert_eq!((value(&kept, GROWTH), kept.history.past().len()), (20.0, 1));
    assert_eq!(after(&start(), [Action::FollowerKept(20.0)]), start());
    // Neither a target whose outcome is known nor a diamond nobody took up.
    assert_eq!(after(&start(), [Action::DiamondTaken(1)]).diamond, None);
    assert_eq!(
        after(&start(), [follower, Action::DiamondMoved(3.0)]),
        start()
    );
}
