//! Graph → slots and instructions in the sections of a run; prunes what no output needs.
//!
//! Every gate has a slot of its own, so that executors may hold one number or a block of members
//! in it. Sections, in the order they run: `clock` (once for all runs), `once` (a run), `first`
//! (the first instant), then for every instant `each`, saving, and `advance`.

use super::RunError;
use super::graph::{Advance, Gate, GateId, Graph, moves};
use crate::builtin::{Binary, Unary};

/// A place for one value.
pub(crate) type Slot = u16;

/// The clock's slot.
pub(crate) const TIME_SLOT: Slot = 0;

/// Values of the clock's own gates that are kept for all runs, at most.
const MAX_SERIES_VALUES: usize = 4_000_000;

/// What an instruction does with slots `a`, `b`, `c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Code {
    Move,
    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    Unequal,
    Modulo,
    Power,
    And,
    Or,
    Negative,
    Not,
    Abs,
    Sqrt,
    Floor,
    Exp,
    Ln,
    Log10,
    Sin,
    Cos,
    Tan,
    ArcSin,
    ArcCos,
    ArcTan,
    /// `b` where `a` is not 0, else `c`.
    Select,
    /// Graphical function number `b` at `a`.
    Lookup,
    Step,
    Ramp,
    Pulse,
    /// History number `c`, `a` ago, `b` before the first instant.
    Past,
    /// `to + a × dt`.
    Integrate,
    /// The same, not below 0.
    IntegrateNonNegative,
    /// `to + (a − b) × dt`.
    IntegrateDifference,
}

/// One instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Op {
    pub(crate) code: Code,
    pub(crate) to: Slot,
    pub(crate) a: Slot,
    pub(crate) b: Slot,
    pub(crate) c: Slot,
}

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
}

/// The layout of a graph over so many instants.
pub(crate) fn layout(
    graph: &Graph,
    n_inputs: usize,
    n_driven: usize,
    n_instants: usize,
) -> Result<Layout, RunError> {
    let needed = Needed::of(graph);
    let mut placing = Placing::new(graph, &needed, n_instants);
    placing.place(n_inputs, n_driven)?;
    placing.emit();
    Ok(placing.layout)
}

/// Which gates are needed at the first instant and at every one.
struct Needed {
    first: Vec<bool>,
    each: Vec<bool>,
    /// Gates that something outside the instructions reads: outputs, states, histories.
    roots: Vec<GateId>,
    states: Vec<bool>,
}

impl Needed {
    fn of(graph: &Graph) -> Self {
        let n = graph.gates.len();
        let mut needed = Self {
            first: vec![false; n],
            each: vec![false; n],
            roots: graph.outputs.clone(),
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
                    needed.roots.push(of);
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
        self.roots.push(next);
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

    fn place(&mut self, n_inputs: usize, n_driven: usize) -> Result<(), RunError> {
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
        Ok(())
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
        for &root in &self.needed.roots {
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

    fn emit(&mut self) {
        for k in 0..self.graph.gates.len() {
            let Some(op) = self.op(k).filter(|_| self.is_needed(k)) else {
                continue;
            };
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
        self.emit_advance();
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
    fn emit_advance(&mut self) {
        let mut ops = Vec::new();
        for (k, state) in self.graph.states.iter().enumerate() {
            if !self.needed.states[k] {
                continue;
            }
            let to = self.state_slots[k];
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
            if a != to
                && let Gate::State(_) = self.graph.gates[from.index()]
            {
                let copy = self.slot();
                self.layout.advance.push(Op {
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
        self.layout.advance.extend(ops);
    }

    /// The instruction of a gate; none for what is set from outside.
    fn op(&self, k: usize) -> Option<Op> {
        let slot = |g: GateId| self.slots[g.index()];
        let (code, parts): (Code, [Slot; 3]) = match self.graph.gates[k] {
            Gate::Number(_)
            | Gate::Time
            | Gate::Input(_)
            | Gate::Driven(_)
            | Gate::State(_)
            | Gate::Frozen(_) => return None,
            Gate::Unary(op, a) => (unary_code(op), [slot(a), 0, 0]),
            Gate::Binary(op, a, b) => (binary_code(op), [slot(a), slot(b), 0]),
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

fn unary_code(op: Unary) -> Code {
    match op {
        Unary::Negative => Code::Negative,
        Unary::Not => Code::Not,
        Unary::Abs => Code::Abs,
        Unary::Sqrt => Code::Sqrt,
        Unary::Floor => Code::Floor,
        Unary::Exp => Code::Exp,
        Unary::Ln => Code::Ln,
        Unary::Log10 => Code::Log10,
        Unary::Sin => Code::Sin,
        Unary::Cos => Code::Cos,
        Unary::Tan => Code::Tan,
        Unary::ArcSin => Code::ArcSin,
        Unary::ArcCos => Code::ArcCos,
        Unary::ArcTan => Code::ArcTan,
    }
}

fn binary_code(op: Binary) -> Code {
    match op {
        Binary::Add => Code::Add,
        Binary::Subtract => Code::Subtract,
        Binary::Multiply => Code::Multiply,
        Binary::Divide => Code::Divide,
        Binary::Power => Code::Power,
        Binary::Modulo => Code::Modulo,
        Binary::Min => Code::Min,
        Binary::Max => Code::Max,
        Binary::Less => Code::Less,
        Binary::LessEqual => Code::LessEqual,
        Binary::Greater => Code::Greater,
        Binary::GreaterEqual => Code::GreaterEqual,
        Binary::Equal => Code::Equal,
        Binary::Unequal => Code::Unequal,
        Binary::And => Code::And,
        Binary::Or => Code::Or,
    }
}
