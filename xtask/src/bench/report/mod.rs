//! Measurements → the text of `BENCH.md`; each table in a file or function of its own.
//!
//! `tables` has the engine's figures, `page` and `workers` what a user of the page waits for,
//! `holds` what the figures are held to.

mod holds;
mod page;
mod tables;
mod workers;

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Context, Result};

use super::measured::{OfPage, OfWorkers};
use super::{IN_PAGE, OF_ENSEMBLES, OF_ENSEMBLES_IN_PAGE, OfEngine, ROUNDS, SAMPLES};
use crate::check::weight::Weight;
use crate::peers;

/// The whole file.
///
/// # Errors
/// When a measurement is missing.
pub fn text(
    engine: &OfEngine,
    workers: &OfWorkers,
    page: &OfPage,
    weights: &[Weight],
) -> Result<String> {
    let mut out = String::from("# Measured\n\n");
    let _ = writeln!(
        out,
        "Written by `cargo xtask bench` on {}: {}; {}; {}.",
        first_line("date", &["-u", "+%Y-%m-%d"]),
        machine(),
        page.browser,
        peers::packages().join(", "),
    );
    let _ = writeln!(
        out,
        "Medians. Natively {ROUNDS} rounds in which engine and C take turns, of {SAMPLES} samples \
         of single runs and {OF_ENSEMBLES} of ensembles; in the page {IN_PAGE} and \
         {OF_ENSEMBLES_IN_PAGE}. One thread. Other work on the machine makes absolute figures worse \
         and ratios uncertain.\n"
    );
    let mut holds = holds::of_engine(&engine.rows)?;
    holds.extend(holds::of_page(page, weights)?);
    holds::table(&mut out, &holds);
    engine_tables(&mut out, engine)?;
    page::answers(&mut out, page)?;
    workers::bands(&mut out, Some(workers), Some(page))?;
    workers::searches(&mut out, Some(workers), Some(page))?;
    page::sizes(&mut out, weights);
    Ok(out)
}

/// The engine's part alone.
///
/// # Errors
/// As [`text`].
pub fn of_engine(engine: &OfEngine) -> Result<String> {
    let mut out = String::new();
    holds::table(&mut out, &holds::of_engine(&engine.rows)?);
    engine_tables(&mut out, engine)?;
    Ok(out)
}

/// The part of the page's workers alone.
///
/// # Errors
/// As [`text`].
pub fn of_workers(workers: &OfWorkers) -> Result<String> {
    let mut out = String::new();
    workers::bands(&mut out, Some(workers), None)?;
    workers::searches(&mut out, Some(workers), None)?;
    Ok(out)
}

/// The page's part alone.
///
/// # Errors
/// As [`text`].
pub fn of_page(page: &OfPage, weights: &[Weight]) -> Result<String> {
    let mut out = String::new();
    holds::table(&mut out, &holds::of_page(page, weights)?);
    page::answers(&mut out, page)?;
    workers::bands(&mut out, None, Some(page))?;
    workers::searches(&mut out, None, Some(page))?;
    Ok(out)
}

fn engine_tables(out: &mut String, engine: &OfEngine) -> Result<()> {
    tables::models(out, &engine.rows);
    tables::runs(out, &engine.rows)?;
    tables::ensembles(out, &engine.rows)?;
    tables::memory(out, &engine.rows);
    tables::loading(out, &engine.rows)?;
    tables::agreement(out, &engine.agreements);
    Ok(())
}

fn median(samples: &[f64]) -> Result<f64> {
    quantile(samples, 0.5)
}

/// The sample below which that part of all lies (nearest rank).
fn quantile(samples: &[f64], part: f64) -> Result<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (part * sorted.len() as f64).ceil() as usize;
    let found = sorted.get(rank.saturating_sub(1)).copied();
    found.context("nothing was measured")
}

/// Three digits that count.
fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.decimals$}")
}

fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("a processor without a name", |(_, name)| name);
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!(
        "{model}, {cores} cores; {}; {}",
        first_line("rustc", &["--version"]),
        first_line("cc", &["--version"]),
    )
}

fn first_line(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_one_of_the_samples() {
        let samples = [3.0, 1.0, 2.0, 4.0];
        assert_eq!(quantile(&samples, 0.5).unwrap(), 2.0);
        assert_eq!(quantile(&samples, 0.95).unwrap(), 4.0);
        assert!(quantile(&[], 0.5).is_err());
    }

    #[test]
    fn a_figure_has_three_digits() {
        let shown = [1234.5, 12.345, 1.2345, 0.12345].map(figure);
        assert_eq!(shown, ["1234", "12.3", "1.23", "0.123"]);
    }
}
