//! m in [0, 1]^P: the gate's weights at a step.
//!
//! A mask follows from a gate and its moments: those of the batch, or the
//! streaming ones. Cost: O(P), no allocation after the first.

use super::{Gate, GateError, GradientMoments, StreamingMoments};
use crate::random::Random;
use rand::seq::index::sample;

/// The gate's weights at a step.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mask {
    /// m_k in [0, 1], one per parameter.
    pub weights: Vec<f64>,
    /// Number of parameters with m_k > 0, which the step can move.
    pub open: usize,
    /// (1/P) sum_k m_k: the fraction of active parameters where weights are 0
    /// or 1. 0 for no parameters.
    pub active_fraction: f64,
}

impl Mask {
    /// Weighs every parameter by the moments of a batch.
    ///
    /// For [`Gate::Random`] these are the weights of [`Gate::Hard`], still to
    /// be scattered; for [`Gate::Off`], ones. For a streaming gate, whose
    /// moments are others, the weights of its batch form.
    ///
    /// # Errors
    /// [`GateError::BatchOfOne`]; the mask is then unchanged.
    pub fn decide(&mut self, gate: Gate, moments: &GradientMoments) -> Result<(), GateError> {
        let b = moments.batch as f64;
        if gate != Gate::Off && moments.batch < 2 {
            return Err(GateError::BatchOfOne);
        }
        let pairs = moments.mean.iter().zip(&moments.mean_square);
        self.fill(pairs.map(|(mean, square)| match gate.weighting() {
            Some(weighting) => weighting.of_batch(b, *mean, *square),
            None => 1.0,
        }));
        Ok(())
    }

    /// Weighs every parameter by m^2 and s; ones for [`Gate::Off`].
    pub fn decide_streaming(&mut self, gate: Gate, moments: &StreamingMoments) {
        self.fill(
            moments
                .estimates()
                .map(|(mean, noise)| match gate.weighting() {
                    Some(weighting) => weighting.of_estimates(mean * mean, noise),
                    None => 1.0,
                }),
        );
    }

    /// Weight 1 for `open` of `parameters`, drawn at random, and 0 for the rest.
    pub fn scatter(&mut self, parameters: usize, open: usize, random: &mut Random) {
        self.weights.clear();
        self.weights.resize(parameters, 0.0);
        for k in sample(random, parameters, open.min(parameters)) {
            self.weights[k] = 1.0;
        }
        self.count();
    }

    fn fill(&mut self, weights: impl Iterator<Item = f64>) {
        self.weights.clear();
        self.weights.extend(weights);
        self.count();
    }

    fn count(&mut self) {
        self.open = self.weights.iter().filter(|w| **w > 0.0).count();
        let sum: f64 = self.weights.iter().sum();
        self.active_fraction = sum / self.weights.len().max(1) as f64;
    }
}
