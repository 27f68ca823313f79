//! 1D regression: a known function with noise, y_i = f*(x_i) + noise * z_i
//! with z_i standard normal, or points that somebody brought.

use super::Target;
use super::points::{PointsError, checked};
use crate::random::{Stream, stream};
use nalgebra::DMatrix;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use serde::Serialize;

/// Where the training inputs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inputs {
    /// Evenly from -1 to 1, ends included; a single one at 0.
    Grid,
    /// Uniformly at random in [-1, 1], in ascending order.
    Random,
}

/// What is known besides the data when the data were made here.
///
/// The noise pattern z belongs to the seed: changing the noise level rescales
/// the same pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// f* at the training inputs.
    pub signal: Vec<f64>,
    /// f* at the test inputs.
    pub test_signal: Vec<f64>,
    pattern: Vec<f64>,
}

/// Train and test data of one regression problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// Training inputs in ascending order, 1 x n.
    pub inputs: DMatrix<f64>,
    /// Labels y.
    pub labels: Vec<f64>,
    /// Test inputs: an even grid on [-1, 1], 1 x m; wider where given points
    /// reach further.
    pub test_inputs: DMatrix<f64>,
    /// The true function's values; `None` for given points, of which nobody
    /// knows what is signal and what is noise.
    pub truth: Option<Truth>,
}

/// Number of test points m.
pub const TEST_POINTS: usize = 201;

/// Even from `low` to `high`, ends included; a single one in the middle.
/// Finite wherever both are, however far apart.
fn grid(count: usize, low: f64, high: f64) -> DMatrix<f64> {
    let gap = (count.max(2) - 1) as f64;
    let half = high / 2.0 - low / 2.0;
    DMatrix::from_fn(1, count, |_, i| {
        if count == 1 {
            low + half
        } else {
            (low + half * (2.0 * i as f64 / gap)).min(high)
        }
    })
}

impl Regression {
    /// Draws a problem with `points` >= 1 training points.
    pub fn new(target: Target, inputs: Inputs, points: usize, noise: f64, seed: u32) -> Self {
        let inputs = match inputs {
            Inputs::Grid => grid(points, -1.0, 1.0),
            Inputs::Random => {
                let mut random = stream(seed, Stream::Inputs);
                let mut x = Vec::with_capacity(points);
                for _ in 0..points {
                    let at = 2.0 * random.random::<f64>() - 1.0;
                    // By insertion, as given points are put in order.
                    x.insert(x.partition_point(|&before| before <= at), at);
                }
                DMatrix::from_vec(1, points, x)
            }
        };
        let mut random = stream(seed, Stream::Noise);
        let pattern: Vec<f64> = (0..points)
            .map(|_| StandardNormal.sample(&mut random))
            .collect();
        let test_inputs = grid(TEST_POINTS, -1.0, 1.0);
        let mut problem = Self {
            labels: Vec::new(),
            truth: Some(Truth {
                signal: inputs.iter().map(|&x| target.value(x)).collect(),
                test_signal: test_inputs.iter().map(|&x| target.value(x)).collect(),
                pattern,
            }),
            inputs,
            test_inputs,
        };
        problem.set_noise(noise);
        problem
    }

    /// Takes given points, in any order, several with the same x included.
    /// x is taken as it is: networks learn best where it is of order one.
    ///
    /// # Errors
    /// [`PointsError`]: none, more than 128, unpaired, or not finite, naming
    /// the row.
    pub fn from_points(x: &[f64], y: &[f64]) -> Result<Self, PointsError> {
        let points = checked(x, y)?;
        let low = points.first().map_or(-1.0, |p| p.0.min(-1.0));
        let high = points.last().map_or(1.0, |p| p.0.max(1.0));
        Ok(Self {
            inputs: DMatrix::from_iterator(1, points.len(), points.iter().map(|p| p.0)),
            labels: points.iter().map(|p| p.1).collect(),
            test_inputs: grid(TEST_POINTS, low, high),
            truth: None,
        })
    }

    /// Rescales the noise pattern to another standard deviation. Given points
    /// stay as they are: their noise cannot be told from their signal.
    pub fn set_noise(&mut self, noise: f64) {
        if let Some(truth) = &self.truth {
            let pairs = truth.signal.iter().zip(&truth.pattern);
            self.labels = pairs.map(|(f, z)| f + noise * z).collect();
        }
    }

    /// f* at the training inputs, where it is known.
    pub fn signal(&self) -> Option<&[f64]> {
        self.truth.as_ref().map(|truth| &truth.signal[..])
    }

    /// f* at the test inputs, where it is known.
    pub fn test_signal(&self) -> Option<&[f64]> {
        self.truth.as_ref().map(|truth| &truth.test_signal[..])
    }

    /// eps = y - f*(x) at the training inputs, where f* is known.
    pub fn noise(&self) -> Option<Vec<f64>> {
        let pairs = self.labels.iter().zip(self.signal()?);
        Some(pairs.map(|(y, f)| y - f).collect())
    }
}
