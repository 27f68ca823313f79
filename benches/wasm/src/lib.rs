//! The engine's share of a frame of the spectrum exhibit, callable alone.
//!
//! The page's own interface hides weights and couples computing to charts. The
//! benchmark needs the weights, to start a peer from the same place, and the
//! computation by itself.

mod operators;

use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Spectrum, train_kernel};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Gate, Trainer};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Label noise and step fraction, as the exhibit's defaults have them.
const NOISE: f64 = 0.5;
const STEP_FRACTION: f64 = 0.5;

/// A training run with its last observation.
#[wasm_bindgen]
pub struct Bench {
    labels: Vec<f64>,
    objective: SquaredLoss,
    trainer: Trainer,
    step_size: f64,
    loss: f64,
    spectrum: Spectrum,
}

#[wasm_bindgen]
impl Bench {
    /// The exhibit's problem at its defaults, with so many points, these
    /// widths and these seeds, at step 0.
    ///
    /// # Errors
    /// A sentence if there is no such network.
    #[wasm_bindgen(constructor)]
    pub fn new(
        points: usize,
        widths: &[u32],
        data_seed: u32,
        weight_seed: u32,
    ) -> Result<Bench, JsError> {
        if points == 0 {
            return Err(JsError::new("The benchmark needs at least one point."));
        }
        let problem = Regression::new(Target::Sine, Inputs::Grid, points, NOISE, data_seed);
        let architecture = Architecture {
            inputs: 1,
            widths: widths.iter().map(|&width| width as usize).collect(),
            outputs: 1,
            activation: Activation::Relu,
            parametrisation: Parametrisation::Ntk,
            bias: 1.0,
        };
        let mlp = Mlp::random(architecture, 1.0, &mut stream(weight_seed, Stream::Weights))
            .map_err(|error| JsError::new(&error.to_string()))?;
        let sampler = BatchSampler::new(points, points, stream(data_seed, Stream::Batches));
        let mask = stream(data_seed, Stream::Mask);
        let trainer = Trainer::new(mlp, problem.inputs, true, sampler, mask);
        let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, points, &problem.labels));
        let (loss, spectrum) = measure(&trainer, &problem.labels)?;
        Ok(Bench {
            step_size: STEP_FRACTION * 2.0 * points as f64 / spectrum.largest(),
            labels: problem.labels,
            objective,
            trainer,
            loss,
            spectrum,
        })
    }

    /// The parameters: layer by layer W column by column, then b.
    pub fn weights(&self) -> Vec<f64> {
        self.trainer.mlp().parameters().to_vec()
    }

    /// x at the training points.
    pub fn inputs(&self) -> Vec<f64> {
        self.trainer.inputs().as_slice().to_vec()
    }

    /// y at the training points.
    pub fn labels(&self) -> Vec<f64> {
        self.labels.clone()
    }

    /// eta.
    #[wasm_bindgen(getter, js_name = stepSize)]
    pub fn step_size(&self) -> f64 {
        self.step_size
    }

    /// Takes so many steps of gradient descent on all points.
    ///
    /// # Errors
    /// A sentence once the loss is not finite.
    pub fn step(&mut self, count: u32) -> Result<(), JsError> {
        for _ in 0..count {
            self.trainer
                .step(&self.objective, self.step_size, Gate::Off)
                .map_err(|error| JsError::new(&error.to_string()))?;
        }
        Ok(())
    }

    /// Measures the present state: kernel, eigenbasis, residual in it.
    ///
    /// # Errors
    /// A sentence if the kernel has no spectrum.
    pub fn observe(&mut self) -> Result<(), JsError> {
        (self.loss, self.spectrum) = measure(&self.trainer, &self.labels)?;
        Ok(())
    }

    /// (1/2n) |r|^2 at the last observation.
    #[wasm_bindgen(getter)]
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// Eigenvalues at the last observation, largest first.
    pub fn eigenvalues(&self) -> Vec<f64> {
        self.spectrum.values.as_slice().to_vec()
    }

    /// The residual's energy in each mode at the last observation.
    pub fn energies(&self) -> Vec<f64> {
        self.spectrum.energies().collect()
    }
}

fn measure(trainer: &Trainer, labels: &[f64]) -> Result<(f64, Spectrum), JsError> {
    let factors = TangentFactors::new(trainer.mlp(), trainer.inputs());
    let residual = DVector::from_fn(labels.len(), |i, _| {
        factors.outputs[i] - trainer.origin()[i] - labels[i]
    });
    let loss = residual.norm_squared() / (2.0 * labels.len() as f64);
    let spectrum = Spectrum::new(train_kernel(&factors), &residual)
        .map_err(|error| JsError::new(&error.to_string()))?;
    Ok((loss, spectrum))
}
