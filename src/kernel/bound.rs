//! Test outputs change by no more than the window has dissipated:
//!
//! ```text
//! |G xi|^2 <= C xi^T W' xi,     C = lambda_max(sum_t eta K~_QQ(t))
//! ```
//!
//! With G xi = sum_t eta J~_Q M^(1/2) z_t and xi^T W' xi = sum_t eta |z_t|^2,
//! z_t = M^(1/2) J_t^T D P xi, this is the Cauchy-Schwarz inequality, taken in
//! the direction of G xi. So ker W' lies in ker G: true by construction, for
//! every network, batch, mask and step size. A run shows how loose the
//! bound is.
//!
//! Two simplifications only make C larger. A mask is left out, as
//! J M J^T <= J J^T. Under the secant scheme the kernel of the mean Jacobian is
//! replaced by the mean of the two kernels, as |(a + b)/2|^2 <= (|a|^2 + |b|^2)/2.

use super::{Scheme, TakenStep, train_kernel};
use nalgebra::DMatrix;

/// The sum whose largest eigenvalue is C in |G xi|^2 <= C xi^T W' xi:
/// sum_t eta K_QQ(t) of a window of training, mp x mp.
#[derive(Debug, Clone)]
pub struct TransferBound {
    scheme: Scheme,
    sum: DMatrix<f64>,
    /// K_QQ after the last step, which is that before the next.
    latest: Option<DMatrix<f64>>,
}

impl TransferBound {
    /// An empty window, for mp test outputs. Memory: 2 (mp)^2 numbers.
    pub fn new(scheme: Scheme, test_outputs: usize) -> Self {
        Self {
            scheme,
            sum: DMatrix::zeros(test_outputs, test_outputs),
            latest: None,
        }
    }

    /// Adds a step to the window. Cost: one K_QQ.
    pub fn advance(&mut self, step: &TakenStep<'_>) {
        let before = self
            .latest
            .take()
            .unwrap_or_else(|| train_kernel(&step.before.test));
        match self.scheme {
            Scheme::Left => add(&mut self.sum, step.step_size, &before),
            Scheme::Secant => {
                let after = train_kernel(&step.after.test);
                add(&mut self.sum, 0.5 * step.step_size, &before);
                add(&mut self.sum, 0.5 * step.step_size, &after);
                self.latest = Some(after);
            }
        }
    }

    /// C. Cost: eigenvalues of an mp x mp matrix. Not finite once the network
    /// is not.
    pub fn constant(&self) -> f64 {
        if self.sum.iter().any(|v| !v.is_finite()) {
            return f64::NAN;
        }
        self.sum.symmetric_eigenvalues().max()
    }
}

fn add(sum: &mut DMatrix<f64>, factor: f64, kernel: &DMatrix<f64>) {
    for (to, k) in sum.iter_mut().zip(kernel) {
        *to += factor * k;
    }
}
