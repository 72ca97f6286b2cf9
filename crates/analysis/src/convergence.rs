//! Chains of draws → have they met (R-hat), and how many independent draws are they worth (ESS).
//!
//! Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and localization: an
//! improved R-hat for assessing convergence of MCMC", Bayesian Analysis 16 (2021). Chains are split
//! in two halves first. A series that cannot be judged gives NaN, which passes no threshold.

use crate::law::normal_quantile;

/// What one parameter's chains say of themselves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// Rank-normalised split R-hat, the larger of the one of the draws and of their distance from
    /// the median: 1 when the chains agree in place and in width.
    pub r_hat: f64,
    /// Independent draws with the same error of the middle.
    pub bulk_ess: f64,
    /// The same for the outer twentieths, the smaller of the two.
    pub tail_ess: f64,
}

impl Convergence {
    /// Of chains of one length, at least 8 draws each; shorter or constant ones give NaN.
    pub fn of(chains: &[&[f64]]) -> Self {
        let halves = split(chains);
        let ranked = rank_normalised(&halves);
        let median = quantile(&sorted(&halves), 0.5);
        let folded = mapped(&halves, |x| (x - median).abs());
        let tail = |p: f64| {
            let limit = quantile(&sorted(&halves), p);
            effective(&mapped(&halves, |x| if x <= limit { 1.0 } else { 0.0 }))
        };
        Self {
            r_hat: larger(r_hat(&ranked), r_hat(&rank_normalised(&folded))),
            bulk_ess: effective(&ranked),
            tail_ess: -larger(-tail(0.05), -tail(0.95)),
        }
    }
}

/// NaN when either is.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// Draws worth as many independent ones for the mean of the series as it stands: split chains,
/// not ranked. NaN as in [`Convergence::of`].
pub fn mean_ess(chains: &[&[f64]]) -> f64 {
    effective(&split(chains))
}

/// Value below which a part `p` of sorted values lies, straight lines between them (R's type 7);
/// NaN of none.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = p.clamp(0.0, 1.0) * last as f64;
    let below = place as usize;
    let above = (below + 1).min(last);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

fn split(chains: &[&[f64]]) -> Vec<Vec<f64>> {
    let half = chains.iter().map(|chain| chain.len()).min().unwrap_or(0) / 2;
    chains
        .iter()
        .flat_map(|chain| [chain[..half].to_vec(), chain[chain.len() - half..].to_vec()])
        .collect()
}

fn mapped(chains: &[Vec<f64>], f: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
    chains
        .iter()
        .map(|chain| chain.iter().map(|x| f(*x)).collect())
        .collect()
}

fn sorted(chains: &[Vec<f64>]) -> Vec<f64> {
    let mut all: Vec<f64> = chains.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    all
}

/// Every draw replaced by the normal quantile of its rank; equal draws share their mean rank.
fn rank_normalised(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let all = sorted(chains);
    let n = all.len() as f64;
    mapped(chains, |x| {
        let first = all.partition_point(|y| y.total_cmp(&x).is_lt());
        let past = all.partition_point(|y| y.total_cmp(&x).is_le());
        let rank = 0.5 * (first + 1 + past) as f64;
        normal_quantile((rank - 0.375) / (n + 0.25))
    })
}

/// Mean variance within the chains, and the variance of all draws estimated from both.
fn variances(chains: &[Vec<f64>]) -> [f64; 2] {
    let n = chains.first().map_or(0, Vec::len) as f64;
    let means: Vec<f64> = chains.iter().map(|chain| mean(chain)).collect();
    let each: Vec<f64> = chains.iter().map(|chain| variance(chain)).collect();
    let within = mean(&each);
    [within, within * (n - 1.0) / n + variance(&means)]
}

fn r_hat(chains: &[Vec<f64>]) -> f64 {
    let [within, all] = variances(chains);
    if chains.first().map_or(0, Vec::len) < 4 || within == 0.0 {
        return f64::NAN;
    }
    (all / within).sqrt()
}

/// By autocorrelations within the chains, summed in pairs while they are positive and falling
/// (Geyer 1992).
fn effective(chains: &[Vec<f64>]) -> f64 {
    let n = chains.first().map_or(0, Vec::len);
    let [within, all] = variances(chains);
    if n < 4 || all == 0.0 || !all.is_finite() {
        return f64::NAN;
    }
    let centred: Vec<Vec<f64>> = chains
        .iter()
        .map(|chain| {
            let middle = mean(chain);
            chain.iter().map(|x| x - middle).collect()
        })
        .collect();
    let correlation = |lag: usize| {
        let each = centred.iter().map(|chain| covariance(chain, lag));
        let mean = each.sum::<f64>() / chains.len() as f64;
        // Covariances are divided by n, variances by n − 1: the same scale for both.
        1.0 - (within - mean * n as f64 / (n - 1) as f64) / all
    };
    let (mut sum, mut last, mut lag) = (0.0, f64::INFINITY, 0);
    while lag + 1 < n {
        let first = if lag == 0 { 1.0 } else { correlation(lag) };
        let pair = first + correlation(lag + 1);
        if pair.is_nan() || pair <= 0.0 {
            break;
        }
        last = pair.min(last);
        sum += last;
        lag += 2;
    }
    let total = (n * chains.len()) as f64;
    let time = 2.0 * sum - 1.0;
    // Chains that swing around the middle are worth more than their draws, within a limit.
    total / time.max(1.0 / libm::log10(total))
}

/// With what comes `lag` draws later, of a series of mean 0.
fn covariance(centred: &[f64], lag: usize) -> f64 {
    let later = centred.iter().skip(lag);
    centred.iter().zip(later).map(|(a, b)| a * b).sum::<f64>() / centred.len() as f64
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Divided by one less than the number of values.
pub(crate) fn variance(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|x| (x - middle) * (x - middle)).sum();
    squares / (values.len() as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidemark_engine::{Uniforms, standard_normal};

    const N: usize = 2500;

    /// Four chains, each value `rho` times the last one and noise, of variance 1.
    fn autoregressive(rho: f64) -> Vec<Vec<f64>> {
        let noise = (1.0 - rho * rho).sqrt();
        let chain = |seed| {
            let draw = |k| standard_normal(&mut Uniforms::of_study(seed, 200, k));
            let mut x = draw(N as u64);
            (0..N as u64)
                .map(|k| {
                    x = rho * x + noise * draw(k);
                    x
                })
                .collect()
        };
        (0..4).map(chain).collect()
    }

    fn convergence(chains: &[Vec<f64>]) -> Convergence {
        Convergence::of(&chains.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    /// Of an AR(1) series: n (1 − ρ) / (1 + ρ), the sum of its geometric autocorrelations.
    #[test]
    fn an_autoregressive_series_is_worth_what_its_formula_says() {
        for rho in [-0.3, 0.0, 0.3, 0.6, 0.9] {
            let chains = autoregressive(rho);
            let expected = (4 * N) as f64 * (1.0 - rho) / (1.0 + rho);
            let parts: Vec<&[f64]> = chains.iter().map(Vec::as_slice).collect();
            let found = convergence(&chains);
            for ess in [found.bulk_ess, mean_ess(&parts)] {
                assert!((ess / expected - 1.0).abs() < 0.15, "{rho}: {ess}");
            }
            assert!(found.r_hat < 1.01, "{rho}: {found:?}");
            assert!(found.tail_ess > 0.7 * expected.min(4.0 * N as f64));
        }
    }

    #[test]
    fn chains_apart_in_place_or_width_are_seen() {
        let good = autoregressive(0.3);
        let change = |f: &dyn Fn(usize, f64) -> f64| -> Vec<Vec<f64>> {
            let each = good.iter().enumerate();
            each.map(|(k, chain)| chain.iter().map(|x| f(k, *x)).collect())
                .collect()
        };
        let shifted = change(&|k, x| if k == 0 { x + 2.0 } else { x });
        assert!(convergence(&shifted).r_hat > 1.2);
        let wide = change(&|k, x| if k == 0 { 4.0 * x } else { x });
        assert!(convergence(&wide).r_hat > 1.1);
        let drifting: Vec<Vec<f64>> = good
            .iter()
            .map(|chain| {
                let each = chain.iter().enumerate();
                each.map(|(k, x)| x + 3.0 * k as f64 / N as f64).collect()
            })
            .collect();
        assert!(convergence(&drifting).r_hat > 1.1);
    }

    /// Four half chains of variance 1 whose means are 0, 0, 2, 2: W = 1, B/n = 4/3, by hand.
    #[test]
    fn plain_r_hat_is_the_root_of_two_variances() {
        let half = |shift: f64| {
            let values = autoregressive(0.0).swap_remove(0);
            let (middle, width) = (mean(&values), variance(&values).sqrt());
            let each = values.iter().map(|x| (x - middle) / width + shift);
            each.collect::<Vec<f64>>()
        };
        let chains = [half(0.0), half(0.0), half(2.0), half(2.0)];
        let n = N as f64;
        let expected = ((n - 1.0) / n + 4.0 / 3.0).sqrt();
        assert!((r_hat(&chains) - expected).abs() < 1e-10);
    }

    #[test]
    fn what_cannot_be_judged_passes_nothing() {
        for chains in [vec![vec![1.0; 100]; 4], vec![vec![1.0, 2.0]; 2], Vec::new()] {
            let found = convergence(&chains);
            assert!(found.r_hat.is_nan() && found.bulk_ess.is_nan(), "{found:?}");
        }
    }

    #[test]
    fn a_quantile_lies_on_the_line_between_values() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 1.0), 4.0);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
