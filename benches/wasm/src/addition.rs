//! Training on modular addition as the grokking exhibit does at its defaults:
//! its network alone, without the twin and without a survey of the kernel.

use crate::fails;
use ntk_playground::network::Activation;
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::ModularAddition;
use ntk_playground::training::{BatchSampler, Decay, Gate, Optimiser, Trainer};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// The exhibit's defaults.
const MODULUS: usize = 23;
const TRAIN_SHARE: f64 = 0.5;
const WIDTH: usize = 128;
const INIT: f64 = 0.4;
const LEARNING_RATE: f64 = 0.01;
const DECAY: f64 = 0.5;
/// beta1, beta2, eps.
const ADAM: [f64; 3] = [0.9, 0.99, 1e-8];
const SEED: u32 = 1;
const WEIGHT_SEED: u32 = 1;

/// A network that learns to add.
#[wasm_bindgen]
pub struct AdditionBench {
    task: ModularAddition,
    objective: SquaredLoss,
    trainer: Trainer,
    loss: f64,
}

#[wasm_bindgen]
impl AdditionBench {
    /// At step 0.
    ///
    /// # Errors
    /// A sentence if there is no such network.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<AdditionBench, JsError> {
        let task = ModularAddition::new(MODULUS, TRAIN_SHARE, SEED);
        let count = task.train.len();
        let mlp = task
            .network(WIDTH, Activation::Square, INIT, WEIGHT_SEED)
            .map_err(fails)?;
        let sampler = BatchSampler::new(count, count, stream(SEED, Stream::Batches));
        let mask = stream(SEED, Stream::Mask);
        let mut trainer = Trainer::new(mlp, task.inputs(&task.train), false, sampler, mask);
        let [beta1, beta2, epsilon] = ADAM;
        let optimiser = Optimiser::adam(beta1, beta2, epsilon).with_decay(Decay::Decoupled {
            rate: DECAY,
            masked: false,
        });
        trainer.set_optimiser(optimiser).map_err(fails)?;
        let targets = task.targets(&task.sums(&task.train));
        Ok(AdditionBench {
            objective: SquaredLoss::new(&targets),
            task,
            trainer,
            loss: 0.0,
        })
    }

    /// p.
    #[wasm_bindgen(getter)]
    pub fn modulus(&self) -> u32 {
        MODULUS as u32
    }

    /// Hidden units.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> u32 {
        WIDTH as u32
    }

    /// eta.
    #[wasm_bindgen(getter, js_name = learningRate)]
    pub fn learning_rate(&self) -> f64 {
        LEARNING_RATE
    }

    /// What a weight loses of itself at each step, over eta.
    #[wasm_bindgen(getter)]
    pub fn decay(&self) -> f64 {
        DECAY
    }

    /// beta1, beta2 and eps of Adam.
    pub fn adam(&self) -> Vec<f64> {
        ADAM.to_vec()
    }

    /// a and b of each training pair in turn.
    pub fn pairs(&self) -> Vec<u32> {
        let terms = self.task.train.iter().flatten();
        terms.map(|&term| term as u32).collect()
    }

    /// The parameters: W_1 column by column, then W_2 column by column.
    pub fn weights(&self) -> Vec<f64> {
        self.trainer.mlp().parameters().to_vec()
    }

    /// Takes so many steps on all training pairs.
    ///
    /// # Errors
    /// A sentence once the loss is not finite.
    pub fn step(&mut self, count: u32) -> Result<(), JsError> {
        for _ in 0..count {
            let step = self.trainer.step(&self.objective, LEARNING_RATE, Gate::Off);
            self.loss = step.map_err(fails)?.value;
        }
        Ok(())
    }

    /// Loss before the last step.
    #[wasm_bindgen(getter)]
    pub fn loss(&self) -> f64 {
        self.loss
    }
}
