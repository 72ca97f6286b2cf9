//! Shares of random games: laws that single out Shapley's shares, exact and from sampled orders.

use tidemark_analysis::attribution::{Attribution, MOST_EXACT, Settings, shapley};
use tidemark_analysis::points::Points;
use tidemark_engine::Uniforms;

const SETTINGS: Settings = Settings { pairs: 60, seed: 3 };

/// A worth of every set of causes, without any rule to it.
fn worth(game: u64, set: usize) -> f64 {
    let mut from = Uniforms::of_study(game, 205, set as u64);
    let scale = [1.0, 1e3, 1e-3][game as usize % 3];
    scale * (from.next_open() - 0.3) + scale * f64::from(set.count_ones())
}

fn set_of(sets: &Points, row: usize) -> usize {
    let causes = sets.row(row).into_iter().enumerate();
    causes.fold(0, |set, (cause, at)| set | usize::from(at > 0.0) << cause)
}

/// Attributions of games given as worths of sets.
fn of(n: usize, settings: Settings, games: &[&dyn Fn(usize) -> f64]) -> Vec<Attribution> {
    shapley(n, games.len(), settings, |sets, results| {
        for row in 0..sets.count() {
            for (column, game) in games.iter().enumerate() {
                results.set(row, column, game(set_of(sets, row)));
            }
        }
    })
}

fn shares(found: &Attribution) -> Vec<f64> {
    found.parts.iter().map(|part| part.share.value).collect()
}

#[track_caller]
fn check_close(found: f64, expected: f64, size: f64) {
    let room = 1e-9 * size.max(1e-3);
    assert!((found - expected).abs() <= room, "{found}, not {expected}");
}

/// Shares by the definition: the weighted mean over all sets of the others.
fn by_definition(n: usize, game: &dyn Fn(usize) -> f64) -> Vec<f64> {
    let factorial = |k: usize| (1..=k).map(|k| k as f64).product::<f64>();
    let share = |cause: usize| {
        let bit = 1 << cause;
        let others = (0..1_usize << n).filter(|set| set & bit == 0);
        let each = others.map(|set| {
            let size = set.count_ones() as usize;
            let weight = factorial(size) * factorial(n - size - 1) / factorial(n);
            weight * (game(set | bit) - game(set))
        });
        each.sum()
    };
    (0..n).map(share).collect()
}

#[test]
fn shares_of_random_games_sum_to_the_whole() {
    for n in 1..=15 {
        for seed in 0..12 {
            let game = |set: usize| worth(100 * n as u64 + seed, set);
            let settings = Settings {
                pairs: 2 + seed as usize,
                seed,
            };
            let found = &of(n, settings, &[&game])[0];
            let (without, with_all) = (game(0), game((1 << n) - 1));
            assert_eq!((found.without, found.with_all), (without, with_all));
            let whole = with_all - without;
            check_close(shares(found).iter().sum(), whole, whole.abs());
            for (cause, part) in found.parts.iter().enumerate() {
                assert_eq!(part.alone, game(1 << cause) - without);
                assert_eq!(part.last, with_all - game(((1 << n) - 1) & !(1 << cause)));
                assert!(part.share.error == 0.0 || n > MOST_EXACT);
            }
        }
    }
}

#[test]
fn exact_shares_are_those_of_the_definition() {
    for n in [1, 4, 7, MOST_EXACT] {
        let game = |set: usize| worth(n as u64, set);
        let found = shares(&of(n, SETTINGS, &[&game])[0]);
        for (found, expected) in found.iter().zip(by_definition(n, &game)) {
            check_close(*found, expected, expected.abs());
        }
    }
}

/// 60 pairs of orders: a share's error is known to a tenth, so that one of 24 is beyond 4.5 of them
/// once in a thousand times.
#[test]
fn sampled_shares_lie_within_their_errors_of_the_definition() {
    for n in [MOST_EXACT + 1, 13] {
        let game = |set: usize| worth(n as u64, set);
        let found = &of(n, SETTINGS, &[&game])[0];
        for (part, expected) in found.parts.iter().zip(by_definition(n, &game)) {
            let off = (part.share.value - expected).abs();
            assert!(off < 4.5 * part.share.error, "{part:?}, not {expected}");
        }
    }
}

/// A cause that changes nothing has nothing, two that are worth the same have the same, and shares of
/// a sum of games are sums of shares; in sampled orders, too, but for the second.
#[test]
fn shares_keep_the_axioms() {
    for n in [5, MOST_EXACT, MOST_EXACT + 2] {
        let one = |set: usize| worth(7, set & !0b100);
        let other = |set: usize| worth(9, set);
        let sum = |set: usize| one(set) + 2.5 * other(set);
        // The first two causes count by their number.
        let alike = |set: usize| worth(11, (set & 0b11).count_ones() as usize | set & !0b11);
        let found = of(n, SETTINGS, &[&one, &other, &sum, &alike]);
        assert_eq!(found[0].parts[2].share.value, 0.0);
        assert_eq!(found[0].parts[2].share.error, 0.0);
        let [one, other, sum] = [0, 1, 2].map(|k| shares(&found[k]));
        for k in 0..n {
            check_close(sum[k], one[k] + 2.5 * other[k], sum[k].abs());
        }
        let alike = &found[3].parts;
        let error = alike[0].share.error + alike[1].share.error;
        let off = (alike[0].share.value - alike[1].share.value).abs();
        assert!(off <= 4.0 * error + 1e-12, "{alike:?}");
    }
}
