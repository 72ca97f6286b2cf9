//! The laws of the reducer and of links.

mod asking;

use super::action::{Action, AppState, Drawer, Knob, Notice, WhyOf};
use super::asking::Asking;
use super::catalogue::{Catalogue, KnobSpec};
use super::history::StepName;
use super::link::{LinkError, decode, encode};
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
        n_groups: 2,
        n_figures: 6,
        n_targets: 5,
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
fn typed_text_is_read_in_the_unit() {
    let fund = Knob::Lever(2);
    let state = after(&start(), [Action::Typed(fund, "5000万元".to_owned())]);
    assert_eq!(value(&state, fund), 0.5);
    assert!(state.notices.is_empty());
}

#[test]
fn typed_values_outside_are_clamped_and_told() {
    let state = after(&start(), [Action::Typed(GROWTH, "25%".to_owned())]);
    assert_eq!(value(&state, GROWTH), 20.0);
    let (asked, given) = (25.0, 20.0);
    let knob = GROWTH;
    assert_eq!(state.notices, [Notice::Clamped { knob, asked, given }]);
}

#[test]
fn typed_values_between_steps_are_snapped_and_told() {
    let state = after(&start(), [Action::Typed(GROWTH, "12.34".to_owned())]);
    let (asked, given) = (12.34, 12.3);
    let knob = GROWTH;
    assert_eq!(state.notices, [Notice::Snapped { knob, asked, given }]);
}

#[test]
fn a_text_that_is_no_number_leaves_the_value() {
    let before = after(&start(), [Action::Moved(GROWTH, 7.0)]);
    let state = after(&before, [Action::Typed(GROWTH, "七".to_owned())]);
    assert_eq!(state.scenario, before.scenario);
    assert_eq!(state.generation, before.generation);
    assert_eq!(state.notices.len(), 1);
    let read = after(&state, [Action::NoticeDismissed]);
    assert!(read.notices.is_empty());
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

#[test]
fn an_opened_link_can_be_undone_and_a_restored_one_is_no_step() {
    let told = after(&start(), [Action::Moved(GROWTH, 7.0)]).link();
    let opened = after(&start(), [Action::LinkOpened(told.clone())]);
    assert_eq!(value(&opened, GROWTH), 7.0);
    assert_eq!(opened.history.next_undo(), Some(StepName::Opened));
    let restored = start().restored(&told);
    assert_eq!(value(&restored, GROWTH), 7.0);
    assert!(restored.history.past().is_empty());
}

#[test]
fn a_link_that_brings_another_scenario_begins_anew() {
    let moved = after(&start(), [Action::Moved(GROWTH, 7.0)]);
    let opened = after(&start(), [Action::LinkOpened(moved.link())]);
    assert_eq!(opened.since, opened.generation);
    let further = after(&opened, [Action::Moved(GROWTH, 8.0)]);
    assert_eq!(further.since, opened.generation);
    // The same scenario looked at in another way is none.
    let again = format!("{}&y=2030", further.link());
    assert_eq!(
        after(&further, [Action::LinkOpened(again)]).since,
        opened.generation
    );
}

#[test]
fn a_refused_link_leaves_everything_and_is_told() {
    let before = after(&start(), [Action::Moved(GROWTH, 7.0)]);
    let state = after(
        &before,
        [Action::LinkOpened("#k=1.1a2b3c4d.AAAA".to_owned())],
    );
    assert_eq!(state.scenario, before.scenario);
    assert_eq!(state.history, before.history);
    assert_eq!(state.notices, [Notice::LinkRefused(LinkError::Damaged)]);
    let empty = after(&before, [Action::LinkOpened("#other=1".to_owned())]);
    assert_eq!(empty, before);
}

#[test]
fn links_name_what_is_wrong_with_them() {
    let cat = catalogue();
    let good = encode(&cat, &Scenario::default(), &start().view);
    let error = |text: &str| decode(&cat, text).unwrap_err();
    assert_eq!(error(""), LinkError::Absent);
    assert_eq!(error("#k="), LinkError::Damaged);
    assert_eq!(
        error("#k=2.00000000.x"),
        LinkError::NewerVersion { version: 2 }
    );
    let other = Catalogue {
        pack_hash: "ffffffff".to_owned(),
        ..Catalogue::clone(&cat)
    };
    let theirs = encode(&other, &Scenario::default(), &start().view);
    let hash = "ffffffff".to_owned();
    assert_eq!(error(&theirs), LinkError::OtherPack { hash });
    assert_eq!(error(&good.replace("1a2b", "1a2c")), LinkError::Damaged);
    assert_eq!(error(&good[..good.len() - 1]), LinkError::Damaged);
    assert_eq!(error(&format!("{good}A")), LinkError::Damaged);
}

#[test]
fn a_link_beside_other_parts_is_found() {
    let cat = catalogue();
    let good = encode(&cat, &Scenario::default(), &start().view);
    let beside = format!("ui=chart&{}", good.trim_start_matches('#'));
    assert!(decode(&cat, &beside).is_ok());
}

#[test]
fn values_outside_a_narrower_range_are_clamped_and_told() {
    let wide = catalogue();
    let far = after(&start(), [Action::Moved(GROWTH, 20.0)]);
    let mut narrow = Catalogue::clone(&wide);
    narrow.levers[0].max = 15.0;
    let opened = decode(&narrow, &far.link()).unwrap();
    assert_eq!(opened.scenario.lever_value(&narrow, 0), Some(15.0));
    let (knob, asked, given) = (GROWTH, 20.0, 15.0);
    assert_eq!(opened.notices, [Notice::Clamped { knob, asked, given }]);
}

#[test]
fn all_levers_changed_stay_a_short_link() {
    let state = after(
        &start(),
        [
            Action::Moved(GROWTH, 19.9),
            Action::Moved(Knob::Lever(1), 299.0),
            Action::Moved(Knob::Lever(2), 11.95),
        ],
    );
    assert!(state.link().len() < 60, "{}", state.link());
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
    fn link_and_back_is_the_same(state in any_state()) {
        let opened = decode(&state.catalogue, &state.link()).unwrap();
        prop_assert_eq!(&opened.scenario, &*state.scenario);
        prop_assert_eq!(opened.view, state.view);
        prop_assert!(opened.notices.is_empty());
    }

    #[test]
    fn one_changed_character_is_noticed(state in any_state(), at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_.=&#-]") {
        let link = state.link();
        // The year stands in plain figures behind what is summed up: another one is another link.
        let summed = link.find("&y=").unwrap_or(link.len());
        let at = at.index(summed);
        let mut damaged = link.clone();
        damaged.replace_range(at..=at, &to);
        // A `#` or `&` before the key changes nothing; everything else must be noticed. A `p` that becomes
        // a `y` names a year that is none, which is told.
        if let Ok(opened) = decode(&state.catalogue, &damaged) {
            prop_assert_eq!(&opened.scenario, &*state.scenario, "{} → {}", link, damaged);
            let is_told = matches!(opened.notices[..], [Notice::UnknownYear { .. }]);
            prop_assert!(is_told || opened.view == state.view, "{} → {}", link, damaged);
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        let cat = catalogue();
        let _ = decode(&cat, &text);
        let _ = decode(&cat, &format!("#k=1.1a2b3c4d.{text}"));
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
