//! Prior times likelihood of blocks of parameter sets.
//!
//! Figures of one series share the model's error, which lasts; printed bounds are judged one by
//! one, each with the whole of it.

use tidemark_analysis::likelihood::{Observation, Printed, log_density_together};
use tidemark_analysis::points::Points;
use tidemark_analysis::prior::Prior;
use tidemark_engine::exec::RunError;
use tidemark_pack::record::credibility::ParameterRole;

use crate::figures::Figure;
use crate::parameters::Uncertain;
use crate::runs::Runs;
use crate::study::{Study, error_column};

/// Logarithm of prior times likelihood.
pub(super) struct Density {
    fitted: Vec<Prior>,
    groups: Vec<Group>,
    years: Vec<i32>,
    runs: Runs,
}

/// Figures whose model errors belong together.
struct Group {
    /// Columns of the readings with their figures.
    seen: Vec<(usize, Observation)>,
    /// Column of the model's own error among the parameters.
    error: Option<usize>,
    /// Of the model's errors, row by row; empty for a bound.
    correlation: Vec<f64>,
}

impl Density {
    pub(super) fn new(
        study: &Study<'_>,
        parameters: &[Uncertain],
        holds_back: bool,
    ) -> Result<Self, RunError> {
        let enters = |f: &&Figure| f.is_fitted && !(holds_back && f.is_held_out);
        let figures: Vec<&Figure> = study.figures.iter().filter(enters).collect();
        let reads: Vec<_> = figures.iter().map(|f| f.read).collect();
        let is_fitted = |p: &&Uncertain| p.role == ParameterRole::Fitted;
        Ok(Self {
            fitted: parameters
                .iter()
                .filter(is_fitted)
                .map(|p| p.prior)
                .collect(),
            groups: groups(study, parameters, &figures),
            years: figures.iter().map(|f| f.period.year).collect(),
            runs: study.runs(parameters, &reads)?,
        })
    }

    /// Figures in the likelihood.
    pub(super) fn n_figures(&self) -> usize {
        self.years.len()
    }

    /// Year of the last one.
    pub(super) fn last_year(&self) -> Option<i32> {
        self.years.iter().copied().max()
    }

    /// Of fitted values with literature values beside them.
    pub(super) fn of(&mut self, fitted: &Points, literature: &Points, out: &mut [f64]) {
        let sets = fitted.beside(literature);
        let values = self.runs.values(&sets);
        for (row, out) in out.iter_mut().enumerate() {
            let priors = self.fitted.iter().enumerate();
            let before = priors.map(|(k, prior)| prior.log_density(sets.at(row, k)));
            let seen = self.groups.iter().map(|group| {
                let part = group.error.map_or(0.0, |k| sets.at(row, k));
                group.log_density(part, |column| values.at(row, column))
            });
            *out = before.chain(seen).sum();
        }
    }
}

impl Group {
    fn log_density(&self, part: f64, model: impl Fn(usize) -> f64) -> f64 {
        if self.correlation.is_empty() {
            let each = self.seen.iter().map(|(column, figure)| {
                let model = model(*column);
                figure.log_likelihood(model, part * model.abs())
            });
            return each.sum();
        }
        let models: Vec<f64> = self.seen.iter().map(|(column, _)| model(*column)).collect();
        let pairs = self.seen.iter().zip(&models);
        let residuals: Vec<f64> = pairs.map(|((_, f), m)| f.value - m).collect();
        let own: Vec<f64> = self.seen.iter().map(|(_, f)| f.sd).collect();
        let errors: Vec<f64> = models.iter().map(|m| part * m.abs()).collect();
        log_density_together(&residuals, &own, &errors, &self.correlation)
    }
}

/// Figures of each series together, bounds apart.
fn groups(study: &Study<'_>, parameters: &[Uncertain], figures: &[&Figure]) -> Vec<Group> {
    let memory = study.observation.memory;
    let series = study.observation.series.iter().enumerate();
    let both = series.flat_map(|(at, record)| {
        let error = error_column(parameters, record);
        let all = figures.iter().enumerate();
        let of_series = all.filter(move |(_, figure)| figure.series == at);
        let of_series = of_series.filter_map(|(column, figure)| {
            let time = figure.read.middle();
            figure.observation.map(|seen| (column, seen, time))
        });
        let (levels, bounds): (Vec<_>, Vec<_>) = of_series
            .partition(|(_, seen, _)| matches!(seen.printed, Printed::Exact | Printed::About));
        let times: Vec<f64> = levels.iter().map(|(_, _, time)| *time).collect();
        let correlation = if memory > 0.0 {
            let pairs = times.iter().flat_map(|a| times.iter().map(move |b| a - b));
            pairs.map(|gap| libm::exp(-gap.abs() / memory)).collect()
        } else {
            Vec::new()
        };
        let group = |seen: Vec<(usize, Observation, f64)>, correlation| Group {
            seen: seen
                .into_iter()
                .map(|(column, seen, _)| (column, seen))
                .collect(),
            error,
            correlation,
        };
        [group(levels, correlation), group(bounds, Vec::new())]
    });
    both.filter(|group| !group.seen.is_empty()).collect()
}
