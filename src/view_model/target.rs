//! All there is to say of one target: its row, reading years, last actual, pace, definition.

use super::rows::{LastActual, ReadingCell, TargetDetails, TargetRow};
use super::scoreboard::{actual_value, firm, measure, target_row};
use super::series::period_text;
use super::{Inputs, early};
use crate::text::sentence::Measure;
use crate::text::target as words;
use crate::text::word;
use tidemark_pack::assess::Assessment;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::Reading;

/// One target with all there is to say of it.
pub fn target(inputs: &Inputs<'_>, k: usize) -> Option<(TargetRow, TargetDetails)> {
    let bound = inputs.bound;
    let target = bound.pack().target.get(k)?;
    let row = target_row(inputs, k, target)?;
    let indicator = bound.indicator(&target.indicator)?;
    let details = TargetDetails {
        readings: readings(inputs, k, measure(target, indicator)),
        last_actual: last_actual(bound, inputs.scenario.targets.get(k)?),
        early: early::sentences(bound, &inputs.scenario.run, target),
        note: target.note.clone(),
        definition: indicator.definition.clone(),
    };
    Some((row, details))
}

fn readings(inputs: &Inputs<'_>, k: usize, measure: Measure<'_>) -> Vec<ReadingCell> {
    let of = |all: &[Assessment]| all.get(k).map(|a| a.readings.clone()).unwrap_or_default();
    let baseline = of(&inputs.baseline.targets);
    let scenario = of(&inputs.scenario.targets);
    // A sum that runs past the target's own years is another figure, so it is left out.
    let target = inputs.bound.pack().target.get(k);
    let shown =
        |year| target.is_none_or(|t| t.at != Reading::Sum || t.from == t.to || year <= t.to);
    let pairs = scenario
        .iter()
        .zip(&baseline)
        .filter(|(now, _)| shown(now.year));
    pairs
        .map(|(now, base)| ReadingCell {
            year: now.year,
            value: measure.value(now.value),
            baseline: measure.value(base.value),
            change: cell_change(now.value, base.value, measure),
        })
        .collect()
}

fn cell_change(now: Option<f64>, base: Option<f64>, measure: Measure<'_>) -> String {
    let (Some(now), Some(base)) = (now, base) else {
        return String::new();
    };
    if now == base {
        return String::new();
    }
    let hidden = || words::HIDDEN.to_owned();
    measure.change(now - base).unwrap_or_else(hidden)
}

fn last_actual(bound: &Bound, assessed: &Assessment) -> Option<LastActual> {
    let actual = bound.actuals().get(assessed.last?.actual)?;
    let indicator = bound.indicator(&actual.indicator)?;
    Some(LastActual {
        value: actual_value(actual, indicator),
        period: period_text(&actual.period),
        firmness: word::firmness(actual.status),
        ring: !firm(actual),
        source: actual.source.clone(),
        quote: actual.quote.clone(),
        note: actual.note.clone(),
        vintage: actual.vintage.clone(),
    })
}
