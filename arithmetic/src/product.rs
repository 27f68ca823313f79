//! Matrix products, C <- alpha A B + beta C, and A^T A.
//!
//! A and B are packed block by block into panels (Goto & van de Geijn 2008),
//! which costs m k + k n moves next to 2 m n k operations and makes the strides
//! of the operands irrelevant: transposed operands are views.

use crate::pack::pack;
use crate::tile::{Block, COLS, ROWS, multiply};
use crate::vector;
use nalgebra::DMatrix;
use std::cell::RefCell;

/// A read-only matrix of any row and column stride.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub(crate) data: &'a [f64],
    rows: usize,
    cols: usize,
    pub(crate) row_stride: usize,
    pub(crate) col_stride: usize,
}

/// Column-major data as a `rows` x `cols` matrix.
pub fn columns(data: &[f64], rows: usize, cols: usize) -> View<'_> {
    debug_assert_eq!(data.len(), rows * cols);
    View {
        data,
        rows,
        cols,
        row_stride: 1,
        col_stride: rows,
    }
}

/// The transpose of column-major data of `rows` x `cols`, as a view.
pub fn transposed(data: &[f64], rows: usize, cols: usize) -> View<'_> {
    columns(data, rows, cols).transpose()
}

impl View<'_> {
    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        (self.rows, self.cols)
    }

    /// The same numbers with rows and columns exchanged.
    fn transpose(self) -> Self {
        Self {
            rows: self.cols,
            cols: self.rows,
            row_stride: self.col_stride,
            col_stride: self.row_stride,
            ..self
        }
    }
}

/// Rows of a block of A: 128 kB packed, which stays in the second cache while B
/// passes by.
const HEIGHT: usize = 64;

/// Depth of a block: a panel of B of this depth, 8 kB, stays in the first.
const DEPTH: usize = 256;

/// C <- alpha A B + beta C, with C column-major. With beta = 0, C is not read.
///
/// Shapes: A is m x k, B is k x n, `c` holds m x n. Cost: 2 m n k. Memory: two
/// blocks, kept from call to call.
pub fn gemm(alpha: f64, a: View<'_>, b: View<'_>, beta: f64, c: &mut [f64]) {
    let (m, k) = a.shape();
    let n = b.cols;
    debug_assert_eq!(k, b.rows);
    debug_assert_eq!(c.len(), m * n);
    if beta == 0.0 {
        c.fill(0.0);
    } else if beta != 1.0 {
        vector::scale(beta, c);
    }
    if n == 1 {
        by_vector(alpha, a, b, c);
    } else if m == 1 {
        // A row is a column of the transpose.
        by_vector(alpha, b.transpose(), a.transpose(), c);
    } else if k == 1 && a.row_stride == 1 {
        for (j, column) in c.chunks_exact_mut(m).enumerate() {
            vector::add_scaled(alpha * b.data[j * b.col_stride], &a.data[..m], column);
        }
    } else {
        blocks(alpha, a, b, c, false);
    }
}

/// c <- c + alpha A b, for b a column.
fn by_vector(alpha: f64, a: View<'_>, b: View<'_>, c: &mut [f64]) {
    let (m, k) = a.shape();
    if a.row_stride == 1 {
        for l in 0..k {
            let factor = alpha * b.data[l * b.row_stride];
            let at = l * a.col_stride;
            vector::add_scaled(factor, &a.data[at..at + m], c);
        }
    } else if a.col_stride == 1 && b.row_stride == 1 {
        for (i, c) in c.iter_mut().enumerate() {
            let at = i * a.row_stride;
            *c += alpha * vector::dot(&a.data[at..at + k], &b.data[..k]);
        }
    } else {
        blocks(alpha, a, b, c, false);
    }
}

thread_local! {
    /// The packed blocks of A and of B.
    static PANELS: RefCell<[Vec<f64>; 2]> = const { RefCell::new([Vec::new(), Vec::new()]) };
}

/// C <- C + alpha A B, block by block; of a `lower` triangle at least that.
fn blocks(alpha: f64, a: View<'_>, b: View<'_>, c: &mut [f64], lower: bool) {
    let (m, k) = a.shape();
    let n = b.cols;
    PANELS.with_borrow_mut(|[left, right]| {
        for start in (0..k).step_by(DEPTH) {
            let depth = start..k.min(start + DEPTH);
            pack::<COLS>(b.transpose(), 0..n, depth.clone(), right);
            for first in (0..m).step_by(HEIGHT) {
                let end = m.min(first + HEIGHT);
                // Of A^T A the panels of A^T are those of A, if they are as wide.
                let same = lower && ROWS == COLS;
                if !same {
                    pack::<ROWS>(a, first..end, depth.clone(), left);
                }
                let height = (end - first).div_ceil(ROWS) * ROWS * depth.len();
                multiply(&mut Block {
                    left: if same {
                        &right[first * depth.len()..][..height]
                    } else {
                        left
                    },
                    right,
                    depth: depth.len(),
                    alpha,
                    c,
                    rows: m,
                    cols: n,
                    first,
                    end,
                    lower,
                });
            }
        }
    });
}

/// A^T B for two column-major matrices with the same number of rows.
pub fn inner_products(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut c = DMatrix::zeros(a.ncols(), b.ncols());
    gemm(
        1.0,
        transposed(a.as_slice(), a.nrows(), a.ncols()),
        columns(b.as_slice(), b.nrows(), b.ncols()),
        0.0,
        c.as_mut_slice(),
    );
    c
}

/// Writes A^T A to `out`, n x n, for column-major data of `rows` x n.
///
/// The lower triangle is computed and then mirrored: exactly symmetric, at the
/// cost of rows n^2.
pub fn gram(data: &[f64], rows: usize, n: usize, out: &mut [f64]) {
    debug_assert_eq!(out.len(), n * n);
    out.fill(0.0);
    let a = columns(data, rows, n);
    blocks(1.0, a.transpose(), a, out, true);
    for j in 0..n {
        for i in j + 1..n {
            out[i * n + j] = out[j * n + i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn filled(rows: usize, cols: usize, seed: usize) -> DMatrix<f64> {
        DMatrix::from_fn(rows, cols, |i, j| {
            (((seed + 31 * i + 17 * j) % 23) as f64 - 11.0) / 7.0
        })
    }

    fn naive(
        alpha: f64,
        a: &DMatrix<f64>,
        b: &DMatrix<f64>,
        beta: f64,
        c: &DMatrix<f64>,
    ) -> DMatrix<f64> {
        DMatrix::from_fn(c.nrows(), c.ncols(), |i, j| {
            let sum: f64 = (0..a.ncols()).map(|l| a[(i, l)] * b[(l, j)]).sum();
            alpha * sum + beta * c[(i, j)]
        })
    }

    proptest! {
        /// Across every edge of tiles and blocks, and every combination of
        /// transposed operands.
        #[test]
        fn gemm_equals_three_loops(
            m in prop_oneof![1usize..12, 60usize..70], n in 1usize..12,
            k in prop_oneof![0usize..12, 250usize..260],
            turned in any::<(bool, bool)>(), alpha in -2.0..2.0, beta in prop_oneof![Just(0.0), Just(1.0), -2.0..2.0],
        ) {
            let (a, b, start) = (filled(m, k, 1), filled(k, n, 2), filled(m, n, 3));
            let (at, bt) = (a.transpose(), b.transpose());
            let left = if turned.0 { transposed(at.as_slice(), k, m) } else { columns(a.as_slice(), m, k) };
            let right = if turned.1 { transposed(bt.as_slice(), n, k) } else { columns(b.as_slice(), k, n) };
            let mut c = if beta == 0.0 { DMatrix::repeat(m, n, f64::NAN) } else { start.clone() };
            gemm(alpha, left, right, beta, c.as_mut_slice());
            let expected = naive(alpha, &a, &b, beta, &start);
            let size = 1.0 + k as f64 * 3.0;
            prop_assert!((c - expected).amax() <= 1e-14 * size);
        }

        #[test]
        fn gram_is_symmetric_and_equals_the_product(rows in 0usize..300, n in 2usize..80) {
            let a = filled(rows, n, 5);
            let mut out = DMatrix::repeat(n, n, f64::NAN);
            gram(a.as_slice(), rows, n, out.as_mut_slice());
            prop_assert!(out == out.transpose());
            prop_assert!((&out - inner_products(&a, &a)).amax() == 0.0);
        }
    }

    /// Digits do not depend on the width of the registers.
    #[test]
    fn registers_change_no_digit() {
        let (m, n, k) = (13, 9, 301);
        let (a, b) = (filled(m, k, 1), filled(k, n, 2));
        let mut c = vec![0.0; m * n];
        gemm(
            0.7,
            columns(a.as_slice(), m, k),
            columns(b.as_slice(), k, n),
            0.0,
            &mut c,
        );
        for (j, column) in c.chunks(m).enumerate() {
            for (i, &c) in column.iter().enumerate() {
                let sum = |range: std::ops::Range<usize>| {
                    range.fold(0.0, |s, l| s + a[(i, l)] * b[(l, j)])
                };
                assert_eq!(c, (0.0 + 0.7 * sum(0..256)) + 0.7 * sum(256..301));
            }
        }
    }
}
