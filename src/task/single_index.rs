//! A single-index problem: y_i = g(x_i1) + noise * z_i with inputs x_i ~ N(0, I_d),
//! of which only the first coordinate matters, and z_i standard normal.

use crate::random::{Stream, stream};
use nalgebra::DMatrix;
use rand_distr::{Distribution, StandardNormal};

/// Train and test data of one single-index problem.
///
/// Inputs and noise are drawn one example after the other: fewer points are
/// the first of more, and another noise level rescales the same pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct SingleIndex {
    /// Training inputs, d x n.
    pub inputs: DMatrix<f64>,
    /// g(x_1) at the training inputs.
    pub signal: Vec<f64>,
    /// Labels y.
    pub labels: Vec<f64>,
    /// Test inputs from the same distribution, d x m.
    pub test_inputs: DMatrix<f64>,
    /// g(x_1) at the test inputs.
    pub test_signal: Vec<f64>,
}

/// The shape of a [`SingleIndex`] problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Dimension d >= 1 of an input.
    pub dimension: usize,
    /// Training points n.
    pub points: usize,
    /// Test points m.
    pub test_points: usize,
}

impl SingleIndex {
    /// Draws a problem with the true function g. Cost: (n + m) d normals.
    pub fn new(sizes: Sizes, g: impl Fn(f64) -> f64, noise: f64, seed: u32) -> Self {
        let normals = |purpose, rows, columns| {
            let mut random = stream(seed, purpose);
            let draws = (0..rows * columns).map(|_| StandardNormal.sample(&mut random));
            DMatrix::from_vec(rows, columns, draws.collect())
        };
        let inputs = normals(Stream::Inputs, sizes.dimension, sizes.points);
        let test_inputs = normals(Stream::TestInputs, sizes.dimension, sizes.test_points);
        let pattern = normals(Stream::Noise, 1, sizes.points);
        let at =
            |inputs: &DMatrix<f64>| -> Vec<f64> { inputs.row(0).iter().map(|&x| g(x)).collect() };
        let signal = at(&inputs);
        Self {
            labels: signal
                .iter()
                .zip(&pattern)
                .map(|(f, z)| f + noise * z)
                .collect(),
            test_signal: at(&test_inputs),
            signal,
            inputs,
            test_inputs,
        }
    }

    /// eps = y - g(x_1) at the training inputs.
    pub fn noise(&self) -> Vec<f64> {
        let pairs = self.labels.iter().zip(&self.signal);
        pairs.map(|(y, f)| y - f).collect()
    }
}
