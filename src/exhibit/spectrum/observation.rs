//! What is measured of a run at one step.

use crate::exhibit::regression::RegressionRun;
use crate::kernel::{FrozenKernel, Modes, Spectrum, SpectrumError, cross_kernel, train_kernel};
use crate::network::{Forward, TangentFactors};
use crate::task::Regression;
use nalgebra::{DMatrix, DVector};

/// Everything measured at one step.
#[derive(Debug, Clone)]
pub struct Observation {
    pub step: u64,
    pub spectrum: Modes,
    /// r = u - y.
    pub residual: DVector<f64>,
    /// U_Q.
    pub test_outputs: DVector<f64>,
    /// Mean squared training error.
    pub train: f64,
    /// Mean squared distance to the true function over the test points, where
    /// it is known.
    pub test: Option<f64>,
    /// |K_t - K_s| / |K_s| with s the start of the window.
    pub drift: f64,
}

/// What is kept of an observation.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    pub train: f64,
    pub test: Option<f64>,
    /// lambda_i, descending.
    pub values: Vec<f64>,
    /// |c_i|^2.
    pub energies: Vec<f64>,
}

impl Record {
    /// Number of modes with at least `threshold` times the largest eigenvalue.
    pub fn channel_dimension(&self, threshold: f64) -> usize {
        let split = threshold * self.values.first().copied().unwrap_or(0.0);
        self.values
            .iter()
            .take_while(|&&v| v >= split && v > 0.0)
            .count()
    }

    /// Share of the residual's energy outside the channel.
    pub fn reservoir_share(&self, threshold: f64) -> f64 {
        let total: f64 = self.energies.iter().sum();
        let outside: f64 = self.energies[self.channel_dimension(threshold)..]
            .iter()
            .sum();
        outside / total
    }
}

/// Mean squared distance to the true function over the test points, where it
/// is known.
pub fn test_error(outputs: &DVector<f64>, problem: &Regression) -> Option<f64> {
    let truth = problem.test_signal()?;
    let squares = outputs.iter().zip(truth).map(|(u, f)| (u - f) * (u - f));
    Some(squares.sum::<f64>() / truth.len() as f64)
}

/// Mean square of the label noise, where it is known.
pub fn noise_energy(problem: &Regression) -> Option<f64> {
    let noise = problem.noise()?;
    Some(noise.iter().map(|e| e * e).sum::<f64>() / noise.len() as f64)
}

/// Measures the present state, and gives the kernel itself besides. The
/// drift is taken against `reference`, if there is one.
///
/// # Errors
/// [`SpectrumError`] once the network is no longer finite.
pub fn measure(
    base: &mut RegressionRun,
    step: u64,
    reference: Option<&DMatrix<f64>>,
) -> Result<(Observation, DMatrix<f64>), SpectrumError> {
    let factors = base.trainer.tangent_factors();
    let kernel = train_kernel(&factors);
    let outputs = factors.outputs.into_owned();
    let (trainer, problem) = (&base.trainer, &base.problem);
    let residual = DVector::from_fn(problem.labels.len(), |i, _| {
        outputs[i] - trainer.origin()[i] - problem.labels[i]
    });
    let spectrum = Modes::without_vectors(kernel.clone(), &residual)?;
    let mut forward = Forward::new();
    forward.run(trainer.mlp(), &problem.test_inputs);
    let test_outputs = forward.outputs.row(0).transpose() - &base.test_origin;
    let observation = Observation {
        step,
        train: residual.norm_squared() / residual.len() as f64,
        test: test_error(&test_outputs, problem),
        drift: reference.map_or(0.0, |start| (&kernel - start).norm() / start.norm()),
        spectrum,
        residual,
        test_outputs,
    };
    Ok((observation, kernel))
}

/// Freezes the kernel of an observation, to predict the run from there.
///
/// # Errors
/// [`SpectrumError`] once the network is no longer finite.
pub fn freeze(
    base: &RegressionRun,
    now: &Observation,
    kernel: &DMatrix<f64>,
) -> Result<FrozenKernel, SpectrumError> {
    let (trainer, problem) = (&base.trainer, &base.problem);
    let train = TangentFactors::new(trainer.mlp(), trainer.inputs());
    let test = TangentFactors::new(trainer.mlp(), &problem.test_inputs);
    Ok(FrozenKernel::new(
        Spectrum::new(kernel.clone(), &now.residual)?,
        &cross_kernel(&test, &train),
        now.test_outputs.clone(),
        problem.labels.len(),
    ))
}
