//! The window: operators since step s, and what was true at step s.

use super::knobs::Setup;
use super::observation::Seen;
use crate::exhibit::regression::RegressionRun;
use crate::kernel::{FrozenKernel, Spectrum, SpectrumError, cross_kernel, train_kernel};
use crate::training::{Gate, Operators, StepReport, TrainingError};
use nalgebra::{DMatrix, DVector};

/// Steps of a window whose W' orders the directions: later, more and more of
/// its eigenvalues stand at n/2.
pub const EARLY: u64 = 200;

#[derive(Debug)]
pub struct Window {
    /// s.
    pub start: u64,
    pub operators: Operators,
    /// g(s).
    pub gradient: DVector<f64>,
    /// Phi(s).
    pub loss: f64,
    /// U_Q(s), centred.
    pub test_outputs: DVector<f64>,
    /// K(s) held fixed: its spectrum, and the control of what it would foresee.
    pub frozen: FrozenKernel,
    /// K at the last remembered step.
    pub kernel: Spectrum,
    /// sum of eta over the window: the time that has passed.
    pub elapsed: f64,
    /// The spectrum of W' early in the window, while its eigenvalues still
    /// tell the directions apart.
    pub early: Spectrum,
    /// W and W' when last remembered, to see whether they only grow.
    last: Option<[DMatrix<f64>; 2]>,
    /// Least eigenvalue of any growth of W and of W', over lambda_1(W').
    pub least_growth: [f64; 2],
}

impl Window {
    pub fn open(base: &RegressionRun, setup: &Setup, step: u64) -> Result<Self, SpectrumError> {
        let operators = Operators::new(&base.trainer, &base.test_inputs, setup.scheme, true);
        let gradient = operators.output_gradient(&base.trainer, &base.objective);
        let test_outputs = operators.test_outputs() - &base.test_origin;
        let tangents = &operators.tangents;
        let residual = &gradient * base.points() as f64;
        let spectrum = Spectrum::new(train_kernel(&tangents.train), &residual)?;
        let cross = cross_kernel(&tangents.test, &tangents.train);
        let kernel = spectrum.clone();
        let frozen = FrozenKernel::new(spectrum, &cross, test_outputs.clone(), base.points());
        let size = base.points();
        Ok(Self {
            early: Spectrum::new(DMatrix::zeros(size, size), &residual)?,
            start: step,
            loss: operators.loss(&base.trainer, &base.objective),
            gradient,
            test_outputs,
            frozen,
            kernel,
            elapsed: 0.0,
            last: None,
            least_growth: [0.0; 2],
            operators,
        })
    }

    /// One step of training that enters the window.
    pub fn step(
        &mut self,
        base: &mut RegressionRun,
        eta: f64,
        gate: Gate,
    ) -> Result<StepReport, TrainingError> {
        let report = self
            .operators
            .step(&mut base.trainer, &base.objective, eta, gate)?;
        self.frozen.step(eta);
        self.elapsed += eta;
        Ok(report)
    }

    /// Takes the spectrum of the present kernel. Cost: one eigenproblem of
    /// size n, so it is done at remembered steps only.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn observe_kernel(&mut self, residual: &DVector<f64>) -> Result<(), SpectrumError> {
        let kernel = train_kernel(&self.operators.tangents.train);
        self.kernel = Spectrum::new(kernel, residual)?;
        Ok(())
    }

    /// Takes note of the smallest eigenvalue by which W and W' have grown
    /// since they were last remembered, and of W' itself while it is early.
    pub fn compare_with_last(&mut self, step: u64, seen: &Seen) {
        if step - self.start <= EARLY {
            self.early = seen.spectrum.clone();
        }
        let now = [
            seen.closed_form.clone().unwrap_or_default(),
            self.operators.integrated.dissipation().clone(),
        ];
        if let Some(last) = &self.last {
            let size = seen.spectrum.largest();
            for ((least, now), last) in self.least_growth.iter_mut().zip(&now).zip(last) {
                if !now.is_empty() && now.shape() == last.shape() && size > 0.0 {
                    let growth = (now - last).symmetric_eigenvalues().min();
                    *least = least.min(growth / size);
                }
            }
        }
        self.last = Some(now);
    }
}
