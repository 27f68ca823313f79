//! Why a step could not be taken: the first number that is not finite.

use super::GateError;
use thiserror::Error;

/// Why a step could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum TrainingError {
    /// The gate cannot decide.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// A number that the step rests on is infinite or not a number.
    #[error("{0} is not a finite number.")]
    NotFinite(Quantity),
}

/// What a step rests on, in the order in which it is computed: the first that
/// is not finite is the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// eta.
    StepSize,
    /// An output of the network, or a derivative of one, at an example.
    Output,
    /// Phi over the batch.
    Loss,
    /// |dL/dw|^2 over the batch.
    Gradient,
    /// eta |dL/dw|, the length of the step.
    Step,
}

pub(super) fn finite(quantity: Quantity, number: f64) -> Result<(), TrainingError> {
    if number.is_finite() {
        Ok(())
    } else {
        Err(TrainingError::NotFinite(quantity))
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::StepSize => "The step size",
            Self::Output => "An output of the network",
            Self::Loss => "The loss",
            Self::Gradient => "The squared gradient",
            Self::Step => "The step, learning rate times gradient,",
        })
    }
}
