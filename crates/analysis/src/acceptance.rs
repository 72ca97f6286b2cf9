//! When a hold-out is good enough: the acceptance table as data, and its verdict on a value.

/// What is measured against the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// [`crate::score::Errors::mape`] of a level.
    Mape,
    /// |error| of a ratio a year ahead, as a fraction (0.0008 is 0.08 percentage points).
    RatioOneYear,
    /// The same two years ahead.
    RatioTwoYears,
    /// The same four years ahead.
    RatioFourYears,
    /// [`crate::score::Errors::u2_last_growth`].
    U2,
    /// [`crate::score::Theil::bias`].
    Bias,
    /// [`crate::score::Errors::coverage`].
    Coverage,
    /// Relative change of a result when `dt` is halved.
    DtHalving,
    /// [`u2_of_most`] of all series that are scored.
    U2OfMost,
}

/// Values that a measure may have, ends included where not said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the upper end is still inside.
    pub with_high: bool,
}

impl Interval {
    const fn up_to(high: f64) -> Self {
        Self {
            low: 0.0,
            high,
            with_high: true,
        }
    }

    const fn below(high: f64) -> Self {
        Self {
            low: 0.0,
            high,
            with_high: false,
        }
    }

    const fn between(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            with_high: true,
        }
    }

    /// Whether a value is inside; NaN is not.
    pub fn holds(self, value: f64) -> bool {
        value >= self.low && (value < self.high || self.with_high && value == self.high)
    }
}

/// A row of the acceptance table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion {
    /// What is measured.
    pub measure: Measure,
    /// Values that pass.
    pub accept: Interval,
    /// Values that pass well.
    pub good: Interval,
}

const fn criterion(measure: Measure, accept: Interval, good: Interval) -> Criterion {
    Criterion {
        measure,
        accept,
        good,
    }
}

/// When a hold-out is passed. The protocol asks that 70 % of the series have U2 below 1 (well:
/// below 0.8), which is [`Measure::U2OfMost`]; a single series is shown with the same limits.
/// A ratio's error so many years ahead is one of [`crate::score::Errors::by_lead`], so of a scored series only.
pub const ACCEPTANCE: [Criterion; 9] = {
    use Interval as I;
    [
        criterion(Measure::Mape, I::up_to(0.07), I::up_to(0.04)),
        criterion(Measure::RatioOneYear, I::up_to(0.0008), I::up_to(0.0004)),
        criterion(Measure::RatioTwoYears, I::up_to(0.0012), I::up_to(0.0006)),
        criterion(Measure::RatioFourYears, I::up_to(0.002), I::up_to(0.001)),
        criterion(Measure::U2, I::below(1.0), I::below(0.8)),
        criterion(Measure::Bias, I::up_to(0.3), I::up_to(0.1)),
        criterion(
            Measure::Coverage,
            I::between(0.6, 0.95),
            I::between(0.7, 0.9),
        ),
        criterion(Measure::DtHalving, I::below(0.01), I::below(0.003)),
        criterion(Measure::U2OfMost, I::below(1.0), I::below(0.8)),
    ]
};

/// The U2 that 70 % of the series do not exceed; `None` of no series.
pub fn u2_of_most(each: &[f64]) -> Option<f64> {
    let mut sorted = each.to_vec();
    sorted.sort_by(f64::total_cmp);
    // In whole numbers: a rounded product could reach one series further.
    sorted
        .get((7 * each.len()).div_ceil(10).checked_sub(1)?)
        .copied()
}

/// What the table says of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Passed well.
    Good,
    /// Passed.
    Accepted,
    /// Not passed.
    Refused,
    /// There is no value to judge.
    NotJudged,
}

/// Judges a value by its row of the table; a missing one, NaN too, is not judged.
pub fn verdict(measure: Measure, value: Option<f64>) -> Verdict {
    let row = ACCEPTANCE.iter().find(|row| row.measure == measure);
    match (row, value.filter(|v| !v.is_nan())) {
        (Some(row), Some(value)) if row.good.holds(value) => Verdict::Good,
        (Some(row), Some(value)) if row.accept.holds(value) => Verdict::Accepted,
        (Some(_), Some(_)) => Verdict::Refused,
        _ => Verdict::NotJudged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_series_are_seven_of_ten() {
        let each: Vec<f64> = (1..=10).rev().map(|k| f64::from(k) / 10.0).collect();
        assert_eq!(u2_of_most(&each), Some(0.7));
        assert_eq!(u2_of_most(&[1.5, 0.5, 0.6]), Some(1.5));
        assert_eq!(u2_of_most(&[]), None);
    }

    #[test]
    fn the_ends_of_the_table_are_where_they_should_be() {
        for (measure, value, expected) in [
            (Measure::Mape, 0.04, Verdict::Good),
            (Measure::Mape, 0.07, Verdict::Accepted),
            (Measure::Mape, 0.071, Verdict::Refused),
            (Measure::U2, 0.8, Verdict::Accepted),
            (Measure::U2, 1.0, Verdict::Refused),
            (Measure::Coverage, 0.6, Verdict::Accepted),
            (Measure::Coverage, 1.0, Verdict::Refused),
        ] {
            assert_eq!(
                verdict(measure, Some(value)),
                expected,
                "{measure:?} {value}"
            );
        }
    }

    #[test]
    fn what_is_missing_is_not_judged() {
        assert_eq!(verdict(Measure::Mape, None), Verdict::NotJudged);
        assert_eq!(verdict(Measure::Mape, Some(f64::NAN)), Verdict::NotJudged);
    }
}
