//! Alignment of a kernel with targets, the cosine between K and Y Y^T:
//!
//! ```text
//! A(K, Y)   = <K, Y Y^T>_F / (|K|_F |Y Y^T|_F)
//! A_c(K, Y) = A(H K H, H Y),    H = I - (1/n) 1 1^T
//! ```
//!
//! (Cristianini et al. 2001; centred: Cortes, Mohri & Rostamizadeh 2012.) Here
//! targets come as the engine keeps them, p x n with one column per example,
//! and so stand for Y^T. For a positive semidefinite K both are in [0, 1]; 1
//! is K = Y Y^T up to scale. The centred one does not reward a kernel for
//! fitting the mean of the labels: a constant K has A_c = 0.
//!
//! Y Y^T is never formed: <K, Y Y^T> = sum_c y_c^T K y_c and
//! |Y Y^T| = |Y^T Y|, which is p x p.

use arithmetic::product::{columns, gemm, transposed};
use nalgebra::DMatrix;
use thiserror::Error;

/// Why kernel and targets cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AlignmentError {
    /// One row and column of the kernel per column of the targets.
    #[error(
        "A kernel of {rows} rows and {cols} columns cannot be aligned with the targets of \
         {examples} examples."
    )]
    Shape {
        /// Rows of the kernel.
        rows: usize,
        /// Columns of the kernel.
        cols: usize,
        /// Columns of the targets.
        examples: usize,
    },
}

/// <K, Y Y^T> / (|K| |Y Y^T|) of a symmetric kernel (n x n) and targets
/// (p x n). 0 where kernel or targets are 0.
///
/// With p > 1 outputs, use the trace kernel and p x n targets, or the full
/// np x np kernel and the targets as one row of np. Cost: 2 p n^2.
///
/// # Errors
/// [`AlignmentError::Shape`].
pub fn alignment(kernel: &DMatrix<f64>, targets: &DMatrix<f64>) -> Result<f64, AlignmentError> {
    let (p, n) = targets.shape();
    if kernel.shape() != (n, n) {
        return Err(AlignmentError::Shape {
            rows: kernel.nrows(),
            cols: kernel.ncols(),
            examples: n,
        });
    }
    let y = targets.as_slice();
    let mut products = DMatrix::zeros(p, n);
    let k = columns(kernel.as_slice(), n, n);
    gemm(1.0, columns(y, p, n), k, 0.0, products.as_mut_slice());
    let mut gram = DMatrix::zeros(p, p);
    gemm(
        1.0,
        columns(y, p, n),
        transposed(y, p, n),
        0.0,
        gram.as_mut_slice(),
    );
    let size = kernel.norm() * gram.norm();
    Ok(if size == 0.0 {
        0.0
    } else {
        products.dot(targets) / size
    })
}

/// Alignment after the mean over examples is subtracted: of the kernel's
/// features, and of every row of the targets. 0 where nothing is left.
///
/// Cost: 2 p n^2 and a copy of the kernel.
///
/// # Errors
/// [`AlignmentError::Shape`].
pub fn centred_alignment(
    kernel: &DMatrix<f64>,
    targets: &DMatrix<f64>,
) -> Result<f64, AlignmentError> {
    let mut kernel = kernel.clone();
    let mut targets = targets.clone();
    // H K H: subtract the mean of every row, then that of every column.
    centre_rows(&mut kernel);
    for mut column in kernel.column_iter_mut() {
        let mean = column.mean();
        column.add_scalar_mut(-mean);
    }
    centre_rows(&mut targets);
    alignment(&kernel, &targets)
}

/// Subtracts from every row its mean.
fn centre_rows(matrix: &mut DMatrix<f64>) {
    for mut row in matrix.row_iter_mut() {
        let mean = row.mean();
        row.add_scalar_mut(-mean);
    }
}
