//! Least squares on fixed features, in closed form:
//!
//! ```text
//! c = Phi^+ y,    u(x) = <phi(x), c>
//! ```
//!
//! with one column phi(x_i) of Phi per example. Of all c that make |Phi^T c - y|
//! smallest it is the one of least norm, where gradient descent from 0 ends.
//! With fewer features than examples Phi^+ comes from the eigenbasis of
//! Phi Phi^T, else from that of the kernel Phi^T Phi.

use super::SpectrumError;
use arithmetic::product::{columns, gemm, transposed};
use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// The map from labels y (n) to coefficients c = Phi^+ y (N), for one set of
/// features Phi (N x n).
#[derive(Debug, Clone)]
pub struct MinimumNorm {
    /// N x n.
    features: DMatrix<f64>,
    /// The pseudo-inverse of the smaller of the two Gram matrices.
    inverse: DMatrix<f64>,
    smallest_share: f64,
    rank: usize,
}

/// Most sweeps per eigenvalue.
const SWEEPS_PER_VALUE: usize = 60;

impl MinimumNorm {
    /// Takes `features`, N x n with one column per example.
    ///
    /// Eigenvalues of the Gram matrix below its numerical floor k eps lambda_1,
    /// k = min(N, n), count as zero. Cost: 2 k^2 max(N, n) + 11 k^3. Relative
    /// accuracy of the coefficients: about eps lambda_1 / lambda_k.
    ///
    /// # Errors
    /// [`SpectrumError`] if a feature is not finite.
    pub fn new(features: DMatrix<f64>) -> Result<Self, SpectrumError> {
        if !features.iter().all(|v| v.is_finite()) {
            return Err(SpectrumError::NotFinite);
        }
        let (count, examples) = features.shape();
        let data = features.as_slice();
        let k = count.min(examples);
        let mut gram = DMatrix::zeros(k, k);
        let (plain, flipped) = (
            columns(data, count, examples),
            transposed(data, count, examples),
        );
        let (left, right) = if count < examples {
            (plain, flipped)
        } else {
            (flipped, plain)
        };
        gemm(1.0, left, right, 0.0, gram.as_mut_slice());
        let eigen = SymmetricEigen::try_new(gram, f64::EPSILON, k * SWEEPS_PER_VALUE)
            .ok_or(SpectrumError::NoConvergence)?;
        let largest = eigen.eigenvalues.iter().copied().fold(0.0, f64::max);
        let floor = k as f64 * f64::EPSILON * largest;
        let kept = eigen.eigenvalues.iter().copied().filter(|v| *v > floor);
        let smallest = kept.clone().fold(f64::INFINITY, f64::min);
        let rank = kept.count();
        let mut scaled = eigen.eigenvectors.clone();
        for (mut column, value) in scaled.column_iter_mut().zip(&eigen.eigenvalues) {
            column *= if *value > floor { 1.0 / value } else { 0.0 };
        }
        let mut inverse = DMatrix::zeros(k, k);
        gemm(
            1.0,
            columns(scaled.as_slice(), k, k),
            transposed(eigen.eigenvectors.as_slice(), k, k),
            0.0,
            inverse.as_mut_slice(),
        );
        Ok(Self {
            features,
            inverse,
            smallest_share: smallest / largest,
            rank,
        })
    }

    /// c = Phi^+ y, length N, for labels y of length n. Cost: 2 N n + 2 k^2.
    pub fn coefficients(&self, labels: &DVector<f64>) -> DVector<f64> {
        let (count, examples) = self.features.shape();
        if count < examples {
            &self.inverse * (&self.features * labels)
        } else {
            &self.features * (&self.inverse * labels)
        }
    }

    /// The features it was made from, N x n.
    pub fn features(&self) -> &DMatrix<f64> {
        &self.features
    }

    /// The smallest eigenvalue of the Gram matrix above its numerical floor,
    /// as a share of the largest.
    pub fn smallest_share(&self) -> f64 {
        self.smallest_share
    }

    /// Number of eigenvalues above the floor.
    pub fn rank(&self) -> usize {
        self.rank
    }
}
