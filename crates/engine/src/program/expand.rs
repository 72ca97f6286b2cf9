//! Builtins with memory → hidden stocks (XMILE 1.0, 3.5.3).
//!
//! Arguments become hidden auxiliaries, so that each is computed once however often it is read.

use super::compile::{Compiler, Hidden};
use crate::budget::MAX_ORDER;
use crate::builtin::{Binary, Memory, Order};
use crate::model::VarId;
use crate::model::term::{Term, TermKind};
use crate::xmile::source::Faults;

/// A term that says where a fault of the call lies.
struct At(usize);

impl At {
    fn term(&self, kind: TermKind) -> Term {
        Term { kind, at: self.0 }
    }
    fn var(&self, var: VarId) -> Term {
        self.term(TermKind::Variable(var))
    }
    fn number(&self, value: f64) -> Term {
        self.term(TermKind::Number(value))
    }
    fn op(&self, op: Binary, a: Term, b: Term) -> Term {
        self.term(TermKind::Binary(op, Box::new(a), Box::new(b)))
    }
}

/// The term that stands for `memory(arguments)`; its hidden variables are left with `compiler`.
pub(super) fn expanded(
    memory: Memory,
    arguments: &[Term],
    at: usize,
    compiler: &mut Compiler,
    faults: &mut Faults,
) -> Term {
    let (order, optional) = match memory {
        Memory::Smooth(Order::Argument) | Memory::Delay(Order::Argument) => {
            (order_of(arguments.get(2), faults), 3)
        }
        Memory::Smooth(Order::Three) | Memory::Delay(Order::Three) => (3, 2),
        _ => (1, 2),
    };
    let at = At(at);
    let (Some(input), Some(time)) = (arguments.first(), arguments.get(1)) else {
        return at.term(TermKind::Fault);
    };
    let input = compiler.hide(Hidden::Computed(input.clone()));
    let time = compiler.hide(Hidden::Computed(time.clone()));
    let start = arguments
        .get(optional)
        .map(|start| compiler.hide(Hidden::Computed(start.clone())));
    let call = Call {
        input,
        time,
        start,
        order,
    };
    match memory {
        Memory::Smooth(_) => call.smooth(&at, compiler),
        Memory::Delay(_) => call.delay(&at, compiler),
        Memory::Trend => call.trend(&at, compiler),
        Memory::Previous => call.previous(&at, compiler),
        Memory::FixedDelay => at.var(compiler.hide(Hidden::Past {
            of: input,
            back: time,
            early: start,
        })),
    }
}

fn order_of(argument: Option<&Term>, faults: &mut Faults) -> usize {
    let Some(argument) = argument else { return 1 };
    let value = argument.literal().unwrap_or(f64::NAN);
    if value >= 1.0 && value <= MAX_ORDER as f64 && libm::floor(value) == value {
        return value as usize;
    }
    let message =
        format!("the order of a smooth or delay must be a whole number from 1 to {MAX_ORDER}");
    faults.error("bad-order", argument.at, &[], message);
    1
}

struct Call {
    input: VarId,
    time: VarId,
    start: Option<VarId>,
    order: usize,
}

impl Call {
    /// Time of one of the stages in a row.
    fn stage_time(&self, at: &At) -> Term {
        match self.order {
            1 => at.var(self.time),
            n => at.op(Binary::Divide, at.var(self.time), at.number(n as f64)),
        }
    }

    /// Every stage runs after the one before: its change is the distance to it over its time.
    fn smooth(&self, at: &At, compiler: &mut Compiler) -> Term {
        let start = self.start.unwrap_or(self.input);
        let mut before = self.input;
        for _ in 0..self.order {
            let level = compiler.reserve();
            let distance = at.op(Binary::Subtract, at.var(before), at.var(level));
            let net = at.op(Binary::Divide, distance, self.stage_time(at));
            compiler.define(
                level,
                Hidden::Stock {
                    initial: at.var(start),
                    net,
                },
            );
            before = level;
        }
        at.var(before)
    }

    /// Every stage holds what is on its way and lets out its content over its time.
    fn delay(&self, at: &At, compiler: &mut Compiler) -> Term {
        let start = self.start.unwrap_or(self.input);
        let mut before = self.input;
        for _ in 0..self.order {
            let level = compiler.reserve();
            let out = at.op(Binary::Divide, at.var(level), self.stage_time(at));
            let out = compiler.hide(Hidden::Computed(out));
            let initial = at.op(Binary::Multiply, at.var(start), self.stage_time(at));
            let net = at.op(Binary::Subtract, at.var(before), at.var(out));
            compiler.define(level, Hidden::Stock { initial, net });
            before = out;
        }
        at.var(before)
    }

    /// `(input − average) / (average × time)`, the average starting at `input / (1 + start × time)`.
    fn trend(&self, at: &At, compiler: &mut Compiler) -> Term {
        let average = compiler.reserve();
        let distance = || at.op(Binary::Subtract, at.var(self.input), at.var(average));
        let initial = match self.start {
            None => at.var(self.input),
            Some(start) => {
                let growth = at.op(Binary::Multiply, at.var(start), at.var(self.time));
                let growth = at.op(Binary::Add, at.number(1.0), growth);
                at.op(Binary::Divide, at.var(self.input), growth)
            }
        };
        let net = at.op(Binary::Divide, distance(), at.var(self.time));
        compiler.define(average, Hidden::Stock { initial, net });
        let scale = at.op(Binary::Multiply, at.var(average), at.var(self.time));
        at.op(Binary::Divide, distance(), scale)
    }

    /// The second argument, which the table calls time, is the first value here.
    fn previous(&self, at: &At, compiler: &mut Compiler) -> Term {
        let held = compiler.reserve();
        compiler.define(
            held,
            Hidden::Held {
                initial: at.var(self.time),
                next: at.var(self.input),
            },
        );
        at.var(held)
    }
}
