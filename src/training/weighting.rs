//! The gate's weight of a parameter, from a signal mu^2 and its noise nu^2:
//!
//! ```text
//! hard   1 where mu^2 > nu^2, else 0
//! soft   max(0, 1 - nu^2 / mu^2)
//! snr    mu^2 / (mu^2 + nu^2)
//! ```
//!
//! All are in [0, 1], and 0 where mu = 0. Soft is above 0 exactly where hard
//! is 1; snr is 1/2 at that boundary, and never 0 where there is a signal.
//!
//! Over a batch nu^2 = sigma^2 / (b - 1) with the unbiased variance
//! sigma^2 = b (E - mu^2) / (b - 1), E = E[x^2]. Written with E,
//!
//! ```text
//! hard   b E < (b^2 - b + 1) mu^2
//! soft   ((b^2 - b + 1) mu^2 - b E) / ((b - 1)^2 mu^2)
//! snr    (b - 1)^2 mu^2 / ((b^2 - 3b + 1) mu^2 + b E)
//! ```
//!
//! so that E - mu^2, a difference of nearly equal numbers where the spread is
//! small, is never taken. The result is accurate to a few roundings of a
//! number of order one: snr's divisor is a sum of positive terms but for
//! b = 2, where it is 2 E - mu^2 >= E.

/// The three weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weighting {
    Hard,
    Soft,
    Snr,
}

/// To [0, 1]; 0 for what is not a number, as 0/0 where nothing moves.
fn clamped(weight: f64) -> f64 {
    if weight > 0.0 { weight.min(1.0) } else { 0.0 }
}

impl Weighting {
    /// The weight for a parameter of mean `mu` and mean square `mean_square`
    /// over a batch of `b` >= 2.
    pub fn of_batch(self, b: f64, mu: f64, mean_square: f64) -> f64 {
        let signal = (b * b - b + 1.0) * mu * mu;
        let others = (b - 1.0) * (b - 1.0) * mu * mu;
        match self {
            Weighting::Hard => f64::from(u8::from(b * mean_square < signal)),
            Weighting::Soft => clamped((signal - b * mean_square) / others),
            Weighting::Snr => {
                clamped(others / ((b * b - 3.0 * b + 1.0) * mu * mu + b * mean_square))
            }
        }
    }

    /// The weight for a signal mu^2 and a noise nu^2 >= 0.
    pub fn of_estimates(self, signal: f64, noise: f64) -> f64 {
        match self {
            Weighting::Hard => f64::from(u8::from(noise < signal)),
            Weighting::Soft => clamped((signal - noise) / signal),
            Weighting::Snr => clamped(signal / (signal + noise)),
        }
    }
}
