//! What is learned.

mod modular_addition;
mod points;
mod regression;
mod target;

pub use modular_addition::{ModularAddition, Pair};
pub use points::{MOST_POINTS, PointsError};
pub use regression::{Inputs, Regression, Truth};
pub use target::Target;
