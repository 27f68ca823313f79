//! A training step alone, and one that also enters the operators P, W', G and
//! their bound, from the same start.

use crate::fails;
use nalgebra::DMatrix;
use ntk_playground::kernel::Scheme;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Gate, Operators, Trainer};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

const SEED: u32 = 12;
const NOISE: f64 = 0.5;
/// Small enough to stay stable for any size that is measured.
const STEP_SIZE: f64 = 0.05;

/// Two runs of one network: plain, and with its operators.
#[wasm_bindgen]
pub struct OperatorBench {
    objective: SquaredLoss,
    plain: Trainer,
    observed: Trainer,
    operators: Operators,
}

#[wasm_bindgen]
impl OperatorBench {
    /// `points` training points, `tests` test points, at step 0.
    ///
    /// # Errors
    /// A sentence if there is no such network.
    #[wasm_bindgen(constructor)]
    pub fn new(points: usize, tests: usize, widths: &[u32]) -> Result<OperatorBench, JsError> {
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
            Ok(Trainer::new(
                mlp,
                problem.inputs.clone(),
                true,
                sampler,
                mask,
            ))
        };
        let (plain, observed) = (trainer()?, trainer()?);
        let test_inputs = problem.test_inputs.columns(0, tests).into_owned();
        Ok(OperatorBench {
            objective: SquaredLoss::new(&DMatrix::from_row_slice(1, points, &problem.labels)),
            operators: Operators::new(&observed, &test_inputs, Scheme::Left, true),
            plain,
            observed,
        })
    }

    /// One step alone.
    ///
    /// # Errors
    /// A sentence once the loss is not finite.
    pub fn plain(&mut self) -> Result<(), JsError> {
        let step = self.plain.step(&self.objective, STEP_SIZE, Gate::Off);
        step.map(drop).map_err(fails)
    }

    /// One step that enters the operators.
    ///
    /// # Errors
    /// A sentence once the loss is not finite.
    pub fn observed(&mut self) -> Result<(), JsError> {
        let step = self
            .operators
            .step(&mut self.observed, &self.objective, STEP_SIZE, Gate::Off);
        step.map(drop).map_err(fails)
    }

    /// Whether both runs stand at the same parameters.
    pub fn agree(&self) -> bool {
        self.plain.mlp().parameters() == self.observed.mlp().parameters()
    }
}
