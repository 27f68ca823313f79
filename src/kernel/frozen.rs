//! What gradient descent would do if the kernel were constant.
//!
//! With squared loss and step eta, r <- (I - (eta/n) K) r, so
//! c_i(t) = (1 - eta lambda_i / n)^t c_i(0), and a test point moves by
//! -(eta/n) K_QS r at each step.

use super::Spectrum;
use arithmetic::product::{columns, gemm};
use nalgebra::{DMatrix, DVector};

/// How far a prediction has come: c_i, and the displacement along each mode.
#[derive(Debug, Clone)]
pub struct FrozenState {
    /// c_i.
    coefficients: DVector<f64>,
    /// sum over steps of (eta/n) c_i.
    displacement: DVector<f64>,
}

/// A kernel held fixed, and the run of gradient descent that it predicts:
/// c_i(t) = (1 - eta lambda_i / n)^t c_i(0), U_Q <- U_Q - (eta/n) K_QS r.
///
/// Memory O((np)^2 + mp np). Exact for a network that is linear in its parameters.
#[derive(Debug, Clone)]
pub struct FrozenKernel {
    spectrum: Spectrum,
    /// K_QS V, mp x np: how a unit of each mode moves the test outputs.
    cross_modes: DMatrix<f64>,
    /// U_Q at the start.
    start: DVector<f64>,
    /// Of the present step.
    state: FrozenState,
    /// n, which divides the loss.
    examples: f64,
}

impl FrozenKernel {
    /// Freezes a kernel given by its `spectrum` (with the residual's
    /// coefficients, length np), the cross kernel K_QS (mp x np) and the
    /// present test outputs U_Q (mp), for a loss over `examples` = n examples.
    pub fn new(
        spectrum: Spectrum,
        cross: &DMatrix<f64>,
        test_outputs: DVector<f64>,
        examples: usize,
    ) -> Self {
        let (m, n) = cross.shape();
        let mut cross_modes = DMatrix::zeros(m, n);
        let left = columns(cross.as_slice(), m, n);
        let right = columns(spectrum.vectors.as_slice(), n, n);
        gemm(1.0, left, right, 0.0, cross_modes.as_mut_slice());
        let state = FrozenState {
            coefficients: spectrum.coefficients.clone(),
            displacement: DVector::zeros(spectrum.len()),
        };
        Self {
            spectrum,
            cross_modes,
            start: test_outputs,
            state,
            examples: examples as f64,
        }
    }

    /// The spectrum at which the kernel was frozen.
    pub fn spectrum(&self) -> &Spectrum {
        &self.spectrum
    }

    /// c_i as predicted now.
    pub fn coefficients(&self) -> &DVector<f64> {
        &self.state.coefficients
    }

    /// How far the prediction has come, to look ahead from there later.
    pub fn state(&self) -> &FrozenState {
        &self.state
    }

    /// One step of size `eta`. Cost O(n).
    pub fn step(&mut self, eta: f64) {
        let rate = eta / self.examples;
        let state = &mut self.state;
        for ((c, s), lambda) in (state.coefficients.iter_mut())
            .zip(state.displacement.iter_mut())
            .zip(self.spectrum.values.iter())
        {
            *s += rate * *c;
            *c -= rate * lambda.max(0.0) * *c;
        }
    }

    /// Mean squared training error, over all np outputs, as predicted now.
    pub fn train_error(&self) -> f64 {
        mean_square(&self.state.coefficients)
    }

    /// U_Q as predicted now. Cost O(m n).
    pub fn test_outputs(&self) -> DVector<f64> {
        self.test_outputs_after(&self.state.displacement)
    }

    /// The prediction `steps` further steps of size `eta` ahead, in closed
    /// form; cost O(n) however many.
    pub fn ahead(&self, steps: u64, eta: f64) -> Prediction<'_> {
        self.ahead_of(&self.state, steps, eta)
    }

    /// The same from an earlier state.
    pub fn ahead_of(&self, state: &FrozenState, steps: u64, eta: f64) -> Prediction<'_> {
        let mut state = state.clone();
        let rate = eta / self.examples;
        let t = steps as f64;
        for ((c, s), lambda) in (state.coefficients.iter_mut())
            .zip(state.displacement.iter_mut())
            .zip(self.spectrum.values.iter())
        {
            let x = rate * lambda.max(0.0);
            // sum_{k<t} (1-x)^k, without the cancellation of (1 - q^t)/(1 - q).
            let (left, sum) = if x < 0.5 {
                let log = t * libm::log1p(-x);
                let sum = if x > 0.0 { -libm::expm1(log) / x } else { t };
                (libm::exp(log), sum)
            } else {
                let left = libm::pow(1.0 - x, t);
                (left, (1.0 - left) / x)
            };
            *s += rate * sum * *c;
            *c *= left;
        }
        let kernel = self;
        Prediction { kernel, state }
    }

    fn test_outputs_after(&self, displacement: &DVector<f64>) -> DVector<f64> {
        &self.start - &self.cross_modes * displacement
    }
}

/// What a frozen kernel predicts for a later step.
#[derive(Debug, Clone)]
pub struct Prediction<'a> {
    kernel: &'a FrozenKernel,
    state: FrozenState,
}

impl Prediction<'_> {
    /// c_i at that step.
    pub fn coefficients(&self) -> &DVector<f64> {
        &self.state.coefficients
    }

    /// Mean squared training error, over all np outputs, at that step.
    pub fn train_error(&self) -> f64 {
        mean_square(&self.state.coefficients)
    }

    /// U_Q at that step. Cost O(mp np).
    pub fn test_outputs(&self) -> DVector<f64> {
        self.kernel.test_outputs_after(&self.state.displacement)
    }
}

fn mean_square(coefficients: &DVector<f64>) -> f64 {
    coefficients.norm_squared() / coefficients.len() as f64
}
