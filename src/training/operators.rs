//! Training that integrates the kernel: every step moves the network and
//! enters the propagator P, the integrated kernel W and the transfer operator
//! G of a window of steps ([`IntegratedKernel`] defines them), whatever the
//! optimiser, the batch and the gate.

use super::{Gate, Pass, Rule, StepReport, Trainer, TrainingError};
use crate::kernel::{
    IntegratedKernel, ParameterUpdate, Scheme, TakenStep, Tangents, TransferBound,
};
use crate::network::{InputError, TangentFactors};
use crate::objective::Objective;
use nalgebra::{DMatrix, DVector};
use thiserror::Error;

/// P, W, G and the constant of their bound since the window began, with the
/// Jacobian's factors at the present step.
///
/// [`Trainer::train_and_integrate`] trains with them in one call; for a gate,
/// another scheme or the bound, call [`Operators::step`] in place of
/// [`Trainer::step`].
#[derive(Debug, Clone)]
pub struct Operators {
    /// P, W, W' and G.
    pub integrated: IntegratedKernel,
    /// The sum behind the bound's constant. `None` unless asked for, since it
    /// is the larger part of the work.
    pub bound: Option<TransferBound>,
    /// Factors now.
    pub tangents: Tangents,
    /// The rule whose average the window carries.
    rule: Rule,
}

/// A step to be taken, and how its end is looked at.
struct Step<'a, P> {
    objective: &'a dyn Objective,
    eta: f64,
    /// Whether the trainer's mask held it back.
    masked: bool,
    tangents: fn(&mut Trainer<P>) -> TangentFactors<'static>,
}

impl Operators {
    /// An empty window at the trainer's present state, for test inputs of one
    /// column per example (d x m).
    ///
    /// Cost: 2 (1 + p) (n + m) P. Memory: 2 (np)^2 + mp np numbers, and
    /// 2 (mp)^2 more for the bound.
    pub fn new<P: Pass>(
        trainer: &Trainer<P>,
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
            rule: trainer.optimiser().rule,
        }
    }

    /// An empty window that begins here, at the trainer's present state. Cost: no
    /// pass, as the factors are known.
    pub fn restart<P: Pass>(self, trainer: &Trainer<P>, scheme: Scheme) -> Self {
        let (test_outputs, train_outputs) = self.integrated.transfer().shape();
        let bound = |_| TransferBound::new(scheme, test_outputs);
        Self {
            integrated: IntegratedKernel::new(scheme, train_outputs, test_outputs),
            bound: self.bound.map(bound),
            tangents: self.tangents,
            rule: trainer.optimiser().rule,
        }
    }

    /// One step that enters the window. On a full batch of a network with one
    /// output, the trainer's next step takes over the pass made here.
    ///
    /// A window holds one rule: if the trainer's is another than before, an
    /// empty window begins with this step.
    ///
    /// Cost: that of [`Trainer::step`], [`Tangents::new`] and
    /// [`IntegratedKernel::advance`], and of the bound.
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
        let step = Step {
            objective,
            eta,
            masked: gate != Gate::Off,
            tangents: |trainer: &mut Trainer| trainer.tangent_factors().into_owned(),
        };
        self.follow(trainer, step, |trainer| trainer.step(objective, eta, gate))
    }

    /// The same for a step that another function takes, of size `eta` and under
    /// the trainer's mask if it is `masked`, and for any pass whose outputs are
    /// those of the network.
    ///
    /// Cost: that of [`Operators::step`]; the trainer's next step takes nothing over.
    ///
    /// # Errors
    /// Those of `take`; the window is then the one before.
    pub fn step_by<P: Pass>(
        &mut self,
        trainer: &mut Trainer<P>,
        objective: &dyn Objective,
        eta: f64,
        masked: bool,
        take: impl FnOnce(&mut Trainer<P>) -> Result<StepReport, TrainingError>,
    ) -> Result<StepReport, TrainingError> {
        let step = Step {
            objective,
            eta,
            masked,
            tangents: |trainer: &mut Trainer<P>| {
                TangentFactors::new(trainer.mlp(), trainer.inputs())
            },
        };
        self.follow(trainer, step, take)
    }

    fn follow<P: Pass>(
        &mut self,
        trainer: &mut Trainer<P>,
        step: Step<'_, P>,
        take: impl FnOnce(&mut Trainer<P>) -> Result<StepReport, TrainingError>,
    ) -> Result<StepReport, TrainingError> {
        let Step {
            objective,
            eta,
            masked,
            tangents,
        } = step;
        let outputs = self.tangents.train.outputs.as_ref() - trainer.origin();
        let average = trainer.average().to_vec();
        let mlp = trainer.mlp().clone();
        let report = take(trainer)?;
        let optimiser = trainer.optimiser();
        if optimiser.rule != self.rule {
            *self = self.clone().restart(trainer, self.integrated.scheme());
        }
        let test_inputs = &self.tangents.test.layers[0].activations;
        let after = Tangents {
            train: tangents(trainer),
            test: TangentFactors::new(trainer.mlp(), test_inputs),
        };
        let sampler = trainer.sampler();
        let mask = masked.then(|| &trainer.mask().weights[..]);
        let form =
            (!optimiser.is_plain()).then(|| trainer.linear_form(mlp.parameters(), mask, eta));
        let update = match &form {
            None => ParameterUpdate::Descent {
                step_size: eta,
                mask,
            },
            Some(form) => ParameterUpdate::Averaged {
                memory: form.memory,
                l2: form.l2,
                scale: &form.scale,
                shift: form.shift.as_deref(),
                average: &average,
            },
        };
        let step = TakenStep {
            mlps: [&mlp, trainer.mlp()],
            tangents: [&self.tangents, &after],
            outputs: &outputs,
            batch: (!sampler.is_full()).then(|| sampler.batch()),
            update,
        };
        let nodes = self.integrated.advance(&step, objective);
        if let Some(bound) = &mut self.bound {
            bound.advance(&step, &nodes);
        }
        self.tangents = after;
        Ok(report)
    }

    /// Outputs as the objective takes them, p x n, with the index of every
    /// example.
    fn centred<P: Pass>(&self, trainer: &Trainer<P>) -> (DMatrix<f64>, Vec<usize>) {
        let outputs = self.tangents.train.outputs.as_ref() - trainer.origin();
        let all = (0..outputs.ncols()).collect();
        (outputs, all)
    }

    /// g = dPhi/dU over all training examples now, as one vector (np).
    pub fn output_gradient<P: Pass>(
        &self,
        trainer: &Trainer<P>,
        objective: &dyn Objective,
    ) -> DVector<f64> {
        let (outputs, all) = self.centred(trainer);
        let mut gradient = outputs.clone();
        objective.gradient(&outputs, &all, &mut gradient);
        DVector::from_column_slice(gradient.as_slice())
    }

    /// Phi over all training examples now.
    pub fn loss<P: Pass>(&self, trainer: &Trainer<P>, objective: &dyn Objective) -> f64 {
        let (outputs, all) = self.centred(trainer);
        objective.value(&outputs, &all)
    }

    /// The network's outputs at the training inputs now, as one vector (np),
    /// not centred.
    pub fn outputs(&self) -> DVector<f64> {
        DVector::from_column_slice(self.tangents.train.outputs.as_slice())
    }

    /// The network's outputs at the test inputs now, as one vector (mp), not
    /// centred.
    pub fn test_outputs(&self) -> DVector<f64> {
        DVector::from_column_slice(self.tangents.test.outputs.as_slice())
    }
}

/// Why training cannot be integrated.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum IntegrationError {
    /// A step could not be taken.
    #[error(transparent)]
    Training(#[from] TrainingError),
    /// The test inputs do not fit the network.
    #[error("Test inputs: {0}")]
    TestInputs(#[from] InputError),
    /// The objective belongs to other data.
    #[error(
        "The objective is for {} examples of {} outputs; the trainer has {} examples of {} outputs.",
        given.0, given.1, expected.0, expected.1
    )]
    Objective {
        /// Examples and outputs of the trainer.
        expected: (usize, usize),
        /// Examples and outputs of the objective.
        given: (usize, usize),
    },
}

impl Trainer {
    /// Takes `steps` steps of size `eta` without a gate, and integrates the
    /// kernel over them with [`Scheme::PATH`]. `test_inputs` is d x m.
    ///
    /// `after_step` gets every step's report and the operators up to it:
    /// P, W and G along the way. The result holds those of all steps, so that
    /// U_Q(T) - U_Q(s) is [`IntegratedKernel::predicted_test_change`] up to the
    /// quadrature's error.
    ///
    /// Cost: `steps` times that of [`Operators::step`].
    ///
    /// # Errors
    /// [`IntegrationError`]. Nothing has moved unless it is
    /// [`IntegrationError::Training`]; then the trainer is where the last
    /// finite step left it.
    pub fn train_and_integrate(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        steps: u64,
        test_inputs: &DMatrix<f64>,
        mut after_step: impl FnMut(&StepReport, &Operators),
    ) -> Result<Operators, IntegrationError> {
        self.mlp().check_inputs(test_inputs)?;
        let expected = (self.inputs().ncols(), self.mlp().architecture().outputs);
        let given = (objective.examples(), objective.outputs());
        if given != expected {
            return Err(IntegrationError::Objective { expected, given });
        }
        let mut operators = Operators::new(self, test_inputs, Scheme::PATH, false);
        for _ in 0..steps {
            let report = operators.step(self, objective, eta, Gate::Off)?;
            after_step(&report, &operators);
        }
        Ok(operators)
    }
}
