//! The one file a page loads: pack, actuals and model text under a content hash.
//!
//! `{"format":2,"hash":"…","pack":{…},"actuals":[…],"model":{"name":"…","text":"…"}}`, and
//! `"credibility":{…}` before the last brace where the pack has one. The hash is SHA-256 over the
//! very text of the parts. [`read`] checks everything again, because the file comes from outside.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use tidemark_engine::diag::{Diagnostic, Diagnostics, Place, Severity};

use crate::check::{Places, check_records};
use crate::record::credibility::Credibility;
use crate::record::{Actual, Pack};

/// Version of the file's shape.
pub const FORMAT: u32 = 2;

/// Longest file that is read, in bytes.
const LARGEST_FILE: usize = 32 << 20;

/// The model as its author wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelText {
    /// Name that diagnostics carry.
    pub name: String,
    /// XMILE.
    pub text: String,
}

/// A pack with its actuals and its model, checked but not yet bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// Records.
    pub pack: Pack,
    /// Published figures.
    pub actuals: Vec<Actual>,
    /// Model.
    pub model: ModelText,
    /// What fits and hindcasts say of it, where they were made.
    pub credibility: Option<Credibility>,
    /// SHA-256 of all parts, hex.
    pub hash: String,
}

/// The file before its parts are read: they stay text until the hash has been compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    /// Read before, as [`Version`].
    #[serde(rename = "format")]
    _format: IgnoredAny,
    hash: String,
    #[serde(borrow)]
    pack: &'a RawValue,
    #[serde(borrow)]
    actuals: &'a RawValue,
    #[serde(borrow)]
    model: &'a RawValue,
    #[serde(borrow, default)]
    credibility: Option<&'a RawValue>,
}

/// Just the version, so that a newer shape is named before its other fields confuse.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl Compiled {
    /// Joins the parts and computes their hash.
    pub fn new(pack: Pack, actuals: Vec<Actual>, model: ModelText) -> Self {
        let compiled = Self {
            pack,
            actuals,
            model,
            credibility: None,
            hash: String::new(),
        };
        compiled.with_credibility(None)
    }

    /// The same with another record of credibility, or none.
    pub fn with_credibility(mut self, credibility: Option<Credibility>) -> Self {
        self.credibility = credibility;
        self.hash = hash(&self.texts());
        self
    }

    /// The file's text, the same for the same content.
    pub fn to_json(&self) -> String {
        let names = ["pack", "actuals", "model", "credibility"];
        let parts: String = names
            .iter()
            .zip(self.texts())
            .map(|(name, text)| format!(",\"{name}\":{text}"))
            .collect();
        format!(
            "{{\"format\":{FORMAT},\"hash\":\"{}\"{parts}}}\n",
            self.hash
        )
    }

    /// The parts as they stand in the file.
    fn texts(&self) -> Vec<String> {
        let mut texts = vec![text(&self.pack), text(&self.actuals), text(&self.model)];
        texts.extend(self.credibility.as_ref().map(text));
        texts
    }
}

/// JSON of a record; records hold only what JSON can say, so nothing is ever refused.
fn text<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn hash<S: AsRef<str>>(texts: &[S]) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text.as_ref().as_bytes());
        digest.update(b"\n");
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The compiled pack of a file's text, or `None` when `faults` holds an error.
///
/// `file` is the name that faults carry.
pub fn read(json: &str, file: &str, faults: &mut Diagnostics) -> Option<Compiled> {
    if let Some(fault) = not_a_pack(json, file) {
        faults.push(fault);
        return None;
    }
    let damaged = |e| damage(file, 0, &e);
    let envelope: Envelope<'_> = match serde_json::from_str::<Version>(json)
        .map_err(damaged)
        .and_then(|version| same_format(version.format, file))
        .and_then(|()| serde_json::from_str(json).map_err(damaged))
        .and_then(|envelope| same_hash(envelope, file))
    {
        Ok(envelope) => envelope,
        Err(fault) => {
            faults.push(*fault);
            return None;
        }
    };
    let line = |part: &RawValue| line_of(json, part);
    let pack = part(envelope.pack, line(envelope.pack), file, faults);
    let actuals = part(envelope.actuals, line(envelope.actuals), file, faults);
    let model = part(envelope.model, line(envelope.model), file, faults);
    let credibility = envelope.credibility;
    let credibility = credibility.map(|raw| part(raw, line(raw), file, faults));
    let compiled = Compiled {
        pack: pack?,
        actuals: actuals?,
        model: model?,
        credibility: match credibility {
            Some(read) => Some(read?),
            None => None,
        },
        hash: envelope.hash,
    };
    let before = faults.len();
    check_records(
        &compiled.pack,
        &compiled.actuals,
        &Places::unknown(file),
        faults,
    );
    let refused = faults
        .iter()
        .skip(before)
        .any(|d| d.severity == Severity::Error);
    (!refused).then_some(compiled)
}

/// What a server sends instead of a pack: nothing, a page, far too much.
fn not_a_pack(json: &str, file: &str) -> Option<Diagnostic> {
    let trimmed = json.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let (code, message, hint) = if trimmed.is_empty() {
        (
            "pack-empty",
            "the file is empty",
            "compile the pack again and copy the whole file",
        )
    } else if trimmed.starts_with('<') {
        (
            "pack-is-a-page",
            "this is a web page, not a compiled pack",
            "the server has no such file, or answers every address with a page",
        )
    } else if json.len() > LARGEST_FILE {
        (
            "pack-too-large",
            "the file is larger than 32 MB",
            "compile the pack again",
        )
    } else {
        return None;
    };
    let diagnostic = Diagnostic::error(code, at(file, 0, 0), message);
    Some(diagnostic.hint(hint).about([file]))
}

fn same_format(format: u32, file: &str) -> Result<(), Box<Diagnostic>> {
    if format == FORMAT {
        return Ok(());
    }
    let message = format!("the file has format {format}, this program reads format {FORMAT}");
    Err(Box::new(
        Diagnostic::error("pack-format", at(file, 0, 0), message)
            .hint("compile the pack with the `tidemark` command of the same release")
            .about([file.to_owned(), format.to_string(), FORMAT.to_string()]),
    ))
}

fn same_hash<'a>(envelope: Envelope<'a>, file: &str) -> Result<Envelope<'a>, Box<Diagnostic>> {
    let mut parts = vec![
        envelope.pack.get(),
        envelope.actuals.get(),
        envelope.model.get(),
    ];
    parts.extend(envelope.credibility.map(RawValue::get));
    let found = hash(&parts);
    if found == envelope.hash {
        return Ok(envelope);
    }
    let message = "the content does not match its hash: the file was changed or damaged";
    Err(Box::new(
        Diagnostic::error("pack-hash", at(file, 0, 0), message)
            .hint("compile the pack again; a compiled pack is not edited by hand")
            .about([file.to_owned(), envelope.hash, found]),
    ))
}

/// One part of the file as its record; `line` is where it begins.
fn part<T: DeserializeOwned>(
    raw: &RawValue,
    line: usize,
    file: &str,
    faults: &mut Diagnostics,
) -> Option<T> {
    match serde_json::from_str(raw.get()) {
        Ok(value) => Some(value),
        Err(error) => {
            faults.push(*damage(file, line, &error));
            None
        }
    }
}

/// A JSON fault: cut off, not JSON, or JSON of another shape.
fn damage(file: &str, line_before: usize, error: &serde_json::Error) -> Box<Diagnostic> {
    use serde_json::error::Category;
    let place = at(file, line_before + error.line(), error.column());
    let (code, message, hint) = match error.classify() {
        Category::Eof => (
            "pack-truncated",
            "the file ends too early".to_owned(),
            "load it again; if it stays so, copy the whole file to the server",
        ),
        Category::Syntax | Category::Io => (
            "pack-damaged",
            format!("the file is no JSON: {error}"),
            "compile the pack again and copy the whole file",
        ),
        Category::Data => (
            "pack-shape",
            format!("the file has another shape: {error}"),
            "compile the pack with the `tidemark` command of the same release",
        ),
    };
    let diagnostic = Diagnostic::error(code, place, message).hint(hint);
    Box::new(diagnostic.about([file.to_owned(), error.to_string()]))
}

/// Lines before the one in which a part of the text begins.
fn line_of(json: &str, part: &RawValue) -> usize {
    let offset = (part.get().as_ptr() as usize).saturating_sub(json.as_ptr() as usize);
    let before = json.as_bytes().get(..offset).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count()
}

fn at(file: &str, line: usize, column: usize) -> Place {
    Place {
        file: file.to_owned(),
        line: u32::try_from(line).unwrap_or(0),
        column: u32::try_from(column).unwrap_or(0),
    }
}
