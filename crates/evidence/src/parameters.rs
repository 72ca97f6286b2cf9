//! A pack's parameters → priors of the analysis, fitted and literature ones apart.

use tidemark_analysis::bounds::Bounds;
use tidemark_analysis::prior::{Law, Prior, PriorError};
use tidemark_engine::model::VarId;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::credibility::ParameterRole;
use tidemark_pack::record::parameter::PriorLaw;

/// A prior that the analysis refuses, by the parameter that has it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("parameter `{id}`: {error}")]
pub struct BadPrior {
    /// Parameter.
    pub id: String,
    /// Why.
    pub error: PriorError,
}

/// An uncertain number, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain {
    /// Key of the pack's parameter.
    pub id: String,
    /// Whether figures move it.
    pub role: ParameterRole,
    /// Constants that take its value; none for the model's own error.
    pub vars: Vec<VarId>,
    /// Prior of this fit.
    pub prior: Prior,
}

/// Parameters of a fit, fitted ones first, each kind in the pack's order.
///
/// # Errors
/// [`BadPrior`] for the first law that is none.
pub fn parameters(bound: &Bound, holds_back: bool) -> Result<Vec<Uncertain>, BadPrior> {
    let records = bound.pack().parameter.iter().zip(bound.parameters());
    let all: Vec<Uncertain> = records
        .map(|(record, vars)| {
            let bad = |error| BadPrior {
                id: record.id.clone(),
                error,
            };
            Ok(Uncertain {
                id: record.id.clone(),
                role: record.role,
                vars: vars.clone(),
                prior: prior(record.prior_of(holds_back)).map_err(bad)?,
            })
        })
        .collect::<Result<_, _>>()?;
    let (fitted, literature): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|p| p.role == ParameterRole::Fitted);
    Ok([fitted, literature].concat())
}

/// The law of a record as the analysis has it.
///
/// # Errors
/// See [`PriorError`].
pub fn prior(law: PriorLaw) -> Result<Prior, PriorError> {
    let within = |low: Option<f64>, high: Option<f64>| Bounds {
        low: low.unwrap_or(f64::NEG_INFINITY),
        high: high.unwrap_or(f64::INFINITY),
    };
    match law {
        PriorLaw::Uniform { low, high } => Prior::new(Law::Uniform, Bounds { low, high }),
        PriorLaw::Normal {
            mean,
            sd,
            low,
            high,
        } => Prior::new(Law::Normal { mean, sd }, within(low, high)),
        PriorLaw::LogNormal {
            median,
            log_sd,
            low,
            high,
        } => Prior::new(Law::LogNormal { median, log_sd }, within(low, high)),
        PriorLaw::Triangular { mode, low, high } => {
            Prior::new(Law::Triangular { mode }, Bounds { low, high })
        }
        PriorLaw::Pert { mode, low, high } => Prior::pert(mode, Bounds { low, high }),
    }
}
