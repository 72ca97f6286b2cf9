//! How states go on over a step, as instructions: Euler, or further slopes kept apart and averaged.
//!
//! States move after everything was read. A state that another one reads directly is copied first,
//! since it may move before. What replaces its value does so at the end of the step with what it
//! was at the beginning.

use super::code::Placing;
use super::graph::{Advance, Gate, GateId};
use super::op::{Code, Op, Slot};
use crate::builtin::Binary;
use crate::program::Method;

/// An integrated state, its slots and its rate.
struct Integrated {
    to: Slot,
    /// Its value at the beginning of the step, and the sum of slopes so far.
    base: Slot,
    sum: Slot,
    rate: GateId,
    non_negative: bool,
}

/// Instructions that add a slope to the sum, or begin the step with it.
fn summed(state: &Integrated, slope: Slot, is_first: bool, weight: Option<Slot>) -> Vec<Op> {
    let Integrated { to, base, sum, .. } = *state;
    match weight {
        _ if is_first => vec![
            Op::of_one(Code::Move, base, to),
            Op::of_one(Code::Move, sum, slope),
        ],
        Some(weight) => vec![Op::of(Code::ProductPlus, sum, [slope, weight, sum])],
        None => vec![Op::of(Code::Add, sum, [slope, sum, 0])],
    }
}

impl Placing<'_> {
    /// Instructions after each slope of a step.
    pub(super) fn after(&mut self, dt: f64) -> Vec<Vec<Op>> {
        match self.request.method {
            Method::Euler => vec![self.euler()],
            Method::Rk2 => {
                let (whole, half) = (self.number(dt), self.number(dt / 2.0));
                self.slopes(&[(None, whole), (None, half)])
            }
            Method::Rk4 => {
                let two = self.number(2.0);
                let (half, whole) = (self.number(dt / 2.0), self.number(dt));
                let sixth = self.number(dt / 6.0);
                self.slopes(&[
                    (None, half),
                    (Some(two), half),
                    (Some(two), whole),
                    (None, sixth),
                ])
            }
        }
    }

    fn euler(&mut self) -> Vec<Op> {
        let mut copies = Vec::new();
        let mut ops = Vec::new();
        for k in self.needed_states() {
            let to = self.state_slots[k];
            let advance = self.graph.states[k].advance;
            if let Some(op) = self.difference(advance, to) {
                ops.push(op);
                continue;
            }
            let (code, from) = match advance {
                Advance::Replace(from) => (Code::Move, from),
                Advance::Integrate {
                    rate,
                    non_negative: true,
                } => (Code::IntegrateNonNegative, rate),
                Advance::Integrate {
                    rate,
                    non_negative: false,
                } => (Code::Integrate, rate),
            };
            let a = self.apart(from, self.slots[from.index()], to, &mut copies);
            ops.push(Op::of_one(code, to, a));
        }
        copies.extend(ops);
        copies
    }

    /// For each slope its weight in the sum (1 where none is given) and the slot of the number that
    /// the slope, at the end the sum, is multiplied with.
    fn slopes(&mut self, weights: &[(Option<Slot>, Slot)]) -> Vec<Vec<Op>> {
        let (states, replaced) = self.stage_states();
        let zero = self.number(0.0);
        let mut after = Vec::new();
        for (stage, &(weight, scale)) in weights.iter().enumerate() {
            let (is_first, is_last) = (stage == 0, stage + 1 == weights.len());
            let mut ops = Vec::new();
            let mut moves = Vec::new();
            if is_first {
                for &(_, kept, next) in &replaced {
                    ops.push(Op::of_one(Code::Move, kept, self.slots[next.index()]));
                }
            }
            for state in &states {
                let slots = if is_first {
                    &self.slots
                } else {
                    &self.stage_slots
                };
                let slope = slots[state.rate.index()];
                let slope = self.apart(state.rate, slope, state.to, &mut ops);
                let Integrated { to, base, sum, .. } = *state;
                moves.extend(summed(state, slope, is_first, weight));
                let by = if is_last { sum } else { slope };
                moves.push(Op::of(Code::ProductPlus, to, [by, scale, base]));
                if is_last && state.non_negative {
                    moves.push(Op::of(Code::Max, to, [to, zero, 0]));
                }
            }
            if is_last {
                let held = replaced.iter();
                moves.extend(held.map(|&(to, kept, _)| Op::of_one(Code::Move, to, kept)));
            }
            ops.extend(moves);
            after.push(ops);
        }
        after
    }

    /// Integrated states, and the others with a place for what replaces them.
    fn stage_states(&mut self) -> (Vec<Integrated>, Vec<(Slot, Slot, GateId)>) {
        let mut integrated = Vec::new();
        let mut replaced = Vec::new();
        for k in self.needed_states() {
            let to = self.state_slots[k];
            match self.graph.states[k].advance {
                Advance::Replace(next) => replaced.push((to, self.slot(), next)),
                Advance::Integrate { rate, non_negative } => integrated.push(Integrated {
                    to,
                    base: self.slot(),
                    sum: self.slot(),
                    rate,
                    non_negative,
                }),
            }
        }
        (integrated, replaced)
    }

    fn needed_states(&self) -> Vec<usize> {
        let states = 0..self.graph.states.len();
        states.filter(|&k| self.needed.states[k]).collect()
    }

    /// Where to read a gate that moves state `to` on: a copy where it is another state.
    fn apart(&mut self, gate: GateId, from: Slot, to: Slot, copies: &mut Vec<Op>) -> Slot {
        if from == to || !self.is_state(gate) {
            return from;
        }
        let copy = self.slot();
        copies.push(Op::of_one(Code::Move, copy, from));
        copy
    }

    fn is_state(&self, gate: GateId) -> bool {
        matches!(self.graph.gates[gate.index()], Gate::State(_))
    }

    /// Gain less loss in one instruction, where nothing else reads the difference.
    fn difference(&mut self, advance: Advance, to: Slot) -> Option<Op> {
        let Advance::Integrate {
            rate,
            non_negative: false,
        } = advance
        else {
            return None;
        };
        let Gate::Binary(_, a, b) = self.graph.gates[rate.index()] else {
            return None;
        };
        let fits = self.single_use(rate) == Some(Binary::Subtract);
        if !fits || self.is_state(a) || self.is_state(b) {
            return None;
        }
        self.absorbed[rate.index()] = true;
        let slot = |g: GateId| self.slots[g.index()];
        Some(Op::of(Code::IntegrateDifference, to, [slot(a), slot(b), 0]))
    }
}
