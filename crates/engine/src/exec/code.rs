//! Graph → slots and instructions in the sections of a run; prunes what no output needs.
//!
//! Every gate has a slot of its own, so that executors may hold one number or a block of members
//! in it. Sections, in the order they run: `clock` (once for all runs), `once` (a run), `first`
//! (the first instant), then for every instant `each`, saving, and `advance`.
//! Indices come from the graph, which made every list, and are used directly.

use super::graph::{Advance, Gate, GateId, Graph, moves};
use super::op::{Code, Op, Slot, TIME_SLOT, binary_code, chain_code, unary_code};
use crate::builtin::{Binary, Law};

/// Values of the clock's own gates that are kept for all runs, at most.
const MAX_SERIES_VALUES: usize = 4_000_000;

/// Everything an executor needs, for one setting.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    pub(crate) n_slots: usize,
    pub(crate) numbers: Vec<(Slot, f64)>,
    /// One for each input and driven variable, whether it is read or not.
    pub(crate) inputs: Vec<Slot>,
    pub(crate) driven: Vec<Slot>,
    /// First slot and number of the series that only the clock moves; the slots are in a row.
    pub(crate) series: (Slot, usize),
    pub(crate) clock: Vec<Op>,
    pub(crate) once: Vec<Op>,
    pub(crate) first: Vec<Op>,
    /// Kept values and states, and where they begin: (to, from).
    pub(crate) begin: Vec<(Slot, Slot)>,
    pub(crate) each: Vec<Op>,
    pub(crate) advance: Vec<Op>,
    pub(crate) outputs: Vec<Slot>,
    /// Slots whose past is read.
    pub(crate) histories: Vec<Slot>,
    pub(crate) draws: Vec<Draw>,
}

/// What a random number is drawn from, but for its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Draw {
    pub(crate) law: Law,
    pub(crate) stream: u32,
    /// Slot of a seed of its own.
    pub(crate) seed: Option<Slot>,
}

/// The layout of a graph over so many instants.
pub(crate) fn layout(graph: &Graph, n_inputs: usize, n_driven: usize, n_instants: usize) -> Layout {
    let needed = Needed::of(graph);
    let mut placing = Placing::new(graph, &needed, n_instants);
    placing.place(n_inputs, n_driven);
    placing.count_reads();
    placing.chain();
    placing.emit();
    placing.layout
}

/// Which gates are needed at the first instant and at every one.
struct Needed {
    first: Vec<bool>,
    each: Vec<bool>,
    /// Gates that are saved or whose past is read.
    kept: Vec<GateId>,
    /// Gates that states go on with.
    nexts: Vec<GateId>,
    states: Vec<bool>,
}

impl Needed {
    fn of(graph: &Graph) -> Self {
        let n = graph.gates.len();
        let mut needed = Self {
            first: vec![false; n],
            each: vec![false; n],
            kept: graph.outputs.clone(),
            nexts: Vec::new(),
            states: vec![false; graph.states.len()],
        };
        let mut work: Vec<(GateId, bool)> = graph.outputs.iter().map(|&g| (g, false)).collect();
        while let Some((gate, first)) = work.pop() {
            let seen = if first {
                &mut needed.first
            } else {
                &mut needed.each
            };
            if std::mem::replace(&mut seen[gate.index()], true) {
                continue;
            }
            work.extend(graph.gates[gate.index()].reads().map(|g| (g, first)));
            match graph.gates[gate.index()] {
                Gate::State(k) => needed.state(k as usize, graph, &mut work),
                Gate::Frozen(of) => work.push((of, true)),
                Gate::Past { history, .. } => {
                    let of = graph.histories[history as usize];
                    needed.kept.push(of);
                    work.push((of, false));
                }
                _ => {}
            }
        }
        needed
    }

    fn state(&mut self, k: usize, graph: &Graph, work: &mut Vec<(GateId, bool)>) {
        if std::mem::replace(&mut self.states[k], true) {
            return;
        }
        let state = graph.states[k];
        let (Advance::Integrate { rate: next, .. } | Advance::Replace(next)) = state.advance;
        self.nexts.push(next);
        work.push((next, false));
        work.push((state.initial, true));
    }
}

struct Placing<'g> {
    graph: &'g Graph,
    needed: &'g Needed,
    /// Whether what only the clock moves is computed once for all runs.
    with_series: bool,
    slots: Vec<Slot>,
    state_slots: Vec<Slot>,
    n_slots: usize,
    /// How often each gate is read at an instant; what is kept counts twice.
    reads: Vec<u32>,
    /// For each gate the operand that is computed in the same instruction, and whether it is the
    /// right one.
    chained: Vec<Option<(GateId, bool)>>,
    /// Gates computed inside their only reader's instruction.
    absorbed: Vec<bool>,
    layout: Layout,
}

impl<'g> Placing<'g> {
    fn new(graph: &'g Graph, needed: &'g Needed, n_instants: usize) -> Self {
        let n_clocked = graph.moves.iter().filter(|&&m| m == moves::TIME).count();
        Self {
            graph,
            needed,
            with_series: n_clocked.saturating_mul(n_instants) <= MAX_SERIES_VALUES,
            slots: vec![TIME_SLOT; graph.gates.len()],
            state_slots: vec![TIME_SLOT; graph.states.len()],
            n_slots: 1,
            reads: vec![0; graph.gates.len()],
            chained: vec![None; graph.gates.len()],
            absorbed: vec![false; graph.gates.len()],
            layout: Layout::default(),
        }
    }

    fn slot(&mut self) -> Slot {
        let slot = self.n_slots;
        self.n_slots += 1;
        // Too many are refused at the end of placing.
        slot.min(usize::from(Slot::MAX)) as Slot
    }

    fn is_needed(&self, gate: usize) -> bool {
        self.needed.first[gate] || self.needed.each[gate]
    }

    fn is_series(&self, gate: usize) -> bool {
        self.with_series
            && self.graph.moves[gate] == moves::TIME
            && self.graph.gates[gate] != Gate::Time
    }

    fn place(&mut self, n_inputs: usize, n_driven: usize) {
        self.layout.inputs = (0..n_inputs).map(|_| self.slot()).collect();
        self.layout.driven = (0..n_driven).map(|_| self.slot()).collect();
        self.place_states();
        self.place_series();
        let frontier = usize::from(self.layout.series.0)
            ..usize::from(self.layout.series.0) + self.layout.series.1;
        for k in 0..self.graph.gates.len() {
            if !self.is_needed(k) {
                continue;
            }
            match self.graph.gates[k] {
                Gate::Time => {}
                Gate::Input(n) => self.slots[k] = self.layout.inputs[n as usize],
                Gate::Driven(n) => self.slots[k] = self.layout.driven[n as usize],
                Gate::State(n) => self.slots[k] = self.state_slots[n as usize],
                Gate::Number(bits) => {
                    self.slots[k] = self.slot();
                    self.layout
                        .numbers
                        .push((self.slots[k], f64::from_bits(bits)));
                }
                _ if frontier.contains(&usize::from(self.slots[k])) => {}
                _ => self.slots[k] = self.slot(),
            }
        }
    }

    fn place_states(&mut self) {
        for k in 0..self.graph.states.len() {
            if self.needed.states[k] {
                self.state_slots[k] = self.slot();
            }
        }
    }

    /// Series that something else than a series reads get slots in a row.
    fn place_series(&mut self) {
        let n = self.graph.gates.len();
        let mut read = vec![false; n];
        for (k, gate) in self.graph.gates.iter().enumerate() {
            if self.is_needed(k) && !self.is_series(k) {
                gate.reads().for_each(|g| read[g.index()] = true);
            }
        }
        for &root in self.needed.kept.iter().chain(&self.needed.nexts) {
            read[root.index()] = true;
        }
        let begin = self.n_slots;
        for (k, _) in read.iter().enumerate().filter(|(_, read)| **read) {
            if self.is_needed(k) && self.is_series(k) {
                self.slots[k] = self.slot();
            }
        }
        self.layout.series = (
            begin.min(usize::from(Slot::MAX)) as Slot,
            self.n_slots - begin,
        );
    }

    fn count_reads(&mut self) {
        let gates = self.graph.gates.iter().zip(&self.needed.each);
        for gate in gates
            .filter(|(_, needed)| **needed)
            .flat_map(|(gate, _)| gate.reads())
        {
            self.reads[gate.index()] += 1;
        }
        for gate in &self.needed.nexts {
            self.reads[gate.index()] += 1;
        }
        for gate in &self.needed.kept {
            self.reads[gate.index()] += 2;
        }
    }

    /// Whether a gate is computed anew at every instant, and there only.
    fn is_of_each(&self, gate: GateId) -> bool {
        let k = gate.index();
        let moves_within_run = self.graph.moves[k] & !moves::INPUT != 0;
        moves_within_run && !self.is_series(k) && self.needed.each[k] && !self.needed.first[k]
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
    fn single_use(&self, gate: GateId) -> Option<Binary> {
        let k = gate.index();
        match self.graph.gates[k] {
            Gate::Binary(op, _, _) if self.reads[k] == 1 && self.chained[k].is_none() => {
                self.is_of_each(gate).then_some(op)
            }
            _ => None,
        }
    }

    fn emit(&mut self) {
        let advance = self.advance();
        for k in 0..self.graph.gates.len() {
            if !self.is_needed(k) || self.absorbed[k] {
                continue;
            }
            let Some(op) = self.op(k) else { continue };
            if self.is_series(k) {
                self.layout.clock.push(op);
            } else if self.graph.moves[k] & !moves::INPUT == 0 {
                self.layout.once.push(op);
            } else {
                if self.needed.first[k] {
                    self.layout.first.push(op);
                }
                if self.needed.each[k] {
                    self.layout.each.push(op);
                }
            }
        }
        self.emit_begin();
        self.layout.advance = advance;
        let slot = |g: &GateId| self.slots[g.index()];
        self.layout.outputs = self.graph.outputs.iter().map(slot).collect();
        self.layout.histories = self.graph.histories.iter().map(slot).collect();
        self.layout.n_slots = self.n_slots;
    }

    fn emit_begin(&mut self) {
        for (k, gate) in self.graph.gates.iter().enumerate() {
            if let (Gate::Frozen(of), true) = (gate, self.needed.each[k]) {
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

    /// States go on after everything was read. A state that another one reads directly is
    /// copied first, since it may go on before.
    fn advance(&mut self) -> Vec<Op> {
        let mut copies = Vec::new();
        let mut ops = Vec::new();
        for (k, state) in self.graph.states.iter().enumerate() {
            if !self.needed.states[k] {
                continue;
            }
            let to = self.state_slots[k];
            if let Some(op) = self.difference(state.advance, to) {
                ops.push(op);
                continue;
            }
            let (code, from) = match state.advance {
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
            let mut a = self.slots[from.index()];
            if a != to && self.is_state(from) {
                let copy = self.slot();
                copies.push(Op {
                    code: Code::Move,
                    to: copy,
                    a,
                    b: 0,
                    c: 0,
                });
                a = copy;
            }
            ops.push(Op {
                code,
                to,
                a,
                b: 0,
                c: 0,
            });
        }
        copies.extend(ops);
        copies
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
        Some(Op {
            code: Code::IntegrateDifference,
            to,
            a: slot(a),
            b: slot(b),
            c: 0,
        })
    }

    /// An inner operation and the outer one with the other operand.
    fn chained_op(
        &self,
        outer: Binary,
        inner: GateId,
        on_right: bool,
        other: GateId,
    ) -> Option<(Code, [Slot; 3])> {
        let Gate::Binary(op, a, b) = self.graph.gates[inner.index()] else {
            return None;
        };
        let slots = [a, b, other].map(|g| self.slots[g.index()]);
        Some((chain_code(op, outer, on_right)?, slots))
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
        let c = self.layout.draws.len().min(usize::from(Slot::MAX)) as Slot;
        let seed = seed.map(|g| self.slots[g.index()]);
        self.layout.draws.push(Draw { law, stream, seed });
        Some(Op {
            code: Code::Draw,
            to: self.slots[k],
            a: self.slots[a.index()],
            b: self.slots[b.index()],
            c,
        })
    }

    /// The instruction of a gate; none for what is set from outside.
    fn op(&mut self, k: usize) -> Option<Op> {
        if let Gate::Draw { .. } = self.graph.gates[k] {
            return self.draw(k);
        }
        let slot = |g: GateId| self.slots[g.index()];
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
                    self.chained_op(op, inner, on_right, if on_right { a } else { b })?
                }
                None => (binary_code(op), [slot(a), slot(b), 0]),
            },
            Gate::Select(parts) => (Code::Select, parts.map(slot)),
            Gate::Lookup(table, x) => (
                Code::Lookup,
                [slot(x), table.0.min(u32::from(Slot::MAX)) as Slot, 0],
            ),
            Gate::Step([a, b]) => (Code::Step, [slot(a), slot(b), 0]),
            Gate::Ramp(parts) => (Code::Ramp, parts.map(slot)),
            Gate::Pulse(parts) => (Code::Pulse, parts.map(slot)),
            Gate::Past {
                history,
                back,
                early,
            } => (
                Code::Past,
                [
                    slot(back),
                    slot(early),
                    history.min(u32::from(Slot::MAX)) as Slot,
                ],
            ),
        };
        let [a, b, c] = parts;
        Some(Op {
            code,
            to: self.slots[k],
            a,
            b,
            c,
        })
    }
}
