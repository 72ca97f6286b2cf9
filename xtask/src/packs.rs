//! Pack folders → `packs/<place>.pack.json`, what lies beside it (draws, credibility, technical
//! reference) and `packs/index.json`, the list the page reads.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_evidence::shipping::{Shipped, ship};
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::compiled::credibility;
use tidemark_pack::record::credibility::Credibility;
use tidemark_pack::sources::{Files, TextFile, compile_folder, with_credibility};

use crate::build::site::Site;
use crate::workspace::Workspace;

/// One line of `packs/index.json`.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Folder name of the pack.
    pub id: String,
    /// Name of the place as users read it.
    pub label: String,
    /// File beside the index.
    pub file: String,
    /// Technical reference beside the index.
    pub reference: String,
    /// The first draws of its fit beside the index; empty where there is none for its data.
    pub draws: String,
    /// The others, which a page reads that wants more members.
    pub more_draws: String,
    /// Its record of credibility beside the index; empty where there is none for its data.
    pub credibility: String,
    /// Content hash, by which a link without an id knows its pack.
    pub hash: String,
}

/// A pack ready for the page.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// Its line in the index.
    pub entry: Entry,
    /// Content of its file.
    pub json: String,
    /// Content of its reference.
    pub reference: String,
    /// Content of its files of draws, empty where there is none.
    pub draws: [String; 2],
    /// Content of its record of credibility, empty where there is none.
    pub credibility: String,
}

/// Compiles every folder of `packs/` that holds a `pack.toml`, in order of name.
///
/// # Errors
/// When a pack has faults; they are on the terminal with their places.
pub fn compile_all(workspace: &Workspace) -> Result<Vec<Compiled>> {
    let mut packs = Vec::new();
    let mut broken = Vec::new();
    for folder in folders(workspace)? {
        let mut faults = Diagnostics::new();
        let opened = open(workspace, &folder, &mut faults)?;
        for fault in &faults {
            eprintln!("  {fault}");
        }
        match opened {
            Some(pack) => {
                let shipped = shipped(workspace, &folder, &pack)?;
                packs.push(entry(&pack, shipped));
            }
            None => broken.push(workspace.relative(&folder).display().to_string()),
        }
    }
    if !broken.is_empty() {
        bail!("{} not compiled, see the errors above", broken.join(", "));
    }
    Ok(packs)
}

/// Folders of packs, in order of name.
///
/// # Errors
/// When `packs/` cannot be read.
pub fn folders(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut folders: Vec<_> = fs::read_dir(workspace.root().join("packs"))
        .context("cannot read packs/")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("pack.toml").is_file())
        .collect();
    folders.sort();
    Ok(folders)
}

/// A pack with its model, both checked, and joined.
#[derive(Debug)]
pub struct Opened {
    /// What the page loads.
    pub compiled: tidemark_pack::compiled::Compiled,
    /// What fits and hindcasts say of it, where they were made for its data.
    pub credibility: Option<Credibility>,
    /// The model's text made ready, its program with the constants of the pack's place.
    pub loaded: Loaded,
    /// The join of the two.
    pub bound: Bound,
    /// Where the model's text lies.
    pub model: PathBuf,
}

/// Reads and checks the pack of a folder; `None` when `faults` holds an error.
///
/// # Errors
/// When a file cannot be read.
pub fn open(
    workspace: &Workspace,
    folder: &Path,
    faults: &mut Diagnostics,
) -> Result<Option<Opened>> {
    let pack = read(&folder.join("pack.toml"))?;
    let actuals = read(&folder.join("actuals.csv"))?;
    let model_path = model_path(workspace, &pack)
        .with_context(|| format!("{}/pack.toml", workspace.relative(folder).display()))?;
    let model = read(&model_path)?;
    let name = |path: &Path| workspace.relative(path).display().to_string();
    let names = [
        name(&folder.join("pack.toml")),
        name(&folder.join("actuals.csv")),
        name(&model_path),
    ];
    let files = Files {
        pack: TextFile {
            name: &names[0],
            text: &pack,
        },
        actuals: TextFile {
            name: &names[1],
            text: &actuals,
        },
        model: TextFile {
            name: &names[2],
            text: &model,
        },
    };
    let compiled = compile_folder(&files, faults);
    let credibility = folder.join("credibility.json");
    let compiled = match (compiled, fs::read_to_string(&credibility)) {
        (Some(compiled), Ok(text)) => {
            let file = TextFile {
                name: &name(&credibility),
                text: &text,
            };
            Some(with_credibility(compiled, file, faults))
        }
        (compiled, _) => compiled.map(|compiled| (compiled, None)),
    };
    let loaded = tidemark_engine::load(&model, &names[2], faults);
    let (Some((compiled, credibility)), Some(mut loaded)) = (compiled, loaded) else {
        return Ok(None);
    };
    let Some(bound) = bind(&compiled, &loaded, faults) else {
        return Ok(None);
    };
    loaded.program = bound.program(&loaded.program);
    Ok(Some(Opened {
        compiled,
        credibility,
        loaded,
        bound,
        model: model_path,
    }))
}

/// The model that `[meta] model` names; the whole record is checked by the pack's own reader.
fn model_path(workspace: &Workspace, pack: &str) -> Result<PathBuf> {
    let table: toml::Table = pack.parse()?;
    let name = table
        .get("meta")
        .and_then(|meta| meta.get("model")?.as_str())
        .context("`[meta]` names no `model`")?;
    Ok(workspace
        .root()
        .join("models")
        .join(name)
        .join("model.xmile"))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// What is shipped of a pack, with its `posterior.csv` where it has one; draws that cannot be used are told.
fn shipped(workspace: &Workspace, folder: &Path, pack: &Opened) -> Result<Shipped> {
    let path = folder.join("posterior.csv");
    let text = path.is_file().then(|| read(&path)).transpose()?;
    let (compiled, program) = (pack.compiled.clone(), &pack.loaded.program);
    let shipped = ship(compiled, &pack.bound, program, text.as_deref())?;
    if let Some(bad) = &shipped.unusable {
        let name = workspace.relative(&path).display().to_string();
        eprintln!("  warning: {name}: {bad}: the page will have no chances");
    }
    Ok(shipped)
}

fn entry(pack: &Opened, shipped: Shipped) -> Compiled {
    let meta = &pack.compiled.pack.meta;
    let draws = shipped.draws;
    let record = pack.credibility.as_ref();
    let credibility = record.map(|record| credibility::to_json(record, &pack.compiled.hash));
    let credibility = credibility.unwrap_or_default();
    let named = |content: &str, ending: &str| match content {
        "" => String::new(),
        _ => format!("{}.{ending}", meta.id),
    };
    Compiled {
        entry: Entry {
            id: meta.id.clone(),
            label: meta.place.zh.clone(),
            file: format!("{}.pack.json", meta.id),
            reference: tidemark_reference::file_name(&pack.compiled),
            draws: named(&draws[0], "draws.csv"),
            more_draws: named(&draws[1], "more-draws.csv"),
            credibility: named(&credibility, "credibility.json"),
            hash: pack.compiled.hash.clone(),
        },
        json: shipped.compiled.to_json(),
        reference: tidemark_reference::page(&pack.compiled, &pack.loaded),
        draws,
        credibility,
    }
}

/// What stood at which position of packs whose links named positions; the page reads it where it meets such a
/// link.
const RECORDS: &[u8] = include_bytes!("../../packs/links.txt");

/// Adds the packs and their index to the site.
///
/// # Errors
/// When the index cannot be written as JSON.
pub fn add(site: &mut Site, packs: &[Compiled]) -> Result<()> {
    for pack in packs {
        site.add(format!("packs/{}", pack.entry.file), pack.json.as_bytes());
        let reference = format!("packs/{}", pack.entry.reference);
        site.add(reference, pack.reference.as_bytes());
        let [first, more] = &pack.draws;
        for (name, content) in [
            (&pack.entry.draws, first),
            (&pack.entry.more_draws, more),
            (&pack.entry.credibility, &pack.credibility),
        ] {
            if !name.is_empty() {
                site.add(format!("packs/{name}"), content.as_bytes());
            }
        }
    }
    let index: Vec<_> = packs.iter().map(|pack| &pack.entry).collect();
    site.add("packs/index.json", serde_json::to_vec_pretty(&index)?);
    site.add("packs/links.txt", RECORDS);
    Ok(())
}

/// Compiles every pack into `folder/packs/`.
///
/// # Errors
/// When `folder` is missing, or those of [`compile_all`].
pub fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        bail!("{} is no folder", folder.display());
    }
    let mut site = Site::default();
    add(&mut site, &compile_all(workspace)?)?;
    site.write_into(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidemark_evidence::posterior::described;
    use tidemark_pack::compiled::read;

    #[test]
    fn what_lies_beside_a_pack_is_of_that_pack() {
        let workspace = Workspace::find().unwrap();
        let mut faults = Diagnostics::new();
        for folder in folders(&workspace).unwrap() {
            let opened = open(&workspace, &folder, &mut faults).unwrap().unwrap();
            let Compiled {
                entry,
                json,
                credibility: beside,
                draws,
                ..
            } = entry(&opened, shipped(&workspace, &folder, &opened).unwrap());
            let pack = read(&json, &entry.file, &mut faults).unwrap();
            assert_eq!(pack.hash, entry.hash);
            let parts: Vec<&str> = draws.iter().map(String::as_str).collect();
            assert_eq!(pack.draws, described([parts[0], parts[1]]));
            assert!(pack.opening.is_some(), "the draws cannot be used");
            assert_eq!(entry.credibility.is_empty(), pack.hindcast.is_none());
            if let Some(summary) = pack.hindcast {
                let record = credibility::read(&beside, "", &entry.hash, &mut faults);
                assert_eq!(record.unwrap().summary(), summary);
            }
        }
        assert!(faults.is_empty(), "{faults:?}");
    }
}
