//! Which examples a step uses: all of them, or b drawn without replacement
//! anew at each step.

use crate::random::Random;
use rand::seq::index::sample;

/// Draws batches of a fixed size.
#[derive(Debug)]
pub struct BatchSampler {
    examples: usize,
    batch: Vec<usize>,
    random: Random,
}

impl BatchSampler {
    /// Batches of `size` out of `examples`; a size of `examples` or more
    /// means all of them, in order, and a size of 0 means 1.
    pub fn new(examples: usize, size: usize, random: Random) -> Self {
        Self {
            examples,
            batch: (0..size.max(1).min(examples)).collect(),
            random,
        }
    }

    /// Another batch size from the next draw on.
    pub fn resize(&mut self, size: usize) {
        self.batch = (0..size.max(1).min(self.examples)).collect();
    }

    /// Whether every batch holds all examples.
    pub fn is_full(&self) -> bool {
        self.batch.len() == self.examples
    }

    /// The batch size b.
    pub fn size(&self) -> usize {
        self.batch.len()
    }

    /// The batch drawn last, as indices of examples.
    pub fn batch(&self) -> &[usize] {
        &self.batch
    }

    /// The next batch, as indices of examples.
    pub fn draw(&mut self) -> &[usize] {
        if !self.is_full() {
            let drawn = sample(&mut self.random, self.examples, self.batch.len());
            for (to, from) in self.batch.iter_mut().zip(drawn.iter()) {
                *to = from;
            }
        }
        &self.batch
    }
}
