//! All pairs of the addition table, training pairs first.

use super::knobs::Setup;
use crate::task::{ModularAddition, Pair};
use nalgebra::DMatrix;

/// What does not change during a run.
#[derive(Debug)]
pub struct Pairs {
    pub task: ModularAddition,
    /// All pairs, training pairs first, one-hot, 2p x p^2.
    pub inputs: DMatrix<f64>,
    /// Number of training pairs.
    pub training: usize,
    /// Sums of the held-out pairs.
    pub test_sums: Vec<usize>,
    /// Their one-hot columns.
    pub test_targets: DMatrix<f64>,
    /// Column of pair (a, b), at a p + b.
    columns: Vec<usize>,
}

impl Pairs {
    /// Draws the split.
    pub fn new(setup: &Setup) -> Self {
        let task = ModularAddition::new(setup.modulus, setup.train_share, setup.seed);
        let mut pairs = task.train.clone();
        pairs.extend(&task.test);
        let mut columns = vec![0; pairs.len()];
        for (i, [a, b]) in pairs.iter().enumerate() {
            columns[a * setup.modulus + b] = i;
        }
        let test_sums = task.sums(&task.test);
        Self {
            inputs: task.inputs(&pairs),
            training: task.train.len(),
            test_targets: task.targets(&test_sums),
            test_sums,
            columns,
            task,
        }
    }

    /// Column of a pair.
    pub fn column(&self, [a, b]: Pair) -> usize {
        self.columns[a * self.task.modulus + b]
    }

    /// Whether a pair is trained on.
    pub fn is_training(&self, pair: Pair) -> bool {
        self.column(pair) < self.training
    }

    /// Number of leading modes that are probed: one for every input, the size of the space
    /// of functions f(a) + g(b) and a little more than twice that of the p - 1 functions of
    /// a + b that the labels span.
    pub fn modes(&self) -> usize {
        self.inputs.nrows()
    }
}
