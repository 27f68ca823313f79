//! Preferences between actions of a contextual bandit:
//!
//! ```text
//! x ~ N(0, I_8),   two different actions a, b of 8, drawn evenly
//! a is preferred to b if r(x)_a > r(x)_b,   r the true reward (`reward`)
//! ```
//!
//! A share of the training pairs is flipped, the worse action preferred; held-out pairs never are. The flips
//! are the first ones in an order of the pairs that belongs to the seed, so that a larger share flips the
//! same pairs and more.
//!
//! Preferences follow the reward without chance: the flips are all the noise there is.

use super::normal;
use super::reward::Reward;
use crate::network::{Forward, Mlp};
use crate::objective::{Comparison, PreferenceError, PreferenceLoss};
use crate::random::{Random, Stream, stream};
use nalgebra::DMatrix;
use rand::RngExt;
use rand::seq::SliceRandom;

/// Coordinates of a state.
pub(super) const STATE: usize = 8;
/// Number of actions.
pub(super) const ACTIONS: usize = 8;
/// Number of held-out states, with a pair each.
const TEST_PAIRS: usize = 1_000;

/// Training and held-out pairs of one bandit.
#[derive(Debug, Clone, PartialEq)]
pub struct Preferences {
    /// Training states, 8 x n.
    pub states: DMatrix<f64>,
    /// A pair for each: the truly better action, then the worse.
    pub pairs: Vec<[usize; 2]>,
    /// Which of them are flipped.
    pub flipped: Vec<bool>,
    /// Held-out states, 8 x 1000.
    pub test_states: DMatrix<f64>,
    /// A pair for each: the better action, then the worse.
    pub test_pairs: Vec<[usize; 2]>,
    /// True rewards of all actions (rows) in the held-out states (columns).
    pub test_rewards: DMatrix<f64>,
    reward: Reward,
    /// Training pairs in the order in which they flip.
    order: Vec<usize>,
    seed: u32,
}

/// States, a pair of actions for each, and all rewards there.
fn drawn(
    count: usize,
    reward: &Reward,
    random: &mut Random,
) -> (DMatrix<f64>, Vec<[usize; 2]>, DMatrix<f64>) {
    let states = normal(STATE, count, random);
    let rewards = reward.at(&states);
    let actions = ACTIONS as u32;
    let pairs = rewards.column_iter().map(|rewards| {
        let one = random.random_range(0..actions);
        let other = (one + random.random_range(1..actions)) % actions;
        let (one, other) = (one as usize, other as usize);
        if rewards[one] > rewards[other] {
            [one, other]
        } else {
            [other, one]
        }
    });
    let pairs = pairs.collect();
    (states, pairs, rewards)
}

impl Preferences {
    /// Draws `pairs` >= 1 training pairs, of which a share `flips` is flipped, and 1000 held-out pairs.
    pub fn new(pairs: usize, flips: f64, seed: u32) -> Self {
        let reward = Reward::new(STATE, ACTIONS, seed);
        let (states, train, _) = drawn(pairs, &reward, &mut stream(seed, Stream::Inputs));
        let mut random = stream(seed, Stream::TestInputs);
        let (test_states, test_pairs, test_rewards) = drawn(TEST_PAIRS, &reward, &mut random);
        let mut order: Vec<usize> = (0..pairs).collect();
        order.shuffle(&mut stream(seed, Stream::Noise));
        let mut task = Self {
            states,
            pairs: train,
            flipped: vec![false; pairs],
            test_states,
            test_pairs,
            test_rewards,
            reward,
            order,
            seed,
        };
        task.set_flips(flips);
        task
    }

    /// Flips another share of the training pairs, to the nearest whole number of them: a share below 0
    /// is none, above 1 all.
    pub fn set_flips(&mut self, share: f64) {
        let count = (share.clamp(0.0, 1.0) * self.order.len() as f64).round() as usize;
        for (place, &pair) in self.order.iter().enumerate() {
            self.flipped[pair] = place < count;
        }
    }

    /// True rewards of all actions (rows) in given states (columns of an 8 x n matrix).
    pub fn rewards(&self, states: &DMatrix<f64>) -> DMatrix<f64> {
        self.reward.at(states)
    }

    /// Reward of the best action, mean over the held-out states: what no policy exceeds.
    pub fn best_reward(&self) -> f64 {
        let best = self.test_rewards.column_iter().map(|rewards| rewards.max());
        best.sum::<f64>() / self.test_rewards.ncols() as f64
    }

    /// The loss on the training pairs, flips included, of policies that are held to `reference`, a network
    /// of 8 inputs and 8 logits.
    ///
    /// # Errors
    /// [`PreferenceError`]: beta, or a reference whose logits are no numbers.
    pub fn loss(&self, reference: &Mlp, beta: f64) -> Result<PreferenceLoss, PreferenceError> {
        let comparisons = comparisons(&self.pairs, &logits(reference, &self.states));
        let mut loss = PreferenceLoss::new(ACTIONS, beta, comparisons)?;
        loss.set_flipped(&self.flipped)?;
        Ok(loss)
    }

    pub(super) fn seed(&self) -> u32 {
        self.seed
    }
}

/// Outputs of a network, one column per state.
pub(super) fn logits(mlp: &Mlp, states: &DMatrix<f64>) -> DMatrix<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, states);
    forward.outputs
}

/// The better action preferred, with the reference's differences.
pub(super) fn comparisons(pairs: &[[usize; 2]], reference: &DMatrix<f64>) -> Vec<Comparison> {
    let columns = pairs.iter().zip(reference.column_iter());
    columns
        .map(|(&[winner, loser], logits)| Comparison {
            winner,
            loser,
            reference: logits[winner] - logits[loser],
        })
        .collect()
}
