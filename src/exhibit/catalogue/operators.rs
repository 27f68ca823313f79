//! A window of training with its operators: every step that is taken moves
//! the network and enters P, W' and G.

use crate::kernel::{IntegratedKernel, Scheme, TakenStep, Tangents, TransferBound};
use crate::objective::Objective;
use crate::training::{Gate, StepReport, Trainer, TrainingError};
use nalgebra::{DMatrix, DVector};

/// P, W', G and the constant of their bound since the window began, with the
/// Jacobian's factors at the present step.
#[derive(Debug, Clone)]
pub struct Operators {
    /// P, W' and G.
    pub integrated: IntegratedKernel,
    /// The sum behind the bound's constant; none where nobody asks for it,
    /// since it is the larger part of the work.
    pub bound: Option<TransferBound>,
    /// Factors now.
    pub tangents: Tangents,
}

impl Operators {
    /// An empty window at the trainer's present state, for test inputs of one
    /// column per example.
    pub fn new(
        trainer: &Trainer,
        test_inputs: &DMatrix<f64>,
        scheme: Scheme,
        with_bound: bool,
    ) -> Self {
        let p = trainer.mlp().architecture().outputs;
        let (n, m) = (trainer.inputs().ncols(), test_inputs.ncols());
        Self {
            integrated: IntegratedKernel::new(scheme, n * p, m * p),
            bound: with_bound.then(|| TransferBound::new(scheme, m * p)),
            tangents: Tangents::new(trainer.mlp(), trainer.inputs(), test_inputs),
        }
    }

    /// One step of gradient descent that enters the window.
    ///
    /// The trainer's optimiser has to be gradient descent without decay: the
    /// operators describe no other.
    ///
    /// # Errors
    /// [`TrainingError`]; the window and the parameters are then those before.
    pub fn step(
        &mut self,
        trainer: &mut Trainer,
        objective: &dyn Objective,
        eta: f64,
        gate: Gate,
    ) -> Result<StepReport, TrainingError> {
        let outputs = self.tangents.train.outputs.as_ref() - trainer.origin();
        let report = trainer.step(objective, eta, gate)?;
        let test_inputs = &self.tangents.test.layers[0].activations;
        let after = Tangents::new(trainer.mlp(), trainer.inputs(), test_inputs);
        let sampler = trainer.sampler();
        let step = TakenStep {
            step_size: eta,
            before: &self.tangents,
            after: &after,
            outputs: &outputs,
            batch: (!sampler.is_full()).then(|| sampler.batch()),
            mask: (gate != Gate::Off).then(|| &trainer.mask().weights[..]),
        };
        self.integrated.advance(&step, objective);
        if let Some(bound) = &mut self.bound {
            bound.advance(&step);
        }
        self.tangents = after;
        Ok(report)
    }

    /// g = dPhi/dU on the whole train set now, as one vector (np).
    pub fn output_gradient(&self, trainer: &Trainer, objective: &dyn Objective) -> DVector<f64> {
        let outputs = self.tangents.train.outputs.as_ref() - trainer.origin();
        let all: Vec<usize> = (0..outputs.ncols()).collect();
        let mut gradient = outputs.clone();
        objective.gradient(&outputs, &all, &mut gradient);
        DVector::from_column_slice(gradient.as_slice())
    }

    /// Phi on the whole train set now.
    pub fn loss(&self, trainer: &Trainer, objective: &dyn Objective) -> f64 {
        let outputs = self.tangents.train.outputs.as_ref() - trainer.origin();
        let all: Vec<usize> = (0..outputs.ncols()).collect();
        objective.value(&outputs, &all)
    }

    /// The network's outputs at the test inputs now, as one vector (mp), not
    /// centred.
    pub fn test_outputs(&self) -> DVector<f64> {
        DVector::from_column_slice(self.tangents.test.outputs.as_slice())
    }
}
