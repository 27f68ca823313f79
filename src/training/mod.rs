//! Training steps: a batch, the gradient over it, the gate's mask, the
//! optimiser's direction, the update.
//!
//! One mechanism serves every combination, w <- w - eta (mask o d + decay):
//! [`Gate`] gives the mask, [`Optimiser`] d and the decay, [`LearningRate`] eta.
//! [`Pass`] gives what the objective takes: the outputs, or their derivatives in
//! the input as well. [`Trainer`] takes the steps.

mod adam;
mod batch;
mod failure;
mod gate;
mod gradient;
mod jets;
// Not in the page's first module, which has no use for it.
#[cfg(any(feature = "all-exhibits", not(target_arch = "wasm32")))]
mod linear_form;
mod mask;
mod moments;
mod momentum;
#[cfg(any(feature = "all-exhibits", not(target_arch = "wasm32")))]
mod operators;
mod optimiser;
mod pass;
mod rate;
mod streaming;
mod trainer;
mod update;
mod weighting;

pub use batch::BatchSampler;
pub use failure::{Quantity, TrainingError};
pub use gate::{Gate, GateError};
pub use gradient::gradient;
pub use jets::JetPass;
pub use mask::Mask;
pub use moments::GradientMoments;
#[cfg(any(feature = "all-exhibits", not(target_arch = "wasm32")))]
pub use operators::{IntegrationError, Operators};
pub use optimiser::{Decay, Optimiser, OptimiserError, Rule};
pub use pass::{Pass, PlainPass};
pub use rate::LearningRate;
pub use streaming::StreamingMoments;
pub use trainer::{StepReport, Trainer};
