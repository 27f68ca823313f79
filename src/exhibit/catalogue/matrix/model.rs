//! Descent on the factors of a product, and its singular values at scheduled steps.
//!
//! ```text
//! X = W_L ... W_1        minimise (1/2) sum over observed (X_ij - M_ij)^2
//! eta = 0.15 / (L |M|^(2 - 2/L))
//! ```
//!
//! with |M| the largest singular value: about the curvature at a solution
//! whose factors share it evenly, so that every depth takes like steps.

use super::knobs::{SIZE, Setup};
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::runner::{Broken, Model, Progress};
use crate::exhibit::{Labels, NetworkSnapshot};
use crate::kernel::effective_rank;
use crate::network::{Activation, Architecture, Forward, Mlp, Parametrisation};
use crate::objective::SquaredLoss;
use crate::random::{Stream, stream};
use crate::task::MatrixCompletion;
use crate::training::{BatchSampler, Gate, Quantity, Trainer, TrainingError};
use nalgebra::DMatrix;
use rand_distr::{Distribution, StandardNormal};

/// A run ends here at the latest.
pub const STEP_LIMIT: u64 = 10_000;

/// eta L |M|^(2 - 2/L).
const STEP_FRACTION: f64 = 0.15;

/// Relative error on the observed entries at which nothing visible is left to do.
const FITTED: f64 = 1e-9;

/// The product at one step.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    /// Descending.
    pub singular_values: Vec<f64>,
    pub effective_rank: f64,
    /// Relative squared errors.
    pub observed_error: f64,
    pub held_out_error: f64,
}

/// What a matrix is judged beside.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Descending.
    pub singular_values: Vec<f64>,
    pub effective_rank: f64,
}

impl Reference {
    fn new(matrix: &DMatrix<f64>) -> Self {
        let singular_values = singular_values(matrix);
        Self {
            effective_rank: effective_rank(&singular_values),
            singular_values,
        }
    }

    /// Sum of the singular values.
    pub fn nuclear_norm(&self) -> f64 {
        self.singular_values.iter().sum()
    }

    /// Root of the sum of their squares.
    pub fn frobenius_norm(&self) -> f64 {
        frobenius(&self.singular_values)
    }
}

pub fn frobenius(singular_values: &[f64]) -> f64 {
    singular_values.iter().map(|s| s * s).sum::<f64>().sqrt()
}

/// Descending. Cost: about 4 n^3.
fn singular_values(matrix: &DMatrix<f64>) -> Vec<f64> {
    let mut values = matrix.singular_values().as_slice().to_vec();
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    values
}

/// The product at the present step.
#[derive(Debug, Clone)]
pub struct Observation {
    /// X.
    pub product: DMatrix<f64>,
    pub record: Record,
}

/// A product of matrices in training.
#[derive(Debug)]
pub struct Product {
    pub problem: MatrixCompletion,
    objective: SquaredLoss,
    trainer: Trainer,
    pub step_size: f64,
    pub truth: Reference,
    /// The solution of least Frobenius norm, which depth 1 finds.
    pub least_norm: Reference,
}

impl Model for Product {
    type Setup = Setup;
    type Observation = Observation;
    type Record = Record;
    type Outcome = ();
    type Memory = ();

    fn start(setup: &Setup, _trial: usize) -> Result<Self, String> {
        let problem = MatrixCompletion::new(SIZE, setup.rank, setup.observed, setup.seed);
        let objective = problem.objective().map_err(|e| e.to_string())?;
        let depth = setup.depth as f64;
        let architecture = Architecture {
            inputs: SIZE,
            widths: vec![SIZE; setup.depth - 1],
            outputs: SIZE,
            activation: Activation::Identity,
            parametrisation: Parametrisation::Standard,
            bias: 0.0,
        };
        let deviation = libm::pow(setup.init_scale, 1.0 / depth) / (SIZE as f64).sqrt();
        let mut random = stream(setup.weight_seed, Stream::Weights);
        let factors: Vec<f64> = (0..architecture.parameter_count())
            .map(|_| -> f64 { StandardNormal.sample(&mut random) })
            .map(|normal| deviation * normal)
            .collect();
        let mlp = Mlp::from_parameters(architecture, factors).map_err(|e| e.to_string())?;
        let trainer = Trainer::new(
            mlp,
            DMatrix::identity(SIZE, SIZE),
            false,
            BatchSampler::new(SIZE, SIZE, stream(setup.seed, Stream::Batches)),
            stream(setup.seed, Stream::Mask),
        );
        let truth = Reference::new(&problem.truth);
        let largest = truth.singular_values[0];
        Ok(Self {
            step_size: STEP_FRACTION / (depth * libm::pow(largest, 2.0 - 2.0 / depth)),
            least_norm: Reference::new(&problem.least_frobenius()),
            truth,
            problem,
            objective,
            trainer,
        })
    }

    fn limit(_setup: &Setup) -> u64 {
        STEP_LIMIT
    }

    fn step(&mut self, _setup: &Setup, _step: u64) -> Result<Progress, Broken> {
        let (objective, eta) = (&self.objective, self.step_size);
        let report = self.trainer.step(objective, eta, Gate::Off)?;
        let energy: f64 = self.objective.targets().iter().map(|m| m * m).sum();
        // Of the step's start, as the report has it.
        let fitted = 2.0 * report.value <= FITTED * energy;
        Ok(match fitted {
            true => Progress::Over(
                "Every observed entry is fitted: no visible change will follow.".into(),
            ),
            false => Progress::On,
        })
    }

    fn measure(&mut self, _setup: &Setup, step: u64) -> Result<Observation, Breakdown> {
        let product = product(&self.trainer);
        if !product.iter().all(|x| x.is_finite()) {
            return Err(TrainingError::NotFinite(Quantity::Output).into());
        }
        let singular_values = singular_values(&product);
        let record = Record {
            step,
            effective_rank: effective_rank(&singular_values),
            singular_values,
            observed_error: self.problem.relative_error(&product, true),
            held_out_error: self.problem.relative_error(&product, false),
        };
        Ok(Observation { product, record })
    }

    fn record(&mut self, _: &Setup, now: &Observation) -> Result<Option<Record>, Breakdown> {
        Ok(Some(now.record.clone()))
    }

    fn outcome(&mut self, _setup: &Setup, _now: &Observation) {}

    /// The factors as the layers of a network.
    fn snapshot(&self, _setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        let entries = self.problem.truth.iter().zip(&self.problem.observed);
        let observed = entries.map(|(entry, seen)| if *seen { *entry } else { f64::NAN });
        let labels = Labels {
            values: DMatrix::from_iterator(SIZE, SIZE, observed),
            meaning: "the matrix, a column for each unit vector; null where an entry is held out",
        };
        let network = NetworkSnapshot::new("product", step, &self.trainer, labels);
        vec![network]
    }
}

/// X: what the network makes of the unit vectors.
fn product(trainer: &Trainer) -> DMatrix<f64> {
    let mut forward = Forward::new();
    forward.run(trainer.mlp(), trainer.inputs());
    forward.outputs
}
