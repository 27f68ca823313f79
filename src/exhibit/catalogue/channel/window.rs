//! The window: operators since step s, what was true at step s, and what is followed from
//! one recorded step to the next.

use crate::exhibit::regression::RegressionRun;
use crate::kernel::{
    FrozenKernel, Scheme, Spectrum, SpectrumError, cross_kernel, half_times, rank_correlation,
    train_kernel,
};
use crate::training::{Gate, Operators, StepReport, TrainingError};
use nalgebra::{DMatrix, DVector};
use std::cell::OnceCell;

/// Steps of a window whose W' orders the directions: later, more and more of
/// its eigenvalues stand at n/2.
pub const EARLY: u64 = 200;

/// Eigenspaces whose rotation is followed: of the top 1, 4 and 8 directions.
pub const FOLLOWED: [usize; 3] = [1, 4, 8];

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
    /// K(s) held fixed: its spectrum, and the control of what it would predict.
    pub frozen: FrozenKernel,
    /// sum of eta over the window: the time that has passed.
    pub elapsed: f64,
    /// Least eigenvalue of any growth of W and of W' between recorded steps, over
    /// lambda_1(W').
    pub least_growth: [f64; 2],
    /// The last recorded spectrum of W' early in the window, while its eigenvalues still
    /// tell the directions apart.
    early: Option<Spectrum>,
    /// W and W' as last recorded; W is empty where it has no closed form.
    last: Option<[DMatrix<f64>; 2]>,
    /// Recorded steps, and the residuals at them.
    steps: Vec<u64>,
    residuals: Vec<DVector<f64>>,
    /// See [`Window::order_of_learning`].
    order: OnceCell<[f64; 2]>,
}

impl Window {
    /// Opens at the present state, after the window `before`, if there was one: what it
    /// knows of the kernel here is not computed again.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn open(
        before: Option<Self>,
        base: &RegressionRun,
        scheme: Scheme,
        step: u64,
    ) -> Result<Self, SpectrumError> {
        let here = before.as_ref().filter(|window| window.start == step);
        let known = here.map(|window| window.frozen.spectrum().clone());
        let operators = match before {
            Some(window) => window.operators.restart(scheme),
            None => Operators::new(&base.trainer, &base.test_inputs, scheme, true),
        };
        let gradient = operators.output_gradient(&base.trainer, &base.objective);
        let test_outputs = operators.test_outputs() - &base.test_origin;
        let tangents = &operators.tangents;
        let residual = &gradient * base.points() as f64;
        let spectrum = match known {
            Some(spectrum) => Spectrum {
                coefficients: spectrum.vectors.tr_mul(&residual),
                ..spectrum
            },
            None => Spectrum::new(train_kernel(&tangents.train), &residual)?,
        };
        let cross = cross_kernel(&tangents.test, &tangents.train);
        Ok(Self {
            start: step,
            loss: operators.loss(&base.trainer, &base.objective),
            gradient,
            frozen: FrozenKernel::new(spectrum, &cross, test_outputs.clone(), base.points()),
            test_outputs,
            operators,
            elapsed: 0.0,
            least_growth: [0.0; 2],
            early: None,
            last: None,
            steps: Vec::new(),
            residuals: Vec::new(),
            order: OnceCell::new(),
        })
    }

    /// One step of training that enters the window.
    pub fn step(
        &mut self,
        base: &mut RegressionRun,
        eta: f64,
        gate: Gate,
    ) -> Result<StepReport, TrainingError> {
        let (trainer, objective) = (&mut base.trainer, &base.objective);
        let report = self.operators.step(trainer, objective, eta, gate)?;
        self.frozen.step(eta);
        self.elapsed += eta;
        Ok(report)
    }

    /// lambda_1 of the present kernel, and the overlap of its top eigenspaces with those
    /// of K(s), for every size in [`FOLLOWED`].
    /// Cost: one eigenproblem of size n, so it is done at recorded steps only.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn kernel(
        &self,
        step: u64,
        residual: &DVector<f64>,
    ) -> Result<(f64, [f64; 3]), SpectrumError> {
        let start = self.frozen.spectrum();
        let later;
        let now = if step == self.start {
            start
        } else {
            later = Spectrum::new(train_kernel(&self.operators.tangents.train), residual)?;
            &later
        };
        let overlap = |k| now.overlap(start, k).unwrap_or(f64::NAN);
        Ok((now.largest(), FOLLOWED.map(overlap)))
    }

    /// Records a step: its residual, W' itself while it is early, and the smallest
    /// eigenvalue by which W and W' have grown since the last record.
    pub fn record(
        &mut self,
        step: u64,
        residual: &DVector<f64>,
        spectrum: &Spectrum,
        closed_form: Option<&DMatrix<f64>>,
    ) {
        if step - self.start <= EARLY {
            self.early = Some(spectrum.clone());
        }
        self.steps.push(step);
        self.residuals.push(residual.clone());
        self.order = OnceCell::new();
        let now = [
            closed_form.cloned().unwrap_or_default(),
            (self.operators.integrated.dissipation())
                .cloned()
                .unwrap_or_default(),
        ];
        let size = spectrum.largest();
        if let Some(last) = &self.last {
            for ((least, now), last) in self.least_growth.iter_mut().zip(&now).zip(last) {
                if !now.is_empty() && size > 0.0 {
                    let growth = (now - last).symmetric_eigenvalues().min();
                    *least = least.min(growth / size);
                }
            }
        }
        self.last = Some(now);
    }

    /// Rank correlation of -lambda_j with the half-times, for the directions of W' early in
    /// the window and for the eigenvectors of K(s). Cost: 2 n^2 for each recorded step, once
    /// per record.
    pub fn order_of_learning(&self) -> [f64; 2] {
        let compute = || {
            let early = self.early.as_ref();
            [early, Some(self.frozen.spectrum())].map(|spectrum| {
                let Some(spectrum) = spectrum else {
                    return f64::NAN;
                };
                let times = half_times(&spectrum.vectors, &self.steps, &self.residuals);
                let slowness: Vec<f64> = spectrum.values.iter().map(|v| -v).collect();
                rank_correlation(&slowness, &times)
            })
        };
        *self.order.get_or_init(compute)
    }
}
