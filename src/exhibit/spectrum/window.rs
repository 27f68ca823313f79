//! The window: what the theory predicts since the labels or the network were last set.

use super::observation::{Observation, Predicted, residual, test_error, test_outputs};
use crate::exhibit::regression::RegressionRun;
use crate::kernel::{
    FrozenKernel, FrozenState, Modes, Spectrum, SpectrumError, cross_kernel, train_kernel,
};
use crate::network::{Forward, TangentFactors};
use nalgebra::DMatrix;
use std::cell::OnceCell;

/// A prediction as it stood at a step, for a step size; it holds until the next one.
#[derive(Debug)]
struct Forecast {
    from: u64,
    step_size: f64,
    state: FrozenState,
}

/// What begins when the labels or the network are set.
#[derive(Debug)]
pub struct Window {
    start: u64,
    pub frozen: FrozenKernel,
    /// K_SS at its start.
    kernel: DMatrix<f64>,
    /// Mean square of the label noise, where it is known.
    pub noise_energy: Option<f64>,
    /// By ascending step.
    forecasts: Vec<Forecast>,
    predictions: OnceCell<Vec<Predicted>>,
}

impl Window {
    /// A window from here on, and what is measured here: of one Jacobian and one
    /// eigendecomposition.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn open(
        base: &mut RegressionRun,
        step: u64,
        step_size: f64,
    ) -> Result<(Self, Observation), SpectrumError> {
        let test = TangentFactors::new(base.trainer.mlp(), &base.test_inputs);
        let train = base.trainer.tangent_factors();
        let (kernel, cross) = (train_kernel(&train), cross_kernel(&test, &train));
        let outputs = train.outputs.into_owned();
        let residual = residual(base, &outputs);
        let test_outputs = test_outputs(base, &test.outputs);
        let (spectrum, modes) = Spectrum::with_modes(kernel.clone(), &residual)?;
        let mean_square = |values: Vec<f64>| {
            values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64
        };
        let mut window = Self {
            start: step,
            frozen: FrozenKernel::new(spectrum, &cross, test_outputs.clone(), residual.len()),
            kernel,
            noise_energy: base.problem.noise().map(mean_square),
            forecasts: Vec::new(),
            predictions: OnceCell::new(),
        };
        window.forecast(step, step_size);
        let now = Observation::new(base, &window, step, modes, residual, test_outputs);
        Ok((window, now))
    }

    /// Measures the present state.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn measure(
        &self,
        base: &mut RegressionRun,
        step: u64,
    ) -> Result<Observation, SpectrumError> {
        let train = base.trainer.tangent_factors();
        let kernel = train_kernel(&train);
        let outputs = train.outputs.into_owned();
        let mut forward = Forward::new();
        forward.run(base.trainer.mlp(), &base.test_inputs);
        let residual = residual(base, &outputs);
        let test_outputs = test_outputs(base, &forward.outputs);
        let drift = (&kernel - &self.kernel).norm() / self.kernel.norm();
        let modes = Modes::without_vectors(kernel, &residual)?;
        let now = Observation::new(base, self, step, modes, residual, test_outputs);
        Ok(Observation { drift, ..now })
    }

    /// Forecasts anew from a step on, with a step size.
    pub fn forecast(&mut self, from: u64, step_size: f64) {
        self.forecasts.retain(|forecast| forecast.from < from);
        self.forecasts.push(Forecast {
            from,
            step_size,
            state: self.frozen.state().clone(),
        });
        self.predictions.take();
    }

    /// The frozen kernel's run up to the step limit of the last forecast, at about forty steps per decade.
    /// Computed when first asked for.
    pub fn predictions(&self, base: &RegressionRun, limit: u64) -> &[Predicted] {
        self.predictions.get_or_init(|| {
            let mut predictions = Vec::new();
            for (i, forecast) in self.forecasts.iter().enumerate() {
                let next = self.forecasts.get(i + 1);
                let end = next.map_or(limit + 1, |next| next.from);
                let mut step = forecast.from;
                while step < end {
                    predictions.push(self.predict(base, forecast, step));
                    step += ((step - self.start) / 18).max(1);
                }
            }
            predictions
        })
    }

    fn predict(&self, base: &RegressionRun, forecast: &Forecast, step: u64) -> Predicted {
        let since = step - forecast.from;
        let later = (self.frozen).ahead_of(&forecast.state, since, forecast.step_size);
        Predicted {
            step,
            train: later.train_error(),
            test: test_error(base, &later.test_outputs()),
        }
    }
}
