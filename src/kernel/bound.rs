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
//! Two simplifications only make C larger. A mask is left out, as
//! J M J^T <= J J^T. And the kernel of a mean Jacobian is replaced by the mean of the
//! kernels at its nodes, as the square is convex.
//!
//! Examples whose step was cut have other nodes than the rest. With
//! Jbar = J + E, where J is the mean at the nodes of the whole step, and a unit
//! vector u,
//!
//! ```text
//! (sum eta |Jbar^T u|^2)^(1/2) <= (sum eta |J^T u|^2)^(1/2) + (sum eta |E^T u|^2)^(1/2)
//!     <= C_J^(1/2) + C_E^(1/2),     C = (C_J^(1/2) + C_E^(1/2))^2,     C_E = sum eta |E|_F^2.
//! ```

use super::jacobian::{Nodes, squared_norm};
use super::mean_jacobian::MeanJacobian;
use super::refinement::Refinement;
use super::{ParameterUpdate, Scheme, TakenStep, train_kernel};
use crate::network::TangentFactors;
use nalgebra::DMatrix;

/// Where [`Scheme::Path`] has computed the test inputs' Jacobian of a step.
#[derive(Debug, Clone)]
pub struct TestNodes {
    /// On the whole step, with their weights.
    nodes: Vec<(f64, TangentFactors<'static>)>,
    /// The examples for which the step was cut, and what was found for them.
    refined: Option<(Vec<usize>, Refinement)>,
}

impl TestNodes {
    pub(super) fn new(mean: MeanJacobian) -> Self {
        Self {
            nodes: mean.nodes,
            refined: mean.refined,
        }
    }

    /// |E|_F^2: what the cuts have changed of the mean at the nodes. Cost: J of the
    /// examples whose step was cut, at all of their nodes.
    fn correction(&self) -> f64 {
        let Some((cut, refinement)) = &self.refined else {
            return 0.0;
        };
        let mut nodes = refinement.nodes();
        nodes.extend(self.nodes.iter().map(|(weight, factors)| {
            let mut places = vec![(0.0, 0); factors.examples()];
            for (at, &example) in cut.iter().enumerate() {
                places[example] = (-weight, at);
            }
            Nodes { factors, places }
        }));
        squared_norm(&nodes, cut.len())
    }
}

/// The sum whose largest eigenvalue is C in |G xi|^2 <= C xi^T W' xi:
/// sum_t eta K_QQ(t) of a window of gradient descent, mp x mp.
#[derive(Debug, Clone)]
pub struct TransferBound {
    scheme: Scheme,
    sum: DMatrix<f64>,
    /// C_E.
    correction: f64,
    /// K_QQ after the last step, which is that before the next.
    latest: Option<DMatrix<f64>>,
}

impl TransferBound {
    /// An empty window, for mp test outputs. Memory: 2 (mp)^2 numbers.
    pub fn new(scheme: Scheme, test_outputs: usize) -> Self {
        Self {
            scheme,
            sum: DMatrix::zeros(test_outputs, test_outputs),
            correction: 0.0,
            latest: None,
        }
    }

    /// Adds a step to the window; one that is not gradient descent makes C not
    /// a number. Cost: one K_QQ, under [`Scheme::Path`] one for each node.
    pub fn advance(&mut self, step: &TakenStep<'_>, nodes: &TestNodes) {
        let ParameterUpdate::Descent { step_size, .. } = step.update else {
            self.correction = f64::NAN;
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
                for (weight, at) in &nodes.nodes {
                    add(&mut self.sum, step_size * weight, &train_kernel(at));
                }
                self.correction += step_size * nodes.correction();
            }
        }
    }

    /// C. Cost: eigenvalues of an mp x mp matrix. Not finite once the network
    /// is not.
    pub fn constant(&self) -> f64 {
        if self.correction.is_nan() || self.sum.iter().any(|v| !v.is_finite()) {
            return f64::NAN;
        }
        // Rounding can leave the eigenvalue of a sum of squares below 0.
        let largest = self.sum.symmetric_eigenvalues().max().max(0.0);
        (largest.sqrt() + self.correction.sqrt()).powi(2)
    }
}

fn add(sum: &mut DMatrix<f64>, factor: f64, kernel: &DMatrix<f64>) {
    for (to, k) in sum.iter_mut().zip(kernel) {
        *to += factor * k;
    }
}
