//! Modular addition without the exhibit: gates, batches and masked decay,
//! which the exhibit does not have.

use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Forward};
use ntk_playground::objective::{CrossEntropy, Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::ModularAddition;
use ntk_playground::training::{
    BatchSampler, Decay, Gate, Optimiser, StepReport, Trainer, TrainingError,
};
use serde::{Deserialize, Serialize};

/// The defaults of the exhibit.
const MODULUS: usize = 23;
const TRAIN_SHARE: f64 = 0.5;
const WIDTH: usize = 128;
const INIT: f64 = 0.4;
const ADAM: Optimiser = Optimiser::adam(0.9, 0.99, 1e-8);

/// A batch of all pairs shown.
pub const ALL: usize = usize::MAX;
/// Held-out pairs are asked whenever so many steps have passed.
pub const EVERY: u64 = 5;
/// Share of them that has to be right.
const GROKKED: f64 = 0.95;
/// Share at which most of the way is done.
const MOST: f64 = 0.8;

/// How a network is trained.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Cross-entropy in place of the squared loss.
    pub cross_entropy: bool,
    /// Pairs per step.
    pub batch: usize,
    /// Size of the steps, eta.
    pub step_size: f64,
    /// Decoupled decay: eta times this is what a weight loses at a step.
    pub decay: f64,
    /// Whether the gate holds the decay back too.
    pub decay_masked: bool,
    /// The gate.
    pub gate: Gate,
}

/// How a run ended, at its grok or at its limit.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Ended {
    /// The first step asked at which 95 % of the held-out pairs are right; not
    /// a number if there is none.
    pub grokked: f64,
    /// The same for 80 %.
    pub most: f64,
    /// The gate's mean weight, averaged over the steps taken.
    pub open: f64,
    /// Share of the pairs shown that are right.
    pub shown: f64,
    /// Share of the held-out pairs that are right.
    pub held_out: f64,
}

/// Inputs, and the sums that are right.
struct Questions {
    inputs: DMatrix<f64>,
    sums: Vec<usize>,
}

/// A network in training.
pub struct Learner {
    setting: Setting,
    loss: Box<dyn Objective>,
    trainer: Trainer,
    shown: Questions,
    held_out: Questions,
    forward: Forward,
}

impl Learner {
    /// The network at step 0. The seed draws split, weights, batches and
    /// random masks.
    ///
    /// # Errors
    /// A sentence if the setting cannot be.
    pub fn new(seed: u32, setting: Setting) -> Result<Self, String> {
        let task = ModularAddition::new(MODULUS, TRAIN_SHARE, seed);
        let mlp = task.network(WIDTH, Activation::Square, INIT, seed);
        let [shown, held_out] = [&task.train, &task.test].map(|pairs| Questions {
            inputs: task.inputs(pairs),
            sums: task.sums(pairs),
        });
        let loss: Box<dyn Objective> = match setting.cross_entropy {
            true => {
                Box::new(CrossEntropy::new(MODULUS, shown.sums.clone()).map_err(|e| e.to_string())?)
            }
            false => Box::new(SquaredLoss::new(&task.targets(&shown.sums))),
        };
        let batches = stream(seed, Stream::Batches);
        let sampler = BatchSampler::new(shown.sums.len(), setting.batch, batches);
        let mask = stream(seed, Stream::Mask);
        let inputs = shown.inputs.clone();
        let mut trainer = Trainer::new(
            mlp.map_err(|e| e.to_string())?,
            inputs,
            false,
            sampler,
            mask,
        );
        let decay = Decay::Decoupled {
            rate: setting.decay,
            masked: setting.decay_masked,
        };
        trainer
            .set_optimiser(ADAM.with_decay(decay))
            .map_err(|e| e.to_string())?;
        Ok(Self {
            setting,
            loss,
            trainer,
            shown,
            held_out,
            forward: Forward::new(),
        })
    }

    /// One step; nothing once the loss is no longer a finite number.
    ///
    /// # Errors
    /// A sentence if the gate cannot decide.
    pub fn step(&mut self) -> Result<Option<StepReport>, String> {
        let Setting {
            step_size, gate, ..
        } = self.setting;
        match self.trainer.step(&*self.loss, step_size, gate) {
            Ok(report) => Ok(Some(report)),
            Err(TrainingError::NotFinite(_)) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Shares of the pairs shown and of the held-out pairs that are right.
    pub fn right(&mut self) -> [f64; 2] {
        [
            right(&mut self.forward, &self.trainer, &self.shown),
            self.held_out_right(),
        ]
    }

    fn held_out_right(&mut self) -> f64 {
        right(&mut self.forward, &self.trainer, &self.held_out)
    }

    /// Trains until the network has grokked, at most `limit` steps.
    ///
    /// # Errors
    /// Those of [`Learner::step`].
    pub fn race(mut self, limit: u64) -> Result<Ended, String> {
        let (mut grokked, mut most) = (f64::NAN, f64::NAN);
        let (mut open, mut steps) = (0.0, 0);
        while steps < limit {
            // What has diverged does not come back.
            let Some(report) = self.step()? else { break };
            open += report.active_fraction;
            steps += 1;
            if steps.is_multiple_of(EVERY) {
                let right = self.held_out_right();
                if most.is_nan() && right >= MOST {
                    most = steps as f64;
                }
                if right >= GROKKED {
                    grokked = steps as f64;
                    break;
                }
            }
        }
        let [shown, held_out] = self.right();
        Ok(Ended {
            grokked,
            most,
            open: open / steps as f64,
            shown,
            held_out,
        })
    }
}

/// Share of the questions whose largest output is the right one.
fn right(forward: &mut Forward, trainer: &Trainer, questions: &Questions) -> f64 {
    forward.run(trainer.mlp(), &questions.inputs);
    let said = forward.outputs.column_iter().map(|column| column.imax());
    let right = said.zip(&questions.sums).filter(|(said, sum)| said == *sum);
    right.count() as f64 / questions.sums.len() as f64
}

#[cfg(test)]
mod tests {
    use super::super::{opened, value};
    use super::*;

    /// Long enough to memorise.
    const STEPS: usize = 200;

    /// Otherwise the tables would not be beside the exhibit's.
    #[test]
    fn without_a_gate_a_run_is_the_exhibits_own() -> Result<(), String> {
        for (seed, loss, step_size, decay) in [
            (1, "squared", 0.01, 0.5),
            (3, "squared", 0.003, 1.0),
            (2, "cross-entropy", 0.01, 1.25),
        ] {
            let [number, step, rate] =
                [f64::from(seed), step_size, decay].map(|value| value.to_string());
            let mut session = opened(
                "grokking",
                &[
                    ("seed", &number),
                    ("weight-seed", &number),
                    ("twin", "off"),
                    ("loss", loss),
                    ("learning-rate", &step),
                    ("decay", &rate),
                ],
            )?;
            session.advance(STEPS as u64, || true);
            let chart = session.exhibit().chart("accuracy").ok_or("no chart")?;
            let column = |name: &str| -> Result<Vec<f64>, String> {
                let found = chart.columns.iter().find(|column| column.name == name);
                Ok(found.ok_or_else(|| format!("no {name}"))?.values.clone())
            };
            let mut learner = Learner::new(
                seed,
                Setting {
                    cross_entropy: loss == "cross-entropy",
                    batch: ALL,
                    step_size,
                    decay,
                    decay_masked: false,
                    gate: Gate::Off,
                },
            )?;
            let mut here = vec![learner.right()];
            let mut loss_here = f64::NAN;
            for _ in 0..STEPS {
                loss_here = learner.step()?.ok_or("diverged")?.value;
                here.push(learner.right());
            }
            let there = column("train")?.into_iter().zip(column("held-out")?);
            let mut asked = 0;
            for (step, there) in column("step")?.into_iter().zip(there) {
                let at = here.get(step as usize).ok_or("a later step")?;
                assert_eq!(*at, [there.0, there.1], "{loss}, seed {seed}, step {step}");
                asked += 1;
            }
            let loss_there = value(&session.exhibit().readings(), "train-loss");
            assert_eq!(loss_here, loss_there, "{loss}, seed {seed}");
            // Something was compared: the pairs shown are memorised, the answers move.
            let moves = here.windows(2).filter(|pair| pair[0][1] != pair[1][1]);
            let (moves, end) = (moves.count(), here[STEPS]);
            assert!(
                asked > 50 && moves > 20 && end[0] == 1.0,
                "{loss}, seed {seed}: {asked} asked, {moves} moves, {end:?} at the end"
            );
        }
        Ok(())
    }
}
