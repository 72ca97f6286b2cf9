//! What a chart draws of a run and of the past, as points in model time.
//!
//! A year's figure stands at the middle of its year for means and sums, at its end for stocks.

use super::scoreboard::firm;
use crate::text::chart as words;
use std::ops::RangeInclusive;
use tidemark_chart::figure::Point;
use tidemark_engine::sort_short;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Figures;
use tidemark_pack::period::{Covered, Period};
use tidemark_pack::reading::Span as Years;
use tidemark_pack::record::{Actual, ActualStatus, FigureRecord, Indicator, Reading};

/// Where the figure of a year stands in model time.
pub(super) fn place_of_year(at: Reading, year: i32) -> f64 {
    match at {
        Reading::End => f64::from(year) + 1.0,
        Reading::Mean | Reading::Sum | Reading::Cagr | Reading::Max => f64::from(year) + 0.5,
    }
}

/// The yearly projected values of an indicator from one year to another that lie inside a span of model
/// time, each where its year's figure stands; a year without one is left out.
pub(super) fn line(
    bound: &Bound,
    figures: &dyn Figures,
    indicator: &Indicator,
    (from, to): (i32, i32),
    span: &Span,
) -> Vec<Point> {
    let years = Years { from, to };
    let values = bound.yearly(figures, &indicator.id, years).into_iter();
    values
        .filter_map(|(year, value)| Some((place_of_year(indicator.at, year), value?)))
        .filter(|(time, _)| span.contains(time))
        .collect()
}

/// The last year on a chart's axis: its own, or the one that is looked at where that is later.
pub(super) fn last_year(record: &FigureRecord, looked_at: i32) -> i32 {
    record.to.max(looked_at)
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
    sort_short(&mut points, |a, b| a.period.cmp(&b.period));
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
