//! Where in a history the past of an instant lies, the same in every executor.

/// A place in a history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Past {
    /// The time back is no number or less than half a step.
    Unknown,
    /// Before the first instant.
    Early,
    /// At that instant.
    At(usize),
    /// That part of the way from that instant to the next.
    After(usize, f64),
}

/// Where the value lies that was `back` (time) before an instant a part of a step after `step`.
///
/// The time back is rounded to whole steps.
#[inline]
pub(super) fn past(back: f64, dt: f64, step: usize, part: f64) -> Past {
    let n = libm::round(back / dt);
    if n.is_nan() || n < 1.0 {
        return Past::Unknown;
    }
    let position = step as f64 + part - n;
    if position < 0.0 {
        return Past::Early;
    }
    let at = position as usize;
    let part = position - at as f64;
    if part == 0.0 {
        Past::At(at)
    } else {
        Past::After(at, part)
    }
}

/// The value `part` of the way between two instants.
#[inline]
pub(super) fn between(before: f64, after: f64, part: f64) -> f64 {
    before + (after - before) * part
}

/// A driven series at a part of a step after `step`; the last value holds beyond its end.
pub(super) fn driven(series: &[f64], step: usize, part: f64) -> f64 {
    let at = |step: usize| series.get(step).or(series.last()).copied();
    let (Some(before), Some(after)) = (at(step), at(step + 1)) else {
        return f64::NAN;
    };
    if part == 0.0 {
        before
    } else if part == 1.0 {
        after
    } else {
        between(before, after, part)
    }
}
