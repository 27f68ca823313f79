//! What is measured of a network and its control at one step.

use super::problem::{POINTS, Problem};
use super::transfer::Modes;
use crate::exhibit::catalogue::carried::inexact;
use crate::exhibit::catalogue::direction::{Direction, random_gain};
use crate::exhibit::series::Recorded;
use crate::kernel::{IntegratedKernel, SpectrumError};
use crate::statistics::Spread;
use nalgebra::DVector;

/// What is recorded of a step.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    /// Mean squared error on the labels.
    pub train_loss: f64,
    /// Share of training points on the wrong side of their labels.
    pub train_error: f64,
    /// Share of the flipped labels that are fitted in sign.
    pub flipped_fitted: f64,
    /// Share of test points on the wrong side of their true class.
    pub test_error: f64,
    /// The same for the control, which learns the true labels.
    pub clean_error: f64,
    /// y u for every training point: on the label's side where positive.
    pub margins: Vec<f64>,
    pub noise: Direction,
    pub signal: Direction,
    /// The noise's gain without operators: energy between network and control at
    /// the test points, over that at the training points. Not a number while
    /// the two are one.
    pub noise_gain: f64,
    /// The signal's: the same for the control and nothing.
    pub signal_gain: f64,
    /// The noise's gain by operators; not a number where they miss what has happened.
    pub operator_gain: f64,
}

impl Recorded for Record {
    fn step(&self) -> u64 {
        self.step
    }
}

/// A record with what is shown of the present step alone.
#[derive(Debug, Clone)]
pub struct Observation {
    pub record: Record,
    pub modes: Modes,
    /// |U_Q(T) - U_Q(0) + G g(0)| / |U_Q(T) - U_Q(0)|: how well G describes
    /// what happened at the test points.
    pub test_identity_error: f64,
    /// Gains of random directions of the labels, per memorised energy as the noise's: median
    /// and the range without the twentieth at either end.
    pub random_gain: Spread,
}

/// How far a network's outputs have moved since step 0: at the training points, and at all
/// test points.
pub type Moved = [DVector<f64>; 2];

impl Observation {
    /// From the outputs of a network and of its control, and from the operators of the
    /// network, which reach the first of the test points. Cost: one symmetric eigenproblem
    /// of size n and 2 m n^2.
    ///
    /// # Errors
    /// [`SpectrumError`] once the operators are no longer finite.
    pub fn new(
        step: u64,
        problem: &Problem,
        [[train, test], [control_train, control_test]]: &[Moved; 2],
        operators: &IntegratedKernel,
    ) -> Result<Self, SpectrumError> {
        let (labels, classes) = (&problem.labels, &problem.test.classes);
        let residual = train - labels;
        let margins = (&residual + labels).component_mul(labels);
        let flipped = (0..POINTS).filter(|&point| problem.is_flipped(point));
        let flipped: Vec<f64> = flipped.map(|point| margins[point]).collect();
        let energy = |v: &DVector<f64>| v.norm_squared() / v.len() as f64;
        // g(0) = -y/n, as the network starts at 0.
        let predicted = operators.transfer() * labels / POINTS as f64;
        let change = test.rows(0, predicted.len());
        let test_identity_error = (change - predicted).norm() / change.norm();
        let noise = Direction::of(operators, &problem.noise);
        let record = Record {
            step,
            train_loss: residual.norm_squared() / POINTS as f64,
            train_error: wrong(margins.as_slice()),
            flipped_fitted: 1.0 - wrong(&flipped),
            test_error: wrong(test.component_mul(classes).as_slice()),
            clean_error: wrong(control_test.component_mul(classes).as_slice()),
            operator_gain: match inexact(test_identity_error) {
                None => noise.gain,
                Some(_) => f64::NAN,
            },
            noise,
            signal: Direction::of(operators, &problem.classes),
            noise_gain: energy(&(test - control_test)) / energy(&(train - control_train)),
            signal_gain: energy(control_test) / energy(control_train),
            margins: margins.iter().copied().collect(),
        };
        Ok(Self {
            record,
            modes: Modes::of(operators, &problem.noise)?,
            test_identity_error,
            random_gain: random_gain(operators, 1),
        })
    }
}

/// Share of margins below zero; a margin of exactly zero, as at the start,
/// is a guess.
fn wrong(margins: &[f64]) -> f64 {
    let count = |margin: &f64| match margin.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Greater) => 0.0,
        Some(std::cmp::Ordering::Equal) => 0.5,
        _ => 1.0,
    };
    margins.iter().map(count).sum::<f64>() / margins.len() as f64
}
