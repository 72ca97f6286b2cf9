//! Covariance of parameter sets, and its triangular root for correlated steps.

/// Mean products of deviations, row by row.
///
/// * `rows`: sets of `n` values each, at least two.
/// * Products of two parameters are weakened by `rows / (rows + 5)`, so that a few sets never give
///   a flat direction; the weight is the one Stan uses for its metric.
pub(crate) fn covariance(rows: &[Vec<f64>], n: usize) -> Vec<f64> {
    let count = rows.len() as f64;
    let middle: Vec<f64> = (0..n)
        .map(|k| rows.iter().map(|row| row[k]).sum::<f64>() / count)
        .collect();
    let weight = count / (count + 5.0);
    let mut matrix = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            let products = rows
                .iter()
                .map(|row| (row[i] - middle[i]) * (row[j] - middle[j]));
            let value = products.sum::<f64>() / (count - 1.0);
            matrix[i * n + j] = if i == j { value } else { weight * value };
        }
    }
    matrix
}

/// The lower triangle `L` with `L Lᵀ` equal to the matrix; `None` where it is not positive.
pub(crate) fn triangular_root(matrix: &[f64], n: usize) -> Option<Vec<f64>> {
    let mut root = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| root[i * n + k] * root[j * n + k]).sum();
            let left = matrix[i * n + j] - known;
            root[i * n + j] = if i != j {
                left / root[j * n + j]
            } else if left > 0.0 && left.is_finite() {
                left.sqrt()
            } else {
                return None;
            };
        }
    }
    Some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_gives_the_matrix_back() {
        let matrix = [4.0, 2.0, 0.6, 2.0, 5.0, 1.0, 0.6, 1.0, 3.0];
        let root = triangular_root(&matrix, 3).unwrap();
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| root[i * 3 + k] * root[j * 3 + k]).sum();
                assert!((product - matrix[i * 3 + j]).abs() < 1e-14);
            }
        }
        assert_eq!(triangular_root(&[1.0, 2.0, 2.0, 1.0], 2), None);
    }

    #[test]
    fn few_sets_keep_every_direction_open() {
        let rows = [vec![0.0, 0.0], vec![1.0, 1.0], vec![2.0, 2.0]];
        let matrix = covariance(&rows, 2);
        assert_eq!(matrix, [1.0, 0.375, 0.375, 1.0]);
        assert!(triangular_root(&matrix, 2).is_some());
    }
}
