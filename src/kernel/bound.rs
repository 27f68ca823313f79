//! Test outputs change by no more than the window has dissipated:
//!
//! ```text
//! |G xi|^2 <= C xi^T W' xi,     C = lambda_max(sum_t eta K~_QQ(t))
//! ```
//!
//! With G xi = sum_t eta Jbar_Q M^(1/2) z_t and xi^T W' xi = sum_t eta |z_t|^2,
//! z_t = M^(1/2) J_t^T D P xi, this is the Cauchy-Schwarz inequality, taken in
//! the direction of G xi. So ker W' lies in ker G: true by construction, for
//! gradient descent on every network, batch, mask and step size. A run shows how
//! loose the bound is.
//!
//! Three simplifications only make C larger. A mask is left out, as
//! J M J^T <= J J^T. The kernel of a mean Jacobian is replaced by the mean of the
//! kernels at its nodes, as the square is convex. And the rows of the examples
//! whose step was halved, which have other nodes than the rest, enter by their
//! own norms: with Jbar = \[A; R\], for a unit vector \[a; r\],
//!
//! ```text
//! (sum eta |Jbar^T [a; r]|^2)^(1/2) <= (sum eta |A^T a|^2)^(1/2) + (sum eta |R^T r|^2)^(1/2)
//!     <= C_A^(1/2) |a| + C_R^(1/2) |r| <= (C_A + C_R)^(1/2),     C_R = sum eta |R|_F^2.
//! ```

use super::mean_jacobian::MeanJacobian;
use super::{ParameterUpdate, Scheme, TakenStep, train_kernel};
use crate::network::TangentFactors;
use nalgebra::DMatrix;

/// Where [`Scheme::Path`] has computed the test inputs' Jacobian of a step.
#[derive(Debug, Clone)]
pub struct TestNodes {
    /// On the whole step, with their weights.
    nodes: Vec<(f64, TangentFactors<'static>)>,
    /// Examples for which the step was halved, with the mean of |J_i|^2.
    refined: Vec<(usize, f64)>,
}

impl TestNodes {
    pub(super) fn new(mean: MeanJacobian) -> Self {
        Self {
            nodes: mean.nodes,
            refined: mean.refined,
        }
    }

    /// The mean of K_QQ over the nodes, without the examples that have others.
    fn kernel(&self) -> Option<DMatrix<f64>> {
        let mut kernels = self
            .nodes
            .iter()
            .map(|(weight, at)| train_kernel(at) * *weight);
        let mut mean = kernels.next()?;
        kernels.for_each(|kernel| mean += kernel);
        let p = self.nodes[0].1.outputs_per_example();
        for &(example, _) in &self.refined {
            for c in example * p..(example + 1) * p {
                mean.row_mut(c).fill(0.0);
                mean.column_mut(c).fill(0.0);
            }
        }
        Some(mean)
    }
}

/// The sum whose largest eigenvalue is C in |G xi|^2 <= C xi^T W' xi:
/// sum_t eta K_QQ(t) of a window of gradient descent, mp x mp.
#[derive(Debug, Clone)]
pub struct TransferBound {
    scheme: Scheme,
    sum: DMatrix<f64>,
    /// C_R.
    refined: f64,
    /// K_QQ after the last step, which is that before the next.
    latest: Option<DMatrix<f64>>,
}

impl TransferBound {
    /// An empty window, for mp test outputs. Memory: 2 (mp)^2 numbers.
    pub fn new(scheme: Scheme, test_outputs: usize) -> Self {
        Self {
            scheme,
            sum: DMatrix::zeros(test_outputs, test_outputs),
            refined: 0.0,
            latest: None,
        }
    }

    /// Adds a step to the window; one that is not gradient descent makes C not
    /// a number. Cost: one K_QQ, under [`Scheme::Path`] one for each node.
    pub fn advance(&mut self, step: &TakenStep<'_>, nodes: &TestNodes) {
        let ParameterUpdate::Descent { step_size, .. } = step.update else {
            self.refined = f64::NAN;
            return;
        };
        let [before, after] = step.tangents;
        let mut earlier = || {
            let latest = self.latest.take();
            latest.unwrap_or_else(|| train_kernel(&before.test))
        };
        match self.scheme {
            Scheme::Left => add(&mut self.sum, step_size, &earlier()),
            Scheme::Secant => {
                add(&mut self.sum, 0.5 * step_size, &earlier());
                let after = train_kernel(&after.test);
                add(&mut self.sum, 0.5 * step_size, &after);
                self.latest = Some(after);
            }
            Scheme::Path(_) => {
                if let Some(kernel) = nodes.kernel() {
                    add(&mut self.sum, step_size, &kernel);
                }
                let norms = nodes.refined.iter().map(|(_, norm)| norm);
                self.refined += step_size * norms.sum::<f64>();
            }
        }
    }

    /// C. Cost: eigenvalues of an mp x mp matrix. Not finite once the network
    /// is not.
    pub fn constant(&self) -> f64 {
        if self.refined.is_nan() || self.sum.iter().any(|v| !v.is_finite()) {
            return f64::NAN;
        }
        self.sum.symmetric_eigenvalues().max() + self.refined
    }
}

fn add(sum: &mut DMatrix<f64>, factor: f64, kernel: &DMatrix<f64>) {
    for (to, k) in sum.iter_mut().zip(kernel) {
        *to += factor * k;
    }
}
