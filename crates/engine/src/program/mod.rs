//! Resolved model → program: plain data that every executor reads.
//!
//! A program is a list of nodes, each reading earlier ones, and for every variable (hidden ones of
//! smooths and delays too) where its equation is. It knows no XML, names or units.
//! Start at `compile`; the order rule is in `order`. Executors prune, fold and lay
//! it out for what is asked: `exec::graph`.

mod alone;
pub(crate) mod compile;
mod expand;
mod formula;
pub(crate) mod order;
mod sequence;

pub use alone::Known;

use crate::budget::MAX_STEPS;
use crate::builtin::{Binary, Clock, Law, Unary};
use crate::model::term::TableId;
use crate::model::{Kind, VarId};
use crate::xmile::document::Table;

/// Integration method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Forward Euler.
    Euler,
    /// Heun's method: slopes at the beginning and the end of a step, averaged.
    Rk2,
    /// The classical Runge–Kutta method: slopes at the beginning, twice in the middle, at the end.
    Rk4,
}

impl Method {
    /// Where in a step each slope is taken, as a part of the step.
    pub(crate) fn stages(self) -> &'static [f64] {
        match self {
            Self::Euler => &[0.0],
            Self::Rk2 => &[0.0, 1.0],
            Self::Rk4 => &[0.0, 0.5, 0.5, 1.0],
        }
    }
}

/// Start, stop, step and saving of a run, in the model's time unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Horizon {
    /// First instant.
    pub start: f64,
    /// Last instant.
    pub stop: f64,
    /// Step length; `time = start + step * dt`.
    pub dt: f64,
    /// A row is saved every so many steps, beginning with step 0.
    pub save_every: u32,
}

impl Horizon {
    /// Steps from start to stop, without the first instant: a run computes one instant more.
    ///
    /// A remainder shorter than a step is left out, but for rounding.
    pub fn n_steps(&self) -> usize {
        let steps = libm::floor((self.stop - self.start) / self.dt + 1e-6);
        if steps >= 0.0 && steps < MAX_STEPS as f64 {
            steps as usize
        } else {
            0
        }
    }

    /// The instant after so many steps.
    pub fn time(&self, step: usize) -> f64 {
        self.start + step as f64 * self.dt
    }

    /// The instant a part of a step after so many steps.
    pub(crate) fn time_within(&self, step: usize, part: f64) -> f64 {
        self.start + (step as f64 + part) * self.dt
    }

    /// The step nearest to an instant, where one lies within a thousandth of `dt`.
    pub fn step_at(&self, time: f64) -> Option<usize> {
        let position = (time - self.start) / self.dt;
        let step = libm::round(position);
        let near = (position - step).abs() <= 1e-3;
        (near && step >= 0.0 && step <= self.n_steps() as f64).then_some(step as usize)
    }

    /// Rows that a run saves where every saved instant is a row.
    pub fn n_rows(&self) -> usize {
        self.n_steps() / self.save_every.max(1) as usize + 1
    }

    /// Whether the grid has a first instant, a positive step and no more steps than the budget.
    pub fn is_runnable(&self) -> bool {
        let steps = (self.stop - self.start) / self.dt;
        let finite = self.start.is_finite() && self.stop.is_finite() && self.dt.is_finite();
        finite
            && self.dt > 0.0
            && steps >= 0.0
            && steps < MAX_STEPS as f64
            && self.save_every > 0
            && self.start + self.dt > self.start
    }
}

/// Position in [`Program`]'s list of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One value of an instant, made from earlier ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Node {
    Number(f64),
    Clock(Clock),
    /// Another variable at the same instant.
    Variable(VarId),
    /// A variable at the first instant.
    Initial(VarId),
    Unary(Unary, NodeId),
    Binary(Binary, NodeId, NodeId),
    /// The second where the first is not 0, else the third.
    Select([NodeId; 3]),
    Lookup(TableId, NodeId),
    /// `STEP(height, at)`.
    Step([NodeId; 2]),
    /// `RAMP(slope, start, end)`.
    Ramp([NodeId; 3]),
    /// `PULSE(magnitude, first, interval)`.
    Pulse([NodeId; 3]),
    /// A variable so many steps ago (`back` is in units of time, at least one step);
    /// `early` where that lies before the first instant.
    Past {
        of: VarId,
        back: NodeId,
        early: NodeId,
    },
    /// A random number, new at every step. Every call has a stream of its own; with a seed the
    /// number depends on seed and step alone.
    Draw {
        law: Law,
        arguments: [NodeId; 2],
        stream: u32,
        seed: Option<NodeId>,
    },
}

/// How a variable gets its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Rule {
    /// A number that a run may override.
    Constant(f64),
    /// The node, at every instant.
    Computed(NodeId),
    /// The node, at every instant; while initial values are computed another one stands for it.
    Starting { initial: NodeId, value: NodeId },
    /// Starts at a node and grows by `net` (a rate per unit of time) every step.
    Stock {
        initial: NodeId,
        net: NodeId,
        non_negative: bool,
    },
    /// Starts at a node and is `next` of the last instant at every later one.
    Held { initial: NodeId, next: NodeId },
}

/// A variable's rule, and where the nodes of its equations are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Equations {
    pub(crate) rule: Rule,
    /// Nodes of its value at an instant; of a stock those of its change.
    pub(crate) range: std::ops::Range<usize>,
    /// Nodes of its value at the first instant.
    pub(crate) initial_range: std::ops::Range<usize>,
}

impl Equations {
    pub(crate) fn without_nodes(rule: Rule, at: usize) -> Self {
        Self {
            rule,
            range: at..at,
            initial_range: at..at,
        }
    }
}

/// A model made ready to run.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) horizon: Horizon,
    pub(crate) method: Method,
    /// Variables of the model in its order, then hidden ones.
    pub(crate) equations: Vec<Equations>,
    pub(crate) nodes: Vec<Node>,
    /// Every variable after those that its value at an instant needs.
    pub(crate) order: Vec<VarId>,
    /// Every variable after those that its value at the first instant needs.
    pub(crate) initial_order: Vec<VarId>,
    pub(crate) tables: Vec<Table>,
    /// Names and kinds of the model's variables, for what a run refuses.
    pub(crate) names: Vec<String>,
    pub(crate) kinds: Vec<Kind>,
}

impl Program {
    /// As the model's `sim_specs` say.
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }
    /// Value of a constant as the model gives it; `None` for a computed variable.
    pub fn constant(&self, var: VarId) -> Option<f64> {
        match self.equations.get(var.index())?.rule {
            Rule::Constant(value) => Some(value),
            _ => None,
        }
    }
    /// Gives a constant another value; false, and nothing changed, for a computed variable.
    pub fn set_constant(&mut self, var: VarId, value: f64) -> bool {
        match self.equations.get_mut(var.index()).map(|e| &mut e.rule) {
            Some(Rule::Constant(own)) => {
                *own = value;
                true
            }
            _ => false,
        }
    }
    /// As the model's `sim_specs` say.
    pub fn method(&self) -> Method {
        self.method
    }
}
