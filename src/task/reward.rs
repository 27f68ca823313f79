//! A reward that nobody is told: a random network of one hidden layer,
//!
//! ```text
//! r(x) = c W_2 tanh(W_1 x),    W_1 ~ N(0, 1/(2d)),  W_2 ~ N(0, 1)
//! ```
//!
//! with c such that rewards have mean square 1 over the actions and x ~ N(0, I). Their mean is 0 for every
//! action, as tanh is odd and x symmetric. Preactivations have variance 1/2: tanh bends, and rarely
//! saturates.

use super::normal;
use crate::random::{Stream, stream};
use nalgebra::DMatrix;

/// Hidden units.
const UNITS: usize = 32;
/// States over which the mean square is taken.
const SAMPLE: usize = 2_048;

/// The true rewards of a set of actions in every state.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reward {
    /// W_1, units x d.
    first: DMatrix<f64>,
    /// c W_2, actions x units.
    second: DMatrix<f64>,
}

impl Reward {
    pub fn new(dimension: usize, actions: usize, seed: u32) -> Self {
        let mut random = stream(seed, Stream::Teacher);
        let deviation = (0.5 / dimension as f64).sqrt();
        let mut reward = Self {
            first: normal(UNITS, dimension, &mut random) * deviation,
            second: normal(actions, UNITS, &mut random),
        };
        let sample = reward.at(&normal(dimension, SAMPLE, &mut random));
        reward.second /= (sample.norm_squared() / sample.len() as f64).sqrt();
        reward
    }

    /// r of every action (rows) in every state (columns of a d x n matrix).
    pub fn at(&self, states: &DMatrix<f64>) -> DMatrix<f64> {
        let mut hidden = &self.first * states;
        hidden.apply(|z| *z = libm::tanh(*z));
        &self.second * hidden
    }
}
