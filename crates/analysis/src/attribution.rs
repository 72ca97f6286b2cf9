//! A joint effect → what each cause makes of it, whatever the order in which they are named.
//!
//! Shapley values (Shapley 1953) over runs with some causes at work and others not: exact up to
//! [`MOST_EXACT`] causes, beyond that the mean over sampled orders with its standard error
//! (Castro, Gómez & Tejada 2009), each order and its reverse together, which evens out pairs.

use tidemark_engine::Uniforms;

use crate::points::Points;
use crate::sensitivity::Estimate;

/// Causes of which all coalitions are run: 2¹⁰ runs.
pub const MOST_EXACT: usize = 10;

/// Purpose of the random numbers, see [`Uniforms::of_study`].
const PURPOSE: u8 = 3;

/// What one cause does to one result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its fair share of the whole effect; the error is 0 where the share is exact.
    pub share: Estimate,
    /// Its effect with no other cause at work.
    pub alone: f64,
    /// What would be lost if it alone were taken back.
    pub last: f64,
}

/// The parts of one result's effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Result with no cause at work.
    pub without: f64,
    /// Result with all of them.
    pub with_all: f64,
    /// One for each cause; their shares sum to the whole effect.
    pub parts: Vec<Part>,
    /// The whole effect less the effects alone: what causes do together only.
    pub interaction: f64,
}

/// How orders are sampled where there are too many causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Orders with their reverses, at least 2; the error falls with the root.
    pub pairs: usize,
    /// Same seed, same orders.
    pub seed: u64,
}

/// Attribution of `n_results` results to `n_causes` causes.
///
/// * `evaluate`: gives for each set, a column a cause, 1 at work and 0 not, the results, a column
///   each. Called once, with 2ⁿ sets where that is exact, else with at most 2 · pairs · causes + 2.
pub fn shapley(
    n_causes: usize,
    n_results: usize,
    settings: Settings,
    evaluate: impl FnOnce(&Points, &mut Points),
) -> Vec<Attribution> {
    if n_causes <= MOST_EXACT {
        return exact(n_causes, n_results, evaluate);
    }
    sampled(n_causes, n_results, settings, evaluate)
}

fn exact(
    n: usize,
    n_results: usize,
    evaluate: impl FnOnce(&Points, &mut Points),
) -> Vec<Attribution> {
    let n_sets = 1_usize << n;
    let mut sets = Points::zeros(n_sets, n);
    for set in 0..n_sets {
        for cause in 0..n {
            sets.set(set, cause, f64::from((set >> cause & 1) as u8));
        }
    }
    let mut results = Points::zeros(n_sets, n_results);
    evaluate(&sets, &mut results);
    // Weight of a coalition of `size` others: 1 / (n · (n − 1 over size)).
    let mut weights = vec![1.0 / n.max(1) as f64; n];
    for size in 1..n {
        weights[size] = weights[size - 1] * size as f64 / (n - size) as f64;
    }
    let of_result = |result: usize| {
        let value = |set: usize| results.at(set, result);
        let parts = (0..n).map(|cause| {
            let bit = 1 << cause;
            let without = (0..n_sets).filter(|set| set & bit == 0);
            let share = without.map(|set| {
                let size = set.count_ones() as usize;
                weights[size] * (value(set | bit) - value(set))
            });
            Part {
                share: Estimate {
                    value: share.sum(),
                    error: 0.0,
                },
                alone: value(bit) - value(0),
                last: value(n_sets - 1) - value(n_sets - 1 - bit),
            }
        });
        attribution(value(0), value(n_sets - 1), parts.collect())
    };
    (0..n_results).map(of_result).collect()
}

fn sampled(
    n: usize,
    n_results: usize,
    settings: Settings,
    evaluate: impl FnOnce(&Points, &mut Points),
) -> Vec<Attribution> {
    let orders = orders(n, settings);
    // Rows: nothing, everything, each alone, everything but each, then the ways along the orders.
    let (n_fixed, n_way) = (2 + 2 * n, n - 1);
    let mut sets = Points::zeros(n_fixed + orders.len() * n_way, n);
    for cause in 0..n {
        sets.set(1, cause, 1.0);
        sets.set(2 + cause, cause, 1.0);
        for other in (0..n).filter(|&other| other != cause) {
            sets.set(2 + n + cause, other, 1.0);
        }
    }
    for (k, order) in orders.iter().enumerate() {
        for step in 0..n_way {
            for &cause in &order[..=step] {
                sets.set(n_fixed + k * n_way + step, cause, 1.0);
            }
        }
    }
    let mut results = Points::zeros(sets.count(), n_results);
    evaluate(&sets, &mut results);
    let of_result = |result: usize| {
        let value = |row: usize| results.at(row, result);
        // For each cause one mean over an order and its reverse.
        let mut means = vec![vec![0.0; settings.pairs]; n];
        for (k, order) in orders.iter().enumerate() {
            for (step, &cause) in order.iter().enumerate() {
                let at = |step: usize| value(n_fixed + k * n_way + step);
                let before = if step == 0 { value(0) } else { at(step - 1) };
                let after = if step == n - 1 { value(1) } else { at(step) };
                means[cause][k / 2] += 0.5 * (after - before);
            }
        }
        let parts = means.iter().enumerate().map(|(cause, means)| Part {
            share: mean(means),
            alone: value(2 + cause) - value(0),
            last: value(1) - value(2 + n + cause),
        });
        attribution(value(0), value(1), parts.collect())
    };
    (0..n_results).map(of_result).collect()
}

/// Each order followed by its reverse.
fn orders(n: usize, settings: Settings) -> Vec<Vec<usize>> {
    let mut orders = Vec::with_capacity(2 * settings.pairs);
    for pair in 0..settings.pairs {
        let mut uniforms = Uniforms::of_study(settings.seed, PURPOSE, pair as u64);
        let mut order: Vec<usize> = (0..n).collect();
        for k in (1..n).rev() {
            let other = (uniforms.next_open() * (k + 1) as f64) as usize;
            order.swap(k, other.min(k));
        }
        let reverse = order.iter().rev().copied().collect();
        orders.extend([order, reverse]);
    }
    orders
}

fn mean(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let value = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - value) * (v - value)).sum();
    Estimate {
        value,
        error: (squares / (n * (n - 1.0))).sqrt(),
    }
}

fn attribution(without: f64, with_all: f64, parts: Vec<Part>) -> Attribution {
    let alone: f64 = parts.iter().map(|part| part.alone).sum();
    Attribution {
        without,
        with_all,
        interaction: with_all - without - alone,
        parts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Settings = Settings {
        pairs: 400,
        seed: 7,
    };

    fn of(f: impl Fn(&[f64]) -> f64) -> impl FnOnce(&Points, &mut Points) {
        move |sets, results| {
            for row in 0..sets.count() {
                results.set(row, 0, f(&sets.row(row)));
            }
        }
    }

    fn one(n: usize, f: impl Fn(&[f64]) -> f64) -> Attribution {
        let mut all = shapley(n, 1, SETTINGS, of(f));
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[track_caller]
    fn check_sum(found: &Attribution) {
        let sum: f64 = found.parts.iter().map(|part| part.share.value).sum();
        let whole = found.with_all - found.without;
        assert!((sum - whole).abs() < 1e-9 * whole.abs().max(1.0));
    }

    #[test]
    fn a_product_is_shared_in_equal_parts() {
        // 2a + 3b + 4ab + 1: the product's 4 is shared by the two.
        let found = one(2, |x| 1.0 + 2.0 * x[0] + 3.0 * x[1] + 4.0 * x[0] * x[1]);
        assert_eq!(
            (found.without, found.with_all, found.interaction),
            (1.0, 10.0, 4.0)
        );
        let shares: Vec<f64> = found.parts.iter().map(|part| part.share.value).collect();
        assert_eq!(shares, [4.0, 5.0]);
        assert_eq!((found.parts[0].alone, found.parts[0].last), (2.0, 6.0));
        check_sum(&found);
    }

    #[test]
    fn the_glove_game_has_its_known_shares() {
        // Two left gloves and a right one: 1/6, 1/6, 4/6.
        let found = one(3, |x| x[2].min(x[0] + x[1]));
        let expected = [1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0];
        for (part, expected) in found.parts.iter().zip(expected) {
            assert!((part.share.value - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn beyond_ten_causes_shares_are_within_their_errors() {
        // Σ k·x_k + 3·x_0·x_11·x_5: the product is shared by three, 1 each.
        let n = 12;
        let plain = |x: &[f64]| (0..n).map(|k| k as f64 * x[k]).sum::<f64>();
        let found = one(n, |x| plain(x) + 3.0 * x[0] * x[11] * x[5]);
        check_sum(&found);
        for (k, part) in found.parts.iter().enumerate() {
            let product = if [0, 5, 11].contains(&k) { 1.0 } else { 0.0 };
            let off = (part.share.value - k as f64 - product).abs();
            assert!(off <= 4.0 * part.share.error + 1e-12, "{k}: {part:?}");
            assert_eq!(part.alone, k as f64);
        }
        assert!((found.interaction - 3.0).abs() < 1e-12);
        assert!(found.parts[0].share.error > 0.0);
    }

    #[test]
    fn pairs_of_causes_are_exact_with_reverses() {
        // An order and its reverse share any product of two evenly.
        let found = one(11, |x| 5.0 * x[3] * x[9] + x[2]);
        assert!((found.parts[3].share.value - 2.5).abs() < 1e-12);
        assert!(found.parts[3].share.error < 1e-12);
        check_sum(&found);
    }

    #[test]
    fn no_cause_and_one_cause() {
        assert_eq!(one(0, |_| 3.0).parts, []);
        let found = one(1, |x| 2.0 * x[0]);
        assert_eq!(found.parts[0].share.value, 2.0);
        assert_eq!(found.interaction, 0.0);
    }
}
