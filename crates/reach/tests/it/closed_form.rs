//! Estimated chances and quantiles against closed forms.
//!
//! Of n independent members that meet a target with chance p each, the number that do is binomial:
//! its share has deviation √(p(1 − p)/n). A share further than four of them from p is found once in
//! 16,000 times, so that with the fixed seeds below a fault of the estimator is all that can fail.
//! A sample's p-quantile q has the chance F(q) below it, of the same deviation, whatever the law.

use tidemark_analysis::law::normal_below;
use tidemark_analysis::points::Points;
use tidemark_pack::scenario::Scenario;
use tidemark_reach::draws::{Draws, SEED};
use tidemark_reach::outcome::Outcome;
use tidemark_reach::scope::Scope;
use tidemark_reach::study::Study;

use crate::harbour::{Goal, Harbour};

const COUNTS: [usize; 2] = [1000, 10_000];

/// Four deviations of the share of n members, and what one member is.
fn room(p: f64, n: usize) -> f64 {
    4.0 * (p * (1.0 - p) / n as f64).sqrt() + 1.0 / n as f64
}

#[track_caller]
fn check(what: &str, share: f64, p: f64, n: usize) {
    assert!((share - p).abs() <= room(p, n), "{what}: {share}, not {p}");
}

/// The members of a scenario.
fn outcome(
    harbour: &Harbour,
    posterior: Option<(&[String], &Points)>,
    n: usize,
    scenario: &Scenario,
) -> Outcome {
    let Harbour { bound, program } = harbour;
    let draws = Draws::new(bound, posterior, n, SEED).unwrap();
    let scope = Scope {
        targets: bound.pack().target.iter().map(|t| t.id.clone()).collect(),
        ..Scope::default()
    };
    let mut study = Study::prepare(bound, program, draws, &scope).unwrap();
    study
        .scenario(bound, scenario, n, &mut |_, _| true)
        .unwrap()
}

fn share(outcome: &Outcome, target: &str) -> f64 {
    outcome.target(target).unwrap().chance().unwrap().share
}

fn joint(outcome: &Outcome, targets: &[&str]) -> f64 {
    outcome.joint(targets).unwrap().share
}

/// Chance that both are below, standard normal with a correlation: Simpson's rule over the first of
/// φ(x)·Φ((b − ρx)/√(1 − ρ²)).
fn both_below(a: f64, b: f64, rho: f64) -> f64 {
    let (from, n) = (-9.0, 2000);
    let h = (a - from) / f64::from(n);
    let density = |x: f64| libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
    let of = |x: f64| density(x) * normal_below((b - rho * x) / (1.0 - rho * rho).sqrt());
    let weight = |k: i32| match k {
        _ if k == 0 || k == n => 1.0,
        _ if k % 2 == 1 => 4.0,
        _ => 2.0,
    };
    let sum: f64 = (0..=n)
        .map(|k| weight(k) * of(from + h * f64::from(k)))
        .sum();
    sum * h / 3.0
}

/// PERT(8, 10, 16) is 8 and 8 of a beta number of shapes 2 and 4: I_x(2, 4) = Σ C(5, j) xʲ(1 − x)⁵⁻ʲ
/// over j from 2 to 5.
fn harvest_below(value: f64) -> f64 {
    let x = (value - 8.0) / 8.0;
    let terms = [(10.0, 2), (10.0, 3), (5.0, 4), (1.0, 5)];
    let power = |x: f64, n: i32| (0..n).fold(1.0, |all, _| all * x);
    let terms = terms.map(|(c, j)| c * power(x, j) * power(1.0 - x, 5 - j));
    terms.iter().sum()
}

#[test]
fn a_normal_figure_has_its_chances() {
    let at: [f64; 7] = [-2.0, -1.0, -0.4, 0.0, 0.5, 1.2, 2.2];
    let names = at.map(|z| format!("left{z}"));
    let goals: Vec<Goal<'_>> = names
        .iter()
        .zip(at)
        .map(|(name, z)| (name.as_str(), "left", ">=", 50.0 + 3.0 * z))
        .chain([
            ("most", "idle", "<=", 29.0),
            ("firms", "firms", ">=", 181.0),
        ])
        .collect();
    let harbour = Harbour::new(&goals);
    for n in COUNTS {
        let found = outcome(&harbour, None, n, &Scenario::baseline());
        assert_eq!(found.count, n);
        for (name, z) in names.iter().zip(at) {
            check(name, share(&found, name), normal_below(-z), n);
        }
        check("idle", share(&found, "most"), normal_below(-0.5), n);
        // Through a stock: 7.5 years of a pace of deviation 1 from 175.
        check("firms", share(&found, "firms"), normal_below(-0.8), n);
    }
    // The check would see a deviation a tenth too wide.
    let wide = normal_below(-1.2 / 1.1);
    assert!((wide - normal_below(-1.2)).abs() > 1.5 * room(wide, 10_000));
}

#[test]
fn quantiles_have_their_chances_below_them() {
    let goals = [
        ("left", "left", ">=", 50.0),
        ("right", "right", ">=", 20.0),
        ("crop", "crop", ">=", 22.0),
        ("register", "firms", ">=", 175.0),
    ];
    let harbour = Harbour::new(&goals);
    for n in COUNTS {
        let found = outcome(&harbour, None, n, &Scenario::baseline());
        let below: [(&str, &dyn Fn(f64) -> f64); 4] = [
            ("left", &|x| normal_below((x - 50.0) / 3.0)),
            ("right", &|x| normal_below((x - 20.0) / 5.0)),
            ("crop", &|x| harvest_below(x / 2.0)),
            ("register", &|x| normal_below((x - 175.0) / 7.5)),
        ];
        for (id, below) in below {
            let band = found.target(id).unwrap().band().unwrap();
            let ends = [band.p10, band.p25, band.p50, band.p75, band.p90];
            for (p, end) in [0.1, 0.25, 0.5, 0.75, 0.9].into_iter().zip(ends) {
                check(id, below(end), p, n);
            }
        }
        check("crop", share(&found, "crop"), 1.0 - harvest_below(11.0), n);
    }
}

/// Correlation 0.8 by the luck they share; −1 with what falls as the other rises; 0 with the crop.
#[test]
fn several_targets_have_their_joint_chance() {
    let goals = [
        ("left0", "left", ">=", 50.0),
        ("right0", "right", ">=", 20.0),
        ("left1", "left", ">=", 53.0),
        ("right-1", "right", ">=", 15.0),
        ("right<", "right", "<=", 22.0),
        ("idle", "idle", "<=", 29.0),
        ("crop", "crop", ">=", 22.0),
    ];
    let harbour = Harbour::new(&goals);
    let crop = 1.0 - harvest_below(11.0);
    for n in COUNTS {
        let found = outcome(&harbour, None, n, &Scenario::baseline());
        let check = |targets: &[&str], p| check(&targets.join(" "), joint(&found, targets), p, n);
        // Both beyond their medians: Sheppard 1899.
        let both = 0.25 + libm::asin(0.8) / (2.0 * std::f64::consts::PI);
        assert!((both_below(0.0, 0.0, 0.8) - both).abs() < 1e-9);
        check(&["left0", "right0"], both);
        check(&["left1", "right-1"], both_below(-1.0, 1.0, 0.8));
        check(&["left1", "right<"], both_below(-1.0, 0.4, -0.8));
        // One luck: the harder of the two decides.
        check(&["left1", "idle"], normal_below(-1.0));
        check(&["left0", "crop"], 0.5 * crop);
        check(
            &["left1", "right-1", "crop"],
            crop * both_below(-1.0, 1.0, 0.8),
        );
    }
}

/// What is moved shifts every member by as much: an assumption and a lever.
#[test]
fn what_is_moved_moves_the_chance_by_the_formula() {
    let harbour = Harbour::new(&[
        ("left", "left", ">=", 53.0),
        ("firms", "firms", ">=", 181.0),
    ]);
    let mut scenario = Scenario::baseline();
    scenario.assumptions.insert("luck".to_owned(), 0.4);
    for (id, value) in [("push", 2.5), ("effort", 14.0)] {
        let mut setting = harbour.bound.default_setting(id).unwrap();
        setting.value = value;
        scenario.levers.insert(id.to_owned(), setting);
    }
    // The register draws followers: half of its deviation a year, in quarters of a year.
    let mut deviation = 0.0;
    for quarter in 0..4 {
        let effort = 4.0 * f64::from(quarter) / 4.0;
        deviation += 0.25 * (effort + 0.5 * deviation);
    }
    for n in COUNTS {
        let found = outcome(&harbour, None, n, &scenario);
        let left = normal_below((50.0 + 1.2 + 1.5 - 53.0) / 3.0);
        check("left", share(&found, "left"), left, n);
        let firms = normal_below((175.0 + deviation - 181.0) / 7.5);
        check("firms", share(&found, "firms"), firms, n);
    }
}

/// The error that a hindcast measured: the figure times 1 and a normal number of its size.
#[test]
fn the_model_s_own_error_is_a_law_of_its_own() {
    let harbour = Harbour::new(&[("firms", "firms", ">=", 178.0)]);
    let parameters = ["effort", "model_error"].map(str::to_owned);
    let rows = Points::from_rows([[10.0, 0.02].as_slice()], 2);
    for n in COUNTS {
        let found = outcome(
            &harbour,
            Some((&parameters, &rows)),
            n,
            &Scenario::baseline(),
        );
        let band = found.target("firms").unwrap().band().unwrap();
        let below = |x: f64| normal_below((x - 175.0) / 3.5);
        check("firms", share(&found, "firms"), 1.0 - below(178.0), n);
        check("p10", below(band.p10), 0.1, n);
        check("p90", below(band.p90), 0.9, n);
    }
}
