//! A step on an objective: batch, forward, g, backward, gradient, gate,
//! direction, step.
//!
//! w <- w - eta (mask o d + decay): d is the gradient itself or what Adam
//! makes of it, the mask that of the gate, all ones without one.

use super::failure::finite;
use super::update::Update;
use super::{
    BatchSampler, Gate, GateError, GradientMoments, Mask, Optimiser, OptimiserError, Pass,
    PlainPass, Quantity, StreamingMoments, TrainingError,
};
use crate::network::{InputError, Mlp, TangentFactors, reshape};
use crate::objective::Objective;
use crate::random::{Random, Stream, stream};
use arithmetic::vector;
use nalgebra::DMatrix;

/// Training state: the network and everything that a step needs.
///
/// The [`Pass`] decides what the objective takes of the network: its outputs,
/// or with [`super::JetPass`] their derivatives in the input too.
#[derive(Debug)]
pub struct Trainer<P = PlainPass> {
    mlp: Mlp,
    /// d x n, one column per example.
    inputs: DMatrix<f64>,
    /// What is subtracted from the outputs of the pass, p x n.
    origin: DMatrix<f64>,
    sampler: BatchSampler,
    mask_random: Random,
    pass: P,
    /// Whether the pass has precomputed, for the next step, all training inputs
    /// at the present parameters.
    precomputed: bool,
    batch_inputs: DMatrix<f64>,
    centred: DMatrix<f64>,
    output_gradient: DMatrix<f64>,
    moments: GradientMoments,
    streaming: StreamingMoments,
    mask: Mask,
    pub(super) update: Update,
}

/// Where the mask of a step comes from.
#[derive(Debug, Clone, Copy)]
enum MaskSource {
    /// A gate, or none.
    Gate(Gate),
    /// A random mask with so many active parameters.
    Random(usize),
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// Phi over the batch before the step.
    pub value: f64,
    /// |dL/dw|^2 = g^T K g over the batch before the step.
    pub squared_gradient: f64,
    /// Number of parameters that the gate lets move at all.
    pub open: usize,
    /// Mean weight of the gate over all parameters: the fraction of active
    /// ones where weights are 0 or 1; 1 without a gate.
    pub active_fraction: f64,
    /// Largest change of a parameter, decay included.
    pub largest_change: f64,
}

impl Trainer {
    /// A trainer at step 0, with plain gradient descent.
    ///
    /// `inputs` is d x n. With `centred`, the initial outputs are subtracted
    /// from all later ones, which leaves the Jacobian unchanged. The caller
    /// ensures that `inputs` fits the network and `sampler` the inputs;
    /// [`Trainer::full_batch`] checks the one and makes the other.
    ///
    /// Cost: 2 n P.
    pub fn new(
        mlp: Mlp,
        inputs: DMatrix<f64>,
        centred: bool,
        sampler: BatchSampler,
        mask_random: Random,
    ) -> Self {
        let pass = PlainPass::default();
        Self::with_pass(pass, mlp, inputs, centred, sampler, mask_random)
    }

    /// A trainer at step 0 of plain gradient descent: every step takes all
    /// examples, and the loss is that of the outputs as they are.
    ///
    /// `inputs` is d x n, one column per example. A full batch draws nothing;
    /// a smaller one, set later, and a random mask draw from the streams of
    /// seed 0. [`Trainer::new`] takes other streams.
    ///
    /// # Errors
    /// [`InputError`].
    pub fn full_batch(mlp: Mlp, inputs: DMatrix<f64>) -> Result<Self, InputError> {
        mlp.check_inputs(&inputs)?;
        let examples = inputs.ncols();
        let sampler = BatchSampler::new(examples, examples, stream(0, Stream::Batches));
        Ok(Self::new(
            mlp,
            inputs,
            false,
            sampler,
            stream(0, Stream::Mask),
        ))
    }

    /// Another trainer at this one's present state: the same network, examples,
    /// optimiser and averages, with batches and masks of its own.
    pub fn replica(&self, sampler: BatchSampler, mask_random: Random) -> Self {
        let (mlp, inputs) = (self.mlp.clone(), self.inputs.clone());
        let replica = Self::new(mlp, inputs, false, sampler, mask_random);
        Self {
            origin: self.origin.clone(),
            update: self.update.clone(),
            ..replica
        }
    }

    /// The factors of the Jacobian at the training inputs, all of them, for the
    /// present parameters. The next step on a full batch reuses what was
    /// computed for them, with the same digits.
    ///
    /// Cost: 2 (1 + p) n P, of which the next step saves 4 n P where p = 1.
    pub fn tangent_factors(&mut self) -> TangentFactors<'_> {
        if self.mlp.architecture().outputs != 1 {
            return TangentFactors::new(&self.mlp, &self.inputs);
        }
        self.precomputed = true;
        self.pass.tangents(&self.mlp, &self.inputs)
    }
}

impl<P: Pass> Trainer<P> {
    /// [`Trainer::new`] with another pass: `centred` then subtracts all that
    /// the pass gives at step 0.
    pub fn with_pass(
        mut pass: P,
        mlp: Mlp,
        inputs: DMatrix<f64>,
        centred: bool,
        sampler: BatchSampler,
        mask_random: Random,
    ) -> Self {
        pass.forward(&mlp, &inputs);
        let mut origin = pass.outputs().clone();
        if !centred {
            origin.fill(0.0);
        }
        Self {
            mlp,
            inputs,
            origin,
            sampler,
            mask_random,
            pass,
            precomputed: false,
            batch_inputs: DMatrix::default(),
            centred: DMatrix::default(),
            output_gradient: DMatrix::default(),
            moments: GradientMoments::new(),
            streaming: StreamingMoments::new(),
            mask: Mask::default(),
            update: Update::default(),
        }
    }

    /// The network.
    pub fn mlp(&self) -> &Mlp {
        &self.mlp
    }

    /// Training inputs, d x n.
    pub fn inputs(&self) -> &DMatrix<f64> {
        &self.inputs
    }

    /// What is subtracted from the outputs of the pass on the training inputs.
    pub fn origin(&self) -> &DMatrix<f64> {
        &self.origin
    }

    /// The source of batches.
    pub fn sampler(&self) -> &BatchSampler {
        &self.sampler
    }

    /// Changes the batch size from the next step on.
    pub fn set_batch_size(&mut self, size: usize) {
        self.sampler.resize(size);
    }

    /// What turns gradients into steps: plain gradient descent unless set.
    pub fn optimiser(&self) -> Optimiser {
        self.update.optimiser()
    }

    /// Changes the optimiser from the next step on. Momentum and Adam keep their
    /// averages through a change of their numbers or of the decay.
    ///
    /// # Errors
    /// [`OptimiserError`]; the optimiser is then the one before.
    pub fn set_optimiser(&mut self, optimiser: Optimiser) -> Result<(), OptimiserError> {
        optimiser.validate()?;
        self.update.set_optimiser(optimiser);
        Ok(())
    }

    /// The mask of the last gated step; empty before one.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// mu and E[x^2] over the last batch: the second is up to date after a
    /// step with a gate that compares examples.
    pub fn moments(&self) -> &GradientMoments {
        &self.moments
    }

    /// mu and E[x^2] over the batch of the last step, whatever the mask of that
    /// step was; meaningless before one. Cost: 2 b P.
    pub fn batch_moments(&self) -> GradientMoments {
        let mut moments = GradientMoments::new();
        moments.mean.clone_from(&self.moments.mean);
        self.pass.mean_square(&self.mlp, &mut moments);
        moments
    }

    /// The mask of [`Gate::Hard`] for the batch of the last step, whatever the
    /// mask of that step was. Cost: 2 b P.
    ///
    /// # Errors
    /// [`GateError::BatchOfOne`].
    pub fn consider(&self) -> Result<Mask, GateError> {
        let mut mask = Mask::default();
        mask.decide(Gate::Hard, &self.batch_moments())?;
        Ok(mask)
    }

    /// One step of size `eta`, w <- w - eta (mask o d + decay). `objective` has the
    /// trainer's examples and outputs.
    ///
    /// Cost: 6 b P, and 2 b P more with a gate that compares examples; with jets
    /// 18 b P, and 8 b P more.
    ///
    /// # Errors
    /// [`TrainingError`]; the parameters and all running moments are then those
    /// before the step.
    pub fn step(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        gate: Gate,
    ) -> Result<StepReport, TrainingError> {
        self.take(objective, eta, MaskSource::Gate(gate))
    }

    /// One step of size `eta` under a mask of `open` active parameters, drawn
    /// at random: the control for a gate with as many in another run.
    ///
    /// # Errors
    /// [`TrainingError::NotFinite`], as for [`Trainer::step`].
    pub fn step_opening(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        open: usize,
    ) -> Result<StepReport, TrainingError> {
        self.take(objective, eta, MaskSource::Random(open))
    }

    fn take(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        source: MaskSource,
    ) -> Result<StepReport, TrainingError> {
        finite(Quantity::StepSize, eta)?;
        let compares = matches!(source, MaskSource::Gate(gate) if gate.compares_examples());
        if compares && self.sampler.size() < 2 {
            return Err(GateError::BatchOfOne.into());
        }
        let full = self.sampler.is_full();
        let batch = self.sampler.draw();
        // What was precomputed is out of date after this step.
        let precomputed = std::mem::take(&mut self.precomputed);
        if full && precomputed {
            self.pass.resume();
        } else if full {
            self.pass.forward(&self.mlp, &self.inputs);
        } else {
            reshape(&mut self.batch_inputs, self.inputs.nrows(), batch.len());
            for (to, &from) in batch.iter().enumerate() {
                self.batch_inputs.set_column(to, &self.inputs.column(from));
            }
            self.pass.forward(&self.mlp, &self.batch_inputs);
        }
        let outputs = self.pass.outputs();
        reshape(&mut self.centred, outputs.nrows(), outputs.ncols());
        for (to, &example) in batch.iter().enumerate() {
            let mut column = self.centred.column_mut(to);
            column.copy_from(&outputs.column(to));
            column -= self.origin.column(example);
        }
        reshape(&mut self.output_gradient, outputs.nrows(), outputs.ncols());
        objective.gradient(&self.centred, batch, &mut self.output_gradient);
        let value = objective.value(&self.centred, batch);
        self.pass.backward(&self.mlp, &self.output_gradient);
        self.moments.mean.resize(self.mlp.parameters().len(), 0.0);
        self.pass.gradient(&self.mlp, &mut self.moments.mean);
        let squared_gradient = vector::squared_norm(&self.moments.mean);
        // In the order of computing, so that the first cause is reported, and
        // before any parameter changes.
        let outputs = self.centred.iter();
        // 0 for finite numbers, and not a number for one that is not.
        finite(Quantity::Output, outputs.map(|u| 0.0 * u).sum())?;
        finite(Quantity::Loss, value)?;
        finite(Quantity::Gradient, squared_gradient)?;
        finite(Quantity::Step, eta * squared_gradient.sqrt())?;
        let (open, active_fraction) = self.make_mask(source)?;
        let ungated = matches!(source, MaskSource::Gate(Gate::Off));
        let mask = (!ungated).then_some(&self.mask.weights[..]);
        let parameters = self.mlp.parameters_mut();
        let largest_change = self.update.take(parameters, &self.moments.mean, mask, eta);
        Ok(StepReport {
            value,
            squared_gradient,
            open,
            active_fraction,
            largest_change,
        })
    }

    /// Makes the mask of this step; returns the number of active parameters and
    /// the mean weight.
    fn make_mask(&mut self, source: MaskSource) -> Result<(usize, f64), GateError> {
        let parameters = self.mlp.parameters().len();
        let gate = match source {
            MaskSource::Gate(gate) => gate,
            MaskSource::Random(open) => {
                self.streaming.clear();
                self.mask.scatter(parameters, open, &mut self.mask_random);
                return Ok((self.mask.open, self.mask.active_fraction));
            }
        };
        if gate.is_streaming() {
            self.streaming.update(&self.moments.mean);
            self.mask.decide_streaming(gate, &self.streaming);
        } else {
            self.streaming.clear();
        }
        if gate.compares_examples() {
            self.pass.mean_square(&self.mlp, &mut self.moments);
            self.mask.decide(gate, &self.moments)?;
        }
        match gate {
            Gate::Off => return Ok((parameters, 1.0)),
            Gate::Random => {
                let open = self.mask.open;
                self.mask.scatter(parameters, open, &mut self.mask_random);
            }
            _ => {}
        }
        Ok((self.mask.open, self.mask.active_fraction))
    }
}
