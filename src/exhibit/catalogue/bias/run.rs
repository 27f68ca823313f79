//! The run behind the bias exhibit: a network trained by gradient descent, the
//! half-times of its residual's directions, and how far it stays from the
//! minimum-norm interpolant of its kernel at the start,
//!
//! ```text
//! u*_Q = K_QS K_SS^-1 y        K at step 0; the network is centred
//! ```
//!
//! which is where it would end if the kernel stood still.

use super::half_times::HalfTimes;
use super::integrated::{IntegratedModes, Propagator};
use super::knobs::Setup;
use super::problem::Problem;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::{Labels, NetworkSnapshot, Schedule, Status, text};
use crate::kernel::{FrozenKernel, Spectrum, cross_kernel, train_kernel};
use crate::network::{Forward, Mlp, TangentFactors};
use crate::objective::SquaredLoss;
use crate::random::{Stream, stream};
use crate::training::{BatchSampler, Gate, Trainer};
use nalgebra::{DMatrix, DVector};

/// A run ends here at the latest.
pub const STEP_LIMIT: u64 = 10_000;

/// W_S is integrated over this many steps.
pub const WINDOW: u64 = 200;

/// Share of the labels' energy at which nothing is left to learn.
const FITTED: f64 = 1e-8;

/// Steps that are remembered.
const SCHEDULE: Schedule = Schedule::new(50);

/// What is remembered of a step.
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

/// The directions of W_S(0, t) and their half-times.
#[derive(Debug, Clone)]
pub struct Integrated {
    pub modes: IntegratedModes,
    pub half_times: HalfTimes,
    /// The step at which it was made, t or later.
    step: u64,
}

#[derive(Debug)]
pub struct Run {
    pub setup: Setup,
    pub problem: Problem,
    objective: SquaredLoss,
    trainer: Trainer,
    test_origin: DVector<f64>,
    /// K(0), with the coefficients of r(0) = -y.
    pub fixed: Spectrum,
    pub fixed_half_times: HalfTimes,
    propagator: Propagator,
    /// r(0) to r(t) while the window is open.
    residuals: Vec<DVector<f64>>,
    integrated: Option<Integrated>,
    /// u*_Q.
    interpolant: DVector<f64>,
    pub interpolant_error: f64,
    /// (step, distance) if the kernel stood still.
    pub foreseen: Vec<[f64; 2]>,
    pub step_size: f64,
    pub step: u64,
    pub status: Status,
    residual: DVector<f64>,
    pub records: Vec<Record>,
    now: Record,
}

impl Run {
    pub fn new(setup: Setup) -> Result<Self, String> {
        let problem = Problem::new(&setup);
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
        let step_size = setup.step_fraction * 2.0 * n as f64 / fixed.largest();
        let moved_nothing = DVector::zeros(problem.test_signal.len());
        let frozen = FrozenKernel::new(fixed.clone(), &cross, moved_nothing.clone(), n);
        let now = Record {
            step: 0,
            train: problem.train_error(&residual),
            test: problem.test_error(&moved_nothing),
            distance: f64::INFINITY,
        };
        Ok(Self {
            objective: SquaredLoss::new(&DMatrix::from_row_slice(1, n, problem.labels.as_slice())),
            test_origin: test.outputs.row(0).transpose(),
            fixed_half_times: HalfTimes::new(fixed.coefficients.as_slice()),
            propagator: Propagator::new(n),
            residuals: vec![residual.clone()],
            integrated: None,
            interpolant_error: problem.test_error(&interpolant),
            foreseen: foresee(&frozen, &interpolant, step_size),
            interpolant,
            fixed,
            step_size,
            setup,
            problem,
            trainer,
            step: 0,
            status: Status::Ready,
            residual,
            records: vec![now],
            now,
        })
    }

    /// The network, laid open.
    pub fn snapshot(&self) -> NetworkSnapshot {
        let labels = &self.problem.labels;
        let labels = Labels {
            values: DMatrix::from_row_slice(1, labels.len(), labels.as_slice()),
            meaning: "the true function and noise",
        };
        NetworkSnapshot::new("network", self.step, &self.trainer, labels)
    }

    /// eta / n.
    pub fn rate(&self) -> f64 {
        self.step_size / self.problem.labels.len() as f64
    }

    /// Steps that W has been integrated over.
    pub fn window(&self) -> u64 {
        self.propagator.steps()
    }

    /// The present step, measured when first asked for.
    pub fn observe(&mut self) -> Record {
        if self.now.step != self.step && !matches!(self.status, Status::Failed(_)) {
            let mut forward = Forward::new();
            forward.run(self.trainer.mlp(), &self.problem.test_inputs);
            let outputs = forward.outputs.row(0).transpose() - &self.test_origin;
            self.now = Record {
                step: self.step,
                train: self.problem.train_error(&self.residual),
                test: self.problem.test_error(&outputs),
                distance: distance(&outputs, &self.interpolant),
            };
        }
        self.now
    }

    /// The directions of W_S(0, t), t at most [`WINDOW`], found when first
    /// asked for while the window is open; none at step 0.
    pub fn integrated(&mut self) -> Option<&Integrated> {
        let stale = self
            .integrated
            .as_ref()
            .is_none_or(|known| known.step < self.step);
        if stale && self.step > 0 && !self.residuals.is_empty() {
            let modes = self.propagator.modes()?;
            let start = modes.coefficients(&self.residuals[0]);
            let mut half_times = HalfTimes::new(start.as_slice());
            for (step, residual) in self.residuals.iter().enumerate().skip(1) {
                half_times.update(step as u64, modes.coefficients(residual).as_slice());
            }
            self.integrated = Some(Integrated {
                modes,
                half_times,
                step: self.step,
            });
        }
        self.integrated.as_ref()
    }

    /// One step.
    pub fn advance(&mut self) {
        if self.status != Status::Ready {
            return;
        }
        if self.step < WINDOW {
            let factors = TangentFactors::new(self.trainer.mlp(), self.trainer.inputs());
            let rate = self.rate();
            self.propagator.step(&train_kernel(&factors), rate);
        }
        let step = self
            .trainer
            .step(&self.objective, self.step_size, Gate::Off);
        if let Err(error) = step {
            return self.fail(error.into());
        }
        self.step += 1;
        let mut forward = Forward::new();
        forward.run(self.trainer.mlp(), self.trainer.inputs());
        let outputs = forward.outputs - self.trainer.origin();
        self.residual = outputs.row(0).transpose() - &self.problem.labels;
        let train = self.problem.train_error(&self.residual);
        // A share of the labels' energy, which is 1 at the start.
        if let Some(cause) = Breakdown::of_loss(train, 1.0) {
            return self.fail(cause);
        }
        self.follow();
        let over = train <= FITTED || self.step >= STEP_LIMIT;
        if SCHEDULE.is_due(self.step) || over {
            let record = self.observe();
            self.records.push(record);
        }
        if over {
            self.status = Status::Finished(if train <= FITTED {
                "Every label is fitted: nothing visible will change any more.".into()
            } else {
                format!("The run ends at {} steps.", text::count(STEP_LIMIT))
            });
        }
    }

    /// Half-times at the present step.
    fn follow(&mut self) {
        let coefficients = self.fixed.vectors.tr_mul(&self.residual);
        self.fixed_half_times
            .update(self.step, coefficients.as_slice());
        if self.step <= WINDOW {
            self.residuals.push(self.residual.clone());
        }
        if self.step == WINDOW {
            self.integrated();
            // From here on the basis stands.
            self.residuals.clear();
        } else if self.step > WINDOW
            && let Some(integrated) = &mut self.integrated
        {
            let coefficients = integrated.modes.coefficients(&self.residual);
            integrated
                .half_times
                .update(self.step, coefficients.as_slice());
            integrated.step = self.step;
        }
    }

    fn fail(&mut self, cause: Breakdown) {
        // What is seen from now on must not depend on when somebody looked.
        self.now = self.records[self.records.len() - 1];
        self.status = Status::Failed(format!(
            "{} Choose a smaller step-fraction than {}.",
            cause.at(self.step),
            self.setup.step_fraction
        ));
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

/// The distance of a run whose kernel stands still, at about thirty steps a
/// decade.
fn foresee(frozen: &FrozenKernel, interpolant: &DVector<f64>, step_size: f64) -> Vec<[f64; 2]> {
    let mut foreseen = Vec::new();
    let mut step = 1;
    while step <= STEP_LIMIT {
        let outputs = frozen.ahead(step, step_size).test_outputs();
        foreseen.push([step as f64, distance(&outputs, interpolant)]);
        step += (step / 13).max(1);
    }
    foreseen
}
