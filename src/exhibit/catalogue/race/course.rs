//! What a race is run on: data, a network, a loss, and what is measured.

use super::Looking;
use super::run::Run;
use crate::chart::{Axis, Chart};
use crate::exhibit::{Claim, Labels, NetworkSnapshot, Settings};
use crate::network::Mlp;
use crate::objective::Objective;
use crate::training::{
    Gate, GateError, GradientMoments, Mask, Optimiser, OptimiserError, Pass, StepReport, Trainer,
    TrainingError,
};
use std::fmt;

/// A network in training, whatever kind of pass it takes.
pub trait Train: fmt::Debug {
    /// A step under a gate.
    ///
    /// # Errors
    /// [`TrainingError`].
    fn step(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        gate: Gate,
    ) -> Result<StepReport, TrainingError>;

    /// A step under a random mask that opens so many parameters.
    ///
    /// # Errors
    /// [`TrainingError`].
    fn step_opening(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        open: usize,
    ) -> Result<StepReport, TrainingError>;

    /// Sets the optimiser.
    ///
    /// # Errors
    /// [`OptimiserError`].
    fn set_optimiser(&mut self, optimiser: Optimiser) -> Result<(), OptimiserError>;

    /// What the hard gate would open for the last batch.
    ///
    /// # Errors
    /// [`GateError`].
    fn consider(&mut self) -> Result<&Mask, GateError>;

    /// The network.
    fn mlp(&self) -> &Mlp;

    /// The mask of the last step that had one.
    fn mask(&self) -> &Mask;

    /// Mean and mean square of the gradient over the last batch.
    fn moments(&self) -> &GradientMoments;

    /// The network, laid open.
    fn snapshot(&self, name: String, steps: u64, labels: Labels) -> NetworkSnapshot;
}

impl<P: Pass + fmt::Debug> Train for Trainer<P> {
    fn step(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        gate: Gate,
    ) -> Result<StepReport, TrainingError> {
        Trainer::step(self, objective, eta, gate)
    }

    fn step_opening(
        &mut self,
        objective: &dyn Objective,
        eta: f64,
        open: usize,
    ) -> Result<StepReport, TrainingError> {
        Trainer::step_opening(self, objective, eta, open)
    }

    fn set_optimiser(&mut self, optimiser: Optimiser) -> Result<(), OptimiserError> {
        Trainer::set_optimiser(self, optimiser)
    }

    fn consider(&mut self) -> Result<&Mask, GateError> {
        Trainer::consider(self)
    }

    fn mlp(&self) -> &Mlp {
        Trainer::mlp(self)
    }

    fn mask(&self) -> &Mask {
        Trainer::mask(self)
    }

    fn moments(&self) -> &GradientMoments {
        Trainer::moments(self)
    }

    fn snapshot(&self, name: String, steps: u64, labels: Labels) -> NetworkSnapshot {
        NetworkSnapshot::new(name, steps, self, labels)
    }
}

/// Where the seed of a validation set lies from that of the data.
pub const VALIDATION_SEED: u32 = 0x8000_0000;

/// The data of one heat, the same for all of its arms.
pub trait Course: fmt::Debug {
    /// An arm at step 0: from the same weights, with the same batches to come.
    ///
    /// # Errors
    /// A sentence.
    fn trainer(&self) -> Result<Box<dyn Train>, String>;

    /// What is minimised.
    fn objective(&self) -> &dyn Objective;

    /// What is to be learned, the same for all arms.
    fn labels(&self) -> Labels;

    /// The optimiser of every arm, before its own weight decay.
    fn optimiser(&self) -> Optimiser;

    /// Whether a mask holds the weight decay back too.
    fn masks_decay(&self) -> bool {
        false
    }

    /// Step size eta of an arm whose own factor is 1.
    fn rate(&self) -> f64;

    /// The numbers of [`Discipline::measures`], in their order.
    fn measure(&self, mlp: &Mlp) -> Vec<f64>;

    /// A view that only this discipline has, and a step that a person looks at.
    fn chart(&self, view: &str, run: &Run, probe: Option<Looking>) -> Option<Chart>;
}

/// A number measured of every arm.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Its name in CSV: kebab-case.
    pub name: &'static str,
    /// Title of its view: strong and plain words.
    pub title: [&'static str; 2],
    /// Its value for a person.
    pub format: fn(f64) -> String,
    /// Vertical axis, given the smallest and the largest value.
    pub axis: fn(f64, f64) -> Axis,
}

/// What decides a race. All of them are better when lower.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// The score at the end.
    End,
    /// What the score, a share, lacks to 1 at the end.
    Lacks,
    /// The first step at which the score, a share, reaches a level.
    Reaches(f64),
}

/// The data of a seed, or a sentence why there are none.
pub type Drawn = Result<Box<dyn Course>, String>;

/// What is raced on.
#[derive(Debug)]
pub struct Discipline {
    /// What is measured.
    pub measures: &'static [Measure],
    /// Which measure is the score.
    pub score: usize,
    /// Which measure a validation set would give, lower being better.
    pub validation: Option<usize>,
    /// What decides.
    pub outcome: Outcome,
    /// The outcome in words: "test error at the end".
    pub outcome_words: &'static str,
    /// Most steps a frame should take.
    pub most_steps_a_frame: u64,
    /// Draws the data of a seed.
    pub course: fn(&Settings, u32) -> Drawn,
    /// The ledger.
    pub claims: fn(&Run) -> Vec<Claim>,
    /// Settings that matter, in a few words.
    pub caption: fn(&Settings) -> String,
}
