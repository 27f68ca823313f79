//! Sequences of plane rotations on the columns of a matrix,
//!
//! ```text
//! x_k <- c_k x_k + s_k x_{k+1},   x_{k+1} <- c_k x_{k+1} - s_k x_k,   k = first, first + 1, ...
//! ```
//!
//! Rows are independent. So the matrix is stored as panels of a few rows:
//! within one, the column that two rotations share stays in registers, and every
//! number is read and written once for a whole sequence.

use crate::simd::simd;

/// Rows of a panel: enough independent numbers that a rotation need not wait
/// for the one before, and few enough for the registers.
const ROWS: usize = if cfg!(target_arch = "wasm32") { 8 } else { 16 };

/// A square matrix as panels of rows.
#[derive(Debug, Clone)]
pub struct Panels {
    n: usize,
    /// Panel by panel, in each column by column.
    data: Vec<[f64; ROWS]>,
}

impl Panels {
    /// Takes an n x n matrix, column-major.
    pub fn new(matrix: &[f64], n: usize) -> Self {
        let mut data = vec![[0.0; ROWS]; n.div_ceil(ROWS) * n];
        for (p, panel) in data.chunks_exact_mut(n.max(1)).enumerate() {
            let rows = p * ROWS..n.min((p + 1) * ROWS);
            for (to, column) in panel.iter_mut().zip(matrix.chunks_exact(n)) {
                to[..rows.len()].copy_from_slice(&column[rows.clone()]);
            }
        }
        Self { n, data }
    }

    /// Column j, row by row.
    pub fn column(&self, j: usize) -> impl Iterator<Item = f64> + '_ {
        let panels = self.data.chunks_exact(self.n);
        panels.flat_map(move |panel| panel[j]).take(self.n)
    }

    /// Rotates columns first and first + 1 by `rotations[0]`, which is (c, s), the
    /// next pair by the next, and so on. Cost: 6 n for each.
    pub fn rotate(&mut self, first: usize, rotations: &[[f64; 2]]) {
        rotate(&mut self.data, self.n, first, rotations);
    }
}

simd! {
    fn rotate(data: &mut [[f64; ROWS]], n: usize, first: usize, rotations: &[[f64; 2]]) {
        if rotations.is_empty() {
            return;
        }
        for panel in data.chunks_exact_mut(n) {
            let columns = &mut panel[first..=first + rotations.len()];
            let mut shared = columns[0];
            for (k, [c, s]) in rotations.iter().enumerate() {
                let next = columns[k + 1];
                columns[k] = std::array::from_fn(|i| c * shared[i] + s * next[i]);
                shared = std::array::from_fn(|i| c * next[i] - s * shared[i]);
            }
            columns[rotations.len()] = shared;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_equals_its_rotations_one_by_one() {
        for n in [2, 7, 16, 33] {
            let start: Vec<f64> = (0..n * n).map(|i| ((7 * i) % 19) as f64 - 9.0).collect();
            for first in 0..n - 1 {
                let rotations: Vec<[f64; 2]> = (first..n - 1)
                    .map(|k| {
                        if k % 2 == 0 {
                            [0.6, 0.8]
                        } else {
                            [-0.28, 0.96]
                        }
                    })
                    .collect();
                let mut panels = Panels::new(&start, n);
                panels.rotate(first, &rotations);
                let mut naive = start.clone();
                for (k, [c, s]) in (first..).zip(&rotations) {
                    for i in 0..n {
                        let (x, y) = (naive[k * n + i], naive[(k + 1) * n + i]);
                        naive[k * n + i] = c * x + s * y;
                        naive[(k + 1) * n + i] = c * y - s * x;
                    }
                }
                for (j, column) in naive.chunks(n).enumerate() {
                    let found: Vec<f64> = panels.column(j).collect();
                    assert_eq!(found, column);
                }
            }
        }
    }
}
