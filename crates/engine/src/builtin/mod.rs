//! The builtins of XMILE: one table that resolver, units check, VM and later executors read.
//!
//! A row gives name, arguments, kernel and unit rule. Whatever XMILE knows and this engine does not
//! yet is a row too, so that it is refused by name and never computed wrongly. A new builtin is one
//! row in `rows`, with meaning and source, and a case in `tests/cases`; where no kernel computes it,
//! also an arm in `program::formula` (made of other kernels), `program::expand` (with memory),
//! `random` (a law) or `kernel` (a function of numbers).

mod kernel;
mod philox;
mod random;
mod rows;

pub(crate) use kernel::{Binary, CLOCK_SLACK, Unary, pulse, ramp, select, step};
pub(crate) use philox::Place;
pub use philox::Uniforms;
pub(crate) use random::Law;
pub use random::standard_normal;
pub(crate) use rows::BUILTINS;

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
    /// Root of the mean square distance of all arguments from their mean (population).
    Deviation,
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
    /// Value of the last argument at the first instant.
    Initial,
    /// Memory, written out as hidden stocks by the model stage.
    Memory(Memory),
    /// A random number: parameters of a law, then a seed that may be left out.
    Draw(Law),
    /// Made of other kernels.
    Formula(Formula),
    /// Over all elements of an array, written out by the model stage.
    Array(ArrayKernel),
    /// The variable whose equation it stands in.
    Own,
    /// Known, not built.
    Unsupported,
}

/// What a builtin does with an array, beside folding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArrayKernel {
    /// How many elements it has.
    Size,
    /// Position of the element of a rank, 1 the smallest.
    Rank,
}

/// A value of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Clock {
    Time,
    Dt,
    Start,
    Stop,
}

/// Builtins made of other kernels, without memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Formula {
    /// The second argument where the first is not 0, else the third.
    Condition,
    /// `a / b`, or the third argument (0) where `b` is nearer to 0 than 10⁻⁶.
    GuardedDivision,
    /// Logarithm to a base.
    Logarithm,
    /// The multiple of a step next to a number, on the side of 0.
    Quantum,
    /// From one number to another with the clock, again and again.
    Counter,
    /// A share in percent.
    Percent,
    /// Rate that gives a growth in percent per unit of time at any step.
    CompoundGrowth,
    /// Amplitude and period.
    Wave(Unary),
    /// Mean, deviation, seed, least and most.
    Normal,
    /// Least, mode, most, seed.
    Triangular,
    /// 1 with a probability in percent per unit of time, else 0.
    MonteCarlo,
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
    /// The input, as its trend would take it so far ahead.
    Forecast,
    /// Sum of a stream, discounted to the first instant.
    PresentValue,
    /// The input at a time that has been.
    History,
    /// Backward differences over the step, as often as the second argument says.
    Derivative,
}

/// Order of a smooth or delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    One,
    Three,
    /// Given as the third argument, a literal.
    Argument,
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
    /// That of the second argument.
    Second,
    /// First argument times time.
    FirstTimesTime,
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
    /// That of the second argument.
    Second,
    /// First argument over time to the power of the second, a literal.
    FirstPerTimeToSecond,
}

/// The builtin of that name, in any case.
pub(crate) fn find(name: &str) -> Option<&'static Builtin> {
    // The standard's own namespace may be written in front (3.2.2.3).
    let bare = name.get(..4).filter(|p| p.eq_ignore_ascii_case("std."));
    let name = bare.and_then(|_| name.get(4..)).unwrap_or(name);
    BUILTINS.iter().find(|b| b.name.eq_ignore_ascii_case(name))
}
