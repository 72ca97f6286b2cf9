//! What stands in the way as rows: the best there is, what binds, what would help most.

use super::super::scoreboard::measure;
use super::card::{self, Card, lever_value, percent};
use super::{Reader, target_label};
use crate::protocol::inquiry::{Binding, Found, Reach, Relaxation, Short};
use crate::state::{Action, Asking, Knob};
use crate::text::chance;
use crate::text::sentence::{self, Measure};
use crate::text::solver as words;

/// One thing given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Relax {
    /// What.
    pub what: String,
    /// "研发强度 3.52%，把握 35%，仍不够"
    pub leads_to: String,
    /// Whether that is enough.
    pub is_enough: bool,
    /// What gives it up and searches again.
    pub actions: Vec<Action>,
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
    /// What leaves no room, levers in one line.
    pub bindings: Vec<String>,
    /// What would help, the most helpful first.
    pub relaxations: Vec<Relax>,
}

pub(super) fn view(reader: &Reader<'_>, short: &Short, now: Option<&Found>) -> ShortView {
    let card = card::card(reader, &short.best, now);
    let best = card.targets.iter().map(|line| {
        let chance = (!line.chance.is_empty()).then_some(line.chance.as_str());
        words::best_of(&line.label, &line.value, &line.wanted, chance)
    });
    let (proof, proof_hint) = match short.is_proved {
        Some(true) => (words::PROVED, words::PROVED_HINT),
        Some(false) => (words::NOT_PROVED, words::NOT_PROVED_HINT),
        None => (words::PROVING, words::PROVING_HINT),
    };
    let relaxations = short.relaxations.iter();
    ShortView {
        is_proved: short.is_proved,
        proof,
        proof_hint,
        best: best.collect(),
        met_in: met_in(reader, short),
        bindings: bindings(reader, short),
        relaxations: relaxations
            .filter_map(|relaxed| {
                let chance = percent(relaxed.met, short.best.members);
                let chance = chance.map_or("—".to_owned(), chance::percent);
                let (what, actions) = relaxation(reader, &relaxed.what)?;
                let is_enough = relaxed.is_enough;
                let values = values(reader, short, &relaxed.medians);
                Some(Relax {
                    what,
                    leads_to: words::relaxed(&values, &chance, is_enough),
                    is_enough,
                    actions,
                })
            })
            .collect(),
        card,
    }
}

fn met_in(reader: &Reader<'_>, short: &Short) -> Vec<String> {
    let bound = reader.bound;
    let last = libm::ceil(bound.horizon().stop) as i32 - 1;
    let lines = short.met_in.iter().filter_map(|(id, year)| {
        let target = bound.target(id)?;
        let indicator = bound.indicator(&target.indicator)?;
        Some(words::met_in(&target_label(target, indicator), *year, last))
    });
    lines.collect()
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

/// "研发强度 3.52%", each target of the question.
fn values(reader: &Reader<'_>, short: &Short, medians: &[Option<f64>]) -> Vec<String> {
    let targets = short.best.targets.iter().zip(medians);
    let said = targets.filter_map(|((id, _, _), median)| {
        let target = reader.bound.target(id)?;
        let indicator = reader.bound.indicator(&target.indicator)?;
        let value = measure(target, indicator).telling(*median, target.value);
        Some(format!("{} {value}", indicator.short))
    });
    said.collect()
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
            (
                text,
                ask(Asking {
                    start_quarters,
                    ..asking
                }),
            )
        }
        Relaxation::Rules => {
            let without = Asking {
                keeps_rules: false,
                money: None,
                ..asking
            };
            (words::RELAX_RULES.to_owned(), ask(without))
        }
        Relaxation::Assumption(id, value) => {
            let mut all = reader.bound.pack().assumption.iter().enumerate();
            let (k, record) = all.find(|(_, a)| a.id == *id)?;
            let measure = Measure {
                unit: &record.unit,
                decimals: record.decimals,
            };
            let text = |value| measure.value(Some(value));
            let (from, to) = (text(record.default), text(*value));
            let moved = Action::Moved(Knob::Assumption(k), *value);
            (
                words::relax_assumption(&record.label.zh, &from, &to),
                vec![moved, Action::SearchWanted],
            )
        }
    })
}
