//! Two fits of one study, one of which has not seen the last years → the record of credibility.
//!
//! Scores are of medians of the parameters alone; coverage is of ranges that hold the parameters,
//! the model's own error and the error of the figure. Series whose history is given to the model
//! are shown and not scored.

mod acceptance;

use tidemark_analysis::acceptance::{Measure, Verdict, verdict};
use tidemark_analysis::likelihood::Printed;
use tidemark_analysis::points::Points;
use tidemark_analysis::score::{Errors, HeldOut, Known, Score, score};
use tidemark_engine::exec::RunError;
use tidemark_pack::period::{Covered, Period};
use tidemark_pack::record::credibility::{
    Credibility, FitRecord, Judged, ParameterRow, PointRow, Range80, ScoreRow, SeriesRow,
    VerdictWord, YearRow,
};
use tidemark_pack::record::parameter::SeriesRecord;

use crate::figures::{Figure, read};
use crate::fit::Fit;
use crate::foretell::{of_members, with_errors};
use crate::runs::Read;
use crate::study::{Study, error_column};

pub(crate) use acceptance::PooledPoint;

/// The record of two fits of the same study: one that held years back and one on all figures.
///
/// # Errors
/// As [`crate::runs::Runs::prepare`].
pub fn hindcast(
    study: &Study<'_>,
    held_back: &Fit,
    whole: &Fit,
    made_by: &str,
) -> Result<Credibility, RunError> {
    let plan = Plan::new(study);
    let values = [plan.values(held_back)?, plan.values(whole)?];
    let [held, all] = [(held_back, &values[0]), (whole, &values[1])];
    let mut pooled = Vec::new();
    let mut series = Vec::new();
    for (at, record) in study.observation.series.iter().enumerate() {
        if let Some(row) = plan.series(at, record, held, all, &mut pooled) {
            series.push(row);
        }
    }
    series.sort_by_key(|row| {
        let indicators = &study.bound.pack().indicator;
        indicators.iter().position(|i| i.id == row.indicator)
    });
    Ok(Credibility {
        data_version: study.data_version.clone(),
        made_by: made_by.to_owned(),
        held_back: fit_record(study, held_back),
        whole: fit_record(study, whole),
        parameters: parameter_rows(study, held_back, whole),
        acceptance: acceptance::rows(&pooled, &series),
        series,
    })
}

fn fit_record(study: &Study<'_>, fit: &Fit) -> FitRecord {
    FitRecord {
        from: study.observation.from,
        to: fit.last_year,
        figures: fit.n_figures,
        chains: fit.settings.chains,
        draws: fit.draws.count(),
        seed: fit.settings.seed,
        acceptance: rounded(fit.acceptance),
        r_hat: rounded(fit.r_hat()),
        ess: libm::round(fit.ess()),
    }
}

/// Six significant digits: what a reader can use, and half the size of the file.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

fn range(values: Range80) -> Range80 {
    values.map(rounded)
}

/// What both fits say of each parameter.
pub fn parameter_rows(study: &Study<'_>, held_back: &Fit, whole: &Fit) -> Vec<ParameterRow> {
    let rows = whole.parameters.iter().enumerate();
    rows.filter_map(|(column, parameter)| {
        let after = whole.narrowing(column)?;
        let before = held_back.narrowing(column)?;
        Some(ParameterRow {
            id: parameter.id.clone(),
            role: parameter.role,
            in_model: study.in_model(parameter),
            prior: range(after.prior),
            posterior: range(after.posterior),
            narrowing: rounded(after.share),
            is_nil: column >= whole.n_fitted || after.is_nil(),
            held_back_prior: range(before.prior),
            held_back_posterior: range(before.posterior),
        })
    })
    .collect()
}

/// Readings of a hindcast: every figure, then every year of every series.
struct Plan<'a> {
    study: &'a Study<'a>,
    years: Vec<(usize, i32)>,
    reads: Vec<Read>,
}

impl<'a> Plan<'a> {
    fn new(study: &'a Study<'a>) -> Self {
        let mut reads: Vec<Read> = study.figures.iter().map(|f| f.read).collect();
        let mut years = Vec::new();
        let meta = &study.bound.pack().meta;
        let last = meta.reading_years.first().copied().unwrap_or_default();
        let horizon = study.bound.horizon();
        for (at, series) in study.observation.series.iter().enumerate() {
            let Some(indicator) = study.bound.indicator(&series.indicator) else {
                continue;
            };
            for year in study.observation.from..=last {
                let period = Period {
                    year,
                    covered: Covered::Year,
                };
                let read = read(study.bound, indicator, period);
                let inside = |r: &Read| r.first() >= horizon.start && r.last() <= horizon.stop;
                if let Some(read) = read.filter(inside) {
                    years.push((at, year));
                    reads.push(read);
                }
            }
        }
        Self {
            study,
            years,
            reads,
        }
    }

    fn values(&self, fit: &Fit) -> Result<Points, RunError> {
        let mut runs = self.study.runs(&fit.parameters, &self.reads)?;
        Ok(runs.values(&fit.draws))
    }

    /// Ranges of a reading with the model's own error and that of a figure.
    fn range(&self, record: &SeriesRecord, fit: &Fit, values: &[f64], sd: f64) -> Range80 {
        let Some(column) = error_column(&fit.parameters, record) else {
            return of_members(values);
        };
        let parts = fit.draws.column(column).iter().zip(values);
        let sds: Vec<f64> = parts
            .map(|(part, value)| (part * part * value * value + sd * sd).sqrt())
            .collect();
        with_errors(values, &sds)
    }

    /// A series with its figures, or `None` where it has none.
    fn series(
        &self,
        at: usize,
        record: &SeriesRecord,
        (held, held_values): (&Fit, &Points),
        (whole, whole_values): (&Fit, &Points),
        pooled: &mut Vec<PooledPoint>,
    ) -> Option<SeriesRow> {
        let actuals = self.study.bound.actuals();
        let indicator = self.study.bound.indicator(&record.indicator)?;
        let of_series = self.study.figures.iter().enumerate();
        let mut figures: Vec<(usize, &Figure)> =
            of_series.filter(|(_, f)| f.series == at).collect();
        figures.sort_by(|a, b| a.1.read.middle().total_cmp(&b.1.read.middle()));
        let mut points = Vec::new();
        let mut fitted = Vec::new();
        let mut held_out = Vec::new();
        for (column, figure) in &figures {
            let actual = actuals.get(figure.actual)?;
            let values = held_values.column(*column);
            let sd = figure.observation.map_or(0.0, |o| o.sd);
            let foretold = self.range(record, held, values, sd);
            let known = Known {
                year: figure.read.middle(),
                value: actual.value,
            };
            if figure.is_scored {
                held_out.push(HeldOut {
                    known,
                    model: of_members(values)[1],
                    band: Some([foretold[0], foretold[2]]),
                });
            } else if !figure.is_held_out && figure.observation.is_some_and(is_level) {
                fitted.push(known);
            }
            points.push(PointRow {
                period: actual.period.clone(),
                time: rounded(known.year),
                value: actual.value,
                bound: actual.bound,
                status: actual.status,
                vintage: actual.vintage.clone(),
                seen: !figure.is_held_out,
                is_scored: figure.is_scored,
                foretold: Some(range(foretold)),
            });
        }
        if points.is_empty() {
            return None;
        }
        pooled.extend(acceptance::pooled(record, indicator, &fitted, &held_out));
        let years = self.years.iter().enumerate();
        let years = years.filter(|(_, (series, _))| *series == at);
        let years = years.map(|(position, (_, year))| {
            let column = figures_before(self.study) + position;
            let read = self.reads[column];
            let of =
                |fit, values: &Points| range(self.range(record, fit, values.column(column), 0.0));
            YearRow {
                year: *year,
                time: rounded(read.middle()),
                held_back: of(held, held_values),
                whole: of(whole, whole_values),
            }
        });
        Some(SeriesRow {
            indicator: record.indicator.clone(),
            used: record.used,
            years: years.collect(),
            points,
            scored: held_out.len(),
            score: score_row(&fitted, &held_out),
        })
    }
}

/// Year readings stand after those of figures.
fn figures_before(study: &Study<'_>) -> usize {
    study.figures.len()
}

fn is_level(observation: tidemark_analysis::likelihood::Observation) -> bool {
    matches!(observation.printed, Printed::Exact | Printed::About)
}

fn score_row(fitted: &[Known], held_out: &[HeldOut]) -> Option<ScoreRow> {
    match score(fitted, held_out) {
        Score::Scored(errors) => Some(scored(&errors)),
        Score::NotEnough { points: 0 } => None,
        Score::NotEnough { .. } => Some(unjudged(held_out)),
    }
}

fn scored(errors: &Errors) -> ScoreRow {
    let judged = |measure: Measure, value: Option<f64>| {
        value.map(|value| Judged {
            value: rounded(value),
            verdict: Some(word(verdict(measure, Some(value)))),
        })
    };
    let theil = errors.theil;
    ScoreRow {
        mape: judged(Measure::Mape, errors.mape),
        mae: rounded(errors.mae),
        bias: judged(Measure::Bias, theil.map(|t| t.bias)),
        variance: theil.map(|t| rounded(t.variance)),
        covariance: theil.map(|t| rounded(t.covariance)),
        u2_last_growth: judged(Measure::U2, errors.u2_last_growth),
        u2_log_trend: judged(Measure::U2, errors.u2_log_trend),
        coverage: errors.coverage.map(rounded),
    }
}

/// Errors of too few points: shown, not judged.
fn unjudged(held_out: &[HeldOut]) -> ScoreRow {
    let n = held_out.len() as f64;
    let error = |p: &HeldOut| (p.model - p.known.value).abs();
    let relative = held_out.iter().map(|p| error(p) / p.known.value.abs());
    let mape = relative.sum::<f64>() / n;
    ScoreRow {
        mape: mape.is_finite().then_some(Judged {
            value: rounded(mape),
            verdict: Some(VerdictWord::Few),
        }),
        mae: rounded(held_out.iter().map(error).sum::<f64>() / n),
        bias: None,
        variance: None,
        covariance: None,
        u2_last_growth: None,
        u2_log_trend: None,
        coverage: None,
    }
}

fn word(verdict: Verdict) -> VerdictWord {
    match verdict {
        Verdict::Good => VerdictWord::Good,
        Verdict::Accepted => VerdictWord::Accepted,
        Verdict::Refused => VerdictWord::Refused,
        Verdict::NotJudged => VerdictWord::Few,
    }
}
