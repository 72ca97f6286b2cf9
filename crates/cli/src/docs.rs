//! `tidemark docs`: the technical reference of a pack and its model as one HTML page.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use tidemark_reference::{file_name, page};

use crate::failure::Failure;
use crate::{Answer, folder, report};

/// What to describe and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with pack.toml and actuals.csv
    folder: PathBuf,
    /// File to write; without it `<place>.reference.html` in the working folder
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the page when nothing is wrong with pack and model.
pub(crate) fn docs(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let (opened, faults) = folder::open_told(&arguments.folder, err)?;
    let Some(opened) = opened else {
        let folder = arguments.folder.display();
        let summary = report::summary(&faults);
        writeln!(err, "{folder}: {summary}; nothing written")?;
        return Ok(Answer::No);
    };
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => PathBuf::from(file_name(&opened.compiled)),
    };
    let text = page(&opened.compiled, &opened.loaded);
    fs::write(&path, &text).map_err(|source| Failure::Unwritable {
        path: path.clone(),
        source,
    })?;
    let n_variables = opened.loaded.model.variables().len();
    writeln!(
        out,
        "{}: {n_variables} variables, {} targets, {} bytes",
        path.display(),
        opened.compiled.pack.target.len(),
        text.len(),
    )?;
    Ok(Answer::Yes)
}
