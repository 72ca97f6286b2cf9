//! Byte offsets of the file → line and column, and faults placed there.

use std::collections::HashSet;

use crate::budget::{MAX_FAULTS, MAX_HINTS, MAX_QUOTE};
use crate::diag::{Diagnostic, Diagnostics, Place, Severity};

/// The text of a file with its line starts.
pub(crate) struct Source<'a> {
    text: &'a str,
    file: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// The text as read from `file`.
    pub(crate) fn new(text: &'a str, file: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, b)| b == b'\n');
        let line_starts = std::iter::once(0)
            .chain(breaks.map(|(k, _)| k + 1))
            .collect();
        Self {
            text,
            file,
            line_starts,
        }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Line and column of a byte offset; an offset inside a character counts as its start.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = self.line_starts.partition_point(|&s| s <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let before = self
            .text
            .bytes()
            .take(offset.min(self.text.len()))
            .skip(start);
        let column = before.filter(|b| b & 0xC0 != 0x80).count() + 1;
        Place {
            file: self.file.to_owned(),
            line: u32::try_from(line).unwrap_or(0),
            column: u32::try_from(column).unwrap_or(0),
        }
    }
}

/// A text of the file as a fault quotes it: no longer than can be read.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// Where the stages leave their faults: a source to place them in and the list.
pub(crate) struct Faults<'a, 'b> {
    /// The file they are in.
    pub(crate) source: &'b Source<'a>,
    list: &'b mut Diagnostics,
    left_out: usize,
    hints_left: usize,
    /// Code and offset of what was said: elements of an array and uses of a macro share equations.
    said: HashSet<(&'static str, usize)>,
}

impl<'a, 'b> Faults<'a, 'b> {
    /// Faults of one load, added to `list`.
    pub(crate) fn new(source: &'b Source<'a>, list: &'b mut Diagnostics) -> Self {
        Self {
            source,
            list,
            left_out: 0,
            hints_left: MAX_HINTS,
            said: HashSet::new(),
        }
    }

    /// An error at a byte offset; `subject` in the order of `docs/diagnostics.md`.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        at: usize,
        subject: &[&str],
        message: String,
    ) {
        self.push(Severity::Error, code, at, subject, message, None);
    }

    /// An error with its next step.
    pub(crate) fn error_hint(
        &mut self,
        code: &'static str,
        at: usize,
        subject: &[&str],
        message: String,
        hint: Option<String>,
    ) {
        self.push(Severity::Error, code, at, subject, message, hint);
    }

    /// A fault of any weight with its next step.
    pub(crate) fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        at: usize,
        subject: &[&str],
        message: String,
        hint: Option<String>,
    ) {
        let may_repeat = at == 0 || code.ends_with("cycle");
        if !self.said.insert((code, at)) && !may_repeat {
            return;
        }
        if self.list.len() >= MAX_FAULTS {
            self.left_out += 1;
            return;
        }
        let place = self.source.place(at);
        // What is quoted at length hides what is said of it.
        let mut message = message;
        for long in subject
            .iter()
            .filter(|s| s.chars().nth(MAX_QUOTE).is_some())
        {
            message = message.replace(long, &quoted(long));
        }
        let message = match message.chars().nth(8 * MAX_QUOTE) {
            Some(_) => message.chars().take(8 * MAX_QUOTE).chain(['…']).collect(),
            None => message,
        };
        let mut fault = match severity {
            Severity::Error => Diagnostic::error(code, place, message),
            Severity::Warning => Diagnostic::warning(code, place, message),
            Severity::Note => Diagnostic::note(code, place, message),
        };
        fault.hint = hint;
        self.list
            .push(fault.about(subject.iter().map(|s| quoted(s))));
    }

    /// Whether a search for a near name may still be paid for; counts down.
    pub(crate) fn may_search(&mut self) -> bool {
        let may = self.hints_left > 0;
        self.hints_left = self.hints_left.saturating_sub(1);
        may
    }

    /// Whether any fault so far refuses the model.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.has_errors()
    }

    /// Sorts the faults by place and says how many were left out.
    pub(crate) fn finish(self) {
        self.list.sort_by_place();
        if self.left_out > 0 {
            let n = self.left_out;
            let fault = Diagnostic::error(
                "too-many-faults",
                Place {
                    file: self.source.file.to_owned(),
                    line: 0,
                    column: 0,
                },
                format!("{n} further faults are not listed"),
            );
            self.list.push(fault.about([n.to_string()]));
        }
    }
}
