//! Laws of random numbers: parameters and a place → one draw.
//!
//! A draw may take several uniform numbers, all of its own place, so that it never depends on
//! another draw. Every law is exact but for rounding. Only `libm`, so that its bits are the same on
//! every machine. Parameters outside of a law's range give NaN, which a run reports.

use std::f64::consts::PI;

use super::philox::{Place, Uniforms};

/// A law with one parameter or two; others are made from these and arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Law {
    /// From the first up to the second.
    Uniform,
    /// Mean and standard deviation.
    Normal,
    /// Mean 0 and deviation 1 within two bounds: drawn again while it is outside of them, at most
    /// [`MAX_TRIES`] times, then put on the nearer bound.
    StandardNormalWithin,
    /// Mean and standard deviation of the number itself, not of its logarithm; mean above 0.
    LogNormal,
    /// Mean.
    Exponential,
    /// Mean from 0 to 2⁵³.
    Poisson,
    /// Shape and scale.
    Weibull,
    /// Shape and scale.
    Gamma,
    /// Two shapes.
    Beta,
    /// Successes of a number of trials (a fraction is cut off, at most 2⁵³) with a probability.
    Binomial,
    /// Failures before the first success; probability above 0, at most 1.
    Geometric,
    /// Mean and scale.
    Logistic,
    /// Shape and scale, the smallest value.
    Pareto,
    /// From 0 to 1 with the mode as parameter.
    StandardTriangular,
}

/// Tries of a law that draws again.
const MAX_TRIES: usize = 200;

/// Whole numbers up to here are told apart.
const MAX_WHOLE: f64 = 9_007_199_254_740_992.0;

impl Law {
    /// How many parameters it takes.
    pub(crate) const fn n_parameters(self) -> usize {
        match self {
            Self::Exponential | Self::Poisson | Self::Geometric | Self::StandardTriangular => 1,
            _ => 2,
        }
    }

    /// Whether parameters that are in order, or a scale, are so; what a shape or count must be is
    /// asked where it is used.
    fn is_law(self, a: f64, b: f64) -> bool {
        match self {
            Self::Uniform => a <= b,
            // A deviation of 0 leaves no bound to compare.
            Self::StandardNormalWithin => a <= b || a.is_nan() || b.is_nan(),
            Self::Exponential => a >= 0.0,
            Self::LogNormal => a > 0.0 && b >= 0.0,
            Self::Normal | Self::Weibull | Self::Gamma | Self::Logistic => b >= 0.0,
            Self::Pareto => b > 0.0,
            Self::Binomial => (0.0..=1.0).contains(&b),
            Self::Poisson | Self::Beta | Self::Geometric | Self::StandardTriangular => true,
        }
    }

    /// A draw; NaN without a place, that is for a seed that is none. A law of one parameter does
    /// not look at the second.
    pub(crate) fn draw(self, [a, b]: [f64; 2], place: Option<Place>) -> f64 {
        let Some(place) = place.filter(|_| self.is_law(a, b)) else {
            return f64::NAN;
        };
        let mut uniforms = place.uniforms();
        let from = &mut uniforms;
        match self {
            Self::Uniform => a + (b - a) * from.next_from_zero(),
            Self::Normal => a + b * standard_normal(from),
            Self::StandardNormalWithin => normal_within(a, b, from),
            Self::LogNormal => log_normal(a, b, from),
            Self::Exponential => a * standard_exponential(from),
            Self::Poisson => poisson(a, from),
            Self::Weibull => b * power_law(standard_exponential(from), a),
            Self::Gamma => b * standard_gamma(a, from),
            Self::Beta => beta(a, b, from),
            Self::Binomial => binomial(a, b, from),
            Self::Geometric => geometric(a, from),
            Self::Logistic => a + b * logit(from.next_open()),
            Self::Pareto => b / power_law(from.next_open(), a),
            Self::StandardTriangular => standard_triangular(a, from),
        }
    }
}

/// A normal number of mean 0 and deviation 1, by the form of Box and Muller (1958): the same two
/// uniform numbers for every draw.
pub fn standard_normal(from: &mut Uniforms) -> f64 {
    let radius = libm::sqrt(2.0 * standard_exponential(from));
    radius * libm::cos(2.0 * PI * from.next_from_zero())
}

fn normal_within(low: f64, high: f64, from: &mut Uniforms) -> f64 {
    let mut z = standard_normal(from);
    for _ in 1..MAX_TRIES {
        if z >= low && z <= high {
            break;
        }
        z = standard_normal(from);
    }
    // Bounds that no number lies within leave the draw as it is; the caller's bounds hold.
    let z = if z < low && low.is_finite() { low } else { z };
    if z > high && high.is_finite() {
        high
    } else {
        z
    }
}

fn log_normal(mean: f64, deviation: f64, from: &mut Uniforms) -> f64 {
    let spread = deviation / mean;
    let variance = libm::log1p(spread * spread);
    // The logarithm of a negative mean is NaN.
    let middle = libm::log(mean) - 0.5 * variance;
    libm::exp(middle + libm::sqrt(variance) * standard_normal(from))
}

fn standard_exponential(from: &mut Uniforms) -> f64 {
    -libm::log(from.next_open())
}

fn logit(u: f64) -> f64 {
    libm::log(u / (1.0 - u))
}

/// `x` to the power of one over a shape, which is above 0.
fn power_law(x: f64, shape: f64) -> f64 {
    if shape > 0.0 {
        libm::pow(x, 1.0 / shape)
    } else {
        f64::NAN
    }
}

fn standard_triangular(mode: f64, from: &mut Uniforms) -> f64 {
    let u = from.next_from_zero();
    match mode {
        _ if !(0.0..=1.0).contains(&mode) => f64::NAN,
        _ if u < mode => libm::sqrt(u * mode),
        _ => 1.0 - libm::sqrt((1.0 - u) * (1.0 - mode)),
    }
}

/// Scale 1. Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26
/// (2000); a shape below 1 by their section 6.
fn standard_gamma(shape: f64, from: &mut Uniforms) -> f64 {
    match shape {
        _ if shape >= 1.0 && shape.is_finite() => gamma_from_one(shape, from),
        _ if shape > 0.0 && shape < 1.0 => {
            gamma_from_one(shape + 1.0, from) * libm::pow(from.next_open(), 1.0 / shape)
        }
        _ => f64::NAN,
    }
}

fn gamma_from_one(shape: f64, from: &mut Uniforms) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    // More than 95 in 100 tries are taken, so that the last line is never reached.
    for _ in 0..MAX_TRIES {
        let x = standard_normal(from);
        let root = 1.0 + c * x;
        let v = root * root * root;
        let u = from.next_open();
        if v > 0.0 && libm::log(u) < 0.5 * x * x + d - d * v + d * libm::log(v) {
            return d * v;
        }
    }
    d
}

fn beta(a: f64, b: f64, from: &mut Uniforms) -> f64 {
    let (x, y) = (standard_gamma(a, from), standard_gamma(b, from));
    x / (x + y)
}

fn geometric(probability: f64, from: &mut Uniforms) -> f64 {
    match probability {
        _ if probability > 0.0 && probability < 1.0 => {
            libm::floor(libm::log(from.next_open()) / libm::log1p(-probability))
        }
        1.0 => 0.0,
        _ => f64::NAN,
    }
}

/// Trials are halved by the middle one of their uniform numbers in order, which is a beta number,
/// until few are left (Knuth, The Art of Computer Programming 2, 3.4.1).
fn binomial(trials: f64, probability: f64, from: &mut Uniforms) -> f64 {
    let (mut n, mut p) = (libm::floor(trials), probability);
    if !(0.0..=MAX_WHOLE).contains(&n) || p.is_nan() {
        return f64::NAN;
    }
    let mut successes = 0.0;
    while n > 16.0 && p > 0.0 && p < 1.0 {
        let middle = 1.0 + libm::floor(n / 2.0);
        let x = beta(middle, n + 1.0 - middle, from);
        if x >= p {
            n = middle - 1.0;
            p /= x;
        } else {
            successes += middle;
            n -= middle;
            p = (p - x) / (1.0 - x);
        }
    }
    match p {
        _ if p <= 0.0 => successes,
        _ if p >= 1.0 => successes + n,
        _ => {
            let hits = (0..n as u32).filter(|_| from.next_from_zero() < p);
            successes + hits.count() as f64
        }
    }
}

/// A mean is made small by the time of an event far ahead, which is a gamma number: Ahrens and
/// Dieter, "Computer methods for sampling from gamma, beta, Poisson and binomial distributions",
/// Computing 12 (1974).
fn poisson(mean: f64, from: &mut Uniforms) -> f64 {
    if !(0.0..=MAX_WHOLE).contains(&mean) {
        return f64::NAN;
    }
    let (mut events, mut left) = (0.0, mean);
    while left > 12.0 {
        let ahead = libm::floor(0.875 * left);
        let time = standard_gamma(ahead, from);
        if time > left {
            return events + binomial(ahead - 1.0, left / time, from);
        }
        events += ahead;
        left -= time;
    }
    let until = libm::exp(-left);
    let mut product = from.next_open();
    while product > until {
        events += 1.0;
        product *= from.next_open();
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: usize = 10_000;

    fn draws(law: Law, parameters: [f64; 2]) -> Vec<f64> {
        let place = |step| Some(Place::of_run(2026, 3, 5, step));
        (0..N)
            .map(|step| law.draw(parameters, place(step)))
            .collect()
    }

    /// The largest distance between the draws' distribution and the law's is within that of one
    /// in a thousand samples (Kolmogorov and Smirnov).
    #[track_caller]
    fn check(law: Law, parameters: [f64; 2], below: impl Fn(f64) -> f64) {
        let mut sorted = draws(law, parameters);
        sorted.sort_unstable_by(f64::total_cmp);
        let n = N as f64;
        let distance = sorted.iter().enumerate().fold(0.0, |most: f64, (k, &x)| {
            let (k, p) = (k as f64, below(x));
            most.max(p - k / n).max((k + 1.0) / n - p)
        });
        assert!(distance * n.sqrt() < 1.95, "{law:?} is off by {distance}");
    }

    /// Every count is within five deviations of what its probability says.
    #[track_caller]
    fn check_counts(law: Law, parameters: [f64; 2], probability: impl Fn(usize) -> f64) {
        let all = draws(law, parameters);
        let n = N as f64;
        let mut counts = vec![0.0; 2000];
        for x in all {
            assert_eq!(x, x.floor());
            counts[x as usize] += 1.0;
        }
        for (k, count) in counts.into_iter().enumerate() {
            let p = probability(k);
            let allowed = 5.0 * (n * p * (1.0 - p)).sqrt() + 2.0;
            assert!(
                (count - n * p).abs() < allowed,
                "{law:?} {k}: {count}, not {}",
                n * p
            );
        }
    }

    #[track_caller]
    fn check_moments(law: Law, parameters: [f64; 2], mean: f64, deviation: f64) {
        let all = draws(law, parameters);
        let n = N as f64;
        let found = all.iter().sum::<f64>() / n;
        let spread = (all.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / n).sqrt();
        assert!(
            (found - mean).abs() < 5.0 * deviation / n.sqrt(),
            "{law:?}: mean {found}"
        );
        assert!(
            (spread / deviation - 1.0).abs() < 0.05,
            "{law:?}: deviation {spread}"
        );
    }

    fn normal_below(z: f64) -> f64 {
        0.5 * libm::erfc(-z / 2f64.sqrt())
    }

    /// Chance of so many of a known mean, by the gamma function.
    fn poisson_chance(mean: f64, k: usize) -> f64 {
        libm::exp(k as f64 * libm::log(mean) - mean - libm::lgamma(k as f64 + 1.0))
    }

    fn binomial_chance(n: f64, p: f64, k: usize) -> f64 {
        let k = k as f64;
        if k > n {
            return 0.0;
        }
        let ways = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        libm::exp(ways + k * libm::log(p) + (n - k) * libm::log1p(-p))
    }

    #[test]
    fn continuous_laws_have_their_distributions() {
        check(Law::Uniform, [-2.0, 6.0], |x| (x + 2.0) / 8.0);
        check(Law::Normal, [3.0, 2.0], |x| normal_below((x - 3.0) / 2.0));
        check(Law::Exponential, [4.0, 0.0], |x| 1.0 - libm::exp(-x / 4.0));
        check(Law::Weibull, [2.0, 3.0], |x| {
            1.0 - libm::exp(-(x / 3.0) * (x / 3.0))
        });
        check(Law::Logistic, [1.0, 2.0], |x| {
            1.0 / (1.0 + libm::exp(-(x - 1.0) / 2.0))
        });
        check(Law::Pareto, [3.0, 2.0], |x| 1.0 - libm::pow(2.0 / x, 3.0));
        check(Law::Gamma, [2.0, 3.0], |x| {
            1.0 - libm::exp(-x / 3.0) * (1.0 + x / 3.0)
        });
        check(Law::Gamma, [0.5, 1.0], |x| libm::erf(x.sqrt()));
        check(Law::Beta, [2.0, 3.0], |x| {
            x * x * (6.0 - 8.0 * x + 3.0 * x * x)
        });
        let (variance, mean) = (libm::log1p(1.25), 10.0);
        check(Law::LogNormal, [mean, mean * 1.25f64.sqrt()], |x| {
            normal_below((libm::log(x / mean) + variance / 2.0) / variance.sqrt())
        });
    }

    #[test]
    fn bounded_laws_keep_their_bounds() {
        let half = |x: f64| (normal_below(x) - 0.5) / (normal_below(1.5) - 0.5);
        check(Law::StandardNormalWithin, [0.0, 1.5], half);
        let rising = |x: f64| {
            if x < 0.25 {
                4.0 * x * x
            } else {
                1.0 - (1.0 - x) * (1.0 - x) / 0.75
            }
        };
        check(Law::StandardTriangular, [0.25, 0.0], rising);
        let far = draws(Law::StandardNormalWithin, [40.0, 50.0]);
        assert!(far.iter().all(|x| *x == 40.0));
    }

    #[test]
    fn counting_laws_have_their_chances() {
        check_counts(Law::Poisson, [3.0, 0.0], |k| poisson_chance(3.0, k));
        check_counts(Law::Poisson, [70.5, 0.0], |k| poisson_chance(70.5, k));
        check_counts(Law::Binomial, [10.7, 0.3], |k| {
            binomial_chance(10.0, 0.3, k)
        });
        check_counts(Law::Binomial, [900.0, 0.15], |k| {
            binomial_chance(900.0, 0.15, k)
        });
        check_counts(Law::Geometric, [0.3, 0.0], |k| {
            0.3 * libm::pow(0.7, k as f64)
        });
        assert_eq!(draws(Law::Binomial, [50.0, 1.0])[0], 50.0);
    }

    #[test]
    fn large_counts_have_their_moments() {
        check_moments(Law::Poisson, [1e9, 0.0], 1e9, 1e9f64.sqrt());
        check_moments(Law::Binomial, [1e12, 0.4], 4e11, 2.4e11f64.sqrt());
        check_moments(Law::Gamma, [300.0, 2.0], 600.0, 2.0 * 300f64.sqrt());
        check_moments(Law::LogNormal, [10.0, 2.0], 10.0, 2.0);
    }

    #[test]
    fn parameters_without_a_law_give_no_number() {
        for (law, parameters) in [
            (Law::Uniform, [5.0, 1.0]),
            (Law::Uniform, [f64::NAN, 1.0]),
            (Law::Normal, [0.0, -1.0]),
            (Law::StandardNormalWithin, [1.0, -1.0]),
            (Law::LogNormal, [-1.0, 1.0]),
            (Law::LogNormal, [1.0, -1.0]),
            (Law::Exponential, [-1.0, 0.0]),
            (Law::Weibull, [1.0, -1.0]),
            (Law::Weibull, [0.0, 1.0]),
            (Law::Gamma, [1.0, -1.0]),
            (Law::Logistic, [0.0, -1.0]),
            (Law::Pareto, [1.0, 0.0]),
            (Law::Binomial, [20.0, 1.5]),
            (Law::Binomial, [20.0, -0.1]),
            (Law::Geometric, [1.5, 0.0]),
            (Law::Poisson, [-1.0, 0.0]),
            (Law::Poisson, [f64::INFINITY, 0.0]),
            (Law::Gamma, [0.0, 1.0]),
            (Law::Beta, [1.0, -1.0]),
            (Law::Binomial, [-1.0, 0.5]),
            (Law::Binomial, [20.0, f64::NAN]),
            (Law::Geometric, [0.0, 0.0]),
            (Law::Pareto, [0.0, 1.0]),
            (Law::StandardTriangular, [1.5, 0.0]),
        ] {
            assert!(
                law.draw(parameters, Some(Place::of_run(0, 0, 0, 0)))
                    .is_nan(),
                "{law:?}"
            );
        }
        assert!(Law::Normal.draw([0.0, 1.0], None).is_nan());
    }

    #[test]
    fn neighbours_know_nothing_of_each_other() {
        let stream = |stream: u32, from: usize| -> Vec<f64> {
            let place = |step| Some(Place::of_run(1, 0, stream, from + step));
            (0..N)
                .map(|step| Law::Normal.draw([0.0, 1.0], place(step)))
                .collect()
        };
        let first = stream(0, 0);
        for other in [stream(1, 0), stream(0, 1), stream(2, 7)] {
            let product = first.iter().zip(&other).map(|(a, b)| a * b).sum::<f64>();
            assert!((product / N as f64).abs() < 5.0 / (N as f64).sqrt());
        }
    }

    /// Refreshed only when the laws change on purpose: a saved run would no longer be repeated.
    #[test]
    fn draws_stay_what_they_are() {
        let laws = [
            (Law::Uniform, [0.0, 1.0]),
            (Law::Normal, [0.0, 1.0]),
            (Law::Gamma, [0.7, 2.0]),
            (Law::Poisson, [30.0, 0.0]),
            (Law::Binomial, [100.0, 0.3]),
        ];
        let found: Vec<String> = laws
            .iter()
            .map(|(law, p)| format!("{:?}", law.draw(*p, Some(Place::of_run(1, 2, 3, 4)))))
            .collect();
        expect_test::expect![[r#"
            0.7071584571738868
            -0.6764623574926661
            0.5400743413372034
            33.0
            36.0"#]]
        .assert_eq(&found.join("\n"));
    }
}
