//! Rows of a posterior, each with a companion that no figure may move → rows settled to theirs.
//!
//! What is fitted depends on what is assumed: with another tax elasticity the same record means
//! another drift. Draws of the assumed numbers beside a fit made at their middle would not meet the
//! record; so every row walks on, its companion fixed, until it has forgotten where it began: draws
//! of a cut posterior (Plummer, Statistics and Computing 25, 2015).

use super::{SampleError, State, Target, Walk};
use crate::bounds::Bounds;
use crate::convergence::{mean, variance};
use crate::points::Points;

/// Purpose of the random numbers, see [`tidemark_engine::Uniforms::of_study`].
const PURPOSE: u8 = 4;

/// Rows that have settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// As many rows as were given, in their order.
    pub draws: Points,
    /// Their log densities, as the closure gave them.
    pub log_densities: Vec<f64>,
    /// Part of the steps taken after their size was tuned.
    pub acceptance: f64,
    /// For each parameter, and last for the log density, the way its mean went in the second half
    /// of the steps, in its standard deviations: noise of about 1.4 / √rows once all is settled.
    pub drift: Vec<f64>,
}

/// Moves each row by `steps` of Metropolis with normal steps of the rows' own covariance.
///
/// * `rows`: draws of a posterior near the wanted one, many more than parameters.
/// * `log_densities`: called once a step with all rows, so that row k is always judged with its
///   own companion.
///
/// # Errors
/// [`SampleError::BadSettings`] for fewer than 20 steps or rows, [`SampleError::TooFewStarts`]
/// where a row lies outside of the bounds.
pub fn settle(
    bounds: &[Bounds],
    rows: &Points,
    steps: usize,
    seed: u64,
    log_densities: impl FnMut(&Points, &mut [f64]),
) -> Result<Settled, SampleError> {
    if steps < 20 || rows.count() < 20 {
        return Err(SampleError::BadSettings);
    }
    let n = bounds.len();
    let free = |row: usize| -> Vec<f64> {
        let values = rows.row(row);
        bounds.iter().zip(values).map(|(b, x)| b.free(x)).collect()
    };
    let begin: Vec<Vec<f64>> = (0..rows.count()).map(free).collect();
    let inside = |row: &&Vec<f64>| row.len() == n && row.iter().all(|y| y.is_finite());
    let found = begin.iter().filter(inside).count();
    if found < rows.count() {
        return Err(SampleError::TooFewStarts {
            found,
            wanted: rows.count(),
        });
    }
    let mut target = Target {
        bounds,
        log_densities,
        n_not_a_density: 0,
    };
    let states = target.evaluate(begin);
    let mut walk = Walk::new(states, n, PURPOSE, seed);
    let half = steps / 2;
    for k in 0..half {
        let outcomes = walk.step(&mut target);
        let taken = outcomes.iter().map(|(p, _)| p).sum::<f64>() / outcomes.len() as f64;
        walk.log_scale += libm::pow(k as f64 + 1.0, -0.6) * (taken - 0.234);
    }
    let before = walk.states.clone();
    let mut n_taken = 0.0;
    for _ in half..steps {
        let outcomes = walk.step(&mut target);
        n_taken += outcomes.iter().filter(|(_, taken)| *taken).count() as f64;
    }
    Ok(Settled {
        drift: drift(&before, &walk.states, n),
        acceptance: n_taken / ((steps - half) * rows.count()) as f64,
        draws: draws(&walk.states, bounds),
        log_densities: walk.states.iter().map(|s| s.log_density).collect(),
    })
}

fn drift(before: &[State], after: &[State], n: usize) -> Vec<f64> {
    let column = |states: &[State], k: usize| -> Vec<f64> {
        states.iter().map(|state| state.free[k]).collect()
    };
    let density = |states: &[State]| states.iter().map(|s| s.log_density).collect();
    (0..n)
        .map(|k| [column(before, k), column(after, k)])
        .chain([[density(before), density(after)]])
        .map(|[then, now]| (mean(&now) - mean(&then)).abs() / variance(&now).sqrt())
        .collect()
}

fn draws(states: &[State], bounds: &[Bounds]) -> Points {
    let mut draws = Points::zeros(states.len(), bounds.len());
    for (row, state) in states.iter().enumerate() {
        for (column, (y, bounds)) in state.free.iter().zip(bounds).enumerate() {
            draws.set(row, column, bounds.bounded(*y).0);
        }
    }
    draws
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidemark_engine::{Uniforms, standard_normal};

    const ROWS: usize = 2000;

    fn companions() -> Vec<f64> {
        let draw = |row| standard_normal(&mut Uniforms::of_study(9, 203, row));
        (0..ROWS as u64).map(draw).collect()
    }

    /// x given c is normal around 2 c with deviation 0.5; rows begin around 0, as if c were.
    fn settled(steps: usize) -> (Vec<f64>, Settled) {
        let c = companions();
        let mut rows = Points::zeros(ROWS, 2);
        for row in 0..ROWS {
            let mut uniforms = Uniforms::of_study(9, 204, row as u64);
            rows.set(row, 0, 0.5 * standard_normal(&mut uniforms));
            rows.set(row, 1, 3.0 * uniforms.next_open());
        }
        let bounds = [
            Bounds::NONE,
            Bounds {
                low: 0.0,
                high: 3.0,
            },
        ];
        let found = settle(&bounds, &rows, steps, 5, |sets, out| {
            for (row, out) in out.iter_mut().enumerate() {
                let z = (sets.at(row, 0) - 2.0 * c[row]) / 0.5;
                *out = -0.5 * z * z;
            }
        });
        (c, found.unwrap())
    }

    #[test]
    fn rows_find_the_place_of_their_companions() {
        let (c, found) = settled(400);
        let off: Vec<f64> = (0..ROWS)
            .map(|row| found.draws.at(row, 0) - 2.0 * c[row])
            .collect();
        assert!(mean(&off).abs() < 4.0 * 0.5 / (ROWS as f64).sqrt());
        assert!((variance(&off).sqrt() - 0.5).abs() < 0.04);
        // The other parameter has no density but its range.
        assert!((mean(found.draws.column(1)) - 1.5).abs() < 0.08);
        assert!(found.drift.iter().all(|d| *d < 0.1), "{:?}", found.drift);
        assert!((found.acceptance - 0.234).abs() < 0.05);
    }

    #[test]
    fn rows_on_their_way_are_seen() {
        let (_, found) = settled(20);
        assert!(found.drift[2] > 0.2, "{:?}", found.drift);
    }

    #[test]
    fn what_cannot_walk_is_refused() {
        let one = Points::zeros(1, 1);
        let none = |_: &Points, _: &mut [f64]| {};
        let found = settle(&[Bounds::NONE], &one, 100, 1, none);
        assert_eq!(found, Err(SampleError::BadSettings));
    }
}
