//! Fiscal cost beside the money there is, and the rules a scenario is checked against.

use super::Inputs;
use super::rows::{Light, MoneyStrip, MoneyYear, RuleLamp};
use crate::text::sentence::{self, Measure};
use tidemark_engine::exec::Run;
use tidemark_pack::assess::RuleCheck;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Money, Rule};

/// Money of one year in the indicators' shown units.
struct Amounts {
    year: i32,
    cost: f64,
    available: Option<f64>,
    gap: Option<f64>,
}

/// Cost, money at hand and what is missing, in each reading year; empty without a money record.
pub fn strip(inputs: &Inputs<'_>) -> MoneyStrip {
    let none = MoneyStrip {
        years: Vec::new(),
        summary: String::new(),
        class: "ok",
    };
    let Some(money) = &inputs.bound.pack().money else {
        return none;
    };
    let years = &inputs.bound.pack().meta.reading_years;
    let read = |&year: &i32| amounts(inputs.bound, inputs.scenario, money, year);
    let amounts: Vec<Amounts> = years.iter().filter_map(read).collect();
    let measure = measure(inputs.bound, &money.cost);
    let longest = amounts
        .iter()
        .flat_map(|a| [a.cost, a.available.unwrap_or(0.0)])
        .fold(0.0, f64::max);
    let Some(worst) = worst(&amounts) else {
        return none;
    };
    let say = |value| measure.value(Some(value));
    let (available, gap) = (worst.available.map(say), shown_gap(worst, measure));
    MoneyStrip {
        summary: sentence::money(
            worst.year,
            &say(worst.cost),
            available.as_deref(),
            gap.as_deref(),
        ),
        class: if gap.is_some() { "miss" } else { "ok" },
        years: amounts
            .iter()
            .map(|a| year_bar(a, measure, longest))
            .collect(),
    }
}

fn amounts(bound: &Bound, run: &Run, money: &Money, year: i32) -> Option<Amounts> {
    let read = |indicator: &str| bound.yearly_value(run, indicator, year);
    Some(Amounts {
        year,
        cost: read(&money.cost)?,
        available: read(&money.available),
        gap: read(&money.gap),
    })
}

/// The year with the largest gap; without any, the one with the largest cost.
fn worst(amounts: &[Amounts]) -> Option<&Amounts> {
    let weight = |a: &&Amounts| (a.gap.unwrap_or(0.0), a.cost);
    // `max_by` takes the last of equals; reversed, the earliest year wins.
    amounts.iter().rev().max_by(|a, b| {
        let ((gap_a, cost_a), (gap_b, cost_b)) = (weight(a), weight(b));
        gap_a.total_cmp(&gap_b).then(cost_a.total_cmp(&cost_b))
    })
}

fn measure<'a>(bound: &'a Bound, indicator: &str) -> Measure<'a> {
    let record = bound.indicator(indicator);
    Measure {
        unit: record.map_or("", |r| r.unit.as_str()),
        decimals: record.map_or(1, |r| r.decimals),
    }
}

/// The gap in words, `None` where it does not show at the precision of the page.
fn shown_gap(amounts: &Amounts, measure: Measure<'_>) -> Option<String> {
    let gap = amounts.gap.filter(|gap| *gap > 0.0)?;
    measure.change(gap)?;
    Some(measure.value(Some(gap)))
}

fn year_bar(amounts: &Amounts, measure: Measure<'_>, longest: f64) -> MoneyYear {
    let part = |value: f64| {
        if longest > 0.0 {
            (value / longest).clamp(0.0, 1.0)
        } else {
            0.0
        }
    };
    let gap = amounts.gap.unwrap_or(0.0).max(0.0);
    MoneyYear {
        year: amounts.year,
        cost: measure.value(Some(amounts.cost)),
        available: measure.value(amounts.available),
        gap: shown_gap(amounts, measure).unwrap_or_default(),
        covered_fraction: part(amounts.cost - gap),
        gap_fraction: part(gap.min(amounts.cost)),
        available_fraction: part(amounts.available.unwrap_or(0.0)),
    }
}

/// Every rule of the pack with its years, and whether the baseline keeps it.
pub fn rules(inputs: &Inputs<'_>) -> Vec<RuleLamp> {
    let bound = inputs.bound;
    let scenario = bound.check_rules(inputs.scenario);
    let baseline = bound.check_rules(inputs.baseline);
    let rules = bound.pack().rule.iter();
    rules
        .map(|rule| {
            let own = |all: &[RuleCheck]| -> Vec<RuleCheck> {
                all.iter().filter(|c| c.rule == rule.id).cloned().collect()
            };
            lamp(rule, &own(&scenario), &own(&baseline))
        })
        .collect()
}

fn lamp(rule: &Rule, checks: &[RuleCheck], baseline: &[RuleCheck]) -> RuleLamp {
    let broken = |checks: &[RuleCheck]| checks.iter().any(|c| c.holds == Some(false));
    let unknown = checks.is_empty() || checks.iter().any(|c| c.holds.is_none());
    let (class, glyph, word) = if broken(checks) {
        ("miss", "■", "不满足")
    } else if unknown {
        ("pending", "◌", "无法判断")
    } else {
        ("ok", "●", "满足")
    };
    let years = checks.iter().map(|c| sentence::rule_year(c.year, c.holds));
    let mut detail = years.collect::<Vec<_>>().join(" · ");
    if broken(checks) && broken(baseline) {
        detail.push_str("（基准情景同样不满足）");
    }
    RuleLamp {
        id: rule.id.clone(),
        label: rule.label.clone(),
        light: Light { class, glyph, word },
        detail,
        note: rule.note.clone(),
        source: rule.source.clone(),
    }
}
