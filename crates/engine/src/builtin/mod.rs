//! The builtins of XMILE: one table that resolver, units check, VM and later executors read.
//!
//! A row gives name, number of arguments, kernel and unit rule. Whatever XMILE knows and this
//! engine does not yet is a row too, so that it is refused by name and never computed wrongly.

mod philox;
mod random;

use std::f64::consts::PI;

pub(crate) use philox::Place;
pub(crate) use random::Law;

/// One builtin.
#[derive(Debug)]
pub(crate) struct Builtin {
    /// Name in upper case.
    pub(crate) name: &'static str,
    /// Fewest and most arguments; none at all for a name without brackets.
    pub(crate) arity: (usize, usize),
    /// What it does.
    pub(crate) kernel: Kernel,
    /// What units it takes and gives.
    pub(crate) units: UnitRule,
}

/// What a builtin does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kernel {
    /// A number.
    Number(f64),
    /// A value of the clock.
    Clock(Clock),
    /// One argument, no memory.
    Unary(Unary),
    /// Two arguments, no memory.
    Binary(Binary),
    /// Two or more arguments, nested from the left: `MAX(a, b, c)` is `MAX(MAX(a, b), c)`.
    Fold(Binary),
    /// Sum of all arguments divided by their number.
    Mean,
    /// `a / b`, or the third argument (0) where `b` is 0.
    SafeDivision,
    /// `STEP(height, time)`.
    Step,
    /// `RAMP(slope, start, end)`.
    Ramp,
    /// `PULSE(magnitude, first, interval)`.
    Pulse,
    /// Points of a graphical function: `LOOKUP(table, x)`.
    Lookup,
    /// Value at the first instant.
    Initial,
    /// Memory, written out as hidden stocks by the model stage.
    Memory(Memory),
    /// A random number: parameters of a law, then a seed that may be left out.
    Draw(Law),
    /// Known, not built yet.
    Unsupported,
}

/// A value of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Clock {
    Time,
    Dt,
    Start,
    Stop,
}

/// Builtins with memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    /// Exponential smooth; the order is fixed or the third argument.
    Smooth(Order),
    /// Material delay; the order is fixed or the third argument.
    Delay(Order),
    /// Relative growth of the input against its own smooth.
    Trend,
    /// The input so many instants ago.
    FixedDelay,
    /// The input one step ago.
    Previous,
}

/// Order of a smooth or delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    One,
    Three,
    /// Given as the third argument, a literal.
    Argument,
}

/// Functions of one number, the same in every executor. NaN in gives NaN out, but for [`Self::Not`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unary {
    Negative,
    /// 1 for 0, else 0; NaN counts as true.
    Not,
    Abs,
    Sqrt,
    /// The largest whole number not above.
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
}

impl Unary {
    /// Its value.
    #[inline]
    pub(crate) fn apply(self, x: f64) -> f64 {
        match self {
            Self::Negative => -x,
            Self::Not => truth(x == 0.0),
            Self::Abs => x.abs(),
            Self::Sqrt => libm::sqrt(x),
            Self::Floor => libm::floor(x),
            Self::Exp => libm::exp(x),
            Self::Ln => libm::log(x),
            Self::Log10 => libm::log10(x),
            Self::Sin => libm::sin(x),
            Self::Cos => libm::cos(x),
            Self::Tan => libm::tan(x),
            Self::ArcSin => libm::asin(x),
            Self::ArcCos => libm::acos(x),
            Self::ArcTan => libm::atan(x),
        }
    }
}

/// Functions of two numbers, the same in every executor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    /// Floored: the sign is the divisor's; NaN for a divisor of 0.
    Modulo,
    /// `if a < b {a} else {b}`: with a NaN on either side it is `b`.
    Min,
    /// `if a > b {a} else {b}`: with a NaN on either side it is `b`.
    Max,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    Unequal,
    And,
    Or,
}

impl Binary {
    /// Its value. A comparison gives 1 or 0, and 0 where a NaN is compared (1 for `<>`); every
    /// number but 0 is true, NaN too.
    #[inline]
    pub(crate) fn apply(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => libm::pow(a, b),
            Self::Modulo => a - b * libm::floor(a / b),
            Self::Min => {
                if a < b {
                    a
                } else {
                    b
                }
            }
            Self::Max => {
                if a > b {
                    a
                } else {
                    b
                }
            }
            Self::Less => truth(a < b),
            Self::LessEqual => truth(a <= b),
            Self::Greater => truth(a > b),
            Self::GreaterEqual => truth(a >= b),
            Self::Equal => truth(a == b),
            Self::Unequal => truth(a != b),
            Self::And => truth(a != 0.0 && b != 0.0),
            Self::Or => truth(a != 0.0 || b != 0.0),
        }
    }
}

/// `height` from the instant `at` on, else 0; rounding of the clock does not shift the step.
#[inline]
pub(crate) fn step(height: f64, at: f64, time: f64, dt: f64) -> f64 {
    if time + dt * CLOCK_SLACK >= at {
        height
    } else {
        0.0
    }
}

/// `slope` times the time since `start`, up to `end`; 0 before.
#[inline]
pub(crate) fn ramp(slope: f64, start: f64, end: f64, time: f64) -> f64 {
    let until = Binary::Min.apply(time, end);
    if until > start {
        slope * (until - start)
    } else {
        0.0
    }
}

/// `magnitude / dt` for one step at `first` and then every `interval` (once where it is not
/// positive), else 0. An occurrence between two steps falls on the later one.
#[inline]
pub(crate) fn pulse(magnitude: f64, first: f64, interval: f64, time: f64, dt: f64) -> f64 {
    let since = time - first + dt * CLOCK_SLACK;
    let phase = if interval > 0.0 {
        since - interval * libm::floor(since / interval)
    } else {
        since
    };
    if since >= 0.0 && phase < dt {
        magnitude / dt
    } else {
        0.0
    }
}

/// Part of a step by which the clock may be off through rounding.
const CLOCK_SLACK: f64 = 1e-6;

#[inline]
fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// What units a builtin takes and gives.
#[derive(Debug)]
pub(crate) struct UnitRule {
    /// One entry an argument; the last also for all further ones.
    pub(crate) arguments: &'static [ArgumentUnit],
    /// What it gives.
    pub(crate) result: ResultUnit,
}

/// Unit of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArgumentUnit {
    /// Any.
    Free,
    /// That of the first argument.
    First,
    /// Unit of time.
    Time,
    /// One over the unit of time.
    PerTime,
    /// None.
    Plain,
    /// First argument over second.
    Quotient,
}

/// Unit of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResultUnit {
    /// Fits anything.
    Any,
    /// That of the first argument.
    First,
    /// Unit of time.
    Time,
    /// One over the unit of time.
    PerTime,
    /// None.
    Plain,
    /// First argument over second.
    Quotient,
    /// First argument over time.
    FirstPerTime,
    /// First argument times time.
    FirstTimesTime,
    /// Root of the first argument.
    Root,
}

use ArgumentUnit as A;
use ResultUnit as R;

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

/// The builtin of that name, in any case.
pub(crate) fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|b| b.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pulses(first: f64, interval: f64, dt: f64, steps: u32) -> Vec<u32> {
        let start = 2020.5;
        let at = |k: &u32| pulse(1.0, first, interval, start + f64::from(*k) * dt, dt) == 1.0 / dt;
        (0..steps).filter(at).collect()
    }

    #[test]
    fn a_pulse_train_hits_one_step_each_time() {
        assert_eq!(pulses(2020.75, 1.0, 0.25, 12), [1, 5, 9]);
        assert_eq!(pulses(2020.75, 1.0, 0.125, 20), [2, 10, 18]);
        assert_eq!(pulses(2020.75, 0.0, 0.25, 12), [1]);
    }

    #[test]
    fn a_pulse_survives_a_step_that_binary_cannot_say() {
        assert_eq!(pulses(2020.8, 1.0, 0.1, 30), [3, 13, 23]);
        assert_eq!(pulses(2021.5, 1.0, 1.0 / 12.0, 30), [12, 24]);
    }

    #[test]
    fn min_and_max_take_the_second_where_they_cannot_tell() {
        assert!(Binary::Min.apply(1.0, f64::NAN).is_nan());
        assert_eq!(Binary::Min.apply(f64::NAN, 1.0), 1.0);
        assert_eq!(Binary::Max.apply(f64::NAN, 1.0), 1.0);
    }

    #[test]
    fn modulo_takes_the_sign_of_the_divisor() {
        assert_eq!(Binary::Modulo.apply(-7.0, 3.0), 2.0);
        assert_eq!(Binary::Modulo.apply(7.0, -3.0), -2.0);
        assert!(Binary::Modulo.apply(7.0, 0.0).is_nan());
    }
}
