//! A reading of every member at once: rows of an ensemble → one figure a member.
//!
//! The same sums in the same order as [`tidemark_pack::reading::Track`], so that a member's figure
//! is to the bit what its single run gives.

use tidemark_engine::exec::batch::Ensemble;
use tidemark_engine::model::VarId;
use tidemark_pack::reading::{Span, growth_per_year};
use tidemark_pack::record::Reading;

/// Instants closer than this are one, as in [`tidemark_pack::reading`].
const SAME_INSTANT: f64 = 1e-6;

/// Rows before a checkpoint and after it, as one.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    pub(crate) before: &'a Ensemble,
    /// From the checkpoint on; where it has a row, that one counts.
    pub(crate) after: Option<&'a Ensemble>,
}

/// What is read: a variable, and what it is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ratio {
    pub(crate) variable: VarId,
    pub(crate) denominator: Option<VarId>,
}

impl Table<'_> {
    /// One figure a member in the model's unit, NaN where there is none; a growth rate as a
    /// fraction a year.
    pub(crate) fn read(&self, what: Ratio, at: Reading, span: Span) -> Vec<f64> {
        let years = span.from..=span.to;
        let figures = match at {
            Reading::End => self.divided(what, |var| self.at(var, f64::from(span.to) + 1.0)),
            Reading::Mean => self.mean(what, span.to),
            Reading::Sum => self.divided(what, |var| {
                let means = years.clone().map(|year| self.mean_of(var, year));
                sum(means)
            }),
            Reading::Cagr => self.growth(what, span),
            Reading::Max => self.largest(what, span),
        };
        let mut figures = figures.unwrap_or_else(|| vec![f64::NAN; self.before.count()]);
        // What is not finite is no figure.
        for figure in &mut figures {
            if !figure.is_finite() {
                *figure = f64::NAN;
            }
        }
        figures
    }

    fn at(&self, var: VarId, instant: f64) -> Option<Vec<f64>> {
        let of = |ensemble: &Ensemble| {
            let mut times = ensemble.times().iter();
            let row = times.position(|t| (t - instant).abs() < SAME_INSTANT)?;
            ensemble.members(var, row)
        };
        self.after.and_then(of).or_else(|| of(self.before))
    }

    /// Instants of a year, if all of it is kept.
    fn instants(&self, year: i32) -> Option<Vec<f64>> {
        let after = self.after.map_or(&[][..], Ensemble::times);
        let begin_after = after.first().copied().unwrap_or(f64::INFINITY);
        let before = self.before.times().iter();
        let before = before.filter(|t| **t < begin_after - SAME_INSTANT);
        let times: Vec<f64> = before.chain(after).copied().collect();
        let (begin, end) = (f64::from(year), f64::from(year) + 1.0);
        let first = times.partition_point(|t| *t < begin - SAME_INSTANT);
        let past = times.partition_point(|t| *t < end - SAME_INSTANT);
        let own = times.get(first..past)?;
        let spacing = own.get(1)? - own.first()?;
        let per_year = libm::round(1.0 / spacing) as usize;
        (own.len() == per_year).then(|| own.to_vec())
    }

    fn sum_of(&self, var: VarId, year: i32) -> Option<Vec<f64>> {
        let instants = self.instants(year)?.into_iter();
        sum(instants.map(|instant| self.at(var, instant)))
    }

    fn mean_of(&self, var: VarId, year: i32) -> Option<Vec<f64>> {
        let count = self.instants(year)?.len() as f64;
        let sums = self.sum_of(var, year)?;
        Some(sums.into_iter().map(|sum| sum / count).collect())
    }

    fn mean(&self, what: Ratio, year: i32) -> Option<Vec<f64>> {
        match what.denominator {
            None => self.mean_of(what.variable, year),
            Some(_) => self.divided(what, |var| self.sum_of(var, year)),
        }
    }

    fn growth(&self, what: Ratio, span: Span) -> Option<Vec<f64>> {
        let years = span.to.checked_sub(span.from).filter(|n| *n > 0)?;
        let last = self.mean(what, span.to)?;
        let first = self.mean(what, span.from)?;
        let growth =
            quotients(last, &first).map(|ratio| growth_per_year(ratio, years).unwrap_or(f64::NAN));
        Some(growth.collect())
    }

    fn largest(&self, what: Ratio, span: Span) -> Option<Vec<f64>> {
        let mut best: Option<Vec<f64>> = None;
        for year in span.from..=span.to {
            for instant in self.instants(year)? {
                let row = self.divided(what, |var| self.at(var, instant))?;
                best = Some(match best {
                    None => row,
                    Some(best) => {
                        let pairs = best.into_iter().zip(row);
                        pairs.map(|(b, v)| if v > b { v } else { b }).collect()
                    }
                });
            }
        }
        best
    }

    fn divided(&self, what: Ratio, read: impl Fn(VarId) -> Option<Vec<f64>>) -> Option<Vec<f64>> {
        let above = read(what.variable)?;
        match what.denominator {
            None => Some(above),
            Some(below) => Some(quotients(above, &read(below)?).collect()),
        }
    }
}

/// NaN for a zero denominator.
fn quotients(above: Vec<f64>, below: &[f64]) -> impl Iterator<Item = f64> {
    let pairs = above.into_iter().zip(below);
    pairs.map(|(above, &below)| {
        if below == 0.0 {
            f64::NAN
        } else {
            above / below
        }
    })
}

fn sum(rows: impl Iterator<Item = Option<Vec<f64>>>) -> Option<Vec<f64>> {
    let mut total: Option<Vec<f64>> = None;
    for row in rows {
        let row = row?;
        match &mut total {
            None => total = Some(row.into_iter().map(|value| 0.0 + value).collect()),
            Some(total) => total
                .iter_mut()
                .zip(row)
                .for_each(|(to, value)| *to += value),
        }
    }
    total
}
