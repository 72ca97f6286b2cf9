//! Builtins without memory → nodes.
//!
//! One arm a kernel, in terms of other nodes; what a builtin means and who says so stands at its
//! row, in `builtin::rows`.

use std::f64::consts::PI;

use super::compile::Compiler;
use super::{Node, NodeId};
use crate::builtin::{Binary, CLOCK_SLACK, Clock, Formula, Kernel, Law, Unary};

impl Compiler {
    /// The node of a kernel without memory, from those of its arguments.
    pub(super) fn kernel(&mut self, kernel: Kernel, nodes: &[NodeId]) -> NodeId {
        let node = match (kernel, nodes) {
            (Kernel::Unary(op), &[a]) => Node::Unary(op, a),
            (Kernel::Binary(op), &[a, b]) => Node::Binary(op, a, b),
            (Kernel::Fold(op), [first, rest @ ..]) => return self.fold(op, *first, rest),
            (Kernel::Mean, [first, rest @ ..]) => {
                let sum = self.fold(Binary::Add, *first, rest);
                Node::Binary(Binary::Divide, sum, self.number(nodes.len() as f64))
            }
            (Kernel::Deviation, all) => return self.deviation(all),
            (Kernel::SafeDivision, &[a, b, ..]) => {
                let otherwise = self.or_number(nodes.get(2), 0.0);
                Node::Select([b, self.binary(Binary::Divide, a, b), otherwise])
            }
            (Kernel::Formula(formula), _) => return self.formula(formula, nodes),
            (Kernel::Draw(law), [a, ..]) => {
                let b = nodes.get(law.n_parameters() - 1).unwrap_or(a);
                return self.draw(law, [*a, *b], nodes.get(law.n_parameters()).copied());
            }
            (Kernel::Step, &[height, at]) => Node::Step([height, at]),
            (Kernel::Ramp, &[slope, start, ..]) => {
                Node::Ramp([slope, start, self.or_number(nodes.get(2), f64::INFINITY)])
            }
            (Kernel::Pulse, &[magnitude, ..]) => {
                let start = match nodes.get(1) {
                    Some(&first) => first,
                    None => self.push(Node::Clock(Clock::Start)),
                };
                Node::Pulse([magnitude, start, self.or_number(nodes.get(2), 0.0)])
            }
            // The resolver checked kernels and numbers of arguments.
            _ => Node::Number(f64::NAN),
        };
        self.push(node)
    }

    /// Root of the mean square distance from the mean.
    fn deviation(&mut self, all: &[NodeId]) -> NodeId {
        let [first, rest @ ..] = all else {
            return self.number(f64::NAN);
        };
        let n = self.number(all.len() as f64);
        let sum = self.fold(Binary::Add, *first, rest);
        let mean = self.binary(Binary::Divide, sum, n);
        let mut sum = self.number(0.0);
        for &node in all {
            let distance = self.binary(Binary::Subtract, node, mean);
            let square = self.binary(Binary::Multiply, distance, distance);
            sum = self.binary(Binary::Add, sum, square);
        }
        let mean_square = self.binary(Binary::Divide, sum, n);
        self.unary(Unary::Sqrt, mean_square)
    }

    fn formula(&mut self, formula: Formula, nodes: &[NodeId]) -> NodeId {
        match (formula, nodes) {
            (Formula::Condition, &[c, a, b]) => self.push(Node::Select([c, a, b])),
            (Formula::GuardedDivision, &[a, b, ..]) => {
                let (size, least) = (self.unary(Unary::Abs, b), self.number(1e-6));
                let is_tiny = self.binary(Binary::Less, size, least);
                let otherwise = self.or_number(nodes.get(2), 0.0);
                let quotient = self.binary(Binary::Divide, a, b);
                self.push(Node::Select([is_tiny, otherwise, quotient]))
            }
            (Formula::Logarithm, &[x, base]) => {
                let (x, base) = (self.unary(Unary::Ln, x), self.unary(Unary::Ln, base));
                self.binary(Binary::Divide, x, base)
            }
            (Formula::Quantum, &[x, step]) => self.quantum(x, step),
            (Formula::Counter, &[from, to]) => self.counter(from, to),
            (Formula::Percent, &[share]) => {
                let hundred = self.number(100.0);
                self.binary(Binary::Multiply, share, hundred)
            }
            (Formula::CompoundGrowth, &[percent]) => self.compound_growth(percent),
            (Formula::Wave(op), &[amplitude, period]) => self.wave(op, amplitude, period),
            (Formula::Normal, &[mean, deviation, ..]) => {
                let bounds = nodes.get(3).map(|&least| (least, nodes.get(4).copied()));
                self.normal([mean, deviation], nodes.get(2).copied(), bounds)
            }
            (Formula::Triangular, &[low, mode, high, ..]) => {
                self.triangular([low, mode, high], nodes.get(3).copied())
            }
            (Formula::MonteCarlo, &[percent, ..]) => {
                let (zero, hundred) = (self.number(0.0), self.number(100.0));
                let lot = self.draw(Law::Uniform, [zero, hundred], nodes.get(1).copied());
                let dt = self.push(Node::Clock(Clock::Dt));
                let percent = self.binary(Binary::Multiply, percent, dt);
                let is_hit = self.binary(Binary::Less, lot, percent);
                self.where_ordered([zero, percent, hundred], is_hit)
            }
            // As above.
            _ => self.number(f64::NAN),
        }
    }

    /// `step` times the whole part of `x / step`, or `x` where the step is not positive.
    fn quantum(&mut self, x: NodeId, step: NodeId) -> NodeId {
        let zero = self.number(0.0);
        let parts = self.binary(Binary::Divide, x, step);
        let size = self.unary(Unary::Abs, parts);
        let size = self.unary(Unary::Floor, size);
        let sign = self.unary(Unary::Sign, parts);
        let whole = self.binary(Binary::Multiply, sign, size);
        let rounded = self.binary(Binary::Multiply, step, whole);
        let is_none = self.binary(Binary::LessEqual, step, zero);
        self.push(Node::Select([is_none, x, rounded]))
    }

    /// `((1 + percent / 100) ^ dt - 1) / dt`.
    fn compound_growth(&mut self, percent: NodeId) -> NodeId {
        let (one, hundred) = (self.number(1.0), self.number(100.0));
        let dt = self.push(Node::Clock(Clock::Dt));
        let share = self.binary(Binary::Divide, percent, hundred);
        let factor = self.binary(Binary::Add, one, share);
        let of_step = self.binary(Binary::Power, factor, dt);
        let gain = self.binary(Binary::Subtract, of_step, one);
        let rate = self.binary(Binary::Divide, gain, dt);
        // Nothing shrinks by more than all of it.
        let zero = self.number(0.0);
        self.where_ordered([zero, factor, factor], rate)
    }

    /// `from` plus the time since the start, less as many whole spans as have passed; NaN for a span
    /// not above 0.
    fn counter(&mut self, from: NodeId, to: NodeId) -> NodeId {
        let (time, start) = (Node::Clock(Clock::Time), Node::Clock(Clock::Start));
        let (time, start) = (self.push(time), self.push(start));
        let since = self.binary(Binary::Subtract, time, start);
        let span = self.binary(Binary::Subtract, to, from);
        // Rounding of the clock does not put off the beginning of a round.
        let (dt, slack) = (self.push(Node::Clock(Clock::Dt)), self.number(CLOCK_SLACK));
        let little = self.binary(Binary::Multiply, dt, slack);
        let since_about = self.binary(Binary::Add, since, little);
        let rounds = self.binary(Binary::Divide, since_about, span);
        let rounds = self.unary(Unary::Floor, rounds);
        let passed = self.binary(Binary::Multiply, rounds, span);
        let into = self.binary(Binary::Subtract, since, passed);
        let value = self.binary(Binary::Add, from, into);
        let (zero, none) = (self.number(0.0), self.number(f64::NAN));
        let is_span = self.binary(Binary::Greater, span, zero);
        self.push(Node::Select([is_span, value, none]))
    }

    /// A wave that begins with the run.
    fn wave(&mut self, op: Unary, amplitude: NodeId, period: NodeId) -> NodeId {
        let time = self.push(Node::Clock(Clock::Time));
        let start = self.push(Node::Clock(Clock::Start));
        let since = self.binary(Binary::Subtract, time, start);
        let turn = self.number(2.0 * PI);
        let angle = self.binary(Binary::Multiply, turn, since);
        let angle = self.binary(Binary::Divide, angle, period);
        let height = self.unary(op, angle);
        self.binary(Binary::Multiply, amplitude, height)
    }

    fn normal(
        &mut self,
        [mean, deviation]: [NodeId; 2],
        seed: Option<NodeId>,
        bounds: Option<(NodeId, Option<NodeId>)>,
    ) -> NodeId {
        let Some((least, most)) = bounds else {
            return self.draw(Law::Normal, [mean, deviation], seed);
        };
        let most = self.or_number(most.as_ref(), f64::INFINITY);
        let standard = [least, most].map(|bound| {
            let distance = self.binary(Binary::Subtract, bound, mean);
            self.binary(Binary::Divide, distance, deviation)
        });
        let z = self.draw(Law::StandardNormalWithin, standard, seed);
        let spread = self.binary(Binary::Multiply, deviation, z);
        let value = self.binary(Binary::Add, mean, spread);
        // Rounding, or a deviation of 0, may leave the bounds.
        let value = self.binary(Binary::Max, least, value);
        let value = self.binary(Binary::Min, most, value);
        self.where_ordered([least, most, most], value)
    }

    fn triangular(&mut self, [low, mode, high]: [NodeId; 3], seed: Option<NodeId>) -> NodeId {
        let zero = self.number(0.0);
        let width = self.binary(Binary::Subtract, high, low);
        let rise = self.binary(Binary::Subtract, mode, low);
        let share = self.binary(Binary::Divide, rise, width);
        let share = self.push(Node::Select([width, share, zero]));
        let draw = self.draw(Law::StandardTriangular, [share, share], seed);
        let above = self.binary(Binary::Multiply, width, draw);
        let value = self.binary(Binary::Add, low, above);
        self.where_ordered([low, mode, high], value)
    }

    /// A value where three others are in order, else NaN.
    fn where_ordered(&mut self, [a, b, c]: [NodeId; 3], value: NodeId) -> NodeId {
        let low = self.binary(Binary::LessEqual, a, b);
        let high = self.binary(Binary::LessEqual, b, c);
        let is_ordered = self.binary(Binary::And, low, high);
        let none = self.number(f64::NAN);
        self.push(Node::Select([is_ordered, value, none]))
    }

    /// A random call; each has a stream of its own.
    fn draw(&mut self, law: Law, arguments: [NodeId; 2], seed: Option<NodeId>) -> NodeId {
        let stream = self.next_stream();
        self.push(Node::Draw {
            law,
            arguments,
            stream,
            seed,
        })
    }

    fn number(&mut self, value: f64) -> NodeId {
        self.push(Node::Number(value))
    }

    fn unary(&mut self, op: Unary, a: NodeId) -> NodeId {
        self.push(Node::Unary(op, a))
    }

    fn binary(&mut self, op: Binary, a: NodeId, b: NodeId) -> NodeId {
        self.push(Node::Binary(op, a, b))
    }

    fn or_number(&mut self, node: Option<&NodeId>, default: f64) -> NodeId {
        node.copied().unwrap_or_else(|| self.number(default))
    }

    fn fold(&mut self, op: Binary, first: NodeId, rest: &[NodeId]) -> NodeId {
        rest.iter()
            .fold(first, |before, &next| self.binary(op, before, next))
    }
}
