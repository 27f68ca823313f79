//! One network at one dimension: its training, its twin on the true labels,
//! and what is remembered of both.

use super::knobs::Setup;
use super::transfer::Modes;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::catalogue::direction::Direction;
use crate::exhibit::{Labels, NetworkSnapshot, Schedule};
use crate::kernel::{Scheme, train_kernel};
use crate::network::{
    Activation, Architecture, Forward, InputSpan, Mlp, Parametrisation, TangentFactors,
};
use crate::objective::SquaredLoss;
use crate::random::{Stream, stream};
use crate::task::{Mixture, MixturePoints};
use crate::training::{BatchSampler, Gate, Operators, Trainer, TrainingError};
use nalgebra::{DMatrix, DVector};

/// Number of training points n.
pub const POINTS: usize = 40;
/// Test points at which errors are counted.
pub const TEST_POINTS: usize = 500;
/// Those of them that the transfer operator reaches for; it moves at every step.
const TRANSFER_POINTS: usize = 200;
/// Step size as a share of 2n/lambda_1(K(0)): well inside the stability limit,
/// so that the operators describe the run.
const STEP_FRACTION: f64 = 0.2;
/// beta: a small bias, since the classes are opposite.
const BIAS: f64 = 0.1;
/// Every label is fitted once the mean squared training error is this small.
pub const FITTED: f64 = 1e-3;
/// A training that has not come there by now is given up.
pub const STEP_LIMIT: u64 = 12_000;

/// Steps that are remembered.
const SCHEDULE: Schedule = Schedule::new(30);

/// How a training ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End {
    /// Every label is fitted.
    Fitted,
    /// At the step limit.
    Limit,
    /// A number of it, or of its twin, gave way.
    Diverged(Breakdown),
}

/// What is measured at a step.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    /// Mean squared error on the labels.
    pub train_loss: f64,
    /// Share of training points on the wrong side of their labels.
    pub train_error: f64,
    /// Share of the flipped labels that are fitted in sign.
    pub flipped_fitted: f64,
    /// Share of test points on the wrong side of their true class.
    pub test_error: f64,
    /// The same for the twin that learns the true labels.
    pub clean_error: f64,
    /// y u for every training point: on the label's side where positive.
    pub margins: Vec<f64>,
    pub noise: Direction,
    pub signal: Direction,
    /// The noise's gain without operators: energy between network and twin at
    /// the test points, over that at the training points. Not a number while
    /// the two are one.
    pub noise_gain: f64,
    /// The signal's: the same for the twin and nothing.
    pub signal_gain: f64,
}

/// The same network and points with no label flipped: the control.
#[derive(Debug)]
struct Twin {
    trainer: Trainer,
    objective: SquaredLoss,
    steps: u64,
    fitted: bool,
}

impl Twin {
    /// One step, unless every label is fitted.
    fn step(&mut self, eta: f64) -> Result<(), TrainingError> {
        if self.fitted {
            return Ok(());
        }
        let report = self.trainer.step(&self.objective, eta, Gate::Off)?;
        self.steps += 1;
        // The report is of the loss before the step: half the mean square.
        self.fitted = 2.0 * report.value <= FITTED;
        Ok(())
    }
}

#[derive(Debug)]
pub struct Training {
    pub dimension: usize,
    /// Coordinates that are computed with: d, or those of the span.
    pub coordinates: usize,
    /// c: the signal part of the labels.
    pub classes: DVector<f64>,
    /// y - c: the noise part.
    pub noise: DVector<f64>,
    labels: DVector<f64>,
    objective: SquaredLoss,
    trainer: Trainer,
    operators: Operators,
    twin: Twin,
    test: MixturePoints,
    /// The initial network at the test points.
    test_origin: DVector<f64>,
    step_size: f64,
    pub step: u64,
    pub end: Option<End>,
    pub records: Vec<Record>,
    /// W and G at a step, once they have been asked for.
    modes: Option<(u64, Modes)>,
}

impl Training {
    /// Draws data and network for one dimension.
    ///
    /// # Errors
    /// A sentence if the network cannot be built.
    pub fn new(setup: &Setup, dimension: usize) -> Result<Self, String> {
        let mut points = stream(setup.seed, Stream::Inputs);
        let mut mixture = Mixture::new(dimension, setup.signal);
        let train = mixture.draw(POINTS, &mut points);
        let labels = train.labels(setup.flips, &mut stream(setup.seed, Stream::Noise));
        let architecture = Architecture {
            inputs: dimension,
            widths: vec![setup.width],
            outputs: 1,
            activation: Activation::Relu,
            parametrisation: Parametrisation::Ntk,
            bias: BIAS,
        };
        let mut weights = stream(setup.weight_seed, Stream::Weights);
        let mut mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
        let mut inputs = train.inputs;
        // Of a test point the network sees its part in the span alone, and an
        // isotropic cloud looks isotropic from any subspace: the rest of the
        // point need not be drawn.
        if let Some(span) = InputSpan::new(&mlp, &inputs) {
            let mean = DMatrix::from_column_slice(dimension, 1, mixture.mean.as_slice());
            mixture = Mixture {
                mean: span.coordinates(&mean).column(0).into_owned(),
                deviation: span.scale() * mixture.deviation,
            };
            inputs = span.inputs().clone();
            mlp = span.mlp().clone();
        }
        let test = mixture.draw(TEST_POINTS, &mut points);
        let kernel = train_kernel(&TangentFactors::new(&mlp, &inputs));
        let largest = kernel.symmetric_eigenvalues().max();
        let trainer = |mlp: Mlp| {
            let sampler = BatchSampler::new(POINTS, POINTS, stream(setup.seed, Stream::Batches));
            let mask = stream(setup.seed, Stream::Mask);
            Trainer::new(mlp, inputs.clone(), true, sampler, mask)
        };
        let objective =
            |y: &DVector<f64>| SquaredLoss::new(&DMatrix::from_row_slice(1, POINTS, y.as_slice()));
        let twin = Twin {
            trainer: trainer(mlp.clone()),
            objective: objective(&train.classes),
            steps: 0,
            fitted: false,
        };
        let trainer = trainer(mlp);
        let reached = test.inputs.columns(0, TRANSFER_POINTS).into_owned();
        let mut training = Self {
            dimension,
            coordinates: inputs.nrows(),
            noise: &labels - &train.classes,
            objective: objective(&labels),
            operators: Operators::new(&trainer, &reached, Scheme::Secant, false),
            test_origin: outputs(trainer.mlp(), &test.inputs),
            step_size: STEP_FRACTION * 2.0 * POINTS as f64 / largest,
            classes: train.classes,
            labels,
            trainer,
            twin,
            test,
            step: 0,
            end: None,
            records: Vec::new(),
            modes: None,
        };
        training.remember();
        Ok(training)
    }

    /// The network and its twin, laid open. Inputs are coordinates in the span
    /// where the run computes with those.
    pub fn snapshot(&self) -> Vec<NetworkSnapshot> {
        let labels = |values: &DVector<f64>, meaning| Labels {
            values: DMatrix::from_row_slice(1, POINTS, values.as_slice()),
            meaning,
        };
        let given = labels(&self.labels, "the classes 1 and -1, some of them flipped");
        let classes = labels(&self.classes, "the true classes 1 and -1");
        vec![
            NetworkSnapshot::new("network", self.step, &self.trainer, given),
            NetworkSnapshot::new("twin", self.twin.steps, &self.twin.trainer, classes),
        ]
    }

    /// One step of the network and of its twin.
    pub fn advance(&mut self) {
        if self.end.is_some() {
            return;
        }
        let eta = self.step_size;
        let taken = self
            .operators
            .step(&mut self.trainer, &self.objective, eta, Gate::Off);
        self.step += 1;
        let taken = taken.and_then(|_| self.twin.step(eta));
        let loss = self.residual().norm_squared() / POINTS as f64;
        let broken = match taken {
            Err(error) => Some(error.into()),
            // Every label is 1 or -1, and the network starts at 0.
            Ok(()) => Breakdown::of_loss(loss, 1.0),
        };
        self.end = match broken {
            Some(cause) => Some(End::Diverged(cause)),
            None if loss <= FITTED => Some(End::Fitted),
            None if self.step >= STEP_LIMIT => Some(End::Limit),
            None => None,
        };
        if SCHEDULE.is_due(self.step) || self.end.is_some() {
            self.remember();
        }
    }

    /// U_S - y now.
    fn residual(&self) -> DVector<f64> {
        let now = self.operators.tangents.train.outputs.as_ref() - self.trainer.origin();
        now.transpose().column(0) - &self.labels
    }

    fn remember(&mut self) {
        let record = self.measure();
        self.records.push(record);
    }

    /// What the present step shows. Cost: two forward passes of the test
    /// points.
    pub fn measure(&self) -> Record {
        let residual = self.residual();
        let outputs = &residual + &self.labels;
        let margins = outputs.component_mul(&self.labels);
        let flipped: Vec<f64> = margins
            .iter()
            .zip(self.noise.iter())
            .filter(|(_, noise)| **noise != 0.0)
            .map(|(margin, _)| *margin)
            .collect();
        let operators = &self.operators.integrated;
        let [noise_gain, signal_gain] = self.gains();
        Record {
            step: self.step,
            train_loss: residual.norm_squared() / POINTS as f64,
            train_error: wrong(margins.as_slice()),
            flipped_fitted: 1.0 - wrong(&flipped),
            test_error: self.test_error_of(self.trainer.mlp()),
            clean_error: self.test_error_of(self.twin.trainer.mlp()),
            noise: Direction::of(operators, &self.noise),
            signal: Direction::of(operators, &self.classes),
            noise_gain,
            signal_gain,
            margins: margins.iter().copied().collect(),
        }
    }

    /// Gains of noise and signal, from the network and its twin.
    fn gains(&self) -> [f64; 2] {
        let of = |mlp: &Mlp| {
            let train = outputs(mlp, self.trainer.inputs());
            let origin = self.trainer.origin().transpose();
            [
                train - origin.column(0),
                outputs(mlp, &self.test.inputs) - &self.test_origin,
            ]
        };
        let energy = |v: &DVector<f64>| v.norm_squared() / v.len() as f64;
        let ([train, test], [twin_train, twin_test]) =
            (of(self.trainer.mlp()), of(self.twin.trainer.mlp()));
        [
            energy(&(test - &twin_test)) / energy(&(train - &twin_train)),
            energy(&twin_test) / energy(&twin_train),
        ]
    }

    fn test_error_of(&self, mlp: &Mlp) -> f64 {
        let now = outputs(mlp, &self.test.inputs) - &self.test_origin;
        wrong(now.component_mul(&self.test.classes).as_slice())
    }

    /// W and G now; nothing once they are no longer finite.
    pub fn modes(&mut self) -> Option<&Modes> {
        if self.modes.as_ref().is_none_or(|(at, _)| *at != self.step) {
            let found = Modes::of(&self.operators.integrated, &self.noise).ok()?;
            self.modes = Some((self.step, found));
        }
        self.modes.as_ref().map(|(_, modes)| modes)
    }

    /// |U_Q(T) - U_Q(0) + G g(0)| / |U_Q(T) - U_Q(0)|: how well G describes
    /// what happened at the test points. g(0) = -y/n, as the network starts at 0.
    pub fn test_identity_error(&self) -> f64 {
        let origin = self.test_origin.rows(0, TRANSFER_POINTS);
        let change = self.operators.test_outputs() - origin;
        let foreseen = self.operators.integrated.transfer() * &self.labels / POINTS as f64;
        (&change - foreseen).norm() / change.norm()
    }

    /// Whether a training point's label is flipped.
    pub fn is_flipped(&self, point: usize) -> bool {
        self.noise[point] != 0.0
    }
}

/// The network's outputs, not centred.
fn outputs(mlp: &Mlp, inputs: &DMatrix<f64>) -> DVector<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, inputs);
    DVector::from_column_slice(forward.outputs.as_slice())
}

/// Share of margins below zero; a margin of exactly zero, as at the start,
/// is a guess.
fn wrong(margins: &[f64]) -> f64 {
    let count = |margin: &f64| match margin.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Greater) => 0.0,
        Some(std::cmp::Ordering::Equal) => 0.5,
        _ => 1.0,
    };
    margins.iter().map(count).sum::<f64>() / margins.len() as f64
}
