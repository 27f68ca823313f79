//! K = sum_i lambda_i v_i v_i^T with lambda_1 >= lambda_2 >= ..., and the
//! residual in that basis, c_i = <v_i, r>.

use nalgebra::{DMatrix, DVector, SymmetricEigen};
use thiserror::Error;

/// Eigenvalues, eigenvectors and residual coefficients of a kernel.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// lambda_i, descending, as computed: the smallest may be rounding noise
    /// of either sign.
    pub values: DVector<f64>,
    /// v_i as columns, each with its largest entry positive.
    pub vectors: DMatrix<f64>,
    /// c_i = <v_i, r>.
    pub coefficients: DVector<f64>,
}

/// Why a kernel has no spectrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SpectrumError {
    /// An entry is infinite or not a number.
    #[error("The kernel is no longer finite.")]
    NotFinite,
    /// The iteration did not converge.
    #[error("The eigenvalues of the kernel did not converge.")]
    NoConvergence,
}

/// Sweeps after which an eigenvalue iteration is given up; QR on a symmetric
/// matrix needs about two per eigenvalue.
const SWEEPS_PER_VALUE: usize = 60;

impl Spectrum {
    /// Decomposes a symmetric kernel and projects a residual on its basis.
    ///
    /// Cost: about 9 n^3. Accuracy: |K V - V D| <= 1e-13 |K|.
    ///
    /// # Errors
    /// [`SpectrumError`] if the kernel or the residual is not finite.
    pub fn new(kernel: DMatrix<f64>, residual: &DVector<f64>) -> Result<Self, SpectrumError> {
        let finite = |v: &f64| v.is_finite();
        if !kernel.iter().all(finite) || !residual.iter().all(finite) {
            return Err(SpectrumError::NotFinite);
        }
        let n = kernel.nrows();
        if n == 0 {
            return Ok(Self {
                values: DVector::zeros(0),
                vectors: kernel,
                coefficients: DVector::zeros(0),
            });
        }
        let eigen = SymmetricEigen::try_new(kernel, f64::EPSILON, n * SWEEPS_PER_VALUE)
            .ok_or(SpectrumError::NoConvergence)?;
        // Largest first, by insertion: n moves of n are nothing beside n^3, and a
        // general sort is large in a module that a page loads.
        let mut order: Vec<usize> = Vec::with_capacity(n);
        for (i, value) in eigen.eigenvalues.iter().enumerate() {
            let larger = |&before: &usize| eigen.eigenvalues[before].total_cmp(value).is_ge();
            order.insert(order.partition_point(larger), i);
        }
        let values = DVector::from_iterator(n, order.iter().map(|&i| eigen.eigenvalues[i]));
        let mut vectors = DMatrix::zeros(n, n);
        for (to, &from) in order.iter().enumerate() {
            let column = eigen.eigenvectors.column(from);
            let sign = column[column.icamax()].signum();
            vectors.set_column(to, &(column * sign));
        }
        let coefficients = vectors.tr_mul(residual);
        Ok(Self {
            values,
            vectors,
            coefficients,
        })
    }

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

    /// The numerical floor n eps lambda_1: an eigenvalue below it cannot be
    /// told from zero.
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
