//! What is observed: the empirical neural tangent kernel and what follows
//! from it.
//!
//! K_SS = J_S J_S^T tells how a gradient step at one training point moves the
//! prediction at another; K_QS = J_Q J_S^T, how it moves a test point. Both
//! are contractions of [`crate::network::TangentFactors`].

mod alignment;
mod contraction;
mod frozen;
mod minimum_norm;
mod spectrum;
mod subspace;

pub use alignment::{AlignmentError, alignment, centred_alignment};
pub use contraction::{cross_kernel, cross_trace_kernel, trace_kernel, train_kernel};
pub use frozen::{FrozenKernel, Prediction};
pub use minimum_norm::MinimumNorm;
pub use spectrum::{Spectrum, SpectrumError};
