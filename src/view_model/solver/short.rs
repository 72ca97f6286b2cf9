//! What stands in the way as rows: the best there is, which targets can be had, what binds, what one
//! condition given up leads to, and what the world would have to be.

use super::super::scoreboard::measure;
use super::card::{self, Card, lever_value, percent};
use super::{Reader, held_label};
use crate::protocol::inquiry::{Binding, Found, Reach, Relaxation, Short, World};
use crate::state::{Action, Asking};
use crate::text::chance;
use crate::text::sentence::{self, Measure};
use crate::text::solver as words;

/// One condition given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Relax {
    /// What.
    pub what: String,
    /// "研发强度 3.52%，把握 35%，仍不够", or how far its search is.
    pub leads_to: String,
    /// Whether that is enough; none while it is not known.
    pub is_enough: Option<bool>,
    /// What gives it up and searches again.
    pub actions: Vec<Action>,
}

/// A target by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLine {
    /// Whether it can be had.
    pub is_reached: bool,
    /// "2027年高企单独够不着，最多 30%；推演值2028年达到，…"
    pub text: String,
}

/// What the world would have to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorldLine {
    /// "如果实际经济增速由 4.7% 变为 5.5%：高企 12,900 家，把握 45%"
    pub text: String,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortView {
    /// Whether it is proved that nothing is enough; none while that is being looked at.
    pub is_proved: Option<bool>,
    /// 已证明, 未证明
    pub proof: &'static str,
    /// What that means.
    pub proof_hint: &'static str,
    /// "2027年研发强度 3.62%，目标 ≥ 3.75%，把握 <5%", a line a target.
    pub best: Vec<String>,
    /// The settings that lead there.
    pub card: Card,
    /// When they would be enough, a line a target.
    pub met_in: Vec<String>,
    /// Each target by itself, where several were asked for.
    pub parts: Vec<PartLine>,
    /// Which can be had together; empty where one was asked for or it is not known.
    pub together: String,
    /// The settings for those, to be taken.
    pub together_card: Option<Card>,
    /// What leaves no room, levers in one line.
    pub bindings: Vec<String>,
    /// What one condition given up leads to.
    pub relaxations: Vec<Relax>,
    /// What the world would have to be; no remedy.
    pub worlds: Vec<WorldLine>,
}

/// * `is_busy`: whether the search still goes on.
pub(super) fn view(
    reader: &Reader<'_>,
    short: &Short,
    now: Option<&Found>,
    is_busy: bool,
) -> ShortView {
    let card = card::card(reader, &short.best, now);
    let best = card.targets.iter().map(|line| {
        let chance = (!line.chance.is_empty()).then_some(line.chance.as_str());
        words::best_of(&line.label, &line.value, &line.wanted, chance)
    });
    let (proof, proof_hint) = match short.is_proved {
        Some(true) => (words::PROVED, words::PROVED_HINT),
        Some(false) => (words::NOT_PROVED, words::NOT_PROVED_HINT),
        None if is_busy => (words::PROVING, words::PROVING_HINT),
        None => (words::NOT_PROVED, words::NOT_PROVED_HINT),
    };
    let together = short.together.as_ref();
    let relaxations = short.relaxed.iter().filter_map(|relaxed| {
        let (what, actions) = relaxation(reader, &relaxed.what)?;
        Some(Relax {
            what,
            leads_to: match &relaxed.plan {
                Some(plan) => leads_to(reader, plan),
                None if is_busy => words::SOLVING.to_owned(),
                None => words::UNFINISHED.to_owned(),
            },
            is_enough: relaxed.plan.as_ref().map(|plan| plan.is_reached),
            actions,
        })
    });
    let worlds = short.worlds.iter();
    ShortView {
        is_proved: short.is_proved,
        proof,
        proof_hint,
        best: best.collect(),
        met_in: met_in(reader, &short.best),
        parts: short
            .parts
            .iter()
            .map(|part| part_line(reader, part))
            .collect(),
        together: together_line(reader, short, is_busy),
        together_card: together.map(|(_, plan)| card::card(reader, plan, now)),
        bindings: bindings(reader, short),
        relaxations: relaxations.collect(),
        worlds: worlds
            .filter_map(|world| world_line(reader, short, world))
            .collect(),
        card,
    }
}

fn said(met: Option<usize>, members: usize) -> String {
    percent(met, members).map_or("—".to_owned(), chance::percent)
}

/// Each of a plan's targets that is a level or ratio, and when the plan meets it.
fn whens(reader: &Reader<'_>, plan: &Found) -> Vec<(String, String)> {
    let bound = reader.bound;
    let last = libm::ceil(bound.horizon().stop) as i32 - 1;
    let confidence = confidence(reader);
    let lines = plan
        .targets
        .iter()
        .zip(&plan.when)
        .filter_map(|((id, _, _), when)| {
            let target = bound.target(id)?;
            let indicator = bound.indicator(&target.indicator)?;
            let is_read = !tidemark_reach::scope::later_keys(bound, target, target.to).is_empty();
            is_read.then(|| {
                (
                    indicator.short.clone(),
                    words::when(*when, confidence, last),
                )
            })
        });
    lines.collect()
}

fn met_in(reader: &Reader<'_>, plan: &Found) -> Vec<String> {
    let lines = whens(reader, plan).into_iter();
    lines
        .map(|(name, when)| words::met_in(&name, &when))
        .collect()
}

fn confidence(reader: &Reader<'_>) -> u8 {
    let asked = reader
        .asked
        .map(|asked| libm::round(asked.confidence * 100.0) as u8);
    asked.unwrap_or(reader.state.asking.confidence)
}

fn part_line(reader: &Reader<'_>, (id, plan): &(String, Found)) -> PartLine {
    let bound = reader.bound;
    let target = bound.target(id);
    let named = target.and_then(|target| Some((target, bound.indicator(&target.indicator)?)));
    let name = named.map_or(String::new(), |(target, indicator)| {
        held_label(bound, target, indicator, reader.year())
    });
    let when = whens(reader, plan).into_iter().next().map(|(_, when)| when);
    let chance = said(plan.met, plan.members);
    PartLine {
        is_reached: plan.is_reached,
        text: words::part(&name, plan.is_reached, &chance, &when.unwrap_or_default()),
    }
}

/// Which targets can be had at once; empty while it is not known.
fn together_line(reader: &Reader<'_>, short: &Short, is_busy: bool) -> String {
    let bound = reader.bound;
    let all = short.best.targets.len();
    match &short.together {
        _ if all < 2 => String::new(),
        Some((targets, plan)) => {
            let names = targets.iter().filter_map(|id| {
                let target = bound.target(id)?;
                let indicator = bound.indicator(&target.indicator)?;
                Some(held_label(bound, target, indicator, reader.year()))
            });
            words::together_can(&names.collect::<Vec<_>>(), &said(plan.met, plan.members))
        }
        None if short.parts.len() < all || is_busy && short.worlds.is_empty() => {
            words::PARTING.to_owned()
        }
        None => words::NONE_TOGETHER.to_owned(),
    }
}

/// Rules and money first, then all levers at their ends in one line.
fn bindings(reader: &Reader<'_>, short: &Short) -> Vec<String> {
    let pack = reader.bound.pack();
    let mut said = Vec::new();
    let mut levers = Vec::new();
    for binding in &short.bindings {
        match binding {
            Binding::Lever(id, value) => levers.extend(reader.bound.lever(id).map(|lever| {
                let value = lever_value(lever, *value);
                words::lever_spent(&lever.label.zh, &value)
            })),
            Binding::Rule(rule, year) => {
                let rule = pack.rule.get(*rule);
                said.extend(rule.map(|rule| words::rule_spent(&rule.label, *year)));
            }
            Binding::Money => said.push(words::MONEY_SPENT.to_owned()),
        }
    }
    if !levers.is_empty() {
        let reach = reader.asked.map_or(Reach::Safe, |asked| asked.reach);
        said.push(words::levers_spent(words::reach(reach), &levers));
    }
    said
}

/// What the search under other conditions gives: each target, the chance, whether that is enough.
fn leads_to(reader: &Reader<'_>, plan: &Found) -> String {
    let medians = plan
        .targets
        .iter()
        .map(|(id, median, _)| (id.as_str(), *median));
    let values = values(reader, medians);
    words::relaxed(&values, &said(plan.met, plan.members), plan.is_reached)
}

/// "研发强度 3.52%", each target of the question.
fn values<'a>(
    reader: &Reader<'_>,
    medians: impl Iterator<Item = (&'a str, Option<f64>)>,
) -> Vec<String> {
    let said = medians.filter_map(|(id, median)| {
        let target = reader.bound.target(id)?;
        let indicator = reader.bound.indicator(&target.indicator)?;
        let value = measure(target, indicator).telling(median, target.value);
        Some(format!("{} {value}", indicator.short))
    });
    said.collect()
}

fn world_line(reader: &Reader<'_>, short: &Short, world: &World) -> Option<WorldLine> {
    let record = reader.bound.assumption(&world.assumption)?;
    let measure = Measure {
        unit: &record.unit,
        decimals: record.decimals,
    };
    let text = |value| measure.value(Some(value));
    let ids = short.best.targets.iter().map(|(id, _, _)| id.as_str());
    let values = values(reader, ids.zip(world.medians.iter().copied()));
    let chance = world
        .met
        .map_or("—".to_owned(), |(met, of)| said(Some(met), of));
    let (from, to) = (text(record.default), text(world.value));
    Some(WorldLine {
        text: words::world(&record.label.zh, &from, &to, &values, &chance),
    })
}

/// What is given up in words, and the actions that do it.
fn relaxation(reader: &Reader<'_>, what: &Relaxation) -> Option<(String, Vec<Action>)> {
    let asking = reader.state.asking.clone();
    let catalogue = &reader.state.catalogue;
    let ask = |asking: Asking| vec![Action::AskingChanged(asking), Action::SearchWanted];
    Some(match what {
        Relaxation::Reach(reach) => {
            let reach = *reach;
            let text = words::relax_reach(words::reach(reach));
            (text, ask(Asking { reach, ..asking }))
        }
        Relaxation::Start(start) => {
            let start_quarters = Some(catalogue.start_quarters(*start).0);
            let text = words::relax_start(&sentence::instant(*start));
            let asking = Asking {
                start_quarters,
                ..asking
            };
            (text, ask(asking))
        }
        Relaxation::Rules => {
            let without = Asking {
                keeps_rules: false,
                money: None,
                ..asking
            };
            (words::RELAX_RULES.to_owned(), ask(without))
        }
    })
}
