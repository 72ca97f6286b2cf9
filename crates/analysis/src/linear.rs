//! Small linear programmes: least cost within bounds and limits that may be broken at a price.
//!
//! Primal simplex on a dense tableau. Made for the steps of [`crate::seek`]: some fifty unknowns,
//! a dozen limits.

/// Least `cost · x` with `0 ≤ x ≤ upper` and, for each limit, `row · x ≥ least`; what a limit lacks
/// costs `penalty` for each unit, so that there is always an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Programme {
    /// One for each unknown.
    pub(crate) cost: Vec<f64>,
    /// One for each unknown, not negative.
    pub(crate) upper: Vec<f64>,
    /// Coefficients and least value of each limit.
    pub(crate) limits: Vec<(Vec<f64>, f64)>,
    /// Price of a unit that a limit lacks.
    pub(crate) penalty: f64,
}

/// Reduced costs nearer to zero than this count as none.
const FLAT: f64 = 1e-11;

impl Programme {
    /// The unknowns at the least cost; all 0 where a number of the programme is not finite.
    pub(crate) fn solve(&self) -> Vec<f64> {
        let n = self.cost.len();
        let numbers = self.limits.iter().flat_map(|(row, least)| {
            let row = row.iter().copied();
            row.chain([*least])
        });
        let mut all = numbers.chain(self.cost.iter().chain(&self.upper).copied());
        if !all.all(f64::is_finite) {
            return vec![0.0; n];
        }
        let mut tableau = Tableau::new(self);
        // Far more than such programmes take; Bland's rule, which never circles, from the middle on.
        let most = 60 * (tableau.n_columns + tableau.rows.len());
        for turn in 0..most {
            let Some(column) = tableau.entering(turn > most / 2) else {
                break;
            };
            let Some(row) = tableau.leaving(column) else {
                break;
            };
            tableau.pivot(row, column);
        }
        tableau.values(n)
    }
}

/// Rows of coefficients with their right side last, and the basic column of each row.
struct Tableau {
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    reduced: Vec<f64>,
    n_columns: usize,
}

impl Tableau {
    /// Columns: unknowns, what limits lack, what they have too much, room to the upper bounds.
    fn new(programme: &Programme) -> Self {
        let (n, m) = (programme.cost.len(), programme.limits.len());
        let n_columns = n + 2 * m + n;
        let mut reduced = vec![0.0; n_columns + 1];
        reduced[..n].copy_from_slice(&programme.cost);
        reduced[n..n + m].fill(programme.penalty);
        let mut rows = Vec::with_capacity(n + m);
        let mut basis = Vec::with_capacity(n + m);
        for (i, (coefficients, least)) in programme.limits.iter().enumerate() {
            let mut row = vec![0.0; n_columns + 1];
            row[..n].copy_from_slice(coefficients);
            row[n + i] = 1.0;
            row[n + m + i] = -1.0;
            row[n_columns] = *least;
            if *least > 0.0 {
                basis.push(n + i);
                for (to, from) in reduced.iter_mut().zip(&row) {
                    *to -= programme.penalty * from;
                }
            } else {
                basis.push(n + m + i);
                row.iter_mut().for_each(|value| *value = -*value);
            }
            rows.push(row);
        }
        for (k, upper) in programme.upper.iter().enumerate() {
            let mut row = vec![0.0; n_columns + 1];
            row[k] = 1.0;
            row[n + 2 * m + k] = 1.0;
            row[n_columns] = *upper;
            basis.push(n + 2 * m + k);
            rows.push(row);
        }
        Self {
            rows,
            basis,
            reduced,
            n_columns,
        }
    }

    fn entering(&self, first: bool) -> Option<usize> {
        let mut falling = (0..self.n_columns).filter(|&k| self.reduced[k] < -FLAT);
        if first {
            return falling.next();
        }
        falling.min_by(|&a, &b| self.reduced[a].total_cmp(&self.reduced[b]))
    }

    fn leaving(&self, column: usize) -> Option<usize> {
        let rows = self.rows.iter().enumerate();
        let bounding = rows.filter(|(_, row)| row[column] > FLAT);
        let ratio = |row: &[f64]| row[self.n_columns] / row[column];
        let least = bounding.min_by(|(i, a), (j, b)| {
            let by_basis = self.basis[*i].cmp(&self.basis[*j]);
            ratio(a).total_cmp(&ratio(b)).then(by_basis)
        });
        least.map(|(i, _)| i)
    }

    fn pivot(&mut self, at: usize, column: usize) {
        let pivot = self.rows[at][column];
        self.rows[at].iter_mut().for_each(|value| *value /= pivot);
        let chosen = self.rows[at].clone();
        let others = self.rows.iter_mut().enumerate().filter(|(i, _)| *i != at);
        for row in others.map(|(_, row)| row).chain([&mut self.reduced]) {
            let factor = row[column];
            if factor != 0.0 {
                for (to, from) in row.iter_mut().zip(&chosen) {
                    *to -= factor * from;
                }
            }
        }
        self.basis[at] = column;
    }

    fn values(&self, n: usize) -> Vec<f64> {
        let mut values = vec![0.0; n];
        for (row, &column) in self.rows.iter().zip(&self.basis) {
            if let Some(value) = values.get_mut(column) {
                *value = row[self.n_columns].max(0.0);
            }
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cost: &[f64], upper: &[f64], limits: &[(&[f64], f64)], expected: &[f64]) {
        let programme = Programme {
            cost: cost.to_vec(),
            upper: upper.to_vec(),
            limits: limits.iter().map(|(row, b)| (row.to_vec(), *b)).collect(),
            penalty: 1e3,
        };
        let found = programme.solve();
        let off = found.iter().zip(expected).map(|(a, b)| (a - b).abs());
        assert!(off.fold(0.0, f64::max) < 1e-9, "{found:?}");
    }

    #[test]
    fn the_cheapest_way_to_a_limit_is_taken_first() {
        // 3 of the first at 1 a piece, the rest of 5 by the second at 2.
        check(
            &[1.0, 2.0, 5.0],
            &[3.0, 9.0, 9.0],
            &[(&[1.0; 3], 5.0)],
            &[3.0, 2.0, 0.0],
        );
    }

    #[test]
    fn two_limits_bind_at_once() {
        // x + y ≥ 4, x − y ≥ −2 (y ≤ x + 2): cost 3x + y is least at x = 1, y = 3.
        let limits: [(&[f64], f64); 2] = [(&[1.0, 1.0], 4.0), (&[1.0, -1.0], -2.0)];
        check(&[3.0, 1.0], &[10.0, 10.0], &limits, &[1.0, 3.0]);
    }

    #[test]
    fn a_limit_out_of_reach_is_approached() {
        check(&[1.0, 1.0], &[1.0, 2.0], &[(&[1.0, 1.0], 9.0)], &[1.0, 2.0]);
    }

    #[test]
    fn what_pays_is_taken_to_its_bound() {
        check(&[-1.0, 0.0], &[2.0, 2.0], &[], &[2.0, 0.0]);
    }

    #[test]
    fn a_number_that_is_none_moves_nothing() {
        check(&[f64::NAN], &[1.0], &[(&[1.0], 1.0)], &[0.0]);
    }
}
