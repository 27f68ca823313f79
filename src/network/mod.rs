//! Multilayer perceptrons and the factors of their Jacobian.
//!
//! Layer l maps a to z = s_l W_l a + beta b_l, hidden layers apply an
//! activation, the output layer does not. [`Parametrisation`] gives the scales,
//! [`TangentFactors`] the Jacobian as factors, which makes kernels cheap,
//! [`JetForward`] outputs with their derivatives in the input.

mod activation;
mod architecture;
mod jets;
mod layer_parameters;
mod mlp;
mod one_hot;
mod outputs;
mod passes;
mod segment;
mod span;
mod tangent;

pub use activation::Activation;
pub use architecture::{Architecture, ArchitectureError, LayerShape, Parametrisation};
pub use jets::{JetBackward, JetForward};
pub use layer_parameters::{LayerError, LayerParameters};
pub use mlp::Mlp;
pub use outputs::InputError;
pub(crate) use passes::reshape;
pub use passes::{Backward, Forward};
pub(crate) use segment::{Segment, SegmentForward};
pub use span::InputSpan;
pub use tangent::{TangentFactors, TangentLayer};
