//! A question to the solver, answered step by step: what the scenario at hand comes to, three answers that
//! differ in kind, or what stands in the way and what would be had instead.
//!
//! One order of work for page and command. A step that was stopped is taken up again where it was, since
//! the solver memoises; so the page can answer in slices, with the same result to the bit.

use std::collections::VecDeque;

use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::scenario::Scenario;

use crate::ask::Ask;
use crate::draws::Draws;
use crate::inverse::{Aim, Solution, Solver};
use crate::shortfall::{Part, Shortfall, Together, other_asks, plan, worlds};
use crate::study::{GoOn, Halt};

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
    /// The scenario at hand: its assumptions hold, and its locked levers.
    pub now: &'a Scenario,
}

/// What a step found.
#[derive(Debug, Clone)]
pub enum Found {
    /// What the scenario at hand comes to.
    Now(Solution),
    /// An answer that reaches the targets.
    Answer(Solution),
    /// The targets are out of reach: all that is known of it so far.
    Short(Box<Shortfall>),
    /// Nothing to tell.
    Nothing,
}

/// A step that is still to be done.
#[derive(Debug, Clone)]
enum Step {
    Now,
    Easiest,
    Surest,
    Answer(Aim),
    Prove,
    Part(String),
    Together,
    World(usize),
    Relax(usize),
}

/// A search on its way.
pub struct Search<'a> {
    task: Task<'a>,
    solver: Solver<'a>,
    /// A search under other conditions, or for other targets, that was begun.
    other: Option<Solver<'a>>,
    /// Targets that are tried together.
    tried: Vec<String>,
    steps: VecDeque<Step>,
    done: usize,
    /// Answers that were told.
    reached: Vec<Solution>,
    short: Option<Shortfall>,
}

impl<'a> Search<'a> {
    /// Lays everything out.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn begin(task: Task<'a>, go_on: GoOn) -> Result<Self, Halt> {
        let Task {
            bound,
            program,
            draws,
            ask,
            now,
        } = task;
        Ok(Self {
            solver: Solver::new(bound, program, draws.clone(), ask, now, go_on)?,
            task,
            other: None,
            tried: Vec::new(),
            steps: [Step::Now, Step::Easiest].into(),
            done: 0,
            reached: Vec::new(),
            short: None,
        })
    }

    /// Steps that are over, and steps in all as far as is known: an answer takes four.
    pub fn progress(&self) -> (usize, usize) {
        let all = self.done + self.steps.len();
        (self.done, if self.done < 2 { all + 2 } else { all })
    }

    /// Whether everything is done.
    pub fn is_over(&self) -> bool {
        self.steps.is_empty()
    }

    /// Takes the next step; one that was stopped is taken up again by the next call.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn advance(&mut self, go_on: GoOn) -> Result<Found, Halt> {
        let Some(step) = self.steps.front().cloned() else {
            return Ok(Found::Nothing);
        };
        let found = self.step(&step, go_on)?;
        self.steps.pop_front();
        self.done += 1;
        Ok(found)
    }

    fn step(&mut self, step: &Step, go_on: GoOn) -> Result<Found, Halt> {
        match step {
            Step::Now => Ok(Found::Now(self.solver.now(go_on)?)),
            Step::Easiest => {
                let easiest = self.solver.solve(Aim::LeastMovement, go_on)?;
                if !easiest.is_reached {
                    self.steps.push_back(Step::Surest);
                    return Ok(Found::Nothing);
                }
                let further = [Aim::LeastCost, Aim::Most].map(Step::Answer);
                self.steps.extend(further);
                Ok(self.answer(easiest))
            }
            Step::Surest => {
                let surest = self.solver.solve(Aim::Most, &mut *go_on)?;
                if surest.is_reached {
                    self.steps.push_back(Step::Answer(Aim::LeastCost));
                    return Ok(self.answer(surest));
                }
                let short = Shortfall::begin(&mut self.solver, surest, go_on)?;
                self.plan_short(&short);
                Ok(self.told(short))
            }
            Step::Answer(aim) => {
                let found = self.solver.solve(*aim, go_on)?;
                let found = match aim {
                    Aim::LeastCost => self.cheapest(found),
                    Aim::LeastMovement | Aim::Most => found,
                };
                Ok(match found.is_reached {
                    true => self.answer(found),
                    false => Found::Nothing,
                })
            }
            other => self.explained(other, go_on),
        }
    }

    fn answer(&mut self, solution: Solution) -> Found {
        self.reached.push(solution.clone());
        Found::Answer(solution)
    }

    /// Of what was found now and the answers before, the one that costs least: a search for money may end
    /// at dearer settings than one for movement, or at none.
    fn cheapest(&self, found: Solution) -> Solution {
        let is_cheaper = |than: &Solution, known: &Solution| {
            known.is_reached && (!than.is_reached || known.cost < than.cost)
        };
        self.reached
            .iter()
            .fold(found, |least, known| match is_cheaper(&least, known) {
                true => Solution {
                    aim: Aim::LeastCost,
                    ..known.clone()
                },
                false => least,
            })
    }

    /// What is still to be done for targets that are out of reach: the proof, each target by itself, and
    /// then what takes longest.
    fn plan_short(&mut self, short: &Shortfall) {
        self.steps.push_back(Step::Prove);
        let targets = &self.task.ask.targets;
        if targets.len() > 1 {
            let parts = targets.iter().cloned().map(Step::Part);
            self.steps.extend(parts.chain([Step::Together]));
        }
        let worlds = 0..worlds(self.task.bound, self.task.now).len();
        self.steps.extend(worlds.map(Step::World));
        self.steps.extend((0..short.relaxed.len()).map(Step::Relax));
    }

    fn told(&mut self, short: Shortfall) -> Found {
        let told = Found::Short(Box::new(short.clone()));
        self.short = Some(short);
        told
    }

    fn explained(&mut self, step: &Step, go_on: GoOn) -> Result<Found, Halt> {
        let Some(mut short) = self.short.clone() else {
            return Ok(Found::Nothing);
        };
        match step {
            Step::Prove => short.is_proved = Some(self.solver.is_out_of_reach(go_on)?),
            Step::Part(target) => {
                let plan = self.alone(std::slice::from_ref(target), go_on)?;
                let target = target.clone();
                short.parts.push(Part { target, plan });
            }
            Step::Together => short.together = self.together(&short, go_on)?,
            Step::World(k) => {
                let all = worlds(self.task.bound, self.task.now);
                let is_kinder = match all.get(*k) {
                    Some(world) => short.look_at_world(&mut self.solver, world, go_on)?,
                    None => false,
                };
                if !is_kinder {
                    return Ok(Found::Nothing);
                }
            }
            Step::Relax(k) => {
                let asks = other_asks(self.task.bound, self.task.ask);
                if let Some((_, ask)) = asks.get(*k) {
                    let mut other = match self.other.take() {
                        Some(begun) if begun.ask() == ask => begun,
                        _ => self.solver.under(ask),
                    };
                    let found = short.relaxed(*k, &mut other, go_on);
                    self.other = Some(other);
                    found?;
                }
            }
            Step::Now | Step::Easiest | Step::Surest | Step::Answer(_) => {}
        }
        Ok(self.told(short))
    }

    /// A search of its own for some of the targets.
    fn alone(&mut self, targets: &[String], go_on: GoOn) -> Result<Solution, Halt> {
        let ask = Ask {
            targets: targets.to_vec(),
            ..self.task.ask.clone()
        };
        let mut other = match self.other.take() {
            Some(begun) if *begun.ask() == ask => begun,
            _ => {
                let Task {
                    bound,
                    program,
                    draws,
                    now,
                    ..
                } = self.task;
                // Laying out is not resumed, so that it is not stopped either.
                let mut through = |done, all| {
                    go_on(done, all);
                    true
                };
                Solver::new(bound, program, draws.clone(), &ask, now, &mut through)?
            }
        };
        let found = plan(&mut other, go_on);
        self.other = Some(other);
        found
    }

    /// The most targets that can be had at once: all that can be had alone, then without the one whose
    /// own chance is least, until an answer reaches them.
    fn together(&mut self, short: &Shortfall, go_on: GoOn) -> Result<Option<Together>, Halt> {
        if self.tried.is_empty() {
            self.tried = short.reachable();
            // All of them at once are known to be out of reach.
            if self.tried.len() == self.task.ask.targets.len() {
                drop_least(&mut self.tried, &short.best);
            }
        }
        while self.tried.len() > 1 {
            let targets = self.tried.clone();
            let plan = self.alone(&targets, &mut *go_on)?;
            if plan.is_reached {
                return Ok(Some(Together { targets, plan }));
            }
            drop_least(&mut self.tried, &plan);
        }
        Ok(None)
    }
}

/// Leaves out the target that is least likely under a plan; of equals the first.
fn drop_least(targets: &mut Vec<String>, plan: &Solution) {
    let chance = |id: &String| {
        let figures = plan.targets.iter().find(|figures| figures.target == *id);
        figures.and_then(|f| f.chance()).map_or(0.0, |c| c.share)
    };
    let each = targets.iter().enumerate();
    let least = each.min_by(|(_, a), (_, b)| chance(a).total_cmp(&chance(b)));
    if let Some((k, _)) = least {
        targets.remove(k);
    }
}
