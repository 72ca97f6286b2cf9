//! Fits of many made-up records whose truth is known: ranges hold it as often as they say.
//!
//! Truths are drawn from the prior and records from the observation law, so that an 80 % range holds
//! the truth with chance 0.8 exactly, whatever the record (Cook, Gelman, Rubin 2006), and the truth's
//! rank among draws is uniform (Talts et al. 2018). Of n records the number held is binomial; four
//! deviations, once in 16,000 times, are the room of every check, and seeds are fixed.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use tidemark_analysis::bounds::Bounds;
use tidemark_analysis::convergence::quantile;
use tidemark_analysis::likelihood::{Observation, Printed};
use tidemark_analysis::points::Points;
use tidemark_analysis::prior::{self, Law, Prior};
use tidemark_analysis::sampler::{Settings, sample};
use tidemark_engine::{Uniforms, standard_normal};

const RECORDS: usize = 200;

const SETTINGS: Settings = Settings {
    chains: 8,
    warm_up: 350,
    draws: 100,
    thin: 6,
    seed: 11,
};

/// How often ranges of several quantities held their truth.
#[derive(Default)]
struct Tally {
    held: usize,
    /// With ranges of seven tenths the width.
    held_by_narrow: usize,
    /// Truths by tenth of the draws below them.
    tenths: [usize; 10],
}

impl Tally {
    fn add(&mut self, draws: &[f64], truth: f64) {
        let mut sorted = draws.to_vec();
        sorted.sort_by(f64::total_cmp);
        let [low, middle, high] = [0.1, 0.5, 0.9].map(|p| quantile(&sorted, p));
        let holds = |part: f64| {
            let end = |end: f64| middle + part * (end - middle);
            usize::from((end(low)..=end(high)).contains(&truth))
        };
        self.held += holds(1.0);
        self.held_by_narrow += holds(0.7);
        let below = sorted.partition_point(|draw| *draw < truth);
        self.tenths[(10 * below / sorted.len()).min(9)] += 1;
    }

    /// 160 of 200 are expected, of deviation √(200 · 0.8 · 0.2) = 5.7; the tenths' χ² has 9 degrees of
    /// freedom and is beyond 33.7 once in 10,000 times.
    #[track_caller]
    fn check(&self, what: &str) {
        let n = RECORDS as f64;
        let room = 4.0 * (n * 0.8 * 0.2).sqrt();
        let off = |held: usize| (held as f64 - 0.8 * n).abs();
        assert!(off(self.held) <= room, "{what}: {} of {n} held", self.held);
        // Ranges a third too narrow would be seen.
        assert!(
            off(self.held_by_narrow) > room,
            "{what}: {}",
            self.held_by_narrow
        );
        let each = n / 10.0;
        let squares = self
            .tenths
            .iter()
            .map(|&k| (k as f64 - each) * (k as f64 - each));
        let chi_squared = squares.sum::<f64>() / each;
        assert!(chi_squared < 33.7, "{what}: {:?}", self.tenths);
    }
}

fn normal(mean: f64, sd: f64) -> Prior {
    Prior::new(Law::Normal { mean, sd }, Bounds::NONE).unwrap()
}

/// Draws of a posterior of priors and a likelihood.
fn fitted(priors: &[Prior], seed: u64, log_likelihood: impl Fn(&[f64]) -> f64) -> Points {
    let bounds: Vec<Bounds> = priors.iter().map(Prior::bounds).collect();
    let settings = Settings { seed, ..SETTINGS };
    let starts = prior::draws(priors, 2 * settings.chains, seed);
    let found = sample(&bounds, &starts, settings, |sets, out| {
        for (row, value) in out.iter_mut().enumerate() {
            let set = sets.row(row);
            let before: f64 = priors
                .iter()
                .zip(&set)
                .map(|(p, x)| p.log_density(*x))
                .sum();
            *value = before + log_likelihood(&set);
        }
    });
    found.unwrap().draws
}

/// A line with a normal error: truth, ranges by the sampler, and ranges by the normal equations.
#[test]
fn ranges_of_a_line_hold_the_truth_and_are_those_of_algebra() {
    let priors = [normal(50.0, 10.0), normal(3.0, 2.0)];
    let (times, sd) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 4.0);
    let ahead = 10.0;
    let mut tallies = [0; 3].map(|_| Tally::default());
    let mut worst: f64 = 0.0;
    for record in 0..RECORDS {
        let mut from = Uniforms::of_study(5, 204, record as u64);
        let truth = [0, 1].map(|k| priors[k].quantile(from.next_open()));
        let figures = times.map(|t| {
            let value = truth[0] + truth[1] * t + sd * standard_normal(&mut from);
            let printed = Printed::Exact;
            Observation { value, printed, sd }
        });
        let draws = fitted(&priors, record as u64, |x| {
            let each = figures.iter().zip(times);
            each.map(|(seen, t)| seen.log_likelihood(x[0] + x[1] * t, 0.0))
                .sum()
        });
        let (level, slope) = (draws.column(0), draws.column(1));
        let later: Vec<f64> = level
            .iter()
            .zip(slope)
            .map(|(a, b)| a + ahead * b)
            .collect();
        let sets = [level, slope, &later];
        let truths = [truth[0], truth[1], truth[0] + ahead * truth[1]];
        for ((tally, set), truth) in tallies.iter_mut().zip(sets).zip(truths) {
            tally.add(set, truth);
        }
        let exact = by_algebra(&figures.map(|seen| seen.value), &times, sd, ahead);
        for (set, (mean, sd)) in sets.into_iter().zip(exact) {
            let mut sorted = set.to_vec();
            sorted.sort_by(f64::total_cmp);
            for (p, z) in [(0.1, -1.281_551_565_545), (0.9, 1.281_551_565_545)] {
                worst = worst.max((quantile(&sorted, p) - mean - z * sd).abs() / sd);
            }
        }
    }
    for (tally, what) in tallies.iter().zip(["level", "slope", "later"]) {
        tally.check(what);
    }
    // An end of 800 draws worth some 150 independent ones has the error √(0.09/150)/φ(1.28) = 0.14
    // deviations; the largest of 1,200 lies within four and a half of them.
    assert!(worst < 0.63, "an end is off by {worst} deviations");
}

/// Mean and deviation of level, slope and what the line comes to later.
fn by_algebra(values: &[f64; 6], times: &[f64; 6], sd: f64, ahead: f64) -> [(f64, f64); 3] {
    let weight = 1.0 / (sd * sd);
    let (mut aa, mut ab, mut bb) = (1.0 / 100.0, 0.0, 1.0 / 4.0);
    let (mut a, mut b) = (50.0 / 100.0, 3.0 / 4.0);
    for (y, t) in values.iter().zip(times) {
        aa += weight;
        ab += weight * t;
        bb += weight * t * t;
        a += weight * y;
        b += weight * y * t;
    }
    let whole = aa * bb - ab * ab;
    let (level, slope) = ((bb * a - ab * b) / whole, (aa * b - ab * a) / whole);
    let later = (bb - 2.0 * ahead * ab + ahead * ahead * aa) / whole;
    [
        (level, (bb / whole).sqrt()),
        (slope, (aa / whole).sqrt()),
        (level + ahead * slope, later.sqrt()),
    ]
}

/// Figures as they are printed: exact, "about" and twice as wide, and two that say only on which side
/// of a round number the true one lies; the model's own error is fitted beside the level.
#[test]
fn ranges_hold_the_truth_under_every_way_of_printing() {
    let priors = [
        normal(100.0, 10.0),
        Prior::new(
            Law::LogNormal {
                median: 2.0,
                log_sd: 0.4,
            },
            Bounds {
                low: 0.1,
                high: 20.0,
            },
        )
        .unwrap(),
    ];
    let (sd, round) = (1.5, 100.0);
    let mut tallies = [0; 2].map(|_| Tally::default());
    for record in 0..RECORDS {
        let mut from = Uniforms::of_study(6, 204, record as u64);
        let truth = [0, 1].map(|k| priors[k].quantile(from.next_open()));
        let figures: Vec<Observation> = (0..7)
            .map(|k| {
                let wide = if k == 4 { 2.0 * sd } else { sd };
                let error = (wide * wide + truth[1] * truth[1]).sqrt();
                let value = truth[0] + error * standard_normal(&mut from);
                let (value, printed) = match k {
                    4 => (value, Printed::About),
                    5 | 6 if value >= round => (round, Printed::AtLeast),
                    5 | 6 => (round, Printed::AtMost),
                    _ => (value, Printed::Exact),
                };
                Observation {
                    value,
                    printed,
                    sd: wide,
                }
            })
            .collect();
        let draws = fitted(&priors, record as u64, |x| {
            figures
                .iter()
                .map(|seen| seen.log_likelihood(x[0], x[1]))
                .sum()
        });
        for (column, tally) in tallies.iter_mut().enumerate() {
            tally.add(draws.column(column), truth[column]);
        }
    }
    for (tally, what) in tallies.iter().zip(["level", "model's error"]) {
        tally.check(what);
    }
}
