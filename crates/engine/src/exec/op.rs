//! The instructions of the VMs: what they do with which slots.

use crate::builtin::{Binary, Unary};

/// A place for one value.
pub(crate) type Slot = u32;

/// The clock's slot.
pub(crate) const TIME_SLOT: Slot = 0;

/// What an instruction does with slots `a`, `b`, `c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Code {
    Move,
    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    Unequal,
    Modulo,
    Power,
    And,
    Or,
    Negative,
    Not,
    Abs,
    Sqrt,
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
    Sinh,
    Cosh,
    Tanh,
    Round,
    Sign,
    LogGamma,
    /// `(a + b) + c`; as every chain it rounds twice.
    SumPlus,
    /// `(a + b) - c`; as every chain it rounds twice.
    SumMinus,
    /// `(a + b) * c`; as every chain it rounds twice.
    SumTimes,
    /// `(a + b) / c`; as every chain it rounds twice.
    SumOver,
    /// `(a - b) + c`; as every chain it rounds twice.
    DifferencePlus,
    /// `(a - b) - c`; as every chain it rounds twice.
    DifferenceMinus,
    /// `(a - b) * c`; as every chain it rounds twice.
    DifferenceTimes,
    /// `(a - b) / c`; as every chain it rounds twice.
    DifferenceOver,
    /// `(a * b) + c`; as every chain it rounds twice.
    ProductPlus,
    /// `(a * b) - c`; as every chain it rounds twice.
    ProductMinus,
    /// `(a * b) * c`; as every chain it rounds twice.
    ProductTimes,
    /// `(a * b) / c`; as every chain it rounds twice.
    ProductOver,
    /// `(a / b) + c`; as every chain it rounds twice.
    QuotientPlus,
    /// `(a / b) - c`; as every chain it rounds twice.
    QuotientMinus,
    /// `(a / b) * c`; as every chain it rounds twice.
    QuotientTimes,
    /// `(a / b) / c`; as every chain it rounds twice.
    QuotientOver,
    /// `c - (a + b)`.
    LessSum,
    /// `c / (a + b)`.
    BySum,
    /// `c - (a - b)`.
    LessDifference,
    /// `c / (a - b)`.
    ByDifference,
    /// `c - (a * b)`.
    LessProduct,
    /// `c / (a * b)`.
    ByProduct,
    /// `c - (a / b)`.
    LessQuotient,
    /// `c / (a / b)`.
    ByQuotient,
    /// `b` where `a` is not 0, else `c`.
    Select,
    /// Graphical function number `b` at `a`.
    Lookup,
    Step,
    Ramp,
    Pulse,
    /// History number `c`, `a` ago, `b` before the first instant.
    Past,
    /// The same where `a` moves within a step: at whole instants, since it leads to them.
    PastInstant,
    /// Random number of draw number `c` with parameters `a` and `b`.
    Draw,
    /// `to + a × dt`.
    Integrate,
    /// The same, not below 0.
    IntegrateNonNegative,
    /// `to + (a − b) × dt`.
    IntegrateDifference,
}

/// One instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Op {
    pub(crate) code: Code,
    pub(crate) to: Slot,
    pub(crate) a: Slot,
    pub(crate) b: Slot,
    pub(crate) c: Slot,
}

impl Code {
    /// Which of `a`, `b`, `c` are slots that it reads.
    pub(super) fn reads(self) -> [bool; 3] {
        match self {
            Self::Move
            | Self::Negative
            | Self::Not
            | Self::Abs
            | Self::Sqrt
            | Self::Floor
            | Self::Exp
            | Self::Ln
            | Self::Log10
            | Self::Sin
            | Self::Cos
            | Self::Tan
            | Self::ArcSin
            | Self::ArcCos
            | Self::ArcTan
            | Self::Sinh
            | Self::Cosh
            | Self::Tanh
            | Self::Round
            | Self::Sign
            | Self::LogGamma
            | Self::Lookup
            | Self::Integrate
            | Self::IntegrateNonNegative => [true, false, false],
            Self::Add
            | Self::Subtract
            | Self::Multiply
            | Self::Divide
            | Self::Min
            | Self::Max
            | Self::Less
            | Self::LessEqual
            | Self::Greater
            | Self::GreaterEqual
            | Self::Equal
            | Self::Unequal
            | Self::Modulo
            | Self::Power
            | Self::And
            | Self::Or
            | Self::Step
            | Self::Past
            | Self::PastInstant
            | Self::Draw
            | Self::IntegrateDifference => [true, true, false],
            _ => [true; 3],
        }
    }
}

impl Op {
    /// An instruction of one operand.
    pub(super) fn of_one(code: Code, to: Slot, a: Slot) -> Self {
        Self::of(code, to, [a, 0, 0])
    }

    /// An instruction of up to three operands.
    pub(super) fn of(code: Code, to: Slot, [a, b, c]: [Slot; 3]) -> Self {
        Self { code, to, a, b, c }
    }
}

/// The instruction for a function of one value.
pub(super) fn unary_code(op: Unary) -> Code {
    match op {
        Unary::Negative => Code::Negative,
        Unary::Not => Code::Not,
        Unary::Abs => Code::Abs,
        Unary::Sqrt => Code::Sqrt,
        Unary::Floor => Code::Floor,
        Unary::Exp => Code::Exp,
        Unary::Ln => Code::Ln,
        Unary::Log10 => Code::Log10,
        Unary::Sin => Code::Sin,
        Unary::Cos => Code::Cos,
        Unary::Tan => Code::Tan,
        Unary::ArcSin => Code::ArcSin,
        Unary::ArcCos => Code::ArcCos,
        Unary::ArcTan => Code::ArcTan,
        Unary::Sinh => Code::Sinh,
        Unary::Cosh => Code::Cosh,
        Unary::Tanh => Code::Tanh,
        Unary::Round => Code::Round,
        Unary::Sign => Code::Sign,
        Unary::LogGamma => Code::LogGamma,
    }
}

/// The instruction for a function of two values.
pub(super) fn binary_code(op: Binary) -> Code {
    match op {
        Binary::Add => Code::Add,
        Binary::Subtract => Code::Subtract,
        Binary::Multiply => Code::Multiply,
        Binary::Divide => Code::Divide,
        Binary::Power => Code::Power,
        Binary::Modulo => Code::Modulo,
        Binary::Min => Code::Min,
        Binary::Max => Code::Max,
        Binary::Less => Code::Less,
        Binary::LessEqual => Code::LessEqual,
        Binary::Greater => Code::Greater,
        Binary::GreaterEqual => Code::GreaterEqual,
        Binary::Equal => Code::Equal,
        Binary::Unequal => Code::Unequal,
        Binary::And => Code::And,
        Binary::Or => Code::Or,
    }
}

/// The instruction for `(a inner b) outer c`, or for `c outer (a inner b)` where the inner value is
/// on the right; `None` where it takes two.
pub(super) fn chain_code(inner: Binary, outer: Binary, inner_on_right: bool) -> Option<Code> {
    let row = match inner {
        Binary::Add => [
            Code::SumPlus,
            Code::SumMinus,
            Code::SumTimes,
            Code::SumOver,
            Code::LessSum,
            Code::BySum,
        ],
        Binary::Subtract => [
            Code::DifferencePlus,
            Code::DifferenceMinus,
            Code::DifferenceTimes,
            Code::DifferenceOver,
            Code::LessDifference,
            Code::ByDifference,
        ],
        Binary::Multiply => [
            Code::ProductPlus,
            Code::ProductMinus,
            Code::ProductTimes,
            Code::ProductOver,
            Code::LessProduct,
            Code::ByProduct,
        ],
        Binary::Divide => [
            Code::QuotientPlus,
            Code::QuotientMinus,
            Code::QuotientTimes,
            Code::QuotientOver,
            Code::LessQuotient,
            Code::ByQuotient,
        ],
        _ => return None,
    };
    let k = match (outer, inner_on_right) {
        // Sums and products are the same from either side.
        (Binary::Add, _) => 0,
        (Binary::Subtract, false) => 1,
        (Binary::Multiply, _) => 2,
        (Binary::Divide, false) => 3,
        (Binary::Subtract, true) => 4,
        (Binary::Divide, true) => 5,
        _ => return None,
    };
    row.get(k).copied()
}
