//! Settings on all members: what an answer says of itself.

use std::rc::Rc;

use tidemark_analysis::seek::Aim;
use tidemark_pack::figures::{Centre, Settled};
use tidemark_pack::scenario::Scenario;

use super::limits::LIMIT_HELD;
use super::{Confirmed, Solution, Solver, When, bits, medians};
use crate::outcome::{Chance, KeyFigures, Outcome};
use crate::scope::later_keys;
use crate::study::{GoOn, Halt};

impl Solver<'_> {
    /// What the scenario at hand comes to, as an answer would; nothing is searched, and locks are
    /// no matter.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn now(&mut self, go_on: GoOn) -> Result<Solution, Halt> {
        let confirmed = self.on_all(Aim::Most, self.now.clone(), go_on)?;
        Ok(confirmed.solution)
    }

    /// Settings on all members.
    pub(super) fn confirmed(
        &mut self,
        aim: Aim,
        settings: &[f64],
        go_on: GoOn,
    ) -> Result<Confirmed, Halt> {
        let key = bits(settings);
        if let Some(known) = self.known.whole.get(&key) {
            let solution = Solution {
                aim,
                ..known.solution.clone()
            };
            return Ok(Confirmed {
                solution,
                ..known.clone()
            });
        }
        let scenario = self.ask.scenario(self.bound, self.now, settings);
        let found = self.on_all(aim, scenario, go_on)?;
        self.known.whole.insert(key, found.clone());
        Ok(found)
    }

    /// A scenario on all members.
    fn on_all(&mut self, aim: Aim, scenario: Scenario, go_on: GoOn) -> Result<Confirmed, Halt> {
        let count = self.whole.count();
        let outcome = self.whole.scenario(self.bound, &scenario, count, go_on)?;
        let run = Rc::new(
            self.runner
                .scenario(self.bound, &scenario, &self.baseline.run),
        );
        let settled = Settled {
            medians: Rc::new(medians(&outcome)),
            run: Rc::clone(&run),
        };
        let seen = Centre::new(run, vec![settled]);
        let costs = self.costs(&seen);
        let limits = self.limits(&seen, costs);
        let ids: Vec<&str> = outcome.targets.iter().map(|t| t.target.as_str()).collect();
        let joint = outcome.joint(&ids);
        let is_held = limits.iter().all(|limit| *limit >= -LIMIT_HELD);
        let goal = self.goal(&outcome);
        let solution = Solution {
            aim,
            movement: self.movement(&scenario),
            scenario,
            goal,
            is_held,
            is_reached: is_held && joint.is_some_and(|j| j.share >= self.ask.confidence),
            joint,
            when: self.when(&outcome),
            targets: outcome.targets,
            cost: costs.whole,
            largest_cost: costs.largest,
        };
        Ok(Confirmed {
            solution,
            goal,
            limits,
        })
    }

    fn when(&self, outcome: &Outcome) -> Vec<When> {
        let targets = outcome.targets.iter();
        targets
            .map(|figures| {
                let Some(target) = self.bound.target(&figures.target) else {
                    return When::default();
                };
                let years = later_keys(self.bound, target, target.to);
                let read = years.iter().filter_map(|&(year, key)| {
                    let own = outcome.figures.iter().find(|of| of.key == key)?;
                    Some((year, own))
                });
                let read: Vec<(i32, &KeyFigures)> = read.collect();
                let first = |is_met: &dyn Fn(&KeyFigures) -> bool| {
                    let met = read.iter().find(|(_, own)| is_met(own));
                    met.map(|(year, _)| *year)
                };
                When {
                    median: first(&|own| own.median().is_some_and(|m| figures.meets(m))),
                    sure: first(&|own| {
                        let met = own.values.iter().filter(|v| figures.meets(**v)).count();
                        Chance::of(met, own.values.len())
                            .is_some_and(|chance| chance.share >= self.ask.confidence)
                    }),
                }
            })
            .collect()
    }

    /// All levers' distance from where they rest, in safe ranges.
    fn movement(&self, scenario: &Scenario) -> f64 {
        let moved = scenario.levers.iter().filter_map(|(id, set)| {
            let lever = self.bound.lever(id)?;
            let width = lever.safe.max - lever.safe.min;
            let is_free = !self.ask.locked.contains(id);
            (is_free && width > 0.0).then(|| (set.value - lever.default).abs() / width)
        });
        // Nothing moved is 0, where a sum of nothing is −0.
        0.0 + moved.sum::<f64>()
    }
}
