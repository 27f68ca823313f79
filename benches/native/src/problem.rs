//! The problem of the spectrum exhibit at its defaults, and what is timed of it.

use crate::Run;
use crate::operations::Operations;
use anyhow::{Context, Result, bail};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Spectrum, train_kernel};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Gate, Trainer};
use serde_json::{Value, json};

/// Seeds of data and weights, label noise and step fraction: the exhibit's
/// defaults.
const DATA_SEED: u32 = 12;
const WEIGHT_SEED: u32 = 1;
const NOISE: f64 = 0.5;
const STEP_FRACTION: f64 = 0.5;

/// A network at step 0, and one that trains from there.
pub struct Problem {
    labels: Vec<f64>,
    /// Stays at step 0 and keeps the buffers of its kernel.
    watched: Trainer,
    objective: SquaredLoss,
    trainer: Trainer,
    step_size: f64,
    kernel: DMatrix<f64>,
    residual: DVector<f64>,
    operations: Operations,
}

impl Problem {
    /// So many points, hidden layers of these widths.
    ///
    /// # Errors
    /// If there is no such network.
    pub fn new(points: usize, widths: &[usize]) -> Result<Problem> {
        let problem = Regression::new(Target::Sine, Inputs::Grid, points, NOISE, DATA_SEED);
        let architecture = Architecture {
            inputs: 1,
            widths: widths.to_vec(),
            outputs: 1,
            activation: Activation::Relu,
            parametrisation: Parametrisation::Ntk,
            bias: 1.0,
        };
        let mlp = Mlp::random(architecture, 1.0, &mut stream(WEIGHT_SEED, Stream::Weights))?;
        let kernel = train_kernel(&TangentFactors::new(&mlp, &problem.inputs));
        // Outputs are centred: at step 0 the residual is -y.
        let residual = -DVector::from_column_slice(&problem.labels);
        let largest = Spectrum::new(kernel.clone(), &residual)?.largest();
        let operations = Operations::of(&mlp, points);
        let trainer = || {
            let sampler = BatchSampler::new(points, points, stream(DATA_SEED, Stream::Batches));
            let mask = stream(DATA_SEED, Stream::Mask);
            Trainer::new(mlp.clone(), problem.inputs.clone(), true, sampler, mask)
        };
        Ok(Problem {
            operations,
            objective: SquaredLoss::new(&DMatrix::from_row_slice(1, points, &problem.labels)),
            trainer: trainer(),
            watched: trainer(),
            step_size: STEP_FRACTION * 2.0 * points as f64 / largest,
            labels: problem.labels,
            kernel,
            residual,
        })
    }

    /// What a peer has to know: weights layer by layer, W column by column,
    /// then b; the units of all layers; data; eta; K_SS, for who cannot compute it.
    pub fn describe(&self) -> Value {
        let mlp = self.watched.mlp();
        let layers = mlp.layers();
        let leaving = layers.iter().map(|layer| layer.outputs);
        let widths: Vec<usize> = layers[..1]
            .iter()
            .map(|layer| layer.inputs)
            .chain(leaving)
            .collect();
        let rows: Vec<&[f64]> = self.kernel.as_slice().chunks(self.kernel.nrows()).collect();
        json!({
            "widths": widths,
            "bias": mlp.architecture().bias,
            "weights": mlp.parameters(),
            "inputs": self.trainer.inputs().as_slice(),
            "labels": self.labels,
            "stepSize": self.step_size,
            "kernel": rows,
        })
    }

    /// K_SS, its eigenvalues, and the loss before and after the first step;
    /// to be asked for once, before anything else has trained the network.
    ///
    /// # Errors
    /// If the loss or the kernel is not finite.
    pub fn result(&mut self) -> Result<Value> {
        let (_, kernel) = self.kernel();
        let (_, spectrum) = self.eigen()?;
        let (_, before) = self.step()?;
        let (_, after) = self.step()?;
        Ok(json!({
            "kernel": kernel.as_slice(),
            "eigen": spectrum.values.as_slice(),
            "step": [before, after],
        }))
    }

    /// Runs an item: `kernel`, K_SS from the weights; `step`, a step of
    /// gradient descent; `eigen`, the eigenbasis of K_SS and the residual in it.
    ///
    /// # Errors
    /// If there is no such item, or it finds what is not finite.
    pub fn item(&mut self, name: &str) -> Result<Run> {
        match name {
            "kernel" => Ok(self.kernel().0),
            "step" => Ok(self.step()?.0),
            "eigen" => Ok(self.eigen()?.0),
            _ => bail!("there is no such item"),
        }
    }

    fn kernel(&mut self) -> (Run, DMatrix<f64>) {
        Run::of(Some(self.operations.kernel), || {
            train_kernel(&self.watched.tangent_factors())
        })
    }

    /// One step, and the loss before it.
    fn step(&mut self) -> Result<(Run, f64)> {
        let (run, step) = Run::of(Some(self.operations.step), || {
            self.trainer
                .step(&self.objective, self.step_size, Gate::Off)
        });
        Ok((run, step.context("a step")?.value))
    }

    fn eigen(&self) -> Result<(Run, Spectrum)> {
        // The copy is overwritten, so it belongs to nobody's time.
        let kernel = self.kernel.clone();
        let (run, spectrum) = Run::of(None, || Spectrum::new(kernel, &self.residual));
        Ok((run, spectrum?))
    }
}
