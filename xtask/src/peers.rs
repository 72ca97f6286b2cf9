//! A Python with the independent engines of `requirements.txt`, in a folder below cargo's target.
//!
//! One environment for tests and bench, kept from run to run. Nothing of the product needs it:
//! where it cannot be made the caller says so, except on a CI machine that has Python.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::apt;
use crate::steps::{answers, run, succeeds};
use crate::workspace::Workspace;

const REQUIREMENTS: &str = include_str!("../requirements.txt");

/// The engines and their versions, as pip writes them.
pub fn packages() -> Vec<&'static str> {
    let lines = REQUIREMENTS.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// The environment's Python, which the last time left or which is made now.
///
/// # Errors
/// Where there is no Python 3 with `venv`, or the packages cannot be fetched.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target().join("peers-python");
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = folder.join(scripts).join("python");
    let stamp = folder.join("installed.txt");
    if installed(&stamp).is_some_and(|last| last == wanted(&python)) {
        return Ok(python);
    }
    if !can_make_one() {
        apt::install("Python", &["python3-venv"]);
    }
    if !can_make_one() {
        bail!("no Python 3 with venv answers here; Debian calls it python3-venv");
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "-q", "-r"])
        .arg(workspace.root().join("xtask/requirements.txt")))?;
    fs::write(&stamp, wanted(&python))?;
    Ok(python)
}

/// Whether a missing environment is a failure: on a CI machine that has Python, where nobody
/// would see that the check is skipped.
pub fn required() -> bool {
    let ci = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
    ci && answers(Path::new("python3"))
}

fn can_make_one() -> bool {
    succeeds(Command::new("python3").args(["-c", "import ensurepip, venv"]))
}

fn installed(stamp: &Path) -> Option<String> {
    fs::read_to_string(stamp).ok()
}

/// The packages and the Python they were installed for: with another one they are not found.
fn wanted(python: &Path) -> String {
    let version = Command::new(python).arg("--version").output();
    let version = version.map_or_else(|_| Vec::new(), |output| output.stdout);
    let version = String::from_utf8_lossy(&version);
    format!("{}\n{}\n", packages().join("\n"), version.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_engine_has_one_version() {
        for package in packages() {
            let (name, version) = package.split_once("==").expect("a pinned version");
            assert!(!name.is_empty() && version.starts_with(|c: char| c.is_ascii_digit()));
        }
    }
}
