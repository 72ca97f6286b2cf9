//! Records of a fit: uncertain parameters with their priors, and how published figures are used.
//!
//! All values of a parameter are in the model's unit. Priors are what was known without the
//! figures that are fitted; where a prior stands on later ones, the fit that holds years back has
//! one of its own.

use serde::{Deserialize, Serialize};

use super::credibility::{ParameterRole, SeriesUse};
use super::{ActualStatus, Label};

/// A law within a range, in the model's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "law", rename_all = "lowercase", deny_unknown_fields)]
pub enum PriorLaw {
    /// The same density everywhere.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Normal, cut off where an end is given.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
        /// Lower end, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<f64>,
        /// Upper end, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<f64>,
    },
    /// Of a number above 0, cut off where an end is given.
    LogNormal {
        /// Median of the number itself.
        median: f64,
        /// Standard deviation of its logarithm.
        log_sd: f64,
        /// Lower end, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<f64>,
        /// Upper end, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<f64>,
    },
    /// From the ends to the mode in straight lines.
    Triangular {
        /// Most likely value.
        mode: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// The law of project planning: smooth, with this mode and these ends.
    Pert {
        /// Most likely value.
        mode: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

/// An uncertain number of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Key, a column of `posterior.csv`.
    pub id: String,
    /// Name.
    pub label: Label,
    /// Whether the figures move it.
    pub role: ParameterRole,
    /// Constants of the model that all take its value (the same thing in history and future);
    /// none for the model's own error, which series name.
    pub variables: Vec<String>,
    /// Unit in the model, checked at binding; empty for the model's own error, a fraction.
    pub unit: String,
    /// What is known without the figures.
    pub prior: PriorLaw,
    /// The same for the fit that holds years back, where `prior` stands on later figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_back_prior: Option<PriorLaw>,
    /// Rows of the parameter table it stands on (`A01`); empty means 假设.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Where the prior comes from, and what a reader must know.
    pub note: String,
}

impl Parameter {
    /// The prior of a fit: its own where years are held back and one is given.
    pub fn prior_of(&self, holds_back: bool) -> PriorLaw {
        match self.held_back_prior {
            Some(prior) if holds_back => prior,
            _ => self.prior,
        }
    }
}

/// Error of published figures of one status and vintage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureError {
    /// Status of the figures.
    pub status: ActualStatus,
    /// Their vintage; absent for any that has no row of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vintage: Option<String>,
    /// Standard deviation as a fraction of the figure.
    pub relative: f64,
}

/// How the figures of an indicator are used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesRecord {
    /// Indicator.
    pub indicator: String,
    /// How.
    pub used: SeriesUse,
    /// Only figures of this vintage are used, others shown; absent where all are comparable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vintage: Option<String>,
    /// Parameter with the model's own error, as a fraction of its value; empty where the series is
    /// neither fitted nor scored.
    #[serde(default)]
    pub model_error: String,
    /// Why, where a reader might ask: what is imposed, what it restates, what differs.
    #[serde(default)]
    pub note: String,
}

/// How published figures enter the fits. A status without an error (`plan`) is never used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// First year of figures used.
    pub from: i32,
    /// First year that the fit which holds years back has not seen: from here on figures are scored.
    pub hold_out_from: i32,
    /// How many times wider the error of an approximate figure is.
    pub about: f64,
    /// Years in which the model's own error falls to 1/e of what it was: what is off in one year is
    /// off in the next, too. 0: each year anew.
    pub memory: f64,
    /// Errors.
    pub error: Vec<FigureError>,
    /// Every indicator with published figures in these years.
    pub series: Vec<SeriesRecord>,
    /// Figures that are not published and might be had: what each would tell is computed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wanted: Vec<WantedFigure>,
}

/// A figure that an office has and has not published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedFigure {
    /// Indicator it would be of.
    pub indicator: String,
    /// Year.
    pub year: i32,
    /// Standard deviation of its error, as a fraction of it.
    pub relative: f64,
}
