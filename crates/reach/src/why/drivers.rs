//! Why a figure is not certain: which of the drawn numbers make its spread among the members.

use tidemark_analysis::drivers as analysis;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::Reading;
use tidemark_pack::scenario::Scenario;

use super::Asked;
use crate::draws::{Column, Draws};
use crate::outcome::Band;
use crate::scope::Scope;
use crate::study::{GoOn, Halt, Study};

/// A drawn number behind a figure's spread.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Its name in the pack; empty for the model's own error.
    pub label: String,
    /// Part of the variance that is its own, see [`analysis::drivers`].
    pub share: f64,
    /// Median of the figure among the fifth of the members in which it is lowest.
    pub at_low: f64,
    /// The same where it is highest.
    pub at_high: f64,
}

/// What a figure's spread is made of, in its shown unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Members.
    pub members: usize,
    /// 10th percentile, median and 90th percentile of the figure.
    pub band: [f64; 3],
    /// The largest share first; what is left of 1 is what no line through them explains.
    pub drivers: Vec<Driver>,
}

/// What the members' spread of a figure is made of; `None` where a member has no figure or none differs.
///
/// # Errors
/// See [`Halt`].
pub fn drivers(
    (bound, program): (&Bound, &Program),
    draws: &Draws,
    asked: &Asked,
    scenario: &Scenario,
    go_on: GoOn,
) -> Result<Option<Drivers>, Halt> {
    let key = bound.key(&asked.indicator, asked.at, asked.span);
    let scope = Scope {
        keys: key.into_iter().collect(),
        ..Scope::default()
    };
    let mut study = Study::prepare(bound, program, draws.clone(), &scope)?;
    let outcome = study.scenario(bound, scenario, draws.count(), go_on)?;
    let Some(values) = outcome.figures.first().map(|figures| &figures.values) else {
        return Ok(None);
    };
    let mut errors = draws.errors.iter();
    let error = errors.find(|(indicator, _)| *indicator == asked.indicator);
    let error = error.filter(|_| asked.at != Reading::Cagr);
    let columns = draws.columns.iter().map(|column| column.values.as_slice());
    let columns: Vec<&[f64]> = columns
        .chain(error.map(|(_, values)| values.as_slice()))
        .collect();
    let found = analysis::drivers(&columns, values).zip(Band::of(values));
    Ok(found.map(|(all, band)| Drivers {
        members: outcome.count,
        band: [band.p10, band.p50, band.p90],
        drivers: all
            .into_iter()
            .map(|driver| Driver {
                label: draws
                    .columns
                    .get(driver.column)
                    .map_or(String::new(), |column| label(bound, column)),
                share: driver.share,
                at_low: driver.at_low,
                at_high: driver.at_high,
            })
            .collect(),
    }))
}

/// What the pack calls the number: an assumption, else a parameter of the fit.
fn label(bound: &Bound, column: &Column) -> String {
    let mut assumptions = bound.pack().assumption.iter();
    let assumption = assumptions.find(|assumption| {
        let var = bound.assumption_var(&assumption.id);
        var.is_some_and(|var| column.vars.contains(&var))
    });
    let mut parameters = bound.pack().parameter.iter().zip(bound.parameters());
    let parameter = parameters.find(|(_, vars)| **vars == column.vars);
    let label = assumption.map(|assumption| &assumption.label);
    let label = label.or(parameter.map(|(parameter, _)| &parameter.label));
    label.map_or(String::new(), |label| label.zh.clone())
}
