//! Monitored targets against published figures: where they stand and the pace still needed.
//!
//! Nothing here looks at a run, and nothing is projected.

use crate::bind::Bound;
use crate::period::Period;
use crate::record::{Actual, ActualStatus, Bound as Bounds, Comparator, Counted, Monitored};
use tidemark_engine::sort_short;

use super::shortfall;

/// How a monitored target stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// 数据不足: no published figure, or years missing from a sum or a mean.
    NoData,
    /// The last published figure meets the value.
    Met,
    /// The figure of the target's own year is published and falls short.
    Missed,
    /// The target's year is over and no figure of its end was published.
    Lapsed,
    /// Still open: what is missing, over the years that are left.
    Open {
        /// Change a year in the indicator's unit, or the amount a year of a sum that is still
        /// to come in; `None` where every year counts for itself.
        needed_per_year: Option<f64>,
    },
}

/// A monitored target and the figure it stands at.
#[derive(Debug, Clone, PartialEq)]
pub struct Monitoring {
    /// Id of the monitored target.
    pub target: String,
    /// Position in [`Bound::actuals`] of the latest outcome.
    pub last: Option<usize>,
    /// What is compared: the last figure, the sum or the mean so far.
    pub reached: Option<f64>,
    /// What is missing to the value: positive is short of it.
    pub gap: Option<f64>,
    /// How it stands.
    pub standing: Standing,
}

/// A published outcome with its period.
#[derive(Debug, Clone, Copy)]
struct Outcome<'a> {
    position: usize,
    period: Period,
    row: &'a Actual,
}

/// What is compared with the value, how far it bounds the truth, and up to which instant.
#[derive(Debug, Clone, Copy)]
struct Reached {
    value: f64,
    bound: Bounds,
    until: f64,
}

impl Bound {
    /// Every monitored target against published figures, in the pack's order.
    pub fn monitor(&self) -> Vec<Monitoring> {
        let targets = self.pack().monitored.iter();
        targets.map(|target| monitoring(self, target)).collect()
    }
}

fn monitoring(bound: &Bound, target: &Monitored) -> Monitoring {
    let outcomes = outcomes(bound, target);
    let last = outcomes.last();
    let reached = reached(target, &outcomes);
    let gap = reached.map(|r| shortfall(target.comparator, r.value, target.value));
    let standing = match reached.zip(gap) {
        None => Standing::NoData,
        Some((reached, gap)) => standing(target, reached, gap, bound.pack().meta.data_cutoff),
    };
    Monitoring {
        target: target.id.clone(),
        last: last.map(|outcome| outcome.position),
        reached: reached.map(|r| r.value),
        gap,
        standing,
    }
}

/// Outcomes of the target's indicator up to its year, in order of time; what flows within a year
/// counts in full years only.
fn outcomes<'a>(bound: &'a Bound, target: &Monitored) -> Vec<Outcome<'a>> {
    let rows = bound.actuals().iter().enumerate();
    let mut found: Vec<Outcome<'_>> = rows
        .filter(|(_, row)| {
            row.indicator == target.indicator
                && row.place == bound.pack().meta.id
                && !matches!(row.status, ActualStatus::Plan | ActualStatus::Estimate)
        })
        .filter_map(|(position, row)| {
            let period = Period::parse(&row.period)?;
            Some(Outcome {
                position,
                period,
                row,
            })
        })
        .filter(|o| o.period.year <= target.to)
        .filter(|o| target.counted == Counted::Level || o.period.is_full_year())
        .collect();
    sort_short(&mut found, |a, b| {
        (a.period, a.position).cmp(&(b.period, b.position))
    });
    found
}

fn reached(target: &Monitored, outcomes: &[Outcome<'_>]) -> Option<Reached> {
    let last = outcomes.last()?;
    let until = last.period.end();
    match target.counted {
        Counted::Level => Some(Reached {
            value: last.row.value,
            bound: last.row.bound,
            until,
        }),
        Counted::Yearly => (last.period.year >= target.from).then_some(Reached {
            value: last.row.value,
            bound: last.row.bound,
            until,
        }),
        Counted::Total => sum(target.from, last.period.year, outcomes),
        Counted::Growth => {
            let years = target.to.checked_sub(target.from)? + 1;
            let whole = sum(target.from, target.to, outcomes)?;
            Some(Reached {
                value: whole.value / f64::from(years),
                ..whole
            })
        }
    }
}

/// The sum over those years; `None` where one is missing.
fn sum(from: i32, to: i32, outcomes: &[Outcome<'_>]) -> Option<Reached> {
    if to < from {
        return None;
    }
    let mut total = Reached {
        value: 0.0,
        bound: Bounds::Exact,
        until: f64::from(to) + 1.0,
    };
    for year in from..=to {
        let row = outcomes.iter().rev().find(|o| o.period.year == year)?.row;
        total.value += row.value;
        if row.bound != Bounds::Exact {
            total.bound = match total.bound {
                Bounds::Exact => row.bound,
                same if same == row.bound => same,
                Bounds::AtLeast | Bounds::AtMost | Bounds::About => Bounds::About,
            };
        }
    }
    Some(total)
}

/// Where a target stands whose figure is known.
///
/// * A figure that is itself only a bound on the wrong side decides nothing.
/// * What every year must meet is open until its last year.
fn standing(target: &Monitored, reached: Reached, gap: f64, known: f64) -> Standing {
    let end = f64::from(target.to) + 1.0;
    let (meets_if, misses_if) = match target.comparator {
        Comparator::AtLeast | Comparator::About => (Bounds::AtMost, Bounds::AtLeast),
        Comparator::AtMost => (Bounds::AtLeast, Bounds::AtMost),
    };
    if gap <= 0.0 && reached.bound != meets_if {
        return Standing::Met;
    }
    let left = end - reached.until;
    if left <= 0.0 {
        return if gap > 0.0 && reached.bound != misses_if {
            Standing::Missed
        } else {
            Standing::Lapsed
        };
    }
    if end <= known {
        return Standing::Lapsed;
    }
    let change = target.value - reached.value;
    Standing::Open {
        needed_per_year: match target.counted {
            Counted::Level | Counted::Total => Some(change / left),
            Counted::Yearly | Counted::Growth => None,
        },
    }
}
