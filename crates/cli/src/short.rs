//! Targets that are out of reach: which can be had, when, what stands in the way, what would be had
//! instead; as JSON and in sentences to be read out.

use std::io::Write;

use serde_json::{Value, json};
use tidemark_pack::bind::Bound;
use tidemark_reach::ask::{Ask, Reach};
use tidemark_reach::inverse::Solution;
use tidemark_reach::shortfall::{Binding, Part, Relaxation, Relaxed, Shortfall, World};

use crate::failure::Failure;
use crate::solution::{
    aim, at_once, called, confidence, earliest, effort, exactly, met, object as solution_object,
    standing,
};
use crate::table::number;
use crate::target::name;

/// The keys of an answer that tell a shortfall.
pub(crate) fn object(bound: &Bound, short: &Shortfall) -> Value {
    let of = |solution: &Solution| solution_object(aim(solution.aim), solution);
    let in_the_way = short.bindings.iter().map(|b| binding(bound, b));
    let parts = short.parts.iter().map(|part| {
        json!({
            "target": part.target,
            "reached": part.plan.is_reached,
            "probability": part.plan.joint.map(|chance| chance.share),
            "earliest": earliest(part.plan.when.first().copied()),
            "plan": of(&part.plan),
        })
    });
    let together = short.together.as_ref().map(|together| {
        json!({
            "targets": together.targets,
            "probability": together.plan.joint.map(|chance| chance.share),
            "plan": of(&together.plan),
        })
    });
    let worlds = short.worlds.iter().map(world_object);
    let relaxations = short.relaxed.iter().map(|relaxed| {
        let plan = relaxed.plan.as_ref();
        json!({
            "what": option(&relaxed.what),
            "reached": plan.map(|plan| plan.is_reached),
            "probability": plan.and_then(|plan| plan.joint).map(|chance| chance.share),
            "plan": plan.map(of),
        })
    });
    json!({
        "best": of(&short.best),
        "out_of_reach_proved": short.is_proved,
        "in_the_way": in_the_way.collect::<Vec<String>>(),
        "parts": parts.collect::<Vec<Value>>(),
        "together": together,
        "worlds": worlds.collect::<Vec<Value>>(),
        "relaxations": relaxations.collect::<Vec<Value>>(),
    })
}

fn world_object(world: &World) -> Value {
    json!({
        "assumption": world.assumption,
        "value": world.value,
        "probability": world.joint.map(|chance| chance.share),
        "members": world.joint.map(|chance| chance.members),
        "projected": world.medians,
    })
}

/// What leaves no room: "effort at 20.00", "rule no_gap in 2027".
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

/// As the option of the command that gives it up.
fn option(what: &Relaxation) -> String {
    match what {
        Relaxation::Reach(reach) => format!("range={}", range(*reach)),
        Relaxation::Start(start) => format!("start={start}"),
        Relaxation::Rules => "rules=ignore".to_owned(),
    }
}

fn range(reach: Reach) -> &'static str {
    match reach {
        Reach::Safe => "safe",
        Reach::Stretch => "stretch",
        Reach::Hard => "hard",
    }
}

/// What was asked beside the targets.
pub(crate) fn conditions(ask: &Ask) -> String {
    let mut said = vec![
        format!("within {} ranges", range(ask.reach)),
        match ask.keeps_rules {
            true => "rules kept".to_owned(),
            false => "rules left aside".to_owned(),
        },
    ];
    said.extend(
        ask.envelope
            .map(|most| format!("at most {} 亿元 a year", number(most))),
    );
    said.extend(ask.start.map(|start| format!("levers from {start} on")));
    if ask.may_cut {
        said.push("paid levers may be cut".to_owned());
    }
    match ask.locked.len() {
        0 => {}
        1 => said.push("1 lever locked".to_owned()),
        n => said.push(format!("{n} levers locked")),
    }
    said.join(", ")
}

/// Worlds that are read out; the others are in the JSON.
const MOST_WORLDS: usize = 3;

/// Sentences for people.
///
/// `now`: what was said before, and is not said again.
pub(crate) fn print(
    bound: &Bound,
    ask: &Ask,
    (now, short): (Option<&Solution>, &Shortfall),
    out: &mut dyn Write,
) -> Result<(), Failure> {
    writeln!(out, "{}", headline(ask, short))?;
    let is_one = ask.targets.len() == 1;
    let best = &short.best;
    let effort = effort(bound, best);
    writeln!(out, "the best there is: {}", at_once(best, &effort))?;
    let is_new = now.is_none_or(|now| now.scenario != best.scenario);
    for line in best_lines(bound, ask, best)
        .iter()
        .filter(|_| is_one || is_new)
    {
        writeln!(out, "  {line}")?;
    }
    if !is_one {
        writeln!(out, "each by itself:")?;
        for part in &short.parts {
            writeln!(out, "  {}", part_words(bound, ask, part))?;
        }
        writeln!(out, "{}", together_words(bound, ask, short))?;
    }
    let bindings = short.bindings.iter().map(|b| binding(bound, b));
    let bindings: Vec<String> = bindings.collect();
    if !bindings.is_empty() {
        writeln!(out, "in the way: {}", bindings.join(", "))?;
    }
    for relaxed in &short.relaxed {
        writeln!(out, "{}", relaxed_words(bound, short, relaxed))?;
    }
    for world in short.worlds.iter().take(MOST_WORLDS) {
        writeln!(out, "{}", world_words(bound, ask, world))?;
    }
    Ok(())
}

fn headline(ask: &Ask, short: &Shortfall) -> String {
    let what = match ask.targets.len() {
        1 => "the target cannot be had".to_owned(),
        n => format!("the {n} targets cannot be had all at once"),
    };
    let how = match short.is_proved {
        Some(true) => "proved, all levers at their best fall short",
        _ => "未证明, no settings were found that do but that is no proof",
    };
    let at = confidence(ask.confidence);
    format!("{what} at {at}, {}: {how}", conditions(ask))
}

/// Where each target stands with the best settings; of one target also when it is met.
fn best_lines(bound: &Bound, ask: &Ask, best: &Solution) -> Vec<String> {
    let each = best.targets.iter().zip(&best.when);
    let lines = each.filter_map(|(figures, when)| {
        let target = bound.target(&figures.target)?;
        let line = format!("{}: {}", called(bound, target), standing(bound, figures));
        Some(match ask.targets.len() {
            1 => format!("{line}; {}", met(bound, target, *when, ask.confidence)),
            _ => line,
        })
    });
    lines.collect()
}

fn part_words(bound: &Bound, ask: &Ask, part: &Part) -> String {
    let plan = &part.plan;
    let (Some(target), Some(figures)) = (bound.target(&part.target), plan.targets.first()) else {
        return String::new();
    };
    let when = plan.when.first().copied().unwrap_or_default();
    let how = match plan.is_reached {
        true => "can be had",
        false => "cannot be had, at best",
    };
    format!(
        "{} {how}: {}; {}; {}",
        called(bound, target),
        standing(bound, figures),
        met(bound, target, when, ask.confidence),
        effort(bound, plan)
    )
}

/// Which of several can be had at once.
fn together_words(bound: &Bound, ask: &Ask, short: &Shortfall) -> String {
    let names = |ids: &[String]| {
        let targets = ids.iter().filter_map(|id| bound.target(id));
        let names: Vec<String> = targets.map(|target| called(bound, target)).collect();
        names.join(" and ")
    };
    if let Some(together) = &short.together {
        return format!(
            "together can be had {}: chance {}; {}",
            names(&together.targets),
            exactly(together.plan.joint),
            effort(bound, &together.plan)
        );
    }
    let at = confidence(ask.confidence);
    match short.reachable().as_slice() {
        [] => format!("none of them can be had at {at}"),
        [one] => format!(
            "only {} can be had at {at}",
            names(std::slice::from_ref(one))
        ),
        _ => format!("no two of them were found that can be had together at {at}"),
    }
}

fn relaxed_words(bound: &Bound, short: &Shortfall, relaxed: &Relaxed) -> String {
    let what = match &relaxed.what {
        Relaxation::Reach(Reach::Hard) => "with levers to their hard ends".to_owned(),
        Relaxation::Reach(_) => "with levers to their stretch ends".to_owned(),
        Relaxation::Start(start) => format!("with levers from {start} on"),
        Relaxation::Rules => "with no rule and no limit of money".to_owned(),
    };
    let what = format!("{what} (--{})", option(&relaxed.what).replacen('=', " ", 1));
    let met = |solution: &Solution| solution.joint.map_or(0, |chance| chance.met);
    match &relaxed.plan {
        None => format!("{what}: not searched"),
        Some(plan) if plan.is_reached => format!(
            "{what}: reached, chance {}; {}",
            exactly(plan.joint),
            effort(bound, plan)
        ),
        Some(plan) if met(plan) <= met(&short.best) => {
            format!("{what}: still out of reach, the chance no better")
        }
        Some(plan) => format!("{what}: still out of reach, chance {}", exactly(plan.joint)),
    }
}

/// What the world would have to be; nobody here decides it.
fn world_words(bound: &Bound, ask: &Ask, world: &World) -> String {
    let record = bound.assumption(&world.assumption);
    let (label, unit) = record.map_or(("", ""), |a| (a.label.zh.as_str(), a.unit.as_str()));
    let decimals = record.map_or(2, |a| a.decimals);
    let medians = ask.targets.iter().zip(&world.medians);
    let medians = medians.filter_map(|(id, median)| {
        let name = name(bound, bound.target(id)?);
        Some(format!("{name} {}", number((*median)?)))
    });
    format!(
        "no remedy, but were {label} ({}) {:.decimals$} {unit}: chance {}, medians: {}",
        world.assumption,
        world.value,
        exactly(world.joint),
        medians.collect::<Vec<String>>().join(", ")
    )
}
