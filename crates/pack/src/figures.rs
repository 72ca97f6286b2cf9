//! What a figure is read from: one run, or the middle of many members.
//!
//! Everything that is judged or shown as projected is a [`Key`]: a quantity, how its years are read,
//! and which years. [`Figures`] answers a key; assessments, rules and money ask nothing else, so that
//! they cannot mix two centres. The projected value of the product is the median over the members,
//! which [`Centre`] answers.

use std::rc::Rc;
use tidemark_engine::sort_short;

use tidemark_engine::exec::Run;

use crate::bind::Bound;
use crate::reading::Span;
use crate::record::Reading;

/// What is read, by position in the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// An indicator, in its shown unit.
    Indicator(usize),
    /// What a lever costs, in the model's money.
    Cost(usize),
    /// What a rule compares, in the rule's shown unit.
    Rule(usize),
}

/// A figure that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// What is read.
    pub quantity: Quantity,
    /// How its years are read.
    pub at: Reading,
    /// First and last year.
    pub span: Span,
}

/// Something that figures are read off.
pub trait Figures {
    /// The figure in its shown unit, in % a year for a growth rate; `None` where there is none: a
    /// year that is not covered, a value that is not finite, or a figure that is not known yet.
    fn figure(&self, bound: &Bound, key: Key) -> Option<f64>;

    /// What a rule compares at the instant of the year at which it lies furthest from the rule's bound,
    /// in the model's unit. Asked for balances only, which hold in every member or in none.
    fn furthest(&self, bound: &Bound, rule: usize, from: f64, year: i32) -> Option<f64>;
}

impl Figures for Run {
    fn figure(&self, bound: &Bound, key: Key) -> Option<f64> {
        bound.read(self, key)
    }

    fn furthest(&self, bound: &Bound, rule: usize, from: f64, year: i32) -> Option<f64> {
        bound.rule_track(self, rule)?.furthest(from, year)
    }
}

/// Medians over members by key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Medians {
    /// Ascending, each key once.
    rows: Vec<(Key, f64)>,
}

impl Medians {
    /// Of rows in any order; of a key that stands twice the first counts. NaN stands for none.
    pub fn new(mut rows: Vec<(Key, f64)>) -> Self {
        sort_short(&mut rows, |(a, _), (b, _)| a.cmp(b));
        rows.dedup_by_key(|(key, _)| *key);
        Self { rows }
    }

    /// The median of a key; `None` where it is not known or there is none.
    pub fn get(&self, key: Key) -> Option<f64> {
        self.find(key).filter(|median| !median.is_nan())
    }

    /// Whether anything is known of the key, if only that there is no figure.
    fn find(&self, key: Key) -> Option<f64> {
        let place = self.rows.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        self.rows.get(place).map(|(_, value)| *value)
    }
}

/// Medians of an answer, and the run at the middle of all draws under the answer's scenario.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Medians over the members.
    pub medians: Rc<Medians>,
    /// The run at the middle of all draws.
    pub run: Rc<Run>,
}

/// The projected values of a scenario: medians over the members, and until they are answered a preview.
///
/// The preview of a key is its last settled median plus what a single run at the middle of all draws has
/// changed since, so that it is exact where nothing has changed. Where it is [`shown`](Self::shown), indicators
/// that such a run foretells badly (`waits` in the pack) keep their settled median until their members
/// have answered.
#[derive(Debug, Clone)]
pub struct Centre {
    /// The run at the middle of all draws under the present scenario.
    now: Rc<Run>,
    /// Answers, the one that counts first.
    settled: Vec<Settled>,
    /// Whether indicators that a preview foretells badly wait.
    is_shown: bool,
}

impl Centre {
    /// Of a scenario's run and the answers that are known, the newest first.
    pub fn new(now: Rc<Run>, settled: Vec<Settled>) -> Self {
        Self {
            now,
            settled,
            is_shown: false,
        }
    }

    /// The same to be shown, and not to look for a setting with: indicators that a preview foretells badly
    /// keep their settled median.
    #[must_use]
    pub fn shown(self) -> Self {
        Self {
            is_shown: true,
            ..self
        }
    }

    /// The run at the middle of all draws; no figure is shown off it.
    pub fn run(&self) -> &Rc<Run> {
        &self.now
    }

    /// Whether a figure is the median of the present scenario, and no preview.
    pub fn is_settled(&self, key: Key) -> bool {
        let mut all = self.settled.iter();
        let known = all.find(|settled| settled.medians.find(key).is_some());
        known.is_some_and(|settled| Rc::ptr_eq(&settled.run, &self.now))
    }

    /// Whether every figure is of the same answers and runs as another centre's.
    pub fn is_same(&self, other: &Self) -> bool {
        let pairs = self.settled.iter().zip(&other.settled);
        let mut same =
            pairs.map(|(a, b)| Rc::ptr_eq(&a.medians, &b.medians) && Rc::ptr_eq(&a.run, &b.run));
        Rc::ptr_eq(&self.now, &other.now)
            && self.settled.len() == other.settled.len()
            && same.all(|same| same)
    }
}

impl Figures for Centre {
    fn figure(&self, bound: &Bound, key: Key) -> Option<f64> {
        let mut all = self.settled.iter();
        let (median, run) = all.find_map(|s| Some((s.medians.find(key)?, &s.run)))?;
        if median.is_nan() {
            return None;
        }
        if Rc::ptr_eq(run, &self.now) || self.is_shown && bound.waits(key) {
            return Some(median);
        }
        let (now, then) = (bound.read(&self.now, key)?, bound.read(run, key)?);
        Some(median + (now - then))
    }

    fn furthest(&self, bound: &Bound, rule: usize, from: f64, year: i32) -> Option<f64> {
        Figures::furthest(&*self.now, bound, rule, from, year)
    }
}

/// What parts leave of a change that is shown, a line of its own beside them.
///
/// Medians do not add up, so that what must (a ratio's two parts, levers' shares, stocks and flows, amounts
/// of money) is read off the one run at the middle of all draws, where it does. The rule is one: parts
/// stand as that run has them, the whole as the medians have it, and the remainder is named.
pub fn remainder(change: f64, parts: impl IntoIterator<Item = f64>) -> f64 {
    change - parts.into_iter().sum::<f64>()
}
