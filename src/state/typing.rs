//! Texts typed into number boxes: taken where they can mean one thing, answered at the field otherwise.

use super::action::{Action, AppState, Entry, EntryFault, Knob};
use super::opening;
use super::reducer::moved;
use crate::text::number::{self, Typed};

/// The state after a text was confirmed; it is never brought to the range in silence.
pub(super) fn typed(state: AppState, knob: Knob, text: String) -> AppState {
    let Some(spec) = state
        .catalogue
        .knob(knob)
        .filter(|_| !text.trim().is_empty())
    else {
        // An emptied box asks for nothing; its value stands there again.
        return state;
    };
    let (min, max) = (spec.value(spec.lowest()), spec.value(spec.highest()));
    let is_inside = |value: f64| (min..=max).contains(&value);
    let fault = match number::typed(&text, &spec.unit) {
        Typed::Number(asked) if is_inside(asked) => {
            let given = spec.value(spec.steps(asked));
            let next = moved(state, knob, asked);
            let is_taken = (given - asked).abs() <= 1e-9;
            return match is_taken {
                true => next,
                false => with(next, knob, text, EntryFault::Between { asked, given }),
            };
        }
        Typed::Number(asked) => EntryFault::Outside {
            asked,
            nearest: asked.clamp(min, max),
        },
        Typed::Either(readings) => EntryFault::Ambiguous {
            readings: readings.into_iter().filter(|v| is_inside(*v)).collect(),
        },
        Typed::OtherUnit => EntryFault::OtherUnit,
        Typed::NotANumber => EntryFault::NotANumber,
    };
    with(state, knob, text, fault)
}

fn with(mut state: AppState, knob: Knob, text: String, fault: EntryFault) -> AppState {
    state.entries.push((knob, Entry { text, fault }));
    state
}

/// Forgets what was typed once it is mended: the box is filled anew, or its value set in another way.
pub(super) fn forget(state: &mut AppState, action: &Action) {
    match action {
        Action::Typed(knob, _)
        | Action::Moved(knob, _)
        | Action::DragStarted(knob)
        | Action::Stepped { knob, .. }
        | Action::Reset(knob)
        | Action::EntryDropped(knob) => {
            state.entries.retain(|(own, _)| own != knob);
        }
        action if opening::is_of_all(action) => state.entries.clear(),
        _ => {}
    }
}
