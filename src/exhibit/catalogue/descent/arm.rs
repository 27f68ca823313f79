//! One width of the sweep, trained twice from the same weights: on the noisy
//! labels y = f + eps, and on the true values f.
//!
//! What the second run lacks is what the noise did:
//!
//! ```text
//! memorised = |u_S(y) - u_S(f)|^2 / n      on the training points
//! reached   = |U_Q(y) - U_Q(f)|^2 / m      on the test points
//! gain      = reached / memorised
//! ```
//!
//! For a model linear in its parameters this is the gain of the noise under
//! the model's own map from labels to predictions. For a network it also holds what the
//! two runs' different paths did.
//!
//! The run on the noisy labels carries its operators as well, so that the same
//! three numbers can be told without a second run: |(I - P) eps|^2 / n,
//! |G eps/n|^2 / m and their ratio ([`Direction`]). P y is what this run did,
//! exactly; P eps is what it would have done to eps under the second
//! moments of Adam, and the active units, that y has made.

use crate::exhibit::catalogue::carried::{Carried, inexact};
use crate::exhibit::catalogue::direction::Direction;
use crate::exhibit::{Labels, NetworkSnapshot};
use crate::kernel::train_kernel;
use crate::network::{Activation, Architecture, Forward, Mlp, Parametrisation, TangentFactors};
use crate::objective::SquaredLoss;
use crate::random::{Stream, stream};
use crate::task::SingleIndex;
use crate::training::{BatchSampler, Gate, Optimiser, Trainer, TrainingError};
use nalgebra::{DMatrix, DVector};

/// Adam as it is usually set.
const ADAM: Optimiser = Optimiser::adam(0.9, 0.999, 1e-8);

/// Multiplier of the hidden biases.
pub const BIAS: f64 = 0.5;

/// A network with one hidden layer of ReLU units in NTK parametrisation; it
/// has (d + 2) w + 1 parameters.
pub fn architecture(inputs: usize, width: usize) -> Architecture {
    Architecture {
        inputs,
        widths: vec![width],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: BIAS,
    }
}

/// What is recorded of one width at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmRecord {
    /// Mean squared error on the noisy labels.
    pub train: f64,
    /// Mean squared distance to the true function over the test points.
    pub test: f64,
    /// The same for the run on labels without noise.
    pub clean: f64,
    /// What the noise changed on the training points, mean square.
    pub memorised: f64,
    /// What the noise changed on the test points, mean square.
    pub reached: f64,
    /// The gain by operators; not a number where they are not carried, or miss
    /// what has happened.
    pub operator_gain: f64,
    /// That over the gain by two runs at the test points that the operators
    /// reach for.
    pub agreement: f64,
    /// What the operators miss of the run on the noisy labels, [`Carried::error`].
    pub operator_error: f64,
}

/// The widest network whose operators are carried, and the test points that they
/// reach for: a step of all widths is to stay within a frame.
pub const WIDEST_CARRIED: usize = 30;
const OPERATOR_POINTS: usize = 60;

/// A network in training.
#[derive(Debug)]
struct Learner {
    trainer: Trainer,
    objective: SquaredLoss,
}

impl Learner {
    fn new(mlp: Mlp, inputs: &DMatrix<f64>, labels: &[f64], seed: u32) -> Result<Self, String> {
        let n = labels.len();
        let sampler = BatchSampler::new(n, n, stream(seed, Stream::Batches));
        let mask = stream(seed, Stream::Mask);
        let mut trainer = Trainer::new(mlp, inputs.clone(), true, sampler, mask);
        trainer.set_optimiser(ADAM).map_err(|e| e.to_string())?;
        let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, n, labels));
        Ok(Self { trainer, objective })
    }

    fn step(&mut self, eta: f64) -> Result<(), TrainingError> {
        self.trainer.step(&self.objective, eta, Gate::Off)?;
        Ok(())
    }

    /// Outputs at `inputs` less `origin`, what the network gave there at first.
    fn outputs(&self, inputs: &DMatrix<f64>, origin: &DMatrix<f64>) -> DMatrix<f64> {
        let mut forward = Forward::new();
        forward.run(self.trainer.mlp(), inputs);
        forward.outputs - origin
    }
}

/// One width and its two runs.
#[derive(Debug)]
pub struct Arm {
    initial: Mlp,
    noisy: Learner,
    /// Of that run, up to [`WIDEST_CARRIED`].
    carried: Option<Carried>,
    /// The run without noise; none where the labels have none.
    clean: Option<Learner>,
    test_origin: DMatrix<f64>,
}

/// Mean squared distance.
pub fn mean_square(a: &[f64], b: &[f64]) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>() / a.len() as f64
}

impl Arm {
    /// Both runs at step 0.
    ///
    /// # Errors
    /// A sentence if the network cannot be built.
    pub fn new(width: usize, data: &SingleIndex, seed: u32) -> Result<Self, String> {
        let architecture = architecture(data.inputs.nrows(), width);
        let mut weights = stream(seed, Stream::Weights);
        let mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
        let mut forward = Forward::new();
        forward.run(&mlp, &data.test_inputs);
        let clean = (data.labels != data.signal)
            .then(|| Learner::new(mlp.clone(), &data.inputs, &data.signal, seed))
            .transpose()?;
        let noisy = Learner::new(mlp.clone(), &data.inputs, &data.labels, seed)?;
        let reached = data.test_inputs.columns(0, OPERATOR_POINTS).into_owned();
        Ok(Self {
            carried: (width <= WIDEST_CARRIED)
                .then(|| Carried::new(&noisy.trainer, &noisy.objective, &reached)),
            noisy,
            initial: mlp,
            clean,
            test_origin: forward.outputs,
        })
    }

    /// One step of both runs. Cost: 12 n P, and about 2 (2 n + m) n P for the operators.
    ///
    /// # Errors
    /// [`TrainingError`] once a run is no longer finite.
    pub fn step(&mut self, eta: f64) -> Result<(), TrainingError> {
        match &mut self.carried {
            Some(carried) => {
                let Learner { trainer, objective } = &mut self.noisy;
                carried.step(trainer, objective, eta)?;
            }
            None => self.noisy.step(eta)?,
        }
        if let Some(clean) = &mut self.clean {
            clean.step(eta)?;
        }
        Ok(())
    }

    /// Measures both runs. Cost: 4 (n + m) P.
    pub fn measure(&self, data: &SingleIndex) -> ArmRecord {
        let both = |learner: &Learner| {
            (
                learner.outputs(&data.inputs, learner.trainer.origin()),
                learner.outputs(&data.test_inputs, &self.test_origin),
            )
        };
        let (train, test) = both(&self.noisy);
        let (train, test) = (train.as_slice(), test.as_slice());
        let error = mean_square(test, &data.test_signal);
        let mut record = ArmRecord {
            train: mean_square(train, &data.labels),
            test: error,
            clean: error,
            memorised: 0.0,
            reached: 0.0,
            operator_gain: f64::NAN,
            agreement: f64::NAN,
            operator_error: f64::NAN,
        };
        if let Some(carried) = &self.carried {
            let Learner { trainer, objective } = &self.noisy;
            record.operator_error = carried.error(trainer, objective);
            if inexact(record.operator_error).is_none() {
                let noise = DVector::from_vec(data.noise());
                record.operator_gain = Direction::of(carried.integrated(), &noise).gain;
            }
        }
        if let Some(clean) = &self.clean {
            let (clean_train, clean_test) = both(clean);
            record.clean = mean_square(clean_test.as_slice(), &data.test_signal);
            record.memorised = mean_square(train, clean_train.as_slice());
            let clean_test = clean_test.as_slice();
            record.reached = mean_square(test, clean_test);
            let there = ..OPERATOR_POINTS;
            let reached = mean_square(&test[there], &clean_test[there]);
            record.agreement = record.operator_gain * record.memorised / reached;
        }
        record
    }

    /// Its networks: the one on the labels, and the one on labels without
    /// noise where there is one.
    pub fn snapshot(&self, width: usize, step: u64, data: &SingleIndex) -> Vec<NetworkSnapshot> {
        let snapshot_of = |name: String, learner: &Learner, values: &[f64], meaning| {
            let values = DMatrix::from_row_slice(1, values.len(), values);
            NetworkSnapshot::new(name, step, &learner.trainer, Labels { values, meaning })
        };
        let name = format!("width {width}");
        let without = format!("{name}, labels without noise");
        let noisy = snapshot_of(
            name,
            &self.noisy,
            &data.labels,
            "the true function and noise",
        );
        let clean = self.clean.as_ref();
        let clean =
            clean.map(|clean| snapshot_of(without, clean, &data.signal, "the true function"));
        std::iter::once(noisy).chain(clean).collect()
    }

    /// The smallest eigenvalue of K_SS at step 0 that is above the numerical
    /// floor n eps lambda_1, as a share of lambda_1: K has rank at most P, so below
    /// the threshold some are zero. Cost: about 4 n^3.
    pub fn smallest_eigenvalue_share(&self) -> f64 {
        let inputs = self.noisy.trainer.inputs();
        let kernel = train_kernel(&TangentFactors::new(&self.initial, inputs));
        let floor = kernel.nrows() as f64 * f64::EPSILON;
        let values = kernel.symmetric_eigenvalues();
        let largest = values.iter().copied().fold(0.0, f64::max);
        values
            .iter()
            .map(|value| value / largest)
            .filter(|share| *share > floor)
            .fold(f64::NAN, f64::min)
    }
}
