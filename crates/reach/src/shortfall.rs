//! Where targets are out of reach: the best there is, when it would be enough, what stands in the way,
//! and which one relaxation helps most.

use tidemark_analysis::seek::Look;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::AssumptionKind;
use tidemark_pack::scenario::Scenario;

use tidemark_engine::program::Program;

use crate::ask::{Ask, Reach};
use crate::draws::Draws;
use crate::inverse::{Solution, Solver};
use crate::outcome::{Chance, Outcome};
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
    /// Each target's median then, on few members, in the order of the ask.
    pub medians: Vec<Option<f64>>,
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

/// What stands in the way and what would help, from a search that is done: `best` is the solver's
/// surest answer.
///
/// # Errors
/// See [`Halt`].
pub fn explain(
    task: &Task,
    solver: &mut Solver,
    best: Solution,
    go_on: GoOn,
) -> Result<Shortfall, Halt> {
    let mut short = Shortfall::begin(solver, best, &mut *go_on)?;
    short.prove(solver, &mut *go_on)?;
    short.relax(task, solver, &mut *go_on)?;
    Ok(short)
}

impl Shortfall {
    /// What is known without a further search: what binds, and when it would be enough; nothing is
    /// proved yet and nothing given up.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn begin(solver: &mut Solver, best: Solution, go_on: GoOn) -> Result<Self, Halt> {
        Ok(Self {
            goal: solver.seen(&best.scenario, go_on)?.0,
            is_proved: false,
            met_in: solver.met_in(&best.scenario),
            bindings: solver.bindings(&best.scenario),
            relaxations: Vec::new(),
            best,
        })
    }

    /// Whether no settings at all are enough, see [`Solver::is_out_of_reach`].
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn prove(&mut self, solver: &mut Solver, go_on: GoOn) -> Result<(), Halt> {
        self.is_proved = solver.is_out_of_reach(go_on)?;
        Ok(())
    }

    /// What one thing given up would lead to: worlds that are kinder first, which take no search.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn relax(&mut self, task: &Task, solver: &mut Solver, go_on: GoOn) -> Result<(), Halt> {
        for world in Self::worlds(task) {
            self.relax_world(solver, &world, &mut *go_on)?;
        }
        for other in Self::others(task) {
            self.relax_ask(solver, &other, &mut *go_on)?;
        }
        Ok(())
    }

    /// Assumptions about the world that may be kinder, each with both ends of its range.
    pub fn worlds(task: &Task) -> Vec<(String, [f64; 2])> {
        kinder_worlds(task.bound, task.now)
    }

    /// An assumption about the world at its better end, the best settings as they are.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn relax_world(
        &mut self,
        solver: &mut Solver,
        (id, values): &(String, [f64; 2]),
        go_on: GoOn,
    ) -> Result<(), Halt> {
        let mut kindest: Option<(f64, Scenario, f64)> = None;
        for &value in values {
            let mut scenario = self.best.scenario.clone();
            scenario.assumptions.insert(id.clone(), value);
            let (goal, _) = solver.looked_at(&scenario, Look::Rough, &mut *go_on)?;
            if kindest.as_ref().is_none_or(|(most, _, _)| goal > *most) {
                kindest = Some((goal, scenario, value));
            }
        }
        if let Some((_, scenario, value)) = kindest {
            let (goal, outcome) = solver.seen(&scenario, &mut *go_on)?;
            let id = id.clone();
            let what = Relaxation::Assumption { id, value };
            self.add(relaxed(what, goal, &outcome));
        }
        Ok(())
    }

    /// Other asks that may be tried, each with one thing given up.
    pub fn others(task: &Task) -> Vec<(Relaxation, Ask)> {
        other_asks(task.bound, task.ask)
    }

    /// What another ask would lead to: a search of its own, from the best settings on.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn relax_ask(
        &mut self,
        solver: &mut Solver,
        (what, ask): &(Relaxation, Ask),
        go_on: GoOn,
    ) -> Result<(), Halt> {
        let found = solver.most_under(ask, &self.best.scenario, &mut *go_on)?;
        let (goal, outcome) = solver.seen(&found.scenario, &mut *go_on)?;
        let relaxed = relaxed(what.clone(), goal, &outcome);
        self.add(Relaxed {
            joint: found.joint,
            ..relaxed
        });
        Ok(())
    }

    /// Only what helps, the most helpful first.
    fn add(&mut self, relaxed: Relaxed) {
        if relaxed.goal > self.goal {
            self.relaxations.push(relaxed);
        }
        self.relaxations.sort_by(|a, b| b.goal.total_cmp(&a.goal));
    }
}

fn relaxed(what: Relaxation, goal: f64, outcome: &Outcome) -> Relaxed {
    let targets = outcome.targets.iter();
    let ids: Vec<&str> = outcome.targets.iter().map(|t| t.target.as_str()).collect();
    Relaxed {
        what,
        joint: outcome.joint(&ids),
        goal,
        medians: targets
            .map(|target| target.band().map(|band| band.p50))
            .collect(),
    }
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
