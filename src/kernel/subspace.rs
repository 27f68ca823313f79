//! The span of the top k eigenvectors, V_k (n x k):
//!
//! ```text
//! overlap with another basis    |V_k^T V'_k|_F^2 / k
//! energy of targets Y in it     |V_k^T Y|_F^2 / |Y|_F^2
//! ```
//!
//! Both are in [0, 1], and k/n on average for a subspace that has nothing to
//! do with the other or with Y: compare with that. They do not depend on the
//! signs of eigenvectors, nor on the basis within the span; where lambda_k
//! and lambda_{k+1} are equal, the span itself is arbitrary.

use super::Spectrum;
use arithmetic::product::{columns, gemm, transposed};
use nalgebra::DMatrix;

impl Spectrum {
    /// |V_k^T V'_k|^2 / k: the share of the top k eigenspace that lies in the
    /// other one's. Symmetric in the two. Cost: 2 n k^2.
    ///
    /// `None` unless both have the same size n and 1 <= k <= n.
    pub fn overlap(&self, other: &Spectrum, k: usize) -> Option<f64> {
        let n = self.len();
        let fits = n == other.len() && (1..=n).contains(&k);
        fits.then(|| overlap(&self.vectors, &other.vectors, k))
    }

    /// |V_k^T Y|^2 / |Y|^2: the share of the targets' energy that lies in the
    /// top k eigenvectors. `targets` is p x n, one column per example, for a
    /// trace kernel; 1 x np for a full one. Subtract the mean first if it
    /// should not count. Cost: 2 p n k.
    ///
    /// `None` unless k <= n, the targets fit, and they are not all 0.
    pub fn target_energy(&self, targets: &DMatrix<f64>, k: usize) -> Option<f64> {
        target_energy(&self.vectors, targets, k)
    }
}

/// Overlap of the first k >= 1 columns of two bases of n rows.
pub(super) fn overlap(one: &DMatrix<f64>, other: &DMatrix<f64>, k: usize) -> f64 {
    let n = one.nrows();
    let mut products = DMatrix::zeros(k, k);
    gemm(
        1.0,
        transposed(&one.as_slice()[..n * k], n, k),
        columns(&other.as_slice()[..n * k], n, k),
        0.0,
        products.as_mut_slice(),
    );
    products.norm_squared() / k as f64
}

/// Energy of targets in the first k columns of a basis.
pub(super) fn target_energy(basis: &DMatrix<f64>, targets: &DMatrix<f64>, k: usize) -> Option<f64> {
    let (p, n) = targets.shape();
    let total = targets.norm_squared();
    if n != basis.nrows() || k > basis.ncols() || total == 0.0 {
        return None;
    }
    let mut inside = DMatrix::zeros(p, k);
    gemm(
        1.0,
        columns(targets.as_slice(), p, n),
        columns(&basis.as_slice()[..n * k], n, k),
        0.0,
        inside.as_mut_slice(),
    );
    Some(inside.norm_squared() / total)
}
