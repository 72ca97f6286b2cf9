//! The scalar machine: one run at a time over a plan's layout.
//!
//! Slots lie in an array whose length is a constant power of two, and an index is masked with it,
//! so that the loop needs no bounds checks. Kernels are those of the builtin table.

use super::checkpoint::Checkpoint;
use super::lookup::lookup;
use super::op::{Code, Op, Slot, TIME_SLOT};
use super::past::{Past, between, driven as driven_value, past};
use super::plan::Plan;
use super::steps::{Now, Stepping};
use crate::budget::MAX_SLOTS;
use crate::builtin::{self, Binary, Place, Unary};

/// Slot arrays come in these lengths.
const SMALL: usize = 1 << 9;
const MEDIUM: usize = 1 << 13;
const LARGE: usize = MAX_SLOTS;

/// The values of one run at one time; of a plan, and run with that plan only.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    /// [`SMALL`], [`MEDIUM`] or [`LARGE`] slots.
    slots: Vec<f64>,
    /// For each history one value an instant.
    histories: Vec<f64>,
}

impl Machine {
    pub(super) fn new(plan: &Plan) -> Self {
        let n_slots = [SMALL, MEDIUM]
            .into_iter()
            .find(|&n| plan.layout.n_slots <= n)
            .unwrap_or(LARGE);
        let mut slots = vec![0.0; n_slots];
        for &(slot, value) in &plan.layout.numbers {
            set(&mut slots, slot, value);
        }
        Self {
            slots,
            histories: vec![0.0; plan.layout.n_past],
        }
    }

    /// Inputs, what only they move, and the values at the first instant.
    pub(super) fn begin(&mut self, plan: &Plan, inputs: &[f64], driven: &[&[f64]]) {
        self.set_inputs(plan, inputs);
        let now = Now::at(0);
        self.set_from_outside(plan, driven, now, 0);
        self.execute(plan, &plan.layout.once, now);
        self.execute(plan, &plan.layout.first, now);
        for &(to, from) in &plan.layout.begin {
            let value = self.value(from);
            set(&mut self.slots, to, value);
        }
    }

    /// Inputs, what only they move, and one member's states and past; the checkpoint must fit.
    pub(super) fn resume(&mut self, plan: &Plan, inputs: &[f64], from: &Checkpoint) {
        self.set_inputs(plan, inputs);
        let now = Now::at(from.step);
        self.execute(plan, &plan.layout.once, now);
        let states = from.states.iter().step_by(from.count);
        for (&(to, _), &value) in plan.layout.begin.iter().zip(states) {
            set(&mut self.slots, to, value);
        }
        let mut past = from.past.iter().step_by(from.count);
        for history in &plan.layout.histories {
            for (step, &value) in history.kept(from.step).zip(&mut past) {
                if let Some(place) = self.histories.get_mut(history.place(step)) {
                    *place = value;
                }
            }
        }
    }

    /// What [`Machine::resume`] takes, before a step.
    pub(super) fn checkpoint(&self, plan: &Plan, step: usize) -> Checkpoint {
        let states = plan.layout.begin.iter().map(|&(to, _)| self.value(to));
        let past = plan.layout.histories.iter().flat_map(|history| {
            let value = |step| self.histories.get(history.place(step)).copied();
            let kept = history.kept(step);
            kept.map(move |step| value(step).unwrap_or(f64::NAN))
        });
        Checkpoint {
            step,
            count: 1,
            states: states.collect(),
            past: past.collect(),
        }
    }

    fn value(&self, slot: Slot) -> f64 {
        self.slots.get(slot as usize).copied().unwrap_or(f64::NAN)
    }

    fn set_inputs(&mut self, plan: &Plan, inputs: &[f64]) {
        for (k, &slot) in plan.layout.inputs.iter().enumerate() {
            let value = inputs.get(k).copied().unwrap_or(f64::NAN);
            set(&mut self.slots, slot, value);
        }
    }
}

impl Stepping for Machine {
    type Driven<'d> = &'d [&'d [f64]];
    type Values = [f64];

    fn values(&self) -> &[f64] {
        &self.slots
    }

    /// Clock, shared series and driven series.
    #[inline]
    fn set_from_outside(&mut self, plan: &Plan, driven: Self::Driven<'_>, now: Now, stage: usize) {
        let time = plan.horizon.time_within(now.step, now.part);
        set(&mut self.slots, TIME_SLOT, time);
        let (places, row) = plan.given(now.step, stage);
        for (&(_, slot), &value) in places.iter().zip(row) {
            set(&mut self.slots, slot, value);
        }
        for (k, &slot) in plan.layout.driven.iter().enumerate() {
            let series = driven.get(k).copied().unwrap_or(&[]);
            set(
                &mut self.slots,
                slot,
                driven_value(series, now.step, now.part),
            );
        }
    }

    /// Keeps the values whose past is read.
    #[inline]
    fn remember(&mut self, plan: &Plan, step: usize) {
        for history in &plan.layout.histories {
            let value = self.value(history.slot);
            if let Some(place) = self.histories.get_mut(history.place(step)) {
                *place = value;
            }
        }
    }

    /// Runs instructions in the variant for the length of the slot array.
    fn execute(&mut self, plan: &Plan, ops: &[Op], now: Now) {
        let outside = Outside {
            plan,
            histories: &self.histories,
            now,
        };
        if let Ok(slots) = <&mut [f64; SMALL]>::try_from(self.slots.as_mut_slice()) {
            outside.execute(ops, slots);
        } else if let Ok(slots) = <&mut [f64; MEDIUM]>::try_from(self.slots.as_mut_slice()) {
            outside.execute(ops, slots);
        } else if let Ok(slots) = <&mut [f64; LARGE]>::try_from(self.slots.as_mut_slice()) {
            outside.execute(ops, slots);
        }
    }
}

fn set(slots: &mut [f64], slot: Slot, value: f64) {
    if let Some(place) = slots.get_mut(slot as usize) {
        *place = value;
    }
}

/// What instructions read beside slots.
struct Outside<'m> {
    plan: &'m Plan,
    histories: &'m [f64],
    now: Now,
}

impl Outside<'_> {
    fn past(&self, history: Slot, back: f64, early: f64, part: f64) -> f64 {
        let Some(history) = self.plan.layout.histories.get(history as usize) else {
            return f64::NAN;
        };
        let at = |step| {
            let value = self.histories.get(history.place(step));
            value.copied().unwrap_or(f64::NAN)
        };
        match past(back, self.plan.horizon.dt, self.now.step, part) {
            Past::Unknown => f64::NAN,
            Past::Early => early,
            Past::At(step) => at(step),
            Past::After(step, part) => between(at(step), at(step + 1), part),
        }
    }

    #[inline(never)]
    fn execute<const N: usize>(&self, ops: &[Op], slots: &mut [f64; N]) {
        let dt = self.plan.horizon.dt;
        for op in ops {
            // N is a power of two, so the mask keeps every index inside.
            let at = |slot: Slot| slot as usize & (N - 1);
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
                Code::Select => builtin::select(a, b, c()),
                Code::Lookup => self
                    .plan
                    .tables
                    .get(op.b as usize)
                    .map_or(f64::NAN, |t| lookup(t, a)),
                Code::Integrate => slots[at(op.to)] + a * dt,
                Code::IntegrateDifference => slots[at(op.to)] + (a - b) * dt,
                Code::IntegrateNonNegative => Binary::Max.apply(slots[at(op.to)] + a * dt, 0.0),
                Code::Draw => self.draw(op, slots),
                _ => self.rare(op, [a, b, c()], slots[at(TIME_SLOT)]),
            };
        }
    }

    /// A random number of this step, of member 0 where an ensemble would have several.
    #[inline(never)]
    fn draw(&self, op: &Op, slots: &[f64]) -> f64 {
        let Some(draw) = self.plan.layout.draws.get(op.c as usize) else {
            return f64::NAN;
        };
        let value = |slot: Slot| slots.get(slot as usize).copied().unwrap_or(f64::NAN);
        let place = match draw.seed {
            Some(seed) => Place::of_seed(value(seed), self.now.step),
            None => Some(Place::of_run(self.plan.seed, 0, draw.stream, self.now.step)),
        };
        draw.law.draw([value(op.a), value(op.b)], place)
    }

    /// Instructions that cost more than a call; kept out of the loop so that it stays small.
    #[inline(never)]
    fn rare(&self, op: &Op, [a, b, c]: [f64; 3], time: f64) -> f64 {
        let dt = self.plan.horizon.dt;
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
            Code::Past => self.past(op.c, a, b, self.now.part),
            Code::PastInstant => self.past(op.c, a, b, libm::ceil(self.now.part)),
            // The loop has an arm for every other one.
            _ => f64::NAN,
        }
    }
}
