//! Runs a bound pack: the baseline of the current assumptions, then scenarios held against it.
//!
//! Both programs are laid out once, so that a slider costs one pass over the horizon.

use std::collections::BTreeMap;
use tidemark_engine::gathered;

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
    /// In the model.
    default: f64,
    /// Where it is drawn: its middle, and the ends a user's shift may lead to.
    middle: Option<Middle>,
}

/// A constant that members draw, at the middle of its draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Middle {
    /// The constant.
    pub var: VarId,
    /// Median of its draws, in the model's unit.
    pub value: f64,
    /// Ends of the values a user's shift may lead to.
    pub range: [f64; 2],
}

impl Middle {
    /// The value where the user moves the constant by so much: as each member's draw is moved.
    pub fn moved(&self, by: f64) -> f64 {
        let [low, high] = self.range;
        if by == 0.0 {
            self.value
        } else {
            (self.value + by).max(low).min(high)
        }
    }
}

impl Runner {
    /// Lays both programs out, with the constants of the pack's place.
    ///
    /// # Errors
    /// As [`Vm::prepare`]: a time grid that cannot be run, or an input that is computed.
    pub fn prepare(bound: &Bound, program: &Program) -> Result<Self, RunError> {
        Self::prepare_at(bound, program, &[])
    }

    /// The same with drawn constants at the middle of their draws; what a user sets moves them from there.
    ///
    /// # Errors
    /// As [`Runner::prepare`].
    pub fn prepare_at(
        bound: &Bound,
        program: &Program,
        middles: &[Middle],
    ) -> Result<Self, RunError> {
        let settings = bound.run_settings();
        let mut program = bound.program(program);
        let defaults = program.clone();
        for middle in middles {
            program.set_constant(middle.var, middle.value);
        }
        let program = &program;
        let mut free = settings.clone();
        free.driven.clear();
        let inputs: Vec<Input> = settings
            .inputs
            .iter()
            .map(|&var| Input {
                var,
                default: defaults.constant(var).unwrap_or(0.0),
                middle: middles.iter().find(|m| m.var == var).copied(),
            })
            .collect();
        Ok(Self {
            baseline: Vm::prepare(program, &free)?,
            scenario: Vm::prepare(program, &settings)?,
            positions: gathered(inputs.iter().enumerate().map(|(k, i)| (i.var, k))),
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

    /// One value for each input: the model's own or its middle, then what the scenario changes, then
    /// the switch.
    fn values(&self, bound: &Bound, scenario: &Scenario, switch: f64) -> Vec<f64> {
        let inputs = self.inputs.iter();
        let mut values: Vec<f64> = inputs
            .map(|input| input.middle.map_or(input.default, |m| m.value))
            .collect();
        let mut set = |var: VarId, value: f64| {
            let place = self.positions.get(&var).copied();
            let Some((slot, input)) = place.and_then(|k| values.get_mut(k).zip(self.inputs.get(k)))
            else {
                return;
            };
            *slot = input
                .middle
                .map_or(value, |m| m.moved(value - input.default));
        };
        for (var, value) in bound.constants(scenario) {
            set(var, value);
        }
        set(self.switch, switch);
        values
    }
}
