//! An arm in training.

use super::operated::Operated;
use super::problem::{Outputs, Problem};
use super::rule::Rule;
use super::setup::ArmSetup;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::catalogue::carried::Carried;
use crate::exhibit::{Labels, NetworkSnapshot};
use crate::kernel::SpectrumError;
use crate::network::Mlp;
use crate::random::{Stream, stream};
use crate::training::{
    BatchSampler, Decay, Gate, GradientMoments, JetPass, Mask, Pass, PlainPass, StepReport, Trainer,
};
use std::cell::OnceCell;

/// Averages over steps forget at this rate: some twenty steps are in them.
const FORGETTING: f64 = 0.05;

/// An arm at a recorded step.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmRecord {
    /// The task's measures.
    pub measures: Vec<f64>,
    /// Mean weight of its mask, averaged over some twenty steps; the share
    /// that the hard gate would open now, where it has no mask.
    pub active: f64,
    /// The same for each layer, at this step alone.
    pub layers: Vec<f64>,
    /// Where they are carried.
    pub operated: Option<Operated>,
}

/// An arm in training.
#[derive(Debug)]
pub struct Arm {
    pub setup: ArmSetup,
    trainer: Trainer<Box<dyn Pass>>,
    /// Weight of each parameter in the mask, averaged over some twenty
    /// steps; empty before the first and where there is no mask.
    pub recent: Vec<f64>,
    active: f64,
    /// Of the last step.
    pub report: Option<StepReport>,
    first_loss: Option<f64>,
    /// Of the last batch, once somebody has asked.
    moments: OnceCell<GradientMoments>,
    carried: Option<Carried>,
}

impl Arm {
    /// An arm at step 0: from the problem's weights, with the batches and masks of a seed.
    ///
    /// # Errors
    /// A sentence if it cannot be set up.
    pub fn new(setup: &ArmSetup, problem: &Problem, seed: u32) -> Result<Self, String> {
        let (mlp, inputs) = (problem.network.clone(), problem.inputs.clone());
        let batches = stream(seed, Stream::Batches);
        let sampler = BatchSampler::new(inputs.ncols(), problem.batch, batches);
        let mask = stream(seed, Stream::Mask);
        let pass: Box<dyn Pass> = match problem.outputs {
            Outputs::Jets => Box::new(JetPass::new()),
            Outputs::Plain | Outputs::Centred => Box::new(PlainPass::default()),
        };
        let centred = problem.outputs == Outputs::Centred;
        let mut trainer = Trainer::with_pass(pass, mlp, inputs, centred, sampler, mask);
        let optimiser = problem.optimiser.with_decay(match setup.decay {
            0.0 => Decay::Off,
            rate => Decay::Decoupled {
                rate,
                masked: problem.masks_decay,
            },
        });
        let set = trainer.set_optimiser(optimiser);
        set.map_err(|error| error.to_string())?;
        let (reach, objective) = (problem.reach.as_ref(), problem.objective.as_ref());
        Ok(Self {
            setup: *setup,
            carried: reach.map(|reach| Carried::new(&trainer, objective, &reach.inputs)),
            trainer,
            recent: Vec::new(),
            active: f64::NAN,
            report: None,
            first_loss: None,
            moments: OnceCell::new(),
        })
    }

    /// Takes a step; `copied` is the last one of the arm that it copies.
    ///
    /// # Errors
    /// [`Breakdown`] if training diverged.
    pub fn step(&mut self, problem: &Problem, copied: Option<StepReport>) -> Result<(), Breakdown> {
        self.moments.take();
        let eta = self.setup.rate * problem.rate;
        let copied = copied.map_or(1.0, |report| report.active_fraction);
        let eta = match self.setup.rule {
            Rule::Slower => copied * eta,
            _ => eta,
        };
        let (rule, objective) = (self.setup.rule, problem.objective.as_ref());
        let take = |trainer: &mut Trainer<Box<dyn Pass>>| match rule {
            Rule::Free | Rule::Slower => trainer.step(objective, eta, Gate::Off),
            Rule::Gate(gate) => trainer.step(objective, eta, gate),
            Rule::RandomOwn => trainer.step(objective, eta, Gate::Random),
            Rule::Random => {
                let parameters = trainer.mlp().parameters().len() as f64;
                trainer.step_opening(objective, eta, (copied * parameters).round() as usize)
            }
        };
        let trainer = &mut self.trainer;
        let report = match &mut self.carried {
            Some(Carried { operators, .. }) => {
                operators.step_by(trainer, objective, eta, rule.has_mask(), take)
            }
            None => take(trainer),
        }?;
        let first = *self.first_loss.get_or_insert(report.value);
        if let Some(cause) = Breakdown::of_loss(report.value, first) {
            return Err(cause);
        }
        if self.setup.rule.has_mask() {
            let weights = &self.trainer.mask().weights;
            if self.recent.is_empty() {
                self.recent.clone_from(weights);
                self.active = report.active_fraction;
            }
            for (recent, weight) in self.recent.iter_mut().zip(weights) {
                *recent += FORGETTING * (weight - *recent);
            }
            self.active += FORGETTING * (report.active_fraction - self.active);
        }
        self.report = Some(report);
        Ok(())
    }

    pub fn mlp(&self) -> &Mlp {
        self.trainer.mlp()
    }

    /// Moments of the gradient over the last batch; of no use before the first. Cost: 2 b P,
    /// once a step.
    pub fn moments(&self) -> &GradientMoments {
        self.moments.get_or_init(|| self.trainer.batch_moments())
    }

    /// Measures the arm.
    ///
    /// # Errors
    /// [`SpectrumError`] once its operators are no longer finite.
    pub fn record(&self, problem: &Problem) -> Result<ArmRecord, SpectrumError> {
        let mut hard = Mask::default();
        let (active, mask) = if self.report.is_none() {
            (f64::NAN, None)
        } else if self.setup.rule.has_mask() {
            (self.active, Some(self.trainer.mask()))
        } else {
            match hard.decide(Gate::Hard, self.moments()) {
                Ok(()) => (hard.active_fraction, Some(&hard)),
                Err(_) => (f64::NAN, None),
            }
        };
        let layers = self.mlp().layers().iter().map(|layer| {
            let end = layer.biases().end.max(layer.weights().end);
            let weights = mask.map(|mask| &mask.weights[layer.weights().start..end]);
            weights.map_or(f64::NAN, |weights| {
                weights.iter().sum::<f64>() / weights.len().max(1) as f64
            })
        });
        let operated = match (&self.carried, &problem.reach) {
            (Some(carried), Some(reach)) => {
                Some(Operated::of(carried, &self.trainer, problem, reach)?)
            }
            _ => None,
        };
        Ok(ArmRecord {
            measures: problem.test.measure(self.mlp()),
            active,
            layers: layers.collect(),
            operated,
        })
    }

    /// The network, for export.
    pub fn snapshot(&self, name: String, step: u64, labels: Labels) -> NetworkSnapshot {
        NetworkSnapshot::new(name, step, &self.trainer, labels)
    }
}
