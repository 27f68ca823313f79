//! The data of a run, from either source.

use super::knobs::{Data, Setup};
use crate::task::{Inputs, Regression, ReluTeacher, Target};
use nalgebra::{DMatrix, DVector};

/// Train and test data in d dimensions.
#[derive(Debug, Clone)]
pub struct Problem {
    /// d x n.
    pub inputs: DMatrix<f64>,
    pub labels: DVector<f64>,
    /// d x m.
    pub test_inputs: DMatrix<f64>,
    pub test_signal: DVector<f64>,
}

impl Problem {
    pub fn new(setup: &Setup) -> Self {
        let points = setup.data.points();
        match setup.data {
            Data::Teacher => {
                let drawn =
                    ReluTeacher::new(setup.data.dimension(), points, setup.noise, setup.seed);
                Self {
                    inputs: drawn.inputs,
                    labels: drawn.labels.into(),
                    test_inputs: drawn.test_inputs,
                    test_signal: drawn.test_signal.into(),
                }
            }
            Data::Line => {
                let drawn = Regression::new(
                    Target::TwoFrequency,
                    Inputs::Random,
                    points,
                    setup.noise,
                    setup.seed,
                );
                let signal = drawn.test_signal().unwrap_or_default().to_vec();
                Self {
                    test_signal: signal.into(),
                    labels: drawn.labels.into(),
                    inputs: drawn.inputs,
                    test_inputs: drawn.test_inputs,
                }
            }
        }
    }

    /// Squared error on the test points, over the true function's energy.
    pub fn test_error(&self, outputs: &DVector<f64>) -> f64 {
        (outputs - &self.test_signal).norm_squared() / self.test_signal.norm_squared()
    }

    /// |r|^2 over the labels' energy.
    pub fn train_error(&self, residual: &DVector<f64>) -> f64 {
        residual.norm_squared() / self.labels.norm_squared()
    }
}
