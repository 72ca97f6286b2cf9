//! Reads a figure off a saved series: year Y is the interval [Y, Y+1).
//!
//! Works in the model's unit and knows no record but [`Reading`]; a year that the series does
//! not cover in full gives nothing, never an extrapolation.

use crate::record::Reading;

/// First and last year that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First year (the base year of a growth rate).
    pub from: i32,
    /// Last year.
    pub to: i32,
}

impl Span {
    /// A single year.
    pub fn year(year: i32) -> Self {
        Self {
            from: year,
            to: year,
        }
    }
}

/// A saved series with its instants, and the one it is divided by, all of one length.
#[derive(Debug, Clone, Copy)]
pub struct Track<'a> {
    /// Ascending, evenly spaced.
    pub times: &'a [f64],
    /// Values at those instants.
    pub values: &'a [f64],
    /// What they are divided by.
    pub denominator: Option<&'a [f64]>,
}

/// Instants closer than this are one: far below any step, far above rounding.
const SAME_INSTANT: f64 = 1e-6;

impl Track<'_> {
    /// The reading in the model's unit; a growth rate as a fraction a year (0.3 is 30 %).
    ///
    /// `None` where a year is not fully covered, a denominator is zero, the span is backwards,
    /// or the result is not finite.
    pub fn read(&self, at: Reading, span: Span) -> Option<f64> {
        let value = match at {
            Reading::End => self.at(f64::from(span.to) + 1.0)?,
            Reading::Mean => self.mean(span.to)?,
            Reading::Sum => self.sum(span)?,
            Reading::Cagr => self.growth(span)?,
            Reading::Max => self.largest(span)?,
        };
        value.is_finite().then_some(value)
    }

    /// The value at an instant that was saved.
    pub fn at(&self, instant: f64) -> Option<f64> {
        let row = self
            .times
            .iter()
            .position(|t| (t - instant).abs() < SAME_INSTANT)?;
        self.row(row)
    }

    /// The value in a row, divided where there is a denominator.
    pub fn row(&self, row: usize) -> Option<f64> {
        let value = *self.values.get(row)?;
        match self.denominator {
            None => Some(value),
            Some(below) => quotient(value, *below.get(row)?),
        }
    }

    /// The value within a year that lies furthest from `value`.
    pub fn furthest(&self, value: f64, year: i32) -> Option<f64> {
        let mut best: Option<f64> = None;
        for row in self.rows(year)? {
            let here = self.row(row).filter(|v| v.is_finite())?;
            let further = |b: f64| (here - value).abs() > (b - value).abs();
            best = Some(best.map_or(here, |b| if further(b) { here } else { b }));
        }
        best
    }

    /// Rows of a year, if the series covers all of it.
    fn rows(&self, year: i32) -> Option<std::ops::Range<usize>> {
        let (begin, end) = (f64::from(year), f64::from(year) + 1.0);
        let first = self.times.partition_point(|t| *t < begin - SAME_INSTANT);
        let past = self.times.partition_point(|t| *t < end - SAME_INSTANT);
        let spacing = self.times.get(1)? - self.times.first()?;
        let per_year = libm::round(1.0 / spacing) as usize;
        let covered = past.checked_sub(first)? == per_year && per_year > 0;
        covered.then_some(first..past)
    }

    fn mean(&self, year: i32) -> Option<f64> {
        let rows = self.rows(year)?;
        let count = rows.len() as f64;
        let above: f64 = self.values.get(rows.clone())?.iter().sum();
        match self.denominator {
            None => Some(above / count),
            Some(below) => quotient(above, below.get(rows)?.iter().sum()),
        }
    }

    /// The sum over the years of their yearly amounts; with a denominator, one sum by the other.
    fn sum(&self, span: Span) -> Option<f64> {
        let years = || span.from..=span.to;
        if years().is_empty() {
            return None;
        }
        let total = |values: &[f64]| {
            years().try_fold(0.0, |sum, year| {
                let rows = self.rows(year)?;
                let count = rows.len() as f64;
                Some(sum + values.get(rows)?.iter().sum::<f64>() / count)
            })
        };
        match self.denominator {
            None => total(self.values),
            Some(below) => quotient(total(self.values)?, total(below)?),
        }
    }

    fn growth(&self, span: Span) -> Option<f64> {
        let years = span.to.checked_sub(span.from).filter(|n| *n > 0)?;
        let ratio = quotient(self.mean(span.to)?, self.mean(span.from)?)?;
        growth_per_year(ratio, years)
    }

    fn largest(&self, span: Span) -> Option<f64> {
        let mut best: Option<f64> = None;
        for year in span.from..=span.to {
            for row in self.rows(year)? {
                let value = self.row(row)?;
                best = Some(best.map_or(value, |b| if value > b { value } else { b }));
            }
        }
        best
    }
}

/// Growth a year, as a fraction, that multiplies by `ratio` over `years`; `None` for a ratio
/// that is not positive.
pub fn growth_per_year(ratio: f64, years: i32) -> Option<f64> {
    (ratio > 0.0 && years > 0).then(|| libm::pow(ratio, 1.0 / f64::from(years)) - 1.0)
}

/// `None` for a zero denominator.
fn quotient(above: f64, below: f64) -> Option<f64> {
    (below != 0.0).then(|| above / below)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quarters from 2020.5 to 2024.0; the value is the instant, the denominator grows by year.
    fn times() -> Vec<f64> {
        (0..=14).map(|k| 2020.5 + f64::from(k) * 0.25).collect()
    }

    #[track_caller]
    fn check(values: &[f64], at: Reading, from: i32, to: i32, expected: Option<f64>) {
        let times = times();
        let track = Track {
            times: &times,
            values,
            denominator: None,
        };
        assert_eq!(track.read(at, Span { from, to }), expected);
    }

    #[test]
    fn end_is_the_instant_the_year_closes() {
        check(&times(), Reading::End, 2022, 2022, Some(2023.0));
        check(&times(), Reading::End, 2023, 2023, Some(2024.0));
    }

    #[test]
    fn mean_leaves_out_the_closing_instant() {
        check(&times(), Reading::Mean, 2022, 2022, Some(2022.375));
    }

    #[test]
    fn a_year_half_covered_has_no_mean() {
        check(&times(), Reading::Mean, 2020, 2020, None);
        check(&times(), Reading::Mean, 2024, 2024, None);
    }

    #[test]
    fn a_sum_adds_yearly_amounts() {
        let flow = vec![7.0; 15];
        check(&flow, Reading::Sum, 2021, 2023, Some(21.0));
        check(&flow, Reading::Sum, 2022, 2022, Some(7.0));
        check(&flow, Reading::Sum, 2022, 2021, None);
        check(&flow, Reading::Sum, 2020, 2022, None);
    }

    #[test]
    fn growth_is_between_yearly_means() {
        let values: Vec<f64> = times()
            .iter()
            .map(|t| libm::pow(1.1, libm::floor(*t) - 2020.0))
            .collect();
        let times = times();
        let track = Track {
            times: &times,
            values: &values,
            denominator: None,
        };
        let span = Span {
            from: 2021,
            to: 2023,
        };
        let growth = track.read(Reading::Cagr, span).unwrap();
        assert!((growth - 0.1).abs() < 1e-12, "{growth}");
        check(&values, Reading::Cagr, 2022, 2022, None);
    }

    #[test]
    fn growth_from_nothing_is_no_number() {
        check(&[0.0; 15], Reading::Cagr, 2021, 2023, None);
    }

    #[test]
    fn the_largest_lies_inside_the_years() {
        check(&times(), Reading::Max, 2021, 2022, Some(2022.75));
    }

    #[test]
    fn not_a_number_is_never_read() {
        check(&[f64::NAN; 15], Reading::End, 2022, 2022, None);
        check(&[f64::INFINITY; 15], Reading::Mean, 2022, 2022, None);
    }

    #[test]
    fn a_ratio_of_a_year_is_sum_by_sum() {
        let times = times();
        let above: Vec<f64> = (0..15).map(f64::from).collect();
        let below: Vec<f64> = (0..15).map(|k| f64::from(k) * f64::from(k)).collect();
        let track = Track {
            times: &times,
            values: &above,
            denominator: Some(&below),
        };
        // 2022 holds rows 6 to 9.
        let expected = 30.0 / (36.0 + 49.0 + 64.0 + 81.0);
        assert_eq!(track.read(Reading::Mean, Span::year(2022)), Some(expected));
        assert_eq!(
            track.read(Reading::End, Span::year(2022)),
            Some(10.0 / 100.0)
        );
        let zero = Track {
            denominator: Some(&[0.0; 15]),
            ..track
        };
        assert_eq!(zero.read(Reading::End, Span::year(2022)), None);
    }
}
