//! What it would take: three answers that differ in kind, or what stands in the way.

use super::{Pace, Place, scenario, settings};
use crate::protocol::inquiry::{
    Binding, Found, Kind, Reach, Relaxation, Relaxed, Seek, Short, Told,
};
use tidemark_reach::ask::{self, Ask};
use tidemark_reach::inverse::{Aim, Solution, Solver};
use tidemark_reach::outcome::Chance;
use tidemark_reach::shortfall::{self, Shortfall, Task};
use tidemark_reach::study::{GoOn, Halt};

/// Runs of all members between two tellings of how far it is.
const TOLD_EVERY: usize = 16;
/// Steps of a search that finds: the scenario at hand and three answers.
const STEPS: usize = 4;
/// Steps of one that does not, other asks aside: the scenario at hand, two searches, kinder worlds,
/// the proof.
const STEPS_SHORT: usize = 5;

pub(super) async fn answer(
    place: &Place<'_>,
    seek: &Seek,
    pace: &Pace<'_>,
    tell: &mut dyn FnMut(Told),
) -> Result<(), String> {
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
    let mut telling = Telling {
        tell,
        pace,
        done: 0,
        all: STEPS,
        tried: 0,
    };
    let searched = search(&task, &mut telling).await;
    searched.map_err(|halt| halt.to_string())
}

/// What is told, how far it is, and when it pauses.
struct Telling<'a> {
    tell: &'a mut dyn FnMut(Told),
    pace: &'a Pace<'a>,
    done: usize,
    all: usize,
    tried: usize,
}

impl Telling<'_> {
    /// Work that is resumed by beginning anew, slice by slice.
    async fn through<T>(
        &mut self,
        mut work: impl FnMut(GoOn<'_>) -> Result<T, Halt>,
    ) -> Result<T, Halt> {
        loop {
            let slice = self.pace.slice();
            match work(&mut |done, _| slice.goes_on(done) && self.ran()) {
                Err(Halt::Stopped) if (self.pace.is_wanted)() => (self.pace.rest)().await,
                over => return over,
            }
        }
    }

    /// Work that is too short to be stopped, then a pause.
    async fn at_once<T>(
        &mut self,
        work: impl FnOnce(GoOn<'_>) -> Result<T, Halt>,
    ) -> Result<T, Halt> {
        let slice = self.pace.slice();
        let found = work(&mut |_, _| self.ran())?;
        if slice.is_over() {
            (self.pace.rest)().await;
        }
        match (self.pace.is_wanted)() {
            true => Ok(found),
            false => Err(Halt::Stopped),
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

    /// The same with an answer.
    fn found(&mut self, kind: Kind, solution: &Solution) {
        self.step(Some(Told::Found(found(kind, solution))));
    }
}

async fn search(task: &Task<'_>, telling: &mut Telling<'_>) -> Result<(), Halt> {
    let draws = task.draws.clone();
    let laid = telling
        .at_once(|go_on| Solver::new(task.bound, task.program, draws, task.ask, task.now, go_on));
    let mut solver = laid.await?;
    let now = telling.through(|go_on| solver.now(go_on)).await?;
    telling.found(Kind::Now, &now);
    let mut solve = async |aim, telling: &mut Telling<'_>| {
        let solved = telling.through(|go_on| solver.solve(aim, go_on));
        solved.await
    };
    let easiest = solve(Aim::LeastMovement, telling).await?;
    if easiest.is_reached {
        telling.found(Kind::LeastMovement, &easiest);
        let cheapest = solve(Aim::LeastCost, telling).await?;
        telling.found(Kind::LeastCost, &cheapest);
        let surest = solve(Aim::Most, telling).await?;
        telling.found(Kind::Surest, &surest);
        return Ok(());
    }
    telling.step(None);
    let surest = solve(Aim::Most, telling).await?;
    if surest.is_reached {
        telling.found(Kind::Surest, &surest);
        let cheapest = solve(Aim::LeastCost, telling).await?;
        let told = cheapest
            .is_reached
            .then(|| found(Kind::LeastCost, &cheapest));
        telling.step(told.map(Told::Found));
        return Ok(());
    }
    explain(task, &mut solver, surest, telling).await
}

/// What stands in the way, told as it becomes known: the best there is, kinder worlds, other asks,
/// and last whether it is proved.
async fn explain(
    task: &Task<'_>,
    solver: &mut Solver<'_>,
    best: Solution,
    telling: &mut Telling<'_>,
) -> Result<(), Halt> {
    let others = Shortfall::others(task);
    telling.all = STEPS_SHORT + others.len();
    let tell =
        |short: &Shortfall, is_proved| Some(Told::Short(Box::new(short_of(short, is_proved))));
    let begun = telling.at_once(|go_on| Shortfall::begin(solver, best, go_on));
    let mut short = begun.await?;
    telling.step(tell(&short, None));
    for world in Shortfall::worlds(task) {
        let kinder = telling.at_once(|go_on| short.relax_world(solver, &world, go_on));
        kinder.await?;
    }
    telling.step(tell(&short, None));
    for other in &others {
        let searched = telling.through(|go_on| short.relax_ask(solver, other, go_on));
        searched.await?;
        telling.step(tell(&short, None));
    }
    let proved = telling.through(|go_on| short.prove(solver, go_on));
    proved.await?;
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
