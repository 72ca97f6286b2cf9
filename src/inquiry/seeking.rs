//! What it would take: three answers that differ in kind, or what stands in the way.

use super::{Pace, Place, scenario, settings};
use crate::protocol::inquiry::{
    Binding, Found, Kind, Reach, Relaxation, Relaxed, Seek, Short, Told, World,
};
use tidemark_reach::answers::{self, Search, Task};
use tidemark_reach::ask::{self, Ask};
use tidemark_reach::inverse::{Aim, Solution};
use tidemark_reach::outcome::Chance;
use tidemark_reach::shortfall::{self, Shortfall};
use tidemark_reach::study::{GoOn, Halt};

/// Runs of all members between two reports of progress.
const TOLD_EVERY: usize = 16;

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
        steps: (0, 0),
        tried: 0,
    };
    let searched = search(task, &mut telling).await;
    searched.map_err(|halt| halt.to_string())
}

/// What is told, how far it is, and when it pauses.
struct Telling<'a> {
    tell: &'a mut dyn FnMut(Told),
    pace: &'a Pace<'a>,
    /// Steps that are over, and in all.
    steps: (usize, usize),
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

    /// To be called between runs; never ends the work.
    fn ran(&mut self) -> bool {
        self.tried += 1;
        if self.tried % TOLD_EVERY == 1 {
            self.progress();
        }
        true
    }

    fn progress(&mut self) {
        let (done, all) = self.steps;
        let tried = self.tried;
        (self.tell)(Told::Progress { done, all, tried });
    }
}

async fn search(task: Task<'_>, telling: &mut Telling<'_>) -> Result<(), Halt> {
    // Laying out is not resumed: it is one slice.
    let mut search = Search::begin(task, &mut |_, _| telling.ran())?;
    while !search.is_over() {
        telling.steps = search.progress();
        if !(telling.pace.is_wanted)() {
            return Err(Halt::Stopped);
        }
        let found = telling.through(|go_on| search.advance(go_on)).await?;
        let told = match found {
            answers::Found::Now(solution) => Some(Told::Found(found_of(Kind::Now, &solution))),
            answers::Found::Answer(solution) => {
                Some(Told::Found(found_of(kind(solution.aim), &solution)))
            }
            answers::Found::Short(short) => Some(Told::Short(Box::new(short_of(&short)))),
            answers::Found::Nothing => None,
        };
        telling.steps = search.progress();
        told.into_iter().for_each(|told| (telling.tell)(told));
        telling.progress();
    }
    Ok(())
}

fn kind(aim: Aim) -> Kind {
    match aim {
        Aim::LeastMovement => Kind::LeastMovement,
        Aim::LeastCost => Kind::LeastCost,
        Aim::Most => Kind::Surest,
    }
}

/// The question as the solver is asked.
pub(super) fn ask_of(seek: &Seek) -> Ask {
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
        year: Some(seek.year),
        may_cut: seek.may_cut,
        ..Ask::new(seek.targets.clone(), seek.confidence)
    }
}

fn found_of(kind: Kind, solution: &Solution) -> Found {
    let members = solution.targets.iter().map(|t| t.values.len()).max();
    let met = |chance: Option<Chance>| chance.map(|chance| chance.met);
    Found {
        kind,
        settings: settings(&solution.scenario),
        met: met(solution.joint),
        members: members.unwrap_or(0),
        targets: solution
            .targets
            .iter()
            .map(|target| {
                let median = target.band().map(|band| band.p50);
                (target.target.clone(), median, met(target.chance()))
            })
            .collect(),
        when: solution
            .when
            .iter()
            .map(|when| (when.median, when.sure))
            .collect(),
        cost: solution.cost,
        largest_cost: solution.largest_cost,
        movement: solution.movement,
        is_reached: solution.is_reached,
    }
}

fn short_of(short: &Shortfall) -> Short {
    let plan = |solution: &Solution| found_of(kind(solution.aim), solution);
    let bindings = short.bindings.iter().map(|binding| match binding {
        shortfall::Binding::Lever { id, value } => Binding::Lever(id.clone(), *value),
        shortfall::Binding::Rule { rule, year } => Binding::Rule(*rule, *year),
        shortfall::Binding::Money => Binding::Money,
    });
    let relaxed = short.relaxed.iter().map(|relaxed| Relaxed {
        what: match &relaxed.what {
            shortfall::Relaxation::Reach(ask::Reach::Safe) => Relaxation::Reach(Reach::Safe),
            shortfall::Relaxation::Reach(ask::Reach::Stretch) => Relaxation::Reach(Reach::Stretch),
            shortfall::Relaxation::Reach(ask::Reach::Hard) => Relaxation::Reach(Reach::Hard),
            shortfall::Relaxation::Start(start) => Relaxation::Start(*start),
            shortfall::Relaxation::Rules => Relaxation::Rules,
        },
        plan: relaxed.plan.as_ref().map(plan),
    });
    let worlds = short.worlds.iter().map(|world| World {
        assumption: world.assumption.clone(),
        value: world.value,
        met: world.joint.map(|chance| (chance.met, chance.members)),
        medians: world.medians.clone(),
    });
    let parts = short.parts.iter();
    let together = short.together.as_ref();
    Short {
        is_proved: short.is_proved,
        bindings: bindings.collect(),
        parts: parts
            .map(|part| (part.target.clone(), plan(&part.plan)))
            .collect(),
        together: together.map(|some| (some.targets.clone(), plan(&some.plan))),
        worlds: worlds.collect(),
        relaxed: relaxed.collect(),
        best: found_of(Kind::Surest, &short.best),
    }
}
