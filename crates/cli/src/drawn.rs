//! The members of a pack's folder: rows of posterior.csv and draws of its assumptions.

use std::io::Write;
use std::path::{Path, PathBuf};

use tidemark_evidence::posterior::{Stored, of_data};
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

    /// The members; what is missing or does not belong to the present data is told and done without.
    pub(crate) fn draws(
        &self,
        opened: &Opened,
        err: &mut dyn Write,
    ) -> Result<Option<Draws>, Failure> {
        let stored = self.posterior(opened, err)?;
        let posterior = stored.as_ref().map(|s| (s.parameters.as_slice(), &s.draws));
        match Draws::new(&opened.bound, posterior, self.members, self.seed) {
            Ok(draws) => Ok(Some(draws)),
            Err(bad) => {
                writeln!(err, "error: {bad}")?;
                Ok(None)
            }
        }
    }

    fn posterior(&self, opened: &Opened, err: &mut dyn Write) -> Result<Option<Stored>, Failure> {
        let path = self.folder.join(POSTERIOR);
        if !path.exists() {
            writeln!(err, "warning: there is no {}: {INSTEAD}", path.display())?;
            return Ok(None);
        }
        let found = posterior(&self.folder, opened, err)?;
        Ok(found.map(|(_, stored)| stored))
    }
}

/// Text and content of a folder's posterior.csv; `None` where there is none, or where it does not belong
/// to the present data, which is told.
pub(crate) fn posterior(
    folder: &Path,
    opened: &Opened,
    err: &mut dyn Write,
) -> Result<Option<(String, Stored)>, Failure> {
    let path = folder.join(POSTERIOR);
    if !path.exists() {
        return Ok(None);
    }
    let compiled = &opened.compiled;
    let now = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    let text = folder::read(&path)?;
    match of_data(&text, &now) {
        Ok(stored) => Ok(Some((text, stored))),
        Err(bad) => {
            writeln!(err, "warning: {}: {bad}: {INSTEAD}", path.display())?;
            Ok(None)
        }
    }
}
