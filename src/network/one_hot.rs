//! Inputs that are all zeros but for a few ones, k in every column:
//!
//! ```text
//! W x   = sum of the k columns of W that x points at
//! D X^T : column j is the sum of the columns of D whose example points at j
//! ```
//!
//! k m n operations instead of d m n, for m rows, n examples and inputs of
//! dimension d: for the pairs of modular addition k = 2 and d = 2p.

use nalgebra::DMatrix;

/// Below this many zeros for each one the blocked product is as fast.
const SPARSE: usize = 8;

/// Where the ones are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OneHot {
    per_column: usize,
    ones: Vec<usize>,
}

impl OneHot {
    /// Records the ones of `inputs` (d x n) if it holds nothing but zeros
    /// and, in every column, the same small number k of ones: k >= 1 and
    /// d >= 8k. Returns whether it does. Cost: d n at most; dense inputs are
    /// recognised in their first column.
    pub fn find(&mut self, inputs: &DMatrix<f64>) -> bool {
        let most = inputs.nrows() / SPARSE;
        self.ones.clear();
        self.per_column = 0;
        for (i, column) in inputs.column_iter().enumerate() {
            for (row, &value) in column.iter().enumerate() {
                if value == 1.0 {
                    self.ones.push(row);
                } else if value != 0.0 {
                    return false;
                }
            }
            if i == 0 {
                self.per_column = self.ones.len();
            }
            if self.ones.len() != (i + 1) * self.per_column {
                return false;
            }
        }
        (1..=most).contains(&self.per_column)
    }

    /// Adds s W X to `z` (m x n); `weights` is W, m x d.
    pub fn add_product(&self, s: f64, weights: &[f64], z: &mut DMatrix<f64>) {
        let m = z.nrows();
        for (mut z, ones) in z.column_iter_mut().zip(self.ones.chunks(self.per_column)) {
            for &j in ones {
                let column = &weights[j * m..(j + 1) * m];
                for (z, w) in z.iter_mut().zip(column) {
                    *z += s * w;
                }
            }
        }
    }

    /// Writes s D X^T to `out` (m x d); `deltas` is D, m x n.
    pub fn outer_product(&self, s: f64, deltas: &DMatrix<f64>, out: &mut [f64]) {
        let m = deltas.nrows();
        out.fill(0.0);
        for (delta, ones) in deltas.column_iter().zip(self.ones.chunks(self.per_column)) {
            for &j in ones {
                let column = &mut out[j * m..(j + 1) * m];
                for (out, d) in column.iter_mut().zip(delta.iter()) {
                    *out += s * d;
                }
            }
        }
    }
}
