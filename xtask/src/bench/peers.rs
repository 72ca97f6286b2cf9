//! Independent engines to measure beside ours.
//!
//! They are not needed to build or use anything; where Python or the registry is missing, their
//! columns say so.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use tidemark_bench::Job;

use super::measured::Measured;
use super::{answer, job_file};
use crate::peers;
use crate::steps::{run, step};
use crate::workspace::Workspace;

/// Runs of PySD, each of which takes a tenth of a second.
const PYSD_RUNS: &str = "5";

/// A Python with the peers, and what they run.
#[derive(Debug)]
pub struct Peers {
    python: PathBuf,
    script: PathBuf,
}

/// The environment of [`crate::peers`]; `None` where it cannot be made, with the reason on the
/// terminal.
pub fn ensure(workspace: &Workspace) -> Option<Peers> {
    match step("peers: a Python with simlin and PySD", || {
        peers::ensure(workspace)
    }) {
        Ok(python) => Some(Peers {
            python,
            script: workspace.root().join("bench/peers.py"),
        }),
        Err(error) => {
            eprintln!("  skipped, no peers here: {error:#}");
            None
        }
    }
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
