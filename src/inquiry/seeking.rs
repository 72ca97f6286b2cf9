//! What it would take: three answers that differ in kind, or what stands in the way.

use super::{Place, scenario, settings};
use crate::protocol::inquiry::{
    Binding, Found, Kind, Reach, Relaxation, Relaxed, Seek, Short, Told,
};
use tidemark_reach::ask::{self, Ask};
use tidemark_reach::inverse::{Aim, Solution, Solver};
use tidemark_reach::outcome::Chance;
use tidemark_reach::shortfall::{self, Shortfall, Task};
use tidemark_reach::study::Halt;

/// Runs of all members between two tellings of how far it is.
const TOLD_EVERY: usize = 16;
/// Steps of a search that finds: the scenario at hand and three answers.
const STEPS: usize = 4;
/// Steps of one that does not, other asks aside: the scenario at hand, two searches, kinder worlds,
/// the proof.
const STEPS_SHORT: usize = 5;

pub(super) fn answer(place: &Place, seek: &Seek, tell: &mut dyn FnMut(Told)) -> Result<(), String> {
    let draws = (place.draws)(seek.members)?;
    let (now, _) = place.bound.clamp(&scenario(&seek.now));
    let ask = ask_of(seek);
    let task = Task {
        bound: place.bound,
        program: place.program,
        draws: &draws,
        ask: &ask,
        now: &now,
    };
    search(&task, &mut Telling::new(tell)).map_err(|halt| halt.to_string())
}

/// What is told, and how far it is.
struct Telling<'a> {
    tell: &'a mut dyn FnMut(Told),
    done: usize,
    all: usize,
    tried: usize,
}

impl<'a> Telling<'a> {
    fn new(tell: &'a mut dyn FnMut(Told)) -> Self {
        Self {
            tell,
            done: 0,
            all: STEPS,
            tried: 0,
        }
    }

    /// To be called between runs; never ends the work.
    fn ran(&mut self) -> bool {
        self.tried += 1;
        if self.tried % TOLD_EVERY == 1 {
            self.progress();
        }
        true
    }

    fn progress(&mut self) {
        (self.tell)(Told::Progress {
            done: self.done,
            all: self.all,
            tried: self.tried,
        });
    }

    /// A step is over, with what it found.
    fn step(&mut self, told: Option<Told>) {
        self.done += 1;
        if let Some(told) = told {
            (self.tell)(told);
        }
        self.progress();
    }
}

fn search(task: &Task, telling: &mut Telling) -> Result<(), Halt> {
    let draws = task.draws.clone();
    let mut solver = Solver::new(
        task.bound,
        task.program,
        draws,
        task.ask,
        task.now,
        &mut |_, _| telling.ran(),
    )?;
    let now = solver.now(&mut |_, _| telling.ran())?;
    telling.step(Some(Told::Found(found(Kind::Now, &now))));
    let easiest = solver.solve(Aim::LeastMovement, &mut |_, _| telling.ran())?;
    let is_easy = easiest.is_reached;
    telling.step(is_easy.then(|| Told::Found(found(Kind::LeastMovement, &easiest))));
    if is_easy {
        let cheapest = solver.solve(Aim::LeastCost, &mut |_, _| telling.ran())?;
        telling.step(Some(Told::Found(found(Kind::LeastCost, &cheapest))));
        let surest = solver.solve(Aim::Most, &mut |_, _| telling.ran())?;
        telling.step(Some(Told::Found(found(Kind::Surest, &surest))));
        return Ok(());
    }
    let surest = solver.solve(Aim::Most, &mut |_, _| telling.ran())?;
    if surest.is_reached {
        telling.step(Some(Told::Found(found(Kind::Surest, &surest))));
        let cheapest = solver.solve(Aim::LeastCost, &mut |_, _| telling.ran())?;
        let cheapest = Some(cheapest).filter(|cheapest| cheapest.is_reached);
        telling.step(cheapest.map(|cheapest| Told::Found(found(Kind::LeastCost, &cheapest))));
        return Ok(());
    }
    explain(task, &mut solver, surest, telling)
}

/// What stands in the way, told as it becomes known: the best there is, kinder worlds, other asks,
/// and last whether it is proved.
fn explain(
    task: &Task,
    solver: &mut Solver,
    best: Solution,
    telling: &mut Telling,
) -> Result<(), Halt> {
    let others = Shortfall::others(task);
    telling.all = STEPS_SHORT + others.len();
    let tell =
        |short: &Shortfall, is_proved| Some(Told::Short(Box::new(short_of(short, is_proved))));
    let mut short = Shortfall::begin(solver, best, &mut |_, _| telling.ran())?;
    telling.step(tell(&short, None));
    short.relax_world(task, solver, &mut |_, _| telling.ran())?;
    telling.step(tell(&short, None));
    for other in &others {
        short.relax_ask(solver, other, &mut |_, _| telling.ran())?;
        telling.step(tell(&short, None));
    }
    short.prove(solver, &mut |_, _| telling.ran())?;
    telling.step(tell(&short, Some(short.is_proved)));
    Ok(())
}

fn ask_of(seek: &Seek) -> Ask {
    Ask {
        locked: seek.locked.iter().cloned().collect(),
        reach: match seek.reach {
            Reach::Safe => ask::Reach::Safe,
            Reach::Stretch => ask::Reach::Stretch,
            Reach::Hard => ask::Reach::Hard,
        },
        envelope: seek.envelope,
        keeps_rules: seek.keeps_rules,
        start: seek.start,
        ..Ask::new(seek.targets.clone(), seek.confidence)
    }
}

fn found(kind: Kind, solution: &Solution) -> Found {
    let members = solution.targets.iter().map(|t| t.values.len()).max();
    let members = members.unwrap_or(0);
    Found {
        kind,
        settings: settings(&solution.scenario),
        met: solution.joint.map(|chance| met(chance, members)),
        members,
        targets: solution
            .targets
            .iter()
            .map(|target| {
                let median = target.band().map(|band| band.p50);
                let chance = target.chance().map(|chance| met(chance, members));
                (target.target.clone(), median, chance)
            })
            .collect(),
        cost: solution.cost,
        largest_cost: solution.largest_cost,
        movement: solution.movement,
        is_reached: solution.is_reached,
    }
}

/// Members behind a share.
fn met(chance: Chance, members: usize) -> usize {
    libm::round(chance.share * members as f64) as usize
}

fn short_of(short: &Shortfall, is_proved: Option<bool>) -> Short {
    let best = found(Kind::Surest, &short.best);
    let members = best.members;
    let bindings = short.bindings.iter().map(|binding| match binding {
        shortfall::Binding::Lever { id, value } => Binding::Lever(id.clone(), *value),
        shortfall::Binding::Rule { rule, year } => Binding::Rule(*rule, *year),
        shortfall::Binding::Money => Binding::Money,
    });
    let relaxations = short.relaxations.iter().map(|relaxed| {
        let what = match &relaxed.what {
            shortfall::Relaxation::Reach(ask::Reach::Safe) => Relaxation::Reach(Reach::Safe),
            shortfall::Relaxation::Reach(ask::Reach::Stretch) => Relaxation::Reach(Reach::Stretch),
            shortfall::Relaxation::Reach(ask::Reach::Hard) => Relaxation::Reach(Reach::Hard),
            shortfall::Relaxation::Start(start) => Relaxation::Start(*start),
            shortfall::Relaxation::Rules => Relaxation::Rules,
            shortfall::Relaxation::Assumption { id, value } => {
                Relaxation::Assumption(id.clone(), *value)
            }
        };
        Relaxed {
            what,
            met: relaxed.joint.map(|chance| met(chance, members)),
            is_enough: relaxed.goal >= 0.0,
            medians: relaxed.medians.clone(),
        }
    });
    Short {
        is_proved,
        met_in: short.met_in.clone(),
        bindings: bindings.collect(),
        relaxations: relaxations.collect(),
        best,
    }
}
