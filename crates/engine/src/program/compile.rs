//! Terms → nodes, with hidden variables for builtins with memory, and the two orders.

use std::collections::VecDeque;
use std::ops::Range;

use super::expand::expanded;
use super::sequence::{needs, ordered};
use super::{Equations, Node, NodeId, Program, Rule};
use crate::budget::MAX_ALL_VARIABLES;
use crate::builtin::{Binary, Clock, Kernel, Unary};
use crate::diag::Severity;
use crate::model::term::{Term, TermKind};
use crate::model::{Definition, Kind, Model, VarId, Variable};
use crate::program::{Horizon, Method};
use crate::xmile::source::Faults;

/// The program of a model; cycles and delays that cannot be run are faults.
pub(crate) fn compile(
    model: &Model,
    horizon: Horizon,
    method: Method,
    faults: &mut Faults,
) -> Program {
    let n = model.all_variables().len();
    let mut compiler = Compiler {
        n_reserved: n,
        ..Compiler::default()
    };
    compiler.equations.resize_with(n, || None);
    compiler.limits = limits(model);
    for (k, definition) in model.definitions().iter().enumerate() {
        let kind = model.all_variables().get(k).map_or(Kind::Aux, |v| v.kind);
        compiler.model_variable(VarId(k as u32), kind, definition, faults);
    }
    while let Some((var, hidden)) = compiler.queue.pop_front() {
        compiler.hidden_variable(var, &hidden, faults);
    }
    let equations: Vec<Equations> = compiler.equations.into_iter().flatten().collect();
    let mut program = Program {
        horizon,
        method,
        nodes: compiler.nodes,
        order: Vec::new(),
        initial_order: Vec::new(),
        tables: model.tables().to_vec(),
        names: model
            .all_variables()
            .iter()
            .map(|v| v.name.clone())
            .collect(),
        kinds: model.all_variables().iter().map(|v| v.kind).collect(),
        equations,
    };
    let mut reported = Vec::new();
    program.order = ordered(
        &needs(&program, false),
        model,
        "cycle",
        &mut reported,
        faults,
    );
    program.initial_order = ordered(
        &needs(&program, true),
        model,
        "initial-cycle",
        &mut reported,
        faults,
    );
    check_initial(&program, model, faults);
    program
}

/// A stock that must not go below zero begins at zero where its equation gives less: nothing flows
/// out, and yet it is not what the file says.
fn check_initial(program: &Program, model: &Model, faults: &mut Faults) {
    let definitions = || model.definitions().iter().zip(model.all_variables());
    let is_limited = |d: &Definition, v: &Variable| d.non_negative && v.kind == Kind::Stock;
    if faults.has_errors() || !definitions().any(|(d, v)| is_limited(d, v)) {
        return;
    }
    let values = program.initial_values();
    for ((definition, variable), value) in definitions().zip(values) {
        if is_limited(definition, variable) && value < 0.0 {
            let name = variable.name.as_str();
            let message = format!("`{name}` must not go below 0 but begins at {value}; 0 is taken");
            let hint = Some("correct its initial value, or take <non_negative/> off".to_owned());
            let (code, at, value) = ("negative-initial", definition.at, value.to_string());
            let subject = [name, value.as_str()];
            faults.push(Severity::Warning, code, at, &subject, message, hint);
        }
    }
}

/// Equations of a hidden variable.
pub(super) enum Hidden {
    Computed(Term),
    Stock {
        initial: Term,
        net: Term,
    },
    Held {
        initial: Term,
        next: Term,
    },
    Past {
        of: VarId,
        back: Back,
        early: Option<VarId>,
    },
}

/// How far back a past value lies.
pub(super) enum Back {
    /// As at the first instant, all through a run; one step at least.
    Fixed(VarId),
    /// As at each instant.
    Moving(VarId),
}

/// What a non-negative stock has to give to one of its outflows: its content and its inflows, less
/// the outflows that are served before.
#[derive(Debug, Clone)]
struct Limit {
    stock: VarId,
    inflows: Vec<VarId>,
    before: Vec<VarId>,
}

/// The limits on each variable of a model.
fn limits(model: &Model) -> Vec<Vec<Limit>> {
    let mut limits = vec![Vec::new(); model.all_variables().len()];
    for (k, definition) in model
        .definitions()
        .iter()
        .enumerate()
        .filter(|(_, d)| d.non_negative)
    {
        for (place, flow) in definition.outflows.iter().enumerate() {
            let before = definition.outflows.iter().take(place).copied().collect();
            let inflows = definition.inflows.clone();
            if let Some(list) = limits.get_mut(flow.index()) {
                list.push(Limit {
                    stock: VarId(k as u32),
                    inflows,
                    before,
                });
            }
        }
    }
    limits
}

#[derive(Default)]
pub(super) struct Compiler {
    nodes: Vec<Node>,
    equations: Vec<Option<Equations>>,
    n_reserved: usize,
    queue: VecDeque<(VarId, Hidden)>,
    /// Whether the budget of variables is spent.
    is_full: bool,
    /// For each flow the non-negative stocks it empties.
    limits: Vec<Vec<Limit>>,
    /// Random calls so far; each has a stream of its own.
    n_streams: u32,
}

impl Compiler {
    /// A hidden variable with its equations still to come.
    pub(super) fn reserve(&mut self) -> VarId {
        let var = VarId(self.n_reserved as u32);
        self.n_reserved += 1;
        self.equations.push(None);
        var
    }

    /// Equations of a reserved variable.
    pub(super) fn define(&mut self, var: VarId, hidden: Hidden) {
        self.queue.push_back((var, hidden));
    }

    /// A hidden variable.
    pub(super) fn hide(&mut self, hidden: Hidden) -> VarId {
        let var = self.reserve();
        self.define(var, hidden);
        var
    }

    fn model_variable(
        &mut self,
        var: VarId,
        kind: Kind,
        definition: &Definition,
        faults: &mut Faults,
    ) {
        let term = &definition.equation;
        let equations = match (kind, term.literal()) {
            (Kind::Constant, Some(value)) => {
                Equations::without_nodes(Rule::Constant(value), self.nodes.len())
            }
            (Kind::Stock, _) => {
                let (initial, initial_range) = self.root(term, faults);
                let from = self.nodes.len();
                let net = self.net(definition);
                let rule = Rule::Stock {
                    initial,
                    net,
                    non_negative: definition.non_negative,
                };
                Equations {
                    rule,
                    range: from..self.nodes.len(),
                    initial_range,
                }
            }
            _ => {
                let initial = definition.initial.as_ref().map(|t| self.root(t, faults));
                let from = self.nodes.len();
                let mut value = self.node(term, faults);
                if definition.non_negative {
                    let zero = self.push(Node::Number(0.0));
                    value = self.push(Node::Binary(Binary::Max, value, zero));
                }
                for limit in self.limits.get(var.index()).cloned().unwrap_or_default() {
                    value = self.limited(value, &limit);
                }
                let range = from..self.nodes.len();
                let (rule, initial_range) = match initial {
                    Some((initial, range)) => (Rule::Starting { initial, value }, range),
                    None => (Rule::Computed(value), range.clone()),
                };
                Equations {
                    rule,
                    range,
                    initial_range,
                }
            }
        };
        self.set(var, equations);
    }

    /// An outflow, but no more than the stock has to give in one step: XMILE cuts back the outflows
    /// of a non-negative stock, the one listed first last.
    fn limited(&mut self, wanted: NodeId, limit: &Limit) -> NodeId {
        let stock = self.push(Node::Variable(limit.stock));
        let dt = self.push(Node::Clock(Clock::Dt));
        let mut available = self.push(Node::Binary(Binary::Divide, stock, dt));
        let gains = limit.inflows.iter().map(|flow| (Binary::Add, flow));
        for (op, flow) in gains.chain(limit.before.iter().map(|flow| (Binary::Subtract, flow))) {
            let rate = self.push(Node::Variable(*flow));
            available = self.push(Node::Binary(op, available, rate));
        }
        let zero = self.push(Node::Number(0.0));
        let available = self.push(Node::Binary(Binary::Max, available, zero));
        self.push(Node::Binary(Binary::Min, wanted, available))
    }

    fn set(&mut self, var: VarId, equations: Equations) {
        if let Some(place) = self.equations.get_mut(var.index()) {
            *place = Some(equations);
        }
    }

    fn hidden_variable(&mut self, var: VarId, hidden: &Hidden, faults: &mut Faults) {
        let equations = match hidden {
            Hidden::Computed(term) => {
                let (value, range) = self.root(term, faults);
                Equations {
                    rule: Rule::Computed(value),
                    initial_range: range.clone(),
                    range,
                }
            }
            Hidden::Stock { initial, net } => {
                let (initial, initial_range) = self.root(initial, faults);
                let (net, range) = self.root(net, faults);
                Equations {
                    rule: Rule::Stock {
                        initial,
                        net,
                        non_negative: false,
                    },
                    range,
                    initial_range,
                }
            }
            Hidden::Held { initial, next } => {
                let (initial, initial_range) = self.root(initial, faults);
                let (next, range) = self.root(next, faults);
                Equations {
                    rule: Rule::Held { initial, next },
                    range,
                    initial_range,
                }
            }
            Hidden::Past { of, back, early } => {
                let from = self.nodes.len();
                let back = self.back(back);
                let early = match early {
                    Some(early) => self.push(Node::Initial(*early)),
                    None => self.push(Node::Initial(*of)),
                };
                let value = self.push(Node::Past {
                    of: *of,
                    back,
                    early,
                });
                let range = from..self.nodes.len();
                Equations {
                    rule: Rule::Computed(value),
                    initial_range: range.clone(),
                    range,
                }
            }
        };
        self.set(var, equations);
    }

    fn back(&mut self, back: &Back) -> NodeId {
        match back {
            Back::Moving(back) => self.push(Node::Variable(*back)),
            Back::Fixed(back) => {
                let back = self.push(Node::Initial(*back));
                let dt = self.push(Node::Clock(Clock::Dt));
                self.push(Node::Binary(Binary::Max, dt, back))
            }
        }
    }

    fn root(&mut self, term: &Term, faults: &mut Faults) -> (NodeId, Range<usize>) {
        let from = self.nodes.len();
        let node = self.node(term, faults);
        (node, from..self.nodes.len())
    }

    pub(super) fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId((self.nodes.len() - 1) as u32)
    }

    /// Inflows in their order, less outflows in theirs.
    fn net(&mut self, definition: &Definition) -> NodeId {
        let mut net = None;
        let signed = definition.inflows.iter().map(|f| (f, Binary::Add));
        for (flow, op) in signed.chain(definition.outflows.iter().map(|f| (f, Binary::Subtract))) {
            let rate = self.push(Node::Variable(*flow));
            net = Some(match (net, op) {
                (Some(before), _) => self.push(Node::Binary(op, before, rate)),
                (None, Binary::Add) => rate,
                (None, _) => self.push(Node::Unary(Unary::Negative, rate)),
            });
        }
        net.unwrap_or_else(|| self.push(Node::Number(0.0)))
    }

    fn node(&mut self, term: &Term, faults: &mut Faults) -> NodeId {
        let node = match &term.kind {
            TermKind::Number(value) => Node::Number(*value),
            TermKind::Variable(var) => Node::Variable(*var),
            TermKind::Clock(clock) => Node::Clock(*clock),
            TermKind::Unary(op, a) => Node::Unary(*op, self.node(a, faults)),
            TermKind::Binary(op, a, b) => {
                let a = self.node(a, faults);
                Node::Binary(*op, a, self.node(b, faults))
            }
            TermKind::If(parts) => {
                Node::Select(parts.each_ref().map(|part| self.node(part, faults)))
            }
            TermKind::Lookup(table, x) => Node::Lookup(*table, self.node(x, faults)),
            TermKind::Call(row, arguments) => {
                return self.call(row.kernel, arguments, term.at, faults);
            }
            // A model with faults never runs; a NaN keeps the other stages going.
            TermKind::Fault => Node::Number(f64::NAN),
        };
        self.push(node)
    }

    fn call(
        &mut self,
        kernel: Kernel,
        arguments: &[Term],
        at: usize,
        faults: &mut Faults,
    ) -> NodeId {
        match kernel {
            Kernel::Memory(_) | Kernel::Initial if self.n_reserved > MAX_ALL_VARIABLES => {
                if !std::mem::replace(&mut self.is_full, true) {
                    let limit = MAX_ALL_VARIABLES.to_string();
                    let message = format!("delays and smooths need more than {limit} variables");
                    faults.error("too-many-variables", at, &[&limit], message);
                }
                return self.push(Node::Number(f64::NAN));
            }
            Kernel::Memory(memory) => {
                let term = expanded(memory, arguments, at, self, faults);
                return self.node(&term, faults);
            }
            Kernel::Initial => {
                let of = match arguments.last().map(|term| (term, &term.kind)) {
                    Some((_, TermKind::Variable(var))) => *var,
                    Some((term, _)) => self.hide(Hidden::Computed(term.clone())),
                    None => return self.push(Node::Number(f64::NAN)),
                };
                return self.push(Node::Initial(of));
            }
            _ => {}
        }
        let nodes: Vec<NodeId> = arguments.iter().map(|a| self.node(a, faults)).collect();
        self.kernel(kernel, &nodes)
    }

    /// Random calls so far; each has a stream of its own.
    pub(super) fn next_stream(&mut self) -> u32 {
        self.n_streams += 1;
        self.n_streams - 1
    }
}
