//! W = (n/2)(I - P^T P) and G, direction by direction: how far each is learned,
//! and how much of it arrives at the test points.

use crate::kernel::{IntegratedKernel, Spectrum, SpectrumError};
use nalgebra::DVector;

/// Directions of W with at least this share of its largest eigenvalue are the
/// channel, the others the reservoir.
pub const SPLIT: f64 = 0.01;

/// W = (n/2)(I - P^T P) and G, direction by direction.
#[derive(Debug, Clone)]
pub struct Modes {
    /// 2 lambda_j(W) / n, descending: 1 for a direction that is learned.
    pub values: Vec<f64>,
    /// Number of directions in the channel.
    pub channel: usize,
    /// (|G psi_j / n|^2 / m) / (1 / n): energy at the test points per energy
    /// present.
    pub reach: Vec<f64>,
    /// Share of the noise in each direction; not a number without noise.
    pub noise: Vec<f64>,
}

impl Modes {
    /// Cost: one symmetric eigenproblem of size n and 2 m n^2.
    ///
    /// # Errors
    /// [`SpectrumError`] once the operators are no longer finite.
    pub fn of(operators: &IntegratedKernel, noise: &DVector<f64>) -> Result<Self, SpectrumError> {
        let n = noise.len();
        let spectrum = Spectrum::new(operators.closed_form(n), noise)?;
        let effects = operators.transfer() * &spectrum.vectors;
        let points = (n * effects.nrows()) as f64;
        let whole = noise.norm_squared();
        Ok(Self {
            values: spectrum.values.iter().map(|v| 2.0 * v / n as f64).collect(),
            channel: spectrum.channel_dimension(SPLIT),
            reach: effects
                .column_iter()
                .map(|effect| effect.norm_squared() / points)
                .collect(),
            noise: spectrum.energies().map(|e| e / whole).collect(),
        })
    }

    /// Share of the noise that lies in the reservoir.
    pub fn noise_in_reservoir(&self) -> f64 {
        // Adding nothing to nothing would hide that there is no noise.
        if self.noise.iter().any(|share| share.is_nan()) {
            return f64::NAN;
        }
        // Not `sum`, which is -0 for nothing.
        self.noise[self.channel..]
            .iter()
            .fold(0.0, |sum, share| sum + share)
    }
}
