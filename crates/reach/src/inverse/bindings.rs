//! What stands in the way of more: ends of ranges, and the rules and the money that forbid a movement
//! which would help.
//!
//! How much is left of a limit does not tell: a rule that the baseline breaks has nothing left whatever
//! the levers do, and where money is short a lever may cost more than the rest of it.

use tidemark_analysis::seek::{Dial, Look};
use tidemark_pack::scenario::Scenario;

use super::limits::{LIMIT_HELD, limit};
use super::{SPARED, Solver};
use crate::shortfall::Binding;
use crate::study::{GoOn, Halt};

impl Solver<'_> {
    /// What leaves a scenario no room: levers at an end of their ranges; rules and money that forbid a
    /// movement which would help.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn bindings(&mut self, scenario: &Scenario, go_on: GoOn) -> Result<Vec<Binding>, Halt> {
        let dials = self.ask.dials(self.bound, self.now);
        let levers = self.bound.pack().lever.iter().zip(&dials);
        let mut bindings: Vec<Binding> = levers
            .filter_map(|(lever, dial)| {
                let value = scenario.levers.get(&lever.id)?.value;
                let near = |end: f64| (value - end).abs() < 0.5 * lever.step;
                let is_free = !self.ask.locked.contains(&lever.id);
                (is_free && (near(dial.low) || near(dial.high))).then(|| Binding::Lever {
                    id: lever.id.clone(),
                    value,
                })
            })
            .collect();
        let forbidding = self.forbidding(scenario, &dials, go_on)?;
        let limits = self.limits_of(scenario).into_iter().zip(forbidding);
        let mut forbidding: Vec<Binding> = limits
            .filter_map(|(limit, forbids)| forbids.then_some(limit))
            .collect();
        // Of a rule the first year.
        forbidding.dedup_by(|later, first| match (later, first) {
            (Binding::Rule { rule: later, .. }, Binding::Rule { rule, .. }) => later == rule,
            _ => false,
        });
        bindings.extend(forbidding);
        Ok(bindings)
    }

    /// What the limits of a scenario are of, in the order of [`Self::limits`].
    fn limits_of(&mut self, scenario: &Scenario) -> Vec<Binding> {
        let mut all = Vec::new();
        if self.ask.keeps_rules {
            let seen = self.previewed(scenario);
            for report in self.bound.judge_rules(&self.rest(), &seen) {
                let record = self.bound.pack().rule.get(report.rule);
                if let Some(check) = record.and_then(|record| record.check.as_ref()) {
                    let limited = report.years.iter().filter(|y| limit(check, y).is_some());
                    all.extend(limited.map(|year| Binding::Rule {
                        rule: report.rule,
                        year: year.year,
                    }));
                }
            }
        }
        all.extend(self.ask.envelope.map(|_| Binding::Money));
        all
    }

    /// For every limit whether it forbids a movement that would help: one lever towards an end of its
    /// range, the others as they are. It helps where all of the way does, and is forbidden where the
    /// first tenth is.
    fn forbidding(
        &mut self,
        scenario: &Scenario,
        dials: &[Dial],
        go_on: GoOn,
    ) -> Result<Vec<bool>, Halt> {
        let here = self.settings(scenario);
        let at_rest = self.goal_at(&here, Look::Rough, &mut *go_on)?;
        let mut forbids = vec![false; self.sheet(&here).limits.len()];
        for (k, (dial, set)) in dials.iter().zip(&here).enumerate() {
            for end in [dial.low, dial.high] {
                let moved = |to: f64| -> Vec<f64> {
                    let each = here.iter().enumerate();
                    each.map(|(j, &value)| if j == k { to } else { value })
                        .collect()
                };
                let goal = self.goal_at(&moved(end), Look::Rough, &mut *go_on)?;
                // What does not show does not help.
                if goal > at_rest + SPARED {
                    let steps = libm::ceil(0.1 * (end - set).abs() / dial.step);
                    let first = set + libm::copysign(steps * dial.step, end - set);
                    let limits = self.sheet(&moved(first)).limits;
                    for (forbids, left) in forbids.iter_mut().zip(limits) {
                        *forbids |= left < -LIMIT_HELD;
                    }
                }
            }
        }
        Ok(forbids)
    }
}
