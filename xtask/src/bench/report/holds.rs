//! What the figures are held to, and whether they are.
//!
//! Ratios are between programs of the same run on the same machine. A missed line is printed, not
//! an error: whoever reads `BENCH.md` judges it.

use std::fmt::Write as _;

use anyhow::Result;

use super::{figure, median, quantile};
use crate::bench::asks::ASKS;
use crate::bench::jobs::{DISTRICTS, DISTRICTS_ALL, LARGE, TO_2030};
use crate::bench::measured::{Measured, OfPage, Row};
use crate::check::weight::{MOST_BYTES, Weight, first_load};

/// One thing to hold.
#[derive(Debug)]
pub(super) struct Hold {
    what: String,
    /// At most this, in the unit of `measured`.
    most: f64,
    /// Nothing where a peer was skipped.
    measured: Option<f64>,
    unit: &'static str,
}

impl Hold {
    fn new(what: String, most: f64, measured: Option<f64>, unit: &'static str) -> Self {
        Self {
            what,
            most,
            measured,
            unit,
        }
    }

    fn verdict(&self) -> &'static str {
        match self.measured {
            Some(measured) if measured <= self.most => "held",
            Some(_) => "**missed**",
            None => "skipped",
        }
    }
}

/// Of the engine.
pub(super) fn of_engine(rows: &[Row]) -> Result<Vec<Hold>> {
    let mut holds = Vec::new();
    for row in rows {
        if [DISTRICTS, DISTRICTS_ALL].contains(&row.name.as_str()) {
            of_districts(&mut holds, row)?;
        }
        if row.name.ends_with(TO_2030) {
            let member = member_us(&row.page, 1_000)?;
            holds.push(Hold::new(
                format!("{}, 1,000 members in Chromium", row.name),
                50.0,
                // A thousand times so many microseconds.
                member,
                "ms",
            ));
        }
        for (name, most) in [(DISTRICTS, 20.0), (LARGE, 250.0)] {
            if row.name == name {
                loading(&mut holds, row, most)?;
            }
        }
    }
    Ok(holds)
}

/// The table, first in the file.
pub(super) fn table(out: &mut String, holds: &[Hold]) {
    out.push_str("## To hold\n\n| what | at most | measured | |\n|---|--:|--:|---|\n");
    for hold in holds {
        let (most, unit) = (figure(hold.most), hold.unit);
        let measured = hold.measured.map_or("–".to_owned(), |value| {
            format!("{} {unit}", figure(value))
        });
        let _ = writeln!(
            out,
            "| {} | {most} {unit} | {measured} | {} |",
            hold.what,
            hold.verdict()
        );
    }
    out.push('\n');
}

fn of_districts(holds: &mut Vec<Hold>, row: &Row) -> Result<()> {
    let name = &row.name;
    let c = row.straight.measured();
    let c = c.map(|c| median(&c.run_us)).transpose()?;
    if name == DISTRICTS {
        let page = median(&row.page.run_us)?;
        let simlin = row.simlin.measured();
        let simlin = simlin.map(|s| median(&s.run_us)).transpose()?;
        let ratio = simlin.map(|simlin| page / simlin);
        holds.push(Hold::new(
            format!("{name}, one run in Chromium: scalar VM ÷ simlin wasm"),
            1.0,
            ratio,
            "×",
        ));
    }
    let simlin = match row.simlin.measured() {
        // The faster of its two figures, so that a busy moment of the machine flatters nobody.
        Some(simlin) => {
            let single = median(&simlin.run_us)?;
            member_us(simlin, 10_000)?.map(|us| us.min(single))
        }
        None => None,
    };
    let ours = member_us(&row.page, 10_000)?;
    holds.push(Hold::new(
        format!("{name}, 10,000 runs in Chromium: batched VM ÷ simlin wasm"),
        0.1,
        ours.zip(simlin).map(|(ours, simlin)| ours / simlin),
        "×",
    ));
    holds.push(Hold::new(
        format!("{name}, a member of 1,000, native: batched VM ÷ C"),
        2.5,
        member_us(&row.native, 1_000)?.zip(c).map(|(us, c)| us / c),
        "×",
    ));
    for (place, measured) in [("native", &row.native), ("Chromium", &row.page)] {
        let (small, large) = (member_us(measured, 1_000)?, member_us(measured, 10_000)?);
        holds.push(Hold::new(
            format!("{name}, {place}: time of 10,000 members ÷ of 1,000"),
            12.0,
            small.zip(large).map(|(small, large)| 10.0 * large / small),
            "×",
        ));
    }
    Ok(())
}

fn member_us(measured: &Measured, members: u32) -> Result<Option<f64>> {
    let ensemble = measured.ensemble(members);
    ensemble.map(|e| median(&e.member_us)).transpose()
}

fn loading(holds: &mut Vec<Hold>, row: &Row, most: f64) -> Result<()> {
    let settled = median(&row.page.load_ms)?;
    for (when, ms) in [
        ("settled", settled),
        ("the first time", row.page.cold_load_ms),
    ] {
        holds.push(Hold::new(
            format!("{}, text to program in Chromium, {when}", row.name),
            most,
            Some(ms),
            "ms",
        ));
    }
    Ok(())
}

/// Of the page.
pub(super) fn of_page(page: &OfPage, weights: &[Weight]) -> Result<Vec<Hold>> {
    let at_p95 = |what: &str, most, times: &[f64]| -> Result<Hold> {
        let measured = Some(quantile(times, 0.95)?);
        Ok(Hold::new(format!("{what} at p95"), most, measured, "ms"))
    };
    let mut holds = vec![
        at_p95("slider input, script", 10.0, &page.script_ms)?,
        at_p95(
            "bands and probabilities, single moves",
            100.0,
            &page.bands_ms,
        )?,
        at_p95(
            "bands and probabilities, in a drag",
            100.0,
            &page.drag.bands,
        )?,
    ];
    for (asked, solve) in ASKS.iter().zip(&page.solves) {
        let seconds = |ms: &[f64]| -> Result<f64> { Ok(median(ms)? / 1e3) };
        for (when, most, measured) in [
            ("first answer", 2.0, seconds(&solve.first_ms)?),
            ("all answers", 5.0, seconds(&solve.all_ms)?),
        ] {
            let what = format!("{}, press to {when}", asked.name);
            holds.push(Hold::new(what, most, Some(measured), "s"));
        }
    }
    let bytes = first_load(weights);
    holds.extend([
        Hold::new(
            "shipped page just opened, text to program, at p50".to_owned(),
            20.0,
            Some(median(&page.compile_ms)?),
            "ms",
        ),
        Hold::new(
            "empty cache to the first chart, at p50".to_owned(),
            1000.0,
            Some(median(&page.first_chart_ms)?),
            "ms",
        ),
        Hold::new(
            "what the page loads, gzip -9".to_owned(),
            MOST_BYTES as f64 / 1e3,
            Some(bytes as f64 / 1e3),
            "kB",
        ),
    ]);
    Ok(holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(measured: Option<f64>, expected: &str) {
        let hold = Hold::new(String::new(), 2.5, measured, "×");
        assert_eq!(hold.verdict(), expected);
    }

    #[test]
    fn a_limit_itself_is_held() {
        check(Some(2.5), "held");
        check(Some(2.500_1), "**missed**");
        check(None, "skipped");
    }
}
