//! The records of a pack, as `pack.toml` writes them and the compiled file carries them.
//!
//! Values shown to users are in the record's `unit`; `scale` turns them into the model's:
//! `model value = shown value × scale`. A place for everything, no defaults in code.

pub mod credibility;
mod figure;
mod monitor;
mod monitoring;
pub mod parameter;
mod rule;
mod setting;
mod wider;

use serde::{Deserialize, Serialize};

pub use figure::{FigureRecord, YearNote};
pub use monitor::{Counted, Disagreement, DisagreementKind, Monitored, Observed, Statement};
pub use monitoring::{MonitoringRow, MonitoringTable};
pub use rule::{Rule, RuleKind, RuleTest};
pub use setting::Setting;
pub use wider::WiderGoal;

/// A text in Chinese and English.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Simplified Chinese, what users read.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What the pack is for and which moment it speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Folder name, `ningbo`.
    pub id: String,
    /// Name of the place.
    pub place: Label,
    /// Title of the page.
    pub title: Label,
    /// Folder of the model under `models/`.
    pub model: String,
    /// Version of the pack, shown in the status bar.
    pub version: String,
    /// Instant up to which actuals are known, in model time (2026.0 = end of 2025).
    pub data_cutoff: f64,
    /// How the page writes the cut-off, "2025年年末".
    pub data_date: String,
    /// Day the pack was made, `YYYY-MM-DD`.
    pub today: String,
    /// Default instant at which levers begin to act, in model time.
    pub policy_start: f64,
    /// Earliest instant a user may set a lever's start to.
    pub earliest_start: f64,
    /// Years that stand side by side wherever a target is judged; the first is the headline.
    pub reading_years: Vec<i32>,
}

/// A group of levers, in the order shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Key that levers name.
    pub id: String,
    /// Tab text.
    pub label: Label,
}

/// How well the effect of a lever or the value of an assumption is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grade {
    /// Strong.
    S,
    /// Medium.
    M,
    /// Assumption: 假设.
    A,
}

/// A closed range of shown values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Lower end.
    pub min: f64,
    /// Upper end.
    pub max: f64,
}

/// A named stretch of a lever's track, from the end of the one before to `to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// 维持现状, 加强, …
    pub label: String,
    /// Upper end, shown value.
    pub to: f64,
}

/// A value that a document names, drawn as a tick on the track.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentMark {
    /// Shown value.
    pub value: f64,
    /// A few words: "十四五目标".
    pub label: String,
    /// Source record.
    pub source: String,
}

/// Something a government can decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    /// Key, also in links.
    pub id: String,
    /// Group it is shown in.
    pub group: String,
    /// Name.
    pub label: Label,
    /// Constant of the model that carries the change: `(value − default) × scale`.
    pub variable: String,
    /// Constant that carries the instant it starts.
    pub start_variable: String,
    /// Constant that carries the years it takes to build up.
    pub ramp_variable: String,
    /// Constant that carries the instant it stops.
    pub stop_variable: String,
    /// Variable with its fiscal cost a year in the model's money; empty where it costs nothing.
    pub cost_variable: String,
    /// Unit shown.
    pub unit: String,
    /// Model units per shown unit.
    pub scale: f64,
    /// Unit of `variable` in the model, checked at binding.
    pub model_unit: String,
    /// Shown value of the baseline.
    pub default: f64,
    /// Ends within which the model means something.
    pub hard: Range,
    /// Inside documents, literature or the place's own past.
    pub safe: Range,
    /// Upper end of what was reached or promised once.
    pub stretch_max: f64,
    /// Step of the slider.
    pub step: f64,
    /// Digits after the point.
    pub decimals: usize,
    /// Named stretches, ascending; the last ends at `hard.max`.
    pub levels: Vec<Level>,
    /// Default years to build up.
    pub ramp_years: f64,
    /// How well its effect is known.
    pub evidence: Grade,
    /// One line under the number: what is a sensible value, and who says so.
    pub guidance: String,
    /// How the model treats it and what it costs.
    pub how: String,
    /// Ticks on the track.
    #[serde(default)]
    pub marks: Vec<DocumentMark>,
    /// Source records; empty means 假设.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What an assumption is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AssumptionKind {
    /// The world and unknown opening levels.
    Environment,
    /// How strongly something works.
    Effect,
    /// How things are counted.
    Measurement,
}

/// Something nobody here decides: growth, prices, coverage, a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// Key, also in links.
    pub id: String,
    /// What it is about.
    pub kind: AssumptionKind,
    /// Name.
    pub label: Label,
    /// Constant of the model that carries it.
    pub variable: String,
    /// Unit shown.
    pub unit: String,
    /// Model units per shown unit.
    pub scale: f64,
    /// Subtracted before scaling: `model value = (shown − origin) × scale`.
    #[serde(default)]
    pub origin: f64,
    /// Unit of `variable` in the model, checked at binding.
    pub model_unit: String,
    /// Shown value of the baseline.
    pub default: f64,
    /// Range shown and sampled.
    pub range: Range,
    /// Step of the slider.
    pub step: f64,
    /// Digits after the point.
    pub decimals: usize,
    /// Shape for sampling, as written in the table ("PERT", "normal sd 1.0").
    pub distribution: String,
    /// How well it is known.
    pub evidence: Grade,
    /// What a reader must know of it.
    pub note: String,
    /// Source records; empty means 假设.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// How an indicator or target reads a span of years off a series; year Y is [Y, Y+1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// Value at the end of the last year.
    End,
    /// Mean over the last year; with a denominator, sum over the year by sum over the year.
    Mean,
    /// Sum over all years from first to last.
    Sum,
    /// Growth a year between the yearly means of the first and the last year.
    Cagr,
    /// Largest value over all years from first to last.
    Max,
}

/// A figure read off a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Key.
    pub id: String,
    /// Name.
    pub label: Label,
    /// Short name for tiles and phones, at most 8 characters.
    pub short: String,
    /// Model variable.
    pub variable: String,
    /// Model variable it is divided by, empty for none.
    #[serde(default)]
    pub denominator: String,
    /// Unit shown.
    pub unit: String,
    /// Model units per shown unit.
    pub scale: f64,
    /// Unit in the model of `variable` (divided by `denominator`), checked at binding.
    pub model_unit: String,
    /// Digits after the point.
    pub decimals: usize,
    /// How a year is read.
    pub at: Reading,
    /// What it counts and what not.
    pub definition: String,
    /// Office that publishes it.
    pub owner: String,
    /// Whether a single run foretells its median badly, so that a preview waits for the members.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
}

/// Which side of the value is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparator {
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// About; never judged.
    #[serde(rename = "~")]
    About,
}

/// An indicator's wanted value, its years and the sentence that wants it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Id of the fact it stands on.
    pub id: String,
    /// Indicator.
    pub indicator: String,
    /// Name where it differs from the indicator's ("累计读法"), else empty.
    #[serde(default)]
    pub label: String,
    /// First year read (the base year of a growth rate).
    pub from: i32,
    /// Last year read, the year of the target.
    pub to: i32,
    /// How those years are read.
    pub at: Reading,
    /// Which side is good.
    pub comparator: Comparator,
    /// Wanted value in the indicator's unit; in % a year for `cagr`.
    pub value: f64,
    /// Source record with the sentence.
    pub source: String,
    /// Target it replaces, or empty.
    #[serde(default)]
    pub supersedes: String,
    /// What a reader must know of this reading.
    pub note: String,
    /// Place on the scoreboard from 1; 0 is not a tile.
    #[serde(default)]
    pub tile: u32,
    /// Shown under the tile's main figure: another indicator, or empty.
    #[serde(default)]
    pub beside: String,
    /// Why no light is shown yet (待核): an unverified base; empty where it is judged.
    #[serde(default)]
    pub pending: String,
    /// Why its value and range are only for orientation (仅供参考): its path has no tested predictive
    /// content, so that no chance is given; empty where it is judged.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub indicative: String,
}

/// When a target is 可达成, 有风险, 难达成 without a probability: the share of the needed change
/// since the last actual that is projected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRule {
    /// From this share on: 可达成.
    pub reached_from: f64,
    /// From this share on: 有风险; below: 难达成.
    pub risk_from: f64,
    /// The rule in words, readable on screen.
    pub text: String,
    /// The rule where there is a probability; a pack may have none.
    #[serde(default)]
    pub probability: Option<ProbabilityRule>,
}

/// When a target is 可达成, 有风险, 难达成 by its exact probability; both levels are among those that
/// the solver is asked for, see [`crate::chance::CONFIDENCES`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProbabilityRule {
    /// From this probability on, as a fraction: 可达成.
    pub reached_from: f64,
    /// From this one on: 有风险; below: 难达成.
    pub risk_from: f64,
    /// The rule in words, readable on screen.
    pub text: String,
}

/// What weight a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentStatus {
    /// Draft for comments.
    征求意见稿,
    /// Decision.
    决定,
    /// Issued.
    印发,
    /// Reply to a deputy or member.
    答复,
    /// Digest of district reports and the like.
    材料,
    /// Published figure: communiqué, press, yearbook.
    公开发布,
    /// Research literature.
    文献,
}

/// A document and the sentence in it that a record stands on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Key.
    pub id: String,
    /// Title of the document.
    pub document: String,
    /// Office that issued it; empty where the document does not say.
    pub office: String,
    /// 文号, empty where it has none.
    #[serde(default)]
    pub number: String,
    /// Date as printed or known, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty where undated.
    pub date: String,
    /// Weight.
    pub status: DocumentStatus,
    /// Section or paragraph, empty where none is given.
    #[serde(default)]
    pub locator: String,
    /// Verbatim sentence; equals its document after removing white space.
    pub quote: String,
    /// File name in the documents folder, empty where the document is not at hand.
    #[serde(default)]
    pub file: String,
}

/// A path of the model that holds a baseline, so that feedbacks act on deviations from it only.
///
/// The page runs the baseline of the current assumptions with `switch` at 0, reads `of`, and
/// drives `variable` with it in every scenario run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Auxiliary with the path as a lookup of time.
    pub variable: String,
    /// Variable whose baseline it holds.
    pub of: String,
}

/// How references are handled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct References {
    /// Constant that is 0 in a baseline run (no deviation from itself) and 1 in a scenario.
    pub switch: String,
    /// The paths.
    pub path: Vec<Reference>,
}

/// A named world: assumptions of the environment together at a quantile of their laws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// Key.
    pub id: String,
    /// 顺风, 基准, 逆风.
    pub label: Label,
    /// Quantile of those in `up`; those in `down` stand at 1 less this.
    pub quantile: f64,
    /// Assumptions of which more is favourable.
    pub up: Vec<String>,
    /// Assumptions of which less is favourable.
    pub down: Vec<String>,
    /// What a reader must know of it.
    pub note: String,
}

/// The indicators that say what a scenario costs and whether there is money for it; both in one
/// unit. What is missing in a year (资金缺口) is the one less the other over the whole year,
/// since money moves freely within it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Indicator with the sum of all lever costs a year.
    pub cost: String,
    /// Indicator with the money a year that is not yet bound.
    pub available: String,
}

/// A whole pack, without its actuals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// What it is for.
    pub meta: Meta,
    /// Constants of the model that are others in this place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub setting: Vec<Setting>,
    /// Lever groups in order.
    pub group: Vec<Group>,
    /// Levers in order.
    pub lever: Vec<Lever>,
    /// Assumptions in order.
    pub assumption: Vec<Assumption>,
    /// Named worlds; a pack may have none.
    #[serde(default)]
    pub world: Vec<World>,
    /// Indicators in order.
    pub indicator: Vec<Indicator>,
    /// Targets, all statuses and years.
    pub target: Vec<Target>,
    /// What the wider area wants; a pack may have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wider_goal: Vec<WiderGoal>,
    /// Figures that are only watched.
    #[serde(default)]
    pub observed: Vec<Observed>,
    /// Targets that the model does not drive.
    #[serde(default)]
    pub monitored: Vec<Monitored>,
    /// Where documents disagree.
    #[serde(default)]
    pub disagreement: Vec<Disagreement>,
    /// The table that offices fill every quarter, where a document asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring: Option<MonitoringTable>,
    /// How lights are set.
    pub status_rule: StatusRule,
    /// Baseline paths inside the model.
    pub references: References,
    /// What a scenario costs, where the model has it.
    #[serde(default)]
    pub money: Option<Money>,
    /// Rules a scenario is checked against.
    #[serde(default)]
    pub rule: Vec<Rule>,
    /// Uncertain numbers of the model, with their priors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameter: Vec<parameter::Parameter>,
    /// How published figures enter the fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observation: Option<parameter::Observation>,
    /// Documents and sentences.
    pub source: Vec<Source>,
    /// Charts in order.
    pub figure: Vec<FigureRecord>,
}

/// How firm a published figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActualStatus {
    /// Published and final.
    Final,
    /// Published, to be revised.
    Preliminary,
    /// Published after a revision.
    Revised,
    /// Estimated or expected by an office.
    Estimate,
    /// Computed here from published figures.
    Derived,
    /// A plan, not an outcome.
    Plan,
}

/// How a printed figure bounds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// The figure itself.
    #[serde(rename = "=")]
    Exact,
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// About.
    #[serde(rename = "~")]
    About,
}

/// One row of `actuals.csv`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actual {
    /// Place.
    pub place: String,
    /// Indicator of the pack.
    pub indicator: String,
    /// `2024`, `2024H1`, `2024-11` (to that month).
    pub period: String,
    /// In the indicator's unit.
    pub value: f64,
    /// How it bounds the true figure.
    pub bound: Bound,
    /// Unit, equal to the indicator's.
    pub unit: String,
    /// How firm it is.
    pub status: ActualStatus,
    /// Base it stands on ("GDP 五经普修订"), empty where there is only one.
    pub vintage: String,
    /// Office, document, date.
    pub source: String,
    /// Verbatim words, empty for a derived figure whose note gives the arithmetic.
    pub quote: String,
    /// What a reader must know.
    pub note: String,
}
