//! Records of the rules that documents and accounts set, and how a run is held against one.
//!
//! A rule that no variable of the model speaks of is a statement: it is shown with its sentence
//! and left to a person, never called kept.

use serde::{Deserialize, Serialize};

use super::{Comparator, Reading};

/// What a rule is about, and so who judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    /// How public money must grow or be shared out; the run is held against it.
    Fiscal,
    /// What books must show: no more spent than there is, parts that make the whole; the run is
    /// held against it.
    Accounting,
    /// Asked for by a document and beyond the model; only a person can check it.
    Statement,
}

/// A rule that a scenario has to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Key.
    pub id: String,
    /// Name.
    pub label: String,
    /// What it is about.
    pub kind: RuleKind,
    /// What a reader must know: what the document binds and how near the model comes to it.
    pub note: String,
    /// Source record with the sentence; may be empty for an accounting rule.
    #[serde(default)]
    pub source: String,
    /// How a run is held against it; none for a statement.
    #[serde(default)]
    pub check: Option<RuleTest>,
}

/// What of a run is compared with what, in which years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleTest {
    /// Model variable that is compared.
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
    /// How a year is read. For a growth rate the base year is `from`, or the year before.
    pub at: Reading,
    /// First year of a span that ends in each of `years`; without it each year stands alone.
    #[serde(default)]
    pub from: Option<i32>,
    /// Which side is right; "about" is a balance that holds at every instant of the year.
    pub comparator: Comparator,
    /// Bound in the shown unit; in % a year for a growth rate.
    pub value: f64,
    /// Years it is checked in.
    pub years: Vec<i32>,
    /// What a breach must amount to, in the shown unit, before it counts against a scenario; 0 for half
    /// of the last digit shown.
    #[serde(default)]
    pub materiality: f64,
}

impl RuleTest {
    /// The least breach that counts, in the shown unit: what the pack says is material, and never less
    /// than half of the last digit.
    pub fn material(&self) -> f64 {
        let least_shown = 0.5 * libm::pow(10.0, -(self.decimals as f64));
        if self.materiality > least_shown {
            self.materiality
        } else {
            least_shown
        }
    }
}
