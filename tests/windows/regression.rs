//! Noisy 1D regression under the operators, and how far its identities are off.

use super::Window;
use nalgebra::DMatrix;
use ntk_playground::kernel::Scheme;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::{Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Gate, Optimiser, Trainer};

/// Two hidden layers.
pub fn architecture(
    activation: Activation,
    inputs: usize,
    width: usize,
    outputs: usize,
) -> Architecture {
    Architecture {
        inputs,
        widths: vec![width; 2],
        outputs,
        activation,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    }
}

/// Errors of propagator, test points and loss.
pub fn errors(window: &Window, objective: &dyn Objective) -> [f64; 3] {
    [
        window.propagator_error(objective),
        window.test_error(),
        window.drop_error(objective),
    ]
}

/// A run on 24 points of a noisy sine, at noise 0.5.
#[derive(Clone, Copy)]
pub struct Run {
    pub activation: Activation,
    pub width: usize,
    /// Of the data and of the weights.
    pub seeds: [u32; 2],
    pub centred: bool,
    pub scheme: Scheme,
    pub optimiser: Optimiser,
    pub steps: usize,
}

impl Run {
    /// ReLU under gradient descent, all nodes chosen by the step's error.
    pub fn relu(width: usize, seed: u32, steps: usize) -> Self {
        Self {
            activation: Activation::Relu,
            width,
            seeds: [seed; 2],
            centred: false,
            scheme: Scheme::PATH,
            optimiser: Optimiser::GRADIENT_DESCENT,
            steps,
        }
    }

    /// Its errors, with steps of the size that `eta` makes of the network and the inputs.
    pub fn errors(self, eta: impl Fn(&Mlp, &DMatrix<f64>) -> f64) -> [f64; 3] {
        let [data, weights] = self.seeds;
        let problem = Regression::new(Target::Sine, Inputs::Grid, 24, 0.5, data);
        let test = problem.test_inputs.columns_with_step(0, 51, 3).into_owned();
        let shape = architecture(self.activation, 1, self.width, 1);
        let weights = &mut stream(weights, Stream::Weights);
        let mlp = Mlp::random(shape, 1.0, weights).expect("not empty");
        let eta = eta(&mlp, &problem.inputs);
        let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, 24, &problem.labels));
        let sampler = BatchSampler::new(24, 24, stream(3, Stream::Batches));
        let mask = stream(3, Stream::Mask);
        let inputs = problem.inputs.clone();
        let mut trainer = Trainer::new(mlp, inputs, self.centred, sampler, mask);
        trainer.set_optimiser(self.optimiser).expect("in range");
        let mut window = Window::at(trainer, &test, self.scheme, &objective);
        window.run(self.steps, &objective, eta, Gate::Off);
        errors(&window, &objective)
    }
}

fn median(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    0.5 * (sample[(sample.len() - 1) / 2] + sample[sample.len() / 2])
}

/// Medians over the first `seeds` seeds.
pub fn medians(seeds: u32, one: impl Fn(u32) -> [f64; 3]) -> [f64; 3] {
    let all: Vec<[f64; 3]> = (1..=seeds).map(one).collect();
    [0, 1, 2].map(|which| median(all.iter().map(|errors| errors[which]).collect()))
}
