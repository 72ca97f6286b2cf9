//! The acceptance table over all scored points together.
//!
//! A city's record rarely has four held-out figures of one series; together they can be judged.
//! Errors are relative to the figure, so that series of all sizes count alike. Figures that restate
//! others are left out, or one fact would count twice.

use tidemark_analysis::acceptance::{ACCEPTANCE, Interval, Measure, u2_of_most, verdict};
use tidemark_analysis::score::{FEWEST_POINTS, HeldOut, Known, last_growth};
use tidemark_pack::record::Indicator;
use tidemark_pack::record::credibility::{AcceptanceRow, SeriesRow, SeriesUse};
use tidemark_pack::record::parameter::SeriesRecord;

use super::{rounded, word};

/// A scored figure among those of all series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PooledPoint {
    /// (model − record) / record.
    relative: f64,
    /// The same of the last growth repeated, where there is one.
    naive: Option<f64>,
    /// |error| of a ratio as a fraction of 1; `None` of a level.
    ratio_error: Option<f64>,
    /// Whole years past the last figure seen.
    lead: i32,
    inside: bool,
    restates: bool,
}

/// Scored figures of a series.
pub(super) fn pooled(
    record: &SeriesRecord,
    indicator: &Indicator,
    fitted: &[Known],
    held_out: &[HeldOut],
) -> Vec<PooledPoint> {
    let years: Vec<f64> = held_out.iter().map(|p| p.known.year).collect();
    let naive = last_growth(fitted, &years);
    let is_ratio = !indicator.denominator.is_empty();
    let last = fitted.last().map(|known| known.year);
    held_out
        .iter()
        .enumerate()
        .map(|(k, point)| {
            let record_value = point.known.value;
            let relative = |value: f64| (value - record_value) / record_value;
            let error = (point.model - record_value).abs() * indicator.scale;
            let lead = last.map_or(0.0, |last| point.known.year - last);
            PooledPoint {
                relative: relative(point.model),
                naive: naive.as_ref().and_then(|n| n.get(k)).map(|n| relative(*n)),
                ratio_error: is_ratio.then_some(error),
                lead: libm::round(lead) as i32,
                inside: point
                    .band
                    .is_some_and(|[low, high]| (low..=high).contains(&record_value)),
                restates: record.used == SeriesUse::Restated,
            }
        })
        .collect()
}

/// The table's rows.
pub(super) fn rows(points: &[PooledPoint], series: &[SeriesRow]) -> Vec<AcceptanceRow> {
    let own: Vec<&PooledPoint> = points.iter().filter(|p| !p.restates).collect();
    let levels: Vec<f64> = own
        .iter()
        .filter(|p| p.ratio_error.is_none())
        .map(|p| p.relative.abs())
        .collect();
    let ratios = |lead: i32| -> Vec<f64> {
        let at = points.iter().filter(|p| p.lead == lead);
        at.filter_map(|p| p.ratio_error).collect()
    };
    let errors: Vec<f64> = own.iter().map(|p| p.relative).collect();
    let inside: Vec<f64> = own.iter().map(|p| f64::from(u8::from(p.inside))).collect();
    let row = |name: &str, measure, values: &[f64]| row(name, measure, mean(values), values.len());
    let squares: Vec<f64> = errors.iter().map(|e| e * e).collect();
    let bias = mean(&errors).and_then(|m| Some(m * m / mean(&squares)?));
    vec![
        row("mape", Measure::Mape, &levels),
        row("ratio_1", Measure::RatioOneYear, &ratios(1)),
        row("ratio_2", Measure::RatioTwoYears, &ratios(2)),
        row("ratio_4", Measure::RatioFourYears, &ratios(4)),
        u2_pooled(&own),
        u2_of_series(series),
        self::row("bias", Measure::Bias, bias, errors.len()),
        row("coverage", Measure::Coverage, &inside),
    ]
}

/// RMSE of all relative errors by that of the last growth repeated, where there is one.
fn u2_pooled(points: &[&PooledPoint]) -> AcceptanceRow {
    let pairs: Vec<(f64, f64)> = points
        .iter()
        .filter_map(|p| Some((p.relative * p.relative, p.naive? * p.naive?)))
        .collect();
    let (model, naive): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let ratio = mean(&model).and_then(|m| Some((m / mean(&naive)?).sqrt()));
    row("u2_pooled", Measure::U2, ratio, model.len())
}

fn u2_of_series(series: &[SeriesRow]) -> AcceptanceRow {
    let scores = series.iter().filter_map(|s| s.score.as_ref());
    let each: Vec<f64> = scores
        .filter_map(|s| s.u2_last_growth.map(|u2| u2.value))
        .collect();
    row(
        "u2_of_most",
        Measure::U2OfMost,
        u2_of_most(&each),
        each.len(),
    )
}

/// A row; fewer than four points are shown and not judged.
fn row(name: &str, measure: Measure, value: Option<f64>, points: usize) -> AcceptanceRow {
    let value = value.filter(|v| v.is_finite());
    let judged = value.filter(|_| points >= FEWEST_POINTS);
    let ends = |interval: Interval| [interval.low, interval.high];
    let criterion = ACCEPTANCE.iter().find(|c| c.measure == measure);
    AcceptanceRow {
        measure: name.to_owned(),
        value: value.map(rounded),
        points,
        accept: criterion.map_or([0.0; 2], |c| ends(c.accept)),
        good: criterion.map_or([0.0; 2], |c| ends(c.good)),
        verdict: word(verdict(measure, judged)),
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    let sum: f64 = values.iter().sum();
    (!values.is_empty()).then_some(sum / values.len() as f64)
}
