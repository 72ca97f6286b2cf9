//! Random numbers: laws of chance by many draws, and that a draw depends on its place alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, RunSettings};
use tidemark_engine::{Loaded, load};

/// A model of auxiliaries `v0`, `v1`, … over so many steps of 1.
fn loaded(equations: &[&str], n_steps: usize) -> Loaded {
    let auxiliaries: String = equations
        .iter()
        .enumerate()
        .map(|(k, equation)| format!("<aux name=\"v{k}\"><eqn>{equation}</eqn></aux>"))
        .collect();
    let text = format!(
        "<xmile version=\"1.0\"><header/><sim_specs><start>0</start><stop>{n_steps}</stop><dt>1</dt></sim_specs>\
         <model><variables>{auxiliaries}</variables></model></xmile>"
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
        "DELAY(v0, 1, 0)",
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
