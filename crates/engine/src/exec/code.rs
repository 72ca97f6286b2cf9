//! Graph → slots and instructions in the sections of a run; prunes what no output needs.
//!
//! Executors hold one number or a block of members in a slot. Sections, in the order they run:
//! `once` (a run), `first` (the first instant), then for every instant `each` and saving, and for
//! every step `after[0]`, then with further slopes `stage` and `after[1]`, and so on. How a step goes
//! on is in `advance`, which slots are used again in `slots`.
//! Indices come from the graph, which made every list, and are used directly.

use super::graph::{Gate, GateId, Graph, moves};
use super::needed::{Needed, Roots};
use super::op::{Code, Op, Slot, TIME_SLOT, binary_code, chain_code, unary_code};
use super::slots;
use crate::builtin::{Binary, Law};
use crate::program::Method;

/// Everything an executor needs, for one setting.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    pub(crate) n_slots: usize,
    pub(crate) numbers: Vec<(Slot, f64)>,
    /// One for each input and driven variable, whether it is read or not.
    pub(crate) inputs: Vec<Slot>,
    pub(crate) driven: Vec<Slot>,
    /// What other runs have computed already: set at every instant, and anew at later slopes.
    pub(crate) series: Vec<(GateId, Slot)>,
    pub(crate) stage_series: Vec<(GateId, Slot)>,
    pub(crate) once: Vec<Op>,
    pub(crate) first: Vec<Op>,
    /// Kept values and states, and where they begin: (to, from).
    pub(crate) begin: Vec<(Slot, Slot)>,
    pub(crate) each: Vec<Op>,
    pub(crate) stage: Vec<Op>,
    /// How states go on after each slope of a step.
    pub(crate) after: Vec<Vec<Op>>,
    /// One for each of the roots.
    pub(crate) roots: Vec<Slot>,
    pub(crate) stage_roots: Vec<Slot>,
    pub(crate) histories: Vec<History>,
    /// Instants that the histories keep, all together.
    pub(crate) n_past: usize,
    pub(crate) draws: Vec<Draw>,
}

/// A value whose past is read, and the room for it: a ring of the instants that are looked back at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct History {
    pub(crate) slot: Slot,
    /// The most steps that are looked back.
    pub(crate) reach: usize,
    /// Instants before this ring in the room for all of them.
    pub(crate) begin: usize,
}

impl History {
    /// Where the value of an instant is among those of all histories.
    pub(super) fn place(&self, step: usize) -> usize {
        self.begin + step % (self.reach + 1)
    }

    /// The instants before `step` that an instant from `step` on may look back at.
    pub(super) fn kept(&self, step: usize) -> std::ops::Range<usize> {
        step.saturating_sub(self.reach)..step
    }
}

/// What a random number is drawn from, but for its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Draw {
    pub(crate) law: Law,
    pub(crate) stream: u32,
    /// Slot of a seed of its own.
    pub(crate) seed: Option<Slot>,
}

/// What to lay out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'g> {
    pub(super) graph: &'g Graph,
    pub(super) roots: &'g Roots,
    /// Gates whose values are given.
    pub(super) leaf: &'g [bool],
    /// Gates that move within a step.
    pub(super) within: &'g [bool],
    pub(super) method: Method,
    pub(super) dt: f64,
    pub(super) n_instants: usize,
    pub(super) n_inputs: usize,
    pub(super) n_driven: usize,
}

/// The layout of what is asked for.
pub(super) fn layout(request: &Request) -> Layout {
    let still = vec![false; request.within.len()];
    let within = match request.method {
        Method::Euler => still.as_slice(),
        _ => request.within,
    };
    let needed = Needed::of(request.graph, request.roots, request.leaf, within);
    let mut placing = Placing::new(request, &needed);
    placing.place();
    placing.count_reads();
    placing.chain();
    placing.emit();
    slots::reuse(placing.layout, placing.n_slots)
}

/// Slots of gates, before they are used again for others.
pub(super) struct Placing<'g> {
    pub(super) request: &'g Request<'g>,
    pub(super) graph: &'g Graph,
    pub(super) needed: &'g Needed,
    pub(super) slots: Vec<Slot>,
    /// Slots at later slopes; those of an instant for what keeps still.
    pub(super) stage_slots: Vec<Slot>,
    pub(super) state_slots: Vec<Slot>,
    /// Position of each history among those that are read.
    histories: Vec<Slot>,
    n_slots: usize,
    /// How often each gate is read at an instant; what is kept counts twice.
    reads: Vec<u32>,
    /// For each gate the operand that is computed in the same instruction, and whether it is the
    /// right one.
    chained: Vec<Option<(GateId, bool)>>,
    /// Gates computed inside their only reader's instruction.
    pub(super) absorbed: Vec<bool>,
    pub(super) layout: Layout,
}

impl<'g> Placing<'g> {
    fn new(request: &'g Request<'g>, needed: &'g Needed) -> Self {
        let n = request.graph.gates.len();
        Self {
            request,
            graph: request.graph,
            needed,
            slots: vec![TIME_SLOT; n],
            stage_slots: Vec::new(),
            state_slots: vec![TIME_SLOT; request.graph.states.len()],
            histories: vec![0; request.graph.histories.len()],
            n_slots: 1,
            reads: vec![0; n],
            chained: vec![None; n],
            absorbed: vec![false; n],
            layout: Layout::default(),
        }
    }

    pub(super) fn slot(&mut self) -> Slot {
        let slot = self.n_slots;
        self.n_slots += 1;
        // A graph that fills more is over the budget of slots and refused.
        slot.min(Slot::MAX as usize) as Slot
    }

    /// The slot of a number that the way of stepping needs.
    pub(super) fn number(&mut self, value: f64) -> Slot {
        let same = |(_, n): &&(Slot, f64)| n.to_bits() == value.to_bits();
        if let Some(&(slot, _)) = self.layout.numbers.iter().rev().take(8).find(same) {
            return slot;
        }
        let slot = self.slot();
        self.layout.numbers.push((slot, value));
        slot
    }

    fn place(&mut self) {
        self.layout.inputs = (0..self.request.n_inputs).map(|_| self.slot()).collect();
        self.layout.driven = (0..self.request.n_driven).map(|_| self.slot()).collect();
        for k in 0..self.graph.states.len() {
            if self.needed.states[k] {
                self.state_slots[k] = self.slot();
            }
        }
        for k in 0..self.graph.gates.len() {
            if self.needed.anywhere(k) {
                self.slots[k] = self.gate_slot(k);
            }
        }
        self.stage_slots = self.slots.clone();
        for k in 0..self.graph.gates.len() {
            if !self.needed.stage[k] {
                continue;
            }
            if self.request.leaf[k] {
                let gate = GateId(k as u32);
                self.layout.stage_series.push((gate, self.slots[k]));
            } else if self.is_computed(k) {
                self.stage_slots[k] = self.slot();
            }
        }
    }

    fn gate_slot(&mut self, k: usize) -> Slot {
        if self.request.leaf[k] {
            let slot = self.slot();
            self.layout.series.push((GateId(k as u32), slot));
            return slot;
        }
        match self.graph.gates[k] {
            Gate::Time => TIME_SLOT,
            Gate::Input(n) => self.layout.inputs[n as usize],
            Gate::Driven(n) => self.layout.driven[n as usize],
            Gate::State(n) => self.state_slots[n as usize],
            Gate::Number(bits) => {
                let slot = self.slot();
                self.layout.numbers.push((slot, f64::from_bits(bits)));
                slot
            }
            _ => self.slot(),
        }
    }

    /// Whether an instruction gives its value.
    fn is_computed(&self, k: usize) -> bool {
        !matches!(
            self.graph.gates[k],
            Gate::Number(_)
                | Gate::Time
                | Gate::Input(_)
                | Gate::Driven(_)
                | Gate::State(_)
                | Gate::Frozen(_)
        )
    }

    fn count_reads(&mut self) {
        for (k, gate) in self.graph.gates.iter().enumerate() {
            if self.needed.each[k] && !self.request.leaf[k] {
                gate.reads().for_each(|g| self.reads[g.index()] += 1);
            }
        }
        for gate in &self.needed.nexts {
            self.reads[gate.index()] += 1;
        }
        let histories = self.graph.histories.iter().zip(&self.needed.histories);
        let histories = histories.filter(|(_, read)| **read).map(|(gate, _)| gate);
        let roots = &self.request.roots;
        for gate in roots.each.iter().chain(&roots.stage).chain(histories) {
            self.reads[gate.index()] += 2;
        }
    }

    /// Whether a gate is computed anew at every instant, and there only.
    fn is_of_each(&self, gate: GateId) -> bool {
        let k = gate.index();
        let moves_within_run = self.graph.moves[k] & !moves::INPUT != 0;
        moves_within_run && !self.request.leaf[k] && self.needed.each[k] && !self.needed.first[k]
    }

    /// Two arithmetic steps of which the first has one reader become one instruction.
    fn chain(&mut self) {
        for k in 0..self.graph.gates.len() {
            let Gate::Binary(outer, a, b) = self.graph.gates[k] else {
                continue;
            };
            if !self.is_of_each(GateId(k as u32)) {
                continue;
            }
            let inner = [(a, false), (b, true)]
                .into_iter()
                .find(|&(gate, on_right)| {
                    let code = self
                        .single_use(gate)
                        .and_then(|op| chain_code(op, outer, on_right));
                    code.is_some()
                });
            if let Some((gate, _)) = inner {
                self.chained[k] = inner;
                self.absorbed[gate.index()] = true;
            }
        }
    }

    /// The operation of a gate that only one other reads and that is one instruction itself.
    pub(super) fn single_use(&self, gate: GateId) -> Option<Binary> {
        let k = gate.index();
        match self.graph.gates[k] {
            Gate::Binary(op, _, _) if self.reads[k] == 1 && self.chained[k].is_none() => {
                self.is_of_each(gate).then_some(op)
            }
            _ => None,
        }
    }

    fn emit(&mut self) {
        self.emit_histories();
        self.layout.after = self.after(self.request.dt);
        for k in 0..self.graph.gates.len() {
            let given = self.request.leaf[k] || !self.is_computed(k) || self.absorbed[k];
            if given || !self.needed.anywhere(k) {
                continue;
            }
            let Some(op) = self.op(k) else { continue };
            if self.graph.moves[k] & !moves::INPUT == 0 {
                self.layout.once.push(op);
                continue;
            }
            if self.needed.first[k] {
                self.layout.first.push(op);
            }
            if self.needed.each[k] {
                self.layout.each.push(op);
            }
            if self.needed.stage[k] {
                let op = self.op_at_stage(k);
                self.layout.stage.extend(op);
            }
        }
        self.emit_begin();
        let slots = |gates: &[GateId], slots: &[Slot]| -> Vec<Slot> {
            gates.iter().map(|g| slots[g.index()]).collect()
        };
        self.layout.roots = slots(&self.request.roots.each, &self.slots);
        self.layout.stage_roots = slots(&self.request.roots.stage, &self.stage_slots);
    }

    fn emit_begin(&mut self) {
        for (k, gate) in self.graph.gates.iter().enumerate() {
            if let (Gate::Frozen(of), true) = (gate, self.needed.each[k] && !self.request.leaf[k]) {
                self.layout
                    .begin
                    .push((self.slots[k], self.slots[of.index()]));
            }
        }
        for (k, state) in self.graph.states.iter().enumerate() {
            if self.needed.states[k] {
                self.layout
                    .begin
                    .push((self.state_slots[k], self.slots[state.initial.index()]));
            }
        }
    }

    fn emit_histories(&mut self) {
        let longest = self.request.n_instants - 1;
        let mut reach = vec![0; self.graph.histories.len()];
        for gate in &self.graph.gates {
            if let Gate::Past { history, back, .. } = *gate {
                let steps = match self.graph.gates[back.index()] {
                    Gate::Number(bits) => libm::round(f64::from_bits(bits) / self.request.dt),
                    _ => f64::INFINITY,
                };
                // What is no number is never looked at, what is too long never reached.
                let steps = if steps < longest as f64 {
                    steps as usize
                } else {
                    longest
                };
                reach[history as usize] = steps.max(reach[history as usize]);
            }
        }
        for (k, gate) in self.graph.histories.iter().enumerate() {
            if self.needed.histories[k] {
                self.histories[k] = self.layout.histories.len() as Slot;
                self.layout.histories.push(History {
                    slot: self.slots[gate.index()],
                    reach: reach[k],
                    begin: self.layout.n_past,
                });
                self.layout.n_past = self.layout.n_past.saturating_add(reach[k] + 1);
            }
        }
    }

    /// An inner operation and the outer one with the other operand.
    fn chained_op(
        &self,
        outer: Binary,
        inner: GateId,
        on_right: bool,
        other: GateId,
    ) -> Option<(Code, [GateId; 3])> {
        let Gate::Binary(op, a, b) = self.graph.gates[inner.index()] else {
            return None;
        };
        Some((chain_code(op, outer, on_right)?, [a, b, other]))
    }

    fn draw(&mut self, k: usize) -> Option<Op> {
        let Gate::Draw {
            law,
            arguments: [a, b],
            stream,
            seed,
        } = self.graph.gates[k]
        else {
            return None;
        };
        let c = self.layout.draws.len() as Slot;
        let seed = seed.map(|g| self.slots[g.index()]);
        self.layout.draws.push(Draw { law, stream, seed });
        let (a, b) = (self.slots[a.index()], self.slots[b.index()]);
        Some(Op::of(Code::Draw, self.slots[k], [a, b, c]))
    }

    /// The instruction of a gate; none for what is set from outside.
    fn op(&mut self, k: usize) -> Option<Op> {
        if let Gate::Draw { .. } = self.graph.gates[k] {
            return self.draw(k);
        }
        self.op_with(k, &self.slots)
    }

    fn op_at_stage(&self, k: usize) -> Option<Op> {
        self.op_with(k, &self.stage_slots)
    }

    fn op_with(&self, k: usize, slots: &[Slot]) -> Option<Op> {
        let slot = |g: GateId| slots[g.index()];
        let (code, parts): (Code, [Slot; 3]) = match self.graph.gates[k] {
            Gate::Number(_)
            | Gate::Time
            | Gate::Input(_)
            | Gate::Driven(_)
            | Gate::State(_)
            | Gate::Frozen(_)
            | Gate::Draw { .. } => return None,
            Gate::Unary(op, a) => (unary_code(op), [slot(a), 0, 0]),
            Gate::Binary(op, a, b) => match self.chained[k] {
                Some((inner, on_right)) => {
                    let other = if on_right { a } else { b };
                    let (code, parts) = self.chained_op(op, inner, on_right, other)?;
                    (code, parts.map(slot))
                }
                None => (binary_code(op), [slot(a), slot(b), 0]),
            },
            Gate::Select(parts) => (Code::Select, parts.map(slot)),
            Gate::Lookup(table, x) => (Code::Lookup, [slot(x), table.0, 0]),
            Gate::Step([a, b]) => (Code::Step, [slot(a), slot(b), 0]),
            Gate::Ramp(parts) => (Code::Ramp, parts.map(slot)),
            Gate::Pulse(parts) => (Code::Pulse, parts.map(slot)),
            Gate::Past {
                history,
                back,
                early,
            } => {
                let history = self.histories[history as usize];
                let code = if self.request.within[back.index()] {
                    Code::PastInstant
                } else {
                    Code::Past
                };
                (code, [slot(back), slot(early), history])
            }
        };
        Some(Op::of(code, slots[k], parts))
    }
}
