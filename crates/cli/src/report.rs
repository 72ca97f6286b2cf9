//! Diagnostics as text for people and as JSON for programs.

use std::io::{self, Write};

use serde_json::{Value, json};
use tidemark_engine::diag::{Diagnostic, Diagnostics, Severity};

/// One line for each fault, hints under them.
pub(crate) fn write_text(faults: &Diagnostics, err: &mut dyn Write) -> io::Result<()> {
    for fault in faults {
        writeln!(err, "{fault}")?;
    }
    Ok(())
}

/// A list of objects; an unknown line or column is null.
pub(crate) fn write_json(faults: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    let list: Vec<Value> = faults.iter().map(object).collect();
    writeln!(out, "{:#}", Value::Array(list))
}

fn object(fault: &Diagnostic) -> Value {
    let known = |n: u32| (n > 0).then_some(n);
    json!({
        "severity": fault.severity.to_string(),
        "code": fault.code,
        "file": fault.place.file,
        "line": known(fault.place.line),
        "column": known(fault.place.column),
        "message": fault.message,
        "hint": fault.hint,
        "subject": fault.subject,
    })
}

/// "2 errors, 1 warning".
pub(crate) fn summary(faults: &Diagnostics) -> String {
    let count = |severity| faults.iter().filter(|f| f.severity == severity).count();
    let said = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> = [
        said(count(Severity::Error), "error"),
        said(count(Severity::Warning), "warning"),
        said(count(Severity::Note), "note"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "no faults".to_owned()
    } else {
        parts.join(", ")
    }
}
