//! The run behind the matrix exhibit: descent on the factors of a product,
//! and its singular values at scheduled steps.
//!
//! ```text
//! X = W_L ... W_1        minimise (1/2) sum over the seen (X_ij - M_ij)^2
//! eta = 0.15 / (L |M|^(2 - 2/L))
//! ```
//!
//! with |M| the largest singular value: about the curvature at a solution
//! whose factors share it evenly, so that every depth takes like steps.

use super::knobs::{SIZE, Setup};
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::{Labels, NetworkSnapshot, Schedule, Status, words};
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

/// Relative error on the seen entries at which nothing visible is left to do.
const FITTED: f64 = 1e-9;

/// Steps that are remembered.
const SCHEDULE: Schedule = Schedule::new(50);

/// The product at one step.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    /// Descending.
    pub singular_values: Vec<f64>,
    pub effective_rank: f64,
    /// Relative squared errors.
    pub seen_error: f64,
    pub unseen_error: f64,
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

#[derive(Debug)]
pub struct Run {
    pub setup: Setup,
    pub problem: MatrixCompletion,
    objective: SquaredLoss,
    trainer: Trainer,
    pub step_size: f64,
    pub truth: Reference,
    /// The solution of least Frobenius norm, which depth 1 finds.
    pub least_norm: Reference,
    pub step: u64,
    pub status: Status,
    pub records: Vec<Record>,
    /// X at the step of `now`.
    pub product: DMatrix<f64>,
    pub now: Record,
}

impl Run {
    pub fn new(setup: Setup) -> Result<Self, String> {
        let problem = MatrixCompletion::new(SIZE, setup.rank, setup.seen, setup.seed);
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
        let product = product(&trainer);
        let now = measure(&problem, &product, 0);
        Ok(Self {
            step_size: STEP_FRACTION / (depth * libm::pow(largest, 2.0 - 2.0 / depth)),
            least_norm: Reference::new(&problem.least_frobenius()),
            truth,
            records: vec![now.clone()],
            now,
            product,
            setup,
            problem,
            objective,
            trainer,
            step: 0,
            status: Status::Ready,
        })
    }

    /// The factors as the layers of a network, laid open.
    pub fn snapshot(&self) -> NetworkSnapshot {
        let (truth, seen) = (&self.problem.truth, &self.problem.seen);
        let seen = truth.iter().zip(seen);
        let seen = seen.map(|(entry, seen)| if *seen { *entry } else { f64::NAN });
        let labels = Labels {
            values: DMatrix::from_iterator(SIZE, SIZE, seen),
            meaning: "the matrix, a column for each unit vector; null where an entry is not seen",
        };
        NetworkSnapshot::new("product", self.step, &self.trainer, labels)
    }

    /// Brings `product` and `now` up to the present step.
    fn look(&mut self) {
        let product = product(&self.trainer);
        if !product.iter().all(|x| x.is_finite()) {
            return self.fail(TrainingError::NotFinite(Quantity::Output).into());
        }
        self.product = product;
        self.now = measure(&self.problem, &self.product, self.step);
    }

    /// The product at the present step, measured when first asked for.
    pub fn observe(&mut self) -> &Record {
        if self.now.step != self.step && !matches!(self.status, Status::Failed(_)) {
            self.look();
        }
        &self.now
    }

    /// One step.
    pub fn advance(&mut self) {
        if self.status != Status::Ready {
            return;
        }
        let report = match self
            .trainer
            .step(&self.objective, self.step_size, Gate::Off)
        {
            Ok(report) => report,
            Err(error) => {
                // What is seen from now on must not depend on when somebody looked.
                self.observe();
                return self.fail(error.into());
            }
        };
        self.step += 1;
        let energy: f64 = self.objective.targets().iter().map(|m| m * m).sum();
        // Of the step's start, as the report tells it.
        let fitted = 2.0 * report.value <= FITTED * energy;
        let over = fitted || self.step >= STEP_LIMIT;
        if SCHEDULE.is_due(self.step) || over {
            self.look();
            if self.status == Status::Ready {
                self.records.push(self.now.clone());
            }
        }
        if over && self.status == Status::Ready {
            self.status = Status::Finished(if fitted {
                "Every seen entry is fitted: nothing visible will change any more.".into()
            } else {
                format!("The run ends at {} steps.", words::count(STEP_LIMIT))
            });
        }
    }

    fn fail(&mut self, cause: Breakdown) {
        self.status = Status::Failed(format!(
            "{} Choose a smaller init-scale or depth.",
            cause.at(self.step)
        ));
    }

    /// Smallest effective rank at a remembered step, and that step.
    pub fn lowest_rank(&self) -> (f64, u64) {
        let ranks = self.records.iter().map(|r| (r.effective_rank, r.step));
        ranks.fold(
            (f64::INFINITY, 0),
            |low, next| {
                if next.0 < low.0 { next } else { low }
            },
        )
    }
}

/// X: what the network makes of the unit vectors.
fn product(trainer: &Trainer) -> DMatrix<f64> {
    let mut forward = Forward::new();
    forward.run(trainer.mlp(), trainer.inputs());
    forward.outputs
}

fn measure(problem: &MatrixCompletion, product: &DMatrix<f64>, step: u64) -> Record {
    let singular_values = singular_values(product);
    Record {
        step,
        effective_rank: effective_rank(&singular_values),
        singular_values,
        seen_error: problem.relative_error(product, true),
        unseen_error: problem.relative_error(product, false),
    }
}
