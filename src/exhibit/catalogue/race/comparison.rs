//! Two arms over trials: paired, as both trained from the same data and weights.
//!
//! ```text
//! ratio_s = value of one / value of the other      in trial s
//! p = P(at least so many of the n trials are won by a coin)   sign test
//! ```
//!
//! The range of eight paired ratios holds their median with 99 % confidence,
//! whatever their distribution: both ends would have to lie on one side of it,
//! which happens with probability 2 / 2^8.

use crate::exhibit::catalogue::spread::{Spread, spread};

/// Chance below which a result is not put down to chance.
pub const LEVEL: f64 = 0.05;

/// One arm against another.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// Value of the one over that of the other, trial by trial.
    pub ratios: Vec<f64>,
    /// Trials in which the one is lower.
    pub wins: usize,
    /// Trials in which it is higher.
    pub losses: usize,
}

impl Paired {
    /// Compares the values of a pair in every trial; trials in which either has none are
    /// left out.
    pub fn new(pairs: impl Iterator<Item = [f64; 2]>) -> Self {
        let pairs: Vec<[f64; 2]> = pairs
            .filter(|pair| pair.iter().all(|v| !v.is_nan()))
            .collect();
        Self {
            // Two that never arrive are as good as each other.
            ratios: pairs
                .iter()
                .map(|[a, b]| if a == b { 1.0 } else { a / b })
                .collect(),
            wins: pairs.iter().filter(|[a, b]| a < b).count(),
            losses: pairs.iter().filter(|[a, b]| a > b).count(),
        }
    }

    /// Median and range of the ratios.
    pub fn spread(&self) -> Spread {
        spread(self.ratios.iter().copied())
    }

    /// Probability that a coin wins at least as often; ties are left out.
    pub fn chance_of_wins(&self) -> f64 {
        sign_test(self.wins, self.wins + self.losses)
    }

    /// Probability that a coin loses at least as often.
    pub fn chance_of_losses(&self) -> f64 {
        sign_test(self.losses, self.wins + self.losses)
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.ratios.is_empty()
    }

    /// Whether the one is lower by more than chance.
    pub fn is_lower(&self) -> bool {
        self.chance_of_wins() <= LEVEL
    }

    /// Whether it is higher by more than chance.
    pub fn is_higher(&self) -> bool {
        self.chance_of_losses() <= LEVEL
    }
}

/// P(a coin shows heads at least `wins` times in `count` throws).
fn sign_test(wins: usize, count: usize) -> f64 {
    let mut ways = 1.0;
    let mut sum = 0.0;
    for heads in 0..=count {
        if heads >= wins {
            sum += ways;
        }
        ways *= (count - heads) as f64 / (heads + 1) as f64;
    }
    sum / libm::exp2(count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_wins_as_often_as_a_coin_does() {
        assert_eq!(sign_test(8, 8), 1.0 / 256.0);
        assert_eq!(sign_test(7, 8), 9.0 / 256.0);
        assert_eq!(sign_test(0, 8), 1.0);
        assert_eq!(sign_test(0, 0), 1.0);
        assert_eq!(sign_test(5, 5), 1.0 / 32.0);
    }

    #[test]
    fn whoever_never_arrives_loses() {
        let ends = [
            [10.0, f64::INFINITY],
            [f64::INFINITY; 2],
            [20.0, 10.0],
            [f64::NAN, 1.0],
        ];
        let paired = Paired::new(ends.into_iter());
        assert_eq!((paired.wins, paired.losses), (1, 1));
        assert_eq!(paired.ratios, [0.0, 1.0, 2.0]);
    }
}
