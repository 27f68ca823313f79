//! Two classes around two centres, with some labels flipped:
//!
//! ```text
//! x = (c mu + z) / sqrt(d),   z ~ N(0, I_d),   c = +1 or -1 with equal chance
//! y = -c with probability q, else c
//! ```
//!
//! The best rule, the sign of <mu, x>, errs on a share Phi(-|mu|) of new
//! points whatever d. What d changes is how much of a point is its own: two
//! noise vectors of length sqrt(d) are nearly orthogonal when d is large.

use crate::random::Random;
use nalgebra::{DMatrix, DVector};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

/// x = c `mean` + `deviation` z.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    /// Centre of the class +1, as long as a point has coordinates.
    pub mean: DVector<f64>,
    /// Standard deviation of every coordinate about the centre.
    pub deviation: f64,
}

/// Points of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct MixturePoints {
    /// One column per point.
    pub inputs: DMatrix<f64>,
    /// The true class c of each, +1 or -1.
    pub classes: DVector<f64>,
}

impl Mixture {
    /// The mixture in `dimension` >= 1 coordinates with |mu| = `strength`. mu
    /// points along the first axis: noise and random weights know no
    /// direction, so any other would do.
    pub fn new(dimension: usize, strength: f64) -> Self {
        let deviation = 1.0 / (dimension as f64).sqrt();
        let mut mean = DVector::zeros(dimension);
        if let Some(first) = mean.iter_mut().next() {
            *first = strength * deviation;
        }
        Self { mean, deviation }
    }

    /// Draws points.
    pub fn draw(&self, count: usize, random: &mut Random) -> MixturePoints {
        let mut classes = DVector::zeros(count);
        let mut inputs = DMatrix::zeros(self.mean.len(), count);
        for (class, mut column) in classes.iter_mut().zip(inputs.column_iter_mut()) {
            *class = if random.random::<bool>() { 1.0 } else { -1.0 };
            for (x, centre) in column.iter_mut().zip(self.mean.iter()) {
                let z: f64 = StandardNormal.sample(random);
                *x = *class * centre + self.deviation * z;
            }
        }
        MixturePoints { inputs, classes }
    }
}

impl MixturePoints {
    /// Labels: the classes, each flipped with probability `share`. One number
    /// is drawn per point whatever the share, so that a larger share flips
    /// the same points and more.
    pub fn labels(&self, share: f64, random: &mut Random) -> DVector<f64> {
        self.classes.map(|class| {
            let flipped = random.random::<f64>() < share;
            if flipped { -class } else { class }
        })
    }
}
