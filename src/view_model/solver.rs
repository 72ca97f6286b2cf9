//! The panel 怎样才能达到 as rows: what is asked, the answers as cards, what stands in the way.

mod card;
mod price;
mod short;

use crate::inquiry::{self, Stage, Standing};
use crate::protocol::inquiry::{Kind, Question, Reach, Seek};
use crate::state::{AppState, Asking, CONFIDENCES, MEMBERS};
use crate::text::sentence::{self, Measure};
use crate::text::solver as words;
use crate::text::{number, word};
use tidemark_engine::sort_short;
use tidemark_pack::assess::Held;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Indicator, Target};

use super::pack_scenario;
use super::scoreboard::measure;

pub use card::{Card, MovedLever, TargetLine};
pub use short::{PartLine, Relax, ShortView, WorldLine};

/// A target that may be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChoice {
    /// Position in the pack.
    pub target: usize,
    /// Id.
    pub id: String,
    /// "2027年研发强度"
    pub label: String,
    /// "≥ 3.75%"
    pub wanted: String,
    /// Whether it is asked for.
    pub is_chosen: bool,
}

/// One of several values, with its word and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    /// Value.
    pub value: T,
    /// Word.
    pub label: String,
    /// What it means, empty for nothing.
    pub hint: &'static str,
    /// Whether it is asked for.
    pub is_chosen: bool,
}

/// How a search stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Nothing was asked; what to do.
    Idle(&'static str),
    /// It goes on.
    Busy {
        /// How far it is, empty for the first moment.
        words: String,
        /// Steps done and in all; none where that is not known yet.
        steps: Option<(usize, usize)>,
    },
    /// It is over; what must be said of that, empty for nothing.
    Over(String),
}

/// The whole panel.
#[derive(Debug, Clone, PartialEq)]
pub struct SolverView {
    /// What is asked.
    pub asking: Asking,
    /// Targets that may be asked for.
    pub targets: Vec<TargetChoice>,
    /// Confidences.
    pub confidences: Vec<Choice<u8>>,
    /// Ranges.
    pub reaches: Vec<Choice<Reach>>,
    /// Limit of money, empty for none.
    pub money: String,
    /// Its unit.
    pub money_unit: String,
    /// Starts, in quarters after the policy start.
    pub starts: Vec<Choice<Option<i16>>>,
    /// Locked levers: position and name.
    pub locks: Vec<(usize, String)>,
    /// How the search stands.
    pub work: Work,
    /// That it is searched on fewer members than the page's numbers are of; empty where on the same.
    pub fewer: String,
    /// Whether what is shown belongs to other conditions.
    pub is_stale: bool,
    /// The scenario at hand when it was asked.
    pub now: Option<Card>,
    /// Answers.
    pub cards: Vec<Card>,
    /// What stands in the way.
    pub short: Option<ShortView>,
}

/// What a search of the state would be.
pub fn question(bound: &Bound, state: &AppState) -> Seek {
    let asking = &state.asking;
    let pack = bound.pack();
    let targets = asking.targets.iter();
    let locked = state.scenario.locked.iter();
    Seek {
        now: inquiry::settings(&pack_scenario(bound, state)),
        targets: targets
            .filter_map(|&k| Some(pack.target.get(k)?.id.clone()))
            .collect(),
        confidence: f64::from(asking.confidence) / 100.0,
        locked: locked
            .filter_map(|&k| Some(pack.lever.get(k)?.id.clone()))
            .collect(),
        reach: asking.reach,
        envelope: asking.money.map(|m| f64::from(m) * Money::of(bound).scale),
        keeps_rules: asking.keeps_rules,
        start: asking.start(&state.catalogue),
        year: state.view.year,
        may_cut: asking.may_cut,
        // More would need draws that the page reads on demand only.
        members: state.members.min(MEMBERS),
    }
}

/// The panel of a state and of what is known.
pub fn view(bound: &Bound, state: &AppState, standing: &Standing) -> SolverView {
    let asking = &state.asking;
    let money = Money::of(bound);
    let asked = standing.question.as_deref().and_then(seek);
    let reader = Reader {
        bound,
        state,
        money: &money,
        asked,
    };
    let seen = standing.found.iter().map(|found| &**found);
    let at_hand = seen.clone().find(|found| found.kind == Kind::Now);
    let (now, cards) = card::cards(&reader, seen);
    let short = standing.short.as_deref();
    SolverView {
        asking: asking.clone(),
        targets: targets(bound, state),
        confidences: CONFIDENCES
            .map(|value| Choice {
                value,
                label: format!("{value}%"),
                hint: "",
                is_chosen: asking.confidence == value,
            })
            .to_vec(),
        reaches: [Reach::Safe, Reach::Stretch, Reach::Hard]
            .map(|value| Choice {
                value,
                label: words::reach(value).to_owned(),
                hint: words::reach_hint(value),
                is_chosen: asking.reach == value,
            })
            .to_vec(),
        money: asking.money.map_or(String::new(), |m| m.to_string()),
        money_unit: money.unit.clone(),
        starts: starts(state),
        locks: locks(bound, state),
        work: work(standing, asking),
        fewer: fewer(state),
        is_stale: asked.is_some_and(|seek| *seek != question(bound, state)),
        now,
        cards,
        short: short.map(|short| short::view(&reader, short, at_hand, standing.is_busy())),
    }
}

/// That questions are answered on fewer members than the page's own numbers; empty where on the same.
pub(super) fn fewer(state: &AppState) -> String {
    match state.members > MEMBERS {
        true => words::fewer(MEMBERS, state.members),
        false => String::new(),
    }
}

fn seek(question: &Question) -> Option<&Seek> {
    match question {
        Question::Seek(seek) => Some(seek),
        Question::Why(_) => None,
    }
}

/// What cards are read with.
struct Reader<'a> {
    bound: &'a Bound,
    state: &'a AppState,
    money: &'a Money,
    asked: Option<&'a Seek>,
}

impl Reader<'_> {
    /// Year that targets were looked at in when it was asked.
    fn year(&self) -> i32 {
        self.asked.map_or(self.state.view.year, |asked| asked.year)
    }
}

/// How money is shown.
pub(super) struct Money {
    /// Unit.
    pub(super) unit: String,
    /// Model's money per unit shown.
    pub(super) scale: f64,
    /// Digits.
    pub(super) decimals: usize,
}

impl Money {
    /// As the pack's money at hand is.
    pub(super) fn of(bound: &Bound) -> Self {
        let money = bound.pack().money.as_ref();
        let record = money.and_then(|money| bound.indicator(&money.cost));
        Self {
            unit: record.map_or(String::new(), |r| r.unit.clone()),
            scale: record.map_or(1.0, |r| r.scale),
            decimals: record.map_or(1, |r| r.decimals.max(1)),
        }
    }

    /// An amount of the model's money; with more digits where it would read 0.
    pub(super) fn text(&self, amount: f64) -> String {
        let value = amount / self.scale;
        let decimals = number::telling_decimals(value, 0.0, self.decimals);
        number::with_unit(&number::fixed(value, decimals), &self.unit)
    }

    /// Whether an amount shows.
    pub(super) fn shows(&self, amount: f64) -> bool {
        (amount / self.scale).abs() >= 0.5 / libm::pow(10.0, self.decimals as f64)
    }
}

/// "2030年研发强度（按2027年目标值）": the target in the years in which it is held.
pub(super) fn held_label(
    bound: &Bound,
    target: &Target,
    indicator: &Indicator,
    year: i32,
) -> String {
    match bound.held(target, year) {
        (Held::Other, span) => words::held(
            &sentence::years(span.to, span.to),
            &indicator.short,
            target.to,
        ),
        _ => target_label(target, indicator),
    }
}

/// "2027年研发强度"
pub(super) fn target_label(target: &Target, indicator: &Indicator) -> String {
    let name = match target.label.as_str() {
        "" => &indicator.short,
        label => label,
    };
    format!("{}{name}", sentence::years(target.from, target.to))
}

/// "≥ 3.75%"
pub(super) fn wanted(target: &Target, measure: Measure<'_>) -> String {
    let decimals = number::telling_decimals(target.value, 0.0, measure.decimals);
    let number = number::trimmed(&number::fixed(target.value, decimals));
    let text = number::with_unit(&number, measure.unit);
    format!("{} {text}", word::comparator(target.comparator))
}

fn targets(bound: &Bound, state: &AppState) -> Vec<TargetChoice> {
    let open = state.catalogue.open_targets.iter();
    let mut all: Vec<(u32, TargetChoice)> = open
        .filter_map(|&k| {
            let target = bound.pack().target.get(k)?;
            let indicator = bound.indicator(&target.indicator)?;
            let place = if target.tile > 0 {
                target.tile
            } else {
                u32::MAX
            };
            let choice = TargetChoice {
                target: k,
                id: target.id.clone(),
                label: held_label(bound, target, indicator, state.view.year),
                wanted: wanted(target, measure(target, indicator)),
                is_chosen: state.asking.targets.contains(&k),
            };
            Some((place, choice))
        })
        .collect();
    sort_short(&mut all, |(a, _), (b, _)| a.cmp(b));
    all.into_iter().map(|(_, choice)| choice).collect()
}

/// Each lever's own start, and the beginnings of years in the allowed span up to two years on.
fn starts(state: &AppState) -> Vec<Choice<Option<i16>>> {
    let catalogue = &state.catalogue;
    let chosen = state.asking.start_quarters;
    let choice = |value: Option<i16>| {
        let start = value.map(|q| catalogue.policy_start + f64::from(q) / 4.0);
        Choice {
            value,
            label: start.map_or(words::OWN_START.to_owned(), sentence::instant),
            hint: "",
            is_chosen: chosen == value,
        }
    };
    let first = catalogue.start_quarters(catalogue.earliest_start).0;
    let years = (first..=8).step_by(4).map(Some);
    let mut all: Vec<Option<i16>> = std::iter::once(None).chain(years).collect();
    if !all.contains(&chosen) {
        all.push(chosen);
    }
    all.into_iter().map(choice).collect()
}

fn locks(bound: &Bound, state: &AppState) -> Vec<(usize, String)> {
    let locked = state.scenario.locked.iter();
    locked
        .filter_map(|&k| Some((k, bound.pack().lever.get(k)?.label.zh.clone())))
        .collect()
}

fn work(standing: &Standing, asking: &Asking) -> Work {
    match &standing.stage {
        Stage::Idle if asking.targets.is_empty() => Work::Idle(words::NONE_CHOSEN),
        Stage::Idle => Work::Idle(words::EMPTY),
        Stage::Busy => {
            let progress = standing.progress.filter(|_| standing.is_late);
            let far = progress.map_or(String::new(), |p| words::progress(p.done, p.all, p.tried));
            Work::Busy {
                words: match standing.is_on_page {
                    true => words::on_page(&far),
                    false => far,
                },
                steps: progress.map(|p| (p.done, p.all)),
            }
        }
        Stage::Done => Work::Over(String::new()),
        Stage::Stopped => Work::Over(words::STOPPED.to_owned()),
        Stage::Failed(why) => Work::Over(words::failed(why)),
    }
}
