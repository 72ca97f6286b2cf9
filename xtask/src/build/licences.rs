//! What the page's module is made of besides our own code → `licences.txt` of the site: each crate with its
//! licence, each text of a licence once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::wasm::{PAGE, TARGET};
use crate::workspace::Workspace;

/// The file in the site.
pub const FILE: &str = "licences.txt";

const HEAD: &str = "潮位 Tidemark\n\nThis program contains the Rust standard library (MIT OR Apache-2.0, \
    The Rust Project Developers) and the crates below. Texts of their licences follow, each with the crates \
    that carry it.\n\n";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    manifest_path: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

/// The file's text.
///
/// # Errors
/// When cargo cannot tell, or a crate names no licence.
pub fn text(workspace: &Workspace) -> Result<String> {
    let mut cargo = workspace.cargo();
    cargo.args([
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        TARGET,
    ]);
    let metadata = asked(&mut cargo)?;
    let used = used(&metadata);
    let mut crates: Vec<&Package> = metadata.packages.iter().collect();
    crates.retain(|package| used.contains(package.id.as_str()) && package.source.is_some());
    crates.sort_by_key(|package| (&package.name, &package.version));
    let mut out = HEAD.to_owned();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in crates {
        let named = format!("{} {}", package.name, package.version);
        let Some(licence) = &package.license else {
            bail!("{named} names no licence");
        };
        out.push_str(&format!("{named}: {licence}\n"));
        for text in beside(Path::new(&package.manifest_path))? {
            texts.entry(text).or_default().push(named.clone());
        }
    }
    for (text, carriers) in &texts {
        out.push_str(&format!(
            "\n{}\n{}\n\n{text}\n",
            "-".repeat(72),
            carriers.join(", ")
        ));
    }
    Ok(out)
}

fn asked(cargo: &mut Command) -> Result<Metadata> {
    let output = cargo.output().context("cargo could not be started")?;
    if !output.status.success() {
        bail!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata is not what it was")
}

/// Packages that are compiled into the page: not those of tests, builds and macros alone.
fn used(metadata: &Metadata) -> BTreeSet<&str> {
    let is_page = |p: &&Package| p.name == PAGE.package && p.source.is_none();
    let mut left: Vec<&str> = metadata
        .packages
        .iter()
        .filter(is_page)
        .map(|p| p.id.as_str())
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = left.pop() {
        let own = metadata.packages.iter().filter(|package| package.id == id);
        let mut kinds = own
            .flat_map(|package| &package.targets)
            .flat_map(|target| &target.kind);
        if kinds.any(|kind| kind == "proc-macro") || !seen.insert(id) {
            continue;
        }
        let own = metadata.resolve.nodes.iter().filter(|node| node.id == id);
        let normal = |dep: &&Dependency| dep.dep_kinds.iter().any(|kind| kind.kind.is_none());
        left.extend(
            own.flat_map(|node| node.deps.iter().filter(normal).map(|dep| dep.pkg.as_str())),
        );
    }
    seen
}

/// Texts of licences and notices in a crate's folder, in order of name.
fn beside(manifest: &Path) -> Result<Vec<String>> {
    let folder = manifest.parent().context("a manifest lies in a folder")?;
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .filter_map(|e| Some(e.ok()?.path()))
        .collect();
    paths.sort();
    paths.retain(|path| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_uppercase();
        let begins = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];
        path.is_file() && begins.iter().any(|word| name.starts_with(word))
    });
    let read = |path: &std::path::PathBuf| {
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(text.replace("\r\n", "\n").trim().to_owned())
    };
    paths.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_page_is_named_with_its_licence() {
        let text = text(&Workspace::find().unwrap()).unwrap();
        for named in [
            "\nyew 0.",
            "\nplotters 0.",
            "\nserde_json 1.",
            "Apache License",
        ] {
            assert!(text.contains(named), "no {named:?}");
        }
        // Neither of tests nor of builds, nor our own.
        for other in ["\nproptest ", "\nsyn ", "\ntidemark-engine "] {
            assert!(!text.contains(other), "{other:?}");
        }
    }
}
