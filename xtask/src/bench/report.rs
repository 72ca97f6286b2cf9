//! Measurements → the text of `BENCH.md`.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Context, Result};

use super::{InBrowser, ROUNDS, RUNS, Row, SAMPLES};
use crate::check::weight::{MOST_BYTES, Weight};

/// The whole file.
///
/// # Errors
/// When a measurement is missing.
pub fn text(rows: &[Row], browser: &InBrowser, weights: &[Weight]) -> Result<String> {
    let mut out = String::from("# Measured\n\n");
    let _ = writeln!(
        out,
        "Written by `cargo xtask bench` on {}: {}.",
        today(),
        machine(browser)
    );
    let _ = writeln!(
        out,
        "Medians; engine and C ran by turns, {ROUNDS} rounds of {SAMPLES} samples of {RUNS} runs. \
         Other work on the machine makes absolute figures worse and ratios uncertain.\n"
    );
    runs(&mut out, rows)?;
    loading(&mut out, rows)?;
    answers(&mut out, browser)?;
    sizes(&mut out, weights);
    Ok(out)
}

fn runs(out: &mut String, rows: &[Row]) -> Result<()> {
    out.push_str(
        "## One run\n\n\
         The same equations, inputs and kept values in each column. C is what the equations are \
         as straight code, by the system's compiler at `-O3`; values agree to 1e-9, native and \
         browser bit for bit.\n\n\
         | model | kept series | engine native | C -O3 | native ÷ C | engine in Chromium | Chromium ÷ C |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        let native = median(&row.native.run_us)?;
        let straight = median(&row.straight.run_us)?;
        let page = median(&row.page.run_us)?;
        let _ = writeln!(
            out,
            "| {} ({} instructions a step) | {} | {native:.1} µs | {straight:.1} µs | {:.2} | {page:.1} µs | {:.2} |",
            row.name,
            row.native.instructions,
            row.kept,
            native / straight,
            page / straight
        );
    }
    out.push_str("\nTo hold: districts212 in Chromium at most 250 µs.\n\n");
    Ok(())
}

fn loading(out: &mut String, rows: &[Row]) -> Result<()> {
    out.push_str(
        "## XMILE text to program\n\n\
         | model | native | in Chromium | in Chromium, first time |\n|---|--:|--:|--:|\n",
    );
    for row in rows {
        let _ = writeln!(
            out,
            "| {} | {:.1} ms | {:.1} ms | {:.1} ms |",
            row.name,
            median(&row.native.load_ms)?,
            median(&row.page.load_ms)?,
            row.page.cold_load_ms
        );
    }
    out.push_str("\nTo hold: at most 20 ms in the page.\n\n");
    Ok(())
}

fn answers(out: &mut String, browser: &InBrowser) -> Result<()> {
    let _ = writeln!(
        out,
        "## Slider input to painted\n\n\
         {} moves of a slider of the shipped page at 1366×768. *To painted* is User Timing from \
         `tidemark:input` to `tidemark:painted` after a key press, the wait for the next frame \
         included; *script* is what the browser counts as script for one `input` event.\n\n\
         | | p50 | p95 | largest |\n|---|--:|--:|--:|",
        browser.answers_ms.len()
    );
    for (name, times) in [
        ("to painted", &browser.answers_ms),
        ("script", &browser.script_ms),
    ] {
        let _ = writeln!(
            out,
            "| {name} | {:.1} ms | {:.1} ms | {:.1} ms |",
            quantile(times, 0.5)?,
            quantile(times, 0.95)?,
            quantile(times, 1.0)?
        );
    }
    let _ = writeln!(
        out,
        "\nTo hold: script at most 10 ms at p95.\n\n\
         From the start of loading with an empty cache to the first chart drawn: {:.0} ms \
         (to hold: 1000 ms).\n",
        browser.first_chart_ms
    );
    Ok(())
}

fn sizes(out: &mut String, weights: &[Weight]) {
    out.push_str("## What the page loads\n\n| file | raw | gzip -9 |\n|---|--:|--:|\n");
    for weight in weights {
        let _ = writeln!(
            out,
            "| {} | {} | {} |",
            unhashed(&weight.path),
            weight.raw,
            weight.gzip
        );
    }
    let sum = |part: fn(&Weight) -> usize| weights.iter().map(part).sum::<usize>();
    let _ = writeln!(
        out,
        "| **all** | **{}** | **{}** |\n\nTo hold: {MOST_BYTES} bytes compressed.",
        sum(|weight| weight.raw),
        sum(|weight| weight.gzip)
    );
}

/// The name without its content hash, so that the file changes only where sizes do.
fn unhashed(path: &str) -> String {
    let is_hash = |part: &str| part.len() == 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
    match path
        .rsplit_once('.')
        .map(|(stem, ending)| (stem.rsplit_once('-'), ending))
    {
        Some((Some((stem, hash)), ending)) if is_hash(hash) => format!("{stem}.{ending}"),
        _ => path.to_owned(),
    }
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

fn machine(browser: &InBrowser) -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("a processor without a name", |(_, name)| name);
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!(
        "{model}, {cores} cores; {}; {}; {}",
        first_line("rustc", &["--version"]),
        first_line("cc", &["--version"]),
        browser.browser
    )
}

fn today() -> String {
    first_line("date", &["-u", "+%Y-%m-%d"])
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
    fn only_a_hash_is_taken_from_a_name() {
        assert_eq!(
            unhashed("tidemark-app-0123456789abcdef.wasm"),
            "tidemark-app.wasm"
        );
        assert_eq!(unhashed("packs/a-b.pack.json"), "packs/a-b.pack.json");
    }
}
