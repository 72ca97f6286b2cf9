//! `cargo xtask soak`: sliders dragged for a while, memory taken every half minute → a table, and
//! whether it stays flat.
//!
//! The browser's part is `soak` of tests/e2e; it prints as it goes, with the table's columns and
//! the judgement from here.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

use crate::browser;
use crate::build::{self, Profile};
use crate::steps::step;
use crate::workspace::Workspace;

/// Something that must not grow.
#[derive(Debug, Clone, Copy)]
pub struct Watched {
    /// Head of its column.
    pub name: &'static str,
    /// Growth in a minute that is borne, in kB.
    pub most_per_minute: f64,
}

/// A page stays open for a working day. 20 kB a minute make 10 MB in eight hours, a tenth of what the
/// page takes when it opens; nobody notices.
const OF_PAGE: f64 = 20.0;
/// What processes hold is for the browser and its allocator to give back, in lumps of megabytes: 100 kB
/// a minute make 48 MB in eight hours, and less could not be told from their noise in half an hour.
const OF_PROCESS: f64 = 100.0;

/// What is watched; a sample has one number for each.
pub const WATCHED: [Watched; 5] = [
    Watched {
        name: "page heap",
        most_per_minute: OF_PAGE,
    },
    Watched {
        name: "page wasm",
        most_per_minute: OF_PAGE,
    },
    Watched {
        name: "worker wasm",
        most_per_minute: OF_PAGE,
    },
    Watched {
        name: "page and worker process",
        most_per_minute: OF_PROCESS,
    },
    Watched {
        name: "all processes",
        most_per_minute: OF_PROCESS,
    },
];

/// What was held at one moment.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Since the beginning.
    pub minutes: f64,
    /// In kB, one for each of [`WATCHED`]; nothing where it cannot be told here.
    pub kb: [Option<f64>; WATCHED.len()],
}

/// A line through points, fitted by least squares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// kB a minute.
    pub per_minute: f64,
    /// Standard error of that.
    pub error: f64,
}

/// How something that is watched went on in the second half of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It grows by no more than is borne, within two standard errors.
    Flat,
    /// It may grow by more or not: the noise is too large for the time.
    Unsure,
    /// It grows by more than is borne.
    Grows,
    /// It cannot be told.
    Unknown,
}

impl Verdict {
    /// For the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Unsure => "unsure",
            Self::Grows => "GROWS",
            Self::Unknown => "not told",
        }
    }
}

/// Slope of the points; `None` for fewer than three, or all at one time.
pub fn slope(points: &[(f64, f64)]) -> Option<Slope> {
    let n = points.len() as f64;
    if points.len() < 3 {
        return None;
    }
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let xx: f64 = points.iter().map(|p| (p.0 - x) * (p.0 - x)).sum();
    let xy: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    if xx == 0.0 {
        return None;
    }
    let per_minute = xy / xx;
    let rest = |p: &(f64, f64)| p.1 - y - per_minute * (p.0 - x);
    let squares: f64 = points.iter().map(|p| rest(p) * rest(p)).sum();
    Some(Slope {
        per_minute,
        error: (squares / (n - 2.0) / xx).sqrt(),
    })
}

/// What the second half of the samples says of one of [`WATCHED`].
pub fn judged(samples: &[Sample], k: usize) -> (Option<Slope>, Verdict) {
    let half = samples.last().map_or(0.0, |last| last.minutes / 2.0);
    let late = samples.iter().filter(|sample| sample.minutes >= half);
    let points: Vec<(f64, f64)> = late
        .filter_map(|sample| Some((sample.minutes, sample.kb[k]?)))
        .collect();
    let slope = slope(&points);
    let verdict = slope.map_or(Verdict::Unknown, |slope| {
        let most = WATCHED[k].most_per_minute;
        if slope.per_minute - 2.0 * slope.error > most {
            Verdict::Grows
        } else if slope.per_minute + 2.0 * slope.error > most {
            Verdict::Unsure
        } else {
            Verdict::Flat
        }
    });
    (slope, verdict)
}

/// Head of the table that [`row`] goes on with.
pub fn head() -> String {
    let names = WATCHED.map(|watched| watched.name).join(" | ");
    format!(
        "| minute | {names} |\n|--:{}|",
        "|--:".repeat(WATCHED.len())
    )
}

/// A sample as a row, in MB.
pub fn row(sample: &Sample) -> String {
    let mut out = format!("| {:.1} ", sample.minutes);
    for kb in sample.kb {
        let shown = kb.map_or("–".to_owned(), |kb| format!("{:.2}", kb / 1e3));
        let _ = write!(out, "| {shown} ");
    }
    out + "|"
}

/// The judgement in words, and whether nothing grows.
pub fn verdict(samples: &[Sample]) -> (String, bool) {
    let mut out = "In the second half, kB a minute:\n\n\
                   | | growth | ± | at most | |\n|---|--:|--:|--:|---|\n"
        .to_owned();
    let mut grows = false;
    for (k, watched) in WATCHED.iter().enumerate() {
        let (slope, verdict) = judged(samples, k);
        grows |= verdict == Verdict::Grows;
        let shown = slope.map_or("– | –".to_owned(), |slope| {
            format!("{:.1} | {:.1}", slope.per_minute, 2.0 * slope.error)
        });
        let _ = writeln!(
            out,
            "| {} | {shown} | {} | {} |",
            watched.name,
            watched.most_per_minute,
            verdict.word()
        );
    }
    (out, !grows)
}

/// Builds the site and drags its sliders for so long; the table is on the terminal.
///
/// # Errors
/// When something grows, or the browser's part fails.
pub fn soak(workspace: &Workspace, minutes: u32) -> Result<()> {
    browser::ensure()?;
    let dist = build::build(workspace, Profile::Release)?;
    step(&format!("drag sliders for {minutes} minutes"), || {
        let mut cargo = workspace.cargo();
        cargo.args(["run", "-q", "-p", "tidemark-e2e", "--bin", "soak", "--"]);
        cargo.arg(dist).arg(minutes.to_string());
        let status = cargo.status().context("cargo could not be started")?;
        match status.code() {
            Some(0) => Ok(()),
            _ => bail!("memory grows, or the browser's part failed: see above"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples every half minute for `minutes`, each holding what `kb` says.
    fn samples(minutes: f64, kb: impl Fn(f64) -> f64) -> Vec<Sample> {
        let count = (minutes * 2.0) as usize;
        let times = (0..=count).map(|k| k as f64 / 2.0);
        times
            .map(|minutes| Sample {
                minutes,
                kb: [Some(kb(minutes)); WATCHED.len()],
            })
            .collect()
    }

    #[track_caller]
    fn check(kb: impl Fn(f64) -> f64, expected: Verdict) {
        assert_eq!(judged(&samples(30.0, kb), 0).1, expected);
    }

    #[test]
    fn what_settles_in_the_first_half_is_flat() {
        check(|t| 9000.0 + 300.0 * t.min(10.0), Verdict::Flat);
    }

    #[test]
    fn what_goes_on_growing_is_told() {
        check(|t| 9000.0 + 40.0 * t, Verdict::Grows);
        check(|t| 9000.0 + 15.0 * t, Verdict::Flat);
    }

    #[test]
    fn noise_that_hides_the_limit_leaves_it_open() {
        // Up and down by turns of a minute, far more than is borne.
        let wave = |t: f64| 2000.0 * ((t * 2.0) as i64 % 4 - 1) as f64;
        check(wave, Verdict::Unsure);
    }

    #[test]
    fn few_samples_tell_nothing() {
        assert_eq!(judged(&samples(0.5, |_| 1.0), 0).1, Verdict::Unknown);
        assert!(verdict(&[]).1);
    }
}
