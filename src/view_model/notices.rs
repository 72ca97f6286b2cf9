//! Notices of the state as messages with a next step, and what may be answered.

use super::levers::knob_label;
use super::rows::Message;
use super::typed::{plain, range};
use crate::state::link::readable;
use crate::state::{
    Action, AppState, AsideAnswer, Difference, Knob, LinkError, Named, Notice, Opened, Source,
};
use crate::text::notice as say;
use crate::text::sentence;
use tidemark_pack::bind::Bound;

/// What a button of a notice does.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Acts on the state.
    Act(Action),
    /// Decides about scenarios kept aside.
    Aside(AsideAnswer),
}

/// A notice as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRow {
    /// Which one it is; by it, it is dismissed.
    pub notice: Notice,
    /// What is said.
    pub message: Message,
    /// Single things, one a line.
    pub lines: Vec<String>,
    /// Buttons with their words.
    pub answers: Vec<(&'static str, Answer)>,
    /// Whether it goes by itself: nothing is to be decided.
    pub closes: bool,
}

/// All notices, oldest first.
pub(super) fn rows(bound: &Bound, state: &AppState) -> Vec<NoticeRow> {
    let notices = state.notices.iter();
    notices.map(|notice| row(bound, state, notice)).collect()
}

fn row(bound: &Bound, state: &AppState, notice: &Notice) -> NoticeRow {
    let mut row = NoticeRow {
        notice: notice.clone(),
        message: note(String::new(), ""),
        lines: Vec::new(),
        answers: Vec::new(),
        closes: false,
    };
    match notice {
        Notice::StartClamped { lever, given } => {
            let label = knob_label(bound, Knob::Lever(*lever));
            let text = say::start_clamped(&label, &sentence::instant(*given));
            row.message = note(text, say::START_CLAMPED_NEXT);
            row.closes = true;
        }
        Notice::Differs { from, differences } => {
            let text = say::differs(*from, differences.len());
            row.message = warning(text, say::differs_next(*from));
            let lines = differences.iter();
            row.lines = lines.map(|it| line(bound, state, *from, it)).collect();
        }
        Notice::Refused { from, error, text } => {
            refused(bound, state, (*from, error, text), &mut row)
        }
        Notice::UnknownPack { id } => {
            let next = say::unknown_pack_next(&bound.pack().meta.place.zh);
            row.message = warning(say::unknown_pack(&say::short(id)), &next);
        }
        Notice::NotKept => row.message = warning(say::NOT_KEPT.to_owned(), say::NOT_KEPT_NEXT),
        Notice::OtherTab => {
            row.message = note(say::OTHER_TAB.to_owned(), say::OTHER_TAB_NEXT);
            row.closes = true;
        }
        Notice::Aside { count, can_open } => {
            row.message = note(say::aside(*count), say::ASIDE_NEXT);
            let open = (say::ASIDE_OPEN, Answer::Aside(AsideAnswer::Open));
            row.answers.extend(can_open.then_some(open));
            row.answers.extend([
                (say::ASIDE_SAVE, Answer::Aside(AsideAnswer::Save)),
                (say::ASIDE_DROP, Answer::Aside(AsideAnswer::Drop)),
            ]);
        }
    }
    row
}

/// One thing that a text has otherwise than the pack.
fn line(bound: &Bound, state: &AppState, from: Source, difference: &Difference) -> String {
    let catalogue = &state.catalogue;
    let label = |knob| knob_label(bound, knob);
    let value = |knob, value| {
        let spec = catalogue.knob(knob);
        spec.map_or(String::new(), |spec| plain(spec, value))
    };
    match difference {
        Difference::OutOfRange { knob, asked, given } => {
            let range = catalogue.knob(*knob).map_or(String::new(), range);
            let (asked, given) = (value(*knob, *asked), value(*knob, *given));
            say::out_of_range(from, &label(*knob), &asked, &range, &given)
        }
        Difference::OffGrid { knob, asked, given } => {
            let step = catalogue.knob(*knob).map_or(0.0, |spec| spec.step);
            let [asked, step, given] = [*asked, step, *given].map(|v| value(*knob, v));
            say::off_grid(from, &label(*knob), &asked, &step, &given)
        }
        Difference::Start {
            lever,
            asked,
            given,
        } => {
            let (asked, given) = (sentence::instant(*asked), sentence::instant(*given));
            say::other_start(from, &label(Knob::Lever(*lever)), &asked, &given)
        }
        Difference::Unknown { what, id, value } => {
            let value = value.map(|value| say::equals(&value.to_string()));
            let id = say::short(id);
            match what {
                Named::Lever => say::no_lever(&id, value.as_deref().unwrap_or(say::ONLY_TIMING)),
                Named::Assumption => say::no_assumption(&id, &value.unwrap_or_default()),
                Named::Lock => say::no_lever(&id, say::ONLY_LOCK),
                Named::Reason => say::no_lever(&id, say::ONLY_REASON),
            }
        }
        Difference::Year { year } => {
            let years = catalogue.years.iter().map(i32::to_string);
            say::unknown_year(&say::short(year), &years.collect::<Vec<_>>())
        }
        Difference::Part { text } => say::unknown_part(&say::short(text)),
    }
}

fn refused(
    bound: &Bound,
    state: &AppState,
    (from, error, text): (Source, &LinkError, &str),
    row: &mut NoticeRow,
) {
    let meta = &bound.pack().meta;
    row.message = match error {
        LinkError::Absent | LinkError::Damaged => {
            let opened = readable(&state.catalogue, text);
            row.lines = opened.map_or(Vec::new(), |opened| items(bound, state, &opened));
            let said = match row.lines.is_empty() {
                true => say::damaged(from),
                false => say::damaged_in_part(from),
            };
            let open = Answer::Act(Action::DamagedOpened(text.to_owned()));
            let open = (!row.lines.is_empty()).then_some((say::OPEN_READABLE, open));
            row.answers.extend(open);
            warning(said.to_owned(), say::damaged_next(from))
        }
        LinkError::OtherPlace { id } => {
            let next = say::unknown_pack_next(&meta.place.zh);
            warning(say::other_place(from, &say::short(id)), &next)
        }
        LinkError::NewerVersion { .. } => warning(say::LINK_NEWER.to_owned(), say::LINK_NEWER_NEXT),
        LinkError::OtherPack { hash } => {
            let next = say::other_pack_next(&meta.id, &meta.version);
            warning(say::other_pack(from, &say::short(hash)), &next)
        }
        LinkError::NoRecords => warning(say::no_records(from), say::NO_RECORDS_NEXT),
    };
}

/// What a scenario sets, one thing a line, and what of it the pack has otherwise.
fn items(bound: &Bound, state: &AppState, opened: &Opened) -> Vec<String> {
    let (catalogue, scenario) = (&state.catalogue, &opened.scenario);
    let levers = scenario.levers.keys().copied().map(|k| {
        let value = scenario.lever_value(catalogue, k);
        (Knob::Lever(k), value)
    });
    let assumptions = scenario.assumptions.keys().copied().map(|k| {
        let value = scenario.assumption_value(catalogue, k);
        (Knob::Assumption(k), value)
    });
    let set = levers.chain(assumptions).filter_map(|(knob, value)| {
        let value = plain(catalogue.knob(knob)?, value?);
        Some(say::item(&knob_label(bound, knob), &value))
    });
    let name = (!scenario.name.is_empty()).then(|| say::named(&scenario.name));
    let differences = opened.differences.iter();
    let differences = differences.map(|it| line(bound, state, Source::Link, it));
    name.into_iter().chain(set).chain(differences).collect()
}

/// Said where a scenario was made with other data; empty otherwise.
pub(super) fn origin(state: &AppState) -> String {
    match &state.origin {
        Some(origin) => say::other_data_hint(&say::short(origin), &state.catalogue.pack_hash),
        None => String::new(),
    }
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
