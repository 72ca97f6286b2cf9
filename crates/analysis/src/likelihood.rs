//! A printed figure and the model's value for it → how likely the one makes the other.
//!
//! How far a figure may be off is a table that the caller gives, by status and vintage. A printed
//! bound ("above", "at least") is one-sided: the model may be as far on its good side as it likes.

use crate::law::{log_normal_below, log_normal_density};
use crate::matrix::triangular_root;

/// How a printed figure holds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// The figure itself.
    Exact,
    /// About so much: the table's error for figures of this kind, `about` times as wide.
    About,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
}

/// A standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// A part of the figure, 0.02 is 2 %.
    Relative(f64),
    /// In the figure's own unit.
    Absolute(f64),
}

/// Error of figures of one status and vintage.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorRow {
    /// Status, in the caller's words.
    pub status: String,
    /// Vintage, in the caller's words; `None` for any.
    pub vintage: Option<String>,
    /// How far such a figure may be off.
    pub spread: Spread,
}

/// Errors by status and vintage.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorTable {
    /// A row with the vintage goes before one for any.
    pub rows: Vec<ErrorRow>,
    /// How much wider the error of an approximate figure is, at least 1.
    pub about: f64,
}

impl ErrorTable {
    /// Standard deviation of a figure in its own unit; `None` where the table does not know its
    /// kind, or says nothing above 0 for it: a figure without an error cannot be used.
    pub fn sd(&self, status: &str, vintage: &str, value: f64, printed: Printed) -> Option<f64> {
        let of = |wanted: Option<&str>| {
            self.rows
                .iter()
                .find(|row| row.status == status && row.vintage.as_deref() == wanted)
        };
        let row = of(Some(vintage)).or_else(|| of(None))?;
        let sd = match row.spread {
            Spread::Relative(part) => part * value.abs(),
            Spread::Absolute(sd) => sd,
        };
        let sd = match printed {
            Printed::About => sd * self.about,
            _ => sd,
        };
        (sd > 0.0 && sd.is_finite()).then_some(sd)
    }
}

/// A figure to be met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// As printed.
    pub value: f64,
    /// How it holds the true one.
    pub printed: Printed,
    /// Standard deviation of its error, above 0, in its own unit.
    pub sd: f64,
}

impl Observation {
    /// Logarithm of the likelihood.
    ///
    /// * `model`: the model's value in the figure's unit; NaN gives NaN.
    /// * `model_sd`: how far the model may be off beside the figure's own error, 0 or more; a fixed
    ///   number or one of the parameters that are fitted.
    ///
    /// A bound gives the chance that the true figure, normal around the model's value, is on the
    /// right side: 0 far on the good side, a half at the bound itself.
    pub fn log_likelihood(&self, model: f64, model_sd: f64) -> f64 {
        let sd = (self.sd * self.sd + model_sd * model_sd).sqrt();
        let z = (model - self.value) / sd;
        match self.printed {
            Printed::Exact | Printed::About => log_normal_density(z) - libm::log(sd),
            Printed::AtLeast => log_normal_below(z),
            Printed::AtMost => log_normal_below(-z),
        }
    }
}

/// Logarithm of the density of several figures of one series, whose model errors last: what is off
/// in one year is off in the next, too. Taking such errors as independent would make a trend look
/// better known than it is.
///
/// * `residuals`: figure − model, one a figure; a NaN gives NaN.
/// * `figure_sds`: the figures' own errors, independent, above 0.
/// * `model_sds`: the model's error at each figure.
/// * `correlation`: of the model's errors, row by row, 1 on the diagonal.
pub fn log_density_together(
    residuals: &[f64],
    figure_sds: &[f64],
    model_sds: &[f64],
    correlation: &[f64],
) -> f64 {
    let n = residuals.len();
    let covariance: Vec<f64> = (0..n * n)
        .map(|at| {
            let (i, j) = (at / n, at % n);
            let own = if i == j {
                figure_sds[i] * figure_sds[i]
            } else {
                0.0
            };
            own + model_sds[i] * model_sds[j] * correlation[at]
        })
        .collect();
    let Some(root) = triangular_root(&covariance, n) else {
        return f64::NAN;
    };
    let mut whitened: Vec<f64> = Vec::with_capacity(n);
    let mut log_density = 0.0;
    for i in 0..n {
        let row = &root[i * n..][..=i];
        let known: f64 = row.iter().zip(&whitened).map(|(l, z)| l * z).sum();
        let z = (residuals[i] - known) / row[i];
        log_density += log_normal_density(z) - libm::log(row[i]);
        whitened.push(z);
    }
    log_density
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation(printed: Printed) -> Observation {
        Observation {
            value: 100.0,
            printed,
            sd: 3.0,
        }
    }

    #[track_caller]
    fn check(printed: Printed, model: f64, model_sd: f64, expected: f64) {
        let found = observation(printed).log_likelihood(model, model_sd);
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }

    #[test]
    fn a_figure_is_normal_around_the_model() {
        let top = -libm::log(5.0) - 0.5 * libm::log(2.0 * std::f64::consts::PI);
        check(Printed::Exact, 100.0, 4.0, top);
        check(Printed::Exact, 110.0, 4.0, top - 2.0);
        check(Printed::About, 90.0, 4.0, top - 2.0);
    }

    /// Independent: the sum of single densities. Wholly together: the second is known by the first.
    #[test]
    fn errors_that_last_are_counted_once() {
        let (r, s, m) = ([2.0, -1.0], [1.0, 2.0], [3.0, 4.0]);
        let apart = log_density_together(&r, &s, &m, &[1.0, 0.0, 0.0, 1.0]);
        let one = |k: usize| {
            let figure = Observation {
                value: r[k],
                printed: Printed::Exact,
                sd: s[k],
            };
            figure.log_likelihood(0.0, m[k])
        };
        assert!((apart - one(0) - one(1)).abs() < 1e-12);
        // Covariance 10, 12 by 12, 20; determinant 56; by the formula of two dimensions.
        let found = log_density_together(&r, &s, &m, &[1.0; 4]);
        let square = (20.0 * 4.0 + 2.0 * 12.0 * 2.0 + 10.0) / 56.0;
        let expected =
            -0.5 * square - 0.5 * libm::log(56.0) - libm::log(2.0 * std::f64::consts::PI);
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
        assert!(log_density_together(&[f64::NAN], &[1.0], &[1.0], &[1.0]).is_nan());
    }

    #[test]
    fn a_bound_is_an_inequality() {
        check(Printed::AtLeast, 100.0, 0.0, libm::log(0.5));
        check(Printed::AtLeast, 200.0, 0.0, 0.0);
        check(Printed::AtMost, 10.0, 0.0, 0.0);
        let below = observation(Printed::AtLeast).log_likelihood(85.0, 0.0);
        assert!((below - libm::log(2.866_515_718_791_939e-7)).abs() < 1e-9);
        let far = observation(Printed::AtMost).log_likelihood(1e6, 0.0);
        assert!(far.is_finite() && far < -1e9);
        assert!(
            observation(Printed::AtMost)
                .log_likelihood(f64::NAN, 0.0)
                .is_nan()
        );
    }

    #[test]
    fn the_nearer_row_of_the_table_holds() {
        let row = |status: &str, vintage: Option<&str>, spread| ErrorRow {
            status: status.to_owned(),
            vintage: vintage.map(str::to_owned),
            spread,
        };
        let table = ErrorTable {
            rows: vec![
                row("final", None, Spread::Relative(0.01)),
                row("final", Some("census"), Spread::Relative(0.005)),
                row("estimate", None, Spread::Absolute(12.0)),
                row("plan", None, Spread::Absolute(0.0)),
            ],
            about: 2.0,
        };
        let sd = |status, vintage, printed| table.sd(status, vintage, 200.0, printed);
        assert_eq!(sd("final", "", Printed::Exact), Some(2.0));
        assert_eq!(sd("final", "census", Printed::AtLeast), Some(1.0));
        assert_eq!(sd("estimate", "census", Printed::About), Some(24.0));
        assert_eq!(sd("plan", "", Printed::Exact), None);
        assert_eq!(sd("rumour", "", Printed::Exact), None);
    }
}
