//! Notices of the state as messages with a next step.

use super::levers::knob_label;
use super::rows::Message;
use crate::state::{AppState, Knob, LinkError, Notice};
use crate::text::notice as say;
use crate::text::number;
use crate::text::sentence::{self, Measure};
use tidemark_pack::bind::Bound;

/// All notices, oldest first.
pub(super) fn messages(bound: &Bound, state: &AppState) -> Vec<Message> {
    let notices = state.notices.iter();
    notices
        .map(|notice| message(bound, state, notice))
        .collect()
}

fn message(bound: &Bound, state: &AppState, notice: &Notice) -> Message {
    let value = |knob: Knob, value: f64| {
        let spec = state.catalogue.knob(knob);
        let measure = Measure {
            unit: spec.map_or("", |s| s.unit.as_str()),
            decimals: spec.map_or(2, |s| s.decimals),
        };
        measure.value(Some(value))
    };
    let asked = |knob: Knob, value: f64| {
        let unit = state.catalogue.knob(knob).map_or("", |s| s.unit.as_str());
        number::with_unit(&number::trimmed(&number::fixed(value, 6)), unit)
    };
    match notice {
        Notice::Clamped {
            knob,
            asked: a,
            given,
        } => note(
            say::clamped(
                &knob_label(bound, *knob),
                &asked(*knob, *a),
                &value(*knob, *given),
            ),
            say::CLAMPED_NEXT,
        ),
        Notice::Snapped {
            knob,
            asked: a,
            given,
        } => note(
            say::snapped(
                &knob_label(bound, *knob),
                &asked(*knob, *a),
                &value(*knob, *given),
            ),
            "",
        ),
        Notice::StartClamped { lever, given } => note(
            say::start_clamped(
                &knob_label(bound, Knob::Lever(*lever)),
                &sentence::instant(*given),
            ),
            say::START_CLAMPED_NEXT,
        ),
        Notice::NotANumber { knob, text } => warning(
            say::not_a_number(&short(text), &knob_label(bound, *knob)),
            say::NOT_A_NUMBER_NEXT,
        ),
        Notice::LinkRefused(error) => refused(bound, error),
        Notice::UnknownYear { year } => {
            let years = state.catalogue.years.iter().map(i32::to_string);
            let years: Vec<String> = years.collect();
            note(
                say::unknown_year(&short(year)),
                &say::unknown_year_next(&years),
            )
        }
        Notice::UnknownPack { id } => warning(
            say::unknown_pack(&short(id)),
            &say::unknown_pack_next(&bound.pack().meta.place.zh),
        ),
    }
}

fn refused(bound: &Bound, error: &LinkError) -> Message {
    let meta = &bound.pack().meta;
    match error {
        LinkError::Absent => note(say::LINK_ABSENT.to_owned(), ""),
        LinkError::Damaged => warning(say::LINK_DAMAGED.to_owned(), say::LINK_DAMAGED_NEXT),
        LinkError::NewerVersion { .. } => warning(say::LINK_NEWER.to_owned(), say::LINK_NEWER_NEXT),
        LinkError::OtherPack { hash } => {
            let next = say::link_other_pack_next(&meta.id, &meta.version);
            warning(say::link_other_pack(&short(hash)), &next)
        }
    }
}

/// At most 20 characters of a foreign text.
fn short(text: &str) -> String {
    let mut kept: String = text.chars().take(20).collect();
    if text.chars().nth(20).is_some() {
        kept.push('…');
    }
    kept
}

fn note(text: String, next: &str) -> Message {
    with_class("note", text, next)
}

fn warning(text: String, next: &str) -> Message {
    with_class("warning", text, next)
}

fn with_class(class: &'static str, text: String, next: &str) -> Message {
    Message {
        class,
        text,
        next: next.to_owned(),
        place: String::new(),
    }
}
