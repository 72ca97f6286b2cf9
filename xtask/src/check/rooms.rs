//! Arrows between rooms (manifests) and names that a room may not use (code).
//!
//! The tables are the rules of ARCHITECTURE.md; a new arrow is a change there first.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Violation;
use super::sources::Source;

/// Packages of this workspace that a room may use, from its manifest.
struct Arrows {
    manifest: &'static str,
    may_use: &'static [&'static str],
}

const ARROWS: [Arrows; 7] = [
    Arrows {
        manifest: "crates/engine/Cargo.toml",
        may_use: &[],
    },
    Arrows {
        manifest: "crates/analysis/Cargo.toml",
        may_use: &["tidemark-engine"],
    },
    Arrows {
        manifest: "crates/pack/Cargo.toml",
        may_use: &["tidemark-engine"],
    },
    Arrows {
        manifest: "crates/reach/Cargo.toml",
        may_use: &["tidemark-analysis", "tidemark-engine", "tidemark-pack"],
    },
    Arrows {
        manifest: "crates/evidence/Cargo.toml",
        may_use: &[
            "tidemark-analysis",
            "tidemark-engine",
            "tidemark-pack",
            "tidemark-reach",
        ],
    },
    Arrows {
        manifest: "crates/reference/Cargo.toml",
        may_use: &["tidemark-engine", "tidemark-pack"],
    },
    Arrows {
        manifest: "crates/chart/Cargo.toml",
        may_use: &[],
    },
];

/// Crates that only the app may name: they bring the browser with them.
const BROWSER_CRATES: [&str; 6] = [
    "gloo",
    "js-sys",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
    "yew",
];

/// Words that code under `within` may not contain, except under `except`.
struct Forbidden {
    words: &'static [&'static str],
    within: &'static [&'static str],
    except: &'static [&'static str],
    todo: &'static str,
}

const FORBIDDEN: [Forbidden; 7] = [
    Forbidden {
        words: &["web_sys", "js_sys", "gloo"],
        within: &["src/", "crates/"],
        except: &["src/platform/"],
        todo: "only src/platform names the browser: put a function there and call it",
    },
    Forbidden {
        words: &["std::fs", "std::net", "std::process", "std::time"],
        within: &["src/", "crates/"],
        except: &["crates/cli/"],
        todo: "take text or bytes and return a value; files, clock and processes belong to crates/cli, xtask and tests",
    },
    Forbidden {
        words: &["std::env"],
        within: &["src/", "crates/"],
        except: &["crates/cli/"],
        todo: "same input, same bits: nothing of the machine may reach a result",
    },
    Forbidden {
        words: &["plotters", "plotters_canvas"],
        within: &["src/", "crates/"],
        except: &["crates/chart/", "src/platform/"],
        todo: "make a `Figure` and let tidemark-chart draw it",
    },
    Forbidden {
        words: &["crate::platform", "crate::components", "crate::pages"],
        within: &["src/state/", "src/view_model/"],
        except: &[],
        todo: "state and view_model are pure; pass in what they need",
    },
    Forbidden {
        words: &["Serialize", "Deserialize"],
        within: &["src/", "crates/"],
        except: &SERDE_FILES,
        todo: "only file and message formats derive serde; convert at the edge, or add the file to SERDE_FILES (xtask/src/check/rooms.rs) with the reason",
    },
    Forbidden {
        words: &["ningbo", "Ningbo", "宁波"],
        within: &["src/", "crates/"],
        except: &[],
        todo: "places are data: move it into the pack",
    },
];

/// Code that makes what a user reads.
const PAGE_ROOMS: [&str; 2] = ["src/", "crates/reference/src/"];

/// Where what a user reads may stand in code.
const TEXT_ROOMS: [&str; 2] = ["src/text/", "crates/reference/src/text.rs"];

/// Files that are formats.
const SERDE_FILES: [&str; 9] = [
    // The pack's folder and its compiled file.
    "crates/pack/src/",
    // What a page opens with, in the compiled file; its parts go through messages too.
    "crates/reach/src/opening.rs",
    "crates/reach/src/effects.rs",
    "crates/reach/src/answer.rs",
    "crates/reach/src/scope.rs",
    // Messages between page and worker.
    "src/protocol.rs",
    "src/protocol/",
    // The list of packs beside the page.
    "src/pages/load.rs",
    // The command line's answers in JSON.
    "crates/cli/src/",
];

/// Arrows that the manifests draw and the table does not.
///
/// # Errors
/// When a manifest cannot be read.
pub fn manifests(root: &Path) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for arrows in &ARROWS {
        let path = root.join(arrows.manifest);
        if path.is_file() {
            let text = fs::read_to_string(&path)?;
            found.extend(manifest(arrows, &text).with_context(|| arrows.manifest)?);
        }
    }
    Ok(found)
}

fn manifest(arrows: &Arrows, text: &str) -> Result<Vec<Violation>> {
    let manifest: toml::Table = text.parse()?;
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let names = tables
        .iter()
        .filter_map(|table| manifest.get(*table)?.as_table())
        .flat_map(toml::Table::keys);
    Ok(names
        .filter(|name| {
            // A package may name itself, to turn a feature on for its tests.
            let own = arrows.manifest.strip_prefix("crates/").is_some_and(|path| {
                name.strip_prefix("tidemark-") == path.strip_suffix("/Cargo.toml")
            });
            let may = own || arrows.may_use.contains(&name.as_str());
            let ours = name.starts_with("tidemark") && !may;
            ours || BROWSER_CRATES.contains(&name.as_str())
        })
        .map(|name| Violation {
            file: arrows.manifest.to_owned(),
            line: line_of(text, name),
            what: format!("this room may not use `{name}`"),
            todo: "see the arrows in ARCHITECTURE.md; a new one is a design change".to_owned(),
        })
        .collect())
}

fn line_of(text: &str, name: &str) -> usize {
    let at = text.lines().position(|line| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with([' ', '.', '=']))
    });
    at.map_or(0, |index| index + 1)
}

/// Names used where they may not be, and Chinese outside the one place for it.
pub fn names(sources: &[Source]) -> Vec<Violation> {
    let mut found = Vec::new();
    for source in sources {
        let rules: Vec<&Forbidden> = FORBIDDEN
            .iter()
            .filter(|rule| rule.holds_in(&source.path))
            .collect();
        let texts_belong_elsewhere = PAGE_ROOMS.iter().any(|room| source.path.starts_with(room))
            && !TEXT_ROOMS.iter().any(|room| source.path.starts_with(room));
        for (line, code) in source.code() {
            for rule in &rules {
                found.extend(
                    rule.words
                        .iter()
                        .filter(|word| has_word(code, word))
                        .map(|word| {
                            violation(
                                source,
                                line,
                                format!("`{word}` may not stand here"),
                                rule.todo,
                            )
                        }),
                );
            }
            if texts_belong_elsewhere && code.chars().any(is_chinese) {
                let todo = "all that a user reads lives in src/text, in the reference's text or in the pack";
                found.push(violation(
                    source,
                    line,
                    "Chinese text in code".to_owned(),
                    todo,
                ));
            }
        }
    }
    found
}

impl Forbidden {
    fn holds_in(&self, path: &str) -> bool {
        let under = |folders: &[&str]| folders.iter().any(|folder| path.starts_with(folder));
        under(self.within) && !under(self.except)
    }
}

fn violation(source: &Source, line: usize, what: String, todo: &str) -> Violation {
    Violation {
        file: source.path.clone(),
        line,
        what,
        todo: todo.to_owned(),
    }
}

/// Whether `word` stands in `code` with no letter, digit or underscore at either side.
fn has_word(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// Signs such as ： and （ join texts and may stand with the markup.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check_code(path: &str, code: &str, expected: &Expect) {
        let source = Source {
            path: path.to_owned(),
            text: code.to_owned(),
            is_test: false,
        };
        let shown: Vec<_> = names(&[source])
            .iter()
            .map(|v| format!("{}:{}: {}", v.file, v.line, v.what))
            .collect();
        expected.assert_eq(&shown.join("\n"));
    }

    #[test]
    fn only_the_platform_names_the_browser() {
        let code = "//! A.\nuse web_sys::Window;\n";
        check_code(
            "src/pages/main.rs",
            code,
            &expect!["src/pages/main.rs:2: `web_sys` may not stand here"],
        );
        check_code("src/platform/canvas.rs", code, &expect![""]);
    }

    #[test]
    fn crates_read_no_files() {
        let code = "use std::fs;\nfn fstat() {}\n";
        check_code(
            "crates/engine/src/lib.rs",
            code,
            &expect!["crates/engine/src/lib.rs:1: `std::fs` may not stand here"],
        );
        check_code("crates/cli/src/main.rs", code, &expect![""]);
    }

    #[test]
    fn chinese_has_one_place() {
        let code = "const A: &str = \"潮位\"; // 潮位\n// 潮位\n";
        check_code(
            "src/state/mod.rs",
            code,
            &expect!["src/state/mod.rs:1: Chinese text in code"],
        );
        check_code("src/text/zh.rs", code, &expect![""]);
    }

    #[test]
    fn a_longer_word_is_another_word() {
        check_code(
            "src/state/mod.rs",
            "let platforms = my_platform;\n",
            &expect![""],
        );
    }

    #[test]
    fn an_arrow_that_is_not_drawn_is_named_with_its_line() {
        let arrows = Arrows {
            manifest: "crates/pack/Cargo.toml",
            may_use: &["tidemark-engine"],
        };
        let text = "[dependencies]\ntidemark-engine.workspace = true\ntidemark-chart.workspace = true\nyew = \"0.23\"\n";
        let mut found = manifest(&arrows, text).unwrap();
        found.sort();
        let shown: Vec<_> = found
            .iter()
            .map(|v| format!("{}: {}", v.line, v.what))
            .collect();
        expect![[r#"
            3: this room may not use `tidemark-chart`
            4: this room may not use `yew`"#]]
        .assert_eq(&shown.join("\n"));
    }
}
