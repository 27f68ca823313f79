//! The reference policy: a network that has copied, for a short while, somebody whose choices are good
//! and not the best,
//!
//! ```text
//! a ~ softmax(r(x)),   cross-entropy on 512 such choices, Adam, 300 steps
//! ```
//!
//! Those states are not the training states of the preferences. It is drawn by two seeds, that of the
//! task for choices and batches and one for the weights, and by nothing else: flips do not change it.

use super::preferences::{ACTIONS, Preferences, STATE};
use super::{normal, policy};
use crate::network::{Activation, Architecture, ArchitectureError, Mlp, Parametrisation};
use crate::objective::{CrossEntropy, LabelError};
use crate::random::{Random, Stream, stream};
use crate::training::{BatchSampler, Gate, Optimiser, OptimiserError, Trainer, TrainingError};
use rand::RngExt;
use thiserror::Error;

/// Choices that are copied.
const CHOICES: usize = 512;
/// Choices in a step.
const BATCH: usize = 32;
/// Number of steps.
const STEPS: u64 = 300;
/// Their size.
const RATE: f64 = 1e-3;
/// Adam as the policies are trained by, too.
const ADAM: Optimiser = Optimiser::adam(0.9, 0.99, 1e-8);
/// Standard deviation of the hidden biases at first.
const BIAS: f64 = 0.1;

/// Why there is no reference policy.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ReferenceError {
    /// A hidden layer without units.
    #[error(transparent)]
    Architecture(#[from] ArchitectureError),
    /// A step failed.
    #[error(transparent)]
    Training(#[from] TrainingError),
    /// A choice is no action.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// Adam's numbers.
    #[error(transparent)]
    Optimiser(#[from] OptimiserError),
}

/// An action by its probability.
fn choice(probabilities: &[f64], random: &mut Random) -> usize {
    let mut left: f64 = random.random();
    for (action, share) in probabilities.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return action;
        }
    }
    probabilities.len() - 1
}

impl Preferences {
    /// Shape of a policy with these hidden layers: ReLU, from 8 coordinates of a state to 8 logits.
    pub fn architecture(widths: &[usize]) -> Architecture {
        Architecture {
            inputs: STATE,
            widths: widths.to_vec(),
            outputs: ACTIONS,
            activation: Activation::Relu,
            parametrisation: Parametrisation::Standard,
            bias: BIAS,
        }
    }

    /// Trains the reference policy. A policy that is to learn from preferences starts as a copy of it.
    /// Cost: 300 steps on 32 states.
    ///
    /// # Errors
    /// [`ReferenceError`], such as for a hidden layer without units.
    pub fn reference(&self, widths: &[usize], weight_seed: u32) -> Result<Mlp, ReferenceError> {
        let mut weights = stream(weight_seed, Stream::Weights);
        let mlp = Mlp::random(Self::architecture(widths), 1.0, &mut weights)?;
        let mut random = stream(self.seed(), Stream::Demonstrations);
        let states = normal(STATE, CHOICES, &mut random);
        let rewards = self.rewards(&states);
        let mut probabilities = [0.0; ACTIONS];
        let choices = rewards.column_iter().map(|rewards| {
            policy::log_probabilities(rewards.iter(), &mut probabilities);
            probabilities.iter_mut().for_each(|p| *p = libm::exp(*p));
            choice(&probabilities, &mut random)
        });
        let copied = CrossEntropy::new(ACTIONS, choices.collect())?;
        let sampler = BatchSampler::new(CHOICES, BATCH, random);
        let masks = stream(self.seed(), Stream::Mask);
        let mut trainer = Trainer::new(mlp, states, false, sampler, masks);
        trainer.set_optimiser(ADAM)?;
        for _ in 0..STEPS {
            trainer.step(&copied, RATE, Gate::Off)?;
        }
        Ok(trainer.mlp().clone())
    }
}
