//! Published figures → what a fit must meet and what a hindcast is scored on.
//!
//! A figure is read off the model as an indicator reads its year. Of a part of a year only stocks
//! (at its end) and shares (their mean over it) are used: amounts to a month carry a season that
//! the model has not.

use tidemark_analysis::likelihood::{ErrorRow, ErrorTable, Observation, Printed, Spread};
use tidemark_pack::bind::Bound;
use tidemark_pack::period::Period;
use tidemark_pack::record::credibility::SeriesUse;
use tidemark_pack::record::parameter::SeriesRecord;
use tidemark_pack::record::{ActualStatus, Bound as Printing, Indicator, Reading};

use crate::runs::{At, Read};

/// A published figure in the years of the fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Position among the pack's actuals.
    pub actual: usize,
    /// Position among the observation's series.
    pub series: usize,
    /// Its period.
    pub period: Period,
    /// How the model's value for it is read.
    pub read: Read,
    /// The figure with its error, in the indicator's unit; `None` where the error table does not
    /// know its status (a plan) or its vintage is not the one used.
    pub observation: Option<Observation>,
    /// Whether it lies past the years that a hindcast has seen.
    pub is_held_out: bool,
    /// Whether it enters the fits (a held-out one only that on all figures).
    pub is_fitted: bool,
    /// Whether a hindcast is scored on it: held out, no bound, no plan, of a series that is judged.
    pub is_scored: bool,
}

/// Figures of the listed series that the model can be read for, in the pack's order.
pub fn figures(bound: &Bound) -> Vec<Figure> {
    let Some(observation) = &bound.pack().observation else {
        return Vec::new();
    };
    let errors = ErrorTable {
        rows: observation
            .error
            .iter()
            .map(|row| ErrorRow {
                status: status_word(row.status).to_owned(),
                vintage: row.vintage.clone(),
                spread: Spread::Relative(row.relative),
            })
            .collect(),
        about: observation.about,
    };
    let horizon = bound.horizon();
    let actuals = bound.actuals().iter().enumerate();
    let found = actuals.filter_map(|(actual, row)| {
        let series = observation.series.iter();
        let series = series
            .clone()
            .position(|series| series.indicator == row.indicator)?;
        let record = observation.series.get(series)?;
        let indicator = bound.indicator(&row.indicator)?;
        let period = Period::parse(&row.period).filter(|p| p.year >= observation.from)?;
        let read = read(bound, indicator, period)?;
        if read.first() < horizon.start || read.last() > horizon.stop {
            return None;
        }
        let printed = printed(row.bound);
        let sd = errors.sd(status_word(row.status), &row.vintage, row.value, printed);
        let is_held_out = period.year >= observation.hold_out_from;
        let is_comparable = record.vintage.as_ref().is_none_or(|v| *v == row.vintage);
        let sd = sd.filter(|_| is_comparable);
        let is_judged = is_judged(record) && sd.is_some();
        let is_bound = matches!(printed, Printed::AtLeast | Printed::AtMost);
        Some(Figure {
            actual,
            series,
            period,
            read,
            observation: sd.map(|sd| Observation {
                value: row.value,
                printed,
                sd,
            }),
            is_held_out,
            is_fitted: is_fitted(record) && sd.is_some(),
            is_scored: is_held_out && is_judged && !is_bound,
        })
    });
    found.collect()
}

/// Whether a series is scored.
pub fn is_judged(series: &SeriesRecord) -> bool {
    match series.used {
        SeriesUse::Fitted | SeriesUse::Checked | SeriesUse::Restated => true,
        SeriesUse::Guided | SeriesUse::Imposed | SeriesUse::Shown => false,
    }
}

/// Whether a series enters the fits.
fn is_fitted(series: &SeriesRecord) -> bool {
    matches!(series.used, SeriesUse::Fitted | SeriesUse::Guided)
}

/// The reading of a period, `None` where the model has none.
pub fn read(bound: &Bound, indicator: &Indicator, period: Period) -> Option<Read> {
    let (variable, denominator) = bound.indicator_vars(&indicator.id)?;
    let begin = f64::from(period.year);
    let at = match indicator.at {
        Reading::End => At::Instant(period.end()),
        Reading::Mean if period.is_full_year() || is_share(indicator) => {
            At::Mean(begin, period.end())
        }
        Reading::Sum if period.is_full_year() => At::Mean(begin, period.end()),
        Reading::Mean | Reading::Sum | Reading::Cagr | Reading::Max => return None,
    };
    Some(Read {
        variable,
        denominator,
        at,
        scale: indicator.scale,
    })
}

/// A part of a whole, which has the same size over half a year.
fn is_share(indicator: &Indicator) -> bool {
    matches!(indicator.model_unit.trim(), "" | "1" | "dimensionless")
}

fn printed(bound: Printing) -> Printed {
    match bound {
        Printing::Exact => Printed::Exact,
        Printing::About => Printed::About,
        Printing::AtLeast => Printed::AtLeast,
        Printing::AtMost => Printed::AtMost,
    }
}

fn status_word(status: ActualStatus) -> &'static str {
    match status {
        ActualStatus::Final => "final",
        ActualStatus::Preliminary => "preliminary",
        ActualStatus::Revised => "revised",
        ActualStatus::Estimate => "estimate",
        ActualStatus::Derived => "derived",
        ActualStatus::Plan => "plan",
    }
}
