//! `cargo xtask build`: wasm, glue, styles, packs and the page → `dist/`, a static site.
//!
//! Scripts, styles and wasm carry a content hash in their names; all addresses are relative.
//! Start at [`build`]; [`page`] makes `index.html`, [`wasm`] the module and its glue.

pub mod licences;
pub mod page;
pub mod site;
pub mod wasm;

use std::path::PathBuf;

use anyhow::Result;

use crate::packs;
use crate::steps::step;
use crate::workspace::Workspace;
use site::Site;

/// How the page is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Cargo's `dev`: compiles fast, runs slowly.
    Dev,
    /// What is shipped.
    Release,
}

impl Profile {
    /// `Dev` when the user asked for it.
    pub fn of(dev: bool) -> Self {
        if dev { Self::Dev } else { Self::Release }
    }

    /// Name of cargo's output folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Builds the site and returns its folder.
///
/// # Errors
/// Those of the step that fails; the compiler's and the packs' own messages are on the terminal.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    wasm::ensure_target(workspace)?;
    let module = step(&format!("compile the page ({})", profile.folder()), || {
        wasm::compile(workspace, wasm::PAGE, profile)
    })?;
    let glue = step("bind it to JavaScript", || wasm::bind(workspace, &module))?;
    let compiled = step("compile the packs", || packs::compile_all(workspace))?;
    let dist = workspace.dist();
    step("write dist/", || {
        let mut site = Site::default();
        let glue = site.add_glue(glue)?;
        page::add(&mut site, workspace.root(), &glue)?;
        packs::add(&mut site, &compiled)?;
        site.add(licences::FILE, licences::text(workspace)?);
        site.write(&dist)
    })?;
    Ok(dist)
}
