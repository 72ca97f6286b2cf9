//! The scenario in one sentence, what a screen reader is told, and the line at the foot.

use super::rows::{MoneyStrip, Scoreboard, StatusBar};
use super::rules::RuleNotice;
use super::scoreboard::{light, measure, tiles};
use super::{Inputs, credibility, export};
use crate::text::sentence::{self, Effect, Measure};
use crate::text::target as words;
use tidemark_pack::assess::{Assessment, RuleReport, Verdict};
use tidemark_pack::record::{Comparator, Rule};

/// "与基准相比，2027年研发强度 +0.01 个百分点；…", plain about effects too small to show, with
/// lights that changed.
pub(super) fn summary(inputs: &Inputs<'_>) -> String {
    if inputs.state.scenario.levers.is_empty() {
        let said = leverage(inputs).unwrap_or_default();
        let unmoved = if inputs.state.scenario.assumptions.is_empty() {
            words::UNMOVED
        } else {
            words::UNMOVED_ASSUMED
        };
        return format!("{said}{unmoved}");
    }
    let parts = [headline(inputs), changed_lights(inputs)];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    words::sentences(&said)
}

/// What levers can do to the headline indicator at all, under the pack's assumptions.
fn leverage(inputs: &Inputs<'_>) -> Option<String> {
    let found = inputs.ensemble.leverage.as_ref()?;
    let indicator = inputs.bound.indicator(&found.indicator)?;
    let measure = Measure {
        unit: &indicator.unit,
        decimals: indicator.decimals,
    };
    let of_first = |(_, change): &&(String, [f64; 2])| change[0];
    let most = found
        .levers
        .iter()
        .max_by(|a, b| of_first(a).total_cmp(&of_first(b)))?;
    let hidden = found.levers.iter();
    let hidden = hidden.filter(|(_, change)| measure.change(change[0]).is_none());
    let name = &inputs.bound.lever(&most.0)?.label.zh;
    Some(words::leverage(&words::LeverageWords {
        name: &indicator.short,
        years: found.years,
        levers: found.levers.len(),
        hidden: hidden.count(),
        precision: &measure.precision(),
        most: measure
            .change(most.1[0])
            .map(|change| (name.as_str(), change)),
        together: found.together.map(|change| measure.change(change)),
    }))
}

/// The effect on the first tile's indicator in the first reading year and a later one.
fn headline(inputs: &Inputs<'_>) -> Option<String> {
    let bound = inputs.bound;
    let target = tiles(&bound.pack().target).next()?.1;
    let indicator = bound.indicator(&target.indicator)?;
    let years = &bound.pack().meta.reading_years;
    let year = *years.first()?;
    let later_year = *years.get(2).or(years.last())?;
    let change = |year| {
        let read = |run| bound.yearly_value(run, &indicator.id, year);
        Some(read(&inputs.scenario.run)? - read(&inputs.baseline.run)?)
    };
    Some(sentence::effect(&Effect {
        name: &indicator.short,
        measure: measure(target, indicator),
        year,
        change: change(year)?,
        later_year,
        later_change: change(later_year)?,
    }))
}

/// "高企由难达成变为有风险", for tiles whose light differs from the baseline's.
fn changed_lights(inputs: &Inputs<'_>) -> Option<String> {
    let bound = inputs.bound;
    let (before, now) = (&inputs.baseline.targets, &inputs.scenario.targets);
    let word = |all: &[Assessment], k: usize| all.get(k).map(|a| light(a.status).word);
    let said: Vec<String> = tiles(&bound.pack().target)
        .filter_map(|(k, target)| {
            let (before, after) = (word(before, k)?, word(now, k)?);
            let name = &bound.indicator(&target.indicator)?.short;
            (before != after).then(|| words::light_changed(name, before, after))
        })
        .collect();
    (!said.is_empty()).then(|| words::clauses(&said))
}

/// What a screen reader is told once a slider rests.
pub(super) fn live(
    scoreboard: &Scoreboard,
    summary: &str,
    money: &MoneyStrip,
    broken: &RuleNotice,
) -> String {
    let missing = match (broken.text.as_str(), money.class) {
        ("", "miss") => words::sentences(std::slice::from_ref(&money.summary)),
        ("", _) => String::new(),
        (text, _) => words::sentences(&[text.to_owned()]),
    };
    let strip = words::sentences(std::slice::from_ref(&scoreboard.strip));
    format!("{summary}{missing}{strip}")
}

/// Data date, versions, and whether the accounts of the run are in balance.
pub fn status_bar(inputs: &Inputs<'_>, reports: &[RuleReport]) -> StatusBar {
    let meta = &inputs.bound.pack().meta;
    let version = export::model_version(inputs.bound);
    let (model, pack) = version.split_once(" · ").unwrap_or((&version, ""));
    let (check, check_class) = check(inputs, reports);
    StatusBar {
        data: sentence::data_until(&meta.data_date),
        model: model.to_owned(),
        pack: pack.to_owned(),
        check,
        check_class,
        badges: credibility::status_badges(inputs),
    }
}

/// Finite values, and the balances: rules that a value is about a bound.
fn check(inputs: &Inputs<'_>, reports: &[RuleReport]) -> (String, &'static str) {
    let broken_run = [inputs.scenario, inputs.baseline]
        .into_iter()
        .find_map(|of| of.not_finite);
    if let Some(time) = broken_run {
        return (words::not_finite(libm::floor(time) as i32), "miss");
    }
    let rules = &inputs.bound.pack().rule;
    let is_balance = |rule: &Rule| {
        let check = rule.check.as_ref();
        check.is_some_and(|check| check.comparator == Comparator::About)
    };
    let failed: Vec<&str> = reports
        .iter()
        .filter(|report| report.verdict != Verdict::Kept)
        .filter_map(|report| rules.get(report.rule))
        .filter(|rule| is_balance(rule))
        .map(|rule| rule.label.as_str())
        .collect();
    if failed.is_empty() {
        (words::CHECKED.to_owned(), "ok")
    } else {
        (words::unbalanced(&failed), "miss")
    }
}
