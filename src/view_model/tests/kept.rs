//! A page made from the one before is the page made anew.

use super::chances::answered;
use super::*;
use crate::state::Ramp;
use std::collections::BTreeSet;

/// Every kind of change that rows depend on, one after another.
fn walk() -> Vec<Action> {
    vec![
        Action::Moved(EFFORT, 12.0),
        Action::Moved(EFFORT, 25.0),
        Action::StartMoved(0, 2028.0),
        Action::RampChosen(0, Ramp::Once),
        Action::LockToggled(0),
        Action::LockToggled(0),
        Action::Moved(Knob::Assumption(0), 6.0),
        Action::JointChosen(BTreeSet::from([0])),
        Action::ResetAssumptions,
        Action::FigureShown {
            place: 0,
            figure: 1,
        },
        Action::Undo,
        Action::ResetLevers,
        Action::Undo,
        Action::Redo,
    ]
}

#[test]
fn whatever_is_done_a_kept_page_is_the_page_made_anew() {
    for mut town in [Town::new(), answered()] {
        let mut state = town.state();
        let mut kept = town.view(&state, &[]);
        for action in walk() {
            let said = format!("{action:?}");
            state = reduce(&state, action);
            kept = town.with(&state, |inputs| {
                let next = page(inputs, Some(&kept));
                assert_eq!(next, page(inputs, None), "{said}");
                next
            });
        }
    }
}

#[test]
fn what_the_ensemble_tells_changes_no_more_than_a_page_made_anew() {
    let (mut town, mut told) = (Town::new(), answered());
    let mut unanswered = Town::new().asking(Members::Silent);
    let states = walk().into_iter().scan(town.state(), |state, action| {
        *state = reduce(state, action);
        Some(state.clone())
    });
    for state in states.collect::<Vec<_>>() {
        let before = [unanswered.view(&state, &[]), town.view(&state, &[])];
        told.with(&state, |inputs| {
            for before in before {
                assert_eq!(page(inputs, Some(&before)), page(inputs, None));
            }
        });
    }
}

#[test]
fn a_lever_that_was_not_moved_has_the_very_same_row() {
    let mut town = Town::new();
    let before = town.page([]);
    let state = reduce(&town.state(), Action::Moved(Knob::Assumption(0), 6.0));
    let after = town.with(&state, |inputs| page(inputs, Some(&before)));
    assert!(Rc::ptr_eq(&before.levers[0], &after.levers[0]));
}
