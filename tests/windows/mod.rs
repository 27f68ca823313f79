//! A window of training, its operators, and what they should reproduce.

#![allow(dead_code, reason = "each test file uses its part")]

pub mod regression;

use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Scheme, train_kernel};
use ntk_playground::network::{Mlp, TangentFactors};
use ntk_playground::objective::Objective;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Operators, Trainer};

/// A trainer with its window, and what was true at the window's start.
pub struct Window {
    pub trainer: Trainer,
    pub operators: Operators,
    pub gradient: DVector<f64>,
    pub loss: f64,
    pub test_outputs: DVector<f64>,
}

impl Window {
    pub fn open(
        mlp: Mlp,
        inputs: &DMatrix<f64>,
        test_inputs: &DMatrix<f64>,
        batch: usize,
        scheme: Scheme,
        objective: &dyn Objective,
    ) -> Self {
        let sampler = BatchSampler::new(inputs.ncols(), batch, stream(3, Stream::Batches));
        let mask = stream(3, Stream::Mask);
        let trainer = Trainer::new(mlp, inputs.clone(), false, sampler, mask);
        Self::at(trainer, test_inputs, scheme, objective)
    }

    /// A window that opens at the trainer's present state.
    pub fn at(
        trainer: Trainer,
        test_inputs: &DMatrix<f64>,
        scheme: Scheme,
        objective: &dyn Objective,
    ) -> Self {
        let operators = Operators::new(&trainer, test_inputs, scheme, true);
        Self {
            gradient: operators.output_gradient(&trainer, objective),
            loss: operators.loss(&trainer, objective),
            test_outputs: operators.test_outputs(),
            trainer,
            operators,
        }
    }

    pub fn run(&mut self, steps: usize, objective: &dyn Objective, eta: f64, gate: Gate) {
        for _ in 0..steps {
            self.operators
                .step(&mut self.trainer, objective, eta, gate)
                .expect("a finite step");
        }
    }

    /// |g(T) - P g(s)| / |g(T)|.
    pub fn propagator_error(&self, objective: &dyn Objective) -> f64 {
        let now = self.operators.output_gradient(&self.trainer, objective);
        let predicted = self.operators.integrated.predicted_gradient(&self.gradient);
        (predicted - &now).norm() / now.norm()
    }

    /// |U_Q(T) - (U_Q(s) - G g(s))| / |U_Q(T) - U_Q(s)|.
    pub fn test_error(&self) -> f64 {
        let moved = self.operators.test_outputs() - &self.test_outputs;
        let integrated = &self.operators.integrated;
        let predicted = integrated.predicted_test_change(&self.gradient);
        (&moved - predicted).norm() / moved.norm()
    }

    /// |Phi(s) - Phi(T) - what the window predicts| / (Phi(s) - Phi(T)).
    pub fn drop_error(&self, objective: &dyn Objective) -> f64 {
        let drop = self.loss - self.operators.loss(&self.trainer, objective);
        let integrated = &self.operators.integrated;
        (integrated.predicted_loss_drop(&self.gradient) - drop).abs() / drop.abs()
    }

    /// |Phi(s) - Phi(T) - g' W g| / (Phi(s) - Phi(T)).
    pub fn loss_error(&self, w: &DMatrix<f64>, objective: &dyn Objective) -> f64 {
        let drop = self.loss - self.operators.loss(&self.trainer, objective);
        ((self.gradient.transpose() * w * &self.gradient)[0] - drop).abs() / drop.abs()
    }
}

/// The step size c 2n / lambda_1(K(0)).
pub fn step_size(mlp: &Mlp, inputs: &DMatrix<f64>, c: f64) -> f64 {
    let kernel = train_kernel(&TangentFactors::new(mlp, inputs));
    c * 2.0 * inputs.ncols() as f64 / kernel.symmetric_eigenvalues().max()
}
