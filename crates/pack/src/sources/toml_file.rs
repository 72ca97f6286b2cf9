//! `pack.toml` → records, one by one, so that a bad record is named and the others still read.

use serde::de::DeserializeOwned;
use tidemark_engine::diag::{Diagnostic, Diagnostics, Place};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::{TextFile, position};
use crate::check::Places;
use crate::nearest::nearest;
use crate::record::Pack;

/// Most syntax faults that are told at once: later ones tend to be echoes.
const MOST_SYNTAX_FAULTS: usize = 20;

/// Keys of the file's top.
const KEYS: [&str; 21] = [
    "meta",
    "setting",
    "group",
    "lever",
    "assumption",
    "world",
    "indicator",
    "target",
    "wider_goal",
    "observed",
    "monitored",
    "disagreement",
    "monitoring",
    "status_rule",
    "references",
    "money",
    "rule",
    "parameter",
    "observation",
    "source",
    "figure",
];

/// The records that could be read, as a pack; `None` where there is no telling what the file is.
pub(super) fn read(
    file: TextFile<'_>,
    places: &mut Places,
    faults: &mut Diagnostics,
) -> Option<Pack> {
    let (root, errors) = DeTable::parse_recoverable(file.text);
    let mut reader = Reader {
        file,
        root: root.into_inner(),
        places,
        faults,
    };
    for error in errors.iter().take(MOST_SYNTAX_FAULTS) {
        let place = reader.place(error.span().map_or(0, |span| span.start));
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        let fault = Diagnostic::error("pack-syntax", place, message.clone());
        reader.faults.push(fault.about([message]));
    }
    if !errors.is_empty() {
        return None;
    }
    reader.unknown_keys();
    // All parts are read before any is refused.
    let meta = reader.table("meta");
    let setting = reader.list("setting", false);
    let group = reader.list("group", true);
    let lever = reader.list("lever", true);
    let assumption = reader.list("assumption", true);
    let world = reader.list("world", false);
    let indicator = reader.list("indicator", true);
    let target = reader.list("target", true);
    let wider_goal = reader.list("wider_goal", false);
    let observed = reader.list("observed", false);
    let monitored = reader.list("monitored", false);
    let disagreement = reader.list("disagreement", false);
    let monitoring = reader.optional_table("monitoring");
    let status_rule = reader.table("status_rule");
    let references = reader.table("references");
    let money = reader.optional_table("money");
    let rule = reader.list("rule", false);
    let parameter = reader.list("parameter", false);
    let observation = reader.optional_table("observation");
    let source = reader.list("source", true);
    let figure = reader.list("figure", true);
    Some(Pack {
        meta: meta?,
        setting,
        group,
        lever,
        assumption,
        world,
        indicator,
        target,
        wider_goal,
        observed,
        monitored,
        disagreement,
        monitoring,
        status_rule: status_rule?,
        references: references?,
        money,
        rule,
        parameter,
        observation,
        source,
        figure,
    })
}

struct Reader<'a> {
    file: TextFile<'a>,
    /// What has not been read yet.
    root: DeTable<'a>,
    places: &'a mut Places,
    faults: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    fn place(&self, offset: usize) -> Place {
        let (line, column) = position(self.file.text, offset);
        Place {
            file: self.file.name.to_owned(),
            line,
            column,
        }
    }

    fn unknown_keys(&mut self) {
        let unknown = |key: &str| !KEYS.contains(&key);
        let found: Vec<(String, usize)> = self
            .root
            .iter()
            .filter(|(key, _)| unknown(key.get_ref()))
            .map(|(key, _)| (key.get_ref().to_string(), key.span().start))
            .collect();
        for (key, offset) in found {
            let message = format!("a pack has no `{key}`");
            let mut fault = Diagnostic::error("unknown-key", self.place(offset), message);
            fault.hint = nearest(&key, KEYS).map(|known| format!("did you mean `{known}`?"));
            self.faults.push(fault.about(["pack".to_owned(), key]));
        }
    }

    fn missing(&mut self, key: &str) {
        let message = format!("the pack has no `{key}`");
        let fault = Diagnostic::error("missing-part", self.place(0), message);
        self.faults.push(fault.about([key]));
    }

    fn table<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        if self.root.get(key).is_none() {
            self.missing(key);
        }
        self.optional_table(key)
    }

    fn optional_table<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let value = self.root.remove(key)?;
        self.record(key, value)
    }

    fn list<T: DeserializeOwned>(&mut self, key: &'static str, required: bool) -> Vec<T> {
        let Some(value) = self.root.remove(key) else {
            if required {
                self.missing(key);
            }
            return Vec::new();
        };
        let offset = value.span().start;
        match value.into_inner() {
            DeValue::Array(records) => records
                .into_iter()
                .filter_map(|record| self.record(key, record))
                .collect(),
            other => {
                let message = format!("`{key}` is a {}, not a list of records", other.type_str());
                let fault = Diagnostic::error("wrong-shape", self.place(offset), message)
                    .hint(format!("write each record under a line `[[{key}]]`"));
                self.faults.push(fault.about([key]));
                Vec::new()
            }
        }
    }

    /// One record. Keys it does not know are taken out one after the other, so that all of them
    /// are told; then the first thing that is missing or of a wrong type.
    fn record<T: DeserializeOwned>(
        &mut self,
        kind: &'static str,
        mut value: Spanned<DeValue<'a>>,
    ) -> Option<T> {
        let id = id_of(value.get_ref());
        let (line, column) = position(self.file.text, value.span().start);
        self.places.note(kind, &id, line, column);
        let mut sound = true;
        loop {
            let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(record) if sound => return Some(record),
                Ok(_) => break,
                Err(error) => error,
            };
            sound = false;
            let offset = error.span().map_or(value.span().start, |span| span.start);
            let extra = unknown_field(error.message()).and_then(|key| take(&mut value, key));
            self.bad_record(kind, &id, offset, error.message());
            if extra.is_none() {
                break;
            }
        }
        self.places.note_broken(kind, &id);
        None
    }

    fn bad_record(&mut self, kind: &str, id: &str, offset: usize, what: &str) {
        let what = what.lines().collect::<Vec<_>>().join(", ");
        let code = if unknown_field(&what).is_some() {
            "unknown-key"
        } else if what.starts_with("missing field") {
            "missing-key"
        } else {
            "wrong-type"
        };
        let name = if id.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind} `{id}`")
        };
        // What serde expected instead of an unknown key goes into the hint.
        let (what, expected) = match unknown_field(&what).and(what.split_once(", expected ")) {
            Some((what, expected)) => (what, Some(expected)),
            None => (what.as_str(), None),
        };
        let mut fault = Diagnostic::error(code, self.place(offset), format!("{name}: {what}"));
        fault.hint = expected.map(|expected| {
            let known = expected.split('`').skip(1).step_by(2);
            match unknown_field(what).and_then(|key| nearest(key, known)) {
                Some(key) => format!("did you mean `{key}`?"),
                None => format!("known are {}", expected.trim_start_matches("one of ")),
            }
        });
        self.faults.push(fault.about([kind, id, what]));
    }
}

/// The record's `id`, for a setting its `variable`; empty where it has none.
fn id_of(value: &DeValue<'_>) -> String {
    let text = |key| value.get(key).and_then(|id| id.get_ref().as_str());
    let id = text("id").or_else(|| text("variable"));
    id.unwrap_or_default().to_owned()
}

/// The key in serde's "unknown field `key`, expected …".
fn unknown_field(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("unknown field `")?;
    rest.split('`').next()
}

/// Takes a key out of a table; `None` where it is not there (it lies deeper).
fn take<'a>(value: &mut Spanned<DeValue<'a>>, key: &str) -> Option<Spanned<DeValue<'a>>> {
    match value.get_mut() {
        DeValue::Table(table) => table.remove(key),
        _ => None,
    }
}
