//! Checks records against each other: keys, ranges, levels, sources, years.
//!
//! Runs when a folder is compiled (with lines) and again when a compiled file is read (without).
//! Whether names fit the model is the business of [`crate::bind`].

mod actuals;
mod evidence;
mod levers;
mod monitored;
mod monitoring;
mod records;
mod rules;
mod settings;

#[cfg(feature = "sources")]
pub(crate) use records::is_file_stem;

use std::collections::BTreeMap;

use tidemark_engine::diag::{Diagnostic, Diagnostics, Place};

use crate::record::{Actual, Pack};

/// Where records stand in their files.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pack_file: String,
    actuals_file: String,
    /// Position of each record, by kind and id (`lever`, `fiscal_st_growth`).
    records: BTreeMap<(&'static str, String), (u32, u32)>,
    /// Line of each actual.
    actual_lines: Vec<u32>,
    /// Ids of records that could not be read: naming them is no second fault.
    broken: BTreeMap<&'static str, Vec<String>>,
}

impl Places {
    /// No positions: all that is known is the file.
    pub fn unknown(file: &str) -> Self {
        Self {
            pack_file: file.to_owned(),
            actuals_file: file.to_owned(),
            ..Self::default()
        }
    }

    /// Positions to be filled in, for a folder of two files.
    pub fn of(pack_file: &str, actuals_file: &str) -> Self {
        Self {
            pack_file: pack_file.to_owned(),
            actuals_file: actuals_file.to_owned(),
            ..Self::default()
        }
    }

    /// Notes where a record begins; the first of two with one id counts.
    pub fn note(&mut self, kind: &'static str, id: &str, line: u32, column: u32) {
        let key = (kind, id.to_owned());
        self.records.entry(key).or_insert((line, column));
    }

    /// Notes the line of the next actual.
    pub fn note_actual(&mut self, line: u32) {
        self.actual_lines.push(line);
    }

    /// Notes a record that was there but could not be read.
    pub fn note_broken(&mut self, kind: &'static str, id: &str) {
        self.broken.entry(kind).or_default().push(id.to_owned());
    }

    /// Where a record stands.
    pub fn record(&self, kind: &'static str, id: &str) -> Place {
        let at = self.records.get(&(kind, id.to_owned()));
        let (line, column) = at.copied().unwrap_or((0, 0));
        Place {
            file: self.pack_file.clone(),
            line,
            column,
        }
    }

    /// Where an actual stands.
    pub fn actual(&self, position: usize) -> Place {
        Place {
            file: self.actuals_file.clone(),
            line: self.actual_lines.get(position).copied().unwrap_or(0),
            column: 0,
        }
    }

    /// An error in a record: `kind`, `id` and `what` are its subject.
    pub(crate) fn fault(
        &self,
        code: &'static str,
        (kind, id): (&'static str, &str),
        what: &str,
    ) -> Diagnostic {
        let named = if id.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind} `{id}`")
        };
        let message = format!("{named}: {what}");
        Diagnostic::error(code, self.record(kind, id), message).about([kind, id, what])
    }

    fn is_broken(&self, kind: &'static str, id: &str) -> bool {
        let ids = self.broken.get(kind);
        ids.is_some_and(|ids| ids.iter().any(|broken| broken == id))
    }
}

/// Adds every fault between the records of a pack and its actuals.
pub fn check_records(pack: &Pack, actuals: &[Actual], places: &Places, faults: &mut Diagnostics) {
    let mut checker = Checker {
        pack,
        places,
        faults,
    };
    checker.meta();
    checker.ids();
    checker.settings();
    for lever in &pack.lever {
        checker.lever(lever);
    }
    for assumption in &pack.assumption {
        checker.assumption(assumption);
    }
    checker.indicators();
    checker.targets();
    checker.wider_goals();
    checker.tiles();
    checker.observed();
    checker.monitored();
    checker.disagreements();
    checker.monitoring();
    checker.rules();
    checker.parameters();
    checker.observation(actuals);
    checker.sources();
    checker.figures();
    checker.worlds();
    checker.actuals(actuals);
}

/// The pack under check, and where its faults go.
struct Checker<'a> {
    pack: &'a Pack,
    places: &'a Places,
    faults: &'a mut Diagnostics,
}

impl Checker<'_> {
    /// An error in a record.
    fn error(&mut self, code: &'static str, kind: &'static str, id: &str, what: String) {
        self.error_with_hint(code, (kind, id), what, None);
    }

    /// The same with a next step.
    fn error_with_hint(
        &mut self,
        code: &'static str,
        (kind, id): (&'static str, &str),
        what: String,
        hint: Option<String>,
    ) {
        let mut fault = self.places.fault(code, (kind, id), &what);
        fault.hint = hint;
        self.faults.push(fault);
    }
}
