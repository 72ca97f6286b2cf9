//! The table: one row a builtin, with its meaning and who says so.
//!
//! "Standard" is XMILE 1.0, section 3.5; "Stella" the help of isee systems' product, "Vensim" the
//! manual of Ventana Systems'. "As simlin" or "as PySD" means compared with simlin 0.8.5 or PySD
//! 3.14.3 in a case of `tests/cases`; "not checked" that no engine was at hand to compare with.

use std::f64::consts::PI;

use super::ArgumentUnit as A;
use super::ResultUnit as R;
use super::{
    ArgumentUnit, ArrayKernel, Binary, Builtin, Clock, Formula, Kernel, Law, Memory, Order,
};
use super::{ResultUnit, Unary, UnitRule};

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

const fn clock(name: &'static str, of: Clock) -> Builtin {
    row(name, (0, 0), Kernel::Clock(of), &[], R::Time)
}

const fn unary(name: &'static str, of: Unary, result: ResultUnit) -> Builtin {
    row(name, (1, 1), Kernel::Unary(of), &[A::Free], result)
}

const fn plain(name: &'static str, of: Unary) -> Builtin {
    row(name, (1, 1), Kernel::Unary(of), &[A::Plain], R::Plain)
}

/// Numbers in one unit, or an array.
const fn alike(name: &'static str, kernel: Kernel) -> Builtin {
    row(name, (1, MANY), kernel, &[A::Free, A::First], R::First)
}

const fn formula(
    name: &'static str,
    arity: (usize, usize),
    of: Formula,
    arguments: &'static [A],
    result: R,
) -> Builtin {
    row(name, arity, Kernel::Formula(of), arguments, result)
}

const fn memory(
    name: &'static str,
    arity: (usize, usize),
    of: Memory,
    arguments: &'static [A],
) -> Builtin {
    row(name, arity, Kernel::Memory(of), arguments, R::First)
}

/// A law; a seed may follow its parameters.
const fn draw(name: &'static str, of: Law, arguments: &'static [A], result: R) -> Builtin {
    let n = of.n_parameters();
    row(name, (n, n + 1), Kernel::Draw(of), arguments, result)
}

const fn unsupported(name: &'static str) -> Builtin {
    row(name, (0, MANY), Kernel::Unsupported, &[A::Free], R::Any)
}

/// No limit on arguments but the tree's.
const MANY: usize = usize::MAX;

/// Input, time and a first value.
const TIMED: &[A] = &[A::Free, A::Time, A::First];
/// Input, time, order and a first value.
const ORDERED: &[A] = &[A::Free, A::Time, A::Plain, A::First];
/// Numerator, denominator and what stands for the quotient.
const DIVIDED: &[A] = &[A::Free, A::Free, A::Quotient];
/// Two parameters in one unit, and a seed.
const SAME_LAW: &[A] = &[A::Free, A::First, A::Plain];
/// One parameter, and a seed.
const ONE_LAW: &[A] = &[A::Free, A::Plain];
/// Shape, scale and a seed.
const SHAPE_LAW: &[A] = &[A::Plain, A::Free, A::Plain];
const PLAIN: &[A] = &[A::Plain];

/// All builtins.
pub(crate) const BUILTINS: &[Builtin] = &[
    // The clock and constants of the standard.
    clock("TIME", Clock::Time),
    clock("DT", Clock::Dt),
    clock("STARTTIME", Clock::Start),
    clock("STOPTIME", Clock::Stop),
    row("PI", (0, 0), Kernel::Number(PI), &[], R::Plain),
    row("INF", (0, 0), Kernel::Number(f64::INFINITY), &[], R::Any),
    // Mathematical functions of the standard. INT is the largest whole number not above.
    unary("ABS", Unary::Abs, R::First),
    unary("INT", Unary::Floor, R::First),
    unary("SQRT", Unary::Sqrt, R::Root),
    plain("EXP", Unary::Exp),
    plain("LN", Unary::Ln),
    plain("LOG10", Unary::Log10),
    plain("SIN", Unary::Sin),
    plain("COS", Unary::Cos),
    plain("TAN", Unary::Tan),
    plain("ARCSIN", Unary::ArcSin),
    plain("ARCCOS", Unary::ArcCos),
    plain("ARCTAN", Unary::ArcTan),
    alike("MIN", Kernel::Fold(Binary::Min)),
    alike("MAX", Kernel::Fold(Binary::Max)),
    alike("MEAN", Kernel::Mean),
    // Over arrays (standard, 3.7.1.3). STDDEV takes the elements for all there are, as simlin.
    // RANK(array, rank, tie-breaker) is the position of the element of a rank, 1 the smallest: not
    // checked (simlin's gives all ranks).
    alike("SUM", Kernel::Fold(Binary::Add)),
    row(
        "PROD",
        (1, MANY),
        Kernel::Fold(Binary::Multiply),
        &[A::Free],
        R::Any,
    ),
    alike("STDDEV", Kernel::Deviation),
    row(
        "SIZE",
        (1, 1),
        Kernel::Array(ArrayKernel::Size),
        &[A::Free],
        R::Plain,
    ),
    row(
        "RANK",
        (2, 3),
        Kernel::Array(ArrayKernel::Rank),
        &[A::Free],
        R::Plain,
    ),
    // The variable in whose equation it stands.
    row("SELF", (0, 0), Kernel::Own, &[], R::Any),
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
        DIVIDED,
        R::Quotient,
    ),
    // Beyond the standard. Hyperbolic functions are Vensim's, as PySD. ROUND(x) is Stella's; a half
    // goes to the even number, as simlin (Stella's own rule: not checked). SIGN(x) as simlin.
    plain("SINH", Unary::Sinh),
    plain("COSH", Unary::Cosh),
    plain("TANH", Unary::Tanh),
    unary("ROUND", Unary::Round, R::First),
    unary("SIGN", Unary::Sign, R::Plain),
    // GAMMALN(x) is Stella's: ln |Γ(x)|.
    plain("GAMMALN", Unary::LogGamma),
    // LOG(x, base) is Vensim's, as PySD. With one argument it is refused: bases differ by tool.
    formula(
        "LOG",
        (2, 2),
        Formula::Logarithm,
        &[A::Plain, A::Plain],
        R::Plain,
    ),
    // COUNTER(from, to) is Stella's: counts with the clock from one number up to, but not
    // including, the other and begins again. Its help was not at hand: not checked.
    formula(
        "COUNTER",
        (2, 2),
        Formula::Counter,
        &[A::Time, A::Time],
        R::Time,
    ),
    // QUANTUM(x, step) is Vensim's: step × whole part of x ÷ step, x for a step not above 0; as PySD.
    formula(
        "QUANTUM",
        (2, 2),
        Formula::Quantum,
        &[A::Free, A::First],
        R::First,
    ),
    // XIDZ(a, b, x) and ZIDZ(a, b) are Vensim's: b counts as 0 below 10⁻⁶ in size; as PySD.
    formula(
        "XIDZ",
        (3, 3),
        Formula::GuardedDivision,
        DIVIDED,
        R::Quotient,
    ),
    formula(
        "ZIDZ",
        (2, 2),
        Formula::GuardedDivision,
        DIVIDED,
        R::Quotient,
    ),
    // IF_THEN_ELSE(condition, a, b): the standard's IF as a call, as PySD.
    formula(
        "IF_THEN_ELSE",
        (3, 3),
        Formula::Condition,
        &[A::Plain, A::Free, A::Second],
        R::Second,
    ),
    // PERCENT(share) is Stella's: 0.25 gives 25.
    formula("PERCENT", (1, 1), Formula::Percent, PLAIN, R::Plain),
    // CGROWTH(percent) is Stella's: the rate at which a stock grows by so much per unit of time, at
    // any step. ((1 + percent ÷ 100) ^ DT − 1) ÷ DT.
    formula(
        "CGROWTH",
        (1, 1),
        Formula::CompoundGrowth,
        PLAIN,
        R::PerTime,
    ),
    // SINWAVE(amplitude, period) and COSWAVE are Stella's: amplitude × sine of 2π times the time since
    // the start ÷ period. That the wave begins with the run, not at time 0, is not checked.
    formula(
        "SINWAVE",
        (2, 2),
        Formula::Wave(Unary::Sin),
        &[A::Free, A::Time],
        R::First,
    ),
    formula(
        "COSWAVE",
        (2, 2),
        Formula::Wave(Unary::Cos),
        &[A::Free, A::Time],
        R::First,
    ),
    // Test inputs of the standard. STEP is up from its time on ("at the given time"): between two
    // instants at the later one; simlin and PySD take the nearer one. PULSE without an interval
    // fires once.
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
    // Memory, of the standard. A DELAY keeps the time it has at the first instant (Stella: "uses the
    // initial value for its fixed lag time"), rounded to whole steps, one at least; as PySD.
    memory("SMTH1", (2, 3), Memory::Smooth(Order::One), TIMED),
    memory("SMTH3", (2, 3), Memory::Smooth(Order::Three), TIMED),
    memory("SMTHN", (3, 4), Memory::Smooth(Order::Argument), ORDERED),
    memory("DELAY1", (2, 3), Memory::Delay(Order::One), TIMED),
    memory("DELAY3", (2, 3), Memory::Delay(Order::Three), TIMED),
    memory("DELAYN", (3, 4), Memory::Delay(Order::Argument), ORDERED),
    memory("DELAY", (2, 3), Memory::FixedDelay, TIMED),
    // TREND(input, averaging time, trend at first), as simlin and PySD.
    row(
        "TREND",
        (2, 3),
        Kernel::Memory(Memory::Trend),
        &[A::Free, A::Time, A::PerTime],
        R::PerTime,
    ),
    // FORCST(input, averaging time, horizon, trend at first): input × (1 + TREND × horizon), as PySD
    // without the last argument; with it PySD's average starts at input ÷ (1 + trend).
    memory(
        "FORCST",
        (3, 4),
        Memory::Forecast,
        &[A::Free, A::Time, A::Time, A::PerTime],
    ),
    row("INIT", (1, 1), Kernel::Initial, &[A::Free], R::First),
    // PREVIOUS(input, first value, 0 where it is not given), as simlin.
    memory("PREVIOUS", (1, 2), Memory::Previous, &[A::Free, A::First]),
    // Memory beyond the standard. NPV(stream, rate, first value, factor): the equations of Vensim's
    // manual; as simlin, but for a factor with a first value and for a rate that varies. Stella's help
    // has the rate "per period": the same where DT is 1.
    row(
        "NPV",
        (2, 4),
        Kernel::Memory(Memory::PresentValue),
        &[A::Free, A::PerTime, A::FirstTimesTime, A::Plain],
        R::FirstTimesTime,
    ),
    // HISTORY(input, time) is Stella's: the value at the latest instant not after the time; 0 before
    // the start and beyond the current time (its help says so).
    memory("HISTORY", (2, 2), Memory::History, &[A::Free, A::Time]),
    // DERIVN(input, order) is Stella's: backward differences over DT, 0 until `order` steps are
    // known; order 0 is the input.
    row(
        "DERIVN",
        (2, 2),
        Kernel::Memory(Memory::Derivative),
        &[A::Free, A::Plain],
        R::FirstPerTimeToSecond,
    ),
    // ENDVAL(input, first value) is Stella's: how the last run of the session ended, in the first run
    // the first value, or the input's own. A program knows no other run: it is always the first.
    row(
        "ENDVAL",
        (1, 2),
        Kernel::Initial,
        &[A::Free, A::First],
        R::First,
    ),
    // Random numbers of the standard: new at every step; a seed from 0 to 2³² − 1 makes the sequence
    // the same always. LOGNORMAL takes the number's own mean and deviation, which is how the
    // standard words it; an example of Stella's help has mean 0, which only a logarithm can have.
    draw("RANDOM", Law::Uniform, SAME_LAW, R::First),
    formula(
        "NORMAL",
        (2, 5),
        // Least and most, after the seed, are Stella's: drawn again while it is outside.
        Formula::Normal,
        &[A::Free, A::First, A::Plain, A::First],
        R::First,
    ),
    draw("LOGNORMAL", Law::LogNormal, SAME_LAW, R::First),
    draw("EXPRND", Law::Exponential, ONE_LAW, R::First),
    draw("POISSON", Law::Poisson, ONE_LAW, R::First),
    // Random numbers beyond the standard, with Stella's names and order of parameters; no engine at
    // hand has them. GEOMETRIC counts failures before the first success, PARETO starts at its scale,
    // MONTECARLO is 1 where a number up to 100 lies below percent × DT.
    draw("UNIFORM", Law::Uniform, SAME_LAW, R::First),
    draw("BETA", Law::Beta, PLAIN, R::Plain),
    draw("BINOMIAL", Law::Binomial, ONE_LAW, R::First),
    draw("GAMMA", Law::Gamma, SHAPE_LAW, R::Second),
    draw("GEOMETRIC", Law::Geometric, PLAIN, R::Plain),
    draw("LOGISTIC", Law::Logistic, SAME_LAW, R::First),
    draw("PARETO", Law::Pareto, SHAPE_LAW, R::Second),
    draw("WEIBULL", Law::Weibull, SHAPE_LAW, R::Second),
    formula(
        "TRIANGULAR",
        (3, 4),
        Formula::Triangular,
        &[A::Free, A::First, A::First, A::Plain],
        R::First,
    ),
    formula("MONTECARLO", (1, 2), Formula::MonteCarlo, ONE_LAW, R::Plain),
    // Arrays.
    // Known to Stella; not built, or without a meaning that could be checked.
    unsupported("NEGBINOMIAL"),
    unsupported("INVNORM"),
    unsupported("NORMALCDF"),
    unsupported("COMBINATIONS"),
    unsupported("FACTORIAL"),
    unsupported("PERMUTATIONS"),
    unsupported("ROOTN"),
    unsupported("FV"),
    unsupported("IRR"),
    unsupported("PMT"),
    unsupported("PV"),
    unsupported("LOOKUPXY"),
    unsupported("LOOKUPAREA"),
    unsupported("LOOKUPINV"),
    unsupported("LOOKUPMEAN"),
    unsupported("LOOKUPSLOPE"),
    unsupported("INTERPOLATE"),
    unsupported("CAP"),
    unsupported("CTTRANSIT"),
    unsupported("CTFLOW"),
    unsupported("QELEM"),
    unsupported("SWITCH"),
    unsupported("REWORK"),
    unsupported("PAUSE"),
    unsupported("RUNCOUNT"),
    unsupported("SENSIRUNCOUNT"),
    unsupported("CLOCKTIME"),
];
