//! Records of what documents want and the model does not drive, and of where documents disagree.
//!
//! A monitored target is compared with published figures only; nothing is projected for it.

use serde::{Deserialize, Serialize};

use super::{Comparator, Label};

/// A figure that no variable of the model carries and that is only watched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// Key, unlike any indicator's; actuals name it.
    pub id: String,
    /// Name.
    pub label: Label,
    /// Part of the place it counts ("甬江科创区"), empty for the whole.
    #[serde(default)]
    pub part: String,
    /// Unit shown.
    pub unit: String,
    /// Digits after the point.
    pub decimals: usize,
    /// What it counts and what not, empty where the name says it.
    #[serde(default)]
    pub definition: String,
}

/// How the published figures of a monitored target add up to its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// A level, at the end of the last year.
    Level,
    /// The sum of the years from first to last.
    Total,
    /// Every single year from first to last.
    Yearly,
    /// The mean of the growth rates of the years from first to last.
    Growth,
}

/// A value that a document wants and the model does not drive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monitored {
    /// Id of the fact it stands on.
    pub id: String,
    /// Observed figure, or an indicator where only its published figures are compared.
    pub indicator: String,
    /// Name where it differs from the indicator's, else empty.
    #[serde(default)]
    pub label: String,
    /// First year counted.
    pub from: i32,
    /// Last year counted, the year of the target.
    pub to: i32,
    /// How those years are counted.
    pub counted: Counted,
    /// Which side is good.
    pub comparator: Comparator,
    /// Wanted value in the indicator's unit.
    pub value: f64,
    /// Source record with the sentence.
    pub source: String,
    /// Target or monitored target it replaces, or empty.
    #[serde(default)]
    pub supersedes: String,
    /// What a reader must know of this reading.
    #[serde(default)]
    pub note: String,
}

/// How two statements disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisagreementKind {
    /// A later document wants less than an earlier one.
    Lowered,
    /// The same value for a later year.
    Postponed,
    /// One name, two things counted; or two names for one.
    Scope,
    /// The figures of one document do not add up.
    Arithmetic,
    /// City and district want different things.
    Levels,
    /// One document says the same in two ways.
    Wording,
    /// A figure that somebody asked for; never a target.
    Requested,
}

/// One of the statements that disagree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What it says in a few words: "2025年130家".
    pub says: String,
    /// Source record with the sentence.
    pub source: String,
}

/// Statements of documents that do not fit together, and what the pack makes of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    /// Key.
    pub id: String,
    /// What it is about.
    pub label: String,
    /// How they disagree.
    pub kind: DisagreementKind,
    /// The statements, oldest first; at least two.
    pub statement: Vec<Statement>,
    /// Targets it touches, driven or monitored.
    #[serde(default)]
    pub targets: Vec<String>,
    /// How the pack handles it.
    pub note: String,
}
