//! Which lever breaks a rule most, and how far it must go back for the rule to be kept.
//!
//! Answered by runs, not by costs: each moved lever is put back alone. One run for each moved
//! lever, then one for each halving of the way back; nothing is run where levers broke nothing.

use tidemark_engine::exec::Run;

use crate::assess::RuleReport;
use crate::bind::Bound;
use crate::runner::Runner;
use crate::scenario::Scenario;

/// The lever to look at first when a rule is broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    /// Position of the rule in the pack.
    pub rule: usize,
    /// Lever that takes most of the breach away when it is put back to its default alone.
    pub lever: String,
    /// What the levers still add to the breach then, in the rule's unit and telling year.
    pub left: f64,
    /// Shown value nearest to the present one at which the levers break the rule in no year;
    /// `None` where this lever alone is not enough, or only its timing was changed.
    pub value: Option<f64>,
}

/// A scenario with the rules that it breaks.
#[derive(Debug, Clone, Copy)]
pub struct Breaches<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its baseline.
    pub baseline: &'a Run,
    /// Rules held against both.
    pub reports: &'a [RuleReport],
}

impl Runner {
    /// The lever to look at first, for every rule that levers broke and that one of them alone
    /// makes better.
    pub fn reliefs(&mut self, bound: &Bound, breaches: &Breaches<'_>) -> Vec<Relief> {
        let reports = breaches.reports.iter();
        let broken: Vec<&RuleReport> = reports.filter(|r| r.verdict.is_own()).collect();
        if broken.is_empty() {
            return Vec::new();
        }
        let levers = breaches.scenario.levers.keys();
        let without: Vec<(&str, Run)> = levers
            .map(|id| {
                let mut scenario = breaches.scenario.clone();
                scenario.levers.remove(id);
                let run = self.scenario(bound, &scenario, breaches.baseline);
                (id.as_str(), run)
            })
            .collect();
        let reliefs = broken.into_iter();
        reliefs
            .filter_map(|report| self.relief(bound, breaches, report, &without))
            .collect()
    }

    fn relief(
        &mut self,
        bound: &Bound,
        breaches: &Breaches<'_>,
        report: &RuleReport,
        without: &[(&str, Run)],
    ) -> Option<Relief> {
        let telling = report.telling_year()?;
        let mut best: Option<(&str, f64, RuleReport)> = None;
        for (id, run) in without {
            let found = bound.judge_rule(report.rule, breaches.baseline, run)?;
            let own = found.years.iter().find(|y| y.year == telling.year)?.own;
            if own < best.as_ref().map_or(telling.own, |(_, own, _)| *own) {
                best = Some((id, own, found));
            }
        }
        let (lever, left, found) = best?;
        let is_enough = !found.verdict.is_own();
        let value = is_enough.then(|| self.nearest_value(bound, breaches, report.rule, lever));
        Some(Relief {
            rule: report.rule,
            lever: lever.to_owned(),
            left: if is_enough { 0.0 } else { left.max(0.0) },
            value: value.flatten(),
        })
    }

    /// The value furthest from the default, in steps towards the present one, at which the rule is
    /// not broken by levers; `None` for a lever whose value stands at its default.
    fn nearest_value(
        &mut self,
        bound: &Bound,
        breaches: &Breaches<'_>,
        rule: usize,
        lever: &str,
    ) -> Option<f64> {
        let record = bound.lever(lever)?;
        let way = breaches.scenario.levers.get(lever)?.value - record.default;
        let steps = libm::round(way.abs() / record.step);
        let value = |k: f64| record.default + libm::copysign(k * record.step, way);
        // `kept` steps are fine, `broken` are not; the default is fine, as the caller has seen.
        let (mut kept, mut broken) = (0.0, steps);
        while broken - kept > 1.0 {
            let middle = libm::floor((kept + broken) / 2.0);
            let mut tried = breaches.scenario.clone();
            tried.levers.get_mut(lever)?.value = value(middle);
            let run = self.scenario(bound, &tried, breaches.baseline);
            let report = bound.judge_rule(rule, breaches.baseline, &run)?;
            match report.verdict.is_own() {
                true => broken = middle,
                false => kept = middle,
            }
        }
        (steps > 0.0).then(|| value(kept))
    }
}
