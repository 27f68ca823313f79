//! Two arms over trials: paired, as both trained from the same data and weights.

use super::coin::coin;
use super::interval::{CONFIDENCE, Interval, median_interval};
use super::spread::{Spread, spread};

/// One arm against another; less is better.
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
    pub fn new(pairs: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let pairs: Vec<[f64; 2]> = pairs
            .into_iter()
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

    /// An interval that holds the median ratio; none of too few trials.
    pub fn interval(&self) -> Option<Interval> {
        median_interval(self.ratios.iter().copied())
    }

    /// Probability that a coin decides the trials as clearly, for either side; ties are left
    /// out.
    pub fn chance(&self) -> f64 {
        let least = self.wins.min(self.losses);
        f64::min(1.0, 2.0 * coin(self.wins + self.losses, least, 0.5))
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.ratios.is_empty()
    }

    /// Whether the one is lower by more than chance.
    pub fn is_lower(&self) -> bool {
        self.wins > self.losses && self.is_clear()
    }

    /// Whether it is higher by more than chance.
    pub fn is_higher(&self) -> bool {
        self.losses > self.wins && self.is_clear()
    }

    fn is_clear(&self) -> bool {
        self.chance() <= 1.0 - CONFIDENCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(wins: usize, losses: usize) -> Paired {
        let wins = std::iter::repeat_n([1.0, 2.0], wins);
        Paired::new(wins.chain(std::iter::repeat_n([2.0, 1.0], losses)))
    }

    #[test]
    fn a_coin_wins_as_often_as_a_coin_does() {
        let near = |paired: Paired, chance: f64| {
            assert!((paired.chance() - chance).abs() < 1e-14, "{paired:?}");
        };
        near(decided(8, 0), 2.0 / 256.0);
        near(decided(1, 7), 18.0 / 256.0);
        near(decided(4, 4), 1.0);
        near(decided(0, 0), 1.0);
        near(decided(5, 0), 2.0 / 32.0);
    }

    #[test]
    fn test_and_interval_agree_where_nothing_is_tied() {
        for trials in 6..40 {
            for wins in 0..=trials {
                let paired = decided(wins, trials - wins);
                let interval = paired.interval().expect("enough trials");
                assert_eq!(paired.is_lower(), interval.high < 1.0, "{wins} of {trials}");
                assert_eq!(paired.is_higher(), interval.low > 1.0, "{wins} of {trials}");
            }
        }
    }

    #[test]
    fn whoever_never_arrives_loses() {
        let ends = [
            [10.0, f64::INFINITY],
            [f64::INFINITY; 2],
            [20.0, 10.0],
            [f64::NAN, 1.0],
        ];
        let paired = Paired::new(ends);
        assert_eq!((paired.wins, paired.losses), (1, 1));
        assert_eq!(paired.ratios, [0.0, 1.0, 2.0]);
    }
}
