//! What must be respected on the way: rules and money, by whatever figures are at hand.

use tidemark_pack::assess::RuleYear;
use tidemark_pack::figures::Figures;
use tidemark_pack::record::{Comparator, RuleTest};

use super::Solver;

/// A limit that lacks no more than this, in its shown unit, is held.
pub(super) const LIMIT_HELD: f64 = 1e-6;

/// What levers cost up to the last target's year, in the model's money.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Costs {
    pub(super) whole: f64,
    pub(super) largest: f64,
}

impl Solver<'_> {
    /// What is left to each rule and to the money.
    pub(super) fn limits(&self, seen: &dyn Figures, costs: Costs) -> Vec<f64> {
        let mut limits = Vec::new();
        if self.ask.keeps_rules {
            for report in self.bound.judge_rules(&self.rest(), seen) {
                let rule = self.bound.pack().rule.get(report.rule);
                if let Some(check) = rule.and_then(|rule| rule.check.as_ref()) {
                    limits.extend(report.years.iter().filter_map(|year| limit(check, year)));
                }
            }
        }
        limits.extend(self.ask.envelope.map(|envelope| envelope - costs.largest));
        limits
    }

    pub(super) fn costs(&self, seen: &dyn Figures) -> Costs {
        let mut costs = Costs::default();
        for year in self.years.0..=self.years.1 {
            let by_lever = self.bound.lever_costs(seen, year).by_lever;
            let paid: f64 = by_lever.iter().map(|(_, cost)| cost.max(0.0)).sum();
            costs.whole += paid;
            costs.largest = costs.largest.max(paid);
        }
        costs
    }
}

/// What is left to a rule's bound in a year, or to the baseline's breach of it, with what of a breach is
/// not material. Balances are about a bound from either side: no scenario moves them.
pub(super) fn limit(check: &RuleTest, year: &RuleYear) -> Option<f64> {
    if check.comparator == Comparator::About {
        return None;
    }
    let has = year.scenario.margin.unwrap_or(f64::NAN);
    // A little less than what counts, so that an answer is not right at the edge of it.
    let spared = 0.9 * check.material();
    match year.baseline.holds {
        Some(false) => Some(has - year.baseline.margin.unwrap_or(0.0) + spared),
        _ => Some(has + spared),
    }
}
