//! A scenario that breaks rules → which lever to put back first, how far, and what that leads to.
//!
//! Which lever is found by previews, one run for each; how far and what then by the medians over all
//! members, so that who follows the advice finds what was said.

use tidemark_engine::exec::Run;
use tidemark_pack::assess::RuleReport;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Figures;
use tidemark_pack::record::Lever;
use tidemark_pack::relief::{Breaches, Relief};
use tidemark_pack::scenario::Scenario;

use crate::failure::Failure;
use crate::projected::{Projected, Projection};

/// The lever to put back first, for every rule that levers broke and that one of them makes better.
pub(crate) fn advice(
    bound: &Bound,
    projection: &mut Projection<'_>,
    (scenario, projected): (&Scenario, &Projected),
    reports: &[RuleReport],
) -> Result<Vec<Relief>, Failure> {
    let seen = |run: Run| -> Box<dyn Figures> { Box::new(projected.previewed(run)) };
    let breaches = Breaches {
        scenario,
        driver: projected.base.run(),
        baseline: &projected.base,
        seen: &seen,
        reports,
    };
    let previewed = projection.runner().reliefs(bound, &breaches);
    let mut reliefs = Vec::new();
    for relief in previewed {
        let lever = bound.lever(&relief.lever);
        let set = scenario.levers.get(&relief.lever);
        let Some((lever, set)) = lever.zip(set) else {
            continue;
        };
        let way = Way {
            bound,
            scenario,
            lever,
            by: set.value - lever.default,
        };
        reliefs.push(way.back(projection, relief)?);
    }
    Ok(reliefs)
}

/// The way of one lever from its default to where it stands.
struct Way<'a> {
    bound: &'a Bound,
    scenario: &'a Scenario,
    lever: &'a Lever,
    by: f64,
}

impl Way<'_> {
    /// The value nearest to the present one at which the rule is not broken by levers; the default
    /// where it always is.
    fn back(&self, projection: &mut Projection<'_>, relief: Relief) -> Result<Relief, Failure> {
        let rule = relief.rule;
        let at_rest = self.report(projection, rule, 0.0)?;
        let mut after = at_rest.unwrap_or_else(|| relief.after.clone());
        let steps = (self.by.abs() / self.lever.step).round();
        if after.verdict.is_own() || steps == 0.0 {
            let left = after.telling_year().map_or(0.0, |year| year.own);
            return Ok(Relief {
                value: None,
                left: if after.verdict.is_own() { left } else { 0.0 },
                after,
                ..relief
            });
        }
        // `kept` steps are fine, `broken` are not.
        let (mut kept, mut broken) = (0.0, steps);
        while broken - kept > 1.0 {
            let middle = f64::midpoint(kept, broken).floor();
            match self.report(projection, rule, middle)? {
                Some(report) if !report.verdict.is_own() => (kept, after) = (middle, report),
                _ => broken = middle,
            }
        }
        Ok(Relief {
            value: Some(self.value(kept)),
            left: 0.0,
            after,
            ..relief
        })
    }

    fn value(&self, steps: f64) -> f64 {
        self.lever.default + (steps * self.lever.step).copysign(self.by)
    }

    /// The rule with the lever so many steps from its default, the others as they are.
    fn report(
        &self,
        projection: &mut Projection<'_>,
        rule: usize,
        steps: f64,
    ) -> Result<Option<RuleReport>, Failure> {
        let mut tried = self.scenario.clone();
        match tried.levers.get_mut(&self.lever.id) {
            Some(setting) if steps > 0.0 => setting.value = self.value(steps),
            _ => {
                tried.levers.remove(&self.lever.id);
            }
        }
        let projected = projection.of(&self.bound.clamp(&tried).0)?;
        Ok(self.bound.judge_rule(rule, &projected.base, &projected.now))
    }
}
