//! Values of graphical functions, the same in every executor.

use crate::xmile::document::{Table, TableKind};

/// Value of a graphical function at `x`.
///
/// * Between points a straight line, or with [`TableKind::Discrete`] the value of the last point
///   at or before `x`.
/// * Beyond the ends the end value holds; with [`TableKind::Extrapolate`] the outermost line goes
///   on (XMILE 1.0, section 3.1.4).
/// * NaN in, NaN out. Never panics on a table that the reader checked.
pub(crate) fn lookup(table: &Table, x: f64) -> f64 {
    let (xs, ys) = (table.xs.as_slice(), table.ys.as_slice());
    let n = xs.len().min(ys.len());
    if n == 0 || x.is_nan() {
        return f64::NAN;
    }
    let after = position(xs, x);
    if table.kind == TableKind::Discrete {
        return ys[after.saturating_sub(1).min(n - 1)];
    }
    if n == 1 {
        return ys[0];
    }
    let extrapolate = table.kind == TableKind::Extrapolate;
    if after == 0 && !extrapolate {
        return ys[0];
    }
    if after >= n && !extrapolate {
        return ys[n - 1];
    }
    let k = after.clamp(1, n - 1);
    let (x0, x1, y0, y1) = (xs[k - 1], xs[k], ys[k - 1], ys[k]);
    y0 + (y1 - y0) * ((x - x0) / (x1 - x0))
}

/// How many points lie at or before `x`.
#[inline]
fn position(xs: &[f64], x: f64) -> usize {
    if xs.len() <= 16 {
        return xs.iter().take_while(|&&p| p <= x).count();
    }
    xs.partition_point(|&p| p <= x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: TableKind, at: f64, expected: f64) {
        let table = Table {
            kind,
            xs: vec![0.0, 10.0, 20.0],
            ys: vec![1.0, 3.0, 2.0],
        };
        assert_eq!(lookup(&table, at), expected, "{kind:?} at {at}");
    }

    #[test]
    fn between_points_is_linear_or_the_step_before() {
        check(TableKind::Continuous, 5.0, 2.0);
        check(TableKind::Extrapolate, 15.0, 2.5);
        check(TableKind::Discrete, 9.9, 1.0);
        check(TableKind::Discrete, 10.0, 3.0);
    }

    #[test]
    fn beyond_the_ends_holds_or_goes_on() {
        check(TableKind::Continuous, -5.0, 1.0);
        check(TableKind::Continuous, 99.0, 2.0);
        check(TableKind::Extrapolate, -5.0, 0.0);
        check(TableKind::Extrapolate, 40.0, 0.0);
        check(TableKind::Discrete, -5.0, 1.0);
        check(TableKind::Discrete, 99.0, 2.0);
    }

    #[test]
    fn nan_in_is_nan_out() {
        let table = Table {
            kind: TableKind::Continuous,
            xs: vec![0.0],
            ys: vec![1.0],
        };
        assert!(lookup(&table, f64::NAN).is_nan());
        assert_eq!(lookup(&table, 7.0), 1.0);
    }
}
