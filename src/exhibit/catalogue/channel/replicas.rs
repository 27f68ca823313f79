//! Runs that differ in their batches alone, from the window's start on: what of the training
//! outputs' movement is common to all of them, and what is one batch's chance.
//!
//! ```text
//! m_r(t) = <d, U_r(t) - U(s)>          of replica r, along a unit direction d
//! drift = |mean_r m_r|,  diffusion = sd_r m_r
//! ```
//!
//! What accumulates has a drift that grows like t; a random walk has a diffusion that grows
//! like t^(1/2). The directions are those of the signal and of the noise at the training
//! points. Controls: full batches, whose drift is all there is, and the same labels in another order,
//! which have no signal.

use super::knobs::Setup;
use super::problem::Problem;
use crate::network::Forward;
use crate::objective::Objective;
use crate::random::{Stream, stream};
use crate::training::{BatchSampler, Trainer, TrainingError};
use nalgebra::DVector;

/// Runs with other batches.
const REPLICAS: u32 = 16;
/// Their seeds, far from those a person types.
const SEED: u32 = 7_000_000;
/// Seed of the order of the shuffled labels.
const SHUFFLE: u32 = 8_000_000;

/// A kind of movement, over the replicas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Movement {
    /// |mean|.
    pub drift: f64,
    /// Standard deviation.
    pub diffusion: f64,
}

/// What the replicas have moved at a step; not numbers where there are none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moved {
    pub signal: Movement,
    pub noise: Movement,
    /// With shuffled labels, along what these labels ask for.
    pub shuffled: Movement,
    /// What full batches move along signal and noise.
    pub full: [f64; 2],
}

/// Replicas of a run that takes minibatches; none of a run that takes full batches, which
/// would all be the same.
#[derive(Debug)]
pub struct Replicas {
    batches: Vec<Trainer>,
    shuffled: Vec<Trainer>,
    shuffled_labels: Box<dyn Objective>,
    full: Option<Trainer>,
    /// U(s), np.
    start: DVector<f64>,
    /// Of signal, noise and the shuffled labels: unit vectors, np.
    directions: [DVector<f64>; 3],
}

fn outputs(trainer: &Trainer) -> DVector<f64> {
    let mut forward = Forward::new();
    forward.run(trainer.mlp(), trainer.inputs());
    DVector::from_column_slice(forward.outputs.as_slice())
}

impl Replicas {
    /// At the present state. `None` where signal and noise are not known apart or one of
    /// them is 0.
    pub fn new(base: &Problem, setup: &Setup) -> Option<Self> {
        let (trainer, n) = (base.trainer(), base.points());
        let size = trainer.sampler().size();
        let [signal, noise] = base.parts()?;
        if noise.norm() == 0.0 || signal.norm() == 0.0 {
            return None;
        }
        let seed = setup.configuration.seed;
        let count = if trainer.sampler().is_full() {
            0
        } else {
            REPLICAS
        };
        let replicas = |first: u32, size: usize| {
            let replica = move |k: u32| {
                let seed = seed.wrapping_add(first + k);
                let sampler = BatchSampler::new(n, size, stream(seed, Stream::Batches));
                trainer.replica(sampler, stream(seed, Stream::Mask))
            };
            (0..count).map(replica)
        };
        let shuffled_labels = base.shuffled(&mut stream(seed.wrapping_add(SHUFFLE), Stream::Noise));
        let outputs_now = outputs(trainer);
        let centred = &outputs_now - DVector::from_column_slice(trainer.origin().as_slice());
        let centred = nalgebra::DMatrix::from_column_slice(base.outputs(), n, centred.as_slice());
        let all: Vec<usize> = (0..n).collect();
        let mut asked = centred.clone();
        shuffled_labels.gradient(&centred, &all, &mut asked);
        let asked = -DVector::from_column_slice(asked.as_slice());
        Some(Self {
            batches: replicas(SEED, size).collect(),
            shuffled: replicas(SEED, size).collect(),
            full: replicas(SEED, n).next(),
            shuffled_labels,
            start: outputs_now,
            directions: [signal, noise, asked].map(|v| v.normalize()),
        })
    }

    /// One step of each. Cost: that of 33 steps of training.
    ///
    /// # Errors
    /// [`TrainingError`] of the first that cannot take it.
    pub fn step(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        setup: &Setup,
    ) -> Result<(), TrainingError> {
        for trainer in self.batches.iter_mut().chain(&mut self.full) {
            trainer.step(objective, eta, setup.gate)?;
        }
        for trainer in &mut self.shuffled {
            trainer.step(&*self.shuffled_labels, eta, setup.gate)?;
        }
        Ok(())
    }

    /// What they have moved so far, beside the run itself. Cost: 33 forward passes.
    pub fn moved(&self, run: &Trainer) -> Moved {
        let [signal, noise, asked] = &self.directions;
        let along = |trainer: &Trainer, d: &DVector<f64>| d.dot(&(outputs(trainer) - &self.start));
        let movement = |trainers: &[Trainer], d: &DVector<f64>| {
            let count = trainers.len() as f64;
            if trainers.is_empty() {
                return Movement {
                    drift: f64::NAN,
                    diffusion: f64::NAN,
                };
            }
            let moved: Vec<f64> = trainers.iter().map(|trainer| along(trainer, d)).collect();
            let mean = moved.iter().sum::<f64>() / count;
            let squares = moved.iter().map(|m| (m - mean) * (m - mean));
            Movement {
                drift: mean.abs(),
                diffusion: (squares.sum::<f64>() / (count - 1.0)).sqrt(),
            }
        };
        Moved {
            signal: movement(&self.batches, signal),
            noise: movement(&self.batches, noise),
            shuffled: movement(&self.shuffled, asked),
            full: [signal, noise].map(|d| along(self.full.as_ref().unwrap_or(run), d).abs()),
        }
    }
}

/// The exponent of a power law through points `[step, value]`, by least squares of the
/// logarithms. Not a number for fewer than three points above 0.
pub fn exponent(points: impl Iterator<Item = [f64; 2]>) -> f64 {
    let logs = points.filter(|p| p[0] > 0.0 && p[1] > 0.0);
    let logs: Vec<[f64; 2]> = logs.map(|p| p.map(libm::log)).collect();
    let count = logs.len() as f64;
    if logs.len() < 3 {
        return f64::NAN;
    }
    let [x, y] = [0, 1].map(|axis| logs.iter().map(|p| p[axis]).sum::<f64>() / count);
    let (mut along, mut both) = (0.0, 0.0);
    for p in &logs {
        along += (p[0] - x) * (p[0] - x);
        both += (p[0] - x) * (p[1] - y);
    }
    both / along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_law_has_its_exponent() {
        for power in [0.5, 1.0, 2.0] {
            let points = (1..9).map(|t| [f64::from(t), 3.0 * f64::from(t).powf(power)]);
            assert!((exponent(points) - power).abs() < 1e-12);
        }
        assert!(exponent([[1.0, 1.0], [2.0, 2.0]].into_iter()).is_nan());
    }
}
