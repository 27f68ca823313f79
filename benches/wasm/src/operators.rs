//! A training step alone, and one that also enters the operators P, W', G and
//! their bound, from the same start.

use crate::fails;
use nalgebra::DMatrix;
use ntk_playground::kernel::Scheme;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Gate, Operators, Optimiser, Trainer};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

const SEED: u32 = 12;
const NOISE: f64 = 0.5;
/// Small enough to stay stable for any size that is measured.
const STEP_SIZE: f64 = 0.05;
const ADAM_STEP_SIZE: f64 = 0.01;

/// Two runs of one network: plain, and with its operators.
#[wasm_bindgen]
pub struct OperatorBench {
    objective: SquaredLoss,
    plain: Trainer,
    observed: Trainer,
    operators: Operators,
    step_size: f64,
}

#[wasm_bindgen]
impl OperatorBench {
    /// `points` training points, `tests` test points, at step 0. `scheme` is left,
    /// secant or path; the bound is that of gradient descent.
    ///
    /// # Errors
    /// A sentence if there is no such network or scheme.
    #[wasm_bindgen(constructor)]
    pub fn new(
        points: usize,
        tests: usize,
        widths: &[u32],
        scheme: &str,
        adam: bool,
    ) -> Result<OperatorBench, JsError> {
        let scheme = match scheme {
            "left" => Scheme::Left,
            "secant" => Scheme::Secant,
            "path" => Scheme::PATH,
            other => return Err(JsError::new(&format!("There is no scheme {other}."))),
        };
        let (optimiser, step_size) = match adam {
            true => (Optimiser::adam(0.9, 0.999, 1e-8), ADAM_STEP_SIZE),
            false => (Optimiser::GRADIENT_DESCENT, STEP_SIZE),
        };
        let problem = Regression::new(Target::Sine, Inputs::Grid, points, NOISE, SEED);
        let trainer = || -> Result<Trainer, JsError> {
            let architecture = Architecture {
                inputs: 1,
                widths: widths.iter().map(|&width| width as usize).collect(),
                outputs: 1,
                activation: Activation::Relu,
                parametrisation: Parametrisation::Ntk,
                bias: 1.0,
            };
            let weights = &mut stream(SEED, Stream::Weights);
            let mlp = Mlp::random(architecture, 1.0, weights).map_err(fails)?;
            let sampler = BatchSampler::new(points, points, stream(SEED, Stream::Batches));
            let mask = stream(SEED, Stream::Mask);
            let mut trainer = Trainer::new(mlp, problem.inputs.clone(), true, sampler, mask);
            trainer.set_optimiser(optimiser).map_err(fails)?;
            Ok(trainer)
        };
        let (plain, observed) = (trainer()?, trainer()?);
        let test_inputs = problem.test_inputs.columns(0, tests).into_owned();
        Ok(OperatorBench {
            objective: SquaredLoss::new(&DMatrix::from_row_slice(1, points, &problem.labels)),
            operators: Operators::new(&observed, &test_inputs, scheme, !adam),
            plain,
            observed,
            step_size,
        })
    }

    /// One step alone.
    ///
    /// # Errors
    /// A sentence once the loss is not finite.
    pub fn plain(&mut self) -> Result<(), JsError> {
        let step = self.plain.step(&self.objective, self.step_size, Gate::Off);
        step.map(drop).map_err(fails)
    }

    /// One step that enters the operators.
    ///
    /// # Errors
    /// A sentence once the loss is not finite.
    pub fn observed(&mut self) -> Result<(), JsError> {
        let step = self.operators.step(
            &mut self.observed,
            &self.objective,
            self.step_size,
            Gate::Off,
        );
        step.map(drop).map_err(fails)
    }

    /// Whether both runs stand at the same parameters.
    pub fn agree(&self) -> bool {
        self.plain.mlp().parameters() == self.observed.mlp().parameters()
    }
}
