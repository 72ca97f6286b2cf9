//! `tidemark pack`: checks a pack's folder, quotes too, and compiles it into the file that a page loads,
//! with what a page opens with, and its record of credibility, where it has one, into another beside it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tidemark_engine::diag::{Diagnostics, Severity};
use tidemark_evidence::opening::opening;
use tidemark_pack::compiled::credibility;
use tidemark_pack::quotes::check_quotes;
use tidemark_pack::record::Pack;

use crate::failure::Failure;
use crate::folder::Opened;
use crate::{Answer, drawn, folder, report};

/// What to compile, where to, and against which documents.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with pack.toml and actuals.csv
    folder: PathBuf,
    /// File to write; without it `<place>.pack.json` in the working folder. A record of credibility
    /// goes beside it, into `<place>.credibility.json`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Folder with the documents that sources name: every quote must stand in its document
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,
}

/// Writes the compiled pack when nothing is wrong with it.
pub(crate) fn pack(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let mut faults = Diagnostics::new();
    let opened = folder::open_pack(&arguments.folder, &mut faults)?;
    let mut quotes = None;
    if let (Some(opened), Some(folder)) = (&opened, &arguments.documents) {
        let documents = documents(&opened.compiled.pack, folder)?;
        let pack = &opened.compiled.pack;
        quotes = Some(check_quotes(pack, &documents, &opened.places, &mut faults));
    }
    report::write_text(&faults, err)?;
    let refused = faults.iter().any(|f| f.severity == Severity::Error);
    let Some(opened) = opened.filter(|_| !refused) else {
        let folder = arguments.folder.display();
        writeln!(
            err,
            "{folder}: {}; nothing written",
            report::summary(&faults)
        )?;
        return Ok(Answer::No);
    };
    let opened = with_opening(arguments, opened, err)?;
    write(arguments, &opened, quotes, out)?;
    Ok(Answer::Yes)
}

/// The pack with what a page opens with, from the draws beside it.
fn with_opening(
    arguments: &Arguments,
    opened: Opened,
    err: &mut dyn Write,
) -> Result<Opened, Failure> {
    let posterior = drawn::posterior(&arguments.folder, &opened, err)?;
    let draws = posterior.as_ref().map(|(text, _)| text.as_str());
    let opening = opening(&opened.bound, &opened.loaded.program, draws)?;
    let compiled = opened.compiled.with_opening(Some(opening.written()));
    Ok(Opened { compiled, ..opened })
}

fn write(
    arguments: &Arguments,
    opened: &Opened,
    quotes: Option<usize>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let pack = opened.bound.pack();
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => PathBuf::from(format!("{}.pack.json", pack.meta.id)),
    };
    let json = opened.compiled.to_json();
    save(&path, &json)?;
    writeln!(
        out,
        "{}: {} levers, {} assumptions, {} indicators, {} targets, {} sources, {} actuals",
        path.display(),
        pack.lever.len(),
        pack.assumption.len(),
        pack.indicator.len(),
        pack.target.len(),
        pack.source.len(),
        opened.bound.actuals().len(),
    )?;
    match quotes {
        Some(count) => writeln!(out, "quotes: {count} stand in their documents")?,
        None => writeln!(out, "quotes: not checked, --documents names their folder")?,
    }
    writeln!(out, "{} bytes, sha256 {}", json.len(), opened.bound.hash())?;
    if let Some(record) = &opened.credibility {
        let path = beside(&path);
        let json = credibility::to_json(record, opened.bound.hash());
        save(&path, &json)?;
        writeln!(out, "{}: {} bytes", path.display(), json.len())?;
    }
    Ok(())
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|source| Failure::Unwritable {
        path: path.to_owned(),
        source,
    })
}

/// Where the record of credibility of a compiled pack goes: `a.pack.json` → `a.credibility.json`.
fn beside(pack: &Path) -> PathBuf {
    let name = pack.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".json").unwrap_or(&name);
    let stem = stem.strip_suffix(".pack").unwrap_or(stem);
    pack.with_file_name(format!("{stem}.credibility.json"))
}

/// The documents that sources name, as far as they are there.
///
/// # Errors
/// When the folder cannot be read, or a document in it is no text.
fn documents(pack: &Pack, folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let unreadable = |source| Failure::Unreadable {
        path: folder.to_owned(),
        source,
    };
    fs::read_dir(folder).map_err(unreadable)?;
    let mut names: Vec<&str> = pack.source.iter().map(|s| s.file.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let paths = names.into_iter().map(|name| (name, folder.join(name)));
    paths
        .filter(|(_, path)| path.is_file())
        .map(|(name, path)| Ok((name.to_owned(), folder::read(&path)?)))
        .collect()
}
