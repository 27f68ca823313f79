//! Why a run cannot go on: the number that gave way first, and the step.
//!
//! Every step tells of itself whether the numbers it rests on are finite
//! ([`TrainingError`]); a loss that has left for good is a breakdown too, long
//! before it overflows.

use super::text;
use crate::kernel::SpectrumError;
use crate::training::{Quantity, TrainingError};
use thiserror::Error;

/// Loss above this multiple of the start's has left for good: a run that
/// merely bounces off the stability limit stays far below.
const MILLIONFOLD: f64 = 1e6;

/// What gave way.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub(super) enum Breakdown {
    /// A step could not be taken.
    #[error(transparent)]
    Step(#[from] TrainingError),
    /// There is no eigenbasis.
    #[error(transparent)]
    Kernel(#[from] SpectrumError),
    /// The loss is far above anything that comes back.
    #[error("The loss has grown a millionfold.")]
    Grown,
}

impl Breakdown {
    /// Whether a loss, beside the first one, says that the run is lost.
    /// Losses below one are not told apart: a start near zero is no scale.
    pub fn of_loss(loss: f64, first: f64) -> Option<Self> {
        if !loss.is_finite() {
            Some(TrainingError::NotFinite(Quantity::Loss).into())
        } else if loss > MILLIONFOLD * first.max(1.0) {
            Some(Self::Grown)
        } else {
            None
        }
    }

    /// It in two sentences: where, and what.
    pub fn at(&self, step: u64) -> String {
        format!("Training diverged at step {}. {self}", text::count(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_lost_beside_the_first_one() {
        assert_eq!(
            Breakdown::of_loss(1e6, 0.1),
            None,
            "not beside less than one"
        );
        assert_eq!(Breakdown::of_loss(2e6, 0.1), Some(Breakdown::Grown));
        assert_eq!(Breakdown::of_loss(2e6, 5.0), None);
        let infinite = Breakdown::of_loss(f64::INFINITY, 5.0).map(|cause| cause.at(12));
        assert_eq!(
            infinite.as_deref(),
            Some("Training diverged at step 12. The loss is not a finite number.")
        );
    }
}
