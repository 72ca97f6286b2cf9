//! Random numbers: laws of chance by many draws, and that a draw depends on its place alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, RunSettings};
use tidemark_engine::{Loaded, load};

/// A model of auxiliaries `v0`, `v1`, … over so many steps of a half.
fn loaded(equations: &[&str], n_steps: usize) -> Loaded {
    let auxiliaries: String = equations
        .iter()
        .enumerate()
        .map(|(k, equation)| format!("<aux name=\"v{k}\"><eqn>{equation}</eqn></aux>"))
        .collect();
    let text = format!(
        "<xmile version=\"1.0\"><header/><sim_specs><start>0</start><stop>{}</stop><dt>0.5</dt></sim_specs>\
         <model><variables>{auxiliaries}</variables></model></xmile>",
        n_steps as f64 / 2.0
    );
    let mut faults = Diagnostics::new();
    load(&text, "m", &mut faults).unwrap_or_else(|| panic!("{faults:?}"))
}

/// One series for each equation; only those of `kept` are asked for.
fn runs(equations: &[&str], n_steps: usize, seed: u64, kept: &[usize]) -> Vec<Vec<f64>> {
    let loaded = loaded(equations, n_steps);
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: Vec::new(),
        driven: Vec::new(),
        seed,
        outputs: kept
            .iter()
            .map(|k| loaded.model.find(&format!("v{k}")).unwrap())
            .collect(),
    };
    let run = Vm::prepare(&loaded.program, &settings)
        .unwrap()
        .run(&[], &[]);
    let outputs = settings.outputs.iter();
    outputs.map(|&v| run.series(v).unwrap().to_vec()).collect()
}

#[test]
fn a_draw_depends_on_its_place_alone() {
    let equations = ["RANDOM(0, 1)", "NORMAL(0, 1)", "RANDOM(0, 1) + 0 * v1"];
    let all = runs(&equations, 20, 5, &[0, 1, 2]);
    assert_eq!(runs(&equations, 20, 5, &[2, 0]), [&all[2][..], &all[0][..]]);
    let shorter = runs(&equations, 10, 5, &[0]);
    assert_eq!(shorter[0], all[0][..11]);
    assert_ne!(runs(&equations, 20, 6, &[0])[0], all[0]);
    assert!(all[0].iter().zip(&all[2]).all(|(a, b)| a != b));
}

#[test]
fn a_seed_of_its_own_makes_the_same_sequence_everywhere() {
    let equations = [
        "RANDOM(0, 1, 7)",
        "10 * UNIFORM(0, 1, 3 + 4)",
        "RANDOM(0, 1, 8)",
    ];
    let all = runs(&equations, 20, 1, &[0, 1, 2]);
    assert_eq!(runs(&equations, 20, 2, &[0, 1, 2]), all);
    assert!(all[0].iter().zip(&all[1]).all(|(a, b)| 10.0 * a == *b));
    assert_ne!(all[0], all[2]);
    assert!(runs(&["RANDOM(0, 1, -1)"], 1, 0, &[0])[0][0].is_nan());
}

#[test]
fn a_variable_has_one_draw_at_an_instant() {
    let equations = [
        "RANDOM(0, 1)",
        "v0 - v0",
        "v0 + INIT(v0)",
        "DELAY(v0, 0.5, 0)",
    ];
    let all = runs(&equations, 20, 1, &[0, 1, 2, 3]);
    assert!(all[1].iter().all(|x| *x == 0.0));
    assert!(
        all[0]
            .iter()
            .zip(&all[2])
            .all(|(v, sum)| v + all[0][0] == *sum)
    );
    assert_eq!(all[3][1..], all[0][..20]);
}

/// Mean and standard deviation of a builtin's draws are within five deviations of those wanted.
#[track_caller]
fn check_moments(equation: &str, mean: f64, deviation: f64) {
    let all = runs(&[equation], 8000, 11, &[0]).remove(0);
    let n = all.len() as f64;
    let found = all.iter().sum::<f64>() / n;
    let spread = (all.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / n).sqrt();
    let near = (found - mean).abs() <= 5.0 * deviation / n.sqrt();
    assert!(near, "{equation}: mean {found}, not {mean}");
    let near = (spread - deviation).abs() <= 0.08 * deviation;
    assert!(near, "{equation}: deviation {spread}, not {deviation}");
}

#[test]
fn builtins_hand_their_parameters_to_their_laws() {
    check_moments("RANDOM(2, 8)", 5.0, 3f64.sqrt());
    check_moments("NORMAL(5, 2)", 5.0, 2.0);
    check_moments("NORMAL(5, 2, 3)", 5.0, 2.0);
    check_moments("LOGNORMAL(10, 2)", 10.0, 2.0);
    check_moments("EXPRND(9)", 9.0, 9.0);
    check_moments("POISSON(3)", 3.0, 3f64.sqrt());
    check_moments("BETA(2, 3)", 0.4, 0.2);
    check_moments("BINOMIAL(40, 0.25)", 10.0, 7.5f64.sqrt());
    check_moments("GAMMA(4, 3)", 12.0, 6.0);
    check_moments("GEOMETRIC(0.25)", 3.0, 12f64.sqrt());
    check_moments(
        "LOGISTIC(5, 2)",
        5.0,
        2.0 * std::f64::consts::PI / 3f64.sqrt(),
    );
    check_moments("PARETO(6, 5)", 6.0, 1.5f64.sqrt());
    check_moments("WEIBULL(1, 3)", 3.0, 3.0);
    check_moments("TRIANGULAR(0, 3, 9)", 4.0, 3.5f64.sqrt());
    check_moments("MONTECARLO(50)", 0.25, 0.1875f64.sqrt());
}

#[test]
fn a_normal_number_keeps_its_bounds() {
    // Half a normal law has mean √(2 ÷ π) and variance 1 − 2 ÷ π.
    let half = (2.0 / std::f64::consts::PI).sqrt();
    check_moments(
        "NORMAL(5, 2, 3, 5)",
        5.0 + 2.0 * half,
        2.0 * (1.0 - half * half).sqrt(),
    );
    let all = runs(
        &["NORMAL(5, 2, 3, 4, 5.5)", "NORMAL(5, 0, 3, 6, 7)"],
        500,
        0,
        &[0, 1],
    );
    assert!(all[0].iter().all(|x| (4.0..=5.5).contains(x)));
    assert!(all[1].iter().all(|x| *x == 6.0));
    let degenerate = runs(&["TRIANGULAR(2, 2, 2)", "UNIFORM(4, 4)"], 5, 0, &[0, 1]);
    assert!(degenerate[0].iter().all(|x| *x == 2.0) && degenerate[1].iter().all(|x| *x == 4.0));
}
