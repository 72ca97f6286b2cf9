//! Scalar VM: one run at a time over the layout of a pruned graph.
//!
//! Slots lie in an array whose length is a constant power of two, and an index is masked with it,
//! so that the loop needs no bounds checks. Kernels are those of the builtin table.

use super::code::{Layout, layout};
use super::graph::graph;
use super::lookup::lookup;
use super::op::{Code, Op, Slot, TIME_SLOT};
use super::{Run, RunError, RunSettings};
use crate::budget::MAX_SAVED_VALUES;
use crate::builtin::{self, Binary, Place, Unary};
use crate::model::VarId;
use crate::program::{Horizon, Program};
use crate::xmile::document::Table;

/// Slot arrays come in these lengths.
const SMALL: usize = 1 << 9;
const MEDIUM: usize = 1 << 12;
const LARGE: usize = 1 << 16;

/// A program pruned to the outputs asked for, with room for its state; make once, run often.
#[derive(Debug, Clone)]
pub struct Vm {
    layout: Layout,
    tables: Vec<Table>,
    horizon: Horizon,
    seed: u64,
    outputs: Vec<VarId>,
    /// [`SMALL`], [`MEDIUM`] or [`LARGE`] slots.
    slots: Vec<f64>,
    /// Values that only the clock moves: for each instant those of the series slots.
    series: Vec<f64>,
    /// For each history one value an instant.
    histories: Vec<f64>,
}

impl Vm {
    /// Prunes, folds and lays out `program` for `settings`.
    ///
    /// # Errors
    /// [`RunError::BadHorizon`] when the grid is empty or over the budget of steps,
    /// [`RunError::NotAnInput`] when an input is computed or a driven variable is a stock,
    /// [`RunError::TooLarge`] when the outputs need more values at a time than there are slots,
    /// [`RunError::UnknownVariable`] when a variable is not of this program's model.
    pub fn prepare(program: &Program, settings: &RunSettings) -> Result<Self, RunError> {
        let horizon = settings.horizon;
        if !horizon.is_runnable() {
            return Err(RunError::BadHorizon {
                start: horizon.start,
                stop: horizon.stop,
                dt: horizon.dt,
            });
        }
        let n_instants = horizon.n_steps() + 1;
        let graph = graph(program, settings)?;
        let layout = layout(
            &graph,
            settings.inputs.len(),
            settings.driven.len(),
            n_instants,
        );
        let saved = horizon.n_rows().saturating_mul(settings.outputs.len());
        for (wanted, limit) in [
            (layout.n_slots, LARGE),
            (saved, MAX_SAVED_VALUES),
            (program.tables.len(), LARGE),
        ] {
            if wanted > limit {
                return Err(RunError::TooLarge { wanted, limit });
            }
        }
        let n_slots = [SMALL, MEDIUM]
            .into_iter()
            .find(|&n| layout.n_slots <= n)
            .unwrap_or(LARGE);
        let mut vm = Self {
            slots: vec![0.0; n_slots],
            series: Vec::new(),
            histories: vec![0.0; layout.histories.len() * n_instants],
            tables: program.tables.clone(),
            horizon,
            seed: settings.seed,
            outputs: settings.outputs.clone(),
            layout,
        };
        for &(slot, value) in &vm.layout.numbers {
            vm.slots[usize::from(slot)] = value;
        }
        vm.sized(
            |vm, slots| vm.compute_series(slots),
            |vm, slots| vm.compute_series(slots),
            |vm, slots| vm.compute_series(slots),
        );
        Ok(vm)
    }

    /// One run.
    ///
    /// * `inputs`: one value for each of `settings.inputs`, in that order; a missing one is NaN.
    /// * `driven`: one series for each of `settings.driven`, one value a step (not a saved row);
    ///   the last value holds beyond its end; a missing or empty one is NaN.
    pub fn run(&mut self, inputs: &[f64], driven: &[&[f64]]) -> Run {
        self.sized(
            |vm, slots| vm.run_in(slots, inputs, driven),
            |vm, slots| vm.run_in(slots, inputs, driven),
            |vm, slots| vm.run_in(slots, inputs, driven),
        )
    }

    /// How many instructions one step takes, for measurements.
    pub fn n_step_instructions(&self) -> usize {
        self.layout.each.len() + self.layout.advance.len()
    }

    /// Calls the variant for the length of the slot array, which is lent out meanwhile.
    fn sized<R>(
        &mut self,
        small: impl FnOnce(&mut Self, &mut [f64; SMALL]) -> R,
        medium: impl FnOnce(&mut Self, &mut [f64; MEDIUM]) -> R,
        large: impl FnOnce(&mut Self, &mut [f64; LARGE]) -> R,
    ) -> R {
        let mut slots = std::mem::take(&mut self.slots);
        let result = if let Ok(slots) = slots.as_mut_slice().try_into() {
            small(self, slots)
        } else if let Ok(slots) = slots.as_mut_slice().try_into() {
            medium(self, slots)
        } else {
            slots.resize(LARGE, 0.0);
            match slots.as_mut_slice().try_into() {
                Ok(slots) => large(self, slots),
                Err(_) => large(self, &mut [0.0; LARGE]),
            }
        };
        self.slots = slots;
        result
    }

    fn compute_series<const N: usize>(&mut self, slots: &mut [f64; N]) {
        let (begin, width) = (usize::from(self.layout.series.0), self.layout.series.1);
        let n_instants = self.horizon.n_steps() + 1;
        let mut rows = Vec::with_capacity(width * n_instants);
        for step in 0..if width == 0 { 0 } else { n_instants } {
            self.set_time(slots, step);
            self.execute(&self.layout.clock, slots, step);
            rows.extend_from_slice(&slots[begin..begin + width]);
        }
        self.series = rows;
    }

    fn set_time<const N: usize>(&self, slots: &mut [f64; N], step: usize) {
        slots[usize::from(TIME_SLOT)] = self.horizon.time(step);
    }

    fn run_in<const N: usize>(
        &mut self,
        slots: &mut [f64; N],
        inputs: &[f64],
        driven: &[&[f64]],
    ) -> Run {
        let n_steps = self.horizon.n_steps();
        let n_rows = self.horizon.n_rows();
        let save_every = self.horizon.save_every.max(1) as usize;
        let mut run = Run {
            times: Vec::with_capacity(n_rows),
            outputs: self.outputs.clone(),
            values: vec![0.0; n_rows * self.outputs.len()],
        };
        self.begin(slots, inputs, driven);
        let mut until_saved = 0;
        for step in 0..=n_steps {
            self.set_from_outside(slots, driven, step);
            self.execute(&self.layout.each, slots, step);
            if until_saved == 0 {
                until_saved = save_every;
                self.save(slots, step, n_rows, &mut run);
            }
            until_saved -= 1;
            self.remember(slots, step, n_steps + 1);
            self.execute(&self.layout.advance, slots, step);
        }
        run
    }

    /// Inputs, what only they move, and the values at the first instant.
    fn begin<const N: usize>(&self, slots: &mut [f64; N], inputs: &[f64], driven: &[&[f64]]) {
        for (k, &slot) in self.layout.inputs.iter().enumerate() {
            slots[usize::from(slot) & (N - 1)] = inputs.get(k).copied().unwrap_or(f64::NAN);
        }
        self.set_from_outside(slots, driven, 0);
        self.execute(&self.layout.once, slots, 0);
        self.execute(&self.layout.first, slots, 0);
        for &(to, from) in &self.layout.begin {
            slots[usize::from(to) & (N - 1)] = slots[usize::from(from) & (N - 1)];
        }
    }

    /// Adds a row to the run.
    #[inline]
    fn save<const N: usize>(&self, slots: &[f64; N], step: usize, n_rows: usize, run: &mut Run) {
        let mut at = run.times.len();
        run.times.push(self.horizon.time(step));
        for &slot in &self.layout.outputs {
            if let Some(value) = run.values.get_mut(at) {
                *value = slots[usize::from(slot) & (N - 1)];
            }
            at += n_rows;
        }
    }

    /// Keeps the values whose past is read.
    #[inline]
    fn remember<const N: usize>(&mut self, slots: &[f64; N], step: usize, n_instants: usize) {
        let mut at = step;
        for &slot in &self.layout.histories {
            if let Some(value) = self.histories.get_mut(at) {
                *value = slots[usize::from(slot) & (N - 1)];
            }
            at += n_instants;
        }
    }

    /// Clock, series of the clock and driven series of a step.
    #[inline]
    fn set_from_outside<const N: usize>(
        &self,
        slots: &mut [f64; N],
        driven: &[&[f64]],
        step: usize,
    ) {
        self.set_time(slots, step);
        let (begin, width) = (usize::from(self.layout.series.0), self.layout.series.1);
        let row = self
            .series
            .get(step * width..(step + 1) * width)
            .unwrap_or(&[]);
        for (k, &value) in row.iter().enumerate() {
            slots[(begin + k) & (N - 1)] = value;
        }
        for (k, &slot) in self.layout.driven.iter().enumerate() {
            let series = driven.get(k).copied().unwrap_or(&[]);
            let value = series
                .get(step)
                .or(series.last())
                .copied()
                .unwrap_or(f64::NAN);
            slots[usize::from(slot) & (N - 1)] = value;
        }
    }

    fn past(&self, history: u16, back: f64, early: f64, step: usize) -> f64 {
        let n = libm::round(back / self.horizon.dt);
        if n.is_nan() || n < 1.0 {
            return f64::NAN;
        }
        if n > step as f64 {
            return early;
        }
        let at = usize::from(history) * (self.horizon.n_steps() + 1) + step - n as usize;
        self.histories.get(at).copied().unwrap_or(f64::NAN)
    }

    #[inline(never)]
    fn execute<const N: usize>(&self, ops: &[Op], slots: &mut [f64; N], step: usize) {
        let dt = self.horizon.dt;
        for op in ops {
            // N is a power of two, so the mask keeps every index inside.
            let at = |slot: u16| usize::from(slot) & (N - 1);
            let (a, b) = (slots[at(op.a)], slots[at(op.b)]);
            let c = || slots[at(op.c)];
            slots[at(op.to)] = match op.code {
                Code::Move => a,
                Code::Add => Binary::Add.apply(a, b),
                Code::Subtract => Binary::Subtract.apply(a, b),
                Code::Multiply => Binary::Multiply.apply(a, b),
                Code::Divide => Binary::Divide.apply(a, b),
                Code::Min => Binary::Min.apply(a, b),
                Code::Max => Binary::Max.apply(a, b),
                Code::Less => Binary::Less.apply(a, b),
                Code::LessEqual => Binary::LessEqual.apply(a, b),
                Code::Greater => Binary::Greater.apply(a, b),
                Code::GreaterEqual => Binary::GreaterEqual.apply(a, b),
                Code::Equal => Binary::Equal.apply(a, b),
                Code::Unequal => Binary::Unequal.apply(a, b),
                Code::Negative => Unary::Negative.apply(a),
                Code::Not => Unary::Not.apply(a),
                Code::Abs => Unary::Abs.apply(a),
                Code::Sqrt => Unary::Sqrt.apply(a),
                Code::SumPlus => (a + b) + c(),
                Code::SumMinus => (a + b) - c(),
                Code::SumTimes => (a + b) * c(),
                Code::SumOver => (a + b) / c(),
                Code::DifferencePlus => (a - b) + c(),
                Code::DifferenceMinus => (a - b) - c(),
                Code::DifferenceTimes => (a - b) * c(),
                Code::DifferenceOver => (a - b) / c(),
                Code::ProductPlus => (a * b) + c(),
                Code::ProductMinus => (a * b) - c(),
                Code::ProductTimes => (a * b) * c(),
                Code::ProductOver => (a * b) / c(),
                Code::QuotientPlus => (a / b) + c(),
                Code::QuotientMinus => (a / b) - c(),
                Code::QuotientTimes => (a / b) * c(),
                Code::QuotientOver => (a / b) / c(),
                Code::LessSum => c() - (a + b),
                Code::BySum => c() / (a + b),
                Code::LessDifference => c() - (a - b),
                Code::ByDifference => c() / (a - b),
                Code::LessProduct => c() - (a * b),
                Code::ByProduct => c() / (a * b),
                Code::LessQuotient => c() - (a / b),
                Code::ByQuotient => c() / (a / b),
                Code::Select => {
                    if a != 0.0 {
                        b
                    } else {
                        c()
                    }
                }
                Code::Lookup => self
                    .tables
                    .get(usize::from(op.b))
                    .map_or(f64::NAN, |t| lookup(t, a)),
                Code::Integrate => slots[at(op.to)] + a * dt,
                Code::IntegrateDifference => slots[at(op.to)] + (a - b) * dt,
                Code::IntegrateNonNegative => Binary::Max.apply(slots[at(op.to)] + a * dt, 0.0),
                Code::Draw => self.draw(op, slots, step),
                _ => self.rare(op, [a, b, c()], slots[at(TIME_SLOT)], step),
            };
        }
    }

    /// A random number of this step, of member 0 where an ensemble would have several.
    #[inline(never)]
    fn draw(&self, op: &Op, slots: &[f64], step: usize) -> f64 {
        let Some(draw) = self.layout.draws.get(usize::from(op.c)) else {
            return f64::NAN;
        };
        let value = |slot: Slot| slots.get(usize::from(slot)).copied().unwrap_or(f64::NAN);
        let place = match draw.seed {
            Some(seed) => Place::of_seed(value(seed), step),
            None => Some(Place::of_run(self.seed, 0, draw.stream, step)),
        };
        draw.law.draw([value(op.a), value(op.b)], place)
    }

    /// Instructions that cost more than a call; kept out of the loop so that it stays small.
    #[inline(never)]
    fn rare(&self, op: &Op, [a, b, c]: [f64; 3], time: f64, step: usize) -> f64 {
        let dt = self.horizon.dt;
        match op.code {
            Code::Modulo => Binary::Modulo.apply(a, b),
            Code::Power => Binary::Power.apply(a, b),
            Code::And => Binary::And.apply(a, b),
            Code::Or => Binary::Or.apply(a, b),
            Code::Floor => Unary::Floor.apply(a),
            Code::Exp => Unary::Exp.apply(a),
            Code::Ln => Unary::Ln.apply(a),
            Code::Log10 => Unary::Log10.apply(a),
            Code::Sin => Unary::Sin.apply(a),
            Code::Cos => Unary::Cos.apply(a),
            Code::Tan => Unary::Tan.apply(a),
            Code::ArcSin => Unary::ArcSin.apply(a),
            Code::ArcCos => Unary::ArcCos.apply(a),
            Code::ArcTan => Unary::ArcTan.apply(a),
            Code::Sinh => Unary::Sinh.apply(a),
            Code::Cosh => Unary::Cosh.apply(a),
            Code::Tanh => Unary::Tanh.apply(a),
            Code::Round => Unary::Round.apply(a),
            Code::Sign => Unary::Sign.apply(a),
            Code::LogGamma => Unary::LogGamma.apply(a),
            Code::Step => builtin::step(a, b, time, dt),
            Code::Ramp => builtin::ramp(a, b, c, time),
            Code::Pulse => builtin::pulse(a, b, c, time, dt),
            Code::Past => self.past(op.c, a, b, step),
            // The loop has an arm for every other one.
            _ => f64::NAN,
        }
    }
}
