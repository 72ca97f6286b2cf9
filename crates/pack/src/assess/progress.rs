//! Where the needed change of a target is measured from, and how much of it is projected.

use super::{Share, shortfall};
use crate::bind::Bound;
use crate::figures::Figures;
use crate::period::Period;
use crate::reading::{Span, growth_per_year};
use crate::record::{Actual, ActualStatus, Bound as Bounds, Comparator, Reading, Target};

/// Where a change is measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A published figure.
    Actual,
    /// No figure was published: the model's own value at the data cut-off.
    Model,
}

/// The latest published full-year figure of a target's indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LastActual {
    /// Position in [`Bound::actuals`].
    pub actual: usize,
    /// Its year.
    pub year: i32,
    /// In the indicator's unit.
    pub value: f64,
    /// How it bounds the true figure.
    pub bound: Bounds,
}

/// From the last known value to the needed and to the projected one.
///
/// All three are in the indicator's unit and of one kind: a level, or for a sum over several
/// years the amount since its first year. For a growth rate they are the levels it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Whether `last` is published or the model's.
    pub origin: Origin,
    /// Year of `last`.
    pub year: i32,
    /// Last known value.
    pub last: f64,
    /// Value the target needs in its year.
    pub needed: f64,
    /// Value the run projects for that year.
    pub projected: f64,
    /// Whether the target's own year is already published.
    pub settled: bool,
    /// Change a year that is needed from now on; for a growth rate, % a year. `None` once
    /// settled.
    pub needed_per_year: Option<f64>,
    /// Change a year that is projected, in the same unit.
    pub projected_per_year: Option<f64>,
}

impl Progress {
    /// Projected by needed change; `None` where no change is needed any more.
    pub(super) fn share(&self, comparator: Comparator) -> Option<Share> {
        let needed = shortfall(comparator, self.last, self.needed);
        let projected = shortfall(comparator, self.last, self.projected);
        (needed > 0.0).then(|| Share(projected / needed))
    }

    /// How much of the needed level the run keeps, for a target that was met and is lost again.
    pub(super) fn level_kept(&self, comparator: Comparator) -> Share {
        let (above, below) = match comparator {
            Comparator::AtLeast | Comparator::About => (self.projected, self.needed),
            Comparator::AtMost => (self.needed, self.projected),
        };
        Share(if below > 0.0 { above / below } else { 0.0 })
    }
}

/// Latest full-year figure up to a year that is an outcome, of one vintage with no
/// other figure mixed in; of two for one year, the one that stands later in the file.
pub(super) fn last_actual(bound: &Bound, target: &Target, to: i32) -> Option<LastActual> {
    outcomes(bound, target)
        .filter(|found| found.year <= to)
        .max_by_key(|found| (found.year, found.actual))
}

/// Full-year outcomes of the target's indicator in its own place.
fn outcomes<'a>(bound: &'a Bound, target: &'a Target) -> impl Iterator<Item = LastActual> + 'a {
    let rows = bound.actuals().iter().enumerate();
    rows.filter(|(_, row)| {
        row.indicator == target.indicator
            && row.place == bound.pack().meta.id
            && !matches!(row.status, ActualStatus::Plan | ActualStatus::Estimate)
    })
    .filter_map(|(actual, row)| {
        let period = Period::parse(&row.period).filter(|p| p.is_full_year())?;
        Some(LastActual {
            actual,
            year: period.year,
            value: row.value,
            bound: row.bound,
        })
    })
}

/// The figure of another year on the same base as `last`.
fn same_base(bound: &Bound, target: &Target, last: LastActual, year: i32) -> Option<f64> {
    let vintage = |actual: usize| bound.actuals().get(actual).map(|a: &Actual| &a.vintage);
    outcomes(bound, target)
        .filter(|found| found.year == year && vintage(found.actual) == vintage(last.actual))
        .max_by_key(|found| found.actual)
        .map(|found| found.value)
}

/// Last year known in full at the data cut-off.
pub(super) fn cutoff_year(bound: &Bound) -> i32 {
    libm::floor(bound.pack().meta.data_cutoff) as i32 - 1
}

/// Measures the change of a target whose projected value is known.
pub(super) fn measure(
    about: About<'_>,
    last: Option<LastActual>,
    projected: f64,
) -> Option<Progress> {
    match about.target.at {
        Reading::Cagr => growth(about, last),
        Reading::Sum if about.span.from < about.span.to => amount(about, last, projected),
        Reading::End | Reading::Mean | Reading::Max | Reading::Sum => level(about, last, projected),
    }
}

/// A target held in some years, and what its figures are read off.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) bound: &'a Bound,
    pub(super) figures: &'a dyn Figures,
    pub(super) target: &'a Target,
    pub(super) span: Span,
}

impl About<'_> {
    fn value(self, at: Reading, span: Span) -> Option<f64> {
        self.bound
            .value(self.figures, &self.target.indicator, at, span)
    }
}

fn level(about: About<'_>, last: Option<LastActual>, projected: f64) -> Option<Progress> {
    let target = about.target;
    let (origin, year, value) = match last {
        Some(last) => (Origin::Actual, last.year, last.value),
        None => {
            let year = cutoff_year(about.bound).min(about.span.to);
            let value = about.value(target.at, Span::year(year))?;
            (Origin::Model, year, value)
        }
    };
    let ends = (target.value, projected);
    Some(steady(about.span.to, origin, (year, value), ends))
}

/// A sum over several years: what has come in so far against the whole.
fn amount(about: About<'_>, last: Option<LastActual>, projected: f64) -> Option<Progress> {
    let About {
        bound,
        target,
        span: own,
        ..
    } = about;
    let published = last.and_then(|last| {
        let mut years = own.from..=last.year;
        let sum = years.try_fold(0.0, |sum, year| {
            Some(sum + same_base(bound, target, last, year)?)
        })?;
        (own.from <= last.year).then_some((Origin::Actual, last.year, sum))
    });
    let (origin, year, so_far) = match published {
        Some(found) => found,
        None => {
            let to = cutoff_year(bound).min(own.to);
            let span = Span { from: own.from, to };
            let sum = if to < own.from {
                0.0
            } else {
                about.value(Reading::Sum, span)?
            };
            (Origin::Model, to.max(own.from - 1), sum)
        }
    };
    let ends = (target.value, projected);
    Some(steady(own.to, origin, (year, so_far), ends))
}

/// A growth rate, as the levels it stands for; the published base year where there is one.
fn growth(about: About<'_>, last: Option<LastActual>) -> Option<Progress> {
    let About { bound, target, .. } = about;
    let years = target.to.checked_sub(target.from)?;
    let model = |year| about.value(Reading::Mean, Span::year(year));
    let (model_base, model_end) = (model(target.from)?, model(target.to)?);
    let wanted = libm::pow(1.0 + target.value / 100.0, f64::from(years));
    let published = last.and_then(|last| {
        let base = same_base(bound, target, last, target.from)?;
        (last.year > target.from).then_some((Origin::Actual, last.year, last.value, base))
    });
    let (origin, year, value, base) = match published {
        Some(found) => found,
        None => {
            let year = cutoff_year(bound).clamp(target.from, target.to);
            (Origin::Model, year, model(year)?, model_base)
        }
    };
    let needed = base * wanted;
    let projected = base * (model_end / model_base);
    let mut progress = steady(target.to, origin, (year, value), (needed, projected));
    let rate = |end: f64| growth_per_year(end / value, target.to - year).map(|g| g * 100.0);
    progress.needed_per_year = rate(needed);
    progress.projected_per_year = rate(projected);
    Some(progress)
}

/// The same change every year from the last known one to the year that is judged.
fn steady(
    to: i32,
    origin: Origin,
    (year, last): (i32, f64),
    (needed, projected): (f64, f64),
) -> Progress {
    let settled = origin == Origin::Actual && year >= to;
    let left = f64::from(to - year);
    let per_year = |end: f64| (left > 0.0).then(|| (end - last) / left);
    Progress {
        origin,
        year,
        last,
        needed,
        projected,
        settled,
        needed_per_year: per_year(needed),
        projected_per_year: per_year(projected),
    }
}
