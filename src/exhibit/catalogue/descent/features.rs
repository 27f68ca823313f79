//! Random features, the model that the peak is best understood in: the same
//! network with its hidden layer left as it was drawn, u(x) = <phi(x), c>, and c
//! of least norm among those that fit the labels best, in closed form.

use super::arm::{architecture, mean_square};
use crate::kernel::{MinimumNorm, SpectrumError};
use crate::network::{Forward, Mlp};
use crate::random::{Stream, stream};
use crate::task::SingleIndex;
use nalgebra::DVector;

/// Numbers of features as multiples of n: close together near n, where the
/// peak is narrow.
const MULTIPLES: [f64; 14] = [
    0.2,
    0.35,
    0.5,
    2.0 / 3.0,
    0.8,
    0.92,
    1.0,
    1.08,
    1.17,
    4.0 / 3.0,
    5.0 / 3.0,
    2.5,
    4.0,
    10.0,
];

/// More features than this take too long for one step of a page.
const MOST_FEATURES: usize = 600;

/// What N random features do with one problem.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeatureRecord {
    /// N, which is also the number of trained parameters.
    pub size: usize,
    /// Mean squared distance to the true function over the test points.
    pub test: f64,
    /// |Phi^T Phi^+T eps|^2 / n over |eps|^2 / n: the share of the noise that is memorised.
    pub memorised_share: f64,
    /// Noise at the test points over memorised noise, mean squares.
    pub gain: f64,
    /// Smallest eigenvalue above the floor over the largest, of the smaller
    /// Gram matrix.
    pub smallest: f64,
}

/// All numbers of features for n points, ascending.
pub fn sizes(points: usize) -> Vec<usize> {
    let size = |multiple: f64| ((multiple * points as f64).round() as usize).min(MOST_FEATURES);
    let mut sizes: Vec<usize> = MULTIPLES.into_iter().map(size).collect();
    sizes.dedup();
    sizes
}

/// Fits N random features to a problem. Cost: 2 (n + m) d N + 2 n^2 N + 11 n^3.
///
/// # Errors
/// [`SpectrumError`] if a feature is not finite.
pub fn measure(size: usize, data: &SingleIndex, seed: u32) -> Result<FeatureRecord, SpectrumError> {
    let architecture = architecture(data.inputs.nrows(), size);
    let mut weights = stream(seed, Stream::Features);
    let mlp = Mlp::random(architecture, 1.0, &mut weights).expect("every layer has units");
    let mut forward = Forward::new();
    // What enters the output layer are the features.
    forward.run(&mlp, &data.inputs);
    let fit = MinimumNorm::new(forward.activations[1].clone())?;
    forward.run(&mlp, &data.test_inputs);
    let at_test = &forward.activations[1];
    let noise = DVector::from_vec(data.noise());
    let of_labels = fit.coefficients(&DVector::from_column_slice(&data.labels));
    let of_noise = fit.coefficients(&noise);
    let test = mean_square(at_test.tr_mul(&of_labels).as_slice(), &data.test_signal);
    let memorised = fit.features().tr_mul(&of_noise).norm_squared() / noise.len() as f64;
    let reached = at_test.tr_mul(&of_noise).norm_squared() / data.test_signal.len() as f64;
    Ok(FeatureRecord {
        size,
        test,
        memorised_share: memorised * noise.len() as f64 / noise.norm_squared(),
        gain: reached / memorised,
        smallest: fit.smallest_share(),
    })
}
