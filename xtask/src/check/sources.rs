//! The Rust files of the workspace as lines, and the rules for headers and lengths.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Violation;
use crate::build::site::files_below;

/// Folders with Rust files.
const FOLDERS: [&str; 5] = ["src", "crates", "xtask", "tests", "bench"];

/// A file this long is asked whether it is two rooms; past this it is refused.
const MOST_LINES: usize = 600;

/// Files that may be longer, each with its reason.
const LONG_FILES: [(&str, &str); 0] = [];

/// Lines of a module header, blank ones not counted.
const MOST_HEADER_LINES: usize = 6;

/// A Rust file.
#[derive(Debug, Clone)]
pub struct Source {
    /// From the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// Numbered lines of product code: comments and what stands below `#[cfg(test)] mod` left out.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.starts_with("tests/");
        let mut lines = self.text.lines().zip(self.text.lines().skip(1).chain([""]));
        let end = lines
            .position(|(line, next)| line == "#[cfg(test)]" && next.starts_with("mod "))
            .unwrap_or(usize::MAX);
        self.text
            .lines()
            .take(if tests { 0 } else { end })
            .enumerate()
            .map(|(index, line)| (index + 1, without_comment(line)))
            .filter(|(_, line)| !line.trim().is_empty())
    }
}

/// The part of a line before `//`; a `//` inside a text is taken for an address and kept.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.find(" // ")
        .and_then(|at| line.get(..at))
        .unwrap_or(line)
}

/// All Rust files of the workspace, in order of path.
///
/// # Errors
/// When a file cannot be read.
pub fn read(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in FOLDERS.iter().filter(|folder| root.join(folder).is_dir()) {
        for path in files_below(&root.join(folder))? {
            if path.ends_with(".rs") && !path.split('/').any(|part| part == "target") {
                let path = format!("{folder}/{path}");
                let text = fs::read_to_string(root.join(&path))?;
                sources.push(Source { path, text });
            }
        }
    }
    Ok(sources)
}

/// Files without a header, or too long.
pub fn check(sources: &[Source]) -> Vec<Violation> {
    sources
        .iter()
        .flat_map(|source| [header(source), length(source)])
        .flatten()
        .collect()
}

fn header(source: &Source) -> Option<Violation> {
    let lines = source
        .text
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .filter(|line| line.len() > "//!".len())
        .count();
    let what = match lines {
        0 => "the file has no header".to_owned(),
        1..=MOST_HEADER_LINES => return None,
        more => format!("the header has {more} lines"),
    };
    Some(Violation {
        file: source.path.clone(),
        line: 1,
        what,
        todo: format!(
            "open it with 1 to {MOST_HEADER_LINES} lines of `//!`: \
             what it turns into what, what it never does, where to go next"
        ),
    })
}

fn length(source: &Source) -> Option<Violation> {
    let lines = source.text.lines().count();
    let excused = LONG_FILES.iter().any(|(path, _)| *path == source.path);
    (lines > MOST_LINES && !excused).then(|| Violation {
        file: source.path.clone(),
        line: lines,
        what: format!("{lines} lines, more than {MOST_LINES}"),
        todo: "split it where it holds two things, or name it in LONG_FILES \
               (xtask/src/check/sources.rs) with the reason"
            .to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check_text(text: &str, expected: &Expect) {
        let source = Source {
            path: "src/a.rs".to_owned(),
            text: text.to_owned(),
        };
        let found = check(&[source]);
        let shown: Vec<_> = found
            .iter()
            .map(|v| format!("{}: {}", v.line, v.what))
            .collect();
        expected.assert_eq(&shown.join("\n"));
    }

    #[test]
    fn a_short_file_with_a_header_is_right() {
        check_text("//! Adds.\n\nfn add() {}\n", &expect![""]);
    }

    #[test]
    fn a_file_must_say_what_it_is() {
        check_text("fn add() {}\n", &expect!["1: the file has no header"]);
    }

    #[test]
    fn a_header_is_no_essay() {
        let essay = "//! More.\n".repeat(7);
        check_text(&essay, &expect!["1: the header has 7 lines"]);
    }

    #[test]
    fn a_file_has_an_end() {
        let long = format!("//! Long.\n{}", "fn a() {}\n".repeat(600));
        check_text(&long, &expect!["601: 601 lines, more than 600"]);
    }

    #[test]
    fn comments_and_tests_are_not_code() {
        let source = Source {
            path: "src/a.rs".to_owned(),
            text: "//! A.\nuse a; // why\n/// Doc.\n#[cfg(test)]\nmod tests {\n}\n".to_owned(),
        };
        let code: Vec<_> = source.code().collect();
        assert_eq!(code, [(2, "use a;")]);
    }
}
