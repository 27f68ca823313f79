//! What is learned.

mod mixture;
mod points;
mod regression;
mod target;

pub use mixture::{Mixture, MixturePoints};
pub use points::{MOST_POINTS, PointsError};
pub use regression::{Inputs, Regression, Truth};
pub use target::Target;
