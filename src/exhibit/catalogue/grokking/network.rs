//! One network with its labels: the run has two, the second with shuffled labels.

use super::knobs::Setup;
use super::pairs::Pairs;
use crate::exhibit::{Labels, NetworkSnapshot};
use crate::network::{Forward, Mlp};
use crate::objective::{CrossEntropy, Objective, SquaredLoss};
use crate::random::{Stream, stream};
use crate::task::ModularAddition;
use crate::training::{BatchSampler, Gate, OptimiserError, StepReport, Trainer, TrainingError};
use nalgebra::DMatrix;

/// Hidden units.
pub const WIDTH: usize = 128;

/// A network in training.
#[derive(Debug)]
pub struct Network {
    /// Labels of the training pairs.
    pub labels: Vec<usize>,
    loss: Box<dyn Objective>,
    trainer: Trainer,
}

impl Network {
    /// A network at step 0, whose training pairs carry the given labels.
    pub fn new(setup: &Setup, task: &ModularAddition, labels: Vec<usize>) -> Result<Self, String> {
        let inputs = task.inputs(&task.train);
        let count = labels.len();
        let sampler = BatchSampler::new(count, count, stream(setup.seed, Stream::Batches));
        let mask = stream(setup.seed, Stream::Mask);
        let mlp = task
            .network(WIDTH, setup.activation, setup.init, setup.weight_seed)
            .map_err(|e| e.to_string())?;
        let loss: Box<dyn Objective> = if setup.cross_entropy {
            let loss = CrossEntropy::new(setup.modulus, labels.clone());
            Box::new(loss.map_err(|e| e.to_string())?)
        } else {
            Box::new(SquaredLoss::new(&task.targets(&labels)))
        };
        let mut network = Self {
            labels,
            loss,
            trainer: Trainer::new(mlp, inputs, false, sampler, mask),
        };
        network.set_optimiser(setup).map_err(|e| e.to_string())?;
        Ok(network)
    }

    pub fn mlp(&self) -> &Mlp {
        self.trainer.mlp()
    }

    /// The network, for export.
    pub fn snapshot(
        &self,
        name: &str,
        step: u64,
        task: &ModularAddition,
        meaning: &'static str,
    ) -> NetworkSnapshot {
        let labels = Labels {
            values: task.targets(&self.labels),
            meaning,
        };
        NetworkSnapshot::new(name, step, &self.trainer, labels)
    }

    /// New decay from the next step on.
    pub fn set_optimiser(&mut self, setup: &Setup) -> Result<(), OptimiserError> {
        self.trainer.set_optimiser(setup.optimiser())
    }

    /// One step on all training pairs.
    pub fn step(&mut self, eta: f64) -> Result<StepReport, TrainingError> {
        self.trainer.step(self.loss.as_ref(), eta, Gate::Off)
    }

    /// Its answers to all pairs.
    pub fn answers(&self, pairs: &Pairs) -> Answers {
        let mut forward = Forward::new();
        forward.run(self.trainer.mlp(), &pairs.inputs);
        let outputs = forward.outputs;
        let predictions = predictions(&outputs);
        let (train, test) = predictions.split_at(pairs.training);
        Answers {
            train: share_equal(train, &self.labels),
            test: share_equal(test, &pairs.test_sums),
            predictions,
            outputs,
        }
    }
}

/// Answers to all p^2 pairs.
#[derive(Debug)]
pub struct Answers {
    /// The residue with the largest output, training pairs first.
    pub predictions: Vec<usize>,
    /// p x p^2.
    pub outputs: DMatrix<f64>,
    /// Share of the training pairs answered as labelled.
    pub train: f64,
    /// Share of the held-out pairs answered with their sum.
    pub test: f64,
}

/// The residue with the largest output, for every column.
pub fn predictions(outputs: &DMatrix<f64>) -> Vec<usize> {
    outputs.column_iter().map(|column| column.imax()).collect()
}

/// Share of predictions that equal their labels.
pub fn share_equal(predictions: &[usize], labels: &[usize]) -> f64 {
    let right = predictions.iter().zip(labels).filter(|(a, b)| a == b);
    right.count() as f64 / labels.len() as f64
}
