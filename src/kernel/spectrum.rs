//! K = sum_i lambda_i v_i v_i^T with lambda_1 >= lambda_2 >= ..., and the
//! residual in that basis, c_i = <v_i, r>.

use super::Tridiagonal;
use super::diagonal::diagonalise;
use arithmetic::rotation::Panels;
use nalgebra::{DMatrix, DVector};
use thiserror::Error;

/// K = sum_i lambda_i v_i v_i^T and r = sum_i c_i v_i: eigenvalues, eigenvectors
/// and residual coefficients of a kernel (n x n); as [`Modes`], without the
/// eigenvectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum<V = DMatrix<f64>> {
    /// lambda_i, descending, as computed: the smallest may be rounding noise
    /// of either sign.
    pub values: DVector<f64>,
    /// v_i as columns, each with its largest entry positive.
    pub vectors: V,
    /// c_i = <v_i, r>; of [`Modes`], which hold no v_i, up to sign.
    pub coefficients: DVector<f64>,
}

/// Eigenvalues, and the residual's part along eigenvectors that are not kept.
pub type Modes = Spectrum<()>;

/// Why a kernel has no spectrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SpectrumError {
    /// An entry of the kernel or the residual is infinite or not a number.
    #[error("The kernel is no longer finite.")]
    NotFinite,
    /// The iteration did not converge.
    #[error("The eigenvalues of the kernel did not converge.")]
    NoConvergence,
}

/// T and Q of a kernel and copies of T's entries, if all are finite.
fn reduced(
    kernel: DMatrix<f64>,
    residual: &DVector<f64>,
) -> Result<(Tridiagonal, [Vec<f64>; 2]), SpectrumError> {
    if !residual.iter().all(|v| v.is_finite()) {
        return Err(SpectrumError::NotFinite);
    }
    let mut tridiagonal = Tridiagonal::begin(kernel)?;
    tridiagonal.advance(usize::MAX);
    let (diagonal, off_diagonal) = tridiagonal.entries();
    let entries = [diagonal.to_vec(), off_diagonal.to_vec()];
    Ok((tridiagonal, entries))
}

/// Indices of the values in descending order, by insertion: n^2 moves are
/// negligible against n^3, and a general sort is large in a module that a page
/// loads.
fn largest_first(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(values.len());
    for (i, value) in values.iter().enumerate() {
        let larger = |&before: &usize| values[before].total_cmp(value).is_ge();
        order.insert(order.partition_point(larger), i);
    }
    order
}

/// Rotates neighbouring entries of a vector, the first pair at `first`.
fn rotate(vector: &mut DVector<f64>, first: usize, rotations: &[[f64; 2]]) {
    for (k, [c, s]) in (first..).zip(rotations) {
        let (x, y) = (vector[k], vector[k + 1]);
        (vector[k], vector[k + 1]) = (c * x + s * y, c * y - s * x);
    }
}

impl Spectrum {
    /// Decomposes a symmetric kernel (n x n) and projects a residual (n) on its
    /// basis.
    ///
    /// Cost: about 9 n^3 at most, less where eigenvalues fall below rounding,
    /// as those of a kernel do. Accuracy: |K V - V D| <= 1e-13 |K|.
    ///
    /// # Errors
    /// [`SpectrumError`] if the kernel or the residual is not finite.
    pub fn new(kernel: DMatrix<f64>, residual: &DVector<f64>) -> Result<Self, SpectrumError> {
        Self::with_modes(kernel, residual).map(|(spectrum, _)| spectrum)
    }

    /// The same, and beside it what [`Modes::without_vectors`] makes of them, bit for bit:
    /// the eigenvalues are the same, the coefficients round differently.
    ///
    /// Cost: that of [`Spectrum::new`].
    ///
    /// # Errors
    /// [`SpectrumError`] if the kernel or the residual is not finite.
    pub fn with_modes(
        kernel: DMatrix<f64>,
        residual: &DVector<f64>,
    ) -> Result<(Self, Modes), SpectrumError> {
        let (tridiagonal, [mut values, mut off_diagonal]) = reduced(kernel, residual)?;
        let n = tridiagonal.len();
        let mut basis = Panels::new(tridiagonal.basis().as_slice(), n);
        let mut rotated = residual.clone();
        tridiagonal.to_inner(rotated.as_mut_slice());
        diagonalise(&mut values, &mut off_diagonal, &mut |first, rotations| {
            basis.rotate(first, rotations);
            rotate(&mut rotated, first, rotations);
        })?;
        let order = largest_first(&values);
        let mut vectors = DMatrix::zeros(n, n);
        for (mut to, &from) in vectors.column_iter_mut().zip(&order) {
            to.iter_mut()
                .zip(basis.column(from))
                .for_each(|(to, v)| *to = v);
            let sign = to[to.icamax()].signum();
            to.scale_mut(sign);
        }
        let modes = Modes::ordered(&order, &values, rotated.as_slice());
        let spectrum = Self {
            values: modes.values.clone(),
            coefficients: vectors.tr_mul(residual),
            vectors,
        };
        Ok((spectrum, modes))
    }
}

impl Modes {
    /// Decomposes a symmetric kernel and projects a residual on its basis,
    /// which is never formed: its reflections and rotations are applied to the
    /// residual instead.
    ///
    /// Cost: 4/3 n^3 + O(n^2). Accuracy: that of [`Spectrum::new`].
    ///
    /// # Errors
    /// [`SpectrumError`] if the kernel or the residual is not finite.
    pub fn without_vectors(
        kernel: DMatrix<f64>,
        residual: &DVector<f64>,
    ) -> Result<Self, SpectrumError> {
        let (tridiagonal, [mut values, mut off_diagonal]) = reduced(kernel, residual)?;
        let mut rotated = residual.clone();
        tridiagonal.to_inner(rotated.as_mut_slice());
        diagonalise(&mut values, &mut off_diagonal, &mut |first, rotations| {
            rotate(&mut rotated, first, rotations);
        })?;
        let order = largest_first(&values);
        Ok(Self::ordered(&order, &values, rotated.as_slice()))
    }

    fn ordered(order: &[usize], values: &[f64], coefficients: &[f64]) -> Self {
        let ordered =
            |from: &[f64]| DVector::from_iterator(order.len(), order.iter().map(|&i| from[i]));
        Self {
            values: ordered(values),
            coefficients: ordered(coefficients),
            vectors: (),
        }
    }
}

impl<V> Spectrum<V> {
    /// Number of modes.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no mode at all.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// lambda_1, the largest eigenvalue; 0 for an empty spectrum.
    pub fn largest(&self) -> f64 {
        self.values.iter().copied().next().unwrap_or(0.0)
    }

    /// The numerical floor n eps lambda_1: an eigenvalue below it
    /// cannot be distinguished from zero.
    pub fn floor(&self) -> f64 {
        self.len() as f64 * f64::EPSILON * self.largest()
    }

    /// Number of eigenvalues above the floor.
    pub fn rank(&self) -> usize {
        let floor = self.floor();
        self.values.iter().filter(|&&v| v > floor).count()
    }

    /// Number of modes in the channel: eigenvalues of at least `threshold`
    /// times the largest, and above zero. The others are the reservoir.
    pub fn channel_dimension(&self, threshold: f64) -> usize {
        let split = threshold * self.largest();
        self.values
            .iter()
            .take_while(|&&v| v >= split && v > 0.0)
            .count()
    }

    /// |c_i|^2: the residual's energy in each mode.
    pub fn energies(&self) -> impl ExactSizeIterator<Item = f64> + '_ {
        self.coefficients.iter().map(|c| c * c)
    }
}
