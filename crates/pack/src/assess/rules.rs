//! Holds rules against a scenario and its baseline, so that the scenario's own part of a breach
//! is told apart from what is broken without it, and counts only where it is material.

use crate::bind::{Bound, shown_at};
use crate::figures::{Figures, Key, Quantity};
use crate::reading::Span;
use crate::record::{Comparator, Reading, Rule, RuleTest};

/// How a rule stands, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Beyond the model: a person must check it.
    Statement,
    /// Kept.
    Kept,
    /// The scenario breaks it by less than what the pack says is material; the baseline keeps it.
    Immaterial,
    /// There is no value for the year.
    Unknown,
    /// The baseline breaks it and the scenario adds nothing that shows.
    Inherited,
    /// The baseline breaks it and the scenario breaks it further.
    Widened,
    /// The baseline keeps it and the scenario does not.
    Broken,
}

impl Verdict {
    /// Whether the run does not keep the rule, whoever is to blame.
    pub fn is_breach(self) -> bool {
        self >= Self::Inherited
    }

    /// Whether levers broke the rule or broke it further.
    pub fn is_own(self) -> bool {
        self >= Self::Widened
    }
}

/// What one run reads in one year, in the shown unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleReading {
    /// The value; for an "about" rule the one furthest from the bound within the year.
    pub value: Option<f64>,
    /// What is left to the bound; negative is a breach.
    pub margin: Option<f64>,
    /// Whether the rule holds.
    pub holds: Option<bool>,
}

impl RuleReading {
    /// How far the bound is passed; 0 where it holds or nothing is known.
    fn breach(self) -> f64 {
        match (self.holds, self.margin) {
            (Some(false), Some(margin)) => -margin,
            _ => 0.0,
        }
    }
}

/// A rule in one year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleYear {
    /// Year.
    pub year: i32,
    /// The scenario.
    pub scenario: RuleReading,
    /// The baseline of the same assumptions.
    pub baseline: RuleReading,
    /// Breach of the scenario less breach of the baseline: what the levers add (positive) or take
    /// away.
    pub own: f64,
    /// How the rule stands in this year.
    pub verdict: Verdict,
}

/// A rule in all its years.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleReport {
    /// Position in the pack.
    pub rule: usize,
    /// Its years in order; empty for a statement.
    pub years: Vec<RuleYear>,
    /// The worst of them.
    pub verdict: Verdict,
}

impl RuleReport {
    /// The year that stands for the rule: among the worst, the one to which the levers add most,
    /// or the one with the largest breach where they add nothing.
    pub fn telling_year(&self) -> Option<&RuleYear> {
        let size = |year: &RuleYear| match self.verdict.is_own() {
            true => year.own,
            false => year.scenario.breach(),
        };
        let worst = self.years.iter().filter(|y| y.verdict == self.verdict);
        worst.reduce(
            |best, year| {
                if size(year) > size(best) { year } else { best }
            },
        )
    }
}

impl Bound {
    /// Every rule, in the pack's order; `baseline` has the scenario's assumptions.
    pub fn judge_rules(&self, baseline: &dyn Figures, scenario: &dyn Figures) -> Vec<RuleReport> {
        let rules = 0..self.pack().rule.len();
        rules
            .filter_map(|rule| self.judge_rule(rule, baseline, scenario))
            .collect()
    }

    /// The rule at that place in the pack; `None` where there is none.
    pub fn judge_rule(
        &self,
        rule: usize,
        baseline: &dyn Figures,
        scenario: &dyn Figures,
    ) -> Option<RuleReport> {
        let record = self.pack().rule.get(rule)?;
        let years: Vec<RuleYear> = match &record.check {
            None => Vec::new(),
            Some(check) => {
                let years = check.years.iter();
                let read = |of, year| self.read_rule(of, rule, check, year);
                years
                    .map(|&year| judged(check, year, read(scenario, year), read(baseline, year)))
                    .collect()
            }
        };
        let worst = years.iter().map(|year| year.verdict).max();
        Some(RuleReport {
            rule,
            verdict: worst.unwrap_or(Verdict::Statement),
            years,
        })
    }

    /// What one run reads of a rule in one of its years; nothing for a statement.
    pub fn rule_reading(
        &self,
        figures: &dyn Figures,
        rule: usize,
        year: i32,
    ) -> Option<RuleReading> {
        let record: &Rule = self.pack().rule.get(rule)?;
        Some(self.read_rule(figures, rule, record.check.as_ref()?, year))
    }

    /// What is read of a rule in a year; nothing for a balance, which holds at every instant, and for a
    /// statement.
    pub fn rule_key(&self, rule: usize, year: i32) -> Option<Key> {
        let check = self.pack().rule.get(rule)?.check.as_ref()?;
        let is_level = check.comparator != Comparator::About;
        is_level.then(|| rule_key(rule, check, year))
    }

    fn read_rule(
        &self,
        figures: &dyn Figures,
        rule: usize,
        check: &RuleTest,
        year: i32,
    ) -> RuleReading {
        let value = match check.comparator {
            Comparator::AtLeast | Comparator::AtMost => {
                figures.figure(self, rule_key(rule, check, year))
            }
            Comparator::About => figures
                .furthest(self, rule, check.value * check.scale, year)
                .map(|v| shown_at(v, check.at, check.scale)),
        };
        let margin = value.map(|v| match check.comparator {
            Comparator::AtLeast => v - check.value,
            Comparator::AtMost => check.value - v,
            Comparator::About => 0.0 - (v - check.value).abs(),
        });
        let part = match check.comparator {
            Comparator::AtLeast | Comparator::AtMost => NOISE,
            Comparator::About => ABOUT,
        };
        RuleReading {
            value,
            margin,
            holds: margin.map(|m| m >= -part * check.value.abs().max(1.0)),
        }
    }
}

/// How near "about" is for a balance, as a part of its value or of one shown unit.
const ABOUT: f64 = 1e-6;

/// What rounding leaves of a bound that is met exactly, as a part of it or of one shown unit.
const NOISE: f64 = 1e-9;

fn rule_key(rule: usize, check: &RuleTest, year: i32) -> Key {
    Key {
        quantity: Quantity::Rule(rule),
        at: check.at,
        span: span(check, year),
    }
}

/// The years a rule reads for one of its years.
fn span(check: &RuleTest, year: i32) -> Span {
    let from = match (check.from, check.at) {
        (Some(from), _) => from,
        (None, Reading::Cagr) => year.saturating_sub(1),
        (None, _) => year,
    };
    Span { from, to: year }
}

fn judged(check: &RuleTest, year: i32, scenario: RuleReading, baseline: RuleReading) -> RuleYear {
    let own = scenario.breach() - baseline.breach();
    let counts = own >= check.material();
    RuleYear {
        year,
        scenario,
        baseline,
        own,
        verdict: match (scenario.holds, baseline.holds) {
            (None, _) => Verdict::Unknown,
            (Some(true), _) => Verdict::Kept,
            (Some(false), Some(false)) if !counts => Verdict::Inherited,
            (Some(false), Some(false)) => Verdict::Widened,
            (Some(false), _) if !counts => Verdict::Immaterial,
            (Some(false), _) => Verdict::Broken,
        },
    }
}
