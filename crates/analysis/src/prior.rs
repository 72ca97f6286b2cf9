//! What is known of a parameter before any record: a law within a range.
//!
//! A law that reaches further than its range is cut off there and normalised again. A parameter
//! after its fit is compared with its prior by [`narrowing`].

use tidemark_engine::Uniforms;

use crate::bounds::Bounds;
use crate::convergence::quantile;
use crate::law::{
    beta_below, beta_quantile, bisected, log_beta_density, log_normal_density, normal_below,
    normal_quantile,
};
use crate::points::Points;

/// A distribution before it is cut off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Law {
    /// The same density everywhere in the range, which has two ends.
    Uniform,
    /// Mean and standard deviation.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, above 0.
        sd: f64,
    },
    /// Of a number above 0.
    LogNormal {
        /// Median of the number itself.
        median: f64,
        /// Standard deviation of its logarithm, above 0.
        log_sd: f64,
    },
    /// Rises from the lower end of the range to the mode and falls to the upper one.
    Triangular {
        /// Most likely value, within the range.
        mode: f64,
    },
    /// A beta number stretched over the range.
    Beta {
        /// Both shapes, above 0.
        shapes: [f64; 2],
    },
}

/// Why there is no such prior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PriorError {
    /// No room between the ends, or one end missing where the law needs both.
    #[error("the range has no room or misses an end")]
    BadRange,
    /// A parameter of the law is not finite or not in its own range.
    #[error("a parameter of the law is out of its range")]
    BadLaw,
    /// The law has practically nothing within the range.
    #[error("the law has less than a millionth of its chance within the range")]
    Apart,
}

/// A law within a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    law: Law,
    bounds: Bounds,
    /// Chances of the uncut law below the lower end and below the upper one.
    cut: [f64; 2],
}

impl Prior {
    /// A law cut off at the ends of a range, which may be infinite for the (log-)normal law.
    ///
    /// # Errors
    /// See [`PriorError`].
    pub fn new(law: Law, bounds: Bounds) -> Result<Self, PriorError> {
        let Bounds { low, high } = bounds;
        let positive = |x: f64| x > 0.0 && x.is_finite();
        let is_law = match law {
            Law::Uniform => true,
            Law::Normal { mean, sd } => mean.is_finite() && positive(sd),
            Law::LogNormal { median, log_sd } => positive(median) && positive(log_sd),
            Law::Triangular { mode } => (low..=high).contains(&mode),
            Law::Beta { shapes } => shapes.iter().all(|s| positive(*s)),
        };
        let may_be_endless = matches!(law, Law::Normal { .. } | Law::LogNormal { .. });
        let has_ends = low.is_finite() && high.is_finite();
        if !bounds.is_open() || !(has_ends || may_be_endless) {
            return Err(PriorError::BadRange);
        }
        if !is_law {
            return Err(PriorError::BadLaw);
        }
        let uncut = Self {
            law,
            bounds,
            cut: [0.0, 1.0],
        };
        let cut = [uncut.law_below(low), uncut.law_below(high)];
        if cut[1] - cut[0] < 1e-6 {
            return Err(PriorError::Apart);
        }
        // A law of logarithms has its own end at 0.
        let is_log = matches!(law, Law::LogNormal { .. });
        let low = if is_log { low.max(0.0) } else { low };
        Ok(Self {
            law,
            bounds: Bounds { low, high },
            cut,
        })
    }

    /// The PERT law of project planning: a beta law whose mean is (low + 4 mode + high) / 6
    /// (Malcolm, Roseboom, Clark, Fazar, Operations Research 7, 1959).
    ///
    /// # Errors
    /// See [`PriorError`].
    pub fn pert(mode: f64, bounds: Bounds) -> Result<Self, PriorError> {
        let Bounds { low, high } = bounds;
        if !(low.is_finite() && high.is_finite() && bounds.is_open()) {
            return Err(PriorError::BadRange);
        }
        if !(low..=high).contains(&mode) {
            return Err(PriorError::BadLaw);
        }
        let place = (mode - low) / (high - low);
        let shapes = [1.0 + 4.0 * place, 1.0 + 4.0 * (1.0 - place)];
        Self::new(Law::Beta { shapes }, bounds)
    }

    /// Where the parameter may lie.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Logarithm of the density; minus infinity outside of the range, NaN of NaN.
    pub fn log_density(&self, x: f64) -> f64 {
        let Bounds { low, high } = self.bounds;
        match x {
            _ if x.is_nan() => return f64::NAN,
            _ if x < low || x > high => return f64::NEG_INFINITY,
            _ => {}
        }
        let width = high - low;
        let log_law = match self.law {
            Law::Uniform => -libm::log(width),
            Law::Normal { mean, sd } => log_normal_density((x - mean) / sd) - libm::log(sd),
            Law::LogNormal { .. } if x <= 0.0 => return f64::NEG_INFINITY,
            Law::LogNormal { median, log_sd } => {
                log_normal_density(libm::log(x / median) / log_sd) - libm::log(log_sd * x)
            }
            Law::Triangular { mode } => {
                let part = if x < mode {
                    (x - low) / (mode - low)
                } else if high > mode {
                    (high - x) / (high - mode)
                } else {
                    1.0
                };
                libm::log(2.0 * part / width)
            }
            Law::Beta { shapes } => log_beta_density((x - low) / width, shapes) - libm::log(width),
        };
        log_law - libm::log(self.cut[1] - self.cut[0])
    }

    /// Chance that the parameter is below `x`.
    pub fn below(&self, x: f64) -> f64 {
        let [under, over] = self.cut;
        ((self.law_below(x) - under) / (over - under)).clamp(0.0, 1.0)
    }

    /// Value below which the parameter lies with chance `p`; NaN for a chance outside of 0 to 1.
    /// With uniform numbers for `p` this draws from the prior.
    pub fn quantile(&self, p: f64) -> f64 {
        let Bounds { low, high } = self.bounds;
        match p {
            0.0 => return low,
            1.0 => return high,
            _ if !(0.0..=1.0).contains(&p) => return f64::NAN,
            _ => {}
        }
        let whole = self.cut[0] + p * (self.cut[1] - self.cut[0]);
        let x = match self.law {
            Law::Uniform => low + p * (high - low),
            Law::Normal { mean, sd } => mean + sd * normal_quantile(whole),
            Law::LogNormal { median, log_sd } => {
                median * libm::exp(log_sd * normal_quantile(whole))
            }
            Law::Triangular { .. } => bisected(p, [low, high], |x| self.law_below(x)),
            Law::Beta { shapes } => low + (high - low) * beta_quantile(p, shapes),
        };
        x.clamp(low, high)
    }

    fn law_below(&self, x: f64) -> f64 {
        let Bounds { low, high } = self.bounds;
        let part = (x - low) / (high - low);
        match self.law {
            Law::Uniform => part.clamp(0.0, 1.0),
            Law::Normal { mean, sd } => normal_below((x - mean) / sd),
            Law::LogNormal { .. } if x <= 0.0 => 0.0,
            Law::LogNormal { median, log_sd } => normal_below(libm::log(x / median) / log_sd),
            Law::Triangular { .. } if x <= low => 0.0,
            Law::Triangular { .. } if x >= high => 1.0,
            Law::Triangular { mode } if x < mode => part * (x - low) / (mode - low),
            Law::Triangular { mode } => 1.0 - (1.0 - part) * ((high - x) / (high - mode)),
            Law::Beta { shapes } => beta_below(part, shapes),
        }
    }
}

/// Purpose of the random numbers, see [`Uniforms::of_study`].
const PURPOSE: u8 = 3;

/// Independent draws of parameters from their priors, one set a row: starts for a fit, or an
/// ensemble without one. Row by row the same, however many are asked for.
pub fn draws(priors: &[Prior], count: usize, seed: u64) -> Points {
    let mut sets = Points::zeros(count, priors.len());
    for row in 0..count {
        let mut uniforms = Uniforms::of_study(seed, PURPOSE, row as u64);
        for (column, prior) in priors.iter().enumerate() {
            sets.set(row, column, prior.quantile(uniforms.next_open()));
        }
    }
    sets
}

/// How much a fit has told about a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Narrowing {
    /// 10th, 50th and 90th percentile before the fit.
    pub prior: [f64; 3],
    /// The same of the draws.
    pub posterior: [f64; 3],
    /// Part of the prior's 80 % range that is gone: 0 is nothing, below 0 the range has grown.
    pub share: f64,
    /// Standard error of `share` from the number of draws.
    pub error: f64,
}

impl Narrowing {
    /// Whether the draws cannot tell it from no narrowing at all: within two standard errors.
    /// The middle may have moved all the same.
    pub fn is_nil(&self) -> bool {
        self.share.is_nan() || self.share <= 2.0 * self.error
    }
}

/// The 80 % range of the draws against the prior's.
///
/// * `ess`: independent draws they are worth in their tails, at least 1. The error of a percentile
///   is half the distance of the percentiles one binomial deviation to either side.
pub fn narrowing(prior: &Prior, draws: &[f64], ess: f64) -> Narrowing {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |p: f64| quantile(&sorted, p);
    let before = [0.1, 0.5, 0.9].map(|p| prior.quantile(p));
    let after = [0.1, 0.5, 0.9].map(at);
    let deviation = (0.1 * 0.9 / ess.max(1.0)).sqrt();
    let error = |p: f64| 0.5 * (at(p + deviation) - at(p - deviation));
    let width = before[2] - before[0];
    Narrowing {
        prior: before,
        posterior: after,
        share: 1.0 - (after[2] - after[0]) / width,
        error: (error(0.1) * error(0.1) + error(0.9) * error(0.9)).sqrt() / width,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANGE: Bounds = Bounds {
        low: 0.5,
        high: 3.0,
    };

    fn all() -> Vec<Prior> {
        let normal = Law::Normal { mean: 1.0, sd: 0.8 };
        let log_normal = Law::LogNormal {
            median: 1.5,
            log_sd: 0.4,
        };
        let shapes = [2.0, 3.5];
        let triangular = |mode| Law::Triangular { mode };
        [Law::Uniform, normal, log_normal, Law::Beta { shapes }]
            .into_iter()
            .chain([0.5, 1.2, 3.0].map(triangular))
            .map(|law| Prior::new(law, RANGE).unwrap())
            .chain([Prior::pert(1.0, RANGE).unwrap()])
            .collect()
    }

    /// Simpson's rule over the range.
    fn integral(f: impl Fn(f64) -> f64) -> f64 {
        let n = 4000;
        let h = (RANGE.high - RANGE.low) / f64::from(n);
        let weight = |k: i32| match k {
            _ if k == 0 || k == n => 1.0,
            _ if k % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let each = (0..=n).map(|k| weight(k) * f(RANGE.low + h * f64::from(k)));
        each.sum::<f64>() * h / 3.0
    }

    #[test]
    fn every_density_is_one_in_all_and_agrees_with_its_chances() {
        for prior in all() {
            let density = |x| libm::exp(prior.log_density(x));
            assert!((integral(density) - 1.0).abs() < 1e-4, "{prior:?}");
            for k in 1..20 {
                let p = f64::from(k) / 20.0;
                let x = prior.quantile(p);
                assert!((prior.below(x) - p).abs() < 1e-10, "{prior:?} at {p}");
                let below = integral(|y| if y < x { density(y) } else { 0.0 });
                assert!((below - p).abs() < 2e-3, "{prior:?} at {p}: {below}");
            }
            assert_eq!(prior.log_density(3.1), f64::NEG_INFINITY);
            assert!(prior.log_density(f64::NAN).is_nan());
            assert_eq!([prior.quantile(0.0), prior.quantile(1.0)], [0.5, 3.0]);
        }
    }

    #[test]
    fn the_pert_law_has_its_mean() {
        let prior = Prior::pert(1.0, RANGE).unwrap();
        let mean = integral(|x| x * libm::exp(prior.log_density(x)));
        assert!((mean - (0.5 + 4.0 + 3.0) / 6.0).abs() < 1e-6);
    }

    #[test]
    fn a_law_without_ends_is_the_law_itself() {
        let normal = Law::Normal { mean: 2.0, sd: 3.0 };
        let prior = Prior::new(normal, Bounds::NONE).unwrap();
        assert!((prior.quantile(0.975) - (2.0 + 3.0 * 1.959_963_984_540_054)).abs() < 1e-12);
        assert_eq!(prior.below(2.0), 0.5);
        let law = Law::LogNormal {
            median: 5.0,
            log_sd: 0.3,
        };
        let prior = Prior::new(law, Bounds::NONE).unwrap();
        assert_eq!(prior.bounds().low, 0.0);
        assert!((prior.quantile(0.5) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn draws_have_the_chances_of_their_priors() {
        let sets = draws(&all(), 4000, 5);
        for (column, prior) in all().iter().enumerate() {
            let values = sets.column(column);
            let middle = prior.quantile(0.3);
            let below = values.iter().filter(|x| **x < middle).count() as f64 / 4000.0;
            assert!((below - 0.3).abs() < 0.03, "{prior:?}: {below}");
        }
        assert_eq!(draws(&all(), 9, 5).row(8), sets.row(8));
    }

    #[test]
    fn what_is_no_prior_is_refused() {
        let empty = Bounds {
            low: 1.0,
            high: 1.0,
        };
        let far = Law::Normal { mean: 9.0, sd: 0.1 };
        let flat = Law::Normal { mean: 1.0, sd: 0.0 };
        let refused = |law, bounds| Prior::new(law, bounds).unwrap_err();
        assert_eq!(refused(Law::Uniform, empty), PriorError::BadRange);
        assert_eq!(refused(Law::Uniform, Bounds::NONE), PriorError::BadRange);
        assert_eq!(refused(flat, RANGE), PriorError::BadLaw);
        assert_eq!(refused(far, RANGE), PriorError::Apart);
        assert_eq!(Prior::pert(4.0, RANGE), Err(PriorError::BadLaw));
    }

    #[test]
    fn narrowing_is_nil_where_the_draws_are_the_prior() {
        let prior = Prior::pert(1.0, RANGE).unwrap();
        let drawn = |squeeze: f64| -> Vec<f64> {
            let from = |k| Uniforms::of_study(3, 202, k).next_open();
            let middle = prior.quantile(0.5);
            let each = (0..4000).map(|k| middle + squeeze * (prior.quantile(from(k)) - middle));
            each.collect()
        };
        assert!(narrowing(&prior, &drawn(1.0), 4000.0).is_nil());
        assert!(narrowing(&prior, &drawn(1.5), 4000.0).is_nil());
        let half = narrowing(&prior, &drawn(0.5), 4000.0);
        assert!((half.share - 0.5).abs() < 3.0 * half.error && !half.is_nil());
        assert!((0.001..0.02).contains(&half.error), "{half:?}");
    }
}
