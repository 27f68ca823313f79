//! The leading k modes of a kernel: lambda_1 >= ... >= lambda_k and their
//! eigenvectors V_k, one at a time from the tridiagonal form.
//!
//! Values by bisection, vectors by inverse iteration in T's coordinates, each
//! kept orthogonal to those before it, then carried back by Q.

use super::Tridiagonal;
use super::subspace;
use nalgebra::DMatrix;

/// Rounds of inverse iteration: the first already amplifies the eigenvector
/// over the others by their distance in eigenvalue over rounding.
const ROUNDS: usize = 3;

/// In place of a pivot of 0 where the kernel itself is 0: its inverse is finite.
const TINIEST: f64 = 1e-300;

/// Leading eigenvalues and eigenvectors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LeadingModes {
    /// lambda_i, descending.
    pub values: Vec<f64>,
    /// v_i as columns, n x k.
    pub vectors: DMatrix<f64>,
    /// The same in T's coordinates.
    inner: Vec<Vec<f64>>,
}

impl LeadingModes {
    /// Finds one more mode of the same decomposition, which is done.
    ///
    /// Cost: 60 n divisions, 2 n^2 to carry it back, 8 n per mode before it. Accuracy:
    /// |K v - lambda v| about eps n |K|.
    pub fn push(&mut self, kernel: &Tridiagonal) {
        let (n, rank) = (kernel.len(), self.values.len());
        let value = kernel.value(rank);
        let tiny = (f64::EPSILON * kernel.bound()).max(TINIEST);
        // Another start for every rank, or equal eigenvalues would end in one vector.
        let mut x: Vec<f64> = (0..n).map(|i| start(i, rank)).collect();
        for _ in 0..ROUNDS {
            kernel.solve_shifted(value, tiny, &mut x);
            normalise(&mut x);
            for earlier in &self.inner {
                let dot: f64 = earlier.iter().zip(&x).map(|(e, x)| e * x).sum();
                x.iter_mut().zip(earlier).for_each(|(x, e)| *x -= dot * e);
            }
            normalise(&mut x);
        }
        self.inner.push(x.clone());
        kernel.to_outer(&mut x);
        self.values.push(value);
        let mut vectors = std::mem::take(&mut self.vectors).resize(n, rank + 1, 0.0);
        vectors.column_mut(rank).copy_from_slice(&x);
        self.vectors = vectors;
    }

    /// Number of modes k.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether no mode has been found yet.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// |V_k^T V'_k|^2 / k, as [`super::Spectrum::overlap`]. `None` unless both have as many modes of the
    /// same size.
    pub fn overlap(&self, other: &Self) -> Option<f64> {
        eigenspace_overlap(&self.vectors, &other.vectors)
    }

    /// |V_k^T Y|^2 / |Y|^2, as [`super::Spectrum::target_energy`]. `None` unless the targets
    /// (p x n) fit and are not all 0.
    pub fn target_energy(&self, targets: &DMatrix<f64>) -> Option<f64> {
        subspace::target_energy(&self.vectors, targets, self.len())
    }
}

/// |V^T V'|^2 / k of two orthonormal bases, n x k, as [`super::Spectrum::overlap`]. `None` unless
/// both have the same shape and a column. Cost: 2 n k^2.
pub fn eigenspace_overlap(one: &DMatrix<f64>, other: &DMatrix<f64>) -> Option<f64> {
    let fits = one.shape() == other.shape() && one.ncols() > 0;
    fits.then(|| subspace::overlap(one, other, one.ncols()))
}

/// Numbers in [0.5, 1.5) without pattern: fractions of multiples of the golden ratio.
fn start(i: usize, rank: usize) -> f64 {
    let multiple = ((i + 1) * (rank + 1)) as f64 * 0.618_033_988_749_894_9;
    0.5 + (multiple - libm::floor(multiple))
}

fn normalise(x: &mut [f64]) {
    // The largest entry first, as squares of a solution may overflow.
    let largest = x.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
    if largest == 0.0 {
        return;
    }
    x.iter_mut().for_each(|v| *v /= largest);
    let size = x.iter().map(|v| v * v).sum::<f64>().sqrt();
    x.iter_mut().for_each(|v| *v /= size);
}
