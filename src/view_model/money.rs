//! Fiscal cost beside the money there is, year by year.

use super::Inputs;
use super::rows::{MoneyStrip, MoneyYear};
use crate::text::sentence::{self, Measure, MoneyWords};
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Centre;
use tidemark_pack::record::Money;

/// Money of one year in the indicators' shown units.
struct Amounts {
    year: i32,
    cost: f64,
    available: Option<f64>,
    gap: Option<f64>,
    /// Cost of levers that the pack's sum leaves out, charged elsewhere.
    added: f64,
}

/// Cost, money at hand and what is missing, in each reading year; empty without a money record.
pub fn strip(inputs: &Inputs<'_>) -> MoneyStrip {
    let none = MoneyStrip {
        years: Vec::new(),
        summary: String::new(),
        class: "ok",
        indicators: Vec::new(),
    };
    let Some(money) = &inputs.bound.pack().money else {
        return none;
    };
    let years = &inputs.bound.pack().meta.reading_years;
    let centre = &inputs.scenario.centre;
    let read = |&year: &i32| amounts(inputs.bound, centre, money, year);
    let amounts: Vec<Amounts> = years.iter().filter_map(read).collect();
    let measure = measure(inputs.bound, &money.cost);
    let longest = amounts
        .iter()
        .flat_map(|a| [a.cost, a.available.unwrap_or(0.0)])
        .fold(0.0, f64::max);
    let Some(told) = told(&amounts, measure, inputs.state.view.year) else {
        return none;
    };
    let missing = shown(told.gap, measure).is_some();
    MoneyStrip {
        summary: words(told, measure),
        class: if missing { "miss" } else { "ok" },
        indicators: vec![money.cost.clone(), money.available.clone()],
        years: amounts
            .iter()
            .map(|a| year_bar(a, measure, longest))
            .collect(),
    }
}

fn amounts(bound: &Bound, centre: &Centre, money: &Money, year: i32) -> Option<Amounts> {
    let costs = bound.lever_costs(centre, year);
    let cost = costs.charged?;
    let scale = bound.indicator(&money.cost).map_or(1.0, |i| i.scale);
    Some(Amounts {
        year,
        cost,
        available: costs.available,
        gap: costs.gap,
        added: costs.total / scale - cost,
    })
}

/// The year that is looked at; where only another one misses money, the first of those, since what is
/// missing must be told.
fn told<'a>(amounts: &'a [Amounts], measure: Measure<'_>, year: i32) -> Option<&'a Amounts> {
    let is_missing = |a: &&Amounts| shown(a.gap, measure).is_some();
    let looked_at = amounts.iter().find(|a| a.year == year);
    let missing = amounts.iter().find(is_missing);
    let looked_at = looked_at.filter(|a| is_missing(a) || missing.is_none());
    looked_at.or(missing).or(amounts.first())
}

fn words(amounts: &Amounts, measure: Measure<'_>) -> String {
    let available = amounts.available.map(|a| measure.value(Some(a)));
    sentence::money(&MoneyWords {
        year: amounts.year,
        cost: shown(Some(amounts.cost), measure).as_deref(),
        available: available.as_deref(),
        gap: shown(amounts.gap, measure).as_deref(),
        added: shown(Some(amounts.added), measure).as_deref(),
    })
}

fn measure<'a>(bound: &'a Bound, indicator: &str) -> Measure<'a> {
    let record = bound.indicator(indicator);
    Measure {
        unit: record.map_or("", |r| r.unit.as_str()),
        decimals: record.map_or(1, |r| r.decimals),
    }
}

/// An amount above zero in words; `None` where it does not show at the precision of the page.
fn shown(amount: Option<f64>, measure: Measure<'_>) -> Option<String> {
    let amount = amount.filter(|amount| *amount > 0.0)?;
    measure.change(amount)?;
    Some(measure.value(Some(amount)))
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
        gap: shown(amounts.gap, measure).unwrap_or_default(),
        covered_fraction: part(amounts.cost - gap),
        gap_fraction: part(gap.min(amounts.cost)),
        available_fraction: part(amounts.available.unwrap_or(0.0)),
    }
}
