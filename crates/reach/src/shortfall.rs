//! Where targets are out of reach: the best there is, when it would be enough, what stands in the way,
//! and which one relaxation helps most.

use tidemark_pack::bind::Bound;
use tidemark_pack::record::AssumptionKind;
use tidemark_pack::scenario::Scenario;

use tidemark_engine::program::Program;

use crate::ask::{Ask, Reach};
use crate::draws::Draws;
use crate::inverse::{Aim, Solution, Solver};
use crate::outcome::Chance;
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

/// One thing given up.
#[derive(Debug, Clone, PartialEq)]
pub enum Relaxation {
    /// Levers may go further.
    Reach(Reach),
    /// Levers act from an earlier instant on.
    Start(f64),
    /// Neither rules nor money bind.
    Rules,
    /// The world is kinder: an assumption at the better end of its range.
    Assumption {
        /// Assumption.
        id: String,
        /// Shown value.
        value: f64,
    },
}

/// What a relaxation leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxed {
    /// What is given up.
    pub what: Relaxation,
    /// Chance of all targets at once then; `None` where one cannot be judged.
    pub joint: Option<Chance>,
    /// How far the worst target is beyond what is wanted at the confidence, in spreads of its
    /// figure; from 0 on it is reached.
    pub goal: f64,
}

/// The answer where the targets are out of reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// The best within ranges, rules and money.
    pub best: Solution,
    /// Its goal, as in [`Relaxed::goal`].
    pub goal: f64,
    /// Whether no settings at all within the ranges reach the targets, see
    /// [`Solver::is_out_of_reach`]; false is 未证明.
    pub is_proved: bool,
    /// For each target the first year in which the run with no draws meets it with the best
    /// settings; `None` where none of the run's years does.
    pub met_in: Vec<(String, Option<i32>)>,
    /// What stands in the way.
    pub bindings: Vec<Binding>,
    /// Relaxations, the most helpful first.
    pub relaxations: Vec<Relaxed>,
}

/// Looks for the best and for what would help.
///
/// # Errors
/// See [`Halt`].
pub fn shortfall(
    bound: &Bound,
    program: &Program,
    draws: &Draws,
    ask: &Ask,
    now: &Scenario,
    go_on: GoOn,
) -> Result<Shortfall, Halt> {
    let mut solver = Solver::new(bound, program, draws.clone(), ask, now, &mut *go_on)?;
    let best = solver.solve(Aim::Most, &mut *go_on)?;
    let task = Task {
        bound,
        program,
        draws,
        ask,
        now,
    };
    explain(&task, &mut solver, best, go_on)
}

/// What a search is about.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// Pack.
    pub bound: &'a Bound,
    /// Its program.
    pub program: &'a Program,
    /// Members.
    pub draws: &'a Draws,
    /// What is wanted.
    pub ask: &'a Ask,
    /// The scenario at hand.
    pub now: &'a Scenario,
}

/// The same from a search that is done: `best` is the solver's surest answer.
///
/// # Errors
/// See [`Halt`].
pub fn explain(
    task: &Task,
    solver: &mut Solver,
    best: Solution,
    go_on: GoOn,
) -> Result<Shortfall, Halt> {
    let Task {
        bound,
        program,
        draws,
        ask,
        now,
    } = *task;
    let is_proved = solver.is_out_of_reach(&mut *go_on)?;
    let goal = solver.goal_of(&best.scenario, &mut *go_on)?;
    let bindings = solver.bindings(&best.scenario);
    let met_in = solver.met_in(&best.scenario);
    let mut relaxations = Vec::new();
    for (what, other) in other_asks(bound, ask) {
        let mut solver = Solver::new(bound, program, draws.clone(), &other, now, &mut *go_on)?;
        let found = solver.solve(Aim::Most, &mut *go_on)?;
        relaxations.push(Relaxed {
            what,
            goal: solver.goal_of(&found.scenario, &mut *go_on)?,
            joint: found.joint,
        });
    }
    for (id, values) in kinder_worlds(bound, now) {
        let mut kindest: Option<Relaxed> = None;
        for value in values {
            let mut scenario = best.scenario.clone();
            scenario.assumptions.insert(id.clone(), value);
            let goal = solver.goal_of(&scenario, &mut *go_on)?;
            if kindest.as_ref().is_none_or(|k| goal > k.goal) {
                let what = Relaxation::Assumption {
                    id: id.clone(),
                    value,
                };
                let joint = solver.joint_of(&scenario, &mut *go_on)?;
                kindest = Some(Relaxed { what, joint, goal });
            }
        }
        relaxations.extend(kindest);
    }
    relaxations.retain(|relaxed| relaxed.goal > goal);
    relaxations.sort_by(|a, b| b.goal.total_cmp(&a.goal));
    Ok(Shortfall {
        best,
        goal,
        is_proved,
        met_in,
        bindings,
        relaxations,
    })
}

/// The same ask with one thing given up.
fn other_asks(bound: &Bound, ask: &Ask) -> Vec<(Relaxation, Ask)> {
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
fn kinder_worlds(bound: &Bound, now: &Scenario) -> Vec<(String, [f64; 2])> {
    let all = bound.pack().assumption.iter();
    let world = all.filter(|a| a.kind == AssumptionKind::Environment);
    let free = world.filter(|a| !now.assumptions.contains_key(&a.id));
    free.map(|a| (a.id.clone(), [a.range.min, a.range.max]))
        .collect()
}
