//! What was typed and not simply taken, in words; and reasons for values beyond all that was reached.

use super::levers::zone;
use super::rows::{EntryRow, Reason, SliderRow, ZoneKind};
use crate::state::{AppState, EntryFault, Knob, KnobSpec};
use crate::text::lever as words;
use crate::text::notice::short;
use crate::text::number;
use tidemark_pack::record::Lever;

/// A knob's value as a user would type it.
pub(super) fn plain(spec: &KnobSpec, value: f64) -> String {
    let digits = number::trimmed(&number::fixed(value, 6));
    number::with_unit(&digits, &spec.unit)
}

/// A knob's range, "0—20%".
pub(super) fn range(spec: &KnobSpec) -> String {
    let end = |steps| number::trimmed(&number::fixed(spec.value(steps), 6));
    let ends = words::from_to(&end(spec.lowest()), &end(spec.highest()));
    number::with_unit(&ends, &spec.unit)
}

/// What there is to say of a knob's box; `None` where what was typed was taken.
pub(super) fn entry(state: &AppState, knob: Knob) -> Option<EntryRow> {
    let (entry, spec) = (state.entry(knob)?, state.catalogue.knob(knob)?);
    let (text, range) = (short(&entry.text), range(spec));
    let offer = |value: f64| (words::take(&plain(spec, value)), value);
    let (message, offers) = match &entry.fault {
        EntryFault::Outside { asked, nearest } => {
            let message = words::outside(&range, &plain(spec, *asked));
            (message, vec![offer(*nearest)])
        }
        EntryFault::Between { asked, given } => {
            let step = plain(spec, spec.step);
            let taken = plain(spec, *given);
            (
                words::between(&plain(spec, *asked), &step, &taken),
                Vec::new(),
            )
        }
        EntryFault::Ambiguous { readings } => {
            let offers = readings.iter().copied().map(offer).collect();
            (words::ambiguous(&text, &range), offers)
        }
        EntryFault::OtherUnit => (words::other_unit(&text, &spec.unit, &range), Vec::new()),
        EntryFault::NotANumber => (words::not_a_number(&text, &range), Vec::new()),
    };
    let is_taken = matches!(entry.fault, EntryFault::Between { .. });
    Some(EntryRow {
        text: (!is_taken).then(|| entry.text.clone()),
        message,
        offers,
    })
}

/// Whether a lever beyond all that was reached or promised has its reason; it is asked for once the hand is
/// still.
pub(super) fn reason(state: &AppState, k: usize, lever: &Lever) -> Reason {
    let value = state.scenario.lever_value(&state.catalogue, k);
    if zone(lever, value.unwrap_or(lever.default)) != ZoneKind::Beyond {
        return Reason::Needless;
    }
    match state.scenario.reason(k) {
        Some(text) => Reason::Given(text.to_owned()),
        None if state.dragging() => Reason::Needless,
        None => Reason::Wanted,
    }
}

/// Whether a slider says of both what it said before.
pub(super) fn is_same(state: &AppState, k: usize, lever: &Lever, was: &SliderRow) -> bool {
    was.entry == entry(state, Knob::Lever(k)) && was.reason == reason(state, k, lever)
}
