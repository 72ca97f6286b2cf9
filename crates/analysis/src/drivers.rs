//! Draws and what came of them → which of the drawn numbers make its spread.
//!
//! No new run: the members that are there are sorted and correlated. Unlike [`crate::sensitivity`],
//! which needs independent priors, this holds for draws that go together, as those of a posterior do.

use crate::convergence::quantile;
use crate::matrix::covariance;

/// Steps of the iteration for the root; far more than it takes.
const MOST_STEPS: usize = 60;
/// Part of the members at either end.
const END: f64 = 0.2;

/// What one drawn number has to do with a result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// Which column.
    pub column: usize,
    /// Part of the result's variance that is its own, see [`drivers`].
    pub share: f64,
    /// Median of the result among the fifth of the members in which the number is lowest.
    pub at_low: f64,
    /// The same where it is highest.
    pub at_high: f64,
}

/// The drawn numbers behind a result's spread, the largest share first; columns that stand still are
/// left out. `None` where the result stands still or a value is not finite.
///
/// * `columns`: one value a member each; `values`: the result, one a member, at least two.
/// * Shares are squared correlations with the columns made independent by the root that changes
///   them least (CAR scores: Zuber and Strimmer, Statistical Applications in Genetics and Molecular
///   Biology 10, 2011). None is negative; they sum to what a line through all columns explains, and
///   for independent columns each is what the column alone explains.
pub fn drivers(columns: &[&[f64]], values: &[f64]) -> Option<Vec<Driver>> {
    let result = standardised(values)?;
    let moving = columns.iter().enumerate();
    let moving = moving.filter_map(|(k, column)| Some((k, standardised(column)?)));
    let moving: Vec<(usize, Vec<f64>)> = moving.collect();
    let n = moving.len();
    let rows = (0..values.len()).map(|row| moving.iter().map(|(_, c)| c[row]).collect());
    let rows: Vec<Vec<f64>> = rows.collect();
    let root = inverse_root(&covariance(&rows, n), n);
    let degrees = values.len() as f64 - 1.0;
    let together = |column: &[f64]| {
        let products = column.iter().zip(&result).map(|(a, b)| a * b);
        products.sum::<f64>() / degrees
    };
    let with_result: Vec<f64> = moving.iter().map(|(_, c)| together(c)).collect();
    let mut all: Vec<Driver> = Vec::with_capacity(n);
    for (k, (column, drawn)) in moving.iter().enumerate() {
        let score: f64 = (0..n).map(|j| root[k * n + j] * with_result[j]).sum();
        let ordered = sorted(drawn.clone());
        let (low, high) = (quantile(&ordered, END), quantile(&ordered, 1.0 - END));
        let median = |is_in: &dyn Fn(f64) -> bool| {
            let members = drawn.iter().zip(values).filter(|(drawn, _)| is_in(**drawn));
            quantile(&sorted(members.map(|(_, value)| *value).collect()), 0.5)
        };
        let driver = Driver {
            column: *column,
            share: score * score,
            at_low: median(&|drawn| drawn <= low),
            at_high: median(&|drawn| drawn >= high),
        };
        let place = all.partition_point(|other| other.share >= driver.share);
        all.insert(place, driver);
    }
    Some(all)
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Deviations from the mean over the standard deviation; `None` where that is 0 or no number.
fn standardised(values: &[f64]) -> Option<Vec<f64>> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let deviation = (squares / (n - 1.0)).sqrt();
    // Rounding alone may spread equal values a little.
    let moves = deviation > 1e-12 * mean.abs() && deviation.is_finite();
    moves.then(|| values.iter().map(|v| (v - mean) / deviation).collect())
}

/// The symmetric root of the inverse of a positive symmetric matrix, by the coupled Newton–Schulz
/// iteration (Higham, Functions of Matrices, 2008, section 6.7).
fn inverse_root(matrix: &[f64], n: usize) -> Vec<f64> {
    let scale = matrix.iter().map(|v| v * v).sum::<f64>().sqrt();
    let unit = |k: usize| if k / n == k % n { 1.0 } else { 0.0 };
    let product = |a: &[f64], b: &[f64]| {
        let mut c = vec![0.0; n * n];
        for (i, row) in c.chunks_mut(n.max(1)).enumerate() {
            for k in 0..n {
                let by = a[i * n + k];
                row.iter_mut()
                    .zip(&b[k * n..])
                    .for_each(|(c, b)| *c += by * b);
            }
        }
        c
    };
    let mut root: Vec<f64> = matrix.iter().map(|v| v / scale).collect();
    let mut inverse: Vec<f64> = (0..n * n).map(unit).collect();
    for _ in 0..MOST_STEPS {
        let mut step = product(&inverse, &root);
        let mut off = 0.0;
        for (k, value) in step.iter_mut().enumerate() {
            off += (*value - unit(k)).abs();
            *value = 1.5 * unit(k) - 0.5 * *value;
        }
        if off < 1e-12 * n as f64 {
            break;
        }
        root = product(&root, &step);
        inverse = product(&step, &inverse);
    }
    inverse.iter().map(|v| v / scale.sqrt()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All corners of a cube: independent to the last bit.
    fn cube(n: usize) -> Vec<Vec<f64>> {
        let side = |column: usize| (0..1 << n).map(move |k| f64::from(k >> column & 1));
        (0..n).map(|column| side(column).collect()).collect()
    }

    fn of(columns: &[Vec<f64>], f: impl Fn(&[f64]) -> f64) -> Vec<Driver> {
        let members = columns[0].len();
        let row = |m: usize| columns.iter().map(|c| c[m]).collect::<Vec<f64>>();
        let values: Vec<f64> = (0..members).map(|m| f(&row(m))).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        drivers(&columns, &values).unwrap()
    }

    #[test]
    fn a_sum_is_shared_by_squares() {
        let mut columns = cube(5);
        columns.push(vec![7.0; 32]);
        let found = of(&columns, |x| 1.0 + 3.0 * x[0] - 4.0 * x[3]);
        let shares: Vec<(usize, f64)> = found.iter().map(|d| (d.column, d.share)).collect();
        assert_eq!(found.len(), 5, "what stands still is left out");
        for (expected, (column, share)) in [(3, 0.64), (0, 0.36), (1, 0.0)].iter().zip(&shares) {
            assert!((share - expected.1).abs() < 1e-12, "{shares:?}");
            assert!(*share < 1e-12 || *column == expected.0, "{shares:?}");
        }
        assert!(found[0].at_low > found[0].at_high, "more of it gives less");
    }

    #[test]
    fn numbers_that_go_together_share_what_they_explain() {
        // The first two are the same but for a third; the sum of all is explained in full.
        let base = cube(6);
        let mix = |own: usize| -> Vec<f64> {
            let pairs = base[0].iter().zip(&base[own]);
            pairs.map(|(a, b)| 2.0 * a + b).collect()
        };
        let columns = vec![mix(1), mix(2), base[3].clone(), base[4].clone()];
        let found = of(&columns, |x| x[0] + x[1] + x[2]);
        let share = |column| found.iter().find(|d| d.column == column).unwrap().share;
        assert!((share(0) - share(1)).abs() < 1e-12);
        let all: f64 = found.iter().map(|d| d.share).sum();
        assert!((all - 1.0).abs() < 0.05, "{all}");
        assert!(share(3) < 1e-9 && share(0) > share(2));
    }

    #[test]
    fn what_stands_still_or_is_no_number_has_no_drivers() {
        let column: &[f64] = &[1.0, 2.0, 3.0];
        assert_eq!(drivers(&[column], &[5.0; 3]), None);
        assert_eq!(drivers(&[column], &[5.0, f64::NAN, 1.0]), None);
        assert_eq!(drivers(&[], column), Some(Vec::new()));
    }
}
