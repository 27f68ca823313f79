//! The integrated tangent kernel and the test transfer operator of a window
//! of training steps s..T, accumulated step by step. A step moves the
//! parameters by dw = Z g(s), linear in the output gradient at the window's
//! start, and with the mean Jacobian Jbar of the step and the means Bbar, Bbarbar of
//! the objective's Hessian ([`BlockHessian::along`])
//!
//! ```text
//! dU = Jbar Z
//! P <- P + Bbar dU                    g(T) = P g(s)                  propagator
//! G <- G - Jbar_Q Z                   U_Q(T) - U_Q(s) = -G g(s)      transfer
//! W <- W - sym(Pbar^T dU)             Phi(s) - Phi(T) = g(s)^T W g(s)
//! Pbar = P + Bbarbar dU
//! ```
//!
//! All three identities are exact for every network, objective and optimiser
//! whose [`ParameterUpdate`] is given, up to the quadrature of Jbar
//! ([`Scheme`]). For gradient descent Z = -eta M J_t^T D P with M the gate's mask
//! and D = (n/b) diag(in the batch); dU = -eta K~ D P then takes a kernel
//! K~ = Jbar M J_t^T, and J is not formed. Momentum and Adam carry their average as an
//! operator, V <- beta V + c J_t^T D P, and Z = -S V with the S that this run
//! made: g(s) is carried exactly, any other direction as if S had been the
//! same. What does not depend on g(s) is one more column, [`Offset`].
//!
//! **W'** = sum_t eta P^T D K D P is what the bound |G xi|^2 <= C xi^T W' xi needs
//! ([`super::TransferBound`]): a sum of squares, for gradient descent only. W
//! differs from it by the curvature of the steps, and can lose positivity
//! where a step passes the stability limit or carries a preconditioner.

use super::averaged::Averaged;
use super::mean_jacobian::{Along, Contraction, MeanJacobian};
use super::offset::widened;
use super::{Defects, Offset, ParameterUpdate, Scheme, TakenStep, TestNodes};
use super::{cross_kernel, masked_cross_kernel};
use crate::objective::{BlockHessian, Objective};
use arithmetic::product::{columns, gemm, transposed};
use nalgebra::{DMatrix, DVector};

/// P, W, W' and G of a window of training steps s..T.
///
/// [`crate::training::Operators`] fills it while it trains.
#[derive(Debug, Clone)]
pub struct IntegratedKernel {
    scheme: Scheme,
    propagator: DMatrix<f64>,
    integrated: DMatrix<f64>,
    /// Until a step that is not gradient descent.
    dissipation: Option<DMatrix<f64>>,
    transfer: DMatrix<f64>,
    /// From the first step on that is not gradient descent.
    averaged: Option<Averaged>,
    train_defects: Defects,
    test_defects: Defects,
}

/// How a step's change of the parameters follows from \[g(s); 1\].
enum ParameterChange<'a> {
    /// dw = M J^T y, and y = Y g(s).
    Pulled {
        contraction: Contraction<'a>,
        operator: DMatrix<f64>,
        realised: Vec<f64>,
    },
    /// \[Z | dw\]^T.
    Explicit(DMatrix<f64>),
}

impl ParameterChange<'_> {
    fn contraction(&self) -> Contraction<'_> {
        match self {
            Self::Pulled { contraction, .. } => *contraction,
            Self::Explicit(change) => Contraction::Matrix(change),
        }
    }

    /// y, with dw = C y.
    fn realised(&self) -> Vec<f64> {
        match self {
            Self::Pulled { realised, .. } => realised.clone(),
            Self::Explicit(change) => {
                let mut last = vec![0.0; change.nrows()];
                last[change.nrows() - 1] = 1.0;
                last
            }
        }
    }

    /// Jbar Z, from (Jbar C)^T.
    fn moved(&self, mean: &MeanJacobian) -> DMatrix<f64> {
        match self {
            Self::Pulled { operator, .. } => times_transposed(&mean.transposed, operator),
            Self::Explicit(change) => mean.transposed.rows(0, change.nrows() - 1).transpose(),
        }
    }
}

impl IntegratedKernel {
    /// An empty window: P = I, W = 0, G = 0, for np training outputs and mp
    /// test outputs. Memory: 3 (np)^2 + mp np numbers, and (np + 1) P more once a
    /// step was not gradient descent.
    pub fn new(scheme: Scheme, train_outputs: usize, test_outputs: usize) -> Self {
        let zeros = DMatrix::zeros(train_outputs, train_outputs);
        Self {
            scheme,
            propagator: DMatrix::identity(train_outputs, train_outputs),
            integrated: zeros.clone(),
            dissipation: Some(zeros),
            transfer: DMatrix::zeros(test_outputs, train_outputs),
            averaged: None,
            train_defects: Defects::default(),
            test_defects: Defects::default(),
        }
    }

    /// Adds a step to the window.
    ///
    /// Cost, with N = np and M = mp, besides the Jacobians: 6 N^3 + 2 M N^2 for
    /// gradient descent, 2 (2 N + M) N P otherwise.
    pub fn advance(&mut self, step: &TakenStep<'_>, objective: &dyn Objective) -> TestNodes {
        let change = match step.update {
            ParameterUpdate::Descent { step_size, mask } => {
                self.descend(step, objective, step_size, mask)
            }
            ParameterUpdate::Averaged { average, .. } => {
                self.dissipation = None;
                let (m, n) = self.transfer.shape();
                let parameters = step.mlps[0].parameters().len();
                let averaged = self
                    .averaged
                    .get_or_insert_with(|| Averaged::new(average, parameters, [n, m]));
                ParameterChange::Explicit(averaged.advance(step, &self.propagator))
            }
        };
        let coefficients = change.realised();
        let mean = |ends| {
            let along = Along {
                mlps: step.mlps,
                ends,
                contraction: change.contraction(),
                coefficients: &coefficients,
            };
            MeanJacobian::new(&along, self.scheme)
        };
        let [before, after] = step.tangents;
        let train = mean([&before.train, &after.train]);
        let test = mean([&before.test, &after.test]);
        self.add(step, objective, change.moved(&train), change.moved(&test));
        if let (ParameterChange::Explicit(change), Some(averaged)) = (change, &mut self.averaged) {
            averaged.change = change;
        }
        let test_change = after.test.outputs.as_ref() - before.test.outputs.as_ref();
        self.train_defects.add(&train.defect, &step.change());
        self.test_defects.add(&test.defect, &test_change);
        TestNodes::new(test)
    }

    /// C = M J^T and Y = -eta D P; W' on the way.
    fn descend<'a>(
        &mut self,
        step: &TakenStep<'a>,
        objective: &dyn Objective,
        eta: f64,
        mask: Option<&'a [f64]>,
    ) -> ParameterChange<'a> {
        let factors = &step.tangents[0].train;
        let mut operator = self.wide_propagator();
        step.restrict(&mut operator);
        if let Some(dissipation) = &mut self.dissipation {
            let kernel = match mask {
                Some(mask) => masked_cross_kernel(factors, factors, mask),
                None => cross_kernel(factors, factors),
            };
            let n = self.propagator.nrows();
            let lost = product(&kernel, &operator);
            gemm(
                eta,
                transposed(operator.as_slice(), n, n),
                columns(lost.as_slice(), n, n),
                1.0,
                dissipation.as_mut_slice(),
            );
        }
        let mut gradient = step.outputs.clone();
        let all: Vec<usize> = (0..gradient.ncols()).collect();
        objective.gradient(step.outputs, &all, &mut gradient);
        let mut realised = DMatrix::from_column_slice(gradient.len(), 1, gradient.as_slice());
        step.restrict(&mut realised);
        ParameterChange::Pulled {
            contraction: Contraction::Kernel { factors, mask },
            operator: operator * -eta,
            realised: realised.iter().map(|g| -eta * g).collect(),
        }
    }

    /// Takes dU = Jbar Z and Jbar_Q Z into P, G and W.
    fn add(
        &mut self,
        step: &TakenStep<'_>,
        objective: &dyn Objective,
        train: DMatrix<f64>,
        test: DMatrix<f64>,
    ) {
        let [hessian, halfway] = BlockHessian::along(objective, step.outputs, &step.change());
        let propagator = self.wide_propagator();
        let mean = &propagator + halfway.times(&train);
        let later = propagator + hessian.times(&train);
        let lost = times_transposed(&mean, &train);
        let n = self.propagator.nrows();
        self.propagator = later.columns(0, n).into_owned();
        self.transfer -= test.columns(0, n);
        for j in 0..n {
            for i in 0..n {
                self.integrated[(i, j)] -= 0.5 * (lost[(i, j)] + lost[(j, i)]);
            }
        }
        if let Some(Averaged { offset, .. }) = &mut self.averaged {
            offset.gradient.copy_from(&later.column(n));
            offset.test += test.column(n);
            offset.train += train.column(n);
            for i in 0..n {
                offset.mixed[i] -= 0.5 * (lost[(i, n)] + lost[(n, i)]);
            }
            offset.constant -= lost[(n, n)];
        }
    }

    /// \[P | p\], or P alone where there is no offset.
    fn wide_propagator(&self) -> DMatrix<f64> {
        let offset = self.averaged.as_ref().map(|state| &state.offset.gradient);
        widened(&self.propagator, offset)
    }

    /// How the mean Jacobian of a step is computed.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// P(T, s), np x np: g(T) = P g(s).
    pub fn propagator(&self) -> &DMatrix<f64> {
        &self.propagator
    }

    /// W, np x np, symmetric: Phi(s) - Phi(T) = g(s)^T W g(s).
    pub fn integrated(&self) -> &DMatrix<f64> {
        &self.integrated
    }

    /// W', np x np, symmetric positive semidefinite up to rounding. `None` if a
    /// step was not gradient descent.
    pub fn dissipation(&self) -> Option<&DMatrix<f64>> {
        self.dissipation.as_ref()
    }

    /// G, mp x np: U_Q(T) - U_Q(s) = -G g(s).
    pub fn transfer(&self) -> &DMatrix<f64> {
        &self.transfer
    }

    /// What the window does whatever g(s) is. `None` if all steps were gradient
    /// descent: then it is 0.
    pub fn offset(&self) -> Option<&Offset> {
        self.averaged.as_ref().map(|state| &state.offset)
    }

    /// What the quadrature leaves at the training inputs.
    pub fn train_defects(&self) -> &Defects {
        &self.train_defects
    }

    /// What the quadrature leaves at the test inputs.
    pub fn test_defects(&self) -> &Defects {
        &self.test_defects
    }

    /// g(T) as the window predicts it from g(s), np. Cost: 2 (np)^2.
    pub fn predicted_gradient(&self, start: &DVector<f64>) -> DVector<f64> {
        let mut gradient = &self.propagator * start;
        if let Some(offset) = self.offset() {
            gradient += &offset.gradient;
        }
        gradient
    }

    /// U_Q(T) - U_Q(s) as the window predicts it from g(s), mp. Cost: 2 mp np.
    pub fn predicted_test_change(&self, start: &DVector<f64>) -> DVector<f64> {
        let mut change = -(&self.transfer * start);
        if let Some(offset) = self.offset() {
            change += &offset.test;
        }
        change
    }

    /// Phi(s) - Phi(T) as the window predicts it from g(s). Cost: 2 (np)^2.
    pub fn predicted_loss_drop(&self, start: &DVector<f64>) -> f64 {
        let drop = start.dot(&(&self.integrated * start));
        match self.offset() {
            Some(offset) => drop + 2.0 * offset.mixed.dot(start) + offset.constant,
            None => drop,
        }
    }

    /// W = (n/2) (I - P^T P), for squared loss (1/2n) |u - y|^2 over n `examples`:
    /// what the sum of [`IntegratedKernel::integrated`] telescopes to, for every
    /// batch, mask, scheme and optimiser, as Pbar = (P_t + P_{t+1}) / 2. Past the
    /// stability limit 2n/lambda_1, and under a preconditioner, it can lose
    /// positivity. Cost: 2 (np)^3.
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

/// A^T B.
fn times_transposed(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    arithmetic::product::inner_products(a, b)
}
