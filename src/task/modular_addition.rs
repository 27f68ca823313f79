//! Modular addition: c = (a + b) mod p, from a part of the table of all sums.
//!
//! An input is two one-hot vectors, one below the other: entries a and p + b
//! of 2p are 1. The target is the one-hot vector of c. Of the p^2 pairs a
//! share is shown in training; the others are held out.
//!
//! The network that learns it has one hidden layer of H units and no biases,
//! f(a, b) = W_2 phi(W_1 (e_a, e_b)), W_1 ~ N(0, init^2), W_2 ~ N(0, 1/H).

use crate::network::{Activation, Architecture, ArchitectureError, Mlp, Parametrisation};
use crate::random::{Stream, stream};
use nalgebra::DMatrix;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, StandardNormal};

/// A pair (a, b) of residues.
pub type Pair = [usize; 2];

/// The pairs that are shown in training and those that are held out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModularAddition {
    /// The modulus p.
    pub modulus: usize,
    /// Pairs shown in training.
    pub train: Vec<Pair>,
    /// All the others.
    pub test: Vec<Pair>,
}

impl ModularAddition {
    /// Draws which of the p^2 pairs are shown: a share of them, rounded to the nearest
    /// number, at least one and not all.
    pub fn new(modulus: usize, train_share: f64, seed: u32) -> Self {
        let all = modulus * modulus;
        let mut pairs: Vec<Pair> = (0..all).map(|i| [i / modulus, i % modulus]).collect();
        pairs.shuffle(&mut stream(seed, Stream::Inputs));
        let shown = (train_share * all as f64).round() as usize;
        let test = pairs.split_off(shown.clamp(1, all - 1));
        Self {
            modulus,
            train: pairs,
            test,
        }
    }

    /// (a + b) mod p.
    pub fn sum(&self, [a, b]: Pair) -> usize {
        (a + b) % self.modulus
    }

    /// The sums of pairs.
    pub fn sums(&self, pairs: &[Pair]) -> Vec<usize> {
        pairs.iter().map(|pair| self.sum(*pair)).collect()
    }

    /// The sums of the training pairs in another order: labels with the same counts and nothing
    /// to learn in them.
    pub fn shuffled_sums(&self, seed: u32) -> Vec<usize> {
        let mut labels = self.sums(&self.train);
        labels.shuffle(&mut stream(seed, Stream::Noise));
        labels
    }

    /// Pairs as inputs, 2p x n.
    pub fn inputs(&self, pairs: &[Pair]) -> DMatrix<f64> {
        let mut inputs = DMatrix::zeros(2 * self.modulus, pairs.len());
        for (i, [a, b]) in pairs.iter().enumerate() {
            inputs[(*a, i)] = 1.0;
            inputs[(self.modulus + b, i)] = 1.0;
        }
        inputs
    }

    /// Labels as targets, p x n: one-hot columns.
    pub fn targets(&self, labels: &[usize]) -> DMatrix<f64> {
        let mut targets = DMatrix::zeros(self.modulus, labels.len());
        for (i, label) in labels.iter().enumerate() {
            targets[(*label, i)] = 1.0;
        }
        targets
    }

    /// The network at step 0: one hidden layer of `width` units, whose weights
    /// have the standard deviation `init`, and p outputs.
    ///
    /// # Errors
    /// [`ArchitectureError::EmptyLayer`] for a width of 0.
    pub fn network(
        &self,
        width: usize,
        activation: Activation,
        init: f64,
        seed: u32,
    ) -> Result<Mlp, ArchitectureError> {
        let architecture = Architecture {
            inputs: 2 * self.modulus,
            widths: vec![width],
            outputs: self.modulus,
            activation,
            parametrisation: Parametrisation::Standard,
            bias: 0.0,
        };
        let mut random = stream(seed, Stream::Weights);
        let sizes = [
            (architecture.inputs, init),
            (architecture.outputs, 1.0 / (width as f64).sqrt()),
        ];
        let mut parameters = Vec::with_capacity(architecture.parameter_count());
        for (units, deviation) in sizes {
            for _ in 0..units * width {
                let normal: f64 = StandardNormal.sample(&mut random);
                parameters.push(deviation * normal);
            }
        }
        Mlp::from_parameters(architecture, parameters)
    }
}
