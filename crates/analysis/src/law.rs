//! The normal and the beta distribution on `libm`: densities, chances and quantiles.
//!
//! Priors, likelihoods and the ranks of R-hat are made from these.

use std::f64::consts::{PI, SQRT_2};

/// Chance that a standard normal number is below `z`.
pub fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / SQRT_2)
}

/// Logarithm of [`normal_below`], right where the chance itself is too small for a number.
pub fn log_normal_below(z: f64) -> f64 {
    if z > -30.0 {
        return libm::log(normal_below(z));
    }
    // Asymptotic series of the tail (DLMF 7.12.1), three terms: relative error below 2e-8 here.
    let square = 1.0 / (z * z);
    let series = -square + 3.0 * square * square - 15.0 * square * square * square;
    log_normal_density(z) - libm::log(-z) + libm::log1p(series)
}

/// Logarithm of the standard normal density.
pub fn log_normal_density(z: f64) -> f64 {
    -0.5 * (z * z + libm::log(2.0 * PI))
}

/// The number below which a standard normal one lies with chance `p`; infinite at 0 and 1, NaN
/// beyond.
///
/// Start: Abramowitz and Stegun 26.2.23 (error below 4.5e-4); two steps of Halley's method on
/// [`normal_below`] bring it to rounding.
pub fn normal_quantile(p: f64) -> f64 {
    match p {
        _ if !(0.0..=1.0).contains(&p) => return f64::NAN,
        0.0 => return f64::NEG_INFINITY,
        1.0 => return f64::INFINITY,
        _ if p > 0.5 => return -normal_quantile(1.0 - p),
        _ => {}
    }
    let t = (-2.0 * libm::log(p)).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = above / below - t;
    for _ in 0..2 {
        let density = libm::exp(log_normal_density(z));
        if density > 0.0 {
            let step = (normal_below(z) - p) / density;
            z -= step / (1.0 + 0.5 * z * step);
        }
    }
    z
}

/// Logarithm of the density of a beta number of two shapes; minus infinity outside of 0 to 1.
pub fn log_beta_density(x: f64, [a, b]: [f64; 2]) -> f64 {
    if !(0.0..=1.0).contains(&x) {
        return f64::NEG_INFINITY;
    }
    power_part(a - 1.0, libm::log(x)) + power_part(b - 1.0, libm::log1p(-x)) - log_beta(a, b)
}

/// `exponent × log`, where 0 times the logarithm of 0 is 0.
fn power_part(exponent: f64, log: f64) -> f64 {
    if exponent == 0.0 { 0.0 } else { exponent * log }
}

fn log_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// Chance that a beta number is below `x`: the regularised incomplete beta function, by its
/// continued fraction (DLMF 8.17.22) with the method of Lentz.
pub fn beta_below(x: f64, [a, b]: [f64; 2]) -> f64 {
    match x {
        _ if x.is_nan() => return f64::NAN,
        _ if x <= 0.0 => return 0.0,
        _ if x >= 1.0 => return 1.0,
        // The fraction runs fast on this side of the mean only.
        _ if x > (a + 1.0) / (a + b + 2.0) => return 1.0 - beta_below(1.0 - x, [b, a]),
        _ => {}
    }
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - log_beta(a, b)) / a;
    front / beta_fraction(x, a, b)
}

/// Terms of the fraction, far more than shapes below some thousands need.
const MOST_TERMS: usize = 500;

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let (mut value, mut c, mut d) = (1.0, 1.0, 0.0);
    for k in 1..MOST_TERMS {
        let m = (k / 2) as f64;
        let term = if k % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        d = 1.0 / away(1.0 + term * d);
        c = away(1.0 + term / c);
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// The number below which a beta number lies with chance `p`.
pub fn beta_quantile(p: f64, shapes: [f64; 2]) -> f64 {
    bisected(p, [0.0, 1.0], |x| beta_below(x, shapes))
}

/// Where a rising function is `p`, between two ends; NaN for a chance outside of 0 to 1.
pub fn bisected(p: f64, [mut low, mut high]: [f64; 2], below: impl Fn(f64) -> f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    for _ in 0..200 {
        let middle = low + 0.5 * (high - low);
        if middle <= low || middle >= high {
            break;
        }
        if below(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + 0.5 * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64, relative: f64) {
        let off = (found / expected - 1.0).abs();
        assert!(off < relative, "{found}, not {expected}: off by {off}");
    }

    /// Quantiles as Python's `statistics.NormalDist` has them; the far tail by twelve terms of its
    /// asymptotic series.
    #[test]
    fn normal_numbers_are_the_known_ones() {
        near(normal_quantile(0.975), 1.959_963_984_540_054, 1e-14);
        near(normal_quantile(0.1), -1.281_551_565_544_600_4, 1e-14);
        near(normal_quantile(1e-10), -6.361_340_902_404_056, 1e-13);
        assert!(normal_quantile(0.5).abs() < 1e-15);
        near(log_normal_below(-40.0), -804.608_442_013_754, 1e-10);
        near(
            log_normal_below(-30.000_001),
            log_normal_below(-29.999_999),
            1e-6,
        );
        assert!(normal_quantile(1.5).is_nan());
    }

    #[test]
    fn a_quantile_gives_its_chance_back() {
        for k in 1..100 {
            let p = f64::from(k) / 100.0;
            near(normal_below(normal_quantile(p)), p, 1e-14);
            for shapes in [[2.0, 4.0], [0.5, 0.5], [5.0, 1.0], [30.0, 300.0]] {
                near(beta_below(beta_quantile(p, shapes), shapes), p, 1e-10);
            }
        }
    }

    /// Closed forms: shapes (2, 3) and the arcsine law.
    #[test]
    fn the_beta_distribution_is_the_polynomial_of_whole_shapes() {
        for k in 1..20 {
            let x = f64::from(k) / 20.0;
            let below = x * x * (6.0 - 8.0 * x + 3.0 * x * x);
            near(beta_below(x, [2.0, 3.0]), below, 1e-12);
            near(
                beta_below(x, [0.5, 0.5]),
                2.0 / PI * libm::asin(x.sqrt()),
                1e-12,
            );
            let density = 12.0 * x * (1.0 - x) * (1.0 - x);
            near(libm::exp(log_beta_density(x, [2.0, 3.0])), density, 1e-12);
        }
        assert_eq!(log_beta_density(1.2, [2.0, 3.0]), f64::NEG_INFINITY);
    }
}
