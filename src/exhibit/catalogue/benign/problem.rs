//! Two classes in many dimensions, some of their labels flipped, and the network that
//! learns them.

use super::knobs::Setup;
use crate::network::{Activation, Architecture, InputSpan, Mlp, Parametrisation};
use crate::random::{Stream, stream};
use crate::task::{Mixture, MixturePoints};
use nalgebra::{DMatrix, DVector};

/// Number of training points n.
pub const POINTS: usize = 40;
/// Test points at which errors are counted.
const TEST_POINTS: usize = 500;
/// beta: a small bias, since the classes are opposite.
const BIAS: f64 = 0.1;

/// The data at one dimension.
#[derive(Debug)]
pub struct Problem {
    /// d.
    pub dimension: usize,
    /// One column per training point: its d coordinates, or those in the span.
    pub inputs: DMatrix<f64>,
    /// c: the signal part of the labels.
    pub classes: DVector<f64>,
    /// y.
    pub labels: DVector<f64>,
    /// y - c: the noise part.
    pub noise: DVector<f64>,
    pub test: MixturePoints,
}

impl Problem {
    /// Draws data and network for one dimension.
    ///
    /// # Errors
    /// A sentence if the network cannot be built.
    pub fn new(setup: &Setup, dimension: usize) -> Result<(Self, Mlp), String> {
        let mut points = stream(setup.seed, Stream::Inputs);
        let mut mixture = Mixture::new(dimension, setup.signal);
        let train = mixture.draw(POINTS, &mut points);
        let labels = train.labels(setup.flips, &mut stream(setup.seed, Stream::Noise));
        let architecture = Architecture {
            inputs: dimension,
            widths: vec![setup.width],
            outputs: 1,
            activation: Activation::Relu,
            parametrisation: Parametrisation::Ntk,
            bias: BIAS,
        };
        let mut weights = stream(setup.weight_seed, Stream::Weights);
        let mut mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
        let mut inputs = train.inputs;
        // Of a test point the network sees its part in the span alone, and an
        // isotropic cloud looks isotropic from any subspace: the rest of the
        // point need not be drawn.
        if let Some(span) = InputSpan::new(&mlp, &inputs) {
            let mean = DMatrix::from_column_slice(dimension, 1, mixture.mean.as_slice());
            mixture = Mixture {
                mean: span.coordinates(&mean).column(0).into_owned(),
                deviation: span.scale() * mixture.deviation,
            };
            inputs = span.inputs().clone();
            mlp = span.mlp().clone();
        }
        let problem = Self {
            dimension,
            inputs,
            noise: &labels - &train.classes,
            classes: train.classes,
            labels,
            test: mixture.draw(TEST_POINTS, &mut points),
        };
        Ok((problem, mlp))
    }

    /// Whether a training point's label is flipped.
    pub fn is_flipped(&self, point: usize) -> bool {
        self.noise[point] != 0.0
    }

    /// Number of flipped labels.
    pub fn flips(&self) -> usize {
        (0..POINTS).filter(|&point| self.is_flipped(point)).count()
    }
}
