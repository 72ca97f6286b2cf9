//! A crate → its wasm module → the module and glue that a page loads.
//!
//! wasm-bindgen's command is used as a library, pinned in the root manifest together with
//! `wasm-bindgen`, so that no installed binary can be of another version.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::Profile;
use super::site::{files_below, short_hash};
use crate::steps::{run, step};
use crate::workspace::Workspace;

/// The page's target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A binary of the workspace that becomes a module.
#[derive(Debug, Clone, Copy)]
pub struct Binary {
    /// Its package.
    pub package: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// The app.
pub const PAGE: Binary = Binary {
    package: "tidemark",
    name: "tidemark-app",
};

/// Installs the standard library of [`TARGET`] where it is missing.
///
/// `rust-toolchain.toml` names it, but rustup ignores that where automatic installation is off.
///
/// # Errors
/// When rustup is missing or cannot install it, with what to do.
pub fn ensure_target(workspace: &Workspace) -> Result<()> {
    if target_present(workspace)? {
        return Ok(());
    }
    step(&format!("install the target {TARGET}"), || {
        let add = run(rustup(workspace).args(["target", "add", TARGET]));
        if add.is_err() {
            // Installs everything that `rust-toolchain.toml` names.
            run(rustup(workspace).args(["toolchain", "install"])).ok();
        }
        if target_present(workspace)? {
            return Ok(());
        }
        bail!(
            "the Rust target {TARGET} is missing and could not be installed\n  \
             next step: `rustup target add {TARGET}` in {} (rustup: https://rustup.rs); \
             without rustup, install that target's standard library from your distribution",
            workspace.root().display()
        )
    })
}

fn rustup(workspace: &Workspace) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(workspace.root());
    command
}

fn target_present(workspace: &Workspace) -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(workspace.root())
        .output()
        .context("rustc could not be started")?;
    Ok(Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

/// Compiles a binary for the browser and returns the path of its module.
///
/// # Errors
/// When cargo fails; its messages are on the terminal.
pub fn compile(workspace: &Workspace, binary: Binary, profile: Profile) -> Result<PathBuf> {
    let mut cargo = workspace.cargo();
    cargo
        .args(["build", "--target", TARGET])
        .args(["-p", binary.package, "--bin", binary.name])
        .stdin(Stdio::null());
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    for flag in unnamed(workspace)? {
        cargo.args(["--config", &flag]);
    }
    run(&mut cargo)?;
    let module = workspace
        .target()
        .join(TARGET)
        .join(profile.folder())
        .join(format!("{}.wasm", binary.name));
    if !module.is_file() {
        bail!("cargo left no {}", module.display());
    }
    Ok(module)
}

/// Cargo settings under which no path of this machine gets into a module: where a panic is, is told from the
/// crate on. Cargo joins them with those of the workspace.
fn unnamed(workspace: &Workspace) -> Result<Vec<String>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let home = home.context("neither CARGO_HOME nor HOME is set")?;
    let root = workspace.root().to_owned();
    // The last that fits counts; of the registry's copy of a crate only its own folder is told.
    let mut folders = vec![(root, "tidemark"), (home.clone(), "cargo")];
    let sources = home.join("registry").join("src");
    for registry in fs::read_dir(&sources).into_iter().flatten().flatten() {
        folders.push((registry.path(), "crates"));
    }
    let flags = folders.iter().map(|(from, to)| {
        let flag = format!("--remap-path-prefix={}={to}", from.display());
        format!("target.{TARGET}.rustflags=[{}]", toml::Value::String(flag))
    });
    Ok(flags.collect())
}

/// Glue, module and snippets for a page, by file name; kept from the last time where the
/// module is the same.
///
/// # Errors
/// When the module is not one of this wasm-bindgen version.
pub fn bind(workspace: &Workspace, module: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let name = module
        .file_stem()
        .context("a module has a name")?
        .to_string_lossy()
        .into_owned();
    let content = fs::read(module)?;
    let kept = workspace.target().join("xtask").join(&name);
    let folder = kept.join(short_hash(&content));
    if !folder.is_dir() {
        if kept.exists() {
            fs::remove_dir_all(&kept)?;
        }
        // Written beside and moved, so that an interrupted run leaves nothing half done.
        let fresh = kept.join("fresh");
        Bindgen::new()
            .input_bytes(&name, content)
            .web(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .keep_debug(false)
            .generate(&fresh)?;
        fs::rename(&fresh, &folder)?;
    }
    files_below(&folder)?
        .into_iter()
        .map(|path| Ok((path.clone(), fs::read(folder.join(&path))?)))
        .collect()
}
