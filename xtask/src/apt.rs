//! Packages by apt, where this is Debian or Ubuntu and we are root; nowhere else are they ours.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::steps::{run, step};

/// Installs packages where that is ours to do; a failure shows on the terminal, and what counts
/// is whether the program answers afterwards.
pub fn install(what: &str, packages: &[&str]) {
    if !(has_apt() && is_root()) {
        return;
    }
    step(&format!("install {what}"), || -> Result<()> {
        run(apt().arg("update"))?;
        run(apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages))
    })
    .ok();
}

/// Whether this is Debian, Ubuntu or one of their kin.
pub fn has_apt() -> bool {
    Path::new("/usr/bin/apt-get").exists()
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
