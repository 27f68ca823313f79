//! The plane (x, y) in which data and network are drawn: [-1, 1] for drawn
//! data, and as wide as the points reach for a person's own.

use super::regression::RegressionRun;
use crate::chart::Axis;

/// Labels below this are drawn at their own scale; others beside the range of
/// drawn data, so that the axis is the same as drawn points become own ones.
const SMALL: f64 = 0.3;

/// What an axis of y shows at least.
const LEAST: f64 = 1.2;

/// The largest 1, 2 or 5 times a power of ten that is at most `value` > 0.
fn round_below(value: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    let fits = |m: &f64| m * power <= value;
    [5.0, 2.0].into_iter().find(fits).unwrap_or(1.0) * power
}

impl RegressionRun {
    /// First and last test input.
    pub fn ends(&self) -> [f64; 2] {
        let x = self.test_inputs.as_slice();
        [x[0], x[x.len() - 1]]
    }

    /// The axis of x, with a little room at both ends.
    pub fn x_axis(&self) -> Axis {
        let [low, high] = self.ends();
        let room = 0.02 * (high - low);
        let axis = if [low, high] == [-1.0, 1.0] {
            Axis::linear(-1.04, 1.04, &[-1.0, -0.5, 0.0, 0.5, 1.0])
        } else {
            Axis::nice(low - room, high + room, 5)
        };
        axis.first("x = ")
    }

    /// How far the axis of y reaches either way.
    pub fn reach(&self) -> f64 {
        let highest = self
            .problem
            .labels
            .iter()
            .fold(0.0, |m: f64, y| m.max(y.abs()));
        let small = self.is_own() && 0.0 < highest && highest < SMALL;
        1.22 * if small { highest } else { highest.max(LEAST) }
    }

    /// The axis of y, as far as [`RegressionRun::reach`] either way.
    pub fn y_axis(&self) -> Axis {
        let reach = self.reach();
        let tick = match reach {
            1.0..=2.6 => 1.0,
            2.6..=6.0 => 2.0,
            _ => round_below(0.85 * reach),
        };
        Axis::linear(-reach, reach, &[-tick, 0.0, tick])
    }

    /// The training points as they are drawn, by ascending x.
    pub fn rings(&self) -> Vec<[f64; 2]> {
        let pairs = self.problem.inputs.iter().zip(&self.problem.labels);
        pairs.map(|(&x, &y)| [x, y]).collect()
    }

    /// The test input nearest to x.
    pub fn nearest_input(&self, x: f64) -> usize {
        let [low, high] = self.ends();
        let share = ((x - low) / (high - low)).clamp(0.0, 1.0);
        (share * (self.test_inputs.len() - 1) as f64).round() as usize
    }
}
