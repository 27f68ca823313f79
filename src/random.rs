//! Random numbers: one seed, several independent streams.
//!
//! ChaCha8 with a stream number per purpose, so that drawing more noise never
//! changes the inputs, and the same seed gives the same bytes on every
//! machine and in every browser.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// The generator used everywhere.
pub type Random = ChaCha8Rng;

/// What a stream of random numbers is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Positions of the inputs.
    Inputs = 1,
    /// Noise of the labels.
    Noise = 2,
    /// Initial weights.
    Weights = 3,
    /// Which examples form a batch.
    Batches = 4,
    /// Which parameters are active under a random mask.
    Mask = 5,
    /// Positions of the test inputs, where they are drawn.
    TestInputs = 6,
    /// Weights of random features.
    Features = 7,
    /// Weights of a teacher network, whose outputs are the labels.
    Teacher = 8,
    /// Choices that a reference policy copies, and the batches in which it does.
    Demonstrations = 9,
    /// Directions that others are compared with.
    Directions = 10,
}

/// The given stream of a seed.
pub fn stream(seed: u32, stream: Stream) -> Random {
    let mut random = Random::seed_from_u64(u64::from(seed));
    random.set_stream(stream as u64);
    random
}
