//! When each direction of the residual has lost half of what it had, and in
//! which order.
//!
//! The half-time of direction i is the first step from which
//! |c_i(t)| < |c_i(0)| / 2 at every later step so far. Coefficients are not monotone:
//! one that comes back above half has no half-time until it falls again. The
//! first crossing is kept beside it.

use crate::kernel::rank_correlation;

/// Half-times of a set of directions.
#[derive(Debug, Clone, PartialEq)]
pub struct HalfTimes {
    start: Vec<f64>,
    first: Vec<Option<u64>>,
    lasting: Vec<Option<u64>>,
}

impl HalfTimes {
    /// Of directions whose coefficients are c_i(0) at step 0.
    pub fn new(start: &[f64]) -> Self {
        Self {
            start: start.to_vec(),
            first: vec![None; start.len()],
            lasting: vec![None; start.len()],
        }
    }

    /// Takes in c_i at a step; steps come in ascending order.
    pub fn update(&mut self, step: u64, coefficients: &[f64]) {
        for (i, (c, start)) in coefficients.iter().zip(&self.start).enumerate() {
            if c.abs() < 0.5 * start.abs() {
                self.first[i].get_or_insert(step);
                self.lasting[i].get_or_insert(step);
            } else {
                self.lasting[i] = None;
            }
        }
    }

    /// Half-times; nothing for a direction that is not below half now.
    pub fn lasting(&self) -> &[Option<u64>] {
        &self.lasting
    }

    /// Steps at which half was crossed first.
    pub fn first(&self) -> &[Option<u64>] {
        &self.first
    }
}

/// Spearman's rank correlation of -`values` with `times`: 1 if the largest
/// value comes first and so on down, 0 on average if they have nothing to do
/// with each other. Nothing (yet) counts as last, equal ones share the mean of
/// their ranks. Not a number where one of the two is all equal.
pub fn order(values: &[f64], times: &[Option<u64>]) -> f64 {
    let falling: Vec<f64> = values.iter().map(|v| -v).collect();
    let times: Vec<f64> = times
        .iter()
        .map(|time| time.map_or(f64::INFINITY, |t| t as f64))
        .collect();
    rank_correlation(&falling, &times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_that_comes_back_has_no_half_time_until_it_falls_again() {
        let mut half = HalfTimes::new(&[2.0, -2.0, 0.0]);
        for (step, c) in [1.5, 0.9, -1.2, 0.5, 0.4].into_iter().enumerate() {
            half.update(step as u64 + 1, &[c, -c / 2.0, 0.0]);
        }
        assert_eq!(half.lasting(), [Some(4), Some(1), None]);
        assert_eq!(half.first(), [Some(2), Some(1), None]);
    }

    #[test]
    fn order_is_one_for_the_largest_first_and_shares_ranks() {
        let times = [Some(1), Some(5), Some(9), None];
        assert!((order(&[4.0, 3.0, 2.0, 1.0], &times) - 1.0).abs() < 1e-15);
        assert!((order(&[1.0, 2.0, 3.0, 4.0], &times) + 1.0).abs() < 1e-15);
        // Ranks 0 1 2 3 against 0 1 2.5 2.5: 4.5 / sqrt(5 * 4.5).
        let tied = order(&[4.0, 3.0, 2.0, 1.0], &[Some(1), Some(5), None, None]);
        assert!((tied - 4.5 / 22.5f64.sqrt()).abs() < 1e-15);
        assert!(order(&[2.0, 1.0], &[None, None]).is_nan());
    }
}
