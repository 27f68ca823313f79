//! A network on noisy 1D regression, ready to train: what the exhibits about
//! the kernel share.
//!
//! The step size is eta = c 2n / lambda_1(K(0)), fixed at the start; for a
//! minibatch of b it is multiplied by min(1, 2b/n + 1/4).

use super::breakdown::Breakdown;
use super::text;
#[cfg(feature = "all-exhibits")]
use super::{Labels, NetworkSnapshot};
use crate::kernel::{Modes, train_kernel};
use crate::network::{Activation, Architecture, Forward, Mlp, Parametrisation, TangentFactors};
use crate::objective::SquaredLoss;
use crate::random::{Stream, stream};
use crate::task::{Inputs, Regression, Target};
use crate::training::{BatchSampler, Gate, StepReport, Trainer};
use nalgebra::{DMatrix, DVector};

/// A training error this small is rounding: every label is fitted.
const FITTED: f64 = 1e-24;

/// What a claim about noise shows of own points, and why it is undecided.
pub(super) const OWN_SHOWS: &str =
    "Which part of these labels is noise is unknown: the data are yours.";
pub(super) const OWN_REASON: &str = "your data: signal and noise are not known apart";

/// What data and network are drawn from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Configuration {
    /// A person's own points, in place of drawn ones; empty for drawn data.
    pub own: Vec<[f64; 2]>,
    pub target: Target,
    pub inputs: Inputs,
    /// How many points are drawn.
    pub points: usize,
    pub noise: f64,
    pub seed: u32,
    pub weight_seed: u32,
    pub widths: Vec<usize>,
    pub activation: Activation,
    pub parametrisation: Parametrisation,
    /// Examples per step, at most `points`.
    pub batch: usize,
}

/// Data, objective and trainer of one run.
#[derive(Debug)]
pub(super) struct RegressionRun {
    pub problem: Regression,
    /// 1 x m, a part of the problem's own grid.
    pub test_inputs: DMatrix<f64>,
    /// f* there, where it is known: of drawn data.
    pub test_signal: Option<DVector<f64>>,
    pub objective: SquaredLoss,
    pub trainer: Trainer,
    /// The initial network at the test inputs.
    pub test_origin: DVector<f64>,
    /// lambda_1(K(0)).
    pub first_largest: f64,
    /// Mean square of the labels: the first training error.
    first_error: f64,
}

/// min(1, 2b/n + 1/4) for a minibatch of b out of n points, 1 for a full one: how much
/// smaller a step has to be for the batches' differences.
pub(super) fn batch_factor(sampler: &BatchSampler, points: usize) -> f64 {
    if sampler.is_full() {
        return 1.0;
    }
    (2.0 * sampler.size() as f64 / points as f64 + 0.25).min(1.0)
}

impl RegressionRun {
    /// Draws the data, or takes a person's own, and draws the network, centred.
    /// Of the test grid every `stride`-th point is used.
    ///
    /// # Errors
    /// A sentence if the network cannot be built, or own points are no problem.
    pub fn new(configuration: &Configuration, stride: usize) -> Result<Self, String> {
        let problem = if configuration.own.is_empty() {
            Regression::new(
                configuration.target,
                configuration.inputs,
                configuration.points,
                configuration.noise,
                configuration.seed,
            )
        } else {
            let column = |i: usize| configuration.own.iter().map(|p| p[i]).collect::<Vec<_>>();
            Regression::from_points(&column(0), &column(1)).map_err(|e| e.to_string())?
        };
        let n = problem.labels.len();
        let count = problem.test_inputs.ncols().div_ceil(stride);
        let test_inputs = problem.test_inputs.columns_with_step(0, count, stride - 1);
        let test_inputs = test_inputs.into_owned();
        let test_signal = problem.truth.as_ref().map(|_| {
            let values = test_inputs.iter().map(|&x| configuration.target.value(x));
            DVector::from_iterator(count, values)
        });
        let architecture = Architecture {
            inputs: 1,
            widths: configuration.widths.clone(),
            outputs: 1,
            activation: configuration.activation,
            parametrisation: configuration.parametrisation,
            bias: 1.0,
        };
        let mut weights = stream(configuration.weight_seed, Stream::Weights);
        let mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
        let mut forward = Forward::new();
        forward.run(&mlp, &test_inputs);
        let batches = stream(configuration.seed, Stream::Batches);
        let sampler = BatchSampler::new(n, configuration.batch, batches);
        let kernel = train_kernel(&TangentFactors::new(&mlp, &problem.inputs));
        let modes = Modes::without_vectors(kernel, &DVector::zeros(n));
        let mask = stream(configuration.seed, Stream::Mask);
        let labels = DMatrix::from_row_slice(1, n, &problem.labels);
        Ok(Self {
            first_largest: modes.map_err(|e| e.to_string())?.largest(),
            first_error: labels.norm_squared() / n as f64,
            objective: SquaredLoss::new(&labels),
            trainer: Trainer::new(mlp, problem.inputs.clone(), true, sampler, mask),
            test_origin: DVector::from_column_slice(forward.outputs.as_slice()),
            test_signal,
            test_inputs,
            problem,
        })
    }

    /// What exhibits with drawn data alone ask for: eps and f* at the training
    /// inputs, and f* at the test inputs.
    ///
    /// # Errors
    /// A sentence for own points, which has none.
    pub fn known(&self) -> Result<[DVector<f64>; 3], String> {
        (self
            .noise()
            .zip(self.signal())
            .zip(self.test_signal.clone()))
        .map(|((noise, signal), test_signal)| [noise, signal, test_signal])
        .ok_or_else(|| "The true function is unknown for your data.".into())
    }

    /// Whether the points are a person's own: f* is then unknown.
    pub fn is_own(&self) -> bool {
        self.problem.truth.is_none()
    }

    /// Number of training points n.
    pub fn points(&self) -> usize {
        self.problem.labels.len()
    }

    /// 2n / lambda_1(K(0)): the stability limit at step 0.
    pub fn unit_step(&self) -> f64 {
        2.0 * self.points() as f64 / self.first_largest
    }

    /// min(1, 2b/n + 1/4) for a minibatch, 1 for a full one.
    pub fn batch_factor(&self) -> f64 {
        batch_factor(self.trainer.sampler(), self.points())
    }

    /// eta for a step fraction c.
    pub fn step_size(&self, fraction: f64) -> f64 {
        fraction * self.unit_step() * self.batch_factor()
    }

    /// New labels: the same noise pattern at another level.
    pub fn set_noise(&mut self, noise: f64) {
        self.problem.set_noise(noise);
        let set = self.objective.set_targets(&self.problem.labels);
        set.expect("as many labels as before");
    }

    /// eps = y - f* at the training inputs, where f* is known.
    pub fn noise(&self) -> Option<DVector<f64>> {
        self.problem.noise().map(DVector::from_vec)
    }

    /// f* at the training inputs, where it is known.
    pub fn signal(&self) -> Option<DVector<f64>> {
        self.problem.signal().map(DVector::from_column_slice)
    }

    /// Mean squared distance of outputs at the test inputs to f*, where it is
    /// known.
    pub fn test_error(&self, outputs: &DVector<f64>) -> Option<f64> {
        let signal = self.test_signal.as_ref()?;
        Some((outputs - signal).norm_squared() / outputs.len() as f64)
    }

    /// Whether a step's loss is far above anything that comes back.
    pub fn breakdown(&self, report: &StepReport) -> Option<Breakdown> {
        Breakdown::of_loss(report.value, self.first_error)
    }

    /// Why nothing will change after a step, if so.
    pub fn is_over(&self, report: &StepReport, gate: Gate) -> Option<String> {
        if !self.trainer.sampler().is_full() {
            return None;
        }
        // Averages over steps move on while the network is constant, and so
        // a streaming gate that is closed may open again.
        let still = !(gate.is_streaming() && report.squared_gradient > 0.0);
        // Rounding of own labels is relative to their size.
        let size = if self.is_own() { self.first_error } else { 1.0 };
        if report.value <= FITTED * size {
            Some("Every label is fitted to rounding: nothing is left to learn.".into())
        } else if report.open == 0 && still {
            Some("The gate is closed for every parameter: nothing will change any more.".into())
        } else if report.largest_change == 0.0 && still {
            Some("The gradient is zero: nothing will change any more.".into())
        } else {
            None
        }
    }

    /// The network, for export.
    #[cfg(feature = "all-exhibits")]
    pub fn snapshot(&self, name: &str, step: u64) -> NetworkSnapshot {
        let labels = Labels {
            values: DMatrix::from_row_slice(1, self.points(), &self.problem.labels),
            meaning: "the true function and noise",
        };
        NetworkSnapshot::new(name, step, &self.trainer, labels)
    }

    /// What to change after a breakdown at a step fraction.
    pub fn advice(&self, fraction: f64) -> String {
        let share = fraction * self.batch_factor();
        let own = if self.is_own() {
            " Your data train best where x and y are of order one."
        } else {
            ""
        };
        if share >= 1.0 {
            format!(
                "The step size is {} times the stability limit 2n/\u{3bb}\u{2081} of step 0. \
                 Choose a step-fraction below 1.{own}",
                text::significant(share)
            )
        } else {
            format!("Choose a smaller step-fraction than {fraction}.{own}")
        }
    }
}
