//! `cargo xtask test`: every test there is, and one summary whose last line counts them.
//!
//! Native tests first, since they are quick; then the site as it is shipped, and the browser
//! journeys through it. A part that cannot run counts as a failure, never as nothing; only the
//! independent engines may be skipped, with a word, where there is no Python ([`peers`]).

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Error, Result, bail};

use crate::browser::{self, Browser};
use crate::build::{self, Profile};
use crate::peers;
use crate::steps::{shown, step};
use crate::workspace::Workspace;

/// Names the Python of the independent engines to the tests.
const PEERS: &str = "TIDEMARK_PEERS";

/// What of a passed test's output is shown, and once more in the summary: what it could not look
/// at, and how far the independent engines lie from ours.
const SHOWN: [&str; 2] = ["skipped", "agreement"];

/// What the runners reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    passed: usize,
    failed: usize,
    ignored: usize,
    /// What must not be lost in the output: lines of passed tests that begin as [`SHOWN`], parts
    /// that did not run.
    notes: Vec<String>,
}

/// Runs everything and prints the summary; whether all passed.
pub fn test(workspace: &Workspace) -> bool {
    let mut tally = Tally::default();
    let peers = independent_engines(workspace, &mut tally);
    // Apart from the journeys, whose WebDriver client would turn features of shared crates on
    // that the product is not built with.
    part(&mut tally, "native tests", |tally| {
        let mut cargo = workspace.cargo();
        cargo.args(["test", "--workspace", "--exclude", "tidemark-e2e"]);
        if let Some(python) = &peers {
            cargo.env(PEERS, python);
        }
        cargo_test(&mut cargo, tally)
    });
    part(&mut tally, "browser journeys", |tally| {
        let browser = browser::ensure();
        build::build(workspace, Profile::Release)?;
        let Browser { browser, driver } = browser?;
        let mut cargo = workspace.cargo();
        cargo
            .args(["test", "-p", "tidemark-e2e"])
            .env("CHROME", browser)
            .env("CHROMEDRIVER", driver)
            // A failed journey says where it failed; a stack would bury that.
            .env("RUST_LIB_BACKTRACE", "0");
        cargo_test(&mut cargo, tally)
    });
    println!("{}", summary(&tally));
    tally.failed == 0
}

/// The Python that runs them. Where it cannot be made their tests say "skipped", and here is why.
fn independent_engines(workspace: &Workspace, tally: &mut Tally) -> Option<PathBuf> {
    // Whoever names one has installed the engines there.
    if let Some(python) = std::env::var_os(PEERS) {
        return Some(python.into());
    }
    let name = "independent engines";
    match step(name, || peers::ensure(workspace)) {
        Ok(python) => return Some(python),
        Err(error) if peers::required() => broken_off(tally, name, &error),
        Err(error) => {
            eprintln!("skipped: {name}: {error:#}");
            tally.notes.push(format!("skipped: {name}: {error}"));
        }
    }
    None
}

/// Runs a part; one that breaks off counts as a failure.
fn part(tally: &mut Tally, name: &str, work: impl FnOnce(&mut Tally) -> Result<()>) {
    if let Err(error) = step(name, || work(tally)) {
        broken_off(tally, name, &error);
    }
}

fn broken_off(tally: &mut Tally, name: &str, error: &Error) {
    eprintln!("{name}: {error:#}");
    tally.failed += 1;
    let first = error.to_string();
    let first = first.lines().next().unwrap_or_default();
    tally.notes.push(format!("failed: {name}: {first}"));
}

fn summary(tally: &Tally) -> String {
    let mut text = String::from("\n");
    for note in &tally.notes {
        text.push_str(&format!("{note}\n"));
    }
    if tally.ignored > 0 {
        text.push_str(&format!("{} ignored\n", tally.ignored));
    }
    text.push_str(&format!("{} passed, {} failed", tally.passed, tally.failed));
    text
}

/// Runs a `cargo test` to its end and adds what its runners report.
fn cargo_test(cargo: &mut Command, tally: &mut Tally) -> Result<()> {
    cargo
        .args(["--no-fail-fast", "--", "--show-output"])
        .stdout(Stdio::piped());
    let mut child = cargo.spawn().context("cargo could not be started")?;
    let output = child.stdout.take().context("cargo's output is piped")?;
    let mut reader = Reader::default();
    let failed_before = tally.failed;
    for line in BufReader::new(output).lines() {
        if let Some(line) = reader.line(&line?, tally) {
            println!("{line}");
        }
    }
    let status = child.wait()?;
    if !status.success() && tally.failed == failed_before {
        bail!("`{}` ended with {status} and no failed test", shown(cargo));
    }
    Ok(())
}

/// Reads what libtest prints with `--show-output`.
#[derive(Debug, Default)]
struct Reader {
    /// Between `successes:` and what follows, where output of passed tests stands.
    in_successes: bool,
}

impl Reader {
    /// Takes one line in; what of it a reader wants to see.
    fn line<'a>(&mut self, line: &'a str, tally: &mut Tally) -> Option<&'a str> {
        if line == "successes:" {
            self.in_successes = true;
        } else if line == "failures:" || line.starts_with("test result:") {
            self.in_successes = false;
        }
        if let Some(counts) = line.strip_prefix("test result:") {
            tally.passed += count(counts, "passed");
            tally.failed += count(counts, "failed");
            tally.ignored += count(counts, "ignored");
        }
        if self.in_successes {
            if SHOWN.iter().any(|word| line.starts_with(word)) {
                tally.notes.push(line.to_owned());
                return Some(line);
            }
            return None;
        }
        Some(line)
    }
}

/// The number before `word` in ` ok. 3 passed; 0 failed; …`.
fn count(counts: &str, word: &str) -> usize {
    let before = counts.split_once(word).map_or("", |(before, _)| before);
    let number = before.trim_end().rsplit(' ').next();
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    const PRINTED: &str = "\
running 3 tests
test a ... ok
test b ... FAILED

successes:

---- a stdout ----
skipped: quotes, the documents are not at hand
noise
agreement: another engine, baseline 2e-15

successes:
    a

failures:

---- b stdout ----
left: 1

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: ok. 20 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";

    #[test]
    fn counts_are_summed_and_what_matters_stays_visible() {
        let (mut reader, mut tally) = (Reader::default(), Tally::default());
        let shown: Vec<_> = PRINTED
            .lines()
            .filter_map(|line| reader.line(line, &mut tally))
            .collect();
        assert!(!shown.contains(&"noise"));
        assert!(shown.contains(&"left: 1"));
        expect![[r"

            skipped: quotes, the documents are not at hand
            agreement: another engine, baseline 2e-15
            1 ignored
            21 passed, 1 failed"]]
        .assert_eq(&summary(&tally));
    }
}
