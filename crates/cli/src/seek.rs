//! `tidemark seek`: lever settings that just reach some targets, or which of them can be had and what
//! stands in the way.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Value, json};
use tidemark_pack::bind::Bound;
use tidemark_pack::nearest::nearest;
use tidemark_pack::scenario::Scenario;
use tidemark_reach::answers::{Found, Search, Task};
use tidemark_reach::ask::{Ask, Reach};
use tidemark_reach::draws::Draws;
use tidemark_reach::inverse::Solution;
use tidemark_reach::opening::joint;
use tidemark_reach::shortfall::Shortfall;

use crate::failure::Failure;
use crate::folder::Opened;
use crate::run::between;
use crate::solution::{aim, at_once, called, effort, object, standing};
use crate::target::{looked_at, why_closed};
use crate::{Answer, drawn, short, solution};

/// What is wanted, and what stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ensemble: drawn::Arguments,
    /// A target to reach; may be repeated: all at once. Without it all open ones on tiles
    #[arg(long = "target", value_name = "ID")]
    targets: Vec<String>,
    /// Year that targets are looked at in, one of the pack's reading years; without it the first of them
    #[arg(long, value_name = "Y")]
    year: Option<i32>,
    /// Share of the members that must reach them
    #[arg(long, default_value_t = 0.8, value_parser = confidence)]
    confidence: f64,
    /// A lever that stays where it is; may be repeated
    #[arg(long = "lock", value_name = "LEVER")]
    locked: Vec<String>,
    /// How far levers may go
    #[arg(long, value_enum, default_value = "safe")]
    range: Range,
    /// Whether the pack's rules bind
    #[arg(long, value_enum, default_value = "keep")]
    rules: Rules,
    /// When levers begin, in model time; without it each lever's own start
    #[arg(long, value_name = "Y")]
    start: Option<f64>,
    /// Most that levers may cost in any year, in 亿元
    #[arg(long, value_name = "YI_YUAN", value_parser = amount)]
    budget: Option<f64>,
    /// Levers that cost money may be cut below where they stand today
    #[arg(long)]
    may_cut: bool,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Range {
    /// Inside documents, literature or the place's own past
    Safe,
    /// To what was reached or promised once
    Stretch,
    /// As far as the model has meaning
    Hard,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Rules {
    /// No rule may be broken that the baseline keeps, no breach widened
    Keep,
    /// They do not bind
    Ignore,
}

pub(crate) fn confidence(text: &str) -> Result<f64, String> {
    between(text, 0.05, 0.95)
}

fn amount(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1e6)
}

/// All that a search told.
#[derive(Default)]
struct Told {
    now: Option<Solution>,
    answers: Vec<Solution>,
    short: Option<Shortfall>,
}

/// Prints answers that differ in kind; the answer is no when none reaches the targets.
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
    let told = searched(&opened, &draws, &ask, &now)?;
    if arguments.json {
        writeln!(out, "{:#}", answer(bound, &ask, &told, ensemble))?;
    } else {
        print(bound, &ask, &told, out)?;
    }
    Ok(match told.answers.is_empty() {
        true => Answer::No,
        false => Answer::Yes,
    })
}

fn searched(opened: &Opened, draws: &Draws, ask: &Ask, now: &Scenario) -> Result<Told, Failure> {
    let task = Task {
        bound: &opened.bound,
        program: &opened.loaded.program,
        draws,
        ask,
        now,
    };
    let mut go_on = |_, _| true;
    let mut search = Search::begin(task, &mut go_on)?;
    let mut told = Told::default();
    while !search.is_over() {
        match search.advance(&mut go_on)? {
            Found::Now(now) => told.now = Some(now),
            Found::Answer(answer) => told.answers.push(answer),
            Found::Short(short) => told.short = Some(*short),
            Found::Nothing => {}
        }
    }
    Ok(told)
}

fn ask(bound: &Bound, arguments: &Arguments) -> Result<Ask, Failure> {
    let levers = bound.pack().lever.iter();
    let levers: Vec<&str> = levers.map(|lever| lever.id.as_str()).collect();
    for id in &arguments.locked {
        if bound.lever(id).is_none() {
            return Err(unknown("--lock", id, &levers));
        }
    }
    let year = looked_at(bound, arguments.year)?;
    Ok(Ask {
        locked: arguments.locked.iter().cloned().collect::<BTreeSet<_>>(),
        reach: match arguments.range {
            Range::Safe => Reach::Safe,
            Range::Stretch => Reach::Stretch,
            Range::Hard => Reach::Hard,
        },
        envelope: arguments.budget,
        keeps_rules: arguments.rules == Rules::Keep,
        start: start(bound, arguments.start)?,
        year: Some(year),
        may_cut: arguments.may_cut,
        ..Ask::new(targets(bound, arguments)?, arguments.confidence)
    })
}

/// The targets that are named, or the open ones on tiles; only what is open can be sought.
fn targets(bound: &Bound, arguments: &Arguments) -> Result<Vec<String>, Failure> {
    let all = bound.pack().target.iter();
    if arguments.targets.is_empty() {
        let tiles = joint(bound);
        if tiles.is_empty() {
            let open = all.filter(|target| bound.is_open(target));
            let open = open.map(|target| target.id.clone()).collect();
            return Err(Failure::NothingOpen { open });
        }
        return Ok(tiles);
    }
    let known: Vec<&str> = all.map(|target| target.id.as_str()).collect();
    let mut targets: Vec<String> = Vec::new();
    for id in &arguments.targets {
        let target = bound.target(id);
        let target = target.ok_or_else(|| unknown("--target", id, &known))?;
        if let Some(why) = why_closed(bound, target) {
            return Err(Failure::NotOpen {
                target: id.clone(),
                why,
            });
        }
        if !targets.contains(id) {
            targets.push(id.clone());
        }
    }
    Ok(targets)
}

fn unknown(option: &'static str, name: &str, known: &[&str]) -> Failure {
    Failure::UnknownId {
        option,
        name: name.to_owned(),
        nearest: nearest(name, known.iter().copied()).map(str::to_owned),
    }
}

fn start(bound: &Bound, asked: Option<f64>) -> Result<Option<f64>, Failure> {
    let (earliest, latest) = (bound.pack().meta.earliest_start, bound.horizon().stop);
    match asked {
        Some(asked) if !(earliest..=latest).contains(&asked) => Err(Failure::StartOutside {
            asked,
            earliest,
            latest,
        }),
        asked => Ok(asked),
    }
}

fn answer(bound: &Bound, ask: &Ask, told: &Told, ensemble: &drawn::Arguments) -> Value {
    let of = |solution: &Solution| object(aim(solution.aim), solution);
    let mut answer = json!({
        "members": ensemble.members,
        "seed": ensemble.seed,
        "confidence": ask.confidence,
        "year": ask.year,
        "targets": ask.targets,
        "reached": !told.answers.is_empty(),
        "now": told.now.as_ref().map(|now| object("now", now)),
    });
    let further = match &told.short {
        Some(short) => short::object(bound, short),
        None => json!({ "answers": told.answers.iter().map(of).collect::<Vec<Value>>() }),
    };
    if let (Some(answer), Value::Object(further)) = (answer.as_object_mut(), further) {
        answer.extend(further);
    }
    answer
}

fn print(bound: &Bound, ask: &Ask, told: &Told, out: &mut dyn Write) -> Result<(), Failure> {
    if let Some(now) = &told.now {
        let year = ask.year.unwrap_or(0);
        let said = at_once(now, &format!("targets looked at in {year}"));
        writeln!(out, "as it stands: {said}")?;
        print_targets(bound, now, out)?;
    }
    if let Some(short) = &told.short {
        return short::print(bound, ask, (told.now.as_ref(), short), out);
    }
    let at = solution::confidence(ask.confidence);
    writeln!(out, "can be had at {at}, {}:", short::conditions(ask))?;
    for (k, found) in told.answers.iter().enumerate() {
        let mut before = told.answers.iter().take(k);
        if let Some(same) = before.find(|before| before.scenario == found.scenario) {
            writeln!(out, "{}: as {}", aim(found.aim), aim(same.aim))?;
            continue;
        }
        let effort = effort(bound, found);
        writeln!(out, "{}: {}", aim(found.aim), at_once(found, &effort))?;
        print_targets(bound, found, out)?;
    }
    Ok(())
}

fn print_targets(bound: &Bound, found: &Solution, out: &mut dyn Write) -> Result<(), Failure> {
    for figures in &found.targets {
        if let Some(target) = bound.target(&figures.target) {
            let standing = standing(bound, figures);
            writeln!(out, "  {}: {standing}", called(bound, target))?;
        }
    }
    Ok(())
}
