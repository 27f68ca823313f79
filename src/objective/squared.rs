//! Squared loss, Phi(U) = (1/2b) sum_i sum_k w_k (z_k - y_k)^2 over the
//! functionals k of the examples i in the batch.
//!
//! With z = u and w = 1 this is (1/2n) |u - y|^2: g = r / n and B = I / n.

use super::{FunctionalError, Functionals, Objective};
use nalgebra::DMatrix;

/// Weighted squared loss (1/2b) sum_i sum_k w_k (z_k - y_k)^2 on functionals z_k
/// of the outputs; (1/2b) |u - y|^2 on the outputs themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct SquaredLoss {
    functionals: Functionals,
    targets: Vec<f64>,
    weights: Vec<f64>,
}

impl SquaredLoss {
    /// Regression on every output: `targets` is p x n, one column per example.
    pub fn new(targets: &DMatrix<f64>) -> Self {
        Self {
            functionals: Functionals::identity(targets.ncols(), targets.nrows()),
            targets: targets.as_slice().to_vec(),
            weights: vec![1.0; targets.len()],
        }
    }

    /// Regression on given functionals, with a weight each.
    ///
    /// # Errors
    /// [`FunctionalError::Count`] if targets or weights are too few or many.
    pub fn on(
        functionals: Functionals,
        targets: Vec<f64>,
        weights: Vec<f64>,
    ) -> Result<Self, FunctionalError> {
        for given in [targets.len(), weights.len()] {
            if given != functionals.count() {
                return Err(FunctionalError::Count {
                    functionals: functionals.count(),
                    given,
                });
            }
        }
        Ok(Self {
            functionals,
            targets,
            weights,
        })
    }

    /// The targets y, one per functional.
    pub fn targets(&self) -> &[f64] {
        &self.targets
    }

    /// New targets, as when the noise of the labels is rescaled.
    ///
    /// # Errors
    /// [`FunctionalError::Count`].
    pub fn set_targets(&mut self, targets: &[f64]) -> Result<(), FunctionalError> {
        if targets.len() != self.targets.len() {
            return Err(FunctionalError::Count {
                functionals: self.targets.len(),
                given: targets.len(),
            });
        }
        self.targets.copy_from_slice(targets);
        Ok(())
    }

    /// Calls `f(column, row, z_k)` for every functional of the batch.
    fn for_each(
        &self,
        outputs: &DMatrix<f64>,
        batch: &[usize],
        mut f: impl FnMut(usize, usize, f64),
    ) {
        let p = self.functionals.outputs();
        for (column, &example) in batch.iter().enumerate() {
            let u = &outputs.as_slice()[column * p..(column + 1) * p];
            for row in self.functionals.rows(example) {
                f(column, row, self.functionals.apply(row, u));
            }
        }
    }
}

impl Objective for SquaredLoss {
    fn examples(&self) -> usize {
        self.functionals.examples()
    }

    fn outputs(&self) -> usize {
        self.functionals.outputs()
    }

    fn value(&self, outputs: &DMatrix<f64>, batch: &[usize]) -> f64 {
        let mut sum = 0.0;
        self.for_each(outputs, batch, |_, row, z| {
            let error = z - self.targets[row];
            sum += self.weights[row] * error * error;
        });
        sum / (2.0 * batch.len() as f64)
    }

    fn gradient(&self, outputs: &DMatrix<f64>, batch: &[usize], gradient: &mut DMatrix<f64>) {
        let p = self.functionals.outputs();
        let scale = 1.0 / batch.len() as f64;
        gradient.fill(0.0);
        let g = gradient.as_mut_slice();
        self.for_each(outputs, batch, |column, row, z| {
            let factor = scale * self.weights[row] * (z - self.targets[row]);
            let of_example = &mut g[column * p..(column + 1) * p];
            self.functionals.scatter(row, factor, of_example);
        });
    }

    fn hessian(
        &self,
        _outputs: &DMatrix<f64>,
        batch: &[usize],
        direction: &DMatrix<f64>,
        product: &mut DMatrix<f64>,
    ) {
        let p = self.functionals.outputs();
        let scale = 1.0 / batch.len() as f64;
        product.fill(0.0);
        let out = product.as_mut_slice();
        self.for_each(direction, batch, |column, row, z| {
            let of_example = &mut out[column * p..(column + 1) * p];
            self.functionals
                .scatter(row, scale * self.weights[row] * z, of_example);
        });
    }
}
