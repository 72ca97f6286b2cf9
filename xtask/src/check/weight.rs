//! Bytes that the page loads, raw and as a server would compress them, against the limit; beside them
//! what it loads only where a reader asks for it.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::build::site::files_below;
use crate::build::{self, Profile};
use crate::workspace::Workspace;

/// First load in all, compressed.
pub const MOST_BYTES: usize = 1_200_000;

/// One file of the site.
#[derive(Debug, Clone)]
pub struct Weight {
    /// Path in the site.
    pub path: String,
    /// As it lies on disk.
    pub raw: usize,
    /// After gzip at its highest level.
    pub gzip: usize,
}

/// Builds the site as it is shipped and weighs it.
///
/// # Errors
/// When it is heavier than the limit, or those of the build.
pub fn check(workspace: &Workspace) -> Result<()> {
    let dist = build::build(workspace, Profile::Release)?;
    let weights = weigh(&dist)?;
    let total = first_load(&weights);
    if total > MOST_BYTES {
        for weight in &weights {
            eprintln!(
                "  {:>9} gzip {:>9} raw  {}",
                weight.gzip, weight.raw, weight.path
            );
        }
        bail!(
            "dist/ is {total} bytes compressed, more than {MOST_BYTES}\n  \
             to do: see what grew in the list above"
        );
    }
    println!("  {total} of at most {MOST_BYTES} bytes compressed; on demand, not counted:");
    for weight in on_demand(&dist)? {
        println!("  {:>9} {}", weight.gzip, weight.path);
    }
    Ok(())
}

/// How files end that the page does not load by itself: a reader opens the technical reference in a
/// page of its own, from a link, as are licences; further draws are read by who sets more members, the record
/// of credibility by who opens its page, the records of packs by who opens a link of before.
const ON_DEMAND: [&str; 5] = [
    ".reference.html",
    ".more-draws.csv",
    ".credibility.json",
    "licences.txt",
    "packs/links.txt",
];

fn is_on_demand(path: &str) -> bool {
    ON_DEMAND.iter().any(|ending| path.ends_with(ending))
}

/// What one visit loads: of the places only one, here the heaviest.
pub fn first_load(weights: &[Weight]) -> usize {
    let is_pack = |weight: &&Weight| weight.path.ends_with(".pack.json");
    let all: usize = weights.iter().map(|weight| weight.gzip).sum();
    let packs = weights.iter().filter(is_pack).map(|weight| weight.gzip);
    let heaviest = packs.clone().max().unwrap_or(0);
    all - packs.sum::<usize>() + heaviest
}

/// The weight of every file below `dist` that the page loads by itself, in order of path.
///
/// # Errors
/// When a file cannot be read.
pub fn weigh(dist: &Path) -> Result<Vec<Weight>> {
    weights(dist, |path| !is_on_demand(path))
}

/// The weight of the other files, in order of path.
///
/// # Errors
/// When a file cannot be read.
pub fn on_demand(dist: &Path) -> Result<Vec<Weight>> {
    weights(dist, is_on_demand)
}

fn weights(dist: &Path, is_meant: impl Fn(&str) -> bool) -> Result<Vec<Weight>> {
    files_below(dist)?
        .into_iter()
        .filter(|path| is_meant(path))
        .map(|path| {
            let content = fs::read(dist.join(&path))?;
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&content)?;
            Ok(Weight {
                path,
                raw: content.len(),
                gzip: encoder.finish()?.len(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_to_be_asked_for_is_told_from_the_rest() {
        let names = [
            "packs/a.credibility.json",
            "packs/a.draws.csv",
            "packs/a.more-draws.csv",
            "packs/a.pack.json",
            "packs/a.reference.html",
            "index.html",
        ];
        let loaded = names.into_iter().filter(|name| !is_on_demand(name));
        let expected = ["packs/a.draws.csv", "packs/a.pack.json", "index.html"];
        assert!(loaded.eq(expected));
    }

    #[test]
    fn a_visit_loads_the_heaviest_pack_alone() {
        let weight = |path: &str, gzip| Weight {
            path: path.to_owned(),
            raw: 10 * gzip,
            gzip,
        };
        let weights = [
            weight("index.html", 1),
            weight("packs/a.pack.json", 20),
            weight("packs/b.pack.json", 30),
        ];
        assert_eq!(first_load(&weights), 31);
    }
}
