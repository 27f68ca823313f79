//! A regression run without an exhibit: what none of them offers.

use nalgebra::DMatrix;
use ntk_playground::exhibit::Schedule;
use ntk_playground::network::{Forward, Mlp};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::Regression;
use ntk_playground::training::{BatchSampler, Gate, Optimiser, Trainer};
use serde::{Deserialize, Serialize};

/// Steps at which the test error is looked at: those that the exhibits remember.
const SCHEDULE: Schedule = Schedule::new(50);

/// How a network is trained on a problem.
#[derive(Debug, Clone)]
pub struct Training {
    /// The network at step 0.
    pub mlp: Mlp,
    /// Whether its outputs at step 0 are subtracted.
    pub centred: bool,
    /// Direction of the steps.
    pub optimiser: Optimiser,
    /// Their size eta.
    pub step_size: f64,
    /// Examples per step.
    pub batch: usize,
    /// Number of steps.
    pub steps: u64,
    /// Seed of batches and random masks.
    pub seed: u32,
    /// The gate.
    pub gate: Gate,
}

/// What a run came to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Ended {
    /// Smallest test error on the way: what a validation set could find.
    pub best: f64,
    /// Its step.
    pub best_step: u64,
    /// Test error at the end.
    pub last: f64,
    /// The gate's mean weight, averaged over all steps.
    pub open: f64,
}

impl Training {
    /// Trains to the end. Test errors are mean squared distances to the true
    /// function at the test points.
    ///
    /// # Errors
    /// A sentence if the problem has no true function or a step fails.
    pub fn on(self, problem: &Regression) -> Result<Ended, String> {
        let truth = problem.test_signal().ok_or("No true function is known.")?;
        let points = problem.labels.len();
        let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, points, &problem.labels));
        let sampler = BatchSampler::new(points, self.batch, stream(self.seed, Stream::Batches));
        let mask = stream(self.seed, Stream::Mask);
        let mut forward = Forward::new();
        forward.run(&self.mlp, &problem.test_inputs);
        let origin = forward.outputs.clone() * f64::from(u8::from(self.centred));
        let inputs = problem.inputs.clone();
        let mut trainer = Trainer::new(self.mlp, inputs, self.centred, sampler, mask);
        trainer
            .set_optimiser(self.optimiser)
            .map_err(|error| error.to_string())?;
        let mut test_error = |mlp: &Mlp| {
            forward.run(mlp, &problem.test_inputs);
            let outputs = &forward.outputs - &origin;
            let squares = outputs.iter().zip(truth).map(|(u, f)| (u - f) * (u - f));
            squares.sum::<f64>() / truth.len() as f64
        };
        let start = test_error(trainer.mlp());
        let mut ended = Ended {
            best: start,
            best_step: 0,
            last: start,
            open: 0.0,
        };
        for step in 1..=self.steps {
            let report = trainer
                .step(&objective, self.step_size, self.gate)
                .map_err(|error| error.to_string())?;
            ended.open += report.active_fraction / self.steps as f64;
            if SCHEDULE.is_due(step) || step == self.steps {
                ended.last = test_error(trainer.mlp());
                if ended.last < ended.best {
                    (ended.best, ended.best_step) = (ended.last, step);
                }
            }
        }
        Ok(ended)
    }
}
