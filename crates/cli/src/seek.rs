//! `tidemark seek`: lever settings that just reach some targets, or what stands in the way.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Value, json};
use tidemark_pack::bind::Bound;
use tidemark_pack::nearest::nearest;
use tidemark_reach::ask::{Ask, Reach};
use tidemark_reach::inverse::{Aim, Solution, Solver};
use tidemark_reach::outcome::Chance;
use tidemark_reach::shortfall::{Binding, Relaxation, Shortfall, Task, explain};

use crate::failure::Failure;
use crate::reach::percent;
use crate::run::between;
use crate::table::number;
use crate::{Answer, drawn};

/// What is wanted, and what stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ensemble: drawn::Arguments,
    /// A target to reach; may be repeated: all at once
    #[arg(long = "target", value_name = "ID", required = true)]
    targets: Vec<String>,
    /// Share of the members that must reach them
    #[arg(long, default_value_t = 0.8, value_parser = confidence)]
    confidence: f64,
    /// A lever that stays where it is; may be repeated
    #[arg(long = "lock", value_name = "LEVER")]
    locked: Vec<String>,
    /// Most that levers may cost in any year, in 亿元
    #[arg(long, value_name = "YI_YUAN")]
    money: Option<f64>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn confidence(text: &str) -> Result<f64, String> {
    between(text, 0.05, 0.95)
}

const AIMS: [(Aim, &str); 3] = [
    (Aim::LeastMovement, "least movement"),
    (Aim::LeastCost, "least cost"),
    (Aim::Most, "surest"),
];

/// Prints three answers that differ in kind; the answer is no when the surest falls short.
pub(crate) fn seek(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let ensemble = &arguments.ensemble;
    let Some((opened, now)) = ensemble.opened(err)? else {
        return Ok(Answer::No);
    };
    let bound = &opened.bound;
    let ask = ask(bound, arguments)?;
    let Some(draws) = ensemble.draws(&opened, err)? else {
        return Ok(Answer::No);
    };
    let program = &opened.loaded.program;
    let mut go_on = |_, _| true;
    let mut solver = Solver::new(bound, program, draws.clone(), &ask, &now, &mut go_on)?;
    let mut solutions = Vec::new();
    for (aim, name) in AIMS {
        solutions.push((name, solver.solve(aim, &mut go_on)?));
    }
    let is_reached = solutions.iter().any(|(_, s)| s.is_reached);
    if !is_reached {
        let best = solutions.into_iter().find(|(_, s)| s.aim == Aim::Most);
        let Some((_, best)) = best else {
            return Ok(Answer::No);
        };
        let task = Task {
            bound,
            program,
            draws: &draws,
            ask: &ask,
            now: &now,
        };
        let short = explain(&task, &mut solver, best, &mut go_on)?;
        if arguments.json {
            writeln!(out, "{:#}", short_object(bound, &short, &ask))?;
        } else {
            print_short(bound, &short, out)?;
        }
        return Ok(Answer::No);
    }
    if arguments.json {
        let list: Vec<Value> = solutions
            .iter()
            .map(|(name, solution)| object(name, solution))
            .collect();
        let answer = json!({
            "confidence": ask.confidence,
            "reached": true,
            "answers": list,
        });
        writeln!(out, "{answer:#}")?;
    } else {
        for (name, solution) in &solutions {
            print(bound, name, solution, out)?;
        }
    }
    Ok(Answer::Yes)
}

fn ask(bound: &Bound, arguments: &Arguments) -> Result<Ask, Failure> {
    let pack = bound.pack();
    let unknown = |option, name: &str, known: Vec<&str>| Failure::UnknownId {
        option,
        name: name.to_owned(),
        nearest: nearest(name, known).map(str::to_owned),
    };
    for id in &arguments.targets {
        if bound.target(id).is_none() {
            let known = pack.target.iter().map(|t| t.id.as_str());
            return Err(unknown("--target", id, known.collect()));
        }
    }
    for id in &arguments.locked {
        if bound.lever(id).is_none() {
            let known = pack.lever.iter().map(|l| l.id.as_str());
            return Err(unknown("--lock", id, known.collect()));
        }
    }
    Ok(Ask {
        locked: arguments.locked.iter().cloned().collect::<BTreeSet<_>>(),
        envelope: arguments.money,
        ..Ask::new(arguments.targets.clone(), arguments.confidence)
    })
}

pub(crate) fn object(name: &str, solution: &Solution) -> Value {
    let levers = solution.scenario.levers.iter();
    let targets = solution.targets.iter();
    json!({
        "aim": name,
        "reached": solution.is_reached,
        "probability": solution.joint.map(|chance| chance.share),
        "cost": solution.cost,
        "largest_yearly_cost": solution.largest_cost,
        "movement": solution.movement,
        "levers": levers
            .map(|(id, set)| json!({ "id": id, "value": set.value, "start": set.start }))
            .collect::<Vec<Value>>(),
        "targets": targets
            .map(|figures| json!({
                "id": figures.target,
                "projected": figures.band().map(|band| band.p50),
                "probability": figures.chance().map(|chance| chance.share),
            }))
            .collect::<Vec<Value>>(),
    })
}

fn print(
    bound: &Bound,
    name: &str,
    solution: &Solution,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    writeln!(
        out,
        "{name}: chance {}, costs {} 亿元 ({} in the dearest year), movement {}",
        said(solution.joint),
        number(solution.cost),
        number(solution.largest_cost),
        number(solution.movement)
    )?;
    for figures in &solution.targets {
        let median = figures.band().map_or("–".to_owned(), |b| number(b.p50));
        let wanted = number(figures.wanted);
        writeln!(out, "  {}: {median} of {wanted}", figures.target)?;
    }
    for (id, setting) in &solution.scenario.levers {
        let default = bound.lever(id).map_or(f64::NAN, |lever| lever.default);
        let (from, to) = (number(default), number(setting.value));
        writeln!(out, "  {id}: {from} → {to}")?;
    }
    Ok(())
}

pub(crate) fn said(chance: Option<Chance>) -> String {
    chance.map_or("–".to_owned(), |chance| percent(chance.percent()))
}

fn print_short(bound: &Bound, short: &Shortfall, out: &mut dyn Write) -> Result<(), Failure> {
    let how = if short.is_proved {
        "proved: every lever moves the targets one way, and all at their best fall short"
    } else {
        "未证明: no settings were found"
    };
    writeln!(out, "not within these ranges, rules and money ({how})")?;
    print(bound, "the best there is", &short.best, out)?;
    for (target, year) in &short.met_in {
        match year {
            Some(year) => writeln!(out, "{target}: with these settings in {year}")?,
            None => writeln!(out, "{target}: with these settings in no year of the run")?,
        }
    }
    let bindings = short.bindings.iter().map(|b| binding(bound, b));
    writeln!(
        out,
        "in the way: {}",
        bindings.collect::<Vec<_>>().join(", ")
    )?;
    writeln!(out, "what one thing given up would lead to:")?;
    for relaxed in &short.relaxations {
        let what = relaxation(&relaxed.what);
        writeln!(out, "  {what}: chance {}", said(relaxed.joint))?;
    }
    Ok(())
}

pub(crate) fn binding(bound: &Bound, binding: &Binding) -> String {
    match binding {
        Binding::Lever { id, value } => format!("{id} at {}", number(*value)),
        Binding::Rule { rule, year } => {
            let id = bound.pack().rule.get(*rule).map_or("–", |rule| &rule.id);
            format!("rule {id} in {year}")
        }
        Binding::Money => "the money".to_owned(),
    }
}

fn relaxation(what: &Relaxation) -> String {
    match what {
        Relaxation::Reach(Reach::Hard) => "levers to their hard ends".to_owned(),
        Relaxation::Reach(_) => "levers beyond their safe ranges".to_owned(),
        Relaxation::Start(start) => format!("levers from {start} on"),
        Relaxation::Rules => "no rule and no limit of money".to_owned(),
        Relaxation::Assumption { id, value } => format!("{id} {}", number(*value)),
    }
}

fn short_object(bound: &Bound, short: &Shortfall, ask: &Ask) -> Value {
    let relaxations = short.relaxations.iter().map(|relaxed| {
        json!({
            "what": relaxation(&relaxed.what),
            "probability": relaxed.joint.map(|chance| chance.share),
            "goal": relaxed.goal,
        })
    });
    let bindings = short.bindings.iter().map(|b| binding(bound, b));
    let met_in = short.met_in.iter();
    json!({
        "confidence": ask.confidence,
        "reached": false,
        "out_of_reach_proved": short.is_proved,
        "best": object("surest", &short.best),
        "met_in": met_in
            .map(|(id, year)| json!({ "id": id, "year": year }))
            .collect::<Vec<Value>>(),
        "in_the_way": bindings.collect::<Vec<String>>(),
        "relaxations": relaxations.collect::<Vec<Value>>(),
    })
}
