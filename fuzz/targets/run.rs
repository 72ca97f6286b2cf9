//! What every target does with a model text.

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::RunSettings;
use tidemark_engine::exec::vm::Vm;
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
    let outputs: Vec<VarId> = loaded
        .model
        .variables()
        .iter()
        .filter_map(|v| loaded.model.find(&v.name))
        .collect();
    let horizon = loaded.program.horizon();
    if horizon.n_steps().saturating_mul(outputs.len() + 10) > MAX_VALUES {
        return;
    }
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon,
        inputs: Vec::new(),
        driven: Vec::new(),
        outputs,
        seed: 7,
    };
    if let Ok(mut vm) = Vm::prepare(&loaded.program, &settings) {
        let run = vm.run(&[], &[]);
        assert_eq!(run.times().len(), horizon.n_rows());
    }
}
