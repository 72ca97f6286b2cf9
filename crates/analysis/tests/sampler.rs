//! The sampler on densities with known answers: means, deviations and chances in closed form.

use tidemark_analysis::bounds::Bounds;
use tidemark_analysis::points::Points;
use tidemark_analysis::sampler::{Posterior, SampleError, Settings, sample};
use tidemark_engine::{Uniforms, standard_normal};

const SETTINGS: Settings = Settings {
    chains: 8,
    warm_up: 1500,
    draws: 2000,
    thin: 2,
    seed: 2027,
};

/// Starts far apart around a middle.
fn starts(middle: &[f64], width: f64) -> Points {
    let rows: Vec<Vec<f64>> = (0..8)
        .map(|row| {
            let mut from = Uniforms::of_study(1, 201, row);
            let each = middle
                .iter()
                .map(|m| m + width * standard_normal(&mut from));
            each.collect()
        })
        .collect();
    Points::from_rows(rows.iter().map(Vec::as_slice), middle.len())
}

fn draws(
    bounds: &[Bounds],
    starts: &Points,
    settings: Settings,
    log_density: impl Fn(&[f64]) -> f64,
) -> Result<Posterior, SampleError> {
    let found = sample(bounds, starts, settings, |points, out| {
        for (row, value) in out.iter_mut().enumerate() {
            *value = log_density(&points.row(row));
        }
    })?;
    assert!(found.has_converged(1.02, 400.0), "{:?}", found.convergence);
    Ok(found)
}

/// A mean over the draws is within four standard errors of what it should be.
#[track_caller]
fn check(found: &Posterior, of: impl Fn(&[f64]) -> f64, expected: f64) {
    let n = found.draws.count();
    let values: Vec<f64> = (0..n).map(|row| of(&found.draws.row(row))).collect();
    let mean = values.iter().sum::<f64>() / n as f64;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let parts: Vec<&[f64]> = values.chunks(n / found.acceptance.len()).collect();
    let ess = tidemark_analysis::convergence::mean_ess(&parts);
    let error = (squares / n as f64 / ess).sqrt();
    assert!(
        (mean - expected).abs() < 4.0 * error,
        "{mean}, not {expected}: ess {ess}, error {error}"
    );
}

/// Deviations 2 and 0.1, correlation 0.95, means 5 and −1.
#[test]
fn a_correlated_normal_density() {
    let (rho, bounds) = (0.95, [Bounds::NONE; 2]);
    let found = draws(&bounds, &starts(&[5.0, -1.0], 3.0), SETTINGS, |x| {
        let (a, b) = ((x[0] - 5.0) / 2.0, (x[1] + 1.0) / 0.1);
        -0.5 * (a * a - 2.0 * rho * a * b + b * b) / (1.0 - rho * rho)
    })
    .unwrap();
    check(&found, |x| x[0], 5.0);
    check(&found, |x| x[1], -1.0);
    check(&found, |x| (x[0] - 5.0) * (x[0] - 5.0), 4.0);
    check(&found, |x| (x[1] + 1.0) * (x[1] + 1.0), 0.01);
    check(&found, |x| (x[0] - 5.0) * (x[1] + 1.0), 0.95 * 2.0 * 0.1);
    for acceptance in &found.acceptance {
        assert!((0.15..0.45).contains(acceptance), "{acceptance}");
    }
}

#[test]
fn a_flat_density_fills_its_bounds() {
    let bounds = [
        Bounds {
            low: -2.0,
            high: 6.0,
        },
        Bounds {
            low: 0.0,
            high: 0.01,
        },
    ];
    let rows: Vec<[f64; 2]> = (0..8)
        .map(|k| [-1.5 + f64::from(k), 0.001 + 0.001 * f64::from(k)])
        .collect();
    let starts = Points::from_rows(rows.iter().map(|row| &row[..]), 2);
    let found = draws(&bounds, &starts, SETTINGS, |_| 0.0).unwrap();
    check(&found, |x| x[0], 2.0);
    check(&found, |x| (x[0] - 2.0) * (x[0] - 2.0), 64.0 / 12.0);
    check(&found, |x| x[1], 0.005);
    for part in [0.02, 0.25, 0.9, 0.99] {
        check(
            &found,
            |x| f64::from(u8::from(x[0] < -2.0 + 8.0 * part)),
            part,
        );
    }
    for (column, b) in bounds.iter().enumerate() {
        assert!(
            found
                .draws
                .column(column)
                .iter()
                .all(|x| (b.low..=b.high).contains(x))
        );
    }
}

/// Rosenbrock's valley: x is normal with variance 10, y given x has mean x²/4 and variance 1.
#[test]
fn a_bent_density() {
    let bounds = [Bounds::NONE; 2];
    let settings = Settings {
        draws: 4000,
        thin: 10,
        ..SETTINGS
    };
    let found = draws(&bounds, &starts(&[0.0, 2.0], 2.0), settings, |x| {
        let off = x[1] - x[0] * x[0] / 4.0;
        -0.5 * (x[0] * x[0] / 10.0 + off * off)
    })
    .unwrap();
    check(&found, |x| x[0], 0.0);
    check(&found, |x| x[0] * x[0], 10.0);
    check(&found, |x| x[1], 2.5);
    check(&found, |x| x[1] - x[0] * x[0] / 4.0, 0.0);
}

/// Prior N(0, 2²), three records 1.2, 0.7, 2.0 of deviation 0.8: precision and mean by Bayes' rule.
/// The second parameter, a variance with an exponential law above 0, is not touched by them.
#[test]
fn a_conjugate_model_and_a_half_open_bound() {
    let (records, deviation) = ([1.2, 0.7, 2.0], 0.8);
    let bounds = [
        Bounds::NONE,
        Bounds {
            low: 0.0,
            high: f64::INFINITY,
        },
    ];
    let rows: Vec<[f64; 2]> = (1..9).map(|k| [f64::from(k) - 4.0, f64::from(k)]).collect();
    let starts = Points::from_rows(rows.iter().map(|row| &row[..]), 2);
    let found = draws(&bounds, &starts, SETTINGS, |x| {
        let squares: f64 = records.iter().map(|r| (r - x[0]) * (r - x[0])).sum();
        -0.5 * (x[0] * x[0] / 4.0 + squares / (deviation * deviation)) - x[1] / 3.0
    })
    .unwrap();
    let precision = 0.25 + 3.0 / (deviation * deviation);
    let mean = records.iter().sum::<f64>() / (deviation * deviation) / precision;
    check(&found, |x| x[0], mean);
    check(&found, |x| (x[0] - mean) * (x[0] - mean), 1.0 / precision);
    check(&found, |x| x[1], 3.0);
    check(
        &found,
        |x| f64::from(u8::from(x[1] < 3.0)),
        1.0 - libm::exp(-1.0),
    );
}

/// Twelve parameters, deviations from 1 to 12, each leaning on the one before it.
#[test]
fn twelve_parameters() {
    let bounds = [Bounds::NONE; 12];
    let settings = Settings {
        warm_up: 3000,
        draws: 1000,
        thin: 5,
        ..SETTINGS
    };
    let found = draws(&bounds, &starts(&[0.0; 12], 5.0), settings, |x| {
        let z = |k: usize| x[k] / (k + 1) as f64;
        let lean = (1..12).map(|k| (z(k) - 0.8 * z(k - 1)) / 0.6);
        -0.5 * (z(0) * z(0) + lean.map(|d| d * d).sum::<f64>())
    })
    .unwrap();
    for k in [0, 5, 11] {
        let deviation = (k + 1) as f64;
        check(&found, |x| x[k], 0.0);
        check(&found, |x| x[k] * x[k], deviation * deviation);
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_nan_is_refused() {
    let settings = Settings {
        warm_up: 200,
        draws: 200,
        ..SETTINGS
    };
    let run = |seed| {
        let settings = Settings { seed, ..settings };
        let bounds = [Bounds {
            low: -4.0,
            high: 4.0,
        }];
        let starts = starts(&[1.0], 0.3);
        sample(&bounds, &starts, settings, |points, out| {
            for (value, x) in out.iter_mut().zip(points.column(0)) {
                *value = if *x < 0.0 { f64::NAN } else { -x * x };
            }
        })
        .unwrap()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1).draws, run(2).draws);
    assert!(run(1).draws.column(0).iter().all(|x| *x >= 0.0));
    assert!(run(1).n_not_a_density > 0);
}

#[test]
fn what_cannot_be_sampled_is_said() {
    let nothing = |_: &Points, _: &mut [f64]| {};
    let none = sample(&[Bounds::NONE], &starts(&[0.0], 1.0), SETTINGS, nothing);
    assert_eq!(
        none,
        Err(SampleError::TooFewStarts {
            found: 0,
            wanted: 8
        })
    );
    let closed = [
        Bounds::NONE,
        Bounds {
            low: 1.0,
            high: 1.0,
        },
    ];
    let none = sample(&closed, &starts(&[0.0; 2], 1.0), SETTINGS, nothing);
    assert_eq!(none, Err(SampleError::NoRoom { index: 1 }));
    let short = Settings {
        draws: 1,
        ..SETTINGS
    };
    let none = sample(&[Bounds::NONE], &starts(&[0.0], 1.0), short, nothing);
    assert_eq!(none, Err(SampleError::BadSettings));
}
