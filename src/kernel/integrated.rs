//! The integrated tangent kernel and the test transfer operator of a window
//! of training steps s..T, accumulated step by step:
//!
//! ```text
//! g(t) = P(t) g(s)                      P <- P - eta B K~ D P      propagator
//! W'   = sum_t eta P^T D K D P                                     dissipation
//! G    = sum_t eta K~_QS D P            U_Q(T) - U_Q(s) = -G g(s)  transfer
//! ```
//!
//! with K = J_t M J_t^T on the train set, M the gate's mask (the identity
//! without one), B the Hessian of the objective before the step, and
//! D = (n/b) diag(in the batch), the identity for a full batch: a batch's own
//! output gradient is D g. This is gradient descent; momentum, Adam and decay
//! move the outputs by more than K g and are not described.
//!
//! **Schemes.** What a step does to the outputs is -eta J~ M J_t^T D g, where
//! J~ is the mean of the Jacobian along the step. [`Scheme::Left`] takes
//! J~ = J_t, [`Scheme::Secant`] J~ = (J_t + J_{t+1}) / 2. For a network that is
//! smooth in its parameters the first is of order eta, the second of order
//! eta^2; for ReLU neither error vanishes with eta, as the path crosses kinks
//! at every step size. For one that is linear in its parameters both are exact.
//!
//! **W' is symmetric and positive semidefinite** by construction, under either
//! scheme: it is a sum of eta |M^(1/2) J_t^T D P xi|^2. With squared loss and full
//! batches there is also a closed form, [`IntegratedKernel::closed_form`].

use super::{cross_kernel, masked_cross_kernel};
use crate::network::{Mlp, TangentFactors};
use crate::objective::Objective;
use arithmetic::product::{columns, gemm, transposed};
use nalgebra::{DMatrix, DVector};
use serde::Serialize;

/// Which Jacobian approximates its mean along a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// That before the step.
    Left,
    /// The mean of those before and after it.
    Secant,
}

/// The Jacobian's factors at one step, on train and test inputs.
#[derive(Debug, Clone)]
pub struct Tangents {
    /// At the n training inputs.
    pub train: TangentFactors<'static>,
    /// At the m test inputs.
    pub test: TangentFactors<'static>,
}

impl Tangents {
    /// Both, for inputs of one column per example.
    /// Cost: 2 (1 + p) (n + m) P.
    pub fn new(mlp: &Mlp, train: &DMatrix<f64>, test: &DMatrix<f64>) -> Self {
        Self {
            train: TangentFactors::new(mlp, train),
            test: TangentFactors::new(mlp, test),
        }
    }
}

/// A step of gradient descent that was taken.
#[derive(Debug, Clone, Copy)]
pub struct TakenStep<'a> {
    /// eta.
    pub step_size: f64,
    /// Before it.
    pub before: &'a Tangents,
    /// After it.
    pub after: &'a Tangents,
    /// Training outputs that the objective saw before it, p x n.
    pub outputs: &'a DMatrix<f64>,
    /// The examples of its batch; `None` for all.
    pub batch: Option<&'a [usize]>,
    /// m in [0, 1]^P; `None` for all ones.
    pub mask: Option<&'a [f64]>,
}

/// P, W' and G of a window of training steps s..T:
///
/// ```text
/// g(T) = P g(s)                  propagator,           np x np
/// W' = sum_t eta P^T K P         integrated kernel,    np x np
/// U_Q(T) - U_Q(s) = -G g(s)      transfer operator,    mp x np
/// ```
///
/// with g = dPhi/dU on the training set. [`crate::training::Operators`] fills it
/// while it trains.
#[derive(Debug, Clone)]
pub struct IntegratedKernel {
    scheme: Scheme,
    propagator: DMatrix<f64>,
    dissipation: DMatrix<f64>,
    transfer: DMatrix<f64>,
}

impl IntegratedKernel {
    /// An empty window: P = I, W' = 0, G = 0, for np training outputs and mp
    /// test outputs. Memory: 2 (np)^2 + mp np numbers.
    pub fn new(scheme: Scheme, train_outputs: usize, test_outputs: usize) -> Self {
        Self {
            scheme,
            propagator: DMatrix::identity(train_outputs, train_outputs),
            dissipation: DMatrix::zeros(train_outputs, train_outputs),
            transfer: DMatrix::zeros(test_outputs, train_outputs),
        }
    }

    /// Adds a step to the window.
    ///
    /// Cost, with N = np and M = mp, besides the kernels: 4 N^3 + 2 M N^2, and
    /// 2 N^3 more for the secant.
    pub fn advance(&mut self, step: &TakenStep<'_>, objective: &dyn Objective) {
        let eta = step.step_size;
        let (before, after) = (step.before, step.after);
        let mut propagated = self.propagator.clone();
        if let Some(batch) = step.batch {
            restrict(&mut propagated, batch, before.train.examples());
        }
        let between = |a: &TangentFactors, b: &TangentFactors| match step.mask {
            Some(mask) => masked_cross_kernel(a, b, mask),
            None => cross_kernel(a, b),
        };
        let kernel = between(&before.train, &before.train);
        let mut cross = between(&before.test, &before.train);
        let mut change = product(&kernel, &propagated);
        self.accumulate_dissipation(eta, &propagated, &change);
        if self.scheme == Scheme::Secant {
            let later = between(&after.train, &before.train);
            change = (change + product(&later, &propagated)) * 0.5;
            cross = (cross + between(&after.test, &before.train)) * 0.5;
        }
        let (m, n) = self.transfer.shape();
        gemm(
            eta,
            columns(cross.as_slice(), m, n),
            columns(propagated.as_slice(), n, n),
            1.0,
            self.transfer.as_mut_slice(),
        );
        let product = hessian_product(objective, step.outputs, &change);
        self.propagator -= product * eta;
    }

    /// W' += eta (D P)^T K (D P).
    fn accumulate_dissipation(&mut self, eta: f64, left: &DMatrix<f64>, right: &DMatrix<f64>) {
        let n = left.nrows();
        gemm(
            eta,
            transposed(left.as_slice(), n, n),
            columns(right.as_slice(), n, n),
            1.0,
            self.dissipation.as_mut_slice(),
        );
    }

    /// How a step is approximated.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// P(T, s), np x np: g(T) = P g(s).
    pub fn propagator(&self) -> &DMatrix<f64> {
        &self.propagator
    }

    /// W', np x np, symmetric positive semidefinite up to rounding.
    pub fn dissipation(&self) -> &DMatrix<f64> {
        &self.dissipation
    }

    /// G, mp x np: U_Q(T) - U_Q(s) = -G g(s).
    pub fn transfer(&self) -> &DMatrix<f64> {
        &self.transfer
    }

    /// W = (n/2) (I - P^T P), the integrated kernel without quadrature, for
    /// squared loss (1/2n) |u - y|^2 over n `examples` and full batches,
    /// masked or not.
    ///
    /// As d(P^T P)/dt = -(2/n) P^T K P, this is int P^T K P dt in continuous
    /// time. In discrete time (left scheme) it is exactly
    /// sum_t eta P^T (K - (eta/2n) K^2) P <= W', so that g^T W g is the drop of
    /// the loss that P predicts; where a step passes the stability limit
    /// 2n/lambda_1 it can lose positivity. Cost: 2 (np)^3.
    pub fn closed_form(&self, examples: usize) -> DMatrix<f64> {
        let n = self.propagator.nrows();
        let half = 0.5 * examples as f64;
        let mut w = DMatrix::from_diagonal_element(n, n, half);
        gemm(
            -half,
            transposed(self.propagator.as_slice(), n, n),
            columns(self.propagator.as_slice(), n, n),
            1.0,
            w.as_mut_slice(),
        );
        w
    }

    /// (I - P) v: the part of a direction of the output gradient (np) that the
    /// window has learned. Cost: 2 (np)^2.
    pub fn learned(&self, direction: &DVector<f64>) -> DVector<f64> {
        direction - &self.propagator * direction
    }
}

/// D P: keeps the rows of the batch's examples, times n/b.
fn restrict(propagated: &mut DMatrix<f64>, batch: &[usize], examples: usize) {
    let outputs = propagated.nrows() / examples;
    let share = examples as f64 / batch.len() as f64;
    let mut weights = vec![0.0; examples];
    for &i in batch {
        weights[i] = share;
    }
    for mut column in propagated.column_iter_mut() {
        for (row, v) in column.iter_mut().enumerate() {
            *v *= weights[row / outputs];
        }
    }
}

fn product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut c = DMatrix::zeros(a.nrows(), b.ncols());
    gemm(
        1.0,
        columns(a.as_slice(), a.nrows(), a.ncols()),
        columns(b.as_slice(), b.nrows(), b.ncols()),
        0.0,
        c.as_mut_slice(),
    );
    c
}

/// B V, column by column, with B over all examples.
fn hessian_product(
    objective: &dyn Objective,
    outputs: &DMatrix<f64>,
    v: &DMatrix<f64>,
) -> DMatrix<f64> {
    let (p, n) = outputs.shape();
    let all: Vec<usize> = (0..n).collect();
    let mut out = DMatrix::zeros(v.nrows(), v.ncols());
    let mut direction = DMatrix::zeros(p, n);
    let mut product = DMatrix::zeros(p, n);
    for (mut to, from) in out.column_iter_mut().zip(v.column_iter()) {
        direction.as_mut_slice().copy_from_slice(from.as_slice());
        objective.hessian(outputs, &all, &direction, &mut product);
        to.copy_from_slice(product.as_slice());
    }
    out
}
