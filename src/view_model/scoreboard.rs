//! Targets as rows: value, target, gap in unit and in words, light, probability.

use super::rows::{Beside, Light, Scoreboard, TargetRow};
use super::{Inputs, chances};
use crate::text::chance as chance_words;
use crate::text::number::{self, NO_VALUE};
use crate::text::sentence::{self, Measure};
use crate::text::target as words;
use crate::text::word;
use std::collections::BTreeSet;
use std::rc::Rc;
use tidemark_engine::sort_short;
use tidemark_pack::assess::{Assessment, Held, Progress, Status};
use tidemark_pack::record::{Actual, ActualStatus, Comparator, Indicator, Pack, Reading, Target};
use tidemark_reach::scope::ratio_parts;

/// Targets on tiles, by their place; a row that is as it was `before` is the very same one.
pub(super) fn scoreboard(inputs: &Inputs<'_>, before: Option<&Scoreboard>) -> Scoreboard {
    let pack = inputs.bound.pack();
    let was: &[Rc<TargetRow>] = before.map_or(&[], |board| &board.tiles);
    let kept = |row: TargetRow| {
        let same = was.iter().find(|old| ***old == row);
        same.map_or_else(|| Rc::new(row), Rc::clone)
    };
    let tiles: Rc<[Rc<TargetRow>]> = tiles(&pack.target)
        .filter_map(|(k, target)| target_row(inputs, k, target))
        .map(kept)
        .collect();
    Scoreboard {
        strip: sentence::strip(tiles.iter().map(|row| row.light.word)),
        ensemble: chances::ensemble(inputs),
        rule: rule(pack),
        tiles,
    }
}

/// Targets on tiles with their positions, in the order of the tiles.
pub(super) fn tiles(targets: &[Target]) -> impl Iterator<Item = (usize, &Target)> {
    let on_tiles = targets.iter().enumerate().filter(|(_, t)| t.tile > 0);
    let mut tiles: Vec<_> = on_tiles.collect();
    sort_short(&mut tiles, |(_, a), (_, b)| order(a).cmp(&order(b)));
    tiles.into_iter()
}

/// Targets on tiles first, by their places.
pub(super) fn order(target: &Target) -> u32 {
    match target.tile {
        0 => u32::MAX,
        place => place,
    }
}

/// The other targets, in the pack's order, superseded ones left out.
pub fn further(inputs: &Inputs<'_>) -> Vec<TargetRow> {
    let pack = inputs.bound.pack();
    let replaced = superseded(pack);
    let targets = pack.target.iter().enumerate();
    let other = targets.filter(|(_, t)| t.tile == 0 && !replaced.contains(t.id.as_str()));
    other
        .filter_map(|(k, target)| target_row(inputs, k, target))
        .collect()
}

/// The status rule, and that of probabilities where there is one.
fn rule(pack: &Pack) -> String {
    let rule = &pack.status_rule;
    let first = rule.probability.as_ref().map(|rule| rule.text.as_str());
    let said: Vec<&str> = first.into_iter().chain([rule.text.as_str()]).collect();
    said.concat()
}

/// Ids of targets that another one replaces.
pub(super) fn superseded(pack: &Pack) -> BTreeSet<&str> {
    let named = pack.target.iter().map(|target| target.supersedes.as_str());
    named.filter(|id| !id.is_empty()).collect()
}

/// How a target's values are measured: in the indicator's unit, in % for a growth rate.
pub(super) fn measure<'a>(target: &Target, indicator: &'a Indicator) -> Measure<'a> {
    match target.at {
        Reading::Cagr => Measure {
            unit: "%",
            decimals: 1,
        },
        Reading::End | Reading::Mean | Reading::Sum | Reading::Max => Measure {
            unit: &indicator.unit,
            decimals: indicator.decimals,
        },
    }
}

/// The light of a status.
pub(super) fn light(status: Status) -> Light {
    let (glyph, class, word) = word::status(status);
    Light { class, glyph, word }
}

/// The light of a status on the page: one that is open says whether somebody works on it.
pub(super) fn light_now(inputs: &Inputs<'_>, status: Status) -> Light {
    let known = light(status);
    match status {
        Status::Unknown if chances::is_given_up(inputs.ensemble) => Light {
            word: word::NOT_COMPUTED,
            ..known
        },
        _ => known,
    }
}

/// Why a target is not looked at in its own year, or keeps it although another one is looked at.
fn held(target: &Target, assessed: &Assessment, year: i32) -> String {
    match assessed.held {
        Held::Own => String::new(),
        Held::Other => words::held_other(target.to, year),
        Held::Aside => words::held_aside(&sentence::years(target.from, target.to)),
    }
}

/// `None` for a target whose indicator the pack does not have (refused when the pack is read).
pub(super) fn target_row(inputs: &Inputs<'_>, k: usize, target: &Target) -> Option<TargetRow> {
    let bound = inputs.bound;
    let pack = bound.pack();
    let indicator = bound.indicator(&target.indicator)?;
    let assessed = inputs.scenario.targets.get(k)?;
    let measure = measure(target, indicator);
    let chance = chances::of_target(inputs, target, assessed, measure);
    let light = light_now(inputs, assessed.status);
    let name = target_name(target, indicator);
    let period = sentence::years(assessed.span.from, assessed.span.to);
    let (value, target_value) = value_and_target(target, assessed, measure);
    let is_stale = assessed.status.is_verdict() && chances::is_stale(inputs);
    let gap = gap(target, assessed, (measure, is_stale));
    let gap_words = gap_words(inputs, target, indicator, assessed);
    let target_text = format!("{} {target_value}", word::comparator(target.comparator));
    let with_unit = number::with_unit(&value, measure.unit);
    let aria = words::aria(&name, &period, &with_unit, &target_text, light.word, &gap);
    let (document_status, _) = bound
        .source(&target.source)
        .map_or(("", ""), |s| word::document(s.status));
    Some(TargetRow {
        target: k,
        id: target.id.clone(),
        short: indicator.short.clone(),
        name,
        period,
        value,
        unit: measure.unit.to_owned(),
        target_text,
        light,
        gap,
        is_unsure: !is_stale && chances::met_but_unsure(assessed).is_some(),
        gap_words,
        when: when(inputs, target, assessed),
        pace: pace(assessed, measure),
        pending: pending(target, assessed),
        held: held(target, assessed, inputs.state.view.year),
        is_aside: assessed.held == Held::Aside || bound.is_past(target),
        is_stale,
        beside: beside(inputs, target, assessed),
        chance,
        figure: pack
            .figure
            .iter()
            .position(|f| f.indicator == target.indicator),
        source: target.source.clone(),
        document_status,
        aria,
    })
}

/// The target's own name where it has one, else the indicator's.
fn target_name(target: &Target, indicator: &Indicator) -> String {
    match (target.label.as_str(), target.at) {
        ("", Reading::Cagr) => words::growth_of(&indicator.label.zh),
        ("", _) => indicator.label.zh.clone(),
        (label, _) => label.to_owned(),
    }
}

/// Projected and wanted value, to as many digits as tell them apart.
fn value_and_target(
    target: &Target,
    assessed: &Assessment,
    measure: Measure<'_>,
) -> (String, String) {
    let wanted = number::fixed(target.value, measure.decimals);
    let exact = (target.value - number_of(&wanted)).abs() < 1e-9;
    let decimals = measure.decimals + usize::from(!exact);
    let wanted = number::trimmed(&number::fixed(target.value, decimals));
    let wanted = number::with_unit(&wanted, measure.unit);
    let value = assessed.projected.map_or(NO_VALUE.to_owned(), |value| {
        let decimals = number::telling_decimals(value, target.value, measure.decimals);
        number::fixed(value, decimals)
    });
    (value, wanted)
}

fn number_of(text: &str) -> f64 {
    number::parse(text, "").unwrap_or(f64::NAN)
}

fn gap(target: &Target, assessed: &Assessment, (measure, is_stale): (Measure<'_>, bool)) -> String {
    match assessed.gap {
        None => words::NO_PROJECTION.to_owned(),
        Some(_) if target.comparator == Comparator::About => words::ABOUT_NOT_JUDGED.to_owned(),
        // Without a figure to start from nothing is short of anything, nor beyond it.
        Some(_) if assessed.status == Status::Pending => String::new(),
        Some(short) if is_stale => sentence::gap(short, measure),
        Some(short) => said_gap(short, assessed, measure),
    }
}

/// A gap, and where it is none although the chance is short of what counts as reached, both.
pub(super) fn said_gap(short: f64, assessed: &Assessment, measure: Measure<'_>) -> String {
    let gap = sentence::gap(short, measure);
    match chances::met_but_unsure(assessed) {
        Some(percent) => words::met_but_unsure(&gap, chance_words::words(percent)),
        None => gap,
    }
}

/// A ratio's gap as an amount of its numerator: the shown gap in points times the shown denominator, where
/// the pack has an indicator for both parts.
fn gap_words(
    inputs: &Inputs<'_>,
    target: &Target,
    indicator: &Indicator,
    assessed: &Assessment,
) -> Option<String> {
    let short = assessed.gap.filter(|gap| *gap > 0.0)?;
    if target.at == Reading::Cagr || assessed.status == Status::Pending {
        return None;
    }
    let bound = inputs.bound;
    let parts = ratio_parts(bound, indicator);
    let [above, below] = parts.as_slice() else {
        return None;
    };
    let centre = &inputs.scenario.centre;
    let base = bound.value(centre, &below.id, target.at, assessed.span)? * below.scale;
    let amount = short * indicator.scale * base / above.scale;
    Some(sentence::gap_amount(amount, &above.unit, &above.short))
}

fn when(inputs: &Inputs<'_>, target: &Target, assessed: &Assessment) -> String {
    if !is_measured(assessed.status) || inputs.bound.is_past(target) {
        return String::new();
    }
    let stop = inputs.bound.horizon().stop;
    let last = libm::ceil(stop) as i32 - 1;
    let mut before = inputs.baseline.targets.iter();
    let before = before.find(|before| before.target == target.id);
    let before = before.map(|before| before.met_in);
    let before = before.filter(|before| *before != assessed.met_in);
    sentence::met_in(assessed.met_in, before, target.to, last)
}

fn pace(assessed: &Assessment, measure: Measure<'_>) -> String {
    let short = assessed.gap.is_some_and(|gap| gap > 0.0);
    let judged = is_measured(assessed.status);
    match assessed.progress {
        Some(Progress {
            needed_per_year: Some(needed),
            projected_per_year: Some(projected),
            year,
            ..
        }) if short && judged => sentence::pace(needed, projected, year, measure),
        _ => String::new(),
    }
}

/// Whether the value is measured against the target's.
fn is_measured(status: Status) -> bool {
    !matches!(
        status,
        Status::Pending | Status::NotJudged | Status::Awaited
    )
}

fn pending(target: &Target, assessed: &Assessment) -> String {
    match assessed.status {
        Status::Pending if target.pending.is_empty() => words::WHY_NO_START.to_owned(),
        Status::Pending => target.pending.clone(),
        Status::Indicative => target.indicative.clone(),
        Status::Awaited => words::WHY_AWAITED.to_owned(),
        Status::NotJudged if target.comparator == Comparator::About => words::WHY_ABOUT.to_owned(),
        Status::NotJudged => words::WHY_NO_START.to_owned(),
        Status::Reached | Status::AtRisk | Status::OutOfReach | Status::Unknown => String::new(),
    }
}

/// The second line: another indicator at the target's own reading.
fn beside(inputs: &Inputs<'_>, target: &Target, assessed: &Assessment) -> Option<Beside> {
    let bound = inputs.bound;
    let other = bound.indicator(&target.beside)?;
    let value = bound.value(&inputs.scenario.centre, &other.id, target.at, assessed.span);
    let measure = measure(target, other);
    Some(Beside {
        label: other.short.clone(),
        value: measure.value(value),
    })
}

/// "≥ 8,855 家": as printed, with how it bounds the true figure.
pub(super) fn actual_value(actual: &Actual, indicator: &Indicator) -> String {
    let (unit, decimals) = (indicator.unit.as_str(), indicator.decimals);
    actual_text(actual, Measure { unit, decimals })
}

/// The same for any figure that is published.
pub(super) fn actual_text(actual: &Actual, measure: Measure<'_>) -> String {
    let number = printed(actual.value, measure.decimals);
    let text = number::with_unit(&number, measure.unit);
    match word::bound(actual.bound) {
        "" => text,
        sign => format!("{sign} {text}"),
    }
}

/// The number of an actual with the digits it was published to, at least the pack's.
pub(super) fn actual_number(actual: &Actual, indicator: &Indicator) -> String {
    printed(actual.value, indicator.decimals)
}

fn printed(value: f64, decimals: usize) -> String {
    let rounded = number_of(&number::fixed(value, decimals));
    let printed = (rounded - value).abs() < 1e-9;
    let decimals = decimals + if printed { 0 } else { 2 };
    let text = number::fixed(value, decimals);
    if printed {
        text
    } else {
        number::trimmed(&text)
    }
}

/// Whether an actual is published and final, so that it is drawn as a full dot.
pub(super) fn firm(actual: &Actual) -> bool {
    matches!(actual.status, ActualStatus::Final | ActualStatus::Revised)
        && actual.bound == tidemark_pack::record::Bound::Exact
}
