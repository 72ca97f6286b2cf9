//! What the page's workers are for: bands and probabilities, and searches.

use std::fmt::Write as _;

use anyhow::Result;

use super::{median, quantile};
use crate::bench::asks::ASKS;
use crate::bench::measured::{Drag, OfPage, OfWorkers, Solve};

/// From slider input to bands and probabilities.
pub(super) fn bands(
    out: &mut String,
    workers: Option<&OfWorkers>,
    page: Option<&OfPage>,
) -> Result<()> {
    out.push_str(
        "## Slider input to bands and probabilities\n\n\
         Every target of the pack, the charts shown and the named worlds; members' baselines are at hand. \
         *Native* is what the page's worker does, on this machine's instructions. *In Chromium* goes \
         from `tidemark:asked` to the end of the drawing, the way to the worker and back and the wait for \
         a frame included. The drag lasts ten seconds, a move a frame, at 1366×768; an answer \
         that is drawn in it waited for the one before. A frame is dropped where the one before took more than one \
         and a half times 16.7 ms.\n\n\
         | | p50 | p95 | largest | times |\n|---|--:|--:|--:|--:|\n",
    );
    for (members, times) in workers.iter().flat_map(|w| &w.refresh_ms) {
        line(out, &format!("native, {members} members"), times)?;
    }
    if let Some(page) = page {
        line(
            out,
            "in Chromium, single moves as the page opens",
            &page.bands_ms,
        )?;
        for (members, times) in &page.refresh_ms {
            line(out, &format!("in Chromium, {members} members"), times)?;
        }
        drag(out, &page.drag)?;
    }
    out.push('\n');
    Ok(())
}

fn drag(out: &mut String, drag: &Drag) -> Result<()> {
    line(out, "in Chromium, bands in the drag", &drag.bands)?;
    line(out, "in Chromium, frames in the drag", &drag.frames)?;
    let (dropped, all) = drag.dropped();
    let _ = writeln!(
        out,
        "\nFrames dropped in the drag: {dropped} of {all}. Fewest members in it: {}.",
        drag.fewest
    );
    Ok(())
}

fn line(out: &mut String, name: &str, times: &[f64]) -> Result<()> {
    let of = |part| -> Result<String> { Ok(format!("{:.1} ms", quantile(times, part)?)) };
    let (half, most, all) = (of(0.5)?, of(0.95)?, of(1.0)?);
    let _ = writeln!(
        out,
        "| {name} | {half} | {most} | {all} | {} |",
        times.len()
    );
    Ok(())
}

/// From the press to answers.
pub(super) fn searches(
    out: &mut String,
    workers: Option<&OfWorkers>,
    page: Option<&OfPage>,
) -> Result<()> {
    out.push_str(
        "## What it would take\n\n\
         Searched on 256 members and confirmed on 1,000. *How* is as a link says it: percent, how far levers may \
         go, money, rules, start in quarters after the pack's own. The first answer is the first of 最省力, 最省钱, 最稳妥 or, out of reach, what stands in the way; all is \
         the three, or whether it is proved; rows is until nothing more is told, each condition given up being \
         a search of its own. In Chromium the page is just \
         opened, and the time goes from the press to what is shown, its worker's start included. Medians.\n\n\
         | asked | targets | how | found | native, first | native, all | native, rows | Chromium, first | Chromium, all | Chromium, rows |\n\
         |---|---|---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (k, asked) in ASKS.iter().enumerate() {
        let native = workers.and_then(|workers| workers.solves.get(k));
        let browser = page.and_then(|page| page.solves.get(k));
        let known = native.or(browser).map_or("", |solve| solve.found.as_str());
        let [native_first, native_all, native_rows] = times(native)?;
        let [first, all, rows] = times(browser)?;
        let _ = writeln!(
            out,
            "| {} | {} | {} | {known} | {native_first} | {native_all} | {native_rows} | {first} | {all} | {rows} |",
            asked.name,
            asked.targets.join(", "),
            asked.how,
        );
    }
    out.push('\n');
    Ok(())
}

fn times(solve: Option<&Solve>) -> Result<[String; 3]> {
    let Some(solve) = solve else {
        return Ok(["–"; 3].map(str::to_owned));
    };
    let seconds = |ms: f64| format!("{:.2} s", ms / 1e3);
    Ok([
        seconds(median(&solve.first_ms)?),
        seconds(median(&solve.all_ms)?),
        seconds(median(&solve.rows_ms)?),
    ])
}
