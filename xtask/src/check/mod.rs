//! `cargo xtask check`: the compiler's tools with warnings as errors, then our own rules.
//!
//! Every part runs, whatever the others found, so that one call shows all there is to mend.
//! [`rooms`] holds arrows and forbidden names, [`sources`] headers and lengths, [`weight`] sizes.

pub mod rooms;
pub mod sources;
pub mod weight;

use std::fmt;
use std::process::Command;

use anyhow::{Result, bail};

use crate::build::wasm;
use crate::steps::{run, step};
use crate::workspace::Workspace;

/// A broken rule: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Path from the root, with `/`.
    pub file: String,
    /// From 1; 0 speaks of the whole file.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// The next step.
    pub todo: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}\n  to do: {}", self.what, self.todo)
    }
}

/// Runs all checks.
///
/// # Errors
/// When any of them found something; the findings are on the terminal.
pub fn check(workspace: &Workspace) -> Result<()> {
    wasm::ensure_target(workspace)?;
    let mut failed = Vec::new();
    let mut part = |name: &'static str, work: &mut dyn FnMut() -> Result<()>| {
        if let Err(error) = step(name, &mut *work) {
            eprintln!("  {error:#}");
            failed.push(name);
        }
    };
    part("rules of the rooms", &mut || ours(workspace));
    part("formatting", &mut || {
        run(workspace.cargo().args(["fmt", "--all", "--check"]))
    });
    part("clippy, native", &mut || {
        run(&mut clippy(workspace, &["--workspace", "--all-targets"]))
    });
    part("length of functions", &mut || {
        let product = ["--workspace", "--lib", "--bins"];
        run(clippy(workspace, &product).arg("-Dclippy::too_many_lines"))
    });
    part("clippy, browser", &mut || {
        let page = [
            "-p",
            "tidemark",
            "--lib",
            "--bins",
            "--target",
            wasm::TARGET,
        ];
        run(&mut clippy(workspace, &page))
    });
    part("documentation", &mut || run(&mut doc(workspace)));
    part("weight of the site", &mut || weight::check(workspace));
    if failed.is_empty() {
        println!("check: all parts passed");
        return Ok(());
    }
    bail!("check: {} failed", failed.join(", "))
}

fn ours(workspace: &Workspace) -> Result<()> {
    let files = sources::read(workspace.root())?;
    let mut found = rooms::manifests(workspace.root())?;
    found.extend(rooms::names(&files));
    found.extend(sources::check(&files));
    found.sort();
    for violation in &found {
        eprintln!("{violation}");
    }
    if !found.is_empty() {
        bail!("{} places break a rule", found.len());
    }
    Ok(())
}

/// Clippy with every warning an error. A function's length is judged apart, and not in tests,
/// where a long one is mostly a table; an exception is
/// `#[expect(clippy::too_many_lines, reason = "…")]`.
fn clippy(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = workspace.cargo();
    command
        .arg("clippy")
        .args(arguments)
        .args(["--", "-Dwarnings"]);
    command
}

fn doc(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo();
    command
        .args(["doc", "--workspace", "--no-deps", "--lib"])
        .env("RUSTDOCFLAGS", "-Dwarnings");
    command
}
