//! What is typed into a number box is taken, or answered there; it is never brought to the range in silence.

use super::*;
use crate::state::{Entry, EntryFault};

fn typed(state: &AppState, knob: Knob, text: &str) -> AppState {
    after(state, [Action::Typed(knob, text.to_owned())])
}

/// Types into a box of the baseline; the value then, and what is said at the box.
#[track_caller]
fn check(knob: Knob, text: &str, wanted: f64, fault: Option<EntryFault>) {
    let state = typed(&start(), knob, text);
    assert_eq!(value(&state, knob), wanted, "{text}");
    let text = text.to_owned();
    let entry = fault.map(|fault| Entry { text, fault });
    assert_eq!(state.entry(knob), entry.as_ref());
    assert!(state.notices.is_empty());
}

const PROJECTS: Knob = Knob::Lever(1);
const FUND: Knob = Knob::Lever(2);

#[test]
fn a_number_that_can_mean_one_thing_is_taken() {
    check(FUND, "5000万元", 0.5, None);
    check(GROWTH, "15%", 15.0, None);
    check(GROWTH, "１５．５", 15.5, None);
    check(PROJECTS, "0.02万", 200.0, None);
    check(PROJECTS, "120 项/年", 120.0, None);
}

#[test]
fn a_number_outside_the_range_is_answered_with_its_end() {
    let outside = |asked, nearest| Some(EntryFault::Outside { asked, nearest });
    check(GROWTH, "100", 5.0, outside(100.0, 20.0));
    check(GROWTH, "-3", 5.0, outside(-3.0, 0.0));
    check(PROJECTS, "1.2万", 100.0, outside(12_000.0, 300.0));
    check(GROWTH, "1,200", 5.0, outside(1200.0, 20.0));
}

#[test]
fn a_comma_of_two_meanings_is_asked_about() {
    let readings = |readings: &[f64]| {
        let readings = readings.to_vec();
        Some(EntryFault::Ambiguous { readings })
    };
    check(GROWTH, "12,5", 5.0, readings(&[12.5]));
    check(GROWTH, "1,2", 5.0, readings(&[1.2, 12.0]));
    check(PROJECTS, "1,2", 100.0, readings(&[]));
}

#[test]
fn what_is_none_of_its_numbers_leaves_the_value() {
    check(GROWTH, "七", 5.0, Some(EntryFault::NotANumber));
    check(GROWTH, " ", 5.0, None);
    check(GROWTH, "1.2万", 5.0, Some(EntryFault::OtherUnit));
    check(PROJECTS, "15%", 100.0, Some(EntryFault::OtherUnit));
}

#[test]
fn a_number_between_steps_is_taken_and_told() {
    let (asked, given) = (12.34, 12.3);
    check(
        GROWTH,
        "12.34",
        12.3,
        Some(EntryFault::Between { asked, given }),
    );
}

#[test]
fn it_is_gone_when_mended_and_each_box_has_its_own() {
    let wrong = typed(&typed(&start(), GROWTH, "99"), FUND, "x");
    assert_eq!(wrong.entries.len(), 2);
    let step = Action::Stepped {
        knob: GROWTH,
        by: 1,
        repeat: false,
    };
    let (dropped, taken) = (Action::EntryDropped(GROWTH), Action::Moved(GROWTH, 20.0));
    let again = Action::Typed(GROWTH, "12".to_owned());
    for mend in [dropped, taken, again, step, Action::Reset(GROWTH)] {
        let mended = after(&wrong, [mend]);
        let left: Vec<Knob> = mended.entries.iter().map(|(knob, _)| *knob).collect();
        assert_eq!(left, [FUND]);
    }
    let worse = typed(&wrong, GROWTH, "abc");
    assert_eq!(worse.entry(GROWTH).unwrap().text, "abc");
    assert!(after(&wrong, [Action::ResetAll]).entries.is_empty());
}

#[test]
fn a_reason_is_kept_in_the_scenario_and_undone_like_the_rest() {
    let reasoned = Action::Reasoned(0, " 国家新增专项\n已批 ".to_owned());
    let state = after(&start(), [Action::Moved(GROWTH, 20.0), reasoned]);
    assert_eq!(state.scenario.reason(0).unwrap(), "国家新增专项已批");
    assert_eq!(state.history.next_undo(), Some(StepName::Reasoned(0)));
    let opened = decode(&state.catalogue, &state.link()).unwrap();
    assert_eq!(opened.scenario, *state.scenario);
    let undone = after(&state, [Action::Undo]);
    assert!(undone.scenario.reasons.is_empty());
    assert_eq!(
        after(&start(), [Action::Reasoned(99, "x".to_owned())]),
        start()
    );
}
