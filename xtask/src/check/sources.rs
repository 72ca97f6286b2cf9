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
    /// Whether it is compiled for tests only.
    pub is_test: bool,
}

impl Source {
    /// Numbered lines of product code: comments and tests left out.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().zip(self.text.lines().skip(1).chain([""]));
        let is_inline = |next: &str| next.starts_with("mod ") && next.ends_with('{');
        let end = lines
            .into_iter()
            .position(|(line, next)| line == "#[cfg(test)]" && is_inline(next))
            .unwrap_or(usize::MAX);
        self.text
            .lines()
            .take(if self.is_test { 0 } else { end })
            .enumerate()
            .map(|(index, line)| (index + 1, without_comment(line)))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    /// Files of the modules that are only there under test: `#[cfg(test)] mod name;`.
    fn test_modules(&self) -> Vec<String> {
        let folder = match self.path.strip_suffix(".rs") {
            Some(stem) => ["/mod", "/lib", "/main"]
                .iter()
                .find_map(|root| stem.strip_suffix(root))
                .unwrap_or(stem),
            None => return Vec::new(),
        };
        let lines = self.text.lines().zip(self.text.lines().skip(1));
        lines
            .filter(|(line, _)| *line == "#[cfg(test)]")
            .filter_map(|(_, next)| {
                let name = next.split_once("mod ")?.1.strip_suffix(';')?;
                Some([
                    format!("{folder}/{name}.rs"),
                    format!("{folder}/{name}/mod.rs"),
                ])
            })
            .flatten()
            .collect()
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
                let is_test = path.starts_with("tests/") || path.contains("/tests/");
                sources.push(Source {
                    path,
                    text,
                    is_test,
                });
            }
        }
    }
    let of_tests: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in &mut sources {
        source.is_test |= of_tests.contains(&source.path);
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
            is_test: false,
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
        let text = "//! A.\nuse a; // why\n#[cfg(test)]\nmod samples;\nuse b;\n/// Doc.\n\
                    #[cfg(test)]\nmod tests {\n}\n";
        let source = Source {
            path: "src/a/mod.rs".to_owned(),
            text: text.to_owned(),
            is_test: false,
        };
        let code: Vec<_> = source
            .code()
            .filter(|(_, line)| line.starts_with("use"))
            .collect();
        assert_eq!(code, [(2, "use a;"), (5, "use b;")]);
        let modules = source.test_modules();
        assert_eq!(modules, ["src/a/samples.rs", "src/a/samples/mod.rs"]);
    }
}
