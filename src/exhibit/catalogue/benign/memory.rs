//! What trainings of a session came to, for the picture of gain against d.
//!
//! Only ends of trainings that differ from the present ones in d alone are
//! shown. Those of earlier runs are no part of a link: a link reproduces its own run.

use super::knobs::Setup;
use super::observation::Record;

/// What a training came to.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub dimension: usize,
    pub last: Record,
    pub noise_in_reservoir: f64,
}

/// The last end at every dimension, with its settings.
#[derive(Debug, Default)]
pub struct Memory {
    ended: Vec<(Setup, Outcome)>,
}

impl Memory {
    /// Takes in the end of a training, in place of an earlier one like it.
    pub fn keep(&mut self, setup: &Setup, outcome: &Outcome) {
        self.ended.retain(|(other, earlier)| {
            !(setup.is_comparable(other) && earlier.dimension == outcome.dimension)
        });
        self.ended.push((setup.clone(), outcome.clone()));
    }

    /// All ends to show beside a run, its own included, by ascending d.
    pub fn comparable(&self, setup: &Setup) -> Vec<&Outcome> {
        let shown = self
            .ended
            .iter()
            .filter(|(other, _)| setup.is_comparable(other));
        let mut all: Vec<&Outcome> = shown.map(|(_, outcome)| outcome).collect();
        all.sort_by_key(|outcome| outcome.dimension);
        all
    }
}
