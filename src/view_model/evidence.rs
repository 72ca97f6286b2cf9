//! Charts of model against record: both fits, published figures, years held out.

use super::{axes, palette};
use crate::text::credibility as words;
use tidemark_chart::figure::{Axis, Figure, Label, Layer, Mark, Point};
use tidemark_pack::record::credibility::{Credibility, PointRow, SeriesRow, YearRow};
use tidemark_pack::record::{ActualStatus, Bound, Indicator};

/// Size of a chart before the page gives it another.
const SIZE: (f64, f64) = (485.0, 300.0);
/// Size of axis text.
const TEXT_SIZE: f64 = 13.0;
/// Diameter of a plan's diamond in CSS pixels.
const PLAN_SIZE: f64 = 9.0;

/// The chart of a series; `None` where there is nothing to draw.
pub(super) fn figure(
    record: &Credibility,
    indicator: &Indicator,
    row: &SeriesRow,
) -> Option<Figure> {
    let first = row.years.first()?.year;
    let last = row.years.last()?.year;
    let x = axes::years(indicator.at, first, last);
    let points: Vec<&PointRow> = row
        .points
        .iter()
        .filter(|p| p.time >= x.from && p.time <= x.to)
        .collect();
    if points.is_empty() {
        return None;
    }
    let y = axes::values(heights(row, &points), None);
    Some(Figure {
        title: title(record, indicator, row),
        subtitle: words::chart_unit(&indicator.unit),
        footer: String::new(),
        layers: layers(record, row, &points, &x, &y),
        x,
        y,
        theme: palette::LIGHT,
        width: SIZE.0,
        height: SIZE.1,
        text_size: TEXT_SIZE,
    })
}

fn heights<'a>(row: &'a SeriesRow, points: &'a [&PointRow]) -> impl Iterator<Item = f64> + 'a {
    let years = row.years.iter();
    let modelled = years.flat_map(|y| y.held_back.into_iter().chain([y.whole[1]]));
    modelled.chain(points.iter().map(|p| p.value))
}

fn title(record: &Credibility, indicator: &Indicator, row: &SeriesRow) -> String {
    let name = &indicator.label.zh;
    if let Some(why) = words::not_scored(row.used) {
        return words::chart_not_scored(name, why);
    }
    let scored: Vec<&PointRow> = row.points.iter().filter(|p| p.is_scored).collect();
    if scored.is_empty() {
        return words::chart_unscored(name, record.held_back.to + 1);
    }
    let inside = scored.iter().filter(|p| is_inside(p)).count();
    let mape = row.score.as_ref().and_then(|score| score.mape);
    let mape = mape.map(|judged| words::percent(judged.value));
    words::chart_scored(name, scored.len(), inside, mape.as_deref())
}

fn is_inside(point: &PointRow) -> bool {
    let within = |[low, _, high]: [f64; 3]| (low..=high).contains(&point.value);
    point.foretold.is_some_and(within)
}

/// From back to front: the years held out, the fit that has not seen them with its range, the fit
/// on all, the record.
fn layers(
    record: &Credibility,
    row: &SeriesRow,
    points: &[&PointRow],
    x: &Axis,
    y: &Axis,
) -> Vec<Layer> {
    let held_out = f64::from(record.held_back.to) + 1.0;
    let years = |value: fn(&YearRow) -> f64| -> Vec<Point> {
        row.years.iter().map(|y| (y.time, value(y))).collect()
    };
    let label = |text: String, colour| Some(Label { text, colour });
    let mut layers = vec![
        shade(held_out.max(x.from), x.to, y),
        Layer::Instant {
            at: held_out,
            stroke: palette::INSTANT_LINE,
            label: label(words::HELD_OUT.to_owned(), palette::SECONDARY),
        },
        Layer::Band {
            lower: years(|y| y.held_back[0]),
            upper: years(|y| y.held_back[2]),
            colour: palette::CURRENT,
        },
        Layer::Line {
            points: years(|y| y.whole[1]),
            stroke: palette::BASELINE_LINE,
            label: label(words::WHOLE_LINE.to_owned(), palette::BASELINE),
        },
        Layer::Line {
            points: years(|y| y.held_back[1]),
            stroke: palette::CURRENT_LINE,
            label: label(words::held_back_line(record.held_back.to), palette::CURRENT),
        },
    ];
    layers.extend(marks(points));
    layers
}

/// Plans as hollow diamonds, final and revised figures as dots, all others as rings.
fn marks(points: &[&PointRow]) -> Vec<Layer> {
    let kinds = [
        (Mark::HollowDiamond, PLAN_SIZE),
        (Mark::Ring, palette::ACTUAL_SIZE),
        (Mark::Dot, palette::ACTUAL_SIZE),
    ];
    let layers = kinds.into_iter().map(|(mark, size)| {
        let chosen = points.iter().filter(|p| mark_of(p) == mark);
        let points: Vec<Point> = chosen.map(|p| (p.time, p.value)).collect();
        Layer::Marks {
            points,
            mark,
            size,
            colour: palette::ACTUAL,
            label: None,
        }
    });
    layers
        .filter(|layer| matches!(layer, Layer::Marks { points, .. } if !points.is_empty()))
        .collect()
}

fn mark_of(point: &PointRow) -> Mark {
    let is_final = matches!(point.status, ActualStatus::Final | ActualStatus::Revised);
    match (point.status, is_final && point.bound == Bound::Exact) {
        (ActualStatus::Plan, _) => Mark::HollowDiamond,
        (_, true) => Mark::Dot,
        (_, false) => Mark::Ring,
    }
}

/// The whole height from one instant to another.
fn shade(from: f64, to: f64, y: &Axis) -> Layer {
    Layer::Band {
        lower: vec![(from, y.from), (to, y.from)],
        upper: vec![(from, y.to), (to, y.to)],
        colour: palette::HELD_OUT,
    }
}
