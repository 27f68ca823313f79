//! Losses: convex functions Phi of the stacked outputs U.
//!
//! An objective gives Phi, its gradient g = dPhi/dU and its Hessian B applied
//! to a vector. [`SquaredLoss`] depends on outputs only through linear
//! functionals of one example each ([`Functionals`]): the identity for plain regression,
//! fewer rows where entries are masked. [`PreferenceLoss`] depends on one
//! difference of two outputs of each example. [`CrossEntropy`] takes the outputs
//! themselves, as it ties all classes of an example together.

mod block_hessian;
mod cross_entropy;
mod functionals;
mod preference;
mod squared;

pub use block_hessian::BlockHessian;
pub use cross_entropy::{CrossEntropy, LabelError};
pub use functionals::{FunctionalError, Functionals};
pub use preference::{Comparison, PreferenceError, PreferenceLoss};
pub use squared::SquaredLoss;

use nalgebra::DMatrix;

/// A convex objective, Phi(U) = (1/b) sum over the batch of one term each.
///
/// Outputs come as p x b matrices whose column j belongs to example
/// `batch[j]`; the full batch is `0..n`. Normalised by the batch size, so
/// that the gradient over a batch estimates the gradient over all.
pub trait Objective: std::fmt::Debug {
    /// Number of examples n.
    fn examples(&self) -> usize;

    /// Outputs per example p.
    fn outputs(&self) -> usize;

    /// Phi over the batch, for `outputs` of p x b.
    fn value(&self, outputs: &DMatrix<f64>, batch: &[usize]) -> f64;

    /// Writes g = dPhi/dU into `gradient`; both it and `outputs` are p x b.
    fn gradient(&self, outputs: &DMatrix<f64>, batch: &[usize], gradient: &mut DMatrix<f64>);

    /// Writes B v into `product`, with B = d^2 Phi / dU^2 and v the `direction`;
    /// all three matrices are p x b.
    fn hessian(
        &self,
        outputs: &DMatrix<f64>,
        batch: &[usize],
        direction: &DMatrix<f64>,
        product: &mut DMatrix<f64>,
    );
}
