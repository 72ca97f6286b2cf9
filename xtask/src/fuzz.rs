//! `cargo xtask fuzz`: texts made to break the model reader and the equation parser.
//!
//! A command of its own: it needs a nightly toolchain and time. Findings lie in
//! `fuzz/artifacts`; each becomes a test of the engine. What was tried is kept in `fuzz/corpus`,
//! which is not committed; `fuzz/seeds` is.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::steps::{run, step};
use crate::workspace::Workspace;

/// The version whose options are used here.
const CARGO_FUZZ: &str = "0.13.1";

const TARGETS: [&str; 2] = ["xmile", "equation"];

/// Longest input tried, in bytes.
const MAX_LENGTH: usize = 8192;

/// Fuzzes every target for so many seconds, one after the other.
///
/// # Errors
/// When there is no nightly toolchain, or a target found something.
pub fn fuzz(workspace: &Workspace, seconds: u64) -> Result<()> {
    install()?;
    for target in TARGETS {
        let folder = workspace.root().join("fuzz");
        let (corpus, seeds) = (
            folder.join("corpus").join(target),
            folder.join("seeds").join(target),
        );
        std::fs::create_dir_all(&corpus)?;
        step(&format!("fuzz {target} for {seconds} s"), || {
            run(Command::new("cargo")
                .args(["+nightly", "fuzz", "run", target])
                .args([&corpus, &seeds])
                .arg("--")
                .arg(format!("-max_total_time={seconds}"))
                .arg(format!("-max_len={MAX_LENGTH}"))
                .args(["-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1"])
                .current_dir(workspace.root()))
        })
        .with_context(|| format!("`{target}` found something, see fuzz/artifacts/{target}"))?;
    }
    Ok(())
}

fn install() -> Result<()> {
    let answers = |arguments: &[&str]| {
        let output = Command::new("cargo").args(arguments).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !answers(&["+nightly", "--version"]) {
        bail!("fuzzing needs a nightly toolchain: run `rustup toolchain install nightly`");
    }
    if answers(&["+nightly", "fuzz", "--version"]) {
        return Ok(());
    }
    step("install cargo-fuzz", || {
        run(Command::new("cargo").args([
            "install",
            "--locked",
            "cargo-fuzz",
            "--version",
            CARGO_FUZZ,
        ]))
    })
}
