//! The table: one row a builtin.

use std::f64::consts::PI;

use super::ArgumentUnit as A;
use super::ResultUnit as R;
use super::{ArgumentUnit, Binary, Builtin, Clock, Kernel, Law, Memory, Order, ResultUnit};
use super::{Unary, UnitRule};

const fn row(
    name: &'static str,
    arity: (usize, usize),
    kernel: Kernel,
    arguments: &'static [ArgumentUnit],
    result: ResultUnit,
) -> Builtin {
    Builtin {
        name,
        arity,
        kernel,
        units: UnitRule { arguments, result },
    }
}

const fn plain(name: &'static str, of: Unary) -> Builtin {
    row(name, (1, 1), Kernel::Unary(of), &[A::Plain], R::Plain)
}

const fn memory(
    name: &'static str,
    arity: (usize, usize),
    of: Memory,
    arguments: &'static [A],
) -> Builtin {
    row(name, arity, Kernel::Memory(of), arguments, R::First)
}

const fn unsupported(name: &'static str) -> Builtin {
    row(name, (0, MANY), Kernel::Unsupported, &[A::Free], R::Any)
}

/// No limit on arguments but the tree's.
const MANY: usize = usize::MAX;

/// All builtins.
pub(crate) const BUILTINS: &[Builtin] = &[
    row("TIME", (0, 0), Kernel::Clock(Clock::Time), &[], R::Time),
    row("DT", (0, 0), Kernel::Clock(Clock::Dt), &[], R::Time),
    row(
        "STARTTIME",
        (0, 0),
        Kernel::Clock(Clock::Start),
        &[],
        R::Time,
    ),
    row("STOPTIME", (0, 0), Kernel::Clock(Clock::Stop), &[], R::Time),
    row("PI", (0, 0), Kernel::Number(PI), &[], R::Plain),
    row("INF", (0, 0), Kernel::Number(f64::INFINITY), &[], R::Any),
    row(
        "ABS",
        (1, 1),
        Kernel::Unary(Unary::Abs),
        &[A::Free],
        R::First,
    ),
    row(
        "INT",
        (1, 1),
        Kernel::Unary(Unary::Floor),
        &[A::Free],
        R::First,
    ),
    row(
        "SQRT",
        (1, 1),
        Kernel::Unary(Unary::Sqrt),
        &[A::Free],
        R::Root,
    ),
    plain("EXP", Unary::Exp),
    plain("LN", Unary::Ln),
    plain("LOG10", Unary::Log10),
    plain("SIN", Unary::Sin),
    plain("COS", Unary::Cos),
    plain("TAN", Unary::Tan),
    plain("ARCSIN", Unary::ArcSin),
    plain("ARCCOS", Unary::ArcCos),
    plain("ARCTAN", Unary::ArcTan),
    row(
        "MIN",
        (2, MANY),
        Kernel::Fold(Binary::Min),
        &[A::Free, A::First],
        R::First,
    ),
    row(
        "MAX",
        (2, MANY),
        Kernel::Fold(Binary::Max),
        &[A::Free, A::First],
        R::First,
    ),
    row(
        "MEAN",
        (2, MANY),
        Kernel::Mean,
        &[A::Free, A::First],
        R::First,
    ),
    row(
        "MOD",
        (2, 2),
        Kernel::Binary(Binary::Modulo),
        &[A::Free, A::First],
        R::First,
    ),
    row(
        "SAFEDIV",
        (2, 3),
        Kernel::SafeDivision,
        &[A::Free, A::Free, A::Quotient],
        R::Quotient,
    ),
    row("STEP", (2, 2), Kernel::Step, &[A::Free, A::Time], R::First),
    row(
        "RAMP",
        (2, 3),
        Kernel::Ramp,
        &[A::Free, A::Time],
        R::FirstTimesTime,
    ),
    row(
        "PULSE",
        (1, 3),
        Kernel::Pulse,
        &[A::Free, A::Time],
        R::FirstPerTime,
    ),
    row("LOOKUP", (2, 2), Kernel::Lookup, &[A::Free], R::First),
    row("INIT", (1, 1), Kernel::Initial, &[A::Free], R::First),
    memory(
        "SMTH1",
        (2, 3),
        Memory::Smooth(Order::One),
        &[A::Free, A::Time, A::First],
    ),
    memory(
        "SMTH3",
        (2, 3),
        Memory::Smooth(Order::Three),
        &[A::Free, A::Time, A::First],
    ),
    memory(
        "SMTHN",
        (3, 4),
        Memory::Smooth(Order::Argument),
        &[A::Free, A::Time, A::Plain, A::First],
    ),
    memory(
        "DELAY1",
        (2, 3),
        Memory::Delay(Order::One),
        &[A::Free, A::Time, A::First],
    ),
    memory(
        "DELAY3",
        (2, 3),
        Memory::Delay(Order::Three),
        &[A::Free, A::Time, A::First],
    ),
    memory(
        "DELAYN",
        (3, 4),
        Memory::Delay(Order::Argument),
        &[A::Free, A::Time, A::Plain, A::First],
    ),
    memory(
        "DELAY",
        (2, 3),
        Memory::FixedDelay,
        &[A::Free, A::Time, A::First],
    ),
    memory("PREVIOUS", (2, 2), Memory::Previous, &[A::Free, A::First]),
    row(
        "TREND",
        (2, 3),
        Kernel::Memory(Memory::Trend),
        &[A::Free, A::Time, A::PerTime],
        R::PerTime,
    ),
    unsupported("FORCST"),
    row(
        "RANDOM",
        (2, 3),
        Kernel::Draw(Law::Uniform),
        &[A::Free, A::First, A::Plain],
        R::First,
    ),
    row(
        "UNIFORM",
        (2, 3),
        Kernel::Draw(Law::Uniform),
        &[A::Free, A::First, A::Plain],
        R::First,
    ),
    row(
        "NORMAL",
        (2, 3),
        Kernel::Draw(Law::Normal),
        &[A::Free, A::First, A::Plain],
        R::First,
    ),
    unsupported("LOGNORMAL"),
    unsupported("EXPRND"),
    unsupported("POISSON"),
    unsupported("BETA"),
    unsupported("BINOMIAL"),
    unsupported("GAMMA"),
    unsupported("GEOMETRIC"),
    unsupported("GAMMALN"),
    unsupported("MONTECARLO"),
    unsupported("TRIANGULAR"),
    unsupported("WEIBULL"),
    unsupported("SELF"),
    unsupported("SUM"),
    unsupported("SIZE"),
    unsupported("STDDEV"),
    unsupported("PROD"),
    unsupported("RANK"),
    unsupported("NPV"),
    unsupported("IRR"),
    unsupported("PERCENT"),
    unsupported("ROUND"),
    unsupported("SINWAVE"),
    unsupported("COSWAVE"),
    unsupported("HISTORY"),
    unsupported("LOOKUPXY"),
    unsupported("LOOKUPAREA"),
    unsupported("LOOKUPINV"),
    unsupported("DERIVN"),
    unsupported("CAP"),
    unsupported("CGROWTH"),
    unsupported("CTTRANSIT"),
    unsupported("CTFLOW"),
    unsupported("QELEM"),
    unsupported("COUNTER"),
    unsupported("SWITCH"),
    unsupported("ENDVAL"),
    unsupported("PAUSE"),
    unsupported("RUNCOUNT"),
];
