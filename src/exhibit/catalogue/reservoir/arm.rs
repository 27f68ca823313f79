//! One network of one seed: its training and its operators.

use super::knobs::{Setup, Shape};
use crate::exhibit::NetworkSnapshot;
use crate::exhibit::catalogue::carried::Carried;
use crate::exhibit::regression::{Configuration, RegressionRun};
use crate::exhibit::runner::Broken;
use crate::kernel::{Spectrum, SpectrumError};
use crate::network::{Forward, Parametrisation};
use crate::task::{Inputs, Target};
use nalgebra::DVector;

/// Every fourth point of the test grid: 51 of them.
const STRIDE: usize = 4;

/// W and G at one step, by direction: enough to place the split anywhere.
#[derive(Debug, Clone)]
pub struct Operated {
    /// lambda_j(W), descending.
    pub values: Vec<f64>,
    /// <psi_j, eps>^2.
    pub noise: Vec<f64>,
    /// Mean squared change at the test points that the directions from j on
    /// cause: what would leak if the reservoir began there.
    pub leaks: Vec<f64>,
    /// Mean squared distance to the true function over the test points.
    pub test: f64,
    /// What the operators miss of the run, [`Carried::error`].
    pub error: f64,
}

impl Operated {
    /// Directions with at least `threshold` times the largest eigenvalue.
    pub fn channel(&self, threshold: f64) -> usize {
        let split = threshold * self.values[0];
        let above = |v: &&f64| **v >= split && **v > 0.0;
        self.values.iter().take_while(above).count()
    }

    /// log10 of the last eigenvalue in the channel over the first outside;
    /// not a number where one side is empty or below the numerical floor.
    pub fn gap(&self, threshold: f64) -> f64 {
        let channel = self.channel(threshold);
        let floor = self.values.len() as f64 * f64::EPSILON * self.values[0];
        match self.values.get(channel) {
            Some(&next) if channel > 0 && next > floor => {
                libm::log10(self.values[channel - 1] / next)
            }
            _ => f64::NAN,
        }
    }

    /// Mean of log10(lambda_j / lambda_{j+1}) over the directions above the
    /// numerical floor: the gap that a split between any two would have.
    pub fn spacing(&self) -> f64 {
        let floor = self.values.len() as f64 * f64::EPSILON * self.values[0];
        let resolved = self.values.iter().take_while(|v| **v > floor).count();
        if resolved < 2 {
            return f64::NAN;
        }
        libm::log10(self.values[0] / self.values[resolved - 1]) / (resolved - 1) as f64
    }

    /// Share of the noise that lies in the reservoir.
    pub fn noise_outside(&self, threshold: f64) -> f64 {
        let all: f64 = self.noise.iter().sum();
        // Not `sum`, which is -0 for nothing.
        let outside = self.noise[self.channel(threshold)..].iter();
        outside.fold(0.0, |sum, energy| sum + energy) / all
    }

    /// Mean squared change at the test points that the reservoir causes.
    pub fn leak(&self, threshold: f64) -> f64 {
        let channel = self.channel(threshold);
        self.leaks.get(channel).copied().unwrap_or(0.0)
    }
}

#[derive(Debug)]
pub struct Arm {
    base: RegressionRun,
    /// eps at the training inputs.
    noise: DVector<f64>,
    /// f* at the test inputs.
    test_signal: DVector<f64>,
    carried: Carried,
}

impl Arm {
    pub fn new(setup: &Setup, shape: &Shape, seed: u32) -> Result<Self, String> {
        let configuration = Configuration {
            own: Vec::new(),
            target: Target::Sine,
            inputs: Inputs::Random,
            points: setup.points,
            noise: setup.noise,
            seed,
            weight_seed: seed,
            widths: shape.widths.to_vec(),
            activation: shape.activation,
            parametrisation: Parametrisation::Ntk,
            batch: setup.points,
        };
        let base = RegressionRun::new(&configuration, STRIDE)?;
        let [noise, _, test_signal] = base.known()?;
        Ok(Self {
            carried: Carried::new(&base.trainer, &base.objective, &base.test_inputs),
            base,
            noise,
            test_signal,
        })
    }

    /// The network, under the name of its shape.
    pub fn snapshot(&self, name: &'static str, step: u64) -> NetworkSnapshot {
        self.base.snapshot(name, step)
    }

    /// One step.
    ///
    /// # Errors
    /// [`Broken`] if training diverged.
    pub fn step(&mut self, fraction: f64) -> Result<(), Broken> {
        let eta = self.base.step_size(fraction);
        let (trainer, objective) = (&mut self.base.trainer, &self.base.objective);
        let report = self.carried.step(trainer, objective, eta)?;
        self.base
            .breakdown(&report)
            .map_or(Ok(()), |cause| Err(Broken::after(cause)))
    }

    /// What to do after a breakdown.
    pub fn advice(&self, fraction: f64) -> String {
        self.base.advice(fraction)
    }

    /// What the operators are now. Cost: one eigenproblem of size n.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn measure(&self) -> Result<Operated, SpectrumError> {
        let integrated = self.carried.integrated();
        let spectrum = Spectrum::new(integrated.integrated().clone(), &self.carried.gradient)?;
        let effects = integrated.transfer() * &spectrum.vectors;
        let (m, n) = effects.shape();
        let mut leaks = vec![0.0; n];
        let mut change = DVector::zeros(m);
        for j in (0..n).rev() {
            change += effects.column(j) * spectrum.coefficients[j];
            leaks[j] = change.norm_squared() / m as f64;
        }
        let noise = spectrum.vectors.tr_mul(&self.noise);
        let mut forward = Forward::new();
        forward.run(self.base.trainer.mlp(), &self.base.test_inputs);
        let outputs = DVector::from_column_slice(forward.outputs.as_slice());
        let off = outputs - &self.base.test_origin - &self.test_signal;
        Ok(Operated {
            values: spectrum.values.iter().copied().collect(),
            noise: noise.iter().map(|c| c * c).collect(),
            leaks,
            test: off.norm_squared() / m as f64,
            error: (self.carried).error(&self.base.trainer, &self.base.objective),
        })
    }
}
