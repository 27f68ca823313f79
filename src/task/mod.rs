//! What is learned.

mod completion;
mod mixture;
mod modular_addition;
mod points;
mod poisson;
mod regression;
mod single_index;
mod target;
mod teacher;

pub use completion::MatrixCompletion;
pub use mixture::{Mixture, MixturePoints};
pub use modular_addition::{ModularAddition, Pair};
pub use points::{MOST_POINTS, PointsError};
pub use poisson::Poisson;
pub use regression::{Inputs, Regression, Truth};
pub use single_index::{SingleIndex, Sizes};
pub use target::Target;
pub use teacher::ReluTeacher;
