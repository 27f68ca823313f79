//! What is learned.

mod points;
mod regression;
mod single_index;
mod target;

pub use points::{MOST_POINTS, PointsError};
pub use regression::{Inputs, Regression, Truth};
pub use single_index::{SingleIndex, Sizes};
pub use target::Target;
