//! Functions of numbers and of the clock: what every executor computes for a builtin.

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
    Sinh,
    Cosh,
    Tanh,
    /// The nearest whole number; a half goes to the even one.
    Round,
    /// 1, 0 or -1.
    Sign,
    /// Logarithm of the gamma function's magnitude.
    LogGamma,
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
            Self::Sinh => libm::sinh(x),
            Self::Cosh => libm::cosh(x),
            Self::Tanh => libm::tanh(x),
            Self::Round => libm::rint(x),
            Self::Sign if x == 0.0 || x.is_nan() => x,
            Self::Sign => x.signum(),
            Self::LogGamma => libm::lgamma(x),
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
    /// The smaller one, `b` where they are equal; NaN where either is.
    Min,
    /// The larger one, `b` where they are equal; NaN where either is.
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
                if a < b || a.is_nan() {
                    a
                } else {
                    b
                }
            }
            Self::Max => {
                if a > b || a.is_nan() {
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

/// `a` where the condition is not 0, else `b`; NaN where it is none.
#[inline]
pub(crate) fn select(condition: f64, a: f64, b: f64) -> f64 {
    match condition {
        _ if condition.is_nan() => condition,
        0.0 => b,
        _ => a,
    }
}

/// `height` from the instant `at` on, else 0; NaN for no instant. Rounding of the clock does not
/// shift the step.
#[inline]
pub(crate) fn step(height: f64, at: f64, time: f64, dt: f64) -> f64 {
    if time + dt * CLOCK_SLACK >= at {
        height
    } else {
        or_nan(0.0, at.is_nan())
    }
}

/// `slope` times the time since `start`, up to `end`; 0 before. NaN for no time, and for an end before
/// the start.
#[inline]
pub(crate) fn ramp(slope: f64, start: f64, end: f64, time: f64) -> f64 {
    let until = if time < end { time } else { end };
    let is_span = end >= start;
    if until > start && is_span {
        slope * (until - start)
    } else {
        or_nan(0.0, !is_span)
    }
}

/// `magnitude / dt` for one step at `first` and then every `interval` (once where it is 0), else 0.
/// An occurrence between two steps falls on the later one. NaN for no time, and for an interval below
/// 0 or shorter than a step, of which some would be lost.
#[inline]
pub(crate) fn pulse(magnitude: f64, first: f64, interval: f64, time: f64, dt: f64) -> f64 {
    let since = time - first + dt * CLOCK_SLACK;
    let is_train = interval == 0.0 || interval >= dt * (1.0 - CLOCK_SLACK);
    let phase = if interval > 0.0 {
        since - interval * libm::floor(since / interval)
    } else {
        since
    };
    if since >= 0.0 && phase < dt {
        or_nan(magnitude / dt, !is_train)
    } else {
        or_nan(0.0, !is_train || first.is_nan())
    }
}

/// Part of a step by which the clock may be off through rounding.
pub(crate) const CLOCK_SLACK: f64 = 1e-6;

/// A value, or NaN where what it was made from is none.
#[inline]
fn or_nan(value: f64, is_none: bool) -> f64 {
    if is_none { f64::NAN } else { value }
}

#[inline]
fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
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
    fn arguments_that_mean_nothing_give_nan() {
        for op in [Binary::Min, Binary::Max] {
            assert!(op.apply(1.0, f64::NAN).is_nan() && op.apply(f64::NAN, 1.0).is_nan());
        }
        assert!(select(f64::NAN, 1.0, 2.0).is_nan());
        for time in [0.0, 5.0] {
            assert!(step(1.0, f64::NAN, time, 1.0).is_nan());
            for (start, end) in [(f64::NAN, 9.0), (1.0, f64::NAN), (4.0, 3.0)] {
                assert!(ramp(1.0, start, end, time).is_nan(), "{start} to {end}");
            }
            for (first, interval) in [(f64::NAN, 1.0), (1.0, f64::NAN), (1.0, -1.0), (1.0, 0.5)] {
                assert!(
                    pulse(1.0, first, interval, time, 1.0).is_nan(),
                    "{first} {interval}"
                );
            }
        }
    }

    #[test]
    fn modulo_takes_the_sign_of_the_divisor() {
        assert_eq!(Binary::Modulo.apply(-7.0, 3.0), 2.0);
        assert_eq!(Binary::Modulo.apply(7.0, -3.0), -2.0);
        assert!(Binary::Modulo.apply(7.0, 0.0).is_nan());
    }
}
