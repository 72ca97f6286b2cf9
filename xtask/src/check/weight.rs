//! Bytes that the page loads, raw and as a server would compress them, against the limit.

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
    println!("  {total} of at most {MOST_BYTES} bytes compressed");
    Ok(())
}

/// Files that the page does not load by itself: a reader opens the technical reference in a page
/// of its own, from a link; further draws are read by who sets more members.
fn is_loaded(path: &str) -> bool {
    !path.ends_with(".reference.html") && !path.ends_with(".more-draws.csv")
}

/// What one visit loads: of the places only one, here the heaviest.
pub fn first_load(weights: &[Weight]) -> usize {
    let is_pack = |weight: &&Weight| weight.path.ends_with(".pack.json");
    let all: usize = weights.iter().map(|weight| weight.gzip).sum();
    let packs = weights.iter().filter(is_pack).map(|weight| weight.gzip);
    let heaviest = packs.clone().max().unwrap_or(0);
    all - packs.sum::<usize>() + heaviest
}

/// The weight of every file below `dist` that the page loads, in order of path.
///
/// # Errors
/// When a file cannot be read.
pub fn weigh(dist: &Path) -> Result<Vec<Weight>> {
    files_below(dist)?
        .into_iter()
        .filter(|path| is_loaded(path))
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
