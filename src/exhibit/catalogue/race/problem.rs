//! The problem of one trial: data, a network, a loss, and what is measured, the same for
//! all arms.

use super::operated::Reach;
use crate::exhibit::Labels;
use crate::network::Mlp;
use crate::objective::Objective;
use crate::training::Optimiser;
use nalgebra::DMatrix;
use std::fmt;

/// Where the seed of a validation set lies from that of the data.
pub const VALIDATION_SEED: u32 = 0x8000_0000;

/// Adam, as most tasks train with it.
pub const ADAM: Optimiser = Optimiser::adam(0.9, 0.99, 1e-8);

/// What the objective sees of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// Its outputs.
    Plain,
    /// Its outputs less those of step 0.
    Centred,
    /// Its output, u' and u''.
    Jets,
}

/// The problem of one trial.
#[derive(Debug)]
pub struct Problem {
    /// The network of every arm at step 0.
    pub network: Mlp,
    /// Training inputs, d x n.
    pub inputs: DMatrix<f64>,
    /// What is minimised, and of what.
    pub objective: Box<dyn Objective>,
    pub outputs: Outputs,
    /// Examples per step.
    pub batch: usize,
    /// The optimiser of every arm, before its own weight decay.
    pub optimiser: Optimiser,
    /// Step size eta of an arm whose own factor is 1.
    pub rate: f64,
    /// Whether a mask holds the weight decay back too.
    pub masks_decay: bool,
    /// What is to be learned.
    pub labels: Labels,
    pub test: Box<dyn Test>,
    /// None where no operators are carried.
    pub reach: Option<Reach>,
}

/// What networks are measured with.
pub trait Test: fmt::Debug {
    /// The numbers of [`super::task::TaskSpecification::measures`], in their order.
    fn measure(&self, mlp: &Mlp) -> Vec<f64>;

    /// Networks as functions of x; nothing for problems on other inputs.
    fn graph(&self, _of: Along, _networks: &[&Mlp]) -> Graph {
        Graph::default()
    }
}

/// What is drawn along x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    /// What networks are to learn.
    Function,
    /// What is left of a differential equation.
    Residual,
}

/// Networks as functions of x, with what is known of it.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Where they are drawn.
    pub x: Vec<f64>,
    /// A row of values for every network.
    pub networks: Vec<Vec<f64>>,
    /// What they would be, if they had learned it.
    pub truth: Vec<f64>,
    /// Training points: x, the true value and what is trained on.
    pub points: Vec<[f64; 3]>,
}
