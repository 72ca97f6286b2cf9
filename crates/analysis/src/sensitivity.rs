//! Results as functions of parameter sets → which parameters move them: tornado, Sobol indices.
//!
//! Both call a closure with blocks of sets and take parameters as independent, each with its prior;
//! of a posterior with correlations neither is defined. A result that is not finite spoils what it
//! enters, which then is NaN.

use tidemark_engine::Uniforms;

use crate::points::Points;
use crate::prior::Prior;

/// Purpose of the random numbers, see [`Uniforms::of_study`].
const PURPOSE: u8 = 2;

/// What one parameter alone does to one result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swing {
    /// Which parameter.
    pub parameter: usize,
    /// Result with the parameter at its prior's lower percentile, all others at their medians.
    pub at_low: f64,
    /// The same at the upper percentile.
    pub at_high: f64,
}

impl Swing {
    /// Distance between the two results.
    pub fn width(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }
}

/// Swings of one result.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Result with every parameter at its prior's median.
    pub middle: f64,
    /// Widest first; equal ones and NaN, which is last, in the order of the parameters.
    pub swings: Vec<Swing>,
}

/// One parameter at a time from one end of its prior to the other.
///
/// * `tail`: chance beyond each end; 0.1 goes over the 80 % range, 0 over the whole of a finite one.
/// * `evaluate`: called once with 2 sets a parameter and one before them; gives one column of
///   results for each of `n_results`.
pub fn tornado(
    priors: &[Prior],
    tail: f64,
    n_results: usize,
    evaluate: impl FnOnce(&Points, &mut Points),
) -> Vec<Tornado> {
    let mut sets = Points::zeros(1 + 2 * priors.len(), priors.len());
    for (column, prior) in priors.iter().enumerate() {
        for row in 0..sets.count() {
            sets.set(row, column, prior.quantile(0.5));
        }
        sets.set(1 + 2 * column, column, prior.quantile(tail));
        sets.set(2 + 2 * column, column, prior.quantile(1.0 - tail));
    }
    let mut results = Points::zeros(sets.count(), n_results);
    evaluate(&sets, &mut results);
    (0..n_results)
        .map(|result| {
            let value = |row| results.at(row, result);
            let mut swings: Vec<Swing> = (0..priors.len())
                .map(|parameter| Swing {
                    parameter,
                    at_low: value(1 + 2 * parameter),
                    at_high: value(2 + 2 * parameter),
                })
                .collect();
            let order = |s: &Swing| if s.width().is_nan() { -1.0 } else { s.width() };
            swings.sort_by(|a, b| order(b).total_cmp(&order(a)));
            Tornado {
                middle: value(0),
                swings,
            }
        })
        .collect()
}

/// An estimate with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// Parts of a result's variance that one parameter makes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sobol {
    /// By itself: what of the variance would go if the parameter were known.
    pub first: Estimate,
    /// With all it does together with others: what would stay if all others were known.
    pub total: Estimate,
}

/// Mean, variance and Sobol indices of one result.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// Mean over the priors.
    pub mean: f64,
    /// Variance over the priors.
    pub variance: f64,
    /// For each parameter; NaN where the result does not vary.
    pub parameters: Vec<Sobol>,
}

/// How the sets of [`sobol`] are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Pairs of independent sets, at least 2; the error falls with their root.
    pub pairs: usize,
    /// Same seed, same sets.
    pub seed: u64,
}

/// Sobol indices by the estimators of Jansen (Comput. Phys. Commun. 117, 1999) in the form of
/// Saltelli et al. (Comput. Phys. Commun. 181, 2010): two independent blocks of sets A and B, and
/// for each parameter A with this one column of B. Purely random sets, so that the errors, those of
/// a ratio of means (delta method), are what they say.
///
/// * `evaluate`: called once a block with `pairs` sets, parameters + 2 times in all; gives one
///   column of results for each of `n_results`.
pub fn sobol(
    priors: &[Prior],
    settings: Settings,
    n_results: usize,
    mut evaluate: impl FnMut(&Points, &mut Points),
) -> Vec<Indices> {
    let n = settings.pairs;
    let mut sets = [
        Points::zeros(n, priors.len()),
        Points::zeros(n, priors.len()),
    ];
    for row in 0..n {
        let mut uniforms = Uniforms::of_study(settings.seed, PURPOSE, row as u64);
        for (column, prior) in priors.iter().enumerate() {
            for half in &mut sets {
                half.set(row, column, prior.quantile(uniforms.next_open()));
            }
        }
    }
    let [a, b] = sets;
    let mut results = |sets: &Points| {
        let mut results = Points::zeros(n, n_results);
        evaluate(sets, &mut results);
        results
    };
    let (of_a, of_b) = (results(&a), results(&b));
    let mixed: Vec<Points> = (0..priors.len())
        .map(|column| {
            let mut mixed = a.clone();
            for row in 0..n {
                mixed.set(row, column, b.at(row, column));
            }
            results(&mixed)
        })
        .collect();
    (0..n_results)
        .map(|result| {
            let column = |points: &Points| points.column(result).to_vec();
            let mixed: Vec<Vec<f64>> = mixed.iter().map(column).collect();
            indices(of_a.column(result), of_b.column(result), &mixed)
        })
        .collect()
}

fn indices(a: &[f64], b: &[f64], mixed: &[Vec<f64>]) -> Indices {
    let n = a.len() as f64;
    let mean = a.iter().chain(b).sum::<f64>() / (2.0 * n);
    let squares: Vec<f64> = a
        .iter()
        .zip(b)
        .map(|(a, b)| 0.5 * ((a - mean) * (a - mean) + (b - mean) * (b - mean)))
        .collect();
    let half_square = |(x, y): (&f64, &f64)| 0.5 * (x - y) * (x - y);
    let parameters = mixed.iter().map(|mixed| {
        let apart: Vec<f64> = b.iter().zip(mixed).map(half_square).collect();
        let moved: Vec<f64> = a.iter().zip(mixed).map(half_square).collect();
        let rest = ratio(&apart, &squares);
        Sobol {
            first: Estimate {
                value: 1.0 - rest.value,
                error: rest.error,
            },
            total: ratio(&moved, &squares),
        }
    });
    Indices {
        mean,
        variance: squares.iter().sum::<f64>() / n,
        parameters: parameters.collect(),
    }
}

/// Ratio of two means over the same independent rows.
fn ratio(above: &[f64], below: &[f64]) -> Estimate {
    let n = above.len() as f64;
    let mean = below.iter().sum::<f64>() / n;
    let value = above.iter().sum::<f64>() / n / mean;
    let squares = above.iter().zip(below).map(|(a, b)| {
        let off = (a - value * b) / mean;
        off * off
    });
    Estimate {
        value,
        error: (squares.sum::<f64>() / (n * (n - 1.0))).sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounds::Bounds;
    use crate::prior::Law;
    use std::f64::consts::PI;

    fn uniform(low: f64, high: f64) -> Prior {
        Prior::new(Law::Uniform, Bounds { low, high }).unwrap()
    }

    fn normal(mean: f64, sd: f64) -> Prior {
        Prior::new(Law::Normal { mean, sd }, Bounds::NONE).unwrap()
    }

    fn of(functions: &[fn(&[f64]) -> f64]) -> impl FnMut(&Points, &mut Points) {
        move |sets, results| {
            for row in 0..sets.count() {
                for (column, f) in functions.iter().enumerate() {
                    results.set(row, column, f(&sets.row(row)));
                }
            }
        }
    }

    fn ishigami(x: &[f64]) -> f64 {
        let (one, two) = (libm::sin(x[0]), libm::sin(x[1]));
        one + 7.0 * two * two + 0.1 * x[2] * x[2] * x[2] * x[2] * one
    }

    fn linear(x: &[f64]) -> f64 {
        3.0 + 2.0 * x[0] - x[1] + 0.0 * x[2]
    }

    #[track_caller]
    fn within(found: Estimate, expected: f64, limit: f64) {
        let off = (found.value - expected).abs();
        assert!(
            off < 4.0 * found.error + 1e-12 && found.error < limit,
            "{found:?}, not {expected}"
        );
    }

    const SETTINGS: Settings = Settings {
        pairs: 8000,
        seed: 7,
    };

    /// Closed form: Ishigami and Homma 1990, with 7 and 0.1.
    #[test]
    fn the_function_of_ishigami() {
        let priors = [-PI, -PI, -PI].map(|low| uniform(low, PI));
        let found = sobol(&priors, SETTINGS, 1, of(&[ishigami])).swap_remove(0);
        let (fourth, eighth) = (PI * PI * PI * PI, libm::pow(PI, 8.0));
        let alone = 0.5 * (1.0 + 0.1 * fourth / 5.0) * (1.0 + 0.1 * fourth / 5.0);
        let second = 49.0 / 8.0;
        let both = 0.01 * eighth * 8.0 / 225.0;
        let all = alone + second + both;
        let expected = [
            [alone / all, (alone + both) / all],
            [second / all, second / all],
            [0.0, both / all],
        ];
        for (parameter, [first, total]) in found.parameters.iter().zip(expected) {
            within(parameter.first, first, 0.03);
            within(parameter.total, total, 0.03);
        }
        assert!((found.mean - 3.5).abs() < 0.15);
        assert!((found.variance / all - 1.0).abs() < 0.05);
    }

    /// Variances 4 × 9 and 1 × 4, nothing together, the third without effect.
    #[test]
    fn a_linear_function_has_the_parts_of_its_slopes() {
        let priors = [normal(1.0, 3.0), normal(0.0, 2.0), uniform(0.0, 1.0)];
        let found = sobol(&priors, SETTINGS, 2, of(&[ishigami, linear])).swap_remove(1);
        for (parameter, expected) in found.parameters.iter().zip([0.9, 0.1, 0.0]) {
            within(parameter.first, expected, 0.03);
            within(parameter.total, expected, 0.03);
        }
        assert_eq!(found.parameters[2].total.value, 0.0);
    }

    /// Of many small studies, the spread of an index is the error that each of them names.
    #[test]
    fn the_error_is_the_spread_of_repeated_studies() {
        let priors = [normal(0.0, 3.0), normal(0.0, 2.0), uniform(0.0, 1.0)];
        let studies: Vec<Estimate> = (0..200)
            .map(|seed| {
                let settings = Settings { pairs: 200, seed };
                sobol(&priors, settings, 1, of(&[linear]))[0].parameters[0].first
            })
            .collect();
        let values: Vec<f64> = studies.iter().map(|study| study.value).collect();
        let named = studies.iter().map(|study| study.error).sum::<f64>() / 200.0;
        let spread = crate::convergence::variance(&values).sqrt();
        assert!((named / spread - 1.0).abs() < 0.2, "{named} and {spread}");
    }

    #[test]
    fn a_tornado_puts_the_widest_first() {
        let priors = [uniform(0.0, 1.0), uniform(-4.0, 6.0), uniform(0.0, 1.0)];
        let found = tornado(&priors, 0.1, 1, of(&[linear])).swap_remove(0);
        assert_eq!(found.middle, 3.0);
        let order: Vec<usize> = found.swings.iter().map(|swing| swing.parameter).collect();
        assert_eq!(order, [1, 0, 2]);
        assert!((found.swings[0].at_low - 7.0).abs() < 1e-12);
        assert!((found.swings[0].at_high + 1.0).abs() < 1e-12);
        assert!((found.swings[1].width() - 1.6).abs() < 1e-12);
        assert_eq!(found.swings[2].width(), 0.0);
    }

    #[test]
    fn a_result_that_does_not_vary_has_no_indices() {
        let found = sobol(&[uniform(0.0, 1.0)], SETTINGS, 1, of(&[|_| 1.0])).swap_remove(0);
        assert_eq!((found.mean, found.variance), (1.0, 0.0));
        assert!(found.parameters[0].first.value.is_nan());
    }
}
