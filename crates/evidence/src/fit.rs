//! A study → draws of its parameters that meet the figures: a cut posterior.
//!
//! First several chains over the fitted parameters with the literature ones at their medians: they
//! say whether the fit has converged. Then every draw gets its own literature values from their
//! priors and settles to them, so that each row meets the record with the numbers it carries and
//! no figure has moved a literature parameter.

mod density;

use tidemark_analysis::convergence::Convergence;
use tidemark_analysis::points::Points;
use tidemark_analysis::prior::{self, Narrowing, Prior, narrowing};
use tidemark_analysis::sampler::{self, SampleError, sample, settle};
use tidemark_engine::exec::RunError;
use tidemark_pack::record::credibility::ParameterRole;

use crate::parameters::{BadPrior, Uncertain, parameters};
use crate::posterior::Stored;
use crate::study::Study;
use density::Density;

/// R-hat that no parameter may be above.
pub const MOST_R_HAT: f64 = 1.05;
/// Effective draws that no parameter may be below, in the middle or the tails.
pub const LEAST_ESS: f64 = 400.0;
/// Standard deviations that no mean may still move in the second half of settling.
pub const MOST_DRIFT: f64 = 0.15;

/// How long a fit runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Chains.
    pub chains: usize,
    /// Steps of each chain that adapt and are thrown away.
    pub warm_up: usize,
    /// Rows kept, a multiple of the chains.
    pub draws: usize,
    /// Steps for each kept row.
    pub thin: usize,
    /// Steps in which rows settle to their literature values.
    pub settle: usize,
    /// Seed.
    pub seed: u64,
}

impl Settings {
    /// What the command does unless told otherwise.
    pub const FULL: Self = Self {
        chains: 8,
        warm_up: 20000,
        draws: 2000,
        thin: 240,
        settle: 400,
        seed: 2015,
    };
}

/// Which part of a fit is running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Chains over the fitted parameters.
    Chains,
    /// Rows settle to their literature values.
    Settling,
}

/// Told now and then: the stage, steps done and steps in all.
pub type Progress<'a> = dyn FnMut(Stage, usize, usize) + 'a;

/// A parameter whose chains have not met.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet {
    /// Parameter.
    pub id: String,
    /// What its chains say.
    pub convergence: Convergence,
}

/// Why there is no fit.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FitError {
    /// A prior is none.
    #[error(transparent)]
    BadPrior(#[from] BadPrior),
    /// The model cannot be run so.
    #[error(transparent)]
    NotRunnable(#[from] RunError),
    /// Nothing could be sampled.
    #[error(transparent)]
    NotSampled(#[from] SampleError),
    /// Chains have not met, or are worth too few draws.
    #[error("not converged (R-hat ≤ {MOST_R_HAT} and ESS ≥ {LEAST_ESS} are needed): {}", unmet(.0))]
    NotConverged(Vec<Unmet>),
    /// Rows have not settled.
    #[error(
        "not settled to the literature values: a mean still moves by {drift:.2} of its standard deviation"
    )]
    NotSettled {
        /// The largest drift.
        drift: f64,
    },
}

fn unmet(all: &[Unmet]) -> String {
    let one = |u: &Unmet| {
        let c = u.convergence;
        format!(
            "`{}` R-hat {:.3}, ESS {:.0} / {:.0}",
            u.id, c.r_hat, c.bulk_ess, c.tail_ess
        )
    };
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Draws and how they came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Fitted parameters, then literature ones: the columns of `draws`.
    pub parameters: Vec<Uncertain>,
    /// How many are fitted.
    pub n_fitted: usize,
    /// One member a row.
    pub draws: Points,
    /// Of the fitted parameters' chains.
    pub convergence: Vec<Convergence>,
    /// Part of the chains' steps that were taken.
    pub acceptance: f64,
    /// The fitted values of highest posterior density met, with literature ones at their medians.
    pub highest: Vec<f64>,
    /// Figures in the likelihood.
    pub n_figures: usize,
    /// Last year of figures that could enter.
    pub last_year: i32,
    /// How it was run.
    pub settings: Settings,
}

impl Fit {
    /// What the fit has told of a parameter.
    pub fn narrowing(&self, column: usize) -> Option<Narrowing> {
        let parameter = self.parameters.get(column)?;
        let ess = match self.convergence.get(column) {
            Some(convergence) => convergence.tail_ess,
            None => self.draws.count() as f64,
        };
        let ess = ess.min(self.draws.count() as f64);
        Some(narrowing(&parameter.prior, self.draws.column(column), ess))
    }

    /// The worst R-hat.
    pub fn r_hat(&self) -> f64 {
        let each = self.convergence.iter().map(|c| c.r_hat);
        each.fold(1.0, f64::max)
    }

    /// The least effective number of draws.
    pub fn ess(&self) -> f64 {
        let each = self.convergence.iter().map(|c| c.bulk_ess.min(c.tail_ess));
        each.fold(f64::INFINITY, f64::min)
    }
}

/// Fits a study; `holds_back` leaves out the years that a hindcast is scored on, with the priors
/// that no figure of them has touched.
///
/// # Errors
/// See [`FitError`].
pub fn fit(
    study: &Study<'_>,
    holds_back: bool,
    settings: Settings,
    progress: &mut Progress<'_>,
) -> Result<Fit, FitError> {
    let parameters = parameters(study.bound, holds_back)?;
    let is_fitted = |p: &&Uncertain| p.role == ParameterRole::Fitted;
    let n_fitted = parameters.iter().filter(is_fitted).count();
    let (fitted, literature) = parameters.split_at(n_fitted);
    let mut density = Density::new(study, &parameters, holds_back)?;
    let chains = chains(&mut density, fitted, literature, settings, progress)?;
    let rows = settings.draws.div_ceil(settings.chains) * settings.chains;
    let drawn = companions(literature, rows, settings.seed);
    let bounds: Vec<_> = fitted.iter().map(|p| p.prior.bounds()).collect();
    let mut n_done = 0;
    let settled = settle(
        &bounds,
        &chains.draws,
        settings.settle,
        settings.seed,
        |sets, out| {
            density.of(sets, &drawn, out);
            n_done += 1;
            progress(Stage::Settling, n_done, settings.settle);
        },
    )?;
    let drift = settled.drift.iter().copied().fold(0.0, f64::max);
    if drift > MOST_DRIFT {
        return Err(FitError::NotSettled { drift });
    }
    let last = study.observation.hold_out_from - 1;
    Ok(Fit {
        draws: settled.draws.beside(&drawn),
        n_fitted,
        convergence: chains.convergence,
        acceptance: mean(&chains.acceptance),
        highest: highest(&chains.draws, &chains.log_densities),
        n_figures: density.n_figures(),
        last_year: if holds_back {
            last
        } else {
            density.last_year().unwrap_or(last)
        },
        parameters,
        settings,
    })
}

/// Whether stored draws are draws of the present study: the first `rows` of them walk `steps` with
/// their own literature values, and what comes back is how far each fitted parameter's mean went,
/// in its standard deviations. Draws of the right law go nowhere but by noise of about 1 / √rows.
///
/// # Errors
/// [`FitError`] as for [`fit`]; draws of other parameters are [`SampleError::BadSettings`].
pub fn wandering(
    study: &Study<'_>,
    stored: &Stored,
    rows: usize,
    steps: usize,
    seed: u64,
) -> Result<Vec<f64>, FitError> {
    let parameters = parameters(study.bound, false)?;
    if parameters.iter().map(|p| &p.id).ne(&stored.parameters) {
        return Err(SampleError::BadSettings.into());
    }
    let is_fitted = |p: &&Uncertain| p.role == ParameterRole::Fitted;
    let n_fitted = parameters.iter().filter(is_fitted).count();
    let rows = rows.min(stored.draws.count());
    let columns = |from: usize, to: usize| {
        let all: Vec<Vec<f64>> = (0..rows).map(|row| stored.draws.row(row)).collect();
        Points::from_rows(all.iter().map(|row| &row[from..to]), to - from)
    };
    let (begin, companions) = (columns(0, n_fitted), columns(n_fitted, parameters.len()));
    let mut density = Density::new(study, &parameters, false)?;
    let bounds: Vec<_> = parameters.iter().map(|p| p.prior.bounds()).collect();
    let walked = settle(&bounds[..n_fitted], &begin, steps, seed, |sets, out| {
        density.of(sets, &companions, out);
    })?;
    let moved = |column: usize| {
        let (before, after) = (begin.column(column), walked.draws.column(column));
        let middle = mean(before);
        let squares: f64 = before.iter().map(|x| (x - middle) * (x - middle)).sum();
        (mean(after) - middle).abs() / (squares / rows as f64).sqrt()
    };
    Ok((0..n_fitted).map(moved).collect())
}

/// The chains with literature parameters at their medians, converged.
fn chains(
    density: &mut Density,
    fitted: &[Uncertain],
    literature: &[Uncertain],
    settings: Settings,
    progress: &mut Progress<'_>,
) -> Result<sampler::Posterior, FitError> {
    let bounds: Vec<_> = fitted.iter().map(|p| p.prior.bounds()).collect();
    let priors: Vec<Prior> = fitted.iter().map(|p| p.prior).collect();
    let middle: Vec<f64> = literature.iter().map(|p| p.prior.quantile(0.5)).collect();
    let starts = prior::draws(&priors, 4 * settings.chains, settings.seed);
    let per_chain = settings.draws.div_ceil(settings.chains);
    let n_steps = settings.warm_up + per_chain * settings.thin;
    let mut n_done = 0;
    let found = sample(
        &bounds,
        &starts,
        sampler::Settings {
            chains: settings.chains,
            warm_up: settings.warm_up,
            draws: per_chain,
            thin: settings.thin,
            seed: settings.seed,
        },
        |sets, out| {
            let beside =
                Points::from_rows((0..sets.count()).map(|_| middle.as_slice()), middle.len());
            density.of(sets, &beside, out);
            n_done += 1;
            if n_done % 500 == 0 {
                progress(Stage::Chains, n_done, n_steps);
            }
        },
    )?;
    let good = |c: &Convergence| {
        c.r_hat <= MOST_R_HAT && c.bulk_ess >= LEAST_ESS && c.tail_ess >= LEAST_ESS
    };
    let unmet: Vec<Unmet> = fitted
        .iter()
        .zip(&found.convergence)
        .filter(|(_, convergence)| !good(convergence))
        .map(|(parameter, convergence)| Unmet {
            id: parameter.id.clone(),
            convergence: *convergence,
        })
        .collect();
    if unmet.is_empty() {
        Ok(found)
    } else {
        Err(FitError::NotConverged(unmet))
    }
}

/// Literature values of every row, from their priors; a row has the same ones in every fit whose
/// prior is the same, and wherever its file is read.
pub(crate) fn companions(literature: &[Uncertain], rows: usize, seed: u64) -> Points {
    let priors: Vec<Prior> = literature.iter().map(|p| p.prior).collect();
    // Another seed than the starts have, or a row would begin with the literature's luck.
    prior::draws(&priors, rows, seed.wrapping_add(1))
}

fn highest(draws: &Points, log_densities: &[f64]) -> Vec<f64> {
    let rows = 0..log_densities.len();
    let best = rows.max_by(|&a, &b| log_densities[a].total_cmp(&log_densities[b]));
    best.map_or_else(Vec::new, |row| draws.row(row))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
