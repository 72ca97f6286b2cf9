//! A block of parameter sets, one column a parameter, so that a batch run takes it as it is.

/// Parameter sets that are evaluated together.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    count: usize,
    /// Column by column.
    values: Vec<f64>,
}

impl Points {
    /// Sets of `n_columns` parameters, all 0.
    pub fn zeros(count: usize, n_columns: usize) -> Self {
        Self {
            count,
            values: vec![0.0; count * n_columns],
        }
    }

    /// Sets given one by one, each with `n_columns` values; a missing value is NaN, one too many is
    /// left out.
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = &'a [f64]>, n_columns: usize) -> Self {
        let rows: Vec<&[f64]> = rows.into_iter().collect();
        let mut points = Self::zeros(rows.len(), n_columns);
        for (row, values) in rows.iter().enumerate() {
            for column in 0..n_columns {
                points.set(row, column, values.get(column).copied().unwrap_or(f64::NAN));
            }
        }
        points
    }

    /// The columns of both, those of `self` first; of as many sets as the one with fewer has.
    #[must_use]
    pub fn beside(&self, right: &Self) -> Self {
        let (n_left, n_right) = (self.n_columns(), right.n_columns());
        // Without columns there is nothing to be short of.
        let count = if n_right == 0 {
            self.count
        } else {
            self.count.min(right.count)
        };
        let mut all = Self::zeros(count, n_left + n_right);
        for row in 0..count {
            for column in 0..n_left {
                all.set(row, column, self.at(row, column));
            }
            for column in 0..n_right {
                all.set(row, n_left + column, right.at(row, column));
            }
        }
        all
    }

    /// How many sets.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many parameters.
    pub fn n_columns(&self) -> usize {
        self.values.len().checked_div(self.count).unwrap_or(0)
    }

    /// One parameter's value in every set. Panics on a column that is not there.
    pub fn column(&self, column: usize) -> &[f64] {
        &self.values[column * self.count..][..self.count]
    }

    /// All columns, in the form in which a batch takes its inputs.
    pub fn columns(&self) -> Vec<&[f64]> {
        (0..self.n_columns()).map(|k| self.column(k)).collect()
    }

    /// One set.
    pub fn row(&self, row: usize) -> Vec<f64> {
        (0..self.n_columns()).map(|k| self.at(row, k)).collect()
    }

    /// One value. Panics on a place that is not there.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.column(column)[row]
    }

    /// Puts a value at a place. Panics on one that is not there.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        let count = self.count;
        self.values[column * count..][..count][row] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_what_the_rows_hold() {
        let points = Points::from_rows([&[1.0, 2.0][..], &[3.0, 4.0], &[5.0]], 2);
        assert_eq!(points.column(0), [1.0, 3.0, 5.0]);
        assert_eq!(points.column(1)[..2], [2.0, 4.0]);
        assert!(points.at(2, 1).is_nan());
        assert_eq!(points.row(1), [3.0, 4.0]);
        assert_eq!((points.count(), points.n_columns()), (3, 2));
        let wide = points.beside(&Points::from_rows([&[9.0][..], &[8.0]], 1));
        assert_eq!(wide.row(1), [3.0, 4.0, 8.0]);
        assert_eq!(wide.count(), 2);
        assert_eq!(points.beside(&Points::zeros(3, 0)).count(), 3);
    }
}
