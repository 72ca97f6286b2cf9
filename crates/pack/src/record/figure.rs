//! Charts of the page.

use serde::{Deserialize, Serialize};

/// A chart of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureRecord {
    /// Key.
    pub id: String,
    /// Indicator drawn.
    pub indicator: String,
    /// First year on the axis.
    pub from: i32,
    /// Last year on the axis.
    pub to: i32,
    /// What a reader of single years must know, where the line misses what was published or dips.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<YearNote>,
}

/// What must be known of one year of a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearNote {
    /// Year.
    pub year: i32,
    /// A sentence without its full stop.
    pub text: String,
}
