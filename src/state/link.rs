//! Scenario and view ↔ text for the URL fragment and for storage:
//! `#p=<place>&d=<data>&s=<lever>:<value>,…&e=<assumption>:<value>,…&…&c=<sum>`.
//!
//! Everything is named by id and shown value, so a text opens under any version of its pack; what the pack
//! has otherwise is listed ([`Difference`]), never passed over. The parts: `written`, their sum: `parts`.
//! Texts of before (`k=`) named positions; `old` writes them anew with the records of their packs.
//! Untrusted input: a damaged text is an error, never a panic and never another scenario.

mod fit;
mod old;
mod parts;
mod written;

use super::action::{AppState, Knob, View};
use super::catalogue::Catalogue;
use super::page::Page;
use super::panel::Panel;
use super::scenario::Scenario;
use written::Written;

pub use old::{is_old, renewed};
pub use parts::{clean, part, sealed, with};

/// Why a text gives no scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// No part of a scenario is in the text; nothing was asked for.
    #[error("the text names no scenario")]
    Absent,
    /// A character is missing, added or changed; what is left of it may be read, see [`readable`].
    #[error("the link is damaged")]
    Damaged,
    /// It names another place, whose pack is not the one at hand.
    #[error("the link is for `{id}`")]
    OtherPlace {
        /// Id of its pack.
        id: String,
    },
    /// Of before, and of a pack of which nobody kept a record.
    #[error("the link is for pack {hash}")]
    OtherPack {
        /// Hash of the pack it was made for.
        hash: String,
    },
    /// Of before, and the records of packs could not be read.
    #[error("the records of packs cannot be read")]
    NoRecords,
    /// Of before, in a version that never was.
    #[error("the link has version {version} of a format that ended with 1")]
    NewerVersion {
        /// Its version.
        version: u32,
    },
}

/// What an id in a link is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A lever that is set.
    Lever,
    /// An assumption that is set.
    Assumption,
    /// A lever that is locked.
    Lock,
    /// A lever that a reason is given for.
    Reason,
}

/// Something a link says and the pack at hand has otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// A value outside the range, brought to its end.
    OutOfRange {
        /// Which one.
        knob: Knob,
        /// Shown value of the link.
        asked: f64,
        /// Shown value that is set.
        given: f64,
    },
    /// A value between two steps, brought to the nearer one.
    OffGrid {
        /// Which one.
        knob: Knob,
        /// Shown value of the link.
        asked: f64,
        /// Shown value that is set.
        given: f64,
    },
    /// A start outside the allowed span or between two quarters.
    Start {
        /// The lever.
        lever: usize,
        /// Start of the link, in model time.
        asked: f64,
        /// Start that is set.
        given: f64,
    },
    /// An id that the pack does not have.
    Unknown {
        /// What it was.
        what: Named,
        /// The id.
        id: String,
        /// Its value; none where only its timing was set.
        value: Option<f64>,
    },
    /// A year that the pack does not name.
    Year {
        /// As the link gives it.
        year: String,
    },
    /// A part that cannot be read or names what is not there, `w=why-t.x`.
    Part {
        /// As it stands there.
        text: String,
    },
}

/// What a text gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The scenario, inside the hard ranges.
    pub scenario: Scenario,
    /// What was seen.
    pub view: View,
    /// What the pack has otherwise.
    pub differences: Vec<Difference>,
    /// Hash of the data it was made with, where that is not the data at hand.
    pub origin: Option<String>,
}

/// The text of a state's scenario and view, beginning with `#`.
pub fn encode(state: &AppState) -> String {
    let catalogue = &state.catalogue;
    let written = Written::of(catalogue, &state.scenario, &state.view);
    let data = state.origin.as_ref().unwrap_or(&catalogue.pack_hash);
    let mut text = format!("#{}", written.text(&catalogue.pack_id, data));
    if catalogue.years.first() != Some(&state.view.year) {
        text += &format!("&y={}", state.view.year);
    }
    sealed(&text)
}

/// The scenario and view of a text, with or without its `#`.
///
/// # Errors
/// See [`LinkError`]; the caller keeps the state it has.
pub fn decode(catalogue: &Catalogue, text: &str) -> Result<Opened, LinkError> {
    let clean = clean(text);
    let is_empty = clean.is_empty() && !text.trim().trim_start_matches('#').is_empty();
    if is_empty || parts::is_whole(&clean) == Some(false) {
        return Err(LinkError::Damaged);
    }
    if is_old(&clean) {
        return Err(LinkError::NoRecords);
    }
    if let Some(id) = part(&clean, "p").filter(|id| *id != catalogue.pack_id) {
        return Err(LinkError::OtherPlace { id: id.to_owned() });
    }
    if !parts::parts(&clean).any(|(key, _)| parts::is_scenario(key)) {
        return Err(LinkError::Absent);
    }
    match parts::is_whole(&clean) {
        Some(_) => Ok(read(catalogue, &clean)),
        None => Err(LinkError::Damaged),
    }
}

/// What is left of a damaged text; `None` where that is nothing, or of another place.
pub fn readable(catalogue: &Catalogue, text: &str) -> Option<Opened> {
    let clean = clean(text);
    let is_own = part(&clean, "p").is_none_or(|id| id == catalogue.pack_id);
    let opened = read(catalogue, &clean);
    let is_nothing = opened.scenario == Scenario::default();
    (is_own && !is_nothing && !is_old(&clean)).then_some(opened)
}

fn read(catalogue: &Catalogue, clean: &str) -> Opened {
    let mut opened = fit::fit(catalogue, &Written::read(clean));
    let (year, differences) = beside(catalogue, clean);
    opened.view.year = year.unwrap_or(opened.view.year);
    opened.differences.extend(differences);
    let data = part(clean, "d").filter(|data| *data != catalogue.pack_hash);
    opened.origin = data.map(str::to_owned);
    opened
}

/// The year that a cleaned text names, and what of its other parts beside the scenario's own cannot be used.
pub(in crate::state) fn beside(
    catalogue: &Catalogue,
    clean: &str,
) -> (Option<i32>, Vec<Difference>) {
    let named = part(clean, "y");
    let year = named.and_then(|year| year.parse().ok());
    let year = year.filter(|year| catalogue.years.contains(year));
    let mut differences = Vec::new();
    if let (Some(named), None) = (named, year) {
        let year = named.to_owned();
        differences.push(Difference::Year { year });
    }
    let mut texts = parts::unknown(clean);
    texts.extend(Page::unread(clean));
    texts.extend(Panel::of(clean, catalogue).unread);
    differences.extend(texts.into_iter().map(|text| Difference::Part { text }));
    (year, differences)
}
