//! A differential equation with few and noisy measurements:
//!
//! ```text
//! u'' = f on [0, 1]              f = -4 pi^2 sin 2 pi x - (pi^2 / 2) sin pi x
//! u* = sin 2 pi x + (1/2) sin pi x
//! y_i = u*(x_i) + noise z_i      z_i standard normal, at n_s sensors
//! L = (1/2) mean over sensors of (u - y)^2
//!   + (lambda/2) mean over collocation points of (u'' - f)^2
//! ```
//!
//! There is no boundary condition: what the sensors have to say beside the
//! equation is the line A + B x that u'' leaves open. Sensors stand uniformly at
//! random, collocation points evenly from 0 to 1 with both ends, a single one
//! in the middle.
//!
//! **What an example is.** Every sensor and every collocation point is one:
//! b = n_s + n_c of them, sensors first, and L = (1/b) sum L_i with
//!
//! ```text
//! L_i = (b / n_s) (1/2) (u - y_i)^2            at a sensor
//! L_i = (b / n_c) (lambda/2) (u'' - f)^2       at a collocation point
//! ```
//!
//! so that a gate compares b gradients of two kinds. A part of the batch
//! keeps these weights, and estimates L without bias.

use super::sin_pi::sin_pi;
use crate::network::{Activation, Architecture, ArchitectureError, Mlp, Parametrisation};
use crate::objective::{FunctionalError, Functionals, SquaredLoss};
use crate::random::{Stream, stream};
use nalgebra::DMatrix;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::PI;

/// Points of the test grid, even on [0, 1] with both ends.
const TEST_POINTS: usize = 101;

/// Rows of the outputs that everything here reads: u, u', u''.
const VALUE: usize = 0;
const SECOND: usize = 2;

/// Sensors and collocation points of one problem.
///
/// Outputs come as 3 x n jets (u, u', u''), one column per point, as
/// [`crate::network::JetForward`] gives them for a network with one output.
#[derive(Debug, Clone, PartialEq)]
pub struct Poisson {
    /// Sensors in ascending order, then collocation points, 1 x (n_s + n_c).
    pub inputs: DMatrix<f64>,
    /// u* at the sensors.
    pub signal: Vec<f64>,
    /// y, what the sensors say.
    pub readings: Vec<f64>,
    /// Where the error is measured, 1 x 101.
    pub test_inputs: DMatrix<f64>,
    pattern: Vec<f64>,
}

/// Even on [0, 1] with both ends; a single one in the middle.
fn grid(count: usize, i: usize) -> f64 {
    match count {
        1 => 0.5,
        _ => i as f64 / (count - 1) as f64,
    }
}

impl Poisson {
    /// Draws `sensors` >= 1 positions and the pattern of their noise, and
    /// puts `collocation` points on a grid.
    ///
    /// For one seed the sensors are the same for any noise and any number of
    /// collocation points.
    pub fn new(sensors: usize, collocation: usize, noise: f64, seed: u32) -> Self {
        let mut random = stream(seed, Stream::Inputs);
        let mut x: Vec<f64> = (0..sensors).map(|_| random.random()).collect();
        x.sort_unstable_by(f64::total_cmp);
        let mut random = stream(seed, Stream::Noise);
        let pattern = (0..sensors)
            .map(|_| StandardNormal.sample(&mut random))
            .collect();
        let signal = x.iter().map(|&x| Self::solution(x)).collect();
        x.extend((0..collocation).map(|i| grid(collocation, i)));
        let mut problem = Self {
            inputs: DMatrix::from_row_slice(1, x.len(), &x),
            signal,
            readings: Vec::new(),
            test_inputs: DMatrix::from_fn(1, TEST_POINTS, |_, i| grid(TEST_POINTS, i)),
            pattern,
        };
        problem.set_noise(noise);
        problem
    }

    /// The network that learns it, at step 0: tanh, 1-32-32-1, in the standard
    /// parametrisation with biases, from Glorot's weights.
    ///
    /// # Errors
    /// None for this shape; those of [`Mlp::glorot`].
    pub fn network(seed: u32) -> Result<Mlp, ArchitectureError> {
        let architecture = Architecture {
            inputs: 1,
            widths: vec![32, 32],
            outputs: 1,
            activation: Activation::Tanh,
            parametrisation: Parametrisation::Standard,
            bias: 1.0,
        };
        Mlp::glorot(architecture, &mut stream(seed, Stream::Weights))
    }

    /// u*(x).
    pub fn solution(x: f64) -> f64 {
        sin_pi(2.0 * x) + 0.5 * sin_pi(x)
    }

    /// f(x) = u*''(x).
    pub fn source(x: f64) -> f64 {
        -PI * PI * (4.0 * sin_pi(2.0 * x) + 0.5 * sin_pi(x))
    }

    /// Rescales the noise pattern to another standard deviation.
    pub fn set_noise(&mut self, noise: f64) {
        let pairs = self.signal.iter().zip(&self.pattern);
        self.readings = pairs.map(|(u, z)| u + noise * z).collect();
    }

    /// n_s.
    pub fn sensor_count(&self) -> usize {
        self.signal.len()
    }

    /// n_c.
    pub fn collocation_count(&self) -> usize {
        self.inputs.ncols() - self.signal.len()
    }

    /// Positions of the sensors, as the first columns of `inputs`.
    pub fn sensors(&self) -> &[f64] {
        &self.inputs.as_slice()[..self.sensor_count()]
    }

    /// The collocation points, as the last columns of `inputs`.
    pub fn collocation(&self) -> &[f64] {
        &self.inputs.as_slice()[self.sensor_count()..]
    }

    /// eps = y - u* at the sensors.
    pub fn noise(&self) -> Vec<f64> {
        let pairs = self.readings.iter().zip(&self.signal);
        pairs.map(|(y, u)| y - u).collect()
    }

    /// y at the sensors, then f at the collocation points: what
    /// [`SquaredLoss::set_targets`] wants after a change of the noise.
    pub fn targets(&self) -> Vec<f64> {
        let source = self.collocation().iter().map(|&x| Self::source(x));
        self.readings.iter().copied().chain(source).collect()
    }

    /// L on jets of the network, lambda = `physics` >= 0.
    ///
    /// # Errors
    /// [`FunctionalError`]: none for a problem that was drawn here.
    pub fn objective(&self, physics: f64) -> Result<SquaredLoss, FunctionalError> {
        let (sensors, collocation) = (self.sensor_count(), self.collocation_count());
        let b = self.inputs.ncols() as f64;
        let mut rows = vec![vec![vec![(VALUE, 1.0)]]; sensors];
        rows.resize(sensors + collocation, vec![vec![(SECOND, 1.0)]]);
        let mut weights = vec![b / sensors as f64; sensors];
        weights.resize(sensors + collocation, b * physics / collocation as f64);
        SquaredLoss::on(Functionals::from_rows(3, &rows)?, self.targets(), weights)
    }

    /// <u - u*, eps> / |eps|^2 over the sensors, of jets at `inputs`: the share
    /// of the sensors' noise that u has memorised. 0 for u*, 1 for u = y, not a
    /// number without noise.
    pub fn memorised(&self, jets: &DMatrix<f64>) -> f64 {
        let noise = self.noise();
        let mut along = 0.0;
        for (i, (eps, signal)) in noise.iter().zip(&self.signal).enumerate() {
            along += eps * (jets[(VALUE, i)] - signal);
        }
        along / noise.iter().map(|eps| eps * eps).sum::<f64>()
    }

    /// sqrt(mean (u - u*)^2), of jets at `test_inputs`.
    pub fn rms_error(&self, jets: &DMatrix<f64>) -> f64 {
        root_mean_square(self.at(jets, VALUE, Self::solution))
    }

    /// u'' - f, of jets at `test_inputs`.
    pub fn residual(&self, jets: &DMatrix<f64>) -> Vec<f64> {
        self.at(jets, SECOND, Self::source).collect()
    }

    /// sqrt(mean (u'' - f)^2), of jets at `test_inputs`.
    pub fn rms_residual(&self, jets: &DMatrix<f64>) -> f64 {
        root_mean_square(self.at(jets, SECOND, Self::source))
    }

    /// A row of the jets less a function, over the test grid.
    fn at<'a>(
        &'a self,
        jets: &'a DMatrix<f64>,
        row: usize,
        exact: fn(f64) -> f64,
    ) -> impl ExactSizeIterator<Item = f64> + 'a {
        let pairs = self.test_inputs.iter().enumerate();
        pairs.map(move |(i, &x)| jets[(row, i)] - exact(x))
    }
}

fn root_mean_square(errors: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = errors.len() as f64;
    (errors.map(|e| e * e).sum::<f64>() / count).sqrt()
}
