//! Which lever breaks a rule most, and how far it must go back for the rule to be kept.
//!
//! Answered by runs, not by costs: each moved lever is put back alone, and what is advised is judged
//! again before it is given. One run for each moved lever and rule, then one for each halving of the
//! way back; nothing is run where levers broke nothing.

use tidemark_engine::exec::Run;

use crate::assess::RuleReport;
use crate::bind::Bound;
use crate::figures::Figures;
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
    /// The rule with the lever there, or at its default: what the advice leads to.
    pub after: RuleReport,
}

/// A scenario with the rules that it breaks.
#[derive(Clone, Copy)]
pub struct Breaches<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The run of its baseline, which drives those of the scenario.
    pub driver: &'a Run,
    /// What rules read of the baseline.
    pub baseline: &'a dyn Figures,
    /// What rules read of a scenario with that run; asked of scenarios with levers moved only.
    pub seen: &'a dyn Fn(Run) -> Box<dyn Figures>,
    /// Rules held against both.
    pub reports: &'a [RuleReport],
}

impl Breaches<'_> {
    fn judged(&self, bound: &Bound, rule: usize, seen: &dyn Figures) -> Option<RuleReport> {
        bound.judge_rule(rule, self.baseline, seen)
    }

    /// A rule under a scenario that was tried.
    fn tried(
        &self,
        bound: &Bound,
        rule: usize,
        runner: &mut Runner,
        scenario: &Scenario,
    ) -> Option<RuleReport> {
        match self.read(bound, runner, scenario) {
            Some(seen) => self.judged(bound, rule, &*seen),
            None => self.judged(bound, rule, self.baseline),
        }
    }

    /// What rules read of a scenario; `None` for the baseline, whose figures are known as they are.
    fn read(
        &self,
        bound: &Bound,
        runner: &mut Runner,
        scenario: &Scenario,
    ) -> Option<Box<dyn Figures>> {
        let (inside, _) = bound.clamp(scenario);
        if inside.levers.is_empty() {
            return None;
        }
        let run = runner.scenario(bound, scenario, self.driver);
        Some((self.seen)(run))
    }
}

/// A lever that was put back, and what is read then; nothing where that is the baseline.
type Without<'a> = (&'a str, Option<Box<dyn Figures>>);

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
        let without: Vec<Without<'_>> = levers
            .map(|id| {
                let mut scenario = breaches.scenario.clone();
                scenario.levers.remove(id);
                (id.as_str(), breaches.read(bound, self, &scenario))
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
        without: &[Without<'_>],
    ) -> Option<Relief> {
        let telling = report.telling_year()?;
        let mut best: Option<(&str, f64, RuleReport)> = None;
        for (id, seen) in without {
            let seen = seen.as_deref().unwrap_or(breaches.baseline);
            let found = breaches.judged(bound, report.rule, seen)?;
            let own = found.years.iter().find(|y| y.year == telling.year)?.own;
            if own < best.as_ref().map_or(telling.own, |(_, own, _)| *own) {
                best = Some((id, own, found));
            }
        }
        let (lever, left, found) = best?;
        let is_enough = !found.verdict.is_own();
        let nearest = is_enough.then(|| self.nearest_value(bound, breaches, report.rule, lever));
        let (value, after) = match nearest.flatten() {
            Some((value, after)) => (Some(value), after),
            None => (None, found),
        };
        Some(Relief {
            rule: report.rule,
            lever: lever.to_owned(),
            left: if is_enough { 0.0 } else { left.max(0.0) },
            value,
            after,
        })
    }

    /// The value furthest from the default, in steps towards the present one, at which the rule is
    /// not broken by levers, and the rule there; `None` for a lever whose value stands at its default.
    fn nearest_value(
        &mut self,
        bound: &Bound,
        breaches: &Breaches<'_>,
        rule: usize,
        lever: &str,
    ) -> Option<(f64, RuleReport)> {
        let record = bound.lever(lever)?;
        let way = breaches.scenario.levers.get(lever)?.value - record.default;
        let steps = libm::round(way.abs() / record.step);
        let value = |k: f64| record.default + libm::copysign(k * record.step, way);
        let mut tried = breaches.scenario.clone();
        let mut report = |k: f64| {
            tried.levers.get_mut(lever)?.value = value(k);
            breaches.tried(bound, rule, self, &tried)
        };
        // `kept` steps are fine, `broken` are not; the default is fine, as the caller has seen.
        let (mut kept, mut broken) = (0.0, steps);
        while broken - kept > 1.0 {
            let middle = libm::floor((kept + broken) / 2.0);
            match report(middle)?.verdict.is_own() {
                true => broken = middle,
                false => kept = middle,
            }
        }
        let after = report(kept)?;
        (steps > 0.0).then(|| (value(kept), after))
    }
}
