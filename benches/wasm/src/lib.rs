//! The engine's share of a frame of the spectrum exhibit, callable alone.
//!
//! The page's own interface hides weights and couples computing to charts. The
//! benchmark needs the weights, to start a peer from the same place, and the
//! computation by itself. What a call computes stays inside, so that no copy
//! is timed; getters hand it out to be compared.

mod addition;
mod operators;
mod peak;

use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Modes, Spectrum, train_kernel};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Gate, Trainer};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Label noise and step fraction, as the exhibit's defaults have them.
const NOISE: f64 = 0.5;
const STEP_FRACTION: f64 = 0.5;

/// A training run with what was last measured of it.
#[wasm_bindgen]
pub struct Bench {
    labels: Vec<f64>,
    objective: SquaredLoss,
    trainer: Trainer,
    step_size: f64,
    /// Of the first network: what the contraction alone is measured on.
    factors: TangentFactors<'static>,
    residual: DVector<f64>,
    loss: f64,
    kernel: DMatrix<f64>,
    eigenvalues: Vec<f64>,
    energies: Vec<f64>,
}

fn fails(error: impl std::error::Error) -> JsError {
    JsError::new(&error.to_string())
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
            .map_err(fails)?;
        let sampler = BatchSampler::new(points, points, stream(data_seed, Stream::Batches));
        let mask = stream(data_seed, Stream::Mask);
        let trainer = Trainer::new(mlp, problem.inputs, true, sampler, mask);
        let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, points, &problem.labels));
        let mut bench = Bench {
            labels: problem.labels,
            objective,
            factors: TangentFactors::new(trainer.mlp(), trainer.inputs()),
            trainer,
            step_size: 0.0,
            residual: DVector::zeros(points),
            loss: 0.0,
            kernel: DMatrix::zeros(points, points),
            eigenvalues: Vec::new(),
            energies: Vec::new(),
        };
        bench.kernel();
        let largest = bench.kernel.symmetric_eigenvalues().max();
        bench.step_size = STEP_FRACTION * 2.0 * points as f64 / largest;
        Ok(bench)
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
                .map_err(fails)?;
        }
        Ok(())
    }

    /// Takes one step, with the mean square of the examples' gradients and
    /// what the hard gate makes of it.
    ///
    /// # Errors
    /// A sentence once the loss is not finite.
    pub fn moments(&mut self) -> Result<(), JsError> {
        self.step(1)?;
        self.trainer.consider().map(drop).map_err(fails)
    }

    /// Measures residual, loss and K_SS at the present weights.
    pub fn kernel(&mut self) {
        let factors = self.trainer.tangent_factors();
        self.kernel = train_kernel(&factors);
        let outputs = factors.outputs.into_owned();
        self.residual = DVector::from_fn(self.labels.len(), |i, _| {
            outputs[i] - self.trainer.origin()[i] - self.labels[i]
        });
        self.loss = self.residual.norm_squared() / (2.0 * self.labels.len() as f64);
    }

    /// Contracts the first network's tangent factors to its K_SS.
    pub fn contraction(&mut self) {
        self.kernel = train_kernel(&self.factors);
    }

    /// Decomposes the last K_SS, with the residual in its eigenbasis.
    ///
    /// # Errors
    /// A sentence if the kernel has no spectrum.
    pub fn eigenbasis(&mut self) -> Result<(), JsError> {
        let spectrum = Spectrum::new(self.kernel.clone(), &self.residual).map_err(fails)?;
        self.eigenvalues = spectrum.values.as_slice().to_vec();
        self.energies = spectrum.energies().collect();
        Ok(())
    }

    /// Eigenvalues of the last K_SS and the residual's energies, which is what
    /// a frame draws: the eigenbasis itself is not formed.
    ///
    /// # Errors
    /// A sentence if the kernel has no spectrum.
    pub fn modes(&mut self) -> Result<(), JsError> {
        let modes = Modes::without_vectors(self.kernel.clone(), &self.residual).map_err(fails)?;
        self.eigenvalues = modes.values.as_slice().to_vec();
        self.energies = modes.energies().collect();
        Ok(())
    }

    /// (1/2n) |r|^2 when K_SS was measured.
    #[wasm_bindgen(getter)]
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// The last K_SS, n x n.
    pub fn entries(&self) -> Vec<f64> {
        self.kernel.as_slice().to_vec()
    }

    /// E\[x^2\] of every parameter at the last step with moments.
    #[wasm_bindgen(js_name = meanSquare)]
    pub fn mean_square(&self) -> Vec<f64> {
        self.trainer.moments().mean_square.clone()
    }

    /// The last eigenvalues, largest first.
    pub fn eigenvalues(&self) -> Vec<f64> {
        self.eigenvalues.clone()
    }

    /// The residual's energy in each of the last modes.
    pub fn energies(&self) -> Vec<f64> {
        self.energies.clone()
    }
}
