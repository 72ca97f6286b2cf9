//! Independent engines to measure beside ours: pinned, in a Python environment of their own.
//!
//! They are not needed to build or use anything; where Python or the registry is missing, their
//! columns say so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use tidemark_bench::Job;

use super::measured::Measured;
use super::{answer, job_file};
use crate::steps::{run, step};
use crate::workspace::Workspace;

/// What is measured beside ours.
pub const PACKAGES: [&str; 2] = ["pysimlin==0.8.5", "pysd==3.14.3"];

/// Runs of PySD, each of which takes a tenth of a second.
const PYSD_RUNS: &str = "5";

/// A Python with the peers.
#[derive(Debug)]
pub struct Peers {
    python: PathBuf,
    script: PathBuf,
}

/// Makes the environment below the target folder, unless the last time did; `None` where that
/// cannot be done, with the reason on the terminal.
pub fn ensure(workspace: &Workspace) -> Option<Peers> {
    match step("peers: a Python with simlin and PySD", || made(workspace)) {
        Ok(peers) => Some(peers),
        Err(error) => {
            eprintln!("  skipped, no peers here: {error:#}");
            None
        }
    }
}

fn made(workspace: &Workspace) -> Result<Peers> {
    let folder = workspace.target().join("bench-python");
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = folder.join(scripts).join("python");
    let stamp = folder.join("installed.txt");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&stamp).ok().as_ref() != Some(&wanted) {
        run(Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder))?;
        run(Command::new(&python)
            .args(["-m", "pip", "install", "-q"])
            .args(PACKAGES))?;
        fs::write(&stamp, wanted)?;
    }
    Ok(Peers {
        python,
        script: workspace.root().join("bench/peers.py"),
    })
}

impl Peers {
    fn command(&self, tool: &str, job: &Path) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(&self.script).arg(tool).arg(job);
        command
    }

    /// Leaves what simlin makes of the job's model in the folder of the page.
    ///
    /// # Errors
    /// When simlin refuses the model.
    pub fn simlin(&self, folder: &Path, job: &Job) -> Result<()> {
        let mut command = self.command("simlin", &job_file(folder, job));
        run(command.arg(folder)).with_context(|| job.name.clone())
    }

    /// Times and values by PySD.
    ///
    /// # Errors
    /// When PySD refuses the model.
    pub fn pysd(&self, folder: &Path, job: &Job) -> Result<Measured> {
        let mut command = self.command("pysd", &job_file(folder, job));
        answer(command.arg(PYSD_RUNS))
    }
}
