//! Bytes that the page loads, raw and as a server would compress them, against the limit.

use std::collections::BTreeMap;
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
    let total: usize = weights.iter().map(|weight| weight.gzip).sum();
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

/// Place of a file of a pack, of which a page loads one: `packs/town.pack.json`, `packs/town.draws.csv`.
fn place(path: &str) -> Option<&str> {
    let name = path.strip_prefix("packs/")?;
    let (place, ending) = name.split_once('.')?;
    ["pack.json", "draws.csv"]
        .contains(&ending)
        .then_some(place)
}

/// The weight of every file below `dist` that the page loads, in order of path; of the packs, one of
/// which it loads, the heaviest.
///
/// # Errors
/// When a file cannot be read.
pub fn weigh(dist: &Path) -> Result<Vec<Weight>> {
    let mut weights = all(dist)?;
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for weight in &weights {
        if let Some(place) = place(&weight.path) {
            *places.entry(place.to_owned()).or_default() += weight.gzip;
        }
    }
    let heaviest = places.into_iter().max_by_key(|(_, gzip)| *gzip);
    weights.retain(|weight| {
        let heaviest = heaviest.as_ref().map(|(place, _)| place.as_str());
        place(&weight.path).is_none_or(|place| Some(place) == heaviest)
    });
    Ok(weights)
}

fn all(dist: &Path) -> Result<Vec<Weight>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_loads_the_files_of_one_place() {
        let of = [
            "packs/a.pack.json",
            "packs/a.draws.csv",
            "packs/index.json",
            "x.js",
        ]
        .map(place);
        assert_eq!(of, [Some("a"), Some("a"), None, None]);
        assert!(!is_loaded("packs/a.more-draws.csv"));
    }
}
