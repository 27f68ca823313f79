//! A regression problem in d dimensions that a network can learn better than
//! its kernel at the start: x ~ N(0, I) and a teacher of two ReLU units,
//!
//! ```text
//! f*(x) = max(0, x_1) - max(0, x_2),    y = f*(x) + noise * z,  z standard normal
//! ```

use crate::random::{Stream, stream};
use nalgebra::{DMatrix, DVectorView};
use rand_distr::{Distribution, StandardNormal};

/// Train and test data of one problem with a two-unit teacher.
#[derive(Debug, Clone, PartialEq)]
pub struct ReluTeacher {
    /// Training inputs, d x n.
    pub inputs: DMatrix<f64>,
    /// Labels y.
    pub labels: Vec<f64>,
    /// Test inputs, d x m.
    pub test_inputs: DMatrix<f64>,
    /// f* at the test inputs.
    pub test_signal: Vec<f64>,
}

/// Number of test points m.
const TEST_POINTS: usize = 200;

fn teacher(x: DVectorView<'_, f64>) -> f64 {
    x[0].max(0.0) - x[1].max(0.0)
}

impl ReluTeacher {
    /// Draws `points` training points in `dimension` >= 2 dimensions, and 200
    /// test points.
    pub fn new(dimension: usize, points: usize, noise: f64, seed: u32) -> Self {
        let mut random = stream(seed, Stream::Inputs);
        let mut normal = |count: usize| {
            DMatrix::from_fn(dimension, count, |_, _| -> f64 {
                StandardNormal.sample(&mut random)
            })
        };
        let (inputs, test_inputs) = (normal(points), normal(TEST_POINTS));
        let mut random = stream(seed, Stream::Noise);
        let labels = inputs.column_iter().map(|x| {
            let z: f64 = StandardNormal.sample(&mut random);
            teacher(x) + noise * z
        });
        Self {
            labels: labels.collect(),
            test_signal: test_inputs.column_iter().map(teacher).collect(),
            inputs,
            test_inputs,
        }
    }
}
