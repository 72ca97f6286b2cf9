//! The members of a pack's folder: rows of posterior.csv and draws of its assumptions.

use std::io::Write;
use std::path::{Path, PathBuf};

use tidemark_engine::diag::{Diagnostic, Diagnostics, Place};
use tidemark_evidence::posterior::{BadFile, Part, Stored, read};
use tidemark_pack::scenario::Scenario;
use tidemark_pack::version::data_version;
use tidemark_reach::draws::{Draws, MEMBERS, SEED};

use crate::calibrate::POSTERIOR;
use crate::failure::Failure;
use crate::fitting;
use crate::folder::{self, Opened};
use crate::rules::scenario;
use crate::run::{Setting, between, setting};

/// What is done where there is no posterior.csv.
const INSTEAD: &str = "assumptions alone are drawn from; run `tidemark calibrate` on the folder";

/// What follows where they cannot be used.
pub(crate) const NO_CHANCE: &str =
    "there are no chances until it is restored or made anew by `tidemark calibrate`";

/// How a lost file is known.
const LOST: &str = "credibility.json speaks of a fit";

/// Members of a pack under a scenario.
// Part of other commands' arguments, whose group has the same name.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// Folder with pack.toml, actuals.csv and posterior.csv
    pub(crate) folder: PathBuf,
    /// Give a lever or an assumption another value first, in its shown unit; may be repeated
    #[arg(long = "set", value_name = "LEVER=VALUE", value_parser = setting)]
    pub(crate) settings: Vec<Setting>,
    /// Members of the ensemble
    #[arg(long, value_name = "N", default_value_t = MEMBERS, value_parser = members)]
    pub(crate) members: usize,
    /// Seed: the same seed gives the same numbers on every machine
    #[arg(long, default_value_t = SEED)]
    pub(crate) seed: u64,
}

fn members(text: &str) -> Result<usize, String> {
    between(text, 200, 10_000)
}

impl Arguments {
    /// The pack and the scenario, or `None` with the pack's faults told.
    pub(crate) fn opened(
        &self,
        err: &mut dyn Write,
    ) -> Result<Option<(Opened, Scenario)>, Failure> {
        let Some(opened) = fitting::open(&self.folder, err)? else {
            return Ok(None);
        };
        let scenario = scenario(&opened.bound, &self.settings)?;
        Ok(Some((opened, scenario)))
    }

    /// The members; `None`, told, where the pack names draws that cannot be used: assumptions alone
    /// would be another answer. A pack that was never fitted has no other.
    pub(crate) fn draws(
        &self,
        opened: &Opened,
        err: &mut dyn Write,
    ) -> Result<Option<Draws>, Failure> {
        let path = self.folder.join(POSTERIOR);
        let stored = match posterior(&self.folder, opened)? {
            Posterior::Usable(stored) => Some(stored),
            Posterior::Unusable(bad) => {
                writeln!(err, "error: {}: {bad}: {NO_CHANCE}", path.display())?;
                return Ok(None);
            }
            Posterior::Lost => {
                writeln!(
                    err,
                    "error: {} is missing: {LOST}, {NO_CHANCE}",
                    path.display()
                )?;
                return Ok(None);
            }
            Posterior::NeverMade => {
                writeln!(err, "warning: there is no {}: {INSTEAD}", path.display())?;
                None
            }
        };
        let columns = stored.as_ref().map(|s| (s.parameters.as_slice(), &s.draws));
        match Draws::new(&opened.bound, columns, self.members, self.seed) {
            Ok(draws) => Ok(Some(draws)),
            Err(bad) => {
                writeln!(err, "error: {bad}")?;
                Ok(None)
            }
        }
    }
}

/// What a folder has of draws.
pub(crate) enum Posterior {
    /// Its content.
    Usable(Stored),
    /// Why it is of no use.
    Unusable(BadFile),
    /// There is no file, and a record of credibility that speaks of a fit.
    Lost,
    /// Nothing was fitted yet.
    NeverMade,
}

/// Reads a folder's posterior.csv.
pub(crate) fn posterior(folder: &Path, opened: &Opened) -> Result<Posterior, Failure> {
    let path = folder.join(POSTERIOR);
    if !path.exists() {
        return Ok(match opened.credibility {
            Some(_) => Posterior::Lost,
            None => Posterior::NeverMade,
        });
    }
    let compiled = &opened.compiled;
    let now = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    let text = folder::read(&path)?;
    Ok(match read(&text, &opened.bound, &now, Part::Whole) {
        Ok(stored) => Posterior::Usable(stored),
        Err(bad) => Posterior::Unusable(bad),
    })
}

/// What is wrong with a folder's draws, as a fault of the pack. Draws of other data are a step of work
/// that is still to be done, and warned of.
pub(crate) fn check(
    folder: &Path,
    opened: &Opened,
    faults: &mut Diagnostics,
) -> Result<(), Failure> {
    let path = folder.join(POSTERIOR).display().to_string();
    let place = Place {
        file: path.clone(),
        line: 0,
        column: 0,
    };
    let fault = match posterior(folder, opened)? {
        Posterior::Usable(_) | Posterior::NeverMade => return Ok(()),
        Posterior::Lost => {
            Diagnostic::error("draws-lost", place, format!("the file is missing: {LOST}"))
                .about([path])
        }
        Posterior::Unusable(BadFile::OtherData { then, now }) => {
            let message = format!("the draws belong to data {then}, present are {now}");
            Diagnostic::warning("draws-stale", place, message).about([then, now])
        }
        Posterior::Unusable(bad) => {
            let line = bad.line().and_then(|line| u32::try_from(line).ok());
            let place = Place {
                line: line.unwrap_or(0),
                ..place
            };
            Diagnostic::error("draws-damaged", place, bad.to_string()).about([bad.to_string()])
        }
    };
    faults.push(fault.hint("restore the file, or run `tidemark calibrate` on the folder"));
    Ok(())
}
