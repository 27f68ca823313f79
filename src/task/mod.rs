//! What is learned.

mod completion;
mod csv;
mod decimal;
mod mixture;
mod modular_addition;
mod points;
mod poisson;
mod policy;
mod preferences;
mod reference;
mod regression;
mod reward;
mod sin_pi;
mod single_index;
mod target;
mod teacher;
mod three_classes;

pub use completion::MatrixCompletion;
pub use csv::{PointsTextError, read_points, write_points};
pub(crate) use csv::{in_number, shortest};
pub use decimal::decimal;
pub use mixture::{Mixture, MixturePoints};
pub use modular_addition::{ModularAddition, Pair};
pub use points::{LARGEST, MOST_POINTS, PointsError};
pub use poisson::Poisson;
pub use policy::{Judge, Judgement};
pub use preferences::Preferences;
pub use reference::ReferenceError;
pub use regression::{Inputs, Regression, Truth};
pub use single_index::{SingleIndex, Sizes};
pub use target::Target;
pub use teacher::ReluTeacher;
pub use three_classes::{CLASSES, ThreeClasses, class_at, grid};

use crate::random::Random;
use nalgebra::DMatrix;
use rand_distr::{Distribution, StandardNormal};

/// Standard normal entries, drawn column by column.
fn normal(rows: usize, columns: usize, random: &mut Random) -> DMatrix<f64> {
    DMatrix::from_fn(rows, columns, |_, _| StandardNormal.sample(random))
}
