//! A window of training with its operators: every step that is taken moves
//! the network and enters P, W' and G.

use crate::kernel::{IntegratedKernel, Scheme, TakenStep, Tangents, TransferBound};
use crate::network::TangentFactors;
use crate::objective::Objective;
use crate::training::{Gate, StepReport, Trainer, TrainingError};
use nalgebra::{DMatrix, DVector};

/// P, W', G and the constant of their bound since the window began, with the
/// Jacobian's factors at the present step.
#[derive(Debug, Clone)]
pub struct Operators {
    /// P, W' and G.
    pub integrated: IntegratedKernel,
    /// The sum behind the bound's constant, if asked for: it is the larger part of the
    /// work.
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

    /// An empty window that begins here, without a pass at weights already passed.
    pub fn restart(self, scheme: Scheme) -> Self {
        let (test_outputs, train_outputs) = self.integrated.transfer().shape();
        let bound = |_| TransferBound::new(scheme, test_outputs);
        Self {
            integrated: IntegratedKernel::new(scheme, train_outputs, test_outputs),
            bound: self.bound.map(bound),
            tangents: self.tangents,
        }
    }

    /// One step of gradient descent that enters the window. On a full batch of a network
    /// with one output, the trainer's next step takes over the pass made here.
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
        let after = Tangents {
            train: trainer.tangent_factors().into_owned(),
            test: TangentFactors::new(trainer.mlp(), test_inputs),
        };
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

    /// Outputs as the objective takes them, p x n, with the index of every example.
    fn centred(&self, trainer: &Trainer) -> (DMatrix<f64>, Vec<usize>) {
        let outputs = self.tangents.train.outputs.as_ref() - trainer.origin();
        let all = (0..outputs.ncols()).collect();
        (outputs, all)
    }

    /// g = dPhi/dU on the whole train set now, as one vector (np).
    pub fn output_gradient(&self, trainer: &Trainer, objective: &dyn Objective) -> DVector<f64> {
        let (outputs, all) = self.centred(trainer);
        let mut gradient = outputs.clone();
        objective.gradient(&outputs, &all, &mut gradient);
        DVector::from_column_slice(gradient.as_slice())
    }

    /// Phi on the whole train set now.
    pub fn loss(&self, trainer: &Trainer, objective: &dyn Objective) -> f64 {
        let (outputs, all) = self.centred(trainer);
        objective.value(&outputs, &all)
    }

    /// The network's outputs at the training inputs now, as one vector (np), not centred.
    pub fn outputs(&self) -> DVector<f64> {
        DVector::from_column_slice(self.tangents.train.outputs.as_slice())
    }

    /// The network's outputs at the test inputs now, as one vector (mp), not
    /// centred.
    pub fn test_outputs(&self) -> DVector<f64> {
        DVector::from_column_slice(self.tangents.test.outputs.as_slice())
    }
}
