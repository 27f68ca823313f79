//! What the operators of an arm say: W, and what became of the noise.
//!
//! They follow every step as it is taken, masks and Adam included: the step is
//! linear in the output gradients under the mask and the second moments that the
//! arm has made. A direction that the arm did not have is carried as if it had
//! met these.

use super::problem::Problem;
use crate::exhibit::catalogue::carried::Carried;
use crate::exhibit::catalogue::direction::Direction;
use crate::kernel::{Spectrum, SpectrumError};
use crate::training::{Pass, Trainer};
use nalgebra::{DMatrix, DVector};

/// Where operators lead and what they are asked about.
#[derive(Debug)]
pub struct Reach {
    /// Test inputs, d x m.
    pub inputs: DMatrix<f64>,
    /// eps at the training inputs.
    pub noise: DVector<f64>,
}

/// The operators of an arm at a recorded step.
#[derive(Debug, Clone, PartialEq)]
pub struct Operated {
    /// 2 lambda_j(W) / n, descending: 1 for a direction that is learned, below 0
    /// for one that has grown.
    pub learned: Vec<f64>,
    /// What became of the noise.
    pub noise: Direction,
    /// What they miss of the run, [`Carried::error`].
    pub error: f64,
}

impl Operated {
    /// Cost: one eigenproblem of size n.
    ///
    /// # Errors
    /// [`SpectrumError`] once the operators are no longer finite.
    pub fn of<P: Pass>(
        carried: &Carried,
        trainer: &Trainer<P>,
        problem: &Problem,
        reach: &Reach,
    ) -> Result<Self, SpectrumError> {
        let integrated = carried.integrated();
        let n = reach.noise.len() as f64;
        let w = integrated.integrated().clone();
        let spectrum = Spectrum::new(w, &carried.gradient)?;
        Ok(Self {
            learned: spectrum.values.iter().map(|v| 2.0 * v / n).collect(),
            noise: Direction::of(integrated, &reach.noise),
            error: carried.error(trainer, problem.objective.as_ref()),
        })
    }
}
