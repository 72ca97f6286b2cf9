//! What moves the headline targets, and which missing figure would narrow their answer most.
//!
//! Tornado and Sobol indices are over the priors, which are independent; assumptions that are no
//! parameter take part with their own laws. What a figure would tell is over the posterior: the
//! part of a headline's variance that goes when the figure becomes known, 1 − ρ² being left, where
//! ρ is the correlation of the headline with the figure as it would be printed.

use tidemark_analysis::prior::{self, Prior};
use tidemark_analysis::sensitivity::{Indices, Settings, Tornado, sobol, tornado};
use tidemark_engine::exec::RunError;
use tidemark_pack::period::{Covered, Period};
use tidemark_pack::record::Reading;
use tidemark_pack::record::credibility::ParameterRole;
use tidemark_pack::record::parameter::WantedFigure;
use tidemark_reach::draws::{BadDraws, law};

use crate::figures::read;
use crate::parameters::{BadPrior, Uncertain, parameters};
use crate::posterior::Stored;
use crate::runs::{At, Read};
use crate::study::{Study, error_column};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoAnswer {
    /// A prior is none.
    #[error(transparent)]
    BadPrior(#[from] BadPrior),
    /// An assumption's law cannot be read.
    #[error(transparent)]
    BadLaw(#[from] BadDraws),
    /// The model cannot be run so.
    #[error(transparent)]
    NotRunnable(#[from] RunError),
    /// No target on the scoreboard can be read.
    #[error("no target on the scoreboard can be read off the model")]
    NoHeadline,
    /// The draws have other parameters than the pack.
    #[error("the draws have other parameters than the pack: run `tidemark calibrate` again")]
    OtherDraws,
}

/// A target of the scoreboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Target.
    pub target: String,
    /// Its indicator.
    pub indicator: String,
    /// Its year.
    pub year: i32,
    read: Read,
}

/// Targets on the scoreboard, in its order.
pub fn headlines(study: &Study<'_>) -> Vec<Headline> {
    let targets = &study.bound.pack().target;
    let mut tiles: Vec<_> = targets.iter().filter(|t| t.tile > 0).collect();
    tiles.sort_by_key(|target| target.tile);
    let headline = |target: &&tidemark_pack::record::Target| {
        let indicator = study.bound.indicator(&target.indicator)?;
        let (variable, denominator) = study.bound.indicator_vars(&indicator.id)?;
        let year = f64::from(target.to);
        let at = match target.at {
            Reading::End => At::Instant(year + 1.0),
            Reading::Mean => At::Mean(year, year + 1.0),
            Reading::Sum if target.from == target.to => At::Mean(year, year + 1.0),
            Reading::Sum | Reading::Cagr | Reading::Max => return None,
        };
        Some(Headline {
            target: target.id.clone(),
            indicator: indicator.id.clone(),
            year: target.to,
            read: Read {
                variable,
                denominator,
                at,
                scale: indicator.scale,
            },
        })
    };
    tiles.iter().filter_map(headline).collect()
}

/// Parameters of the model and assumptions that are none, with their priors.
///
/// # Errors
/// A law that cannot be read.
pub fn uncertain(study: &Study<'_>) -> Result<Vec<Uncertain>, NoAnswer> {
    let mut all = parameters(study.bound, false)?;
    all.retain(|parameter| !parameter.vars.is_empty());
    all.extend(assumptions(study, &all)?);
    Ok(all)
}

/// Assumptions that no parameter stands for.
fn assumptions(study: &Study<'_>, known: &[Uncertain]) -> Result<Vec<Uncertain>, NoAnswer> {
    let mut found = Vec::new();
    for assumption in &study.bound.pack().assumption {
        let var = study.bound.assumption_var(&assumption.id);
        let Some(var) = var.filter(|var| !known.iter().any(|p| p.vars.contains(var))) else {
            continue;
        };
        if let Some(prior) = law(assumption)? {
            found.push(Uncertain {
                id: assumption.id.clone(),
                role: ParameterRole::Literature,
                vars: vec![var],
                prior,
            });
        }
    }
    Ok(found)
}

/// Tornado and Sobol indices of every headline.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// What is varied, in the order that swings and indices count.
    pub uncertain: Vec<Uncertain>,
    /// Results.
    pub headlines: Vec<Headline>,
    /// One for each headline: over the 80 % range of each prior.
    pub tornado: Vec<Tornado>,
    /// One for each headline.
    pub sobol: Vec<Indices>,
}

/// Moves all priors.
///
/// # Errors
/// See [`NoAnswer`].
pub fn sensitivity(study: &Study<'_>, settings: Settings) -> Result<Sensitivity, NoAnswer> {
    let headlines = headlines(study);
    if headlines.is_empty() {
        return Err(NoAnswer::NoHeadline);
    }
    let uncertain = uncertain(study)?;
    let reads: Vec<Read> = headlines.iter().map(|h| h.read).collect();
    let mut runs = study.runs(&uncertain, &reads)?;
    let priors: Vec<Prior> = uncertain.iter().map(|u| u.prior).collect();
    let tornado = tornado(&priors, 0.1, reads.len(), |sets, out| {
        *out = runs.values(sets);
    });
    let sobol = sobol(&priors, settings, reads.len(), |sets, out| {
        *out = runs.values(sets);
    });
    Ok(Sensitivity {
        uncertain,
        headlines,
        tornado,
        sobol,
    })
}

/// What one missing figure would tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The figure.
    pub figure: WantedFigure,
    /// For each headline the part of its standard deviation that would be gone, 0 to 1.
    pub narrowing: Vec<f64>,
}

/// What the wanted figures would tell, and how uncertain the headlines are now.
#[derive(Debug, Clone, PartialEq)]
pub struct Worths {
    /// Results.
    pub headlines: Vec<Headline>,
    /// Standard deviation of each now, the model's own error included, in its indicator's unit.
    pub sd: Vec<f64>,
    /// Figures in the pack's order.
    pub figures: Vec<Worth>,
}

/// Regresses every headline on every wanted figure over the draws of the posterior.
///
/// # Errors
/// See [`NoAnswer`].
pub fn worths(study: &Study<'_>, stored: &Stored, seed: u64) -> Result<Worths, NoAnswer> {
    let headlines = headlines(study);
    if headlines.is_empty() {
        return Err(NoAnswer::NoHeadline);
    }
    let parameters = parameters(study.bound, false)?;
    let ids: Vec<&str> = parameters.iter().map(|p| p.id.as_str()).collect();
    if ids != stored.parameters {
        return Err(NoAnswer::OtherDraws);
    }
    let assumptions = assumptions(study, &parameters)?;
    let priors: Vec<Prior> = assumptions.iter().map(|a| a.prior).collect();
    let world = prior::draws(&priors, stored.draws.count(), seed);
    let members = stored.draws.beside(&world);
    let everything = [parameters, assumptions].concat();
    let wanted: Vec<(&WantedFigure, Read)> = study
        .observation
        .wanted
        .iter()
        .filter_map(|figure| {
            let indicator = study.bound.indicator(&figure.indicator)?;
            let period = Period {
                year: figure.year,
                covered: Covered::Year,
            };
            Some((figure, read(study.bound, indicator, period)?))
        })
        .collect();
    let reads = headlines.iter().map(|h| h.read);
    let reads: Vec<Read> = reads.chain(wanted.iter().map(|(_, read)| *read)).collect();
    let values = study.runs(&everything, &reads)?.values(&members);
    // Variance that the model's own error adds, which no other figure of the model takes away.
    let own = |indicator: &str, column: usize| -> f64 {
        let mut series = study.observation.series.iter();
        let record = series.find(|series| series.indicator == indicator);
        let Some(error) = record.and_then(|record| error_column(&everything, record)) else {
            return 0.0;
        };
        let squares = (0..members.count()).map(|row| {
            let sd = members.at(row, error) * values.at(row, column);
            sd * sd
        });
        squares.sum::<f64>() / members.count() as f64
    };
    let variances: Vec<f64> = headlines
        .iter()
        .enumerate()
        .map(|(k, h)| covariance(values.column(k), values.column(k)) + own(&h.indicator, k))
        .collect();
    let figures = wanted.iter().enumerate().map(|(at, (figure, _))| {
        let column = headlines.len() + at;
        let seen = values.column(column);
        let middle = seen.iter().sum::<f64>() / seen.len() as f64;
        let error = figure.relative * middle;
        let printed = covariance(seen, seen) + own(&figure.indicator, column) + error * error;
        let narrowing = (0..headlines.len()).map(|k| {
            let together = covariance(values.column(k), seen);
            let gone = together * together / (printed * variances[k]);
            let left = (1.0 - gone).max(0.0).sqrt();
            if left.is_finite() { 1.0 - left } else { 0.0 }
        });
        Worth {
            figure: (*figure).clone(),
            narrowing: narrowing.collect(),
        }
    });
    Ok(Worths {
        figures: figures.collect(),
        sd: variances.iter().map(|v| v.sqrt()).collect(),
        headlines,
    })
}

fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let products = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b));
    products.sum::<f64>() / (n - 1.0)
}
