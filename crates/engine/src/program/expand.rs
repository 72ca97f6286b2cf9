//! Builtins with memory → hidden variables (XMILE 1.0, 3.5.3).
//!
//! Arguments become hidden auxiliaries, so that each is computed once however often it is read.
//! What a builtin means and who says so stands at its row, in `builtin::rows`.

use super::compile::{Back, Compiler, Hidden};
use crate::budget::MAX_ORDER;
use crate::builtin::{Binary, CLOCK_SLACK, Clock, Memory, Order, Unary};
use crate::model::VarId;
use crate::model::term::{Term, TermKind};
use crate::xmile::source::Faults;

/// The term that stands for `memory(arguments)`; its hidden variables are left with `compiler`.
pub(super) fn expanded(
    memory: Memory,
    arguments: &[Term],
    at: usize,
    compiler: &mut Compiler,
    faults: &mut Faults,
) -> Term {
    let order = match memory {
        Memory::Smooth(Order::Argument) | Memory::Delay(Order::Argument) => {
            order_of(arguments.get(2), 1, "smooth or delay", faults)
        }
        Memory::Smooth(Order::Three) | Memory::Delay(Order::Three) => 3,
        Memory::Derivative => order_of(arguments.get(1), 0, "derivative", faults),
        _ => 1,
    };
    let mut call = Call {
        at,
        arguments,
        compiler,
        order,
    };
    match memory {
        Memory::Smooth(kind) => call.smooth(kind),
        Memory::Delay(kind) => call.delay(kind),
        Memory::Trend => call.trend(2).0,
        Memory::Forecast => call.forecast(),
        Memory::PresentValue => call.present_value(),
        Memory::FixedDelay => call.fixed_delay(),
        Memory::Previous => call.previous(),
        Memory::History => call.history(),
        Memory::Derivative => call.derivative(),
    }
}

fn order_of(argument: Option<&Term>, least: usize, of: &str, faults: &mut Faults) -> usize {
    let Some(argument) = argument else { return 1 };
    let value = argument.literal().unwrap_or(f64::NAN);
    if value >= least as f64 && value <= MAX_ORDER as f64 && libm::floor(value) == value {
        return value as usize;
    }
    let message = format!("the order of a {of} must be a whole number from {least} to {MAX_ORDER}");
    faults.error("bad-order", argument.at, &[], message);
    1
}

struct Call<'c, 't> {
    /// Where a fault of the call lies.
    at: usize,
    arguments: &'t [Term],
    compiler: &'c mut Compiler,
    /// Stages of a smooth or delay, or how often a derivative is taken.
    order: usize,
}

impl Call<'_, '_> {
    fn term(&self, kind: TermKind) -> Term {
        Term { kind, at: self.at }
    }
    fn var(&self, var: VarId) -> Term {
        self.term(TermKind::Variable(var))
    }
    fn number(&self, value: f64) -> Term {
        self.term(TermKind::Number(value))
    }
    fn clock(&self, clock: Clock) -> Term {
        self.term(TermKind::Clock(clock))
    }
    fn op(&self, op: Binary, a: Term, b: Term) -> Term {
        self.term(TermKind::Binary(op, Box::new(a), Box::new(b)))
    }
    fn hide(&mut self, term: Term) -> VarId {
        self.compiler.hide(Hidden::Computed(term))
    }
    fn stock(&mut self, level: VarId, initial: Term, net: Term) {
        self.compiler.define(level, Hidden::Stock { initial, net });
    }

    /// An argument as a hidden variable, where it is given.
    fn optional(&mut self, k: usize) -> Option<VarId> {
        let term = self.arguments.get(k)?.clone();
        Some(self.hide(term))
    }

    /// An argument that the resolver has checked to be there.
    fn argument(&mut self, k: usize) -> VarId {
        match self.optional(k) {
            Some(var) => var,
            None => self.hide(self.number(f64::NAN)),
        }
    }

    /// A length of time, NaN where the comparison with 0 does not hold: nothing is remembered for less
    /// than no time.
    fn time(&mut self, k: usize, is: Binary) -> VarId {
        let time = self.argument(k);
        let given = self.arguments.get(k).and_then(Term::literal);
        if given.is_some_and(|value| is.apply(value, 0.0) != 0.0) {
            return time;
        }
        let holds = self.op(is, self.var(time), self.number(0.0));
        let parts = [holds, self.var(time), self.number(f64::NAN)];
        self.hide(self.term(TermKind::If(Box::new(parts))))
    }

    /// Time of one of the stages in a row.
    fn stage_time(&self, time: VarId) -> Term {
        match self.order {
            1 => self.var(time),
            n => self.op(Binary::Divide, self.var(time), self.number(n as f64)),
        }
    }

    /// Input, time and start of a smooth or delay; the start is the input where it is not given.
    fn stages(&mut self, kind: Order) -> [VarId; 3] {
        let (input, time) = (self.argument(0), self.time(1, Binary::Greater));
        let start = self.optional(if kind == Order::Argument { 3 } else { 2 });
        [input, time, start.unwrap_or(input)]
    }

    /// Every stage runs after the one before: its change is the distance to it over its time.
    fn smooth(&mut self, kind: Order) -> Term {
        let [input, time, start] = self.stages(kind);
        let mut before = input;
        for _ in 0..self.order {
            let level = self.compiler.reserve();
            let distance = self.op(Binary::Subtract, self.var(before), self.var(level));
            let net = self.op(Binary::Divide, distance, self.stage_time(time));
            self.stock(level, self.var(start), net);
            before = level;
        }
        self.var(before)
    }

    /// Every stage holds what is on its way and lets out its content over its time.
    fn delay(&mut self, kind: Order) -> Term {
        let [input, time, start] = self.stages(kind);
        let mut before = input;
        for _ in 0..self.order {
            let level = self.compiler.reserve();
            let out = self.op(Binary::Divide, self.var(level), self.stage_time(time));
            let out = self.hide(out);
            let initial = self.op(Binary::Multiply, self.var(start), self.stage_time(time));
            let net = self.op(Binary::Subtract, self.var(before), self.var(out));
            self.stock(level, initial, net);
            before = out;
        }
        self.var(before)
    }

    /// `(input − average) / (average × time)`, the average starting at `input / (1 + start × time)`,
    /// and the input. The start is argument number `start`.
    fn trend(&mut self, start: usize) -> (Term, VarId) {
        let (input, time) = (self.argument(0), self.time(1, Binary::Greater));
        let start = self.optional(start);
        let average = self.compiler.reserve();
        let distance = self.op(Binary::Subtract, self.var(input), self.var(average));
        let initial = match start {
            None => self.var(input),
            Some(start) => {
                let growth = self.op(Binary::Multiply, self.var(start), self.var(time));
                let growth = self.op(Binary::Add, self.number(1.0), growth);
                self.op(Binary::Divide, self.var(input), growth)
            }
        };
        let net = self.op(Binary::Divide, distance.clone(), self.var(time));
        self.stock(average, initial, net);
        // A growth of nothing has no rate: 0, as Vensim's ZIDZ and PySD have it.
        let scale = self.hide(self.op(Binary::Multiply, self.var(average), self.var(time)));
        let trend = self.op(Binary::Divide, distance, self.var(scale));
        let parts = [self.var(scale), trend, self.number(0.0)];
        (self.term(TermKind::If(Box::new(parts))), input)
    }

    /// `input × (1 + trend × horizon)`.
    fn forecast(&mut self) -> Term {
        let (trend, input) = self.trend(3);
        let horizon = self.argument(2);
        let growth = self.op(Binary::Multiply, trend, self.var(horizon));
        let growth = self.op(Binary::Add, self.number(1.0), growth);
        self.op(Binary::Multiply, self.var(input), growth)
    }

    /// `(sum + stream × dt × discount) × factor`: the discount falls by `rate / (1 + rate × dt)` of
    /// itself per unit of time, the sum gains the discounted stream.
    fn present_value(&mut self) -> Term {
        let (stream, rate) = (self.argument(0), self.argument(1));
        let (initial, factor) = (self.optional(2), self.optional(3));
        let (discount, sum) = (self.compiler.reserve(), self.compiler.reserve());
        let step = self.op(Binary::Multiply, self.var(rate), self.clock(Clock::Dt));
        let step = self.op(Binary::Add, self.number(1.0), step);
        let fall = self.op(Binary::Divide, self.var(rate), step);
        let fall = self.op(Binary::Multiply, self.var(discount), fall);
        let fall = self.term(TermKind::Unary(Unary::Negative, Box::new(fall)));
        self.stock(discount, self.number(1.0), fall);
        let now = self.op(Binary::Multiply, self.var(stream), self.var(discount));
        let initial = match initial {
            Some(initial) => self.var(initial),
            None => self.number(0.0),
        };
        self.stock(sum, initial, now.clone());
        let now = self.op(Binary::Multiply, now, self.clock(Clock::Dt));
        let value = self.op(Binary::Add, self.var(sum), now);
        match factor {
            Some(factor) => self.op(Binary::Multiply, value, self.var(factor)),
            None => value,
        }
    }

    fn fixed_delay(&mut self) -> Term {
        let (of, back) = (self.argument(0), self.time(1, Binary::GreaterEqual));
        let back = Back::Fixed(back);
        let early = self.optional(2);
        let past = self.compiler.hide(Hidden::Past { of, back, early });
        self.var(past)
    }

    fn previous(&mut self) -> Term {
        let (input, first) = (self.argument(0), self.optional(1));
        let initial = match first {
            Some(first) => self.var(first),
            None => self.number(0.0),
        };
        self.held(initial, input)
    }

    /// The input one step ago.
    fn held(&mut self, initial: Term, input: VarId) -> Term {
        let next = self.var(input);
        let held = self.compiler.hide(Hidden::Held { initial, next });
        self.var(held)
    }

    /// The input at the latest instant not after a time; 0 where that lies ahead or before the start.
    fn history(&mut self) -> Term {
        let (of, when) = (self.argument(0), self.argument(1));
        let steps = self.op(Binary::Subtract, self.var(when), self.clock(Clock::Time));
        let steps = self.op(Binary::Divide, steps, self.clock(Clock::Dt));
        let steps = self.hide(self.op(Binary::Subtract, steps, self.number(CLOCK_SLACK)));
        // Whole steps back from now to the instant.
        let about = self.op(Binary::Add, self.var(steps), self.number(2.0 * CLOCK_SLACK));
        let whole = self.hide(self.term(TermKind::Unary(Unary::Floor, Box::new(about))));
        let back = self.term(TermKind::Unary(Unary::Negative, Box::new(self.var(whole))));
        let back = self.op(Binary::Multiply, back, self.clock(Clock::Dt));
        let back = Back::Moving(self.hide(back));
        let early = Some(self.hide(self.number(0.0)));
        let past = self.compiler.hide(Hidden::Past { of, back, early });
        let has_been = self.op(Binary::Less, self.var(whole), self.number(0.0));
        let is_ahead = self.op(Binary::Greater, self.var(steps), self.number(0.0));
        let now = [is_ahead, self.number(0.0), self.var(of)];
        let now = self.term(TermKind::If(Box::new(now)));
        let parts = [has_been, self.var(past), now];
        let value = self.term(TermKind::If(Box::new(parts)));
        // No comparison holds with a time that is none.
        let is_time = self.op(Binary::Equal, self.var(when), self.var(when));
        let parts = [is_time, value, self.number(f64::NAN)];
        self.term(TermKind::If(Box::new(parts)))
    }

    /// Differences of differences over the step; 0 until so many steps are known.
    fn derivative(&mut self) -> Term {
        let input = self.argument(0);
        let mut of = input;
        for _ in 0..self.order {
            let before = self.held(self.var(of), of);
            let change = self.op(Binary::Subtract, self.var(of), before);
            of = self.hide(self.op(Binary::Divide, change, self.clock(Clock::Dt)));
        }
        if self.order < 2 {
            return self.var(of);
        }
        let since = self.op(
            Binary::Subtract,
            self.clock(Clock::Time),
            self.clock(Clock::Start),
        );
        let first = self.number(self.order as f64 - 0.5);
        let first = self.op(Binary::Multiply, first, self.clock(Clock::Dt));
        let is_known = self.op(Binary::Greater, since, first);
        let parts = [is_known, self.var(of), self.number(0.0)];
        self.term(TermKind::If(Box::new(parts)))
    }
}
