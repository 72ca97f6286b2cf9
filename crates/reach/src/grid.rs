//! The step of a grid at which a function that goes one way comes nearest to a value, by halving.

/// Where a function comes nearest to a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// Step.
    pub step: i32,
    /// The function there.
    pub value: f64,
    /// The function at the lowest and at the highest step.
    pub ends: [f64; 2],
    /// Whether the value lies beyond both ends; `step` is then the end that is nearer to it.
    pub is_beyond: bool,
}

/// The step between `low` and `high`, both included, at which `at` comes nearest to `wanted`; the
/// lower one of two that are as near.
///
/// * `at` goes one way. One that turns gives a step where it crosses the value, if it does between
///   the ends; what it gives there is told as it is.
/// * Asks for both ends and for one step a halving.
/// * `None` where a number on the way is none, or `high` is below `low`.
pub fn nearest(
    [low, high]: [i32; 2],
    wanted: f64,
    at: &mut impl FnMut(i32) -> f64,
) -> Option<Nearest> {
    if high < low || !wanted.is_finite() {
        return None;
    }
    let ends = [at(low), at(high)];
    if !ends.iter().all(|end| end.is_finite()) {
        return None;
    }
    let is_rising = ends[1] >= ends[0];
    let [mut below, mut above] = [(low, ends[0]), (high, ends[1])];
    let is_beyond = wanted < ends[0].min(ends[1]) || wanted > ends[0].max(ends[1]);
    while !is_beyond && above.0 - below.0 > 1 {
        let middle = below.0.midpoint(above.0);
        let value = at(middle);
        if !value.is_finite() {
            return None;
        }
        match (value < wanted) == is_rising {
            true => below = (middle, value),
            false => above = (middle, value),
        }
    }
    let off = |(_, value): (i32, f64)| (value - wanted).abs();
    let (step, value) = if off(above) < off(below) {
        above
    } else {
        below
    };
    Some(Nearest {
        step,
        value,
        ends,
        is_beyond,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;

    #[track_caller]
    fn check(at: impl Fn(i32) -> f64, wanted: f64, step: i32, is_beyond: bool) {
        let mut asked = 0;
        let found = nearest([-20, 100], wanted, &mut |step| {
            asked += 1;
            at(step)
        });
        let found = found.unwrap();
        assert_eq!((found.step, found.is_beyond), (step, is_beyond));
        assert_eq!(found.value, at(step));
        assert!(asked <= 9, "{asked} steps were asked for");
    }

    #[test]
    fn a_rising_and_a_falling_function_are_met_on_the_grid() {
        check(|step| f64::from(step) * 0.5, 10.2, 20, false);
        check(|step| f64::from(step) * 0.5, 10.3, 21, false);
        check(|step| 3.0 - f64::from(step) * 0.01, 2.5, 50, false);
        check(f64::from, -20.0, -20, false);
    }

    #[test]
    fn beyond_its_ends_the_nearer_end_is_given() {
        check(f64::from, 120.0, 100, true);
        check(f64::from, -21.0, -20, true);
        check(|step| -f64::from(step), 30.0, -20, true);
        check(|_| 1.0, 2.0, -20, true);
    }

    #[test]
    fn what_is_no_number_is_no_step() {
        assert_eq!(nearest([0, 4], 1.0, &mut |_| f64::NAN), None);
        assert_eq!(nearest([0, 4], f64::NAN, &mut |_| 1.0), None);
        assert_eq!(nearest([4, 0], 1.0, &mut |_| 1.0), None);
        let hole = |step: i32| if step == 2 { f64::NAN } else { f64::from(step) };
        assert_eq!(nearest([0, 4], 1.0, &mut |step| hole(step)), None);
    }
}
