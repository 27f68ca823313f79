//! The empirical neural tangent kernel and what follows from it.
//!
//! K_SS = J_S J_S^T ([`train_kernel`]) is how a gradient step at one training
//! point moves the prediction at another; K_QS = J_Q J_S^T ([`cross_kernel`]),
//! how it moves a test point. Both are contractions of
//! [`crate::network::TangentFactors`]. [`Spectrum`] decomposes K_SS,
//! [`FrozenKernel`] predicts training for a constant one, [`IntegratedKernel`]
//! follows one that changes.

mod alignment;
mod averaged;
mod bound;
mod contraction;
mod defect;
mod diagonal;
mod effective_rank;
mod frozen;
mod integrated;
mod jacobian;
mod leading;
mod masked;
mod mean_jacobian;
mod minimum_norm;
mod offset;
mod order;
mod refinement;
mod scheme;
mod shallow;
mod spectrum;
mod step;
mod subspace;
mod tridiagonal;

pub use alignment::{AlignmentError, alignment, centred_alignment};
pub use bound::{TestNodes, TransferBound};
pub use contraction::{cross_kernel, cross_trace_kernel, trace_kernel, train_kernel};
pub use defect::Defects;
pub use effective_rank::effective_rank;
pub use frozen::{FrozenKernel, FrozenState, Prediction};
pub use integrated::IntegratedKernel;
pub use leading::{LeadingModes, eigenspace_overlap};
pub use masked::masked_cross_kernel;
pub use minimum_norm::MinimumNorm;
pub use offset::Offset;
pub use order::{half_times, rank_correlation};
pub use scheme::{Quadrature, Scheme};
pub use shallow::shallow_trace_kernel;
pub use spectrum::{Modes, Spectrum, SpectrumError};
pub use step::{ParameterUpdate, TakenStep, Tangents};
pub use tridiagonal::Tridiagonal;
