//! Where a direction v of the residual has gone along a window. It is the
//! output gradient v/n, and of it
//!
//! ```text
//! P v                   is still unlearned        |P v|^2 / |v|^2
//! (I - P) v             is memorised              |(I - P) v|^2 / n
//! G v / n               is what that did to U_Q   |G v/n|^2 / m
//! gain                  the last over the one before
//! ```

use crate::kernel::IntegratedKernel;
use crate::random::{Stream, stream};
use crate::statistics::{Spread, spread};
use nalgebra::DVector;
use rand_distr::{Distribution, StandardNormal};

/// Random directions that the noise is compared with.
const RANDOM: usize = 64;

/// One direction of the residual. Shares of a direction that is 0, and the
/// gain while nothing is memorised, are not numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Direction {
    /// |P v|^2 / |v|^2.
    pub unlearned: f64,
    /// |(I - P) v|^2 / n.
    pub memorised: f64,
    /// The same over |v|^2 / n.
    pub memorised_share: f64,
    /// (|G v/n|^2 / m) / memorised.
    pub gain: f64,
    /// (|G v/n|^2 / m) / (|v|^2 / n): per energy present.
    pub reach: f64,
}

impl Direction {
    /// Of one output per example. Cost: one product each with P and G.
    pub fn of(operators: &IntegratedKernel, v: &DVector<f64>) -> Self {
        Self::among(operators, v, v.len())
    }

    /// Of several outputs per example: energies are per output, the output gradient is
    /// v over the number of `examples`.
    pub fn among(operators: &IntegratedKernel, v: &DVector<f64>, examples: usize) -> Self {
        let n = v.len() as f64;
        let learned = operators.learned(v);
        let memorised = learned.norm_squared() / n;
        let change = operators.transfer() * v / examples as f64;
        let reached = change.norm_squared() / change.len() as f64;
        let present = v.norm_squared() / n;
        Self {
            unlearned: (v - &learned).norm_squared() / v.norm_squared(),
            memorised,
            memorised_share: memorised / present,
            gain: reached / memorised,
            reach: reached / present,
        }
    }
}

/// The gains of normal random directions, without the twentieth at either end; of several
/// outputs per example, of directions whose outputs add up to 0 at every example. Cost: 2 m n
/// p^2 for each.
pub(super) fn random_gain(operators: &IntegratedKernel, outputs: usize) -> Spread {
    let mut random = stream(0, Stream::Directions);
    let length = operators.propagator().nrows();
    let mut gains: Vec<f64> = (0..RANDOM)
        .map(|_| {
            let mut v = DVector::from_fn(length, |_, _| StandardNormal.sample(&mut random));
            if outputs > 1 {
                for example in v.as_mut_slice().chunks_exact_mut(outputs) {
                    let mean = example.iter().sum::<f64>() / outputs as f64;
                    example.iter_mut().for_each(|v| *v -= mean);
                }
            }
            Direction::among(operators, &v, length / outputs).gain
        })
        .collect();
    gains.sort_unstable_by(f64::total_cmp);
    let tail = RANDOM / 20;
    spread(gains[tail..RANDOM - tail].iter().copied())
}
