//! A network at one dimension that learns every label, and its control, which learns the
//! same points with no label flipped.

use super::knobs::Setup;
use super::memory::{Memory, Outcome};
use super::observation::{Moved, Observation, Record};
use super::problem::{POINTS, Problem};
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::catalogue::carried::Carried;
use crate::exhibit::runner::{Broken, Model, Progress, State};
use crate::exhibit::{Labels, NetworkSnapshot, Status, text};
use crate::kernel::train_kernel;
use crate::network::{Forward, Mlp, TangentFactors};
use crate::objective::SquaredLoss;
use crate::random::{Stream, stream};
use crate::training::{BatchSampler, Gate, Trainer, TrainingError};
use nalgebra::{DMatrix, DVector};

/// Test points that the transfer operator reaches for; it moves at every step.
const TRANSFER_POINTS: usize = 200;
/// Step size as a share of 2n/lambda_1(K(0)): well inside the stability limit,
/// so that the operators describe the run.
const STEP_FRACTION: f64 = 0.2;
/// Every label is fitted once the mean squared training error is this small.
const FITTED: f64 = 1e-3;
/// A training that has not come there by now is given up.
pub const STEP_LIMIT: u64 = 12_000;

/// The same network and points with no label flipped.
#[derive(Debug)]
struct Control {
    trainer: Trainer,
    objective: SquaredLoss,
    steps: u64,
    fitted: bool,
}

impl Control {
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

/// The network and its control.
#[derive(Debug)]
pub struct Networks {
    pub problem: Problem,
    objective: SquaredLoss,
    trainer: Trainer,
    carried: Carried,
    control: Control,
    /// The initial network at the test points.
    test_origin: DVector<f64>,
    step_size: f64,
}

impl Model for Networks {
    type Setup = Setup;
    type Observation = Observation;
    type Record = Record;
    type Outcome = Outcome;
    type Memory = Memory;

    /// A trial is a dimension.
    fn start(setup: &Setup, trial: usize) -> Result<Self, String> {
        let (problem, mlp) = Problem::new(setup, setup.dimensions()[trial])?;
        let kernel = train_kernel(&TangentFactors::new(&mlp, &problem.inputs));
        let largest = kernel.symmetric_eigenvalues().max();
        let trainer = |mlp: Mlp| {
            let sampler = BatchSampler::new(POINTS, POINTS, stream(setup.seed, Stream::Batches));
            let mask = stream(setup.seed, Stream::Mask);
            Trainer::new(mlp, problem.inputs.clone(), true, sampler, mask)
        };
        let control = Control {
            trainer: trainer(mlp.clone()),
            objective: SquaredLoss::new(&row(&problem.classes)),
            steps: 0,
            fitted: false,
        };
        let trainer = trainer(mlp);
        let reached = problem.test.inputs.columns(0, TRANSFER_POINTS).into_owned();
        let objective = SquaredLoss::new(&row(&problem.labels));
        Ok(Self {
            carried: Carried::new(&trainer, &objective, &reached),
            objective,
            test_origin: outputs(trainer.mlp(), &problem.test.inputs),
            step_size: STEP_FRACTION * 2.0 * POINTS as f64 / largest,
            trainer,
            control,
            problem,
        })
    }

    fn trials(setup: &Setup) -> usize {
        setup.dimensions().len()
    }

    fn limit(_setup: &Setup) -> u64 {
        STEP_LIMIT
    }

    fn step(&mut self, _setup: &Setup, step: u64) -> Result<Progress, Broken> {
        let place = format!("In {} dimensions: ", self.problem.dimension);
        let loss = self.descend().map_err(|broken| broken.at(place))?;
        Ok(match loss <= FITTED {
            true => Progress::Over(format!(
                "Every label is fitted to a mean squared error of {FITTED} at step {}.",
                text::count(step + 1)
            )),
            false => Progress::On,
        })
    }

    fn measure(&mut self, _setup: &Setup, step: u64) -> Result<Observation, Breakdown> {
        let moved = [&self.trainer, &self.control.trainer].map(|of| self.moved(of));
        let operators = self.carried.integrated();
        Ok(Observation::new(step, &self.problem, &moved, operators)?)
    }

    fn record(&mut self, _: &Setup, now: &Observation) -> Result<Option<Record>, Breakdown> {
        Ok(Some(now.record.clone()))
    }

    fn outcome(&mut self, _setup: &Setup, now: &Observation) -> Outcome {
        Outcome {
            dimension: self.problem.dimension,
            last: now.record.clone(),
            noise_in_reservoir: now.modes.noise_in_reservoir(),
        }
    }

    fn at_limit(_setup: &Setup) -> String {
        format!(
            "The run ends at {} steps; not every label is fitted.",
            text::count(STEP_LIMIT)
        )
    }

    fn ending(state: &State<'_, Self>, reason: String) -> String {
        let fitted = outcomes(state).filter(|outcome| outcome.last.train_loss <= FITTED);
        match (state.place.ended, fitted.count()) {
            (1, _) => reason,
            (all, fitted) if fitted == all => {
                format!("All {all} networks have fitted every label.")
            }
            (all, fitted) => format!(
                "{fitted} of {all} networks have fitted every label; the others stopped at {} steps.",
                text::count(STEP_LIMIT)
            ),
        }
    }

    fn remember(memory: &mut Memory, state: &State<'_, Self>) {
        if let Some(outcome) = outcomes(state).last() {
            memory.keep(state.setup, outcome);
        }
    }

    /// The network and its control. Inputs are coordinates in the span where the run
    /// computes with those.
    fn snapshot(&self, _setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        let labels = |values, meaning| Labels {
            values: row(values),
            meaning,
        };
        let given = labels(
            &self.problem.labels,
            "the classes 1 and -1, some of them flipped",
        );
        let classes = labels(&self.problem.classes, "the true classes 1 and -1");
        vec![
            NetworkSnapshot::new("network", step, &self.trainer, given),
            NetworkSnapshot::new("twin", self.control.steps, &self.control.trainer, classes),
        ]
    }
}

impl Networks {
    /// One step of both; the network's mean squared error on the labels after it.
    fn descend(&mut self) -> Result<f64, Broken> {
        let eta = self.step_size;
        let (trainer, objective) = (&mut self.trainer, &self.objective);
        self.carried.step(trainer, objective, eta)?;
        let control = self.control.step(eta);
        control.map_err(|cause| Broken::after(cause.into()))?;
        let now = self.carried.operators.tangents.train.outputs.as_ref() - self.trainer.origin();
        let residual = now.row(0).transpose() - &self.problem.labels;
        let loss = residual.norm_squared() / POINTS as f64;
        // Every label is 1 or -1, and the network starts at 0.
        match Breakdown::of_loss(loss, 1.0) {
            Some(cause) => Err(Broken::after(cause)),
            None => Ok(loss),
        }
    }

    /// How far one of them has moved. Cost: one forward pass of all points.
    fn moved(&self, trainer: &Trainer) -> Moved {
        let origin = trainer.origin().row(0).transpose();
        [
            outputs(trainer.mlp(), trainer.inputs()) - origin,
            outputs(trainer.mlp(), &self.problem.test.inputs) - &self.test_origin,
        ]
    }
}

/// What the trainings of this run came to, in their order.
pub fn outcomes<'a>(state: &State<'a, Networks>) -> impl Iterator<Item = &'a Outcome> {
    let ended = state.ended().iter();
    ended.filter_map(|trial| trial.outcome.as_ref())
}

/// Whether the training of the present dimension has come to its end.
pub fn is_over(state: &State<'_, Networks>) -> bool {
    let ended = state.place.ended == state.trials.len();
    ended || matches!(state.status, Status::Failed(_))
}

/// One row, as objectives take labels.
fn row(values: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_row_slice(1, POINTS, values.as_slice())
}

/// The network's outputs, not centred.
fn outputs(mlp: &Mlp, inputs: &DMatrix<f64>) -> DVector<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, inputs);
    DVector::from_column_slice(forward.outputs.as_slice())
}
