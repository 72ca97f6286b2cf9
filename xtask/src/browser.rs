//! A Chromium and its driver on this computer: found, or installed where that is ours to do.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::apt::{self, has_apt};
use crate::steps::answers;

/// A browser and the driver that speaks WebDriver to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    /// Chromium, Chrome or Edge.
    pub browser: PathBuf,
    /// `chromedriver` of the same version.
    pub driver: PathBuf,
}

const BROWSERS: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const DRIVERS: [&str; 6] = [
    "chromedriver",
    "chromium.chromedriver",
    "msedgedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
    "/snap/bin/chromium.chromedriver",
];

/// What Debian calls them; the font is for screenshots that can be read.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// The pair that `CHROME` and `CHROMEDRIVER` name, or the first of each that answers.
pub fn find() -> Option<Browser> {
    let one = |variable: &str, names: &[&str]| match std::env::var_os(variable) {
        Some(path) => Some(PathBuf::from(path)),
        None => names
            .iter()
            .filter_map(|name| on_path(name))
            .find(|path| answers(path)),
    };
    Some(Browser {
        browser: one("CHROME", &BROWSERS)?,
        driver: one("CHROMEDRIVER", &DRIVERS)?,
    })
}

/// The whole path of a program; a name without folder is looked up on `PATH`.
fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// [`find`], after an installation by apt where this is Debian or Ubuntu and we are root.
///
/// # Errors
/// When there is none and none could be installed, with what to do.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    apt::install("Chromium", &PACKAGES);
    if let Some(browser) = find() {
        return Ok(browser);
    }
    bail!("{}", advice())
}

fn advice() -> String {
    let install = if !has_apt() {
        "install Chrome or Chromium, and the chromedriver of its version".to_owned()
    } else if is_ubuntu() {
        "Ubuntu's apt package is only a stub that installs a snap: `snap install chromium`, \
         or install Google Chrome's .deb and the chromedriver of its version"
            .to_owned()
    } else {
        format!("as root: apt-get install -y {}", PACKAGES.join(" "))
    };
    format!(
        "the browser journeys need Chromium and chromedriver, and none answers here\n  \
         next step: {install}\n  \
         elsewhere than on PATH: set CHROME and CHROMEDRIVER to the two programs"
    )
}

fn is_ubuntu() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| {
        text.lines()
            .any(|line| line.starts_with("ID") && line.contains("ubuntu"))
    })
}
