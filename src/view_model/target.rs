//! All there is to say of one target: its row, reading years, last actual, pace, definition.

use super::rows::{LastActual, ReadingCell, TargetDetails, TargetRow};
use super::scoreboard::{actual_value, firm, light, measure, target_row};
use super::series::period_text;
use super::{Inputs, Seen, chances, early};
use crate::text::chance as words_of_chance;
use crate::text::number;
use crate::text::sentence::Measure;
use crate::text::target as words;
use crate::text::word;
use tidemark_pack::assess::Assessment;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Indicator, Reading, Target, WiderGoal};

/// One target with all there is to say of it.
pub fn target(inputs: &Inputs<'_>, k: usize) -> Option<(TargetRow, TargetDetails)> {
    let bound = inputs.bound;
    let target = bound.pack().target.get(k)?;
    let row = target_row(inputs, k, target)?;
    let indicator = bound.indicator(&target.indicator)?;
    let details = TargetDetails {
        readings: readings(inputs, k, measure(target, indicator)),
        last_actual: last_actual(bound, inputs.scenario.targets.get(k)?),
        early: early::sentences(bound, &inputs.scenario.centre, target),
        note: target.note.clone(),
        definition: indicator.definition.clone(),
        wider: wider(bound, target)
            .map(|goal| words_of_goal(bound, goal, indicator))
            .collect(),
        wider_sources: wider(bound, target)
            .map(|goal| goal.source.clone())
            .collect(),
    };
    Some((row, details))
}

fn wider<'a>(bound: &'a Bound, target: &'a Target) -> impl Iterator<Item = &'a WiderGoal> {
    let goals = bound.pack().wider_goal.iter();
    goals.filter(|goal| goal.indicator == target.indicator)
}

fn words_of_goal(bound: &Bound, goal: &WiderGoal, indicator: &Indicator) -> String {
    let wanted = number::fixed(goal.value, indicator.decimals);
    let wanted = format!(
        "{}{wanted}{}",
        word::comparator(goal.comparator),
        indicator.unit
    );
    let here = bound.pack().meta.place.zh.as_str();
    words::wider_goal(&goal.area.zh, goal.year, &wanted, here, &goal.note)
}

/// The target in every reading year in which it is held: value, range, chance and verdict, each of that
/// year itself.
fn readings(inputs: &Inputs<'_>, k: usize, measure: Measure<'_>) -> Vec<ReadingCell> {
    let bound = inputs.bound;
    let Some(target) = bound.pack().target.get(k) else {
        return Vec::new();
    };
    let answer = chances::shown(inputs.ensemble, inputs.state);
    let answer = answer.filter(|_| !chances::is_stale(inputs));
    let years = bound.pack().meta.reading_years.iter().copied();
    // A sum that runs past the target's own years is another figure, so it is left out.
    let is_shown =
        |year: i32| target.at != Reading::Sum || target.from == target.to || year <= target.to;
    let cell = |year: i32| {
        let key = bound
            .target_key(target, year)
            .filter(|key| key.span.to == year);
        let read = |seen: &Seen| {
            let own = seen
                .targets
                .get(k)?
                .readings
                .iter()
                .find(|r| r.year == year)?;
            own.value
        };
        let (now, base) = (read(inputs.scenario), read(inputs.baseline));
        let told = answer.filter(|_| key.is_some());
        let told = told.and_then(|answer| answer.target(&target.id, year));
        let chance = told.and_then(|told| told.chance);
        let judged = bound.assess_target_in(&inputs.scenario.centre, target, year, chance);
        let range = told.and_then(|told| told.band).map(|band| {
            let [low, high] = chances::range(band, measure);
            words_of_chance::span([&low, &high])
        });
        ReadingCell {
            year,
            value: measure.value(now),
            baseline: measure.value(base),
            change: cell_change(now, base, measure),
            range: range.unwrap_or_default(),
            chance: judged.chance.map(|c| words_of_chance::percent(c.percent())),
            light: judged.status.is_verdict().then(|| light(judged.status)),
        }
    };
    years.filter(|year| is_shown(*year)).map(cell).collect()
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
