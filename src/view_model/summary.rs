//! The page's answer in one sentence, what a screen reader is told, and the line at the foot.

use super::rows::{MoneyStrip, Scoreboard, StatusBar};
use super::rules::RuleNotice;
use super::scoreboard::{light, measure, tiles};
use super::{Inputs, Seen, chances, credibility, export, levers};
use crate::text::answer as words;
use crate::text::target as target_words;
use crate::text::{chance, sentence};
use tidemark_pack::assess::{Assessment, Held, RuleReport, Status, Verdict};
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Comparator, Rule};

/// The answer in one sentence, then what the plan changes: effects, lights that are others than the
/// baseline's.
pub(super) fn summary(inputs: &Inputs<'_>) -> String {
    let year = inputs.state.view.year;
    let leverage = leverage(inputs);
    let judged: Vec<(&str, &Assessment)> = judged(inputs);
    let is_known = judged.iter().all(|(_, judged)| judged.status.is_verdict());
    let first = if judged.is_empty() {
        words::nothing_judged(year, leverage.as_ref())
    } else if chances::is_given_up(inputs.ensemble) && !is_known {
        words::not_computed(year, leverage.as_ref())
    } else if !is_known || chances::is_stale(inputs) {
        words::computing(year, leverage.as_ref())
    } else {
        let said = judged.iter().map(|(name, judged)| words::Said {
            name,
            is_reached: judged.status == Status::Reached,
            chance: judged.chance.map_or("", |c| chance::words(c.percent())),
        });
        let rule = inputs.bound.pack().status_rule.probability.as_ref();
        let level = rule.map(|rule| chance::level(rule.reached_from));
        let said: Vec<words::Said<'_>> = said.collect();
        let is_other = judged.iter().any(|(_, judged)| judged.held == Held::Other);
        let when = words::When { year, is_other };
        words::answer(&when, level, &said, leverage.as_ref())
    };
    let scenario = &inputs.state.scenario;
    let mut then: Vec<String> = Vec::new();
    if scenario.levers.is_empty() && !scenario.assumptions.is_empty() {
        then.push(target_words::UNMOVED_ASSUMED.to_owned());
    }
    if !scenario.levers.is_empty() {
        then.extend(plan(inputs));
        then.extend(changed_lights(inputs));
    }
    first + &words::then(&then)
}

/// Tiles that are judged in the year that is looked at, or will be once their chance is known.
fn judged<'a>(inputs: &'a Inputs<'_>) -> Vec<(&'a str, &'a Assessment)> {
    let bound = inputs.bound;
    let tiles = tiles(&bound.pack().target);
    let judged = tiles.filter_map(|(k, target)| {
        let assessed = inputs.scenario.targets.get(k)?;
        let is_judged = assessed.status.is_verdict() || assessed.status == Status::Unknown;
        let is_own = is_judged && !chances::is_aside(assessed);
        is_own.then_some((bound.indicator(&target.indicator)?.short.as_str(), assessed))
    });
    judged.collect()
}

/// Years whose effects are told: the first reading year, and the one in which policy still matters.
fn told_years(inputs: &Inputs<'_>) -> Vec<i32> {
    let years = &inputs.bound.pack().meta.reading_years;
    let mut told: Vec<i32> = [years.first(), years.get(2).or(years.last())]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    told.dedup();
    told
}

/// What all levers together can do to the chosen target, no other moved.
fn leverage<'a>(inputs: &Inputs<'a>) -> Option<words::Leverage<'a>> {
    let bound: &'a Bound = inputs.bound;
    let target = bound.pack().target.get(levers::focus(inputs)?)?;
    let indicator = bound.indicator(&target.indicator)?;
    let measure = measure(target, indicator);
    let effects = inputs.ensemble.effects.as_ref()?;
    let changes = told_years(inputs).into_iter().filter_map(|year| {
        let change = effects.together(&target.id, year)?;
        Some((year, measure.change(change)))
    });
    let changes: Vec<(i32, Option<String>)> = changes.collect();
    (!changes.is_empty()).then_some(words::Leverage {
        name: &indicator.short,
        changes,
    })
}

/// What the plan changes of the chosen target.
fn plan(inputs: &Inputs<'_>) -> Option<String> {
    let bound = inputs.bound;
    let target = bound.pack().target.get(levers::focus(inputs)?)?;
    let indicator = bound.indicator(&target.indicator)?;
    let measure = measure(target, indicator);
    let changes = told_years(inputs).into_iter().filter_map(|year| {
        let span = bound.held(target, year).1;
        let read = |of: &Seen| bound.value(&of.centre, &indicator.id, target.at, span);
        let change = read(inputs.scenario)? - read(inputs.baseline)?;
        Some((year, measure.change(change)))
    });
    let changes: Vec<(i32, Option<String>)> = changes.collect();
    (!changes.is_empty()).then(|| words::plan(&indicator.short, &changes))
}

/// "高企由难达成变为有风险", for tiles whose verdict differs from the baseline's; both are of the same judge.
fn changed_lights(inputs: &Inputs<'_>) -> Option<String> {
    let bound = inputs.bound;
    let status = |of: &Seen, k: usize| {
        let status = of.targets.get(k).map(|judged| judged.status);
        status.filter(|status| status.is_verdict())
    };
    if !inputs.ensemble.is_of(inputs.state.generation) {
        return None;
    }
    let said: Vec<String> = tiles(&bound.pack().target)
        .filter_map(|(k, target)| {
            let (before, after) = (status(inputs.baseline, k)?, status(inputs.scenario, k)?);
            let name = &bound.indicator(&target.indicator)?.short;
            let words = [before, after].map(|status| light(status).word);
            (before != after).then(|| target_words::light_changed(name, words[0], words[1]))
        })
        .collect();
    (!said.is_empty()).then(|| target_words::clauses(&said))
}

/// What a screen reader is told once a slider rests.
pub(super) fn live(
    scoreboard: &Scoreboard,
    summary: &str,
    money: &MoneyStrip,
    broken: &RuleNotice,
) -> String {
    let missing = match (broken.text.as_str(), money.class) {
        ("", "miss") => target_words::sentences(std::slice::from_ref(&money.summary)),
        ("", _) => String::new(),
        (text, _) => target_words::sentences(&[text.to_owned()]),
    };
    let strip = target_words::sentences(std::slice::from_ref(&scoreboard.strip));
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
        return (target_words::not_finite(libm::floor(time) as i32), "miss");
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
        (target_words::CHECKED.to_owned(), "ok")
    } else {
        (target_words::unbalanced(&failed), "miss")
    }
}
