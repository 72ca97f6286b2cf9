//! `tidemark pack`: checks a pack's folder, quotes too, and compiles it into the file that a page loads,
//! with what a page opens with; its record of credibility and its draws, where it has them, go into others
//! beside it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tidemark_engine::diag::{Diagnostics, Severity};
use tidemark_evidence::shipping::{Shipped, ship};
use tidemark_pack::compiled::credibility;
use tidemark_pack::quotes::check_quotes;
use tidemark_pack::record::Pack;

use crate::calibrate::POSTERIOR;
use crate::drawn::NO_CHANCE;
use crate::failure::Failure;
use crate::folder::Opened;
use crate::{Answer, drawn, folder, report};

/// What to compile, where to, and against which documents.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with pack.toml and actuals.csv
    folder: PathBuf,
    /// File to write; without it `<place>.pack.json` in the working folder. A record of credibility
    /// goes beside it, into `<place>.credibility.json`, draws into `<place>.draws.csv` and
    /// `<place>.more-draws.csv`
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
    if let Some(opened) = &opened {
        drawn::check(&arguments.folder, opened, &mut faults)?;
    }
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
    let shipped = shipped(&arguments.folder, &opened)?;
    if shipped.unusable.is_some() {
        writeln!(err, "warning: {NO_CHANCE}")?;
    }
    write(arguments, &opened, &shipped, quotes, out)?;
    Ok(Answer::Yes)
}

fn shipped(place: &Path, opened: &Opened) -> Result<Shipped, Failure> {
    let path = place.join(POSTERIOR);
    let text = path.exists().then(|| folder::read(&path)).transpose()?;
    let (bound, program) = (&opened.bound, &opened.loaded.program);
    Ok(ship(
        opened.compiled.clone(),
        bound,
        program,
        text.as_deref(),
    )?)
}

fn write(
    arguments: &Arguments,
    opened: &Opened,
    shipped: &Shipped,
    quotes: Option<usize>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let pack = opened.bound.pack();
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => PathBuf::from(format!("{}.pack.json", pack.meta.id)),
    };
    let json = shipped.compiled.to_json();
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
        let json = credibility::to_json(record, opened.bound.hash());
        save_beside(&path, "credibility.json", &json, out)?;
    }
    for (name, text) in ["draws.csv", "more-draws.csv"].iter().zip(&shipped.draws) {
        if !text.is_empty() {
            save_beside(&path, name, text, out)?;
        }
    }
    Ok(())
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|source| Failure::Unwritable {
        path: path.to_owned(),
        source,
    })
}

/// Saves what goes beside a compiled pack: `a.pack.json` → `a.draws.csv`.
fn save_beside(pack: &Path, ending: &str, text: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let name = pack.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".json").unwrap_or(&name);
    let stem = stem.strip_suffix(".pack").unwrap_or(stem);
    let path = pack.with_file_name(format!("{stem}.{ending}"));
    save(&path, text)?;
    writeln!(out, "{}: {} bytes", path.display(), text.len())?;
    Ok(())
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
