//! What a user of the page waits for: answers to a slider, and files to load.

use std::fmt::Write as _;

use anyhow::Result;

use super::quantile;
use crate::bench::measured::OfPage;
use crate::check::weight::Weight;

/// From slider input to painted.
pub(super) fn answers(out: &mut String, browser: &OfPage) -> Result<()> {
    let _ = writeln!(
        out,
        "## Slider input to painted\n\n\
         {} moves of a slider of the shipped page at 1366×768. *To painted* is User Timing from \
         `tidemark:input` to `tidemark:painted` after a key press, the wait for the next frame \
         included; *script* is what the browser counts as script for one `input` event up to then \
         ({} moves were made again, since their bands came before the count was read).\n\n\
         | | p50 | p95 | largest |\n|---|--:|--:|--:|",
        browser.answers_ms.len(),
        browser.script_again
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
    let (chart, compile) = (&browser.first_chart_ms, &browser.compile_ms);
    let _ = writeln!(
        out,
        "\nFrom the start of loading with an empty cache to the first chart drawn, {} openings: p50 {:.0} ms, \
         largest {:.0} ms; in it {:.1} ms, largest {:.1} ms, from the model's text to its program (the page \
         takes a small model the whole way while it waits for the pack, so that the engine's functions are \
         translated by then).\n",
        chart.len(),
        quantile(chart, 0.5)?,
        quantile(chart, 1.0)?,
        quantile(compile, 0.5)?,
        quantile(compile, 1.0)?
    );
    Ok(())
}

/// What the page loads, file by file.
pub(super) fn sizes(out: &mut String, weights: &[Weight]) {
    out.push_str("## What the page loads\n\n| file | raw | gzip -9 |\n|---|--:|--:|\n");
    for weight in weights {
        let name = unhashed(&weight.path);
        let _ = writeln!(out, "| {name} | {} | {} |", weight.raw, weight.gzip);
    }
    let sum = |part: fn(&Weight) -> usize| weights.iter().map(part).sum::<usize>();
    let (raw, gzip) = (sum(|weight| weight.raw), sum(|weight| weight.gzip));
    let _ = writeln!(out, "| **all** | **{raw}** | **{gzip}** |");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_is_taken_from_a_name() {
        assert_eq!(
            unhashed("tidemark-app-0123456789abcdef.wasm"),
            "tidemark-app.wasm"
        );
        assert_eq!(unhashed("packs/a-b.pack.json"), "packs/a-b.pack.json");
    }
}
