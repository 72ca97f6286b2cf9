//! Questions that take a search or hundreds of runs, and what is told of them.

use super::ways::Flat;
use serde::{Deserialize, Serialize};

/// Levers that are moved: id, value, start, ramp, stop; assumptions: id, value.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// Levers.
    pub levers: Vec<(String, [f64; 4])>,
    /// Assumptions.
    pub assumptions: Vec<(String, f64)>,
}

/// How far levers may be turned, see [`tidemark_reach::ask::Reach`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Reach {
    /// Inside documents, literature or the place's own past.
    #[default]
    Safe,
    /// To what was reached or promised once.
    Stretch,
    /// As far as the model has meaning.
    Hard,
}

/// What it would take to meet targets, see [`tidemark_reach::ask::Ask`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seek {
    /// The scenario at hand: its assumptions hold, and its locked levers.
    pub now: Settings,
    /// Targets by id, to be met all at once.
    pub targets: Vec<String>,
    /// Share of the members that must meet them.
    pub confidence: f64,
    /// Levers that stay as they are.
    pub locked: Vec<String>,
    /// How far the others may go.
    pub reach: Reach,
    /// Most that levers may cost in any year, in the model's money.
    pub envelope: Option<f64>,
    /// Whether no rule may be broken that the baseline keeps.
    pub keeps_rules: bool,
    /// When levers begin; none for each lever's own start.
    pub start: Option<f64>,
    /// Year that targets are looked at in.
    pub year: i32,
    /// Whether levers that cost money may be cut below where they stand today.
    pub may_cut: bool,
    /// Members on which an answer is confirmed.
    pub members: usize,
}

/// Why a figure is what it is, see [`tidemark_reach::why::Why`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// The scenario that is explained.
    pub now: Settings,
    /// Indicator.
    pub indicator: String,
    /// A target whose reading is meant; empty for the indicator's own.
    pub target: String,
    /// First and last year that are read.
    pub years: (i32, i32),
    /// Members that its medians are of.
    pub members: usize,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// What would it take?
    Seek(Seek),
    /// Why?
    Why(Why),
}

/// Which answer a scenario is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// The scenario at hand.
    Now,
    /// 最省力
    LeastMovement,
    /// 最省钱
    LeastCost,
    /// 最稳妥, or the best there is where the targets are out of reach.
    Surest,
}

/// A scenario with what it comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Which answer.
    pub kind: Kind,
    /// Its settings.
    pub settings: Settings,
    /// Members that meet all targets at once; none where one of them is not judged.
    pub met: Option<usize>,
    /// Members.
    pub members: usize,
    /// Each target with its median and the number of members that meet it.
    pub targets: Vec<(String, Option<f64>, Option<usize>)>,
    /// For each target the first year whose median meets it, and the first in which it is met at the
    /// confidence.
    pub when: Vec<(Option<i32>, Option<i32>)>,
    /// What its levers cost up to the last target's year, in the model's money.
    pub cost: f64,
    /// The most they cost in one of these years.
    pub largest_cost: f64,
    /// Movement in safe ranges, all levers together.
    pub movement: f64,
    /// Whether the confidence is reached and every limit held.
    pub is_reached: bool,
}

/// What leaves no room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Binding {
    /// A lever at an end of its range.
    Lever(String, f64),
    /// A rule, by position in the pack, in a year.
    Rule(usize, i32),
    /// The money asked for is spent.
    Money,
}

/// One thing given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Relaxation {
    /// Levers may go further.
    Reach(Reach),
    /// Levers act from an earlier instant on.
    Start(f64),
    /// Neither rules nor money bind.
    Rules,
}

/// What one thing given up leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relaxed {
    /// What.
    pub what: Relaxation,
    /// What the search under the other conditions gives; none while it is to come.
    pub plan: Option<Found>,
}

/// What the world would have to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// Assumption.
    pub assumption: String,
    /// Shown value.
    pub value: f64,
    /// Members that meet all targets, of how many.
    pub met: Option<(usize, usize)>,
    /// Each target's median then, in the order of the question.
    pub medians: Vec<Option<f64>>,
}

/// What stands in the way where targets are out of reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Short {
    /// The best within ranges, rules and money.
    pub best: Found,
    /// Whether it is proved that nothing within the ranges is enough; none while that is being looked
    /// at.
    pub is_proved: Option<bool>,
    /// What leaves no room.
    pub bindings: Vec<Binding>,
    /// Each target by itself, where several were asked for, as far as it is known.
    pub parts: Vec<(String, Found)>,
    /// The most targets that can be had together.
    pub together: Option<(Vec<String>, Found)>,
    /// What the world would have to be, the most helpful first.
    pub worlds: Vec<World>,
    /// What one thing given up leads to.
    pub relaxed: Vec<Relaxed>,
}

/// A lever's part of a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Lever.
    pub lever: String,
    /// Its share.
    pub share: f64,
    /// Standard error of the share; 0 where it is exact.
    pub error: f64,
    /// Its effect with no other lever moved.
    pub alone: f64,
}

/// What a little more of a lever would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// Lever.
    pub lever: String,
    /// Setting that was tried, a tenth of its safe range further the way that helps.
    pub tried: f64,
    /// Change of the figure.
    pub change: f64,
    /// What it costs more in all years up to the last one read, in the model's money.
    pub cost: f64,
}

/// Why a figure is what it is; numbers in its shown unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Because {
    /// The median with no lever moved.
    pub without: f64,
    /// The median with all of them.
    pub with_all: f64,
    /// One for each moved lever; with the remainder they sum to the change.
    pub parts: Vec<Part>,
    /// What the shares leave of the change, see [`tidemark_pack::figures::remainder`].
    pub remainder: f64,
    /// The change less all effects alone.
    pub interaction: f64,
    /// Of a ratio's change by what is divided, and by what it is divided by.
    pub split: Option<(f64, f64)>,
    /// What would help next, the most helpful first.
    pub next: Vec<Next>,
}

/// What is told of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Told {
    /// Steps done and in all, and settings tried.
    Progress {
        /// Steps that are over.
        done: usize,
        /// Steps, as far as is known.
        all: usize,
        /// Settings that were tried.
        tried: usize,
    },
    /// A scenario.
    Found(Found),
    /// The targets are out of reach.
    Short(Box<Short>),
    /// Why.
    Because(Because),
    /// The ways of the levers, the moved ones first; see [`super::ways::paths`].
    Paths(Flat),
    /// Why it is not certain; nothing where it does not spread; see [`super::ways::drivers`].
    Drivers(Flat),
    /// The question is answered.
    Done,
    /// There is no answer, and why.
    Failed(String),
}
