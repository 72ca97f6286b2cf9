//! `tidemark check`: the faults of a model or of a pack's folder.

use std::io::Write;
use std::path::PathBuf;

use tidemark_engine::UnitFaults;
use tidemark_engine::diag::{Diagnostics, Severity};

use crate::failure::Failure;
use crate::{Answer, drawn, folder, report};

/// What to check and how to say it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A model (.xmile) or a pack's folder
    path: PathBuf,
    /// Print the faults as JSON on the standard output
    #[arg(long)]
    json: bool,
}

/// Reports every fault; the answer is no when one of them is an error.
pub(crate) fn check(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let mut faults = Diagnostics::new();
    let sound = if arguments.path.is_dir() {
        let opened = folder::open_pack(&arguments.path, &mut faults)?;
        if let Some(opened) = &opened {
            drawn::check(&arguments.path, opened, &mut faults)?;
        }
        let refused = faults.iter().any(|fault| fault.severity == Severity::Error);
        opened.is_some() && !refused
    } else {
        folder::open_model(&arguments.path, UnitFaults::Judge, &mut faults)?.is_some()
    };
    if arguments.json {
        report::write_json(&faults, out)?;
    } else {
        report::write_text(&faults, err)?;
        let path = arguments.path.display();
        writeln!(out, "{path}: {}", report::summary(&faults))?;
    }
    Ok(if sound { Answer::Yes } else { Answer::No })
}
