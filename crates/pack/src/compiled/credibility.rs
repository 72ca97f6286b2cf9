//! The record of credibility as a file beside the compiled pack, read where its page is opened.
//!
//! `{"format":3,"pack":"…","hash":"…","credibility":{…}}`: the hash of the pack it belongs to, and
//! SHA-256 over that and the record's very text. [`read`] refuses what belongs to another pack.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use tidemark_engine::diag::{Diagnostic, Diagnostics};

use super::{FORMAT, at, enveloped, hash, part, same_hash, text};
use crate::record::credibility::Credibility;

/// Characters of a hash that a message shows.
const SHOWN: usize = 8;

/// The file before its record is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(rename = "format")]
    _format: IgnoredAny,
    pack: String,
    hash: String,
    #[serde(borrow)]
    credibility: &'a RawValue,
}

/// The file's text; `pack` is the hash of the compiled pack that the record belongs to.
pub fn to_json(record: &Credibility, pack: &str) -> String {
    let record = text(record);
    let hash = hash(&[pack, &record]);
    format!(
        "{{\"format\":{FORMAT},\"pack\":\"{pack}\",\"hash\":\"{hash}\",\"credibility\":{record}}}\n"
    )
}

/// The record of a file's text, or `None` when `faults` holds an error.
///
/// `file` is the name that faults carry, `pack` the hash of the pack at hand.
pub fn read(json: &str, file: &str, pack: &str, faults: &mut Diagnostics) -> Option<Credibility> {
    let envelope: Envelope<'_> = enveloped(json, file, faults)?;
    let parts = [envelope.pack.as_str(), envelope.credibility.get()];
    same_hash(&envelope.hash, &parts, file, faults)?;
    if envelope.pack != pack {
        faults.push(of_another_pack(&envelope.pack, pack, file));
        return None;
    }
    part(envelope.credibility, json, file, faults)
}

fn of_another_pack(written: &str, pack: &str, file: &str) -> Diagnostic {
    let [written, pack] = [written, pack].map(|hash| hash.get(..SHOWN).unwrap_or(hash));
    let message = format!("the record belongs to pack {written}, the one at hand is {pack}");
    Diagnostic::error("credibility-of-another-pack", at(file, 0, 0), message)
        .hint("load the page again; copy both files of one `tidemark pack` to the server")
        .about([file, written, pack])
}
