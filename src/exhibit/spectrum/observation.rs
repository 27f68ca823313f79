//! What is measured of a run at one step.

use super::window::Window;
use crate::exhibit::regression::RegressionRun;
use crate::exhibit::series::Recorded;
use crate::kernel::Modes;
use nalgebra::{DMatrix, DVector};

/// What is kept of an observation.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    /// Mean squared training error.
    pub train: f64,
    /// Mean squared distance to the true function over the test points, where it is known.
    pub test: Option<f64>,
    /// Of K_SS, with the residual's part along each mode.
    pub spectrum: Modes,
}

impl Recorded for Record {
    fn step(&self) -> u64 {
        self.step
    }
}

impl Record {
    /// Number of modes with at least `threshold` times the largest eigenvalue.
    pub fn channel(&self, threshold: f64) -> usize {
        self.spectrum.channel_dimension(threshold)
    }

    /// |c_i|^2 of mode i, counted from 0.
    pub fn energy(&self, i: usize) -> f64 {
        let coefficient = self.spectrum.coefficients[i];
        coefficient * coefficient
    }

    /// Share of the residual's energy outside the channel.
    pub fn reservoir_energy(&self, threshold: f64) -> f64 {
        let outside = self.spectrum.energies().skip(self.channel(threshold));
        outside.sum::<f64>() / self.spectrum.energies().sum::<f64>()
    }

    /// Share of the modes outside the channel.
    pub fn reservoir_dimension(&self, threshold: f64) -> f64 {
        1.0 - self.channel(threshold) as f64 / self.spectrum.len() as f64
    }
}

/// Smallest test error in some records, and its step.
pub fn best_test(records: &[Record]) -> Option<(f64, u64)> {
    let tests = records.iter().filter_map(|r| Some((r.test?, r.step)));
    tests.reduce(|best, next| if next.0 < best.0 { next } else { best })
}

/// Errors that the frozen kernel predicts for one step.
#[derive(Debug, Clone, Copy)]
pub struct Predicted {
    pub step: u64,
    pub train: f64,
    pub test: Option<f64>,
}

/// Everything measured at one step, and what was predicted for it.
#[derive(Debug, Clone)]
pub struct Observation {
    pub record: Record,
    /// r = u - y.
    pub residual: DVector<f64>,
    /// U_Q.
    pub test_outputs: DVector<f64>,
    /// |K_t - K_s| / |K_s| with s the start of the window.
    pub drift: f64,
    pub predicted: Predicted,
    /// U_Q as the frozen kernel predicts it.
    pub predicted_outputs: DVector<f64>,
    /// |c_i|^2 as the frozen kernel predicts them.
    pub predicted_energies: Vec<f64>,
}

impl Observation {
    /// From passes over the data and what comes of them.
    pub fn new(
        base: &RegressionRun,
        window: &Window,
        step: u64,
        spectrum: Modes,
        residual: DVector<f64>,
        test_outputs: DVector<f64>,
    ) -> Self {
        let predicted_outputs = window.frozen.test_outputs();
        Self {
            record: Record {
                step,
                train: residual.norm_squared() / residual.len() as f64,
                test: test_error(base, &test_outputs),
                spectrum,
            },
            residual,
            test_outputs,
            drift: 0.0,
            predicted: Predicted {
                step,
                train: window.frozen.train_error(),
                test: test_error(base, &predicted_outputs),
            },
            predicted_outputs,
            predicted_energies: (window.frozen.coefficients().iter())
                .map(|c| c * c)
                .collect(),
        }
    }
}

/// r = u - y, from the network's outputs at the training inputs.
pub fn residual(base: &RegressionRun, outputs: &DMatrix<f64>) -> DVector<f64> {
    let origin = base.trainer.origin();
    let labels = &base.problem.labels;
    DVector::from_fn(labels.len(), |i, _| outputs[i] - origin[i] - labels[i])
}

/// U_Q, from the network's outputs at the test inputs.
pub fn test_outputs(base: &RegressionRun, outputs: &DMatrix<f64>) -> DVector<f64> {
    outputs.row(0).transpose() - &base.test_origin
}

/// Mean squared distance to the true function over the test points, where it is known.
pub fn test_error(base: &RegressionRun, outputs: &DVector<f64>) -> Option<f64> {
    let truth = base.problem.test_signal()?;
    let squares = outputs.iter().zip(truth).map(|(u, f)| (u - f) * (u - f));
    Some(squares.sum::<f64>() / truth.len() as f64)
}
