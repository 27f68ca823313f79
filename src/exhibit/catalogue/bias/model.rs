//! A network trained by gradient descent, the half-times of its residual's directions,
//! and how far it stays from the minimum-norm interpolant of its kernel at the start,
//!
//! ```text
//! u*_Q = K_QS K_SS^-1 y        K at step 0; the network is centred
//! ```
//!
//! which is where it would end if the kernel were constant.

use super::half_times::HalfTimes;
use super::integrated::{IntegratedModes, Propagator};
use super::knobs::Setup;
use super::problem::Problem;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::runner::{Broken, Model, Progress};
use crate::exhibit::series::Recorded;
use crate::exhibit::{Labels, NetworkSnapshot};
use crate::kernel::{FrozenKernel, Spectrum, cross_kernel, train_kernel};
use crate::network::{Forward, Mlp, TangentFactors};
use crate::objective::SquaredLoss;
use crate::random::{Stream, stream};
use crate::training::{BatchSampler, Gate, Trainer};
use nalgebra::{DMatrix, DVector};
use std::cell::OnceCell;

/// A run ends here at the latest.
pub const STEP_LIMIT: u64 = 10_000;

/// W_S is integrated over this many steps.
pub const INTEGRATION_STEPS: u64 = 200;

/// Share of the labels' energy at which nothing is left to learn.
const STOP_BELOW: f64 = 1e-8;

/// What is measured of a step, and recorded of those that are due.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    pub step: u64,
    /// Share of the labels' energy that is not fitted.
    pub train: f64,
    /// Squared error on the test points, over the true function's energy.
    pub test: f64,
    /// |u_Q - u*_Q| / |u_Q|, over the test points; infinite at step 0.
    pub distance: f64,
}

impl Recorded for Record {
    fn step(&self) -> u64 {
        self.step
    }
}

/// The directions of W_S(0, t) and their half-times.
#[derive(Debug, Clone)]
pub struct Integrated {
    pub modes: IntegratedModes,
    pub half_times: HalfTimes,
}

/// A network in training.
#[derive(Debug)]
pub struct Network {
    pub problem: Problem,
    objective: SquaredLoss,
    trainer: Trainer,
    test_origin: DVector<f64>,
    /// K(0), with the coefficients of r(0) = -y.
    pub fixed: Spectrum,
    pub fixed_half_times: HalfTimes,
    propagator: Propagator,
    /// r(0) to r(t) for the first INTEGRATION_STEPS steps.
    residuals: Vec<DVector<f64>>,
    /// Found when first asked for, anew at each of the first INTEGRATION_STEPS steps.
    integrated: OnceCell<Option<Integrated>>,
    /// u*_Q.
    interpolant: DVector<f64>,
    pub interpolant_error: f64,
    /// The run if K(0) were constant.
    frozen: FrozenKernel,
    predicted: OnceCell<Vec<[f64; 2]>>,
    pub step_size: f64,
    residual: DVector<f64>,
}

impl Model for Network {
    type Setup = Setup;
    type Observation = Record;
    type Record = Record;
    type Outcome = ();
    type Memory = ();

    fn start(setup: &Setup, _trial: usize) -> Result<Self, String> {
        let problem = Problem::new(setup);
        let n = problem.labels.len();
        let mut weights = stream(setup.weight_seed, Stream::Weights);
        let mlp = Mlp::random(setup.architecture.clone(), setup.init_scale, &mut weights)
            .map_err(|e| e.to_string())?;
        let trainer = Trainer::new(
            mlp,
            problem.inputs.clone(),
            true,
            BatchSampler::new(n, n, stream(setup.seed, Stream::Batches)),
            stream(setup.seed, Stream::Mask),
        );
        let train = TangentFactors::new(trainer.mlp(), trainer.inputs());
        let test = TangentFactors::new(trainer.mlp(), &problem.test_inputs);
        let residual = -&problem.labels;
        let fixed = Spectrum::new(train_kernel(&train), &residual).map_err(|e| e.to_string())?;
        let cross = cross_kernel(&test, &train);
        let interpolant = least_norm(&fixed, &cross);
        let start = DVector::zeros(problem.test_signal.len());
        Ok(Self {
            objective: SquaredLoss::new(&DMatrix::from_row_slice(1, n, problem.labels.as_slice())),
            test_origin: test.outputs.row(0).transpose(),
            fixed_half_times: HalfTimes::new(fixed.coefficients.as_slice()),
            propagator: Propagator::new(n),
            residuals: vec![residual.clone()],
            integrated: OnceCell::new(),
            interpolant_error: problem.test_error(&interpolant),
            interpolant,
            frozen: FrozenKernel::new(fixed.clone(), &cross, start, n),
            predicted: OnceCell::new(),
            step_size: setup.step_fraction * 2.0 * n as f64 / fixed.largest(),
            fixed,
            problem,
            trainer,
            residual,
        })
    }

    fn limit(_setup: &Setup) -> u64 {
        STEP_LIMIT
    }

    fn step(&mut self, _setup: &Setup, step: u64) -> Result<Progress, Broken> {
        if step < INTEGRATION_STEPS {
            let factors = TangentFactors::new(self.trainer.mlp(), self.trainer.inputs());
            let rate = self.rate();
            self.propagator.step(&train_kernel(&factors), rate);
            self.integrated.take();
        }
        let (objective, eta) = (&self.objective, self.step_size);
        self.trainer.step(objective, eta, Gate::Off)?;
        let mut forward = Forward::new();
        forward.run(self.trainer.mlp(), self.trainer.inputs());
        let outputs = forward.outputs - self.trainer.origin();
        self.residual = outputs.row(0).transpose() - &self.problem.labels;
        let train = self.problem.train_error(&self.residual);
        // A share of the labels' energy, which is 1 at the start.
        if let Some(cause) = Breakdown::of_loss(train, 1.0) {
            return Err(Broken::after(cause));
        }
        self.follow(step + 1);
        Ok(match train <= STOP_BELOW {
            true => Progress::Over("Every label is fitted: no visible change will follow.".into()),
            false => Progress::On,
        })
    }

    fn measure(&mut self, _setup: &Setup, step: u64) -> Result<Record, Breakdown> {
        let mut forward = Forward::new();
        forward.run(self.trainer.mlp(), &self.problem.test_inputs);
        let outputs = forward.outputs.row(0).transpose() - &self.test_origin;
        Ok(Record {
            step,
            train: self.problem.train_error(&self.residual),
            test: self.problem.test_error(&outputs),
            distance: distance(&outputs, &self.interpolant),
        })
    }

    fn record(&mut self, _: &Setup, now: &Record) -> Result<Option<Record>, Breakdown> {
        Ok(Some(*now))
    }

    fn outcome(&mut self, _setup: &Setup, _now: &Record) {}

    fn snapshot(&self, _setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        let labels = &self.problem.labels;
        let labels = Labels {
            values: DMatrix::from_row_slice(1, labels.len(), labels.as_slice()),
            meaning: "the true function and noise",
        };
        let network = NetworkSnapshot::new("network", step, &self.trainer, labels);
        vec![network]
    }
}

impl Network {
    /// eta / n.
    pub fn rate(&self) -> f64 {
        self.step_size / self.problem.labels.len() as f64
    }

    /// Steps that W has been integrated over.
    pub fn integrated_steps(&self) -> u64 {
        self.propagator.steps()
    }

    /// The directions of W_S(0, t), t at most [`INTEGRATION_STEPS`]; none at step 0. Cost during
    /// these steps: one SVD of size n, and t products.
    pub fn integrated(&self) -> Option<&Integrated> {
        self.integrated.get_or_init(|| self.integrate()).as_ref()
    }

    fn integrate(&self) -> Option<Integrated> {
        if self.integrated_steps() == 0 {
            return None;
        }
        let modes = self.propagator.modes()?;
        let start = modes.coefficients(self.residuals.first()?);
        let mut half_times = HalfTimes::new(start.as_slice());
        for (step, residual) in self.residuals.iter().enumerate().skip(1) {
            half_times.update(step as u64, modes.coefficients(residual).as_slice());
        }
        Some(Integrated { modes, half_times })
    }

    /// Half-times at the present step.
    fn follow(&mut self, step: u64) {
        let coefficients = self.fixed.vectors.tr_mul(&self.residual);
        self.fixed_half_times.update(step, coefficients.as_slice());
        if step <= INTEGRATION_STEPS {
            self.residuals.push(self.residual.clone());
        }
        if step == INTEGRATION_STEPS {
            // From here on the basis is fixed.
            self.integrated();
            self.residuals.clear();
        } else if let Some(Some(integrated)) = self.integrated.get_mut() {
            let coefficients = integrated.modes.coefficients(&self.residual);
            integrated.half_times.update(step, coefficients.as_slice());
        }
    }

    /// (step, distance) if the kernel were constant, at about thirty steps a decade.
    pub fn predicted(&self) -> &[[f64; 2]] {
        self.predicted.get_or_init(|| {
            let mut predicted = Vec::new();
            let mut step = 1;
            while step <= STEP_LIMIT {
                let outputs = self.frozen.ahead(step, self.step_size).test_outputs();
                predicted.push([step as f64, distance(&outputs, &self.interpolant)]);
                step += (step / 13).max(1);
            }
            predicted
        })
    }
}

/// |u - u*| / |u|.
fn distance(outputs: &DVector<f64>, interpolant: &DVector<f64>) -> f64 {
    (outputs - interpolant).norm() / outputs.norm()
}

/// K_QS K_SS^+ y, where r(0) = -y is what the spectrum has coefficients of;
/// directions below the numerical floor are left out.
fn least_norm(spectrum: &Spectrum, cross: &DMatrix<f64>) -> DVector<f64> {
    let mut weights = DVector::zeros(spectrum.len());
    for i in 0..spectrum.rank() {
        weights[i] = -spectrum.coefficients[i] / spectrum.values[i];
    }
    cross * (&spectrum.vectors * weights)
}
