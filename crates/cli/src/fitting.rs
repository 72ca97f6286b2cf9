//! What the commands that fit have in common: opening a pack, the answer as JSON.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use tidemark_evidence::fit::Fit;
use tidemark_evidence::study::Study;

use crate::failure::Failure;
use crate::folder::{self, Opened};
use crate::report;

/// What a file says of where it comes from.
pub(crate) const MADE_BY: &str = concat!("tidemark ", env!("CARGO_PKG_VERSION"));

/// The pack of a folder, or `None` with its faults told.
pub(crate) fn open(folder: &Path, err: &mut dyn Write) -> Result<Option<Opened>, Failure> {
    let (opened, faults) = folder::open_told(folder, err)?;
    if opened.is_none() {
        writeln!(err, "{}: {}", folder.display(), report::summary(&faults))?;
    }
    Ok(opened)
}

#[derive(Serialize)]
struct FitAnswer<'a> {
    data_version: &'a str,
    seed: u64,
    draws: usize,
    figures: usize,
    acceptance: f64,
    parameters: Vec<ParameterAnswer<'a>>,
}

#[derive(Serialize)]
struct ParameterAnswer<'a> {
    id: &'a str,
    is_fitted: bool,
    prior: [f64; 3],
    posterior: [f64; 3],
    narrowing: f64,
    is_nil: bool,
    highest: Option<f64>,
    in_model: Option<f64>,
    r_hat: Option<f64>,
    bulk_ess: Option<f64>,
    tail_ess: Option<f64>,
}

/// A fit as JSON.
pub(crate) fn write_json(study: &Study<'_>, fit: &Fit, out: &mut dyn Write) -> Result<(), Failure> {
    let parameters = fit.parameters.iter().enumerate();
    let answer = FitAnswer {
        data_version: &study.data_version,
        seed: fit.settings.seed,
        draws: fit.draws.count(),
        figures: fit.n_figures,
        acceptance: fit.acceptance,
        parameters: parameters
            .filter_map(|(column, parameter)| {
                let told = fit.narrowing(column)?;
                let chains = fit.convergence.get(column);
                Some(ParameterAnswer {
                    id: &parameter.id,
                    is_fitted: chains.is_some(),
                    prior: told.prior,
                    posterior: told.posterior,
                    narrowing: told.share,
                    is_nil: chains.is_none() || told.is_nil(),
                    highest: fit.highest.get(column).copied(),
                    in_model: study.in_model(parameter),
                    r_hat: chains.map(|c| c.r_hat),
                    bulk_ess: chains.map(|c| c.bulk_ess),
                    tail_ess: chains.map(|c| c.tail_ess),
                })
            })
            .collect(),
    };
    json(&answer, out)
}

/// A value as indented JSON with a line end.
pub(crate) fn json<T: Serialize>(value: &T, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
