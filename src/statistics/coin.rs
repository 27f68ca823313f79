//! How often a coin falls on one side, and how often a comparison of a few seeds finds what
//! is there.

use super::interval::CONFIDENCE;

/// P(at most `most` heads in `throws` throws of a coin that shows heads with probability
/// `heads`), 0 < `heads` < 1. Cost: O(throws).
pub fn coin(throws: usize, most: usize, heads: f64) -> f64 {
    let (heads, tails) = (libm::log(heads), libm::log1p(-heads));
    // ln of C(throws, i) heads^i tails^(throws - i), so that no term under- or overflows.
    let mut term = throws as f64 * tails;
    let mut sum = 0.0;
    for i in 0..=most.min(throws) {
        sum += libm::exp(term);
        term += libm::log((throws - i) as f64 / (i + 1) as f64) + heads - tails;
    }
    f64::min(sum, 1.0)
}

/// Probability that a two-sided sign test over `trials` trials decides, where one arm is
/// really lower in a share `rate` of all trials.
pub fn power(trials: usize, rate: f64) -> f64 {
    let level = (1.0 - CONFIDENCE) / 2.0;
    let losses = (0..trials).take_while(|losses| coin(trials, *losses, 0.5) <= level);
    losses
        .last()
        .map_or(0.0, |losses| coin(trials, losses, 1.0 - rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_counts_like_pascals_triangle() {
        let near = |got: f64, wanted: f64| assert!((got - wanted).abs() < 1e-14, "{got} {wanted}");
        near(coin(8, 0, 0.5), 1.0 / 256.0);
        near(coin(8, 1, 0.5), 9.0 / 256.0);
        near(coin(8, 8, 0.5), 1.0);
        near(coin(0, 0, 0.5), 1.0);
        near(coin(2, 1, 0.25), 1.0 - 1.0 / 16.0);
        assert!((coin(5_000, 2_499, 0.5) - 0.5).abs() < 0.006);
    }

    #[test]
    fn eight_seeds_rarely_find_three_in_four() {
        // Only eight of eight decide.
        assert!((power(8, 0.75) - 0.75f64.powi(8)).abs() < 1e-14);
        assert_eq!(power(5, 0.99), 0.0);
        assert!(
            (power(32, 0.75) - 0.740_0).abs() < 0.01,
            "{}",
            power(32, 0.75)
        );
    }
}
