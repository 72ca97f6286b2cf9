//! A constant of the model that has another value in this place: what makes one model a district.
//!
//! Applied by [`crate::bind::Bound::program`], so in every run of the pack. A setting is no lever
//! and no assumption: nobody moves it on the page, and one that both names is refused.

use serde::{Deserialize, Serialize};

/// A model constant with its value in this place. Exactly one of `value` and `share` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Constant of the model; also the record's key.
    pub variable: String,
    /// Name, what users read.
    pub label: String,
    /// Own figure, in `model_unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Part of the model's own value: 0.17 is 17 % of it. Follows the model when that changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Unit of `variable` in the model, checked at binding.
    pub model_unit: String,
    /// How the figure was found, what it counts and what not.
    pub note: String,
    /// Source records; empty means 假设.
    #[serde(default)]
    pub sources: Vec<String>,
}

impl Setting {
    /// The constant's value in this place, in the model's unit; `own` is the model's.
    ///
    /// `None` where neither or both of value and share are given.
    pub fn resolved(&self, own: f64) -> Option<f64> {
        match (self.value, self.share) {
            (Some(value), None) => Some(value),
            (None, Some(share)) => Some(share * own),
            _ => None,
        }
    }
}
