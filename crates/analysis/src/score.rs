//! A model's values beside the record of years it did not see → errors, Theil's parts, coverage.
//!
//! Too few points give [`Score::NotEnough`], which is neither passed nor failed. What is good enough
//! says [`crate::acceptance`].

/// Points below which nothing is judged.
pub const FEWEST_POINTS: usize = 4;

/// A value of the record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Year, or any instant in years.
    pub year: f64,
    /// In the series' unit.
    pub value: f64,
}

/// A value of the record that the fit did not see, and what the fitted model makes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOut {
    /// The record; a figure itself, not a bound.
    pub known: Known,
    /// The model's value: the median of its runs.
    pub model: f64,
    /// Ends of the runs' 80 % band, where there is one.
    pub band: Option<[f64; 2]>,
}

/// What a series' hold-out says.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// Too few finite points to judge.
    NotEnough {
        /// How many there are.
        points: usize,
    },
    /// Enough of them.
    Scored(Errors),
}

/// Errors of a series, in its own unit where not said otherwise; error is model − record.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors {
    /// How many points.
    pub points: usize,
    /// Mean of |error| / |record|, 0.05 is 5 %; `None` where a record is 0.
    pub mape: Option<f64>,
    /// Mean of |error|.
    pub mae: f64,
    /// Root of the mean square error.
    pub rmse: f64,
    /// Where the square error comes from; `None` where there is none.
    pub theil: Option<Theil>,
    /// RMSE by that of the forecast that repeats the last growth of the fitted years.
    pub u2_last_growth: Option<f64>,
    /// RMSE by that of the straight line through the logarithms of the fitted years.
    pub u2_log_trend: Option<f64>,
    /// Part of the points within the 80 % band; `None` where a point has none.
    pub coverage: Option<f64>,
    /// |error| of each point with its distance in years from the last fitted one, in the order
    /// given; from 0 on where nothing was fitted.
    pub by_lead: Vec<(f64, f64)>,
}

/// Parts of the mean square error, 1 in all (Theil 1966; Sterman, Dynamica 10, 1984).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theil {
    /// U^M: the means differ.
    pub bias: f64,
    /// U^S: the spreads differ.
    pub variance: f64,
    /// U^C: the rest, movements that do not go together.
    pub covariance: f64,
}

/// Scores a series.
///
/// * `fitted`: the record that the fit saw, years rising; the naive forecasts know it and no more,
///   as the model does.
/// * `held_out`: the record it did not see. Points without a finite record or model are left out
///   and not counted.
pub fn score(fitted: &[Known], held_out: &[HeldOut]) -> Score {
    let held: Vec<HeldOut> = held_out
        .iter()
        .filter(|point| point.known.value.is_finite() && point.model.is_finite())
        .copied()
        .collect();
    if held.len() < FEWEST_POINTS {
        return Score::NotEnough { points: held.len() };
    }
    let error = |point: &HeldOut| point.model - point.known.value;
    let rmse = root_mean_square(held.iter().map(error));
    let against = |naive: Option<Vec<f64>>| {
        let naive = naive?;
        let errors = naive.iter().zip(&held).map(|(n, p)| n - p.known.value);
        let ratio = rmse / root_mean_square(errors);
        ratio.is_finite().then_some(ratio)
    };
    let years: Vec<f64> = held.iter().map(|point| point.known.year).collect();
    let relative = mean(held.iter().map(|p| (error(p) / p.known.value).abs()));
    let base = fitted.last().or(held.first().map(|p| &p.known));
    let from = base.map_or(0.0, |known| known.year);
    Score::Scored(Errors {
        points: held.len(),
        mape: relative.is_finite().then_some(relative),
        mae: mean(held.iter().map(|p| error(p).abs())),
        rmse,
        theil: theil(&held),
        u2_last_growth: against(last_growth(fitted, &years)),
        u2_log_trend: against(log_trend(fitted, &years)),
        coverage: coverage(&held),
        by_lead: held
            .iter()
            .map(|p| (p.known.year - from, error(p).abs()))
            .collect(),
    })
}

/// Mean over an iterator of at least one value.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), v| (sum + v, n + 1.0));
    sum / n
}

fn root_mean_square(errors: impl Iterator<Item = f64>) -> f64 {
    mean(errors.map(|e| e * e)).sqrt()
}

fn theil(held: &[HeldOut]) -> Option<Theil> {
    let records = || held.iter().map(|point| point.known.value);
    let models = || held.iter().map(|point| point.model);
    let (record, model) = (mean(records()), mean(models()));
    let record_sd = mean(records().map(|a| (a - record) * (a - record))).sqrt();
    let model_sd = mean(models().map(|f| (f - model) * (f - model))).sqrt();
    let together = mean(
        held.iter()
            .map(|p| (p.known.value - record) * (p.model - model)),
    );
    let square = mean(held.iter().map(|p| {
        let error = p.model - p.known.value;
        error * error
    }));
    let parts = Theil {
        bias: (model - record) * (model - record) / square,
        variance: (model_sd - record_sd) * (model_sd - record_sd) / square,
        covariance: 2.0 * (model_sd * record_sd - together) / square,
    };
    (square > 0.0 && square.is_finite()).then_some(parts)
}

fn coverage(held: &[HeldOut]) -> Option<f64> {
    let inside = held.iter().map(|point| {
        let [low, high] = point.band?;
        Some(if (low..=high).contains(&point.known.value) {
            1.0
        } else {
            0.0
        })
    });
    Some(mean(inside.collect::<Option<Vec<f64>>>()?.into_iter()))
}

/// Continuous ranked probability score of a forecast by runs, in the series' unit: the mean distance
/// from the record less half the mean distance of the runs from one another (Gneiting, Raftery,
/// JASA 102, 2007). Smaller is better; of one run it is its |error|. NaN of none.
pub fn crps(runs: &[f64], record: f64) -> f64 {
    let mut sorted = runs.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let apart = (1..)
        .zip(&sorted)
        .map(|(rank, x)| (2.0 * f64::from(rank) - n - 1.0) * x);
    mean(sorted.iter().map(|x| (x - record).abs())) - apart.sum::<f64>() / (n * n)
}

/// The last growth per year of a record, repeated up to each of the years; `None` of fewer than
/// two records or where one is not above 0.
pub fn last_growth(fitted: &[Known], years: &[f64]) -> Option<Vec<f64>> {
    let [.., before, last] = fitted else {
        return None;
    };
    let gap = last.year - before.year;
    if !(before.value > 0.0 && last.value > 0.0 && gap > 0.0) {
        return None;
    }
    let growth = libm::log(last.value / before.value) / gap;
    let ahead = |year: &f64| last.value * libm::exp(growth * (year - last.year));
    Some(years.iter().map(ahead).collect())
}

/// The straight line of least squares through the logarithms of a record, at each of the years;
/// `None` of fewer than three records (two are the last growth again) or where one is not above 0.
pub fn log_trend(fitted: &[Known], years: &[f64]) -> Option<Vec<f64>> {
    if fitted.len() < 3 || !fitted.iter().all(|known| known.value > 0.0) {
        return None;
    }
    let log = |known: &Known| libm::log(known.value);
    let year = mean(fitted.iter().map(|known| known.year));
    let level = mean(fitted.iter().map(log));
    let products = |k: &Known| (k.year - year) * (log(k) - level);
    let squares = |k: &Known| (k.year - year) * (k.year - year);
    let slope = mean(fitted.iter().map(products)) / mean(fitted.iter().map(squares));
    let at = |y: &f64| libm::exp(level + slope * (y - year));
    slope.is_finite().then(|| years.iter().map(at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(year: i32, value: f64) -> Known {
        let year = f64::from(year);
        Known { year, value }
    }

    fn held(year: i32, record: f64, model: f64) -> HeldOut {
        HeldOut {
            known: known(year, record),
            model,
            band: Some([model - 1.0, model + 1.0]),
        }
    }

    fn errors(fitted: &[Known], held: &[HeldOut]) -> Errors {
        match score(fitted, held) {
            Score::Scored(errors) => errors,
            Score::NotEnough { points } => panic!("{points} points"),
        }
    }

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }

    /// Errors 1, −2, 3, 0 against 10, 20, 30, 40: by hand.
    #[test]
    fn errors_are_those_by_hand() {
        let points = [
            held(2022, 10.0, 11.0),
            held(2023, 20.0, 18.0),
            held(2024, 30.0, 33.0),
            held(2025, 40.0, 40.0),
        ];
        let found = errors(&[known(2021, 9.0)], &points);
        near(found.mae, 1.5);
        near(found.rmse, 3.5f64.sqrt());
        near(found.mape.unwrap(), 0.3 / 4.0);
        near(found.coverage.unwrap(), 0.5);
        assert_eq!(
            found.by_lead,
            [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (4.0, 0.0)]
        );
        assert_eq!((found.u2_last_growth, found.u2_log_trend), (None, None));
        let theil = found.theil.unwrap();
        near(theil.bias, 0.25 / 3.5);
        near(theil.bias + theil.variance + theil.covariance, 1.0);
    }

    /// A shift is all bias, a stretch around the mean all variance, a swap all covariance.
    #[test]
    fn theils_parts_tell_where_errors_come_from() {
        let records = [10.0, 20.0, 30.0, 40.0];
        let parts = |models: [f64; 4]| {
            let points: Vec<HeldOut> = (2022..)
                .zip(records.into_iter().zip(models))
                .map(|(year, (record, model))| held(year, record, model))
                .collect();
            errors(&[], &points).theil
        };
        let check = |found: Option<Theil>, expected: [f64; 3]| {
            let found = found.unwrap();
            near(found.bias, expected[0]);
            near(found.variance, expected[1]);
            near(found.covariance, expected[2]);
        };
        check(parts(records.map(|r| r + 5.0)), [1.0, 0.0, 0.0]);
        check(
            parts(records.map(|r| 25.0 + 2.0 * (r - 25.0))),
            [0.0, 1.0, 0.0],
        );
        check(parts([20.0, 10.0, 40.0, 30.0]), [0.0, 0.0, 1.0]);
        assert_eq!(parts(records), None);
    }

    #[test]
    fn naive_forecasts_know_the_fitted_years_only() {
        let fitted = [
            known(2018, 100.0),
            known(2019, 110.0),
            known(2021, 110.0 * 1.44),
        ];
        let growth = last_growth(&fitted, &[2022.0, 2024.0]).unwrap();
        near(growth[0] / (158.4 * 1.2), 1.0);
        near(growth[1] / (158.4 * 1.728), 1.0);
        let even = [known(2018, 100.0), known(2019, 110.0), known(2020, 121.0)];
        let trend = log_trend(&even, &[2022.0]).unwrap();
        near(trend[0] / 146.41, 1.0);
        assert_eq!(log_trend(&even[1..], &[2022.0]), None);
        assert_eq!(
            last_growth(&[known(2020, -1.0), known(2021, 2.0)], &[2022.0]),
            None
        );
    }

    /// The model is half as far off as the repeated growth of 10 % (133.1, 146.41, ...).
    #[test]
    fn u2_is_the_models_error_by_the_forecasts() {
        let fitted = [known(2019, 100.0), known(2020, 110.0), known(2021, 121.0)];
        let points: Vec<HeldOut> = (1..=4)
            .map(|k| {
                let naive = 121.0 * libm::pow(1.1, f64::from(k));
                held(2021 + k, 0.9 * naive, 0.95 * naive)
            })
            .collect();
        let found = errors(&fitted, &points);
        near(found.u2_last_growth.unwrap(), 0.5);
        near(found.u2_log_trend.unwrap(), 0.5);
    }

    #[test]
    fn few_points_are_neither_passed_nor_failed() {
        let nan = held(2025, f64::NAN, 1.0);
        let points = [
            held(2022, 1.0, 1.0),
            held(2023, 1.0, 1.0),
            held(2024, 1.0, 1.0),
            nan,
        ];
        assert_eq!(score(&[], &points), Score::NotEnough { points: 3 });
    }

    /// Quantiles of the standard normal law against its closed form (Gneiting, Raftery 2007).
    #[test]
    fn the_ranked_score_of_a_normal_forecast_is_the_known_one() {
        use crate::law::{log_normal_density, normal_below, normal_quantile};
        let runs: Vec<f64> = (0..2000)
            .map(|k| normal_quantile((f64::from(k) + 0.5) / 2000.0))
            .collect();
        for y in [-1.5, 0.0, 0.4, 3.0] {
            let density = libm::exp(log_normal_density(y));
            let root = std::f64::consts::PI.sqrt();
            let expected = y * (2.0 * normal_below(y) - 1.0) + 2.0 * density - 1.0 / root;
            assert!((crps(&runs, y) - expected).abs() < 1e-3, "{y}");
        }
        near(crps(&[3.0], 5.0), 2.0);
        assert!(crps(&[], 5.0).is_nan());
    }
}
