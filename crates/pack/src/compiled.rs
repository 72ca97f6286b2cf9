//! The file a page loads first: `{"format":4,"hash":"…","pack":{…},"actuals":[…],"model":{"name":"…","text":"…"}}`,
//! then `"hindcast":{…}` where [`credibility`], a file beside it, has more to say. The hash is SHA-256 over the
//! very text of these parts. `"draws":[…]`, by which the files of draws beside it are known again, and
//! `"opening":{…}`, what a page opens with, follow where they were made; they are no part of the hash, and an
//! opening names the pack it was made for. [`read`] checks everything again: the file comes from outside.

pub mod credibility;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use tidemark_engine::diag::{Diagnostic, Diagnostics, Place, Severity};

use crate::check::{Places, check_records};
use crate::record::credibility::HindcastSummary;
use crate::record::{Actual, Pack};

/// Version of the shape of both files.
pub const FORMAT: u32 = 4;

/// Longest file that is read, in bytes.
const LARGEST_FILE: usize = 32 << 20;

/// The model as its author wrote it, its docs cut to what a page needs, see [`crate::doc`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelText {
    /// Name that diagnostics carry.
    pub name: String,
    /// XMILE.
    pub text: String,
}

/// A file of draws beside the compiled pack, as it is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawsFile {
    /// SHA-256 of its text, hex.
    pub hash: String,
    /// Members in it.
    pub rows: usize,
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
    /// What its record of credibility comes to, where it has one.
    pub hindcast: Option<HindcastSummary>,
    /// Its files of draws, the first of which every page reads; empty where nothing was fitted.
    pub draws: Vec<DrawsFile>,
    /// What a page opens with, as JSON; made of the other parts and judged by who reads it.
    pub opening: Option<String>,
    /// SHA-256 of the parts before these two, hex.
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
    hindcast: Option<&'a RawValue>,
    #[serde(default)]
    draws: Vec<DrawsFile>,
    #[serde(borrow, default)]
    opening: Option<&'a RawValue>,
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
            hindcast: None,
            draws: Vec::new(),
            opening: None,
            hash: String::new(),
        };
        compiled.with_hindcast(None)
    }

    /// The same with another record of credibility beside it, or none.
    pub fn with_hindcast(mut self, hindcast: Option<HindcastSummary>) -> Self {
        self.hindcast = hindcast;
        self.hash = hash(&self.texts());
        self
    }

    /// The same with other files of draws beside it, or none.
    pub fn with_draws(self, draws: Vec<DrawsFile>) -> Self {
        Self { draws, ..self }
    }

    /// The same with another opening, or none.
    pub fn with_opening(self, opening: Option<String>) -> Self {
        Self { opening, ..self }
    }

    /// The file's text, the same for the same content.
    pub fn to_json(&self) -> String {
        let names = ["pack", "actuals", "model", "hindcast"];
        let parts: String = names
            .iter()
            .zip(self.texts())
            .map(|(name, text)| format!(",\"{name}\":{text}"))
            .collect();
        let draws = match self.draws.as_slice() {
            [] => String::new(),
            draws => format!(",\"draws\":{}", text(draws)),
        };
        let opening = self.opening.as_ref();
        let opening = opening.map(|text| format!(",\"opening\":{text}"));
        format!(
            "{{\"format\":{FORMAT},\"hash\":\"{}\"{parts}{draws}{}}}\n",
            self.hash,
            opening.unwrap_or_default()
        )
    }

    /// The parts that the hash covers, as they stand in the file.
    fn texts(&self) -> Vec<String> {
        let mut texts = vec![text(&self.pack), text(&self.actuals), text(&self.model)];
        texts.extend(self.hindcast.as_ref().map(text));
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
    let envelope: Envelope<'_> = enveloped(json, file, faults)?;
    let mut parts = vec![envelope.pack, envelope.actuals, envelope.model];
    parts.extend(envelope.hindcast);
    let texts: Vec<&str> = parts.iter().map(|part| part.get()).collect();
    same_hash(&envelope.hash, &texts, file, faults)?;
    let pack = part(envelope.pack, json, file, faults);
    let actuals = part(envelope.actuals, json, file, faults);
    let model = part(envelope.model, json, file, faults);
    let hindcast = envelope.hindcast.map(|raw| part(raw, json, file, faults));
    let compiled = Compiled {
        pack: pack?,
        actuals: actuals?,
        model: model?,
        hindcast: match hindcast {
            Some(read) => Some(read?),
            None => None,
        },
        draws: envelope.draws,
        opening: envelope.opening.map(|raw| raw.get().to_owned()),
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

/// The file's parts, still text; a newer shape is named before its other fields confuse.
fn enveloped<'j, T: Deserialize<'j>>(
    json: &'j str,
    file: &str,
    faults: &mut Diagnostics,
) -> Option<T> {
    let damaged = |error| damage(file, 0, json, &error);
    let read = match not_a_pack(json, file) {
        Some(fault) => Err(Box::new(fault)),
        None => serde_json::from_str::<Version>(json)
            .map_err(damaged)
            .and_then(|version| same_format(version.format, file))
            .and_then(|()| serde_json::from_str(json).map_err(damaged)),
    };
    read.map_err(|fault| faults.push(*fault)).ok()
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

/// `None` where the parts are not those that were written.
fn same_hash(written: &str, parts: &[&str], file: &str, faults: &mut Diagnostics) -> Option<()> {
    let found = hash(parts);
    if found == written {
        return Some(());
    }
    let message = "the content does not match its hash: the file was changed or damaged";
    faults.push(
        Diagnostic::error("pack-hash", at(file, 0, 0), message)
            .hint("compile the pack again; a compiled pack is not edited by hand")
            .about([file, written, &found]),
    );
    None
}

/// One part of the file as its record.
fn part<T: DeserializeOwned>(
    raw: &RawValue,
    json: &str,
    file: &str,
    faults: &mut Diagnostics,
) -> Option<T> {
    match serde_json::from_str(raw.get()) {
        Ok(value) => Some(value),
        Err(error) => {
            let fault = damage(file, line_of(json, raw), raw.get(), &error);
            faults.push(*fault);
            None
        }
    }
}

/// A JSON fault in a text: cut off, not JSON, or JSON of another shape.
fn damage(
    file: &str,
    line_before: usize,
    text: &str,
    error: &serde_json::Error,
) -> Box<Diagnostic> {
    use serde_json::error::Category;
    let place = at(file, line_before + error.line(), error.column());
    let (code, message, hint) = match error.classify() {
        _ if is_cut_off(text, error) => (
            "pack-truncated",
            "the file ends too early".to_owned(),
            "load it again; if it stays so, copy the whole file to the server",
        ),
        Category::Eof | Category::Syntax | Category::Io => (
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

/// Whether a text is wrong by its end alone; a number that is cut off before a digit is bad syntax to
/// the reader.
fn is_cut_off(text: &str, error: &serde_json::Error) -> bool {
    error.is_eof() || (error.is_syntax() && text.ends_with(['.', 'e', 'E', '+', '-']))
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
