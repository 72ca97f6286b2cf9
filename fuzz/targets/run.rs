//! What every target does with a model text.

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::batch::{Batch, Driven, Members};
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, Run, RunSettings};
use tidemark_engine::load;
use tidemark_engine::model::VarId;

/// Runs beyond this many values would only be slow.
const MAX_VALUES: usize = 200_000;

/// Loads a text and, where that goes well and the model is small, runs it.
pub fn loaded_and_run(text: &str) {
    let mut faults = Diagnostics::new();
    let loaded = load(text, "fuzz", &mut faults);
    assert_eq!(loaded.is_none(), faults.has_errors());
    let Some(loaded) = loaded else { return };
    let outputs: Vec<VarId> = loaded.model.ids().collect();
    let horizon = loaded.program.horizon();
    if horizon.n_steps().saturating_mul(outputs.len() + 10) > MAX_VALUES {
        return;
    }
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon,
        rows: Rows::Saved,
        inputs: Vec::new(),
        driven: Vec::new(),
        outputs,
        seed: 7,
    };
    let Ok(mut vm) = Vm::prepare(&loaded.program, &settings) else {
        return;
    };
    let run = vm.run(&[], &[]);
    assert_eq!(run.times().len(), horizon.n_rows());
    let from = vm.checkpoint(&[], &[], horizon.n_steps() / 2);
    let rest = vm.resume(&from, &[], &[]).expect("its own checkpoint");
    let Ok(mut batch) = Batch::prepare(&loaded.program, &settings) else {
        panic!("the scalar VM runs it, the batched one does not");
    };
    let members = Members {
        count: 3,
        inputs: &[],
        first_member: 0,
    };
    let Ok(ensemble) = batch.run(&members, Driven::NONE) else {
        return;
    };
    let first = ensemble.run(0).expect("three members");
    for &var in run.outputs() {
        assert_eq!(bits(&run, var), bits(&first, var), "batched VM");
        assert!(bits(&run, var).ends_with(&bits(&rest, var)), "resumed");
    }
}

/// Bits of a series; a NaN is like any other.
fn bits(run: &Run, var: VarId) -> Vec<u64> {
    let series = run.series(var).expect("an output").iter();
    series
        .map(|x| if x.is_nan() { u64::MAX } else { x.to_bits() })
        .collect()
}
