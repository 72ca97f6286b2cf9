//! `credibility.json` of a pack's folder → what is compiled beside the pack, if it is of these data.

use tidemark_engine::diag::{Diagnostic, Diagnostics, Place, Severity};

use super::TextFile;
use crate::compiled::Compiled;
use crate::record::credibility::Credibility;
use crate::version::data_version;

/// The pack with the summary of the record in the file, and the record. One that belongs to other
/// data, or is none, is left out with a warning: a page that shows nothing misleads nobody.
pub fn with_credibility(
    compiled: Compiled,
    file: TextFile<'_>,
    faults: &mut Diagnostics,
) -> (Compiled, Option<Credibility>) {
    let place = || Place {
        file: file.name.to_owned(),
        ..Place::default()
    };
    let mut warn = |code, message: String, subject: &[&str]| {
        let mut fault = Diagnostic::error(code, place(), message)
            .hint("run `tidemark hindcast --write` on the pack's folder")
            .about(subject.iter().copied());
        fault.severity = Severity::Warning;
        faults.push(fault);
    };
    let record: Credibility = match serde_json::from_str(file.text) {
        Ok(record) => record,
        Err(error) => {
            let what = error.to_string();
            warn(
                "credibility-damaged",
                format!("no record of credibility: {what}"),
                &[&what],
            );
            return (compiled, None);
        }
    };
    let now = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    if record.data_version == now {
        return (compiled.with_hindcast(Some(record.summary())), Some(record));
    }
    let then = &record.data_version;
    let message = format!("it belongs to data {then}, the present are {now}: left out");
    warn("credibility-stale", message, &[then, &now]);
    (compiled, None)
}
