//! The window: operators since step s, what was true at step s, and what is followed from
//! one recorded step to the next.

use super::knobs::Setup;
use super::problem::Problem;
use super::replicas::Replicas;
use crate::kernel::{
    FrozenKernel, Spectrum, SpectrumError, cross_kernel, half_times, rank_correlation, train_kernel,
};
use crate::training::{Operators, StepReport, TrainingError};
use nalgebra::{DMatrix, DVector};
use std::cell::OnceCell;

/// Steps of a window whose W orders the directions: later, more and more of
/// its eigenvalues stand at their limit.
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
    /// Spectrum of K(s), with the coefficients of the residual.
    pub kernel: Spectrum,
    /// K(s) held fixed, of plain gradient descent on squared loss: the control.
    pub frozen: Option<FrozenKernel>,
    /// Runs with other batches, where signal and noise are known apart.
    pub replicas: Option<Replicas>,
    /// sum of eta over the window: the time that has passed.
    pub elapsed: f64,
    /// Least eigenvalue of any growth of W and of W' between recorded steps, over
    /// lambda_1(W). Not a number where there is no W'.
    pub least_growth: [f64; 2],
    /// The last recorded spectrum of W early in the window, while its eigenvalues still
    /// tell the directions apart.
    early: Option<Spectrum>,
    /// W and W' as last recorded; W' is empty where there is none.
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
        base: &Problem,
        setup: &Setup,
        step: u64,
    ) -> Result<Self, SpectrumError> {
        let here = before.as_ref().filter(|window| window.start == step);
        let known = here.map(|window| window.kernel.clone());
        let (trainer, plain) = (base.trainer(), setup.method.is_plain());
        let operators = match before {
            Some(window) if window.operators.bound.is_some() == plain => {
                window.operators.restart(trainer, setup.scheme)
            }
            _ => Operators::new(trainer, base.test_inputs(), setup.scheme, plain),
        };
        let gradient = operators.output_gradient(trainer, base.objective());
        let test_outputs = operators.test_outputs() - base.test_origin();
        let tangents = &operators.tangents;
        let residual = &gradient * base.points() as f64;
        let kernel = match known {
            Some(spectrum) => Spectrum {
                coefficients: spectrum.vectors.tr_mul(&residual),
                ..spectrum
            },
            None => Spectrum::new(train_kernel(&tangents.train), &residual)?,
        };
        let frozen = (plain && base.line().is_some()).then(|| {
            let cross = cross_kernel(&tangents.test, &tangents.train);
            FrozenKernel::new(kernel.clone(), &cross, test_outputs.clone(), base.points())
        });
        Ok(Self {
            start: step,
            loss: operators.loss(trainer, base.objective()),
            gradient,
            kernel,
            frozen,
            test_outputs,
            least_growth: [0.0, if plain { 0.0 } else { f64::NAN }],
            operators,
            replicas: Replicas::new(base, setup),
            elapsed: 0.0,
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
        base: &mut Problem,
        eta: f64,
        setup: &Setup,
    ) -> Result<StepReport, TrainingError> {
        let (trainer, objective) = base.training();
        let report = self.operators.step(trainer, objective, eta, setup.gate)?;
        if let Some(replicas) = &mut self.replicas {
            replicas.step(objective, eta, setup)?;
        }
        if let Some(frozen) = &mut self.frozen {
            frozen.step(eta);
        }
        self.elapsed += eta;
        Ok(report)
    }

    /// lambda_1 of the present kernel, and the overlap of its top eigenspaces with those
    /// of K(s), for every size in [`FOLLOWED`].
    /// Cost: one eigenproblem of size np, so it is done at recorded steps only.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn kernel(
        &self,
        step: u64,
        residual: &DVector<f64>,
    ) -> Result<(f64, [f64; 3]), SpectrumError> {
        let start = &self.kernel;
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

    /// Records a step: its residual, W itself while it is early, and the smallest
    /// eigenvalue by which W and W' have grown since the last record.
    pub fn record(&mut self, step: u64, residual: &DVector<f64>, spectrum: &Spectrum) {
        if step - self.start <= EARLY {
            self.early = Some(spectrum.clone());
        }
        self.steps.push(step);
        self.residuals.push(residual.clone());
        self.order = OnceCell::new();
        let integrated = &self.operators.integrated;
        let now = [
            integrated.integrated().clone(),
            integrated.dissipation().cloned().unwrap_or_default(),
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

    /// Rank correlation of -lambda_j with the half-times, for the directions of W early in
    /// the window and for the eigenvectors of K(s). Cost: 2 n^2 for each recorded step, once
    /// per record.
    pub fn order_of_learning(&self) -> [f64; 2] {
        let compute = || {
            let early = self.early.as_ref();
            [early, Some(&self.kernel)].map(|spectrum| {
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
