//! K = Q T Q^T with T tridiagonal and Q a product of reflections
//! H_j = I - v_j v_j^T, |v_j|^2 = 2 (Householder; Golub & Van Loan, section 8.3).
//!
//! All of K's eigenvalues cost O(n^2) once T is known, one eigenvector O(n) in
//! T's coordinates, one solution of (K + s I) x = y an O(n) and two O(n^2)
//! steps. So the leading modes and a kernel regression come at a fraction of
//! the 9 n^3 of a whole eigenbasis, and the one long part, 4/3 n^3 for T,
//! can be taken in slices, so that a page stays responsive.

use super::SpectrumError;
use arithmetic::{reflection, vector};
use nalgebra::DMatrix;

/// A symmetric n x n matrix K = Q T Q^T on its way to tridiagonal form T.
#[derive(Debug, Clone)]
pub struct Tridiagonal {
    /// Lower triangle: v_j in column j from row j + 1 on where done, what is left of K elsewhere.
    matrix: DMatrix<f64>,
    /// Diagonal of T as far as it is known.
    diagonal: Vec<f64>,
    /// Entries next to the diagonal.
    off_diagonal: Vec<f64>,
    work: Vec<f64>,
}

impl Tridiagonal {
    /// Begins with a symmetric n x n matrix, of which the lower triangle is read.
    ///
    /// # Errors
    /// [`SpectrumError::NotFinite`].
    pub fn begin(matrix: DMatrix<f64>) -> Result<Self, SpectrumError> {
        if !matrix.iter().all(|v| v.is_finite()) {
            return Err(SpectrumError::NotFinite);
        }
        let n = matrix.nrows();
        Ok(Self {
            matrix,
            diagonal: Vec::with_capacity(n),
            off_diagonal: Vec::with_capacity(n),
            work: vec![0.0; n],
        })
    }

    /// n.
    pub fn len(&self) -> usize {
        self.matrix.nrows()
    }

    /// Whether n = 0.
    pub fn is_empty(&self) -> bool {
        self.matrix.is_empty()
    }

    /// Whether T is known.
    pub fn is_done(&self) -> bool {
        self.diagonal.len() == self.len()
    }

    /// Reduces columns until about `operations` have been spent, at least one
    /// column; returns whether T is known. 4/3 n^3 operations in all.
    pub fn advance(&mut self, operations: usize) -> bool {
        let mut spent = 0;
        while !self.is_done() && (spent == 0 || spent < operations) {
            let left = self.len() - self.diagonal.len();
            self.reflect();
            spent += 4 * left * left;
        }
        self.is_done()
    }

    /// Reduces one column.
    fn reflect(&mut self) {
        let (n, j) = (self.len(), self.diagonal.len());
        let m = n - 1 - j;
        self.diagonal.push(self.matrix[(j, j)]);
        if m == 0 {
            return;
        }
        // Column j from row j + 1 on, and the columns after it.
        let (done, rest) = self.matrix.as_mut_slice().split_at_mut((j + 1) * n);
        let v = &mut done[j * n + j + 1..];
        let tail = vector::squared_norm(&v[1..]);
        if tail == 0.0 {
            // Nothing to reflect: H_j = I.
            self.off_diagonal.push(v[0]);
            v.fill(0.0);
            return;
        }
        let size = (v[0] * v[0] + tail).sqrt();
        let off_diagonal = if v[0] > 0.0 { -size } else { size };
        self.off_diagonal.push(off_diagonal);
        v[0] -= off_diagonal;
        let scale = (2.0 / (v[0] * v[0] + tail)).sqrt();
        v.iter_mut().for_each(|x| *x *= scale);
        // H K H = K - v w^T - w v^T with w = K v - (v^T K v / 2) v.
        let w = &mut self.work[..m];
        let rest = &mut rest[j + 1..];
        reflection::symmetric_times(rest, n, v, w);
        vector::add_scaled(-0.5 * vector::dot(v, w), v, w);
        reflection::rank_two_update(rest, n, v, w);
    }

    /// The diagonal of T and its off-diagonal, once they are known.
    pub(super) fn entries(&self) -> (&[f64], &[f64]) {
        (&self.diagonal, &self.off_diagonal)
    }

    /// Q, once T is known. Cost: 4/3 n^3.
    pub(super) fn basis(&self) -> DMatrix<f64> {
        let n = self.len();
        let mut q = DMatrix::identity(n, n);
        for j in (0..n.saturating_sub(1)).rev() {
            // Reflections after the j-th leave its rows and columns alone.
            let block = &mut q.as_mut_slice()[(j + 1) * n + j + 1..];
            reflection::reflect_columns(self.reflection(j), block, n, n - 1 - j);
        }
        q
    }

    fn reflection(&self, j: usize) -> &[f64] {
        let n = self.len();
        &self.matrix.as_slice()[j * n + j + 1..(j + 1) * n]
    }

    /// x <- Q x, once T is known. Cost: 2 n^2.
    pub fn to_outer(&self, x: &mut [f64]) {
        for j in (0..self.len().saturating_sub(1)).rev() {
            let v = self.reflection(j);
            reflection::reflect_columns(v, &mut x[j + 1..], 0, 1);
        }
    }

    /// x <- Q^T x, once T is known. Cost: 2 n^2.
    pub fn to_inner(&self, x: &mut [f64]) {
        for j in 0..self.len().saturating_sub(1) {
            let v = self.reflection(j);
            reflection::reflect_columns(v, &mut x[j + 1..], 0, 1);
        }
    }

    /// x <- (T + s I)^-1 x for a T + s I that is positive definite. Cost: O(n).
    pub fn solve_inner(&self, shift: f64, x: &mut [f64]) {
        let n = self.len();
        let mut pivots = Vec::with_capacity(n);
        for i in 0..n {
            let mut pivot = self.diagonal[i] + shift;
            if i > 0 {
                let factor = self.off_diagonal[i - 1] / pivots[i - 1];
                pivot -= factor * self.off_diagonal[i - 1];
                x[i] -= factor * x[i - 1];
            }
            pivots.push(pivot);
        }
        for i in (0..n).rev() {
            if i + 1 < n {
                x[i] -= self.off_diagonal[i] * x[i + 1];
            }
            x[i] /= pivots[i];
        }
    }

    /// The trace of K, which is that of T.
    pub fn trace(&self) -> f64 {
        self.diagonal.iter().sum()
    }

    /// A bound on the size of every eigenvalue: the largest row sum of T.
    pub fn bound(&self) -> f64 {
        let off_diagonal = |i: usize| self.off_diagonal.get(i).map_or(0.0, |b| b.abs());
        let row =
            |i: usize| self.diagonal[i].abs() + off_diagonal(i) + off_diagonal(i.wrapping_sub(1));
        (0..self.len()).map(row).fold(0.0, f64::max)
    }

    /// The eigenvalue with exactly `rank` larger ones, by bisection on the
    /// signs of the pivots of T - x I. Accuracy: a few eps times [`Self::bound`]. Cost: about
    /// 60 n divisions.
    pub fn value(&self, rank: usize) -> f64 {
        let bound = self.bound();
        let (mut low, mut high) = (-bound, bound);
        while high - low > 2.0 * f64::EPSILON * bound {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if self.count_above(middle) > rank {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }

    /// Number of eigenvalues above x: that of the positive pivots.
    fn count_above(&self, x: f64) -> usize {
        let mut count = 0;
        let mut pivot = 1.0;
        for (i, d) in self.diagonal.iter().enumerate() {
            let off_diagonal = if i > 0 { self.off_diagonal[i - 1] } else { 0.0 };
            pivot = d - x - off_diagonal * off_diagonal / pivot;
            if pivot == 0.0 {
                pivot = -f64::MIN_POSITIVE;
            }
            count += usize::from(pivot > 0.0);
        }
        count
    }

    /// Replaces `x` by the solution of (T - value I) y = x, by elimination
    /// with exchange of neighbouring rows; a pivot of 0 becomes `tiny`.
    pub(super) fn solve_shifted(&self, value: f64, tiny: f64, x: &mut [f64]) {
        let n = self.len();
        // Upper triangular rows: [diagonal, next, next but one].
        let mut rows: Vec<[f64; 3]> = Vec::with_capacity(n);
        let off_diagonal = |i: usize| self.off_diagonal.get(i).copied().unwrap_or(0.0);
        let mut row = [self.diagonal[0] - value, off_diagonal(0), 0.0];
        for i in 1..n {
            let below = [
                off_diagonal(i - 1),
                self.diagonal[i] - value,
                off_diagonal(i),
            ];
            let (kept, gone) = if below[0].abs() > row[0].abs() {
                x.swap(i - 1, i);
                (below, [row[0], row[1], row[2]])
            } else {
                if row[0] == 0.0 {
                    row[0] = tiny;
                }
                (row, below)
            };
            let factor = gone[0] / kept[0];
            x[i] -= factor * x[i - 1];
            row = [gone[1] - factor * kept[1], gone[2] - factor * kept[2], 0.0];
            rows.push(kept);
        }
        if row[0] == 0.0 {
            row[0] = tiny;
        }
        rows.push(row);
        for i in (0..n).rev() {
            let mut value = x[i];
            if i + 1 < n {
                value -= rows[i][1] * x[i + 1];
            }
            if i + 2 < n {
                value -= rows[i][2] * x[i + 2];
            }
            x[i] = value / rows[i][0];
        }
    }
}
