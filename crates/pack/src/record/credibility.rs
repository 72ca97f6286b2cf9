//! What fits and hindcasts say of a model and its pack: `credibility.json` of a pack's folder.
//!
//! Written by `tidemark hindcast --write`, compiled into a file of its own, which only the page 模型可信度
//! reads; the compiled pack carries its [`HindcastSummary`].
//! All values are in the unit of their indicator or parameter; shares and errors relative to a
//! record are fractions (0.05 is 5 %). What was not computed is absent, never NaN or 0.

use serde::{Deserialize, Serialize};

use super::{ActualStatus, Bound};

/// 10th, 50th and 90th percentile: the middle and the ends of an 80 % range.
pub type Range80 = [f64; 3];

/// Two fits of one model, one of which has not seen the last years, and how it did there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credibility {
    /// Data version it belongs to, see [`crate::version::data_version`].
    pub data_version: String,
    /// Command and version that made it, "tidemark 0.1.0".
    pub made_by: String,
    /// The fit on figures up to the last year before the hold-out.
    pub held_back: FitRecord,
    /// The fit on all figures.
    pub whole: FitRecord,
    /// Parameters, fitted ones first.
    pub parameters: Vec<ParameterRow>,
    /// Series with published figures, in the pack's order.
    pub series: Vec<SeriesRow>,
    /// The acceptance table applied to all scored points together.
    pub acceptance: Vec<AcceptanceRow>,
}

/// What the first screen says of a [`Credibility`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HindcastSummary {
    /// Rows of the acceptance table that pass, well or just so.
    pub passed: usize,
    /// Rows that do not.
    pub refused: usize,
    /// Rows with too few points to say.
    pub few: usize,
    /// First and last year that the fit which holds years back has not seen.
    pub years: [i32; 2],
}

impl Credibility {
    /// Its verdicts, counted.
    pub fn summary(&self) -> HindcastSummary {
        let count = |word: fn(VerdictWord) -> bool| {
            let rows = self.acceptance.iter();
            rows.filter(|row| word(row.verdict)).count()
        };
        HindcastSummary {
            passed: count(|v| matches!(v, VerdictWord::Good | VerdictWord::Accepted)),
            refused: count(|v| v == VerdictWord::Refused),
            few: count(|v| v == VerdictWord::Few),
            years: [self.held_back.to + 1, self.whole.to],
        }
    }
}

/// How a fit was made and whether its chains agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FitRecord {
    /// First year of figures used.
    pub from: i32,
    /// Last year of figures used.
    pub to: i32,
    /// Figures in the likelihood.
    pub figures: usize,
    /// Chains.
    pub chains: usize,
    /// Members kept: rows of `posterior.csv`.
    pub draws: usize,
    /// Seed.
    pub seed: u64,
    /// Part of the proposed steps that were taken.
    pub acceptance: f64,
    /// The worst R-hat of all parameters; at most 1.05.
    pub r_hat: f64,
    /// The least effective sample size of all parameters, bulk or tail; at least 400.
    pub ess: f64,
}

/// Whether the figures move a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterRole {
    /// Fitted to the figures.
    Fitted,
    /// From the literature or assumed: drawn from its prior, never moved.
    Literature,
}

/// A parameter before and after the fits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterRow {
    /// Key of the pack's parameter.
    pub id: String,
    /// Whether it is fitted.
    pub role: ParameterRole,
    /// Value in the model; absent for one that is no constant of it (the model's own error).
    #[serde(default)]
    pub in_model: Option<f64>,
    /// Before the fit on all figures.
    pub prior: Range80,
    /// After it; equals `prior` but for the draws where the role is `literature`.
    pub posterior: Range80,
    /// Part of the prior's 80 % range that is gone: 0 nothing, below 0 it has grown.
    pub narrowing: f64,
    /// Whether the draws cannot tell that from nothing: 无收窄.
    pub is_nil: bool,
    /// Before the fit that holds years back.
    pub held_back_prior: Range80,
    /// After it.
    pub held_back_posterior: Range80,
}

/// How the figures of an indicator are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeriesUse {
    /// Fitted and, where held out, scored.
    Fitted,
    /// Held out of every fit and scored.
    Checked,
    /// Fitted, but a path of the model stands on figures that a hindcast must not have seen: not
    /// scored.
    Guided,
    /// Given to the model as history (GDP): shown, not scored.
    Imposed,
    /// Says the same as another series (a ratio and its level): shown and scored, not fitted.
    Restated,
    /// Not comparable with the model's variable: shown only.
    Shown,
}

/// A series with its figures, both fits and the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesRow {
    /// Indicator of the pack, which gives label, unit and decimals.
    pub indicator: String,
    /// How its figures are used.
    pub used: SeriesUse,
    /// The published figures in order of time, plans included.
    pub points: Vec<PointRow>,
    /// What the two fits make of each year.
    pub years: Vec<YearRow>,
    /// Held-out figures that are scored: no bounds, no plans.
    pub scored: usize,
    /// Their errors; absent for an imposed series and where there is none.
    #[serde(default)]
    pub score: Option<ScoreRow>,
}

/// A published figure and the fit that did not see it, if it lies past that fit's end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointRow {
    /// As written: `2024`, `2024H1`, `2022-09`.
    pub period: String,
    /// Model time at which it is drawn: the end of a stock's period, the middle of a flow's.
    pub time: f64,
    /// Published figure.
    pub value: f64,
    /// How it bounds the true one.
    pub bound: Bound,
    /// How firm it is.
    pub status: ActualStatus,
    /// Base it stands on, empty where there is only one.
    pub vintage: String,
    /// Whether the fit that holds years back has seen it.
    pub seen: bool,
    /// Whether it enters the score.
    pub is_scored: bool,
    /// 80 % range of the figure as that fit foretells it: parameters, the model's own error and
    /// the figure's error. Absent where the run does not cover its period.
    #[serde(default)]
    pub foretold: Option<Range80>,
}

/// A year of the chart: 80 % ranges of the model's value, its own error included, without that of
/// a figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearRow {
    /// Year.
    pub year: i32,
    /// Model time at which it is drawn, as in [`PointRow::time`].
    pub time: f64,
    /// By the fit that holds years back.
    pub held_back: Range80,
    /// By the fit on all figures.
    pub whole: Range80,
}

/// What the acceptance table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VerdictWord {
    /// Passed well: 良好.
    Good,
    /// Passed: 通过.
    Accepted,
    /// Not passed: 未通过.
    Refused,
    /// Too few points, fewer than four: 数据不足.
    Few,
}

/// A measure with its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    /// Value.
    pub value: f64,
    /// What the table says of it; absent where the table does not speak of one series.
    #[serde(default)]
    pub verdict: Option<VerdictWord>,
}

/// Errors of a series' scored figures, model − record. With fewer than four of them only `mae` and
/// `mape` are given, not judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreRow {
    /// Mean of |error| / |record|.
    #[serde(default)]
    pub mape: Option<Judged>,
    /// Mean of |error|, in the indicator's unit.
    pub mae: f64,
    /// Theil's U^M, part of the square error that is bias.
    #[serde(default)]
    pub bias: Option<Judged>,
    /// Theil's U^S, the spreads differ.
    #[serde(default)]
    pub variance: Option<f64>,
    /// Theil's U^C, the rest.
    #[serde(default)]
    pub covariance: Option<f64>,
    /// RMSE by that of the last growth repeated.
    #[serde(default)]
    pub u2_last_growth: Option<Judged>,
    /// RMSE by that of the line through the logarithms.
    #[serde(default)]
    pub u2_log_trend: Option<Judged>,
    /// Part of the figures within their 80 % range. Never judged by series: of four figures it can
    /// only be 0, 25, 50, 75 or 100 %.
    #[serde(default)]
    pub coverage: Option<f64>,
}

/// A row of the acceptance table, applied to all scored series together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceRow {
    /// What is measured: `mape`, `ratio_1`, `ratio_2`, `ratio_4`, `u2_of_most`, `u2_pooled`,
    /// `bias`, `coverage`.
    pub measure: String,
    /// Value, where there is one.
    #[serde(default)]
    pub value: Option<f64>,
    /// Points (for `u2_of_most`: series) it stands on.
    pub points: usize,
    /// Ends of the values that pass.
    pub accept: [f64; 2],
    /// Ends of the values that pass well.
    pub good: [f64; 2],
    /// What the table says.
    pub verdict: VerdictWord,
}
