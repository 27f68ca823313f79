//! eta as a function of the step.
//!
//! The cosine schedule of Loshchilov & Hutter (arXiv 1608.03983) without
//! restarts, with a floor f: for t <= T,
//!
//! ```text
//! eta_t = eta (f + (1 - f) (1 + cos(pi t / T)) / 2),   eta_t = f eta for t > T
//! ```

use serde::Serialize;
use std::f64::consts::PI;

/// A step size for every step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum LearningRate {
    /// The same at every step.
    Constant {
        /// eta.
        eta: f64,
    },
    /// From eta at step 0 along half a cosine down to f eta, f the `floor`:
    /// eta (f + (1 - f) (1 + cos(pi t / T)) / 2).
    Cosine {
        /// eta at step 0.
        eta: f64,
        /// T, the step at which the floor is reached; 0 is there at once.
        steps: u64,
        /// Share of eta that is left in the end.
        floor: f64,
    },
}

impl LearningRate {
    /// eta at a step, the first being 0.
    pub fn at(self, step: u64) -> f64 {
        match self {
            LearningRate::Constant { eta } => eta,
            LearningRate::Cosine { eta, steps, floor } if step >= steps => eta * floor,
            LearningRate::Cosine { eta, steps, floor } => {
                let share = 0.5 * (1.0 + libm::cos(PI * step as f64 / steps as f64));
                eta * (floor + (1.0 - floor) * share)
            }
        }
    }
}
