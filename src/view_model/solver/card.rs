//! A scenario that was found as a card: levers from → to, chance, cost, a sentence of these.

use super::super::scenario::state_scenario;
use super::super::scoreboard::measure;
use super::price::{Costed, price};
use super::{Reader, held_label, wanted};
use crate::protocol::inquiry::{Found, Kind};
use crate::state::Scenario;
use crate::text::chance;
use crate::text::number;
use crate::text::sentence::Measure;
use crate::text::solver as words;
use std::rc::Rc;
use tidemark_engine::sort_short;
use tidemark_pack::record::{Grade, Lever};
use tidemark_reach::outcome::Chance;

/// A lever of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedLever {
    /// Id.
    pub id: String,
    /// Name.
    pub label: String,
    /// Where it stands when nobody moved it.
    pub from: String,
    /// Where the answer has it.
    pub to: String,
    /// Where the scenario at hand has it.
    pub now: String,
    /// Whether the solver left it alone.
    pub is_locked: bool,
}

/// A target of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetLine {
    /// "2027年研发强度"
    pub label: String,
    /// Median of the members.
    pub value: String,
    /// "≥ 3.75%"
    pub wanted: String,
    /// "80%"; empty where it is not judged.
    pub chance: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Which one.
    pub kind: Kind,
    /// 最省力, …
    pub title: &'static str,
    /// What it is the least or the most of.
    pub hint: &'static str,
    /// Steps of five; none where it is not judged.
    pub percent: Option<u8>,
    /// "80%", "—".
    pub chance: String,
    /// 约八成
    pub chance_words: &'static str,
    /// "12.3 亿元", 不多花钱.
    pub cost: String,
    /// The same of the dearest year; empty where nothing is spent.
    pub largest: String,
    /// "动 3 项，其中 1 项到合理范围的一端"
    pub movement: String,
    /// One sentence of these numbers.
    pub sentence: String,
    /// What a point of probability costs, or that money buys none; empty where neither shows.
    pub per_point: String,
    /// Said where another answer has the same settings.
    pub same: String,
    /// Levers that are moved, the furthest first.
    pub levers: Vec<MovedLever>,
    /// Targets.
    pub targets: Vec<TargetLine>,
    /// The scenario to be taken.
    pub scenario: Rc<Scenario>,
    /// Whether it is the scenario at hand.
    pub is_applied: bool,
}

/// The scenario at hand and the answers.
pub(super) fn cards<'a>(
    reader: &Reader<'_>,
    found: impl Iterator<Item = &'a Found>,
) -> (Option<Card>, Vec<Card>) {
    let (now, answers): (Vec<&Found>, Vec<&Found>) = found.partition(|f| f.kind == Kind::Now);
    let now = now.first().copied();
    let mut cards: Vec<Card> = answers.iter().map(|f| card(reader, f, now)).collect();
    sort_short(&mut cards, |a, b| place(a.kind).cmp(&place(b.kind)));
    for k in 1..cards.len() {
        let (before, rest) = cards.split_at_mut(k);
        let Some(card) = rest.first_mut() else {
            continue;
        };
        let twin = before.iter().find(|b| b.scenario == card.scenario);
        card.same = twin.map_or(String::new(), |twin| words::same_as(twin.title));
    }
    (now.map(|f| card(reader, f, None)), cards)
}

fn place(kind: Kind) -> usize {
    match kind {
        Kind::Now => 0,
        Kind::LeastMovement => 1,
        Kind::LeastCost => 2,
        Kind::Surest => 3,
    }
}

pub(super) fn card(reader: &Reader<'_>, found: &Found, now: Option<&Found>) -> Card {
    let scenario = state_scenario(reader.bound, reader.state, &found.settings);
    let percent = percent(found.met, found.members);
    let money = reader.money;
    let is_paid = money.shows(found.cost);
    let levers = levers(reader, found);
    let cost = money.text(found.cost);
    let largest = money.text(found.largest_cost);
    let targets = found.targets.iter();
    let looked = reader.year();
    let year = targets.filter_map(|(id, _, _)| {
        let target = reader.bound.target(id)?;
        Some(reader.bound.held(target, looked).1.to)
    });
    let moved: Vec<String> = levers
        .iter()
        .take(3)
        .map(|l| format!("{} {}→{}", l.label, l.from, l.to))
        .collect();
    let sentence = words::sentence(&words::Answer {
        targets: found.targets.len(),
        percent,
        percent_now: now.and_then(|now| self::percent(now.met, now.members)),
        moved: &moved,
        n_moved: levers.len(),
        cost: is_paid.then_some(cost.as_str()),
        largest: &largest,
        year: year.max().unwrap_or(0),
    });
    Card {
        kind: found.kind,
        title: words::kind(found.kind),
        hint: words::kind_hint(found.kind),
        percent,
        chance: percent.map_or(number::NO_VALUE.to_owned(), chance::percent),
        chance_words: percent.map_or("", chance::words),
        cost: if is_paid {
            cost
        } else {
            words::FREE.to_owned()
        },
        largest: if is_paid { largest } else { String::new() },
        movement: words::movement(levers.len(), at_end(reader, found)),
        sentence,
        per_point: per_point(reader, found, now),
        same: String::new(),
        levers,
        targets: targets_of(reader, found),
        is_applied: scenario == *reader.state.scenario,
        scenario: Rc::new(scenario),
    }
}

/// Levers that stand at an end of their safe ranges or beyond.
fn at_end(reader: &Reader<'_>, found: &Found) -> usize {
    let levers = found.settings.levers.iter().filter(|(id, [value, ..])| {
        let lever = reader.bound.lever(id);
        lever.is_some_and(|lever| {
            let room = 0.5 * lever.step;
            *value <= lever.safe.min + room || *value >= lever.safe.max - room
        })
    });
    levers.count()
}

/// In steps of five, as everywhere.
pub(super) fn percent(met: Option<usize>, members: usize) -> Option<u8> {
    Chance::of(met?, members).map(Chance::percent)
}

/// Against the scenario at hand.
fn per_point(reader: &Reader<'_>, found: &Found, now: Option<&Found>) -> String {
    let costed = |found: &Found| Costed {
        cost: found.cost,
        met: found.met,
        members: found.members,
    };
    let moved = found.settings.levers.iter();
    let levers = moved.filter_map(|(id, _)| reader.bound.lever(id));
    let is_assumed = |l: &&Lever| l.evidence == Grade::A && !l.cost_variable.is_empty();
    let assumed = levers.filter(is_assumed).count();
    now.map_or(String::new(), |now| {
        price(reader.money, (costed(now), costed(found)), assumed)
    })
}

fn targets_of(reader: &Reader<'_>, found: &Found) -> Vec<TargetLine> {
    let lines = found.targets.iter().filter_map(|(id, median, met)| {
        let target = reader.bound.target(id)?;
        let indicator = reader.bound.indicator(&target.indicator)?;
        let measure = measure(target, indicator);
        Some(TargetLine {
            label: held_label(reader.bound, target, indicator, reader.year()),
            value: measure.telling(*median, target.value),
            wanted: wanted(target, measure),
            chance: percent(*met, found.members).map_or(String::new(), chance::percent),
        })
    });
    lines.collect()
}

fn levers(reader: &Reader<'_>, found: &Found) -> Vec<MovedLever> {
    let mut all: Vec<(f64, MovedLever)> = found
        .settings
        .levers
        .iter()
        .filter_map(|(id, [value, ..])| {
            let (k, lever) = position(reader, id)?;
            let width = lever.safe.max - lever.safe.min;
            let distance = (value - lever.default).abs() / width.max(lever.step);
            let now = reader.asked.map_or(lever.default, |asked| {
                let set = asked.now.levers.iter().find(|(other, _)| other == id);
                set.map_or(lever.default, |(_, [value, ..])| *value)
            });
            let text = |value| lever_value(lever, value);
            Some((
                distance,
                MovedLever {
                    id: id.clone(),
                    label: lever.label.zh.clone(),
                    from: text(lever.default),
                    to: text(*value),
                    now: text(now),
                    is_locked: reader.state.scenario.locked.contains(&k),
                },
            ))
        })
        .collect();
    sort_short(&mut all, |(a, _), (b, _)| b.total_cmp(a));
    all.into_iter().map(|(_, lever)| lever).collect()
}

fn position<'a>(reader: &Reader<'a>, id: &str) -> Option<(usize, &'a Lever)> {
    let mut levers = reader.bound.pack().lever.iter().enumerate();
    levers.find(|(_, lever)| lever.id == id)
}

/// "12%", "1.80 亿元/年".
pub(super) fn lever_value(lever: &Lever, value: f64) -> String {
    let measure = Measure {
        unit: &lever.unit,
        decimals: lever.decimals,
    };
    measure.value(Some(value))
}
