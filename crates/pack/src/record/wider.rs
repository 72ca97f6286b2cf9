//! Goals of the area around a place.

use serde::{Deserialize, Serialize};

use super::{Comparator, Label};

/// What a wider area wants of an indicator that this place has too (全省目标): told beside the place's own
/// targets, never among them: it is not this place's task, has no gap, no chance and no verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WiderGoal {
    /// Key.
    pub id: String,
    /// Indicator of this place that counts the same.
    pub indicator: String,
    /// The wider area.
    pub area: Label,
    /// Year of the goal.
    pub year: i32,
    /// Which side is good.
    pub comparator: Comparator,
    /// Wanted value in the indicator's unit.
    pub value: f64,
    /// Source record with the sentence.
    pub source: String,
    /// What a reader must know of it, or empty.
    #[serde(default)]
    pub note: String,
}
