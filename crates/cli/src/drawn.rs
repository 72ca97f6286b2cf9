//! The members of a pack's folder: rows of posterior.csv and draws of its assumptions.

use std::io::Write;
use std::path::Path;

use tidemark_evidence::posterior::{Stored, from_text};
use tidemark_pack::version::data_version;
use tidemark_reach::draws::Draws;

use crate::calibrate::POSTERIOR;
use crate::failure::Failure;
use crate::folder::{self, Opened};

/// So many members; what is missing or does not belong to the present data is told and done without.
pub(crate) fn draws(
    folder: &Path,
    opened: &Opened,
    count: usize,
    seed: u64,
    err: &mut dyn Write,
) -> Result<Option<Draws>, Failure> {
    let stored = posterior(folder, opened, err)?;
    let posterior = stored.as_ref().map(|s| (s.parameters.as_slice(), &s.draws));
    match Draws::new(&opened.bound, posterior, count, seed) {
        Ok(draws) => Ok(Some(draws)),
        Err(bad) => {
            writeln!(err, "error: {bad}")?;
            Ok(None)
        }
    }
}

fn posterior(
    folder: &Path,
    opened: &Opened,
    err: &mut dyn Write,
) -> Result<Option<Stored>, Failure> {
    let path = folder.join(POSTERIOR);
    let instead = "assumptions alone are drawn from; run `tidemark calibrate` on the folder";
    if !path.exists() {
        writeln!(err, "warning: there is no {}: {instead}", path.display())?;
        return Ok(None);
    }
    let compiled = &opened.compiled;
    let now = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    let why = match from_text(&folder::read(&path)?) {
        Ok(stored) if stored.data_version == now => return Ok(Some(stored)),
        Ok(stored) => format!(
            "it belongs to data {}, present are {now}",
            stored.data_version
        ),
        Err(bad) => bad.to_string(),
    };
    writeln!(err, "warning: {}: {why}: {instead}", path.display())?;
    Ok(None)
}
