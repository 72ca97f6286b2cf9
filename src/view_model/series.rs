//! What a chart draws of a run and of the past, as points in model time.
//!
//! A year's figure stands at the middle of its year for means and sums, at its end for stocks.

use super::scoreboard::firm;
use crate::text::chart as words;
use std::ops::RangeInclusive;
use tidemark_chart::figure::Point;
use tidemark_engine::exec::Run;
use tidemark_pack::bind::Bound;
use tidemark_pack::period::{Covered, Period};
use tidemark_pack::record::{Actual, ActualStatus, Indicator, Reading};

/// Where the figure of a year stands in model time.
pub(super) fn place_of_year(at: Reading, year: i32) -> f64 {
    match at {
        Reading::End => f64::from(year) + 1.0,
        Reading::Mean | Reading::Sum | Reading::Cagr | Reading::Max => f64::from(year) + 0.5,
    }
}

/// A run's line of an indicator inside a span of model time. A rate that holds over a step
/// stands at the step's middle, so that a year's mean lies on the line.
pub(super) fn line(bound: &Bound, run: &Run, indicator: &Indicator, span: &Span) -> Vec<Point> {
    let shift = match indicator.at {
        Reading::End => 0.0,
        Reading::Mean | Reading::Sum | Reading::Cagr | Reading::Max => {
            let grid = bound.horizon();
            grid.dt * f64::from(grid.save_every) / 2.0
        }
    };
    let points = bound.line(run, &indicator.id).into_iter();
    points
        .map(|(time, value)| (time + shift, value))
        .filter(|(time, _)| span.contains(time))
        .collect()
}

/// A span of model time.
pub(super) type Span = RangeInclusive<f64>;

/// A published figure and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct PastPoint<'a> {
    /// The row.
    pub(super) actual: &'a Actual,
    /// Its period.
    pub(super) period: Period,
    /// Where it stands, in the unit shown.
    pub(super) point: Point,
}

/// The pack's own figures of an indicator in order of time, plans included.
pub(super) fn past<'a>(bound: &'a Bound, indicator: &Indicator) -> Vec<PastPoint<'a>> {
    let place = &bound.pack().meta.id;
    let rows = bound.actuals().iter();
    let own = rows.filter(|row| row.indicator == indicator.id && row.place == *place);
    let mut points: Vec<PastPoint<'a>> = own
        .filter_map(|actual| {
            let period = Period::parse(&actual.period)?;
            let point = (place_of_period(indicator.at, period), actual.value);
            Some(PastPoint {
                actual,
                period,
                point,
            })
        })
        .collect();
    points.sort_by_key(|past| past.period);
    points
}

pub(super) fn place_of_period(at: Reading, period: Period) -> f64 {
    match (at, period.covered) {
        (Reading::End, Covered::ToMonth(_)) => period.end(),
        (_, Covered::ToMonth(_)) => f64::midpoint(f64::from(period.year), period.end()),
        (_, Covered::Year) => place_of_year(at, period.year),
    }
}

/// Whether a figure may stand on the chart beside yearly ones: no plan, and no amount of part
/// of a year.
pub(super) fn comparable(past: &PastPoint<'_>, indicator: &Indicator) -> bool {
    let outcome = past.actual.status != ActualStatus::Plan;
    let ratio = indicator.at == Reading::End || indicator.unit.starts_with('%');
    outcome && (past.period.is_full_year() || ratio)
}

/// Firm figures (dots) and all others (rings).
pub(super) fn dots_and_rings(past: &[PastPoint<'_>]) -> (Vec<Point>, Vec<Point>) {
    let split = |wanted| {
        let points = past.iter().filter(move |p| firm(p.actual) == wanted);
        points.map(|p| p.point).collect()
    };
    (split(true), split(false))
}

/// Runs of full-year figures of following years on one base; a line never joins two bases nor
/// bridges a year without a figure.
pub(super) fn joined<'a>(past: &[PastPoint<'a>]) -> Vec<Vec<Point>> {
    let mut runs: Vec<Vec<Point>> = Vec::new();
    let mut last: Option<PastPoint<'a>> = None;
    for &next in past.iter().filter(|p| p.period.is_full_year()) {
        let follows = last.is_some_and(|last| {
            last.actual.vintage == next.actual.vintage && last.period.year + 1 == next.period.year
        });
        match runs.last_mut() {
            Some(run) if follows => run.push(next.point),
            _ => runs.push(vec![next.point]),
        }
        last = Some(next);
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// A period in words: "2023年", "2024年1—6月"; the text itself where it is none.
pub(super) fn period_text(text: &str) -> String {
    match Period::parse(text) {
        Some(period) => match period.covered {
            Covered::Year => words::year(period.year),
            Covered::ToMonth(1) => words::january(period.year),
            Covered::ToMonth(month) => words::to_month(period.year, month),
        },
        None => text.to_owned(),
    }
}
