//! Runs a bound pack: the baseline of the current assumptions, then scenarios held against it.
//!
//! Both programs are laid out once, so that a slider costs one pass over the horizon.

use std::collections::BTreeMap;

use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Run, RunError};
use tidemark_engine::model::VarId;
use tidemark_engine::program::Program;

use crate::bind::Bound;
use crate::scenario::Scenario;

/// The two programs of a page, ready to run.
///
/// Values in a [`Scenario`] are taken as they are: pass it through [`Bound::clamp`] first.
#[derive(Debug, Clone)]
pub struct Runner {
    baseline: Vm,
    scenario: Vm,
    inputs: Vec<Input>,
    /// Position of each constant in `inputs`.
    positions: BTreeMap<VarId, usize>,
    switch: VarId,
    reference_of: Vec<VarId>,
}

/// A constant the pack sets, and what it is when nobody moves it.
#[derive(Debug, Clone, Copy)]
struct Input {
    var: VarId,
    default: f64,
}

impl Runner {
    /// Lays both programs out, with the constants of the pack's place.
    ///
    /// # Errors
    /// As [`Vm::prepare`]: a time grid that cannot be run, or an input that is computed.
    pub fn prepare(bound: &Bound, program: &Program) -> Result<Self, RunError> {
        let settings = bound.run_settings();
        let program = &bound.program(program);
        let mut free = settings.clone();
        free.driven.clear();
        let inputs: Vec<Input> = settings
            .inputs
            .iter()
            .map(|&var| Input {
                var,
                default: program.constant(var).unwrap_or(0.0),
            })
            .collect();
        Ok(Self {
            baseline: Vm::prepare(program, &free)?,
            scenario: Vm::prepare(program, &settings)?,
            positions: inputs.iter().enumerate().map(|(k, i)| (i.var, k)).collect(),
            inputs,
            switch: bound.switch(),
            reference_of: bound.reference_of().to_vec(),
        })
    }

    /// Every lever at its default under the scenario's assumptions, with no deviation from itself.
    pub fn baseline(&mut self, bound: &Bound, scenario: &Scenario) -> Run {
        let inputs = self.values(bound, &scenario.without_levers(), 0.0);
        self.baseline.run(&inputs, &[])
    }

    /// The scenario; feedbacks act on its deviation from `baseline`, which must be
    /// [`Runner::baseline`] of the same assumptions.
    pub fn scenario(&mut self, bound: &Bound, scenario: &Scenario, baseline: &Run) -> Run {
        let inputs = self.values(bound, scenario, 1.0);
        // `prepare` keeps every reference among the outputs, so no series is missing.
        let driven: Vec<&[f64]> = self
            .reference_of
            .iter()
            .map(|&var| baseline.series(var).unwrap_or(&[]))
            .collect();
        self.scenario.run(&inputs, &driven)
    }

    /// One value for each input: the model's own, then what the scenario changes, then the switch.
    fn values(&self, bound: &Bound, scenario: &Scenario, switch: f64) -> Vec<f64> {
        let mut values: Vec<f64> = self.inputs.iter().map(|input| input.default).collect();
        let mut set = |var: VarId, value: f64| {
            if let Some(slot) = self.positions.get(&var).and_then(|&k| values.get_mut(k)) {
                *slot = value;
            }
        };
        for (var, value) in bound.constants(scenario) {
            set(var, value);
        }
        set(self.switch, switch);
        values
    }
}
