//! What directions have lost of their error that had more time than they need, and what those
//! that had less.
//!
//! Along an eigenvector of a constant kernel the error falls as exp(-lambda t / n), so that by
//! time t the split lies at lambda = n/t and moves down as training goes on.

use crate::kernel::Spectrum;
use nalgebra::DVector;

/// "Far above" and "far below" n/t: three times, or a third.
const MARGIN: f64 = 3.0;

/// Shares of the energy of a window's first residual that are gone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lost {
    /// The step at which they were measured.
    pub step: u64,
    /// In modes of the window's first kernel above three times n/t.
    pub above: f64,
    /// In those below a third of n/t.
    pub below: f64,
}

impl Lost {
    /// At time `time` of a window that began with `start`; none while one of the two parts is
    /// empty. Cost: n^2.
    pub fn new(start: &Spectrum, residual: &DVector<f64>, time: f64, step: u64) -> Option<Self> {
        let split = start.len() as f64 / time;
        let above = start.values.iter().take_while(|v| **v >= MARGIN * split);
        let not_below = start.values.iter().take_while(|v| **v > split / MARGIN);
        let (above, not_below) = (above.count(), not_below.count());
        let now = start.vectors.tr_mul(residual);
        let share = |range: std::ops::Range<usize>| {
            let before: f64 = range.clone().map(|i| start.coefficients[i].powi(2)).sum();
            let after: f64 = range.map(|i| now[i].powi(2)).sum();
            1.0 - after / before
        };
        let (above, below) = (share(0..above), share(not_below..start.len()));
        let both = above.is_finite() && below.is_finite();
        both.then_some(Self { step, above, below })
    }
}
