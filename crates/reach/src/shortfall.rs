//! Where targets are out of reach: the best there is, which of them can be had, when, what stands in the
//! way, and what one condition given up would lead to.

use tidemark_analysis::seek::Look;
use tidemark_engine::sort_short;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Figures;
use tidemark_pack::record::AssumptionKind;
use tidemark_pack::scenario::Scenario;

use crate::ask::{Ask, Reach};
use crate::inverse::{Aim, SPARED, Solution, Solver};
use crate::outcome::{Chance, Outcome, median};
use crate::scope::ratio_parts;
use crate::study::{GoOn, Halt};

/// Why more is not to be had.
#[derive(Debug, Clone, PartialEq)]
pub enum Binding {
    /// A lever stands at an end of its range.
    Lever {
        /// Lever.
        id: String,
        /// Its setting.
        value: f64,
    },
    /// A rule leaves nothing in a year.
    Rule {
        /// Position in the pack.
        rule: usize,
        /// Year.
        year: i32,
    },
    /// The money asked for is spent.
    Money,
}

/// One condition given up. Assumptions are none: nobody here decides them, see [`World`].
#[derive(Debug, Clone, PartialEq)]
pub enum Relaxation {
    /// Levers may go further.
    Reach(Reach),
    /// Levers act from an earlier instant on.
    Start(f64),
    /// Neither rules nor money bind.
    Rules,
}

/// What giving up one condition leads to: what a search under the other conditions gives, and not an
/// estimate of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxed {
    /// What is given up.
    pub what: Relaxation,
    /// The answer that moves least where the targets are in reach then, else the best there is; `None`
    /// while it is not searched.
    pub plan: Option<Solution>,
}

/// One target by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Target.
    pub target: String,
    /// The answer that moves least where it is in reach, else the best there is.
    pub plan: Solution,
}

/// What the world would have to be: an assumption at the better end of its range, the best settings as
/// they are. No remedy, and never a smaller denominator.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// Assumption.
    pub assumption: String,
    /// Shown value.
    pub value: f64,
    /// Chance of all targets at once then.
    pub joint: Option<Chance>,
    /// Each target's median then, in the order of the ask.
    pub medians: Vec<Option<f64>>,
    /// How far the worst target is beyond what is wanted, see [`Solver::looked_at`].
    goal: f64,
}

/// The answer where the targets are out of reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// The best within ranges, rules and money.
    pub best: Solution,
    /// How far it is beyond what is wanted, in spreads of a figure; below 0 it falls short.
    pub goal: f64,
    /// Whether no settings at all within the ranges reach the targets, see
    /// [`Solver::is_out_of_reach`]; `Some(false)` is 未证明, `None` is not looked at yet.
    pub is_proved: Option<bool>,
    /// What stands in the way.
    pub bindings: Vec<Binding>,
    /// Each target by itself, where several were asked for; as far as they are searched.
    pub parts: Vec<Part>,
    /// The most targets that can be had together, where that is more than one and not all.
    pub together: Option<Together>,
    /// What the world would have to be, the most helpful first.
    pub worlds: Vec<World>,
    /// What one condition given up leads to, in the order in which they are searched.
    pub relaxed: Vec<Relaxed>,
}

/// Some of the targets that can be had at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// Which.
    pub targets: Vec<String>,
    /// The answer that moves least.
    pub plan: Solution,
}

/// The answer to a question from its own search: the one that moves least where the targets are in reach,
/// else the best there is.
///
/// # Errors
/// See [`Halt`].
pub fn plan(solver: &mut Solver, go_on: GoOn) -> Result<Solution, Halt> {
    let easiest = solver.solve(Aim::LeastMovement, &mut *go_on)?;
    if easiest.is_reached {
        return Ok(easiest);
    }
    solver.solve(Aim::Most, go_on)
}

impl Shortfall {
    /// What is known without a further search: what binds; nothing is proved yet and nothing given up.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn begin(solver: &mut Solver, best: Solution, go_on: GoOn) -> Result<Self, Halt> {
        let others = other_asks(solver.bound(), solver.ask());
        Ok(Self {
            goal: solver.goal_of(&best.scenario, &mut *go_on)?,
            is_proved: None,
            bindings: solver.bindings(&best.scenario, go_on)?,
            parts: Vec::new(),
            together: None,
            worlds: Vec::new(),
            relaxed: others
                .into_iter()
                .map(|(what, _)| Relaxed { what, plan: None })
                .collect(),
            best,
        })
    }

    /// An assumption about the world at its better end, the best settings as they are; kept where it
    /// helps by itself and not by making what is divided by smaller. Whether it was kept.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn look_at_world(
        &mut self,
        solver: &mut Solver,
        (id, values): &(String, [f64; 2]),
        go_on: GoOn,
    ) -> Result<bool, Halt> {
        let mut kindest: Option<(f64, Scenario, f64)> = None;
        for &value in values {
            let mut scenario = self.best.scenario.clone();
            scenario.assumptions.insert(id.clone(), value);
            if shrinks_denominator(solver, &self.best.scenario, &scenario) {
                continue;
            }
            let goal = solver.goal_in_world(&scenario, (id, value), Look::Rough, &mut *go_on)?;
            if kindest.as_ref().is_none_or(|(most, _, _)| goal > *most) {
                kindest = Some((goal, scenario, value));
            }
        }
        let Some((_, scenario, value)) = kindest else {
            return Ok(false);
        };
        let goal = solver.goal_in_world(&scenario, (id, value), Look::Fine, &mut *go_on)?;
        if goal <= self.goal {
            return Ok(false);
        }
        // Told on all members, as everything else is; what does not show there is no help.
        let (goal, outcome) = solver.on_all_members(&scenario, go_on)?;
        let is_kinder = goal > self.best.goal + SPARED;
        if is_kinder {
            self.worlds.push(world(id, value, goal, &outcome));
            sort_short(&mut self.worlds, |a, b| b.goal.total_cmp(&a.goal));
        }
        Ok(is_kinder)
    }

    /// What giving up the `k`-th condition leads to.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn relaxed(&mut self, k: usize, solver: &mut Solver, go_on: GoOn) -> Result<(), Halt> {
        let plan = plan(solver, go_on)?;
        if let Some(relaxed) = self.relaxed.get_mut(k) {
            relaxed.plan = Some(plan);
        }
        Ok(())
    }

    /// Targets that can be had by themselves.
    pub fn reachable(&self) -> Vec<String> {
        let parts = self.parts.iter().filter(|part| part.plan.is_reached);
        parts.map(|part| part.target.clone()).collect()
    }
}

fn world(id: &str, value: f64, goal: f64, outcome: &Outcome) -> World {
    let ids: Vec<&str> = outcome.targets.iter().map(|t| t.target.as_str()).collect();
    let targets = outcome.targets.iter();
    World {
        assumption: id.to_owned(),
        value,
        joint: outcome.joint(&ids),
        medians: targets.map(|target| median(&target.values)).collect(),
        goal,
    }
}

/// Whether a world makes what one of the targets is divided by smaller than another one does: a
/// recession is no remedy for a ratio.
fn shrinks_denominator(solver: &mut Solver, here: &Scenario, there: &Scenario) -> bool {
    let bound = solver.bound();
    let asked = solver.ask().clone();
    let targets = asked.targets.iter().filter_map(|id| bound.target(id));
    let denominators = targets.filter_map(|target| {
        let indicator = bound.indicator(&target.indicator)?;
        let below = *ratio_parts(bound, indicator).get(1)?;
        let span = bound.held(target, asked.year.unwrap_or(target.to)).1;
        bound.key(&below.id, target.at, span)
    });
    let denominators: Vec<_> = denominators.collect();
    if denominators.is_empty() {
        return false;
    }
    let (here, there) = (solver.run_of(here), solver.run_of(there));
    denominators.iter().any(|&key| {
        let pair = here.figure(bound, key).zip(there.figure(bound, key));
        // Less than this is rounding.
        pair.is_some_and(|(here, there)| there < here - 1e-9 * here.abs())
    })
}

/// The same ask with one thing given up, in the order in which they are tried.
pub fn other_asks(bound: &Bound, ask: &Ask) -> Vec<(Relaxation, Ask)> {
    let mut all = Vec::new();
    for reach in [Reach::Stretch, Reach::Hard] {
        if reach > ask.reach {
            let other = Ask {
                reach,
                ..ask.clone()
            };
            all.push((Relaxation::Reach(reach), other));
        }
    }
    let earliest = bound.pack().meta.earliest_start;
    let start = ask.start.unwrap_or(bound.pack().meta.policy_start);
    if earliest < start {
        let other = Ask {
            start: Some(earliest),
            ..ask.clone()
        };
        all.push((Relaxation::Start(earliest), other));
    }
    if ask.keeps_rules || ask.envelope.is_some() {
        let other = Ask {
            keeps_rules: false,
            envelope: None,
            ..ask.clone()
        };
        all.push((Relaxation::Rules, other));
    }
    all
}

/// For each assumption about the world both ends of its range, as a reader may set them.
pub fn worlds(bound: &Bound, now: &Scenario) -> Vec<(String, [f64; 2])> {
    let all = bound.pack().assumption.iter();
    let world = all.filter(|a| a.kind == AssumptionKind::Environment);
    let free = world.filter(|a| !now.assumptions.contains_key(&a.id));
    free.map(|a| (a.id.clone(), [a.range.min, a.range.max]))
        .collect()
}
