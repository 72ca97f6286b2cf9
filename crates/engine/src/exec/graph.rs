//! Program + settings → the values of an instant as a graph: folded, without repeats or names.
//!
//! Equal values are one gate (common subexpressions, variables that repeat each other); what
//! depends on nothing that moves is a number already. Every gate reads earlier ones. Rewrites keep
//! the bits: only kernels are applied and identities used that hold for every number.
//! Indices come from the compiler, which made every list, and are used directly.

use std::collections::HashMap;

use super::{RunError, RunSettings, lookup::lookup};
use crate::builtin::{self, Binary, Clock, Law, Unary};
use crate::model::term::TableId;
use crate::model::{Kind, VarId};
use crate::program::{Node, NodeId, Program, Rule};

/// Position in [`Graph::gates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GateId(pub(crate) u32);

impl GateId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One value of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gate {
    /// A number, by its bits.
    Number(u64),
    Time,
    /// Position in [`RunSettings::inputs`].
    Input(u32),
    /// Position in [`RunSettings::driven`].
    Driven(u32),
    /// Position in [`Graph::states`].
    State(u32),
    /// A gate's value at the first instant, kept through the run.
    Frozen(GateId),
    Unary(Unary, GateId),
    Binary(Binary, GateId, GateId),
    Select([GateId; 3]),
    Lookup(TableId, GateId),
    Step([GateId; 2]),
    Ramp([GateId; 3]),
    Pulse([GateId; 3]),
    /// A hidden variable so many instants ago: position in [`Graph::histories`], then the time
    /// back and the value before the first instant.
    Past {
        history: u32,
        back: GateId,
        early: GateId,
    },
    /// A random number, new at every step and held within it. The stream keeps two calls apart.
    Draw {
        law: Law,
        arguments: [GateId; 2],
        stream: u32,
        seed: Option<GateId>,
    },
}

impl Gate {
    /// The gates it reads at the same instant.
    pub(crate) fn reads(&self) -> impl Iterator<Item = GateId> {
        let mut parts = [None; 3];
        match *self {
            Self::Unary(_, a) | Self::Lookup(_, a) => parts[0] = Some(a),
            Self::Binary(_, a, b) | Self::Step([a, b]) => parts = [Some(a), Some(b), None],
            Self::Past { back, early, .. } => parts = [Some(back), Some(early), None],
            Self::Draw {
                arguments: [a, b],
                seed,
                ..
            } => parts = [Some(a), Some(b), seed],
            Self::Select(all) | Self::Ramp(all) | Self::Pulse(all) => parts = all.map(Some),
            Self::Number(_)
            | Self::Time
            | Self::Input(_)
            | Self::Driven(_)
            | Self::State(_)
            | Self::Frozen(_) => {}
        }
        parts.into_iter().flatten()
    }
}

/// What a gate's value moves with, as bits; none for a number.
pub(crate) mod moves {
    /// From run to run.
    pub(crate) const INPUT: u8 = 1;
    /// With the clock.
    pub(crate) const TIME: u8 = 2;
    /// With what happened before, or with a driven series.
    pub(crate) const STATE: u8 = 4;
    /// From member to member of an ensemble, and with the seed of the run.
    pub(crate) const DRAW: u8 = 8;
}

/// How a state goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Advance {
    /// `state + rate × dt`, not below zero if the flag is set.
    Integrate { rate: GateId, non_negative: bool },
    /// The gate's value.
    Replace(GateId),
}

/// A value carried from instant to instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) initial: GateId,
    pub(crate) advance: Advance,
}

/// What executors lay out.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    pub(crate) gates: Vec<Gate>,
    /// What each gate moves with: bits of [`moves`].
    pub(crate) moves: Vec<u8>,
    pub(crate) states: Vec<State>,
    /// Gates whose past is read.
    pub(crate) histories: Vec<GateId>,
    /// One for each of the outputs.
    pub(crate) outputs: Vec<GateId>,
}

/// The graph of a program under settings.
pub(crate) fn graph(program: &Program, settings: &RunSettings) -> Result<Graph, RunError> {
    let mut builder = Builder::new(program, settings)?;
    builder.at_first_instant();
    builder.at_every_instant();
    builder.finish()
}

struct Builder<'p> {
    program: &'p Program,
    settings: &'p RunSettings,
    gates: Vec<Gate>,
    moves: Vec<u8>,
    known: HashMap<Gate, GateId>,
    /// Gate of each variable at the first instant and at every one, where known yet.
    first: Vec<Option<GateId>>,
    every: Vec<Option<GateId>>,
    /// Gate of each node in the equation being read.
    node_gates: Vec<GateId>,
    states: Vec<State>,
    state_of: Vec<Option<u32>>,
    histories: Vec<VarId>,
    /// Whether the first instant is being read.
    first_instant: bool,
}

impl<'p> Builder<'p> {
    fn new(program: &'p Program, settings: &'p RunSettings) -> Result<Self, RunError> {
        let n = program.equations.len();
        let mut builder = Self {
            program,
            settings,
            gates: Vec::new(),
            moves: Vec::new(),
            known: HashMap::new(),
            first: vec![None; n],
            every: vec![None; n],
            node_gates: vec![GateId(0); program.nodes.len()],
            states: Vec::new(),
            state_of: vec![None; n],
            histories: Vec::new(),
            first_instant: false,
        };
        builder.number(0.0);
        for (k, &var) in settings.inputs.iter().enumerate() {
            builder.set_from_outside(var, Gate::Input(k as u32), |kind| kind == Kind::Constant)?;
        }
        for (k, &var) in settings.driven.iter().enumerate() {
            builder.set_from_outside(var, Gate::Driven(k as u32), |kind| kind != Kind::Stock)?;
        }
        Ok(builder)
    }

    fn set_from_outside(
        &mut self,
        var: VarId,
        gate: Gate,
        fits: fn(Kind) -> bool,
    ) -> Result<(), RunError> {
        let position = var.index();
        let (Some(&kind), Some(name)) = (
            self.program.kinds.get(position),
            self.program.names.get(position),
        ) else {
            return Err(RunError::UnknownVariable { position });
        };
        if !fits(kind) {
            return Err(RunError::NotAnInput { name: name.clone() });
        }
        let gate = self.gate(gate);
        self.first[position] = Some(gate);
        self.every[position] = Some(gate);
        Ok(())
    }

    fn at_first_instant(&mut self) {
        self.first_instant = true;
        for &var in &self.program.initial_order {
            let equations = &self.program.equations[var.index()];
            if self.first[var.index()].is_none() {
                self.first[var.index()] = Some(match equations.rule {
                    Rule::Constant(value) => self.number(value),
                    Rule::Computed(root)
                    | Rule::Starting { initial: root, .. }
                    | Rule::Stock { initial: root, .. }
                    | Rule::Held { initial: root, .. } => {
                        self.read(equations.initial_range.clone(), root)
                    }
                });
            }
        }
        self.first_instant = false;
    }

    fn at_every_instant(&mut self) {
        for (k, equations) in self.program.equations.iter().enumerate() {
            if let Rule::Stock { .. } | Rule::Held { .. } = equations.rule {
                let state = self.states.len() as u32;
                // The way it goes on is known when everything else is.
                let zero = GateId(0);
                self.states.push(State {
                    initial: self.first[k].unwrap_or(zero),
                    advance: Advance::Replace(zero),
                });
                self.state_of[k] = Some(state);
                self.every[k] = Some(self.gate(Gate::State(state)));
            }
        }
        for &var in &self.program.order {
            let equations = &self.program.equations[var.index()];
            if self.every[var.index()].is_none() {
                self.every[var.index()] = Some(match equations.rule {
                    Rule::Computed(root) | Rule::Starting { value: root, .. } => {
                        self.read(equations.range.clone(), root)
                    }
                    Rule::Constant(value) => self.number(value),
                    Rule::Stock { .. } | Rule::Held { .. } => GateId(0),
                });
            }
        }
        for (k, equations) in self.program.equations.iter().enumerate() {
            let advance = match equations.rule {
                Rule::Stock {
                    net, non_negative, ..
                } => Advance::Integrate {
                    rate: self.read(equations.range.clone(), net),
                    non_negative,
                },
                Rule::Held { next, .. } => {
                    Advance::Replace(self.read(equations.range.clone(), next))
                }
                _ => continue,
            };
            if let Some(state) = self.state_of[k] {
                self.states[state as usize].advance = advance;
            }
        }
    }

    fn finish(self) -> Result<Graph, RunError> {
        let every = |var: &VarId| self.every.get(var.index()).copied().flatten();
        let outputs = self.settings.outputs.iter();
        let outputs: Result<Vec<GateId>, RunError> = outputs
            .map(|var| {
                every(var).ok_or(RunError::UnknownVariable {
                    position: var.index(),
                })
            })
            .collect();
        Ok(Graph {
            outputs: outputs?,
            histories: self.histories.iter().filter_map(every).collect(),
            gates: self.gates,
            moves: self.moves,
            states: self.states,
        })
    }

    /// The gate of the last node of an equation.
    fn read(&mut self, range: std::ops::Range<usize>, root: NodeId) -> GateId {
        for k in range {
            let gate = self.node(self.program.nodes[k]);
            self.node_gates[k] = gate;
        }
        self.node_gates[root.index()]
    }

    fn node(&mut self, node: Node) -> GateId {
        let of = |id: NodeId| self.node_gates[id.index()];
        match node {
            Node::Number(value) => self.number(value),
            Node::Clock(clock) => self.clock(clock),
            Node::Variable(var) => self.variable(var),
            Node::Initial(var) => {
                let gate = self.first[var.index()].unwrap_or(GateId(0));
                self.frozen(gate)
            }
            Node::Unary(op, a) => {
                let a = of(a);
                self.unary(op, a)
            }
            Node::Binary(op, a, b) => {
                let (a, b) = (of(a), of(b));
                self.binary(op, a, b)
            }
            Node::Select(parts) => {
                let parts = parts.map(of);
                self.select(parts)
            }
            Node::Lookup(table, x) => {
                let x = of(x);
                self.lookup(table, x)
            }
            Node::Step(parts) => {
                let parts = parts.map(of);
                self.clocked(Gate::Step(parts))
            }
            Node::Ramp(parts) => {
                let parts = parts.map(of);
                self.clocked(Gate::Ramp(parts))
            }
            Node::Pulse(parts) => {
                let parts = parts.map(of);
                self.clocked(Gate::Pulse(parts))
            }
            Node::Past { early, .. } if self.first_instant => of(early),
            Node::Past {
                of: var,
                back,
                early,
            } => {
                let (back, early) = (of(back), of(early));
                let history = self.histories.len() as u32;
                self.histories.push(var);
                self.gate(Gate::Past {
                    history,
                    back,
                    early,
                })
            }
            Node::Draw {
                law,
                arguments,
                stream,
                seed,
            } => {
                let (arguments, seed) = (arguments.map(of), seed.map(of));
                self.gate(Gate::Draw {
                    law,
                    arguments,
                    stream,
                    seed,
                })
            }
        }
    }

    fn variable(&self, var: VarId) -> GateId {
        let gates = if self.first_instant {
            &self.first
        } else {
            &self.every
        };
        // The order puts every variable after those it reads.
        gates[var.index()].unwrap_or(GateId(0))
    }

    fn clock(&mut self, clock: Clock) -> GateId {
        let horizon = self.settings.horizon;
        match clock {
            Clock::Time if self.first_instant => self.number(horizon.start),
            Clock::Time => self.gate(Gate::Time),
            Clock::Dt => self.number(horizon.dt),
            Clock::Start => self.number(horizon.start),
            Clock::Stop => self.number(horizon.stop),
        }
    }

    fn number(&mut self, value: f64) -> GateId {
        self.gate(Gate::Number(value.to_bits()))
    }

    fn value(&self, gate: GateId) -> Option<f64> {
        match self.gates[gate.index()] {
            Gate::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    fn frozen(&mut self, gate: GateId) -> GateId {
        // Inside the first instant, and for a number, it is the gate itself. What only inputs move
        // is kept too: a run resumed with other inputs has begun with the old ones.
        if self.first_instant || self.moves[gate.index()] == 0 {
            return gate;
        }
        self.gate(Gate::Frozen(gate))
    }

    fn unary(&mut self, op: Unary, a: GateId) -> GateId {
        match self.value(a) {
            Some(x) => self.number(op.apply(x)),
            None => self.gate(Gate::Unary(op, a)),
        }
    }

    fn binary(&mut self, op: Binary, a: GateId, b: GateId) -> GateId {
        match (op, self.value(a), self.value(b)) {
            (_, Some(x), Some(y)) => self.number(op.apply(x, y)),
            (Binary::Multiply | Binary::Divide, _, Some(1.0)) => a,
            (Binary::Multiply, Some(1.0), _) => b,
            (Binary::Subtract, _, Some(y)) if y.to_bits() == 0 => a,
            // The order of two factors or summands changes no bit of the result.
            (Binary::Add | Binary::Multiply, _, _) if a > b => self.gate(Gate::Binary(op, b, a)),
            _ => self.gate(Gate::Binary(op, a, b)),
        }
    }

    fn select(&mut self, [c, a, b]: [GateId; 3]) -> GateId {
        match self.value(c) {
            Some(condition) if condition.is_nan() => c,
            Some(condition) => {
                if condition != 0.0 {
                    a
                } else {
                    b
                }
            }
            None if a == b => a,
            None => self.gate(Gate::Select([c, a, b])),
        }
    }

    fn lookup(&mut self, table: TableId, x: GateId) -> GateId {
        match (self.value(x), self.program.tables.get(table.0 as usize)) {
            (Some(x), Some(table)) => self.number(lookup(table, x)),
            _ => self.gate(Gate::Lookup(table, x)),
        }
    }

    /// A builtin that looks at the clock; at the first instant it may be a number.
    fn clocked(&mut self, gate: Gate) -> GateId {
        let horizon = self.settings.horizon;
        let values: Vec<Option<f64>> = gate.reads().map(|g| self.value(g)).collect();
        let values: Option<Vec<f64>> = values.into_iter().collect();
        match (self.first_instant, values.as_deref(), gate) {
            (true, Some(&[height, at]), Gate::Step(_)) => {
                self.number(builtin::step(height, at, horizon.start, horizon.dt))
            }
            (true, Some(&[slope, start, end]), Gate::Ramp(_)) => {
                self.number(builtin::ramp(slope, start, end, horizon.start))
            }
            (true, Some(&[size, first, every]), Gate::Pulse(_)) => self.number(builtin::pulse(
                size,
                first,
                every,
                horizon.start,
                horizon.dt,
            )),
            _ => self.gate(gate),
        }
    }

    /// The one gate of that kind.
    fn gate(&mut self, gate: Gate) -> GateId {
        if let Some(&known) = self.known.get(&gate) {
            return known;
        }
        let own = match gate {
            Gate::Number(_) => 0,
            Gate::Input(_) => moves::INPUT,
            Gate::Time | Gate::Step(_) | Gate::Ramp(_) | Gate::Pulse(_) => moves::TIME,
            // A seed of its own makes a draw the same in every run.
            Gate::Draw { seed: Some(_), .. } => moves::TIME,
            Gate::Draw { seed: None, .. } => moves::TIME | moves::DRAW,
            Gate::Driven(_) | Gate::State(_) | Gate::Frozen(_) | Gate::Past { .. } => moves::STATE,
            _ => 0,
        };
        let all = gate.reads().fold(own, |all, g| all | self.moves[g.index()]);
        let id = GateId(self.gates.len() as u32);
        self.gates.push(gate);
        self.moves.push(all);
        self.known.insert(gate, id);
        id
    }
}
