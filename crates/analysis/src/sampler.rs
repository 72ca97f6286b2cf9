//! A log density over bounded parameters → draws from it, by several chains of adaptive Metropolis.
//!
//! Steps are normal with the covariance of the draws so far (Haario, Saksman, Tamminen, Bernoulli 7,
//! 2001), learned from all chains (Craiu, Rosenthal, Yang, JASA 104, 2009), their size tuned to the
//! acceptance wanted (Andrieu, Thoms, Stat. Comput. 18, 2008). All of it stops with the warm-up, so
//! that kept draws come from a fixed chain each and R-hat means what it says; DE-MC's would not.

mod settle;

use tidemark_engine::{Uniforms, standard_normal};

use crate::bounds::Bounds;
use crate::convergence::Convergence;
use crate::matrix::{covariance, triangular_root};
use crate::points::Points;

pub use settle::{Settled, settle};

/// Purpose of the random numbers of chains, see [`Uniforms::of_study`].
const PURPOSE: u8 = 1;
/// Rows of random numbers of one chain, more than there is ever time for.
const CHAIN_ROWS: u64 = 1 << 40;
/// Steps of the first window of the warm-up, each next one twice as long.
const FIRST_WINDOW: usize = 50;

/// How long and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Chains, at least 2; all are evaluated together, so a multiple of 8 fills a batch.
    pub chains: usize,
    /// Steps of each chain that adapt and are thrown away, at least 200.
    pub warm_up: usize,
    /// Draws of each chain that are kept, at least 8.
    pub draws: usize,
    /// Steps for each kept draw, at least 1.
    pub thin: usize,
    /// Same seed, same draws.
    pub seed: u64,
}

/// Why nothing was sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// A setting is below what it must be.
    #[error("chains ≥ 2, warm-up ≥ 200, draws ≥ 8 and thinning ≥ 1 are needed")]
    BadSettings,
    /// No parameter, or one without room between its bounds.
    #[error("parameter {index} has no room between its bounds")]
    NoRoom {
        /// Its place; 0 also when there is no parameter.
        index: usize,
    },
    /// Too few starts with a density.
    #[error("{found} of the starts have a density within the bounds, {wanted} are needed")]
    TooFewStarts {
        /// Starts that can be used.
        found: usize,
        /// One for each chain.
        wanted: usize,
    },
}

/// Draws and what they say of themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// All kept draws, chain after chain, `settings.draws` of each.
    pub draws: Points,
    /// Their log densities, as the closure gave them.
    pub log_densities: Vec<f64>,
    /// Part of the steps after the warm-up that were taken, for each chain.
    pub acceptance: Vec<f64>,
    /// For each parameter.
    pub convergence: Vec<Convergence>,
    /// Evaluations that gave NaN or plus infinity and were refused, warm-up included.
    pub n_not_a_density: usize,
}

impl Posterior {
    /// Whether every parameter's R-hat is at most, and both its ESS are at least, what is asked.
    pub fn has_converged(&self, r_hat: f64, ess: f64) -> bool {
        self.convergence
            .iter()
            .all(|c| c.r_hat <= r_hat && c.bulk_ess >= ess && c.tail_ess >= ess)
    }
}

/// Draws from a density, which need not be normalised.
///
/// * `bounds`: one for each parameter; no draw is outside.
/// * `starts`: more sets than chains where some may have no density; the first that have one are
///   taken. Draws of the prior, so that chains begin further apart than they end.
/// * `log_densities`: called once a step with one set a chain; writes their log densities, minus
///   infinity where there is none. It gets the first call with all starts.
///
/// # Errors
/// See [`SampleError`]; nothing else fails.
pub fn sample(
    bounds: &[Bounds],
    starts: &Points,
    settings: Settings,
    log_densities: impl FnMut(&Points, &mut [f64]),
) -> Result<Posterior, SampleError> {
    let Settings {
        chains,
        warm_up,
        draws,
        thin,
        ..
    } = settings;
    if chains < 2 || warm_up < 200 || draws < 8 || thin < 1 {
        return Err(SampleError::BadSettings);
    }
    if let Some(index) = bounds.iter().position(|b| !b.is_open()) {
        return Err(SampleError::NoRoom { index });
    }
    if bounds.is_empty() {
        return Err(SampleError::NoRoom { index: 0 });
    }
    let mut target = Target {
        bounds,
        log_densities,
        n_not_a_density: 0,
    };
    let states = target.begin(starts, chains)?;
    let mut walk = Walk::new(states, bounds.len(), PURPOSE, settings.seed);
    walk.warm_up(&mut target, warm_up);
    Ok(walk.keep(&mut target, settings))
}

/// Where a chain is.
#[derive(Debug, Clone)]
struct State {
    /// Without bounds.
    free: Vec<f64>,
    /// Of `free`, the slope of the way back included.
    log_free: f64,
    /// Of the parameters.
    log_density: f64,
}

struct Target<'a, F> {
    bounds: &'a [Bounds],
    log_densities: F,
    n_not_a_density: usize,
}

impl<F: FnMut(&Points, &mut [f64])> Target<'_, F> {
    fn begin(&mut self, starts: &Points, chains: usize) -> Result<Vec<State>, SampleError> {
        let rows = (0..starts.count()).map(|row| {
            let values = starts.row(row);
            let free = self.bounds.iter().zip(values).map(|(b, x)| b.free(x));
            free.collect::<Vec<f64>>()
        });
        let whole =
            |free: &Vec<f64>| free.len() == self.bounds.len() && free.iter().all(|y| y.is_finite());
        let inside: Vec<Vec<f64>> = rows.filter(whole).collect();
        let mut states = self.evaluate(inside);
        states.retain(|state| state.log_free.is_finite());
        if states.len() < chains {
            return Err(SampleError::TooFewStarts {
                found: states.len(),
                wanted: chains,
            });
        }
        states.truncate(chains);
        Ok(states)
    }

    fn evaluate(&mut self, free: Vec<Vec<f64>>) -> Vec<State> {
        let mut points = Points::zeros(free.len(), self.bounds.len());
        let mut slopes = vec![0.0; free.len()];
        for (row, values) in free.iter().enumerate() {
            for (column, (y, bounds)) in values.iter().zip(self.bounds).enumerate() {
                let (x, log_slope) = bounds.bounded(*y);
                points.set(row, column, x);
                slopes[row] += log_slope;
            }
        }
        let mut densities = vec![f64::NEG_INFINITY; free.len()];
        (self.log_densities)(&points, &mut densities);
        let states = free.into_iter().zip(densities).zip(slopes);
        states
            .map(|((free, log_density), log_slope)| {
                let is_density = log_density < f64::INFINITY;
                self.n_not_a_density += usize::from(!is_density);
                let log_free = if is_density {
                    log_density + log_slope
                } else {
                    f64::NEG_INFINITY
                };
                State {
                    free,
                    log_free,
                    log_density,
                }
            })
            .collect()
    }
}

/// All chains and the law of their steps.
struct Walk {
    states: Vec<State>,
    n: usize,
    purpose: u8,
    seed: u64,
    n_steps: u64,
    root: Vec<f64>,
    log_scale: f64,
}

impl Walk {
    fn new(states: Vec<State>, n: usize, purpose: u8, seed: u64) -> Self {
        let rows: Vec<Vec<f64>> = states.iter().map(|state| state.free.clone()).collect();
        // Chains that begin at one place tell no width: steps of 1 until the first window ends.
        let root = triangular_root(&covariance(&rows, n), n).unwrap_or_else(|| {
            let unit = |k: usize| if k.is_multiple_of(n + 1) { 1.0 } else { 0.0 };
            (0..n * n).map(unit).collect()
        });
        Self {
            states,
            n,
            purpose,
            seed,
            n_steps: 0,
            root,
            // The best size for a normal density of many dimensions (Roberts, Gelman, Gilks 1997).
            log_scale: libm::log(2.38 / (n as f64).sqrt()),
        }
    }

    /// One step of every chain; how probable taking it was, and whether it was taken.
    fn step<F: FnMut(&Points, &mut [f64])>(
        &mut self,
        target: &mut Target<'_, F>,
    ) -> Vec<(f64, bool)> {
        let scale = libm::exp(self.log_scale);
        let mut limits = Vec::with_capacity(self.states.len());
        let mut proposed = Vec::with_capacity(self.states.len());
        for (chain, state) in self.states.iter().enumerate() {
            let row = chain as u64 * CHAIN_ROWS + self.n_steps;
            let mut uniforms = Uniforms::of_study(self.seed, self.purpose, row);
            limits.push(libm::log(uniforms.next_open()));
            let z: Vec<f64> = (0..self.n)
                .map(|_| standard_normal(&mut uniforms))
                .collect();
            let moved = |i: usize| {
                let root = &self.root[i * self.n..][..=i];
                let step: f64 = root.iter().zip(&z).map(|(l, z)| l * z).sum();
                state.free[i] + scale * step
            };
            proposed.push((0..self.n).map(moved).collect());
        }
        self.n_steps += 1;
        let next = target.evaluate(proposed);
        let pairs = self.states.iter_mut().zip(next).zip(limits);
        pairs
            .map(|((state, next), limit)| {
                let log_ratio = next.log_free - state.log_free;
                let taken = limit < log_ratio;
                if taken {
                    *state = next;
                }
                (libm::exp(log_ratio.min(0.0)), taken)
            })
            .collect()
    }

    /// Windows of growing length: within one the size of steps is tuned, after it their shape.
    /// The last window, at least a third of all, keeps its shape and tunes the size to it.
    fn warm_up<F: FnMut(&Points, &mut [f64])>(&mut self, target: &mut Target<'_, F>, n: usize) {
        // Best acceptance in one dimension and in many (Gelman, Roberts, Gilks 1996).
        let wanted = if self.n == 1 { 0.44 } else { 0.234 };
        let (mut done, mut window) = (0, FIRST_WINDOW);
        while done < n {
            let left = n - done;
            let is_last = left < 3 * window;
            let length = if is_last { left } else { window };
            let mut seen = Vec::new();
            for k in 0..length {
                let outcomes = self.step(target);
                let mean = outcomes.iter().map(|(p, _)| p).sum::<f64>() / outcomes.len() as f64;
                let gain = libm::pow(k as f64 + 1.0, -0.6);
                self.log_scale += gain * (mean - wanted);
                if !is_last {
                    seen.extend(self.states.iter().map(|state| state.free.clone()));
                }
            }
            if !is_last && let Some(root) = triangular_root(&covariance(&seen, self.n), self.n) {
                self.root = root;
                self.log_scale = libm::log(2.38 / (self.n as f64).sqrt());
            }
            done += length;
            window *= 2;
        }
    }

    fn keep<F: FnMut(&Points, &mut [f64])>(
        mut self,
        target: &mut Target<'_, F>,
        settings: Settings,
    ) -> Posterior {
        let Settings { chains, draws, .. } = settings;
        let mut kept = Points::zeros(chains * draws, self.n);
        let mut log_densities = vec![0.0; chains * draws];
        let mut n_taken = vec![0.0; chains];
        for draw in 0..draws {
            for _ in 0..settings.thin {
                for (count, (_, taken)) in n_taken.iter_mut().zip(self.step(target)) {
                    *count += f64::from(u8::from(taken));
                }
            }
            for (chain, state) in self.states.iter().enumerate() {
                let row = chain * draws + draw;
                log_densities[row] = state.log_density;
                for (column, (y, bounds)) in state.free.iter().zip(target.bounds).enumerate() {
                    kept.set(row, column, bounds.bounded(*y).0);
                }
            }
        }
        let n_steps = (draws * settings.thin) as f64;
        let convergence = (0..self.n)
            .map(|column| {
                let parts: Vec<&[f64]> = kept.column(column).chunks(draws).collect();
                Convergence::of(&parts)
            })
            .collect();
        Posterior {
            convergence,
            draws: kept,
            log_densities,
            acceptance: n_taken.iter().map(|taken| taken / n_steps).collect(),
            n_not_a_density: target.n_not_a_density,
        }
    }
}
