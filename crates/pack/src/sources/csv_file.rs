//! `actuals.csv` → rows: the header must be exactly the one below, every field is checked.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};
use tidemark_engine::diag::{Diagnostic, Diagnostics, Place};

use super::TextFile;
use crate::check::Places;
use crate::record::Actual;

/// Columns of the file, in this order.
pub(super) const HEADER: [&str; 11] = [
    "place",
    "indicator",
    "period",
    "value",
    "bound",
    "unit",
    "status",
    "vintage",
    "source",
    "quote",
    "note",
];

/// The rows that could be read; lines are noted in `places` in the same order.
pub(super) fn read(
    file: TextFile<'_>,
    places: &mut Places,
    faults: &mut Diagnostics,
) -> Vec<Actual> {
    // Excel writes a mark at the beginning of UTF-8 files.
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(file.text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut header_seen = false;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let fault = Diagnostic::error("csv-syntax", at(file, line), error.to_string());
                faults.push(fault.about([error.to_string()]));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if !header_seen {
            header_seen = true;
            if !is_header(&record) {
                faults.push(wrong_header(file, line, &record));
                return rows;
            }
            continue;
        }
        if let Some(actual) = row(&record, file, line, faults) {
            places.note_actual(u32::try_from(line).unwrap_or(0));
            rows.push(actual);
        }
    }
    if !header_seen {
        faults.push(wrong_header(file, 1, &csv::StringRecord::new()));
    }
    rows
}

fn at(file: TextFile<'_>, line: u64) -> Place {
    Place {
        file: file.name.to_owned(),
        line: u32::try_from(line).unwrap_or(0),
        column: 0,
    }
}

fn is_header(record: &csv::StringRecord) -> bool {
    record.iter().eq(HEADER)
}

fn wrong_header(file: TextFile<'_>, line: u64, record: &csv::StringRecord) -> Diagnostic {
    let found = record.iter().collect::<Vec<_>>().join(",");
    let message = format!("the columns are `{found}`");
    Diagnostic::error("csv-header", at(file, line), message)
        .hint(format!("the first line must be `{}`", HEADER.join(",")))
        .about([found])
}

/// One row; every field at fault is told.
fn row(
    record: &csv::StringRecord,
    file: TextFile<'_>,
    line: u64,
    faults: &mut Diagnostics,
) -> Option<Actual> {
    if record.len() != HEADER.len() {
        let message = format!("{} columns, wanted are {}", record.len(), HEADER.len());
        let fault = Diagnostic::error("csv-columns", at(file, line), message)
            .hint("put a field that holds a comma in double quotes");
        faults.push(fault.about([record.len().to_string()]));
        return None;
    }
    let field = |k: usize| record.get(k).unwrap_or_default().trim();
    let mut bad = |k: usize, what: String| {
        let column = HEADER.get(k).copied().unwrap_or_default();
        let message = format!("column `{column}`: {what}");
        let fault = Diagnostic::error("csv-value", at(file, line), message);
        faults.push(fault.about([column, &what]));
    };
    let value = field(3).parse::<f64>();
    if value.is_err() {
        bad(3, format!("`{}` is no number", field(3)));
    }
    let bound = word(field(4)).map_err(|what| bad(4, what));
    let status = word(field(6)).map_err(|what| bad(6, what));
    let text = |k| field(k).to_owned();
    Some(Actual {
        place: text(0),
        indicator: text(1),
        period: text(2),
        value: value.ok()?,
        bound: bound.ok()?,
        unit: text(5),
        status: status.ok()?,
        vintage: text(7),
        source: text(8),
        quote: text(9),
        note: text(10),
    })
}

/// One of the words of an enumeration, or what is wrong with it.
fn word<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    let words: StrDeserializer<'a, ValueError> = text.into_deserializer();
    T::deserialize(words).map_err(|error| error.to_string())
}
