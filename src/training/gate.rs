//! The SNR gate: how far each parameter may move at a step.
//!
//! ```text
//! w_k <- w_k - eta m_k d_k       d the optimiser's direction, m_k in [0, 1]
//! ```
//!
//! **From the batch.** mu_k and sigma_k^2 are the mean and the unbiased
//! variance over the batch of parameter k's per-example gradient, and
//! sigma_k^2 / (b - 1) is the variance of the mean over the other b - 1
//! examples when one is left out. The rule of the theory is
//! mu_k^2 > sigma_k^2 / (b - 1). Pure noise passes about a third of the time:
//! mu_k^2 has expectation sigma_k^2 / b, and for normal gradients
//! P(|t| > sqrt(b / (b - 1))) is near 0.3. Averaging the products of each
//! example's gradient with the mean of the others would give the threshold
//! sigma_k^2 / b instead.
//!
//! **Streaming.** The same three weights from running averages over steps,
//! m_k^2 against s_k ([`super::StreamingMoments`] defines both): no second
//! product per step, and a batch of one is enough.
//!
//! **Where it acts.** On the direction: Adam's moments are those of the
//! gradient before the gate, so that they are up to date when a parameter becomes
//! active. Weight decay in the gradient (L2) is part of the direction;
//! decoupled decay is gated only if [`super::Decay`] is masked. The gate itself
//! depends on the gradient of the loss alone, without decay.

use super::weighting::Weighting;
use serde::Serialize;
use thiserror::Error;

/// How far each parameter may move at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Fully, all of them.
    Off,
    /// Fully where mu^2 > sigma^2 / (b - 1), else not at all.
    Hard,
    /// By max(0, 1 - (sigma^2 / (b - 1)) / mu^2).
    Soft,
    /// By mu^2 / (mu^2 + sigma^2 / (b - 1)).
    Snr,
    /// Fully for parameters drawn at random at each step, as many as
    /// [`Gate::Hard`] would leave active at the present state: the control.
    Random,
    /// Fully where m^2 > s, else not at all.
    StreamingHard,
    /// By max(0, 1 - s / m^2).
    StreamingSoft,
    /// By m^2 / (m^2 + s).
    StreamingSnr,
}

impl Gate {
    /// All of them, in the order of their declaration.
    pub const ALL: [Gate; 8] = [
        Gate::Off,
        Gate::Hard,
        Gate::Soft,
        Gate::Snr,
        Gate::Random,
        Gate::StreamingHard,
        Gate::StreamingSoft,
        Gate::StreamingSnr,
    ];

    /// Its name in links, flags and captions.
    pub fn name(self) -> &'static str {
        match self {
            Gate::Off => "off",
            Gate::Hard => "hard",
            Gate::Soft => "soft",
            Gate::Snr => "snr",
            Gate::Random => "random",
            Gate::StreamingHard => "streaming-hard",
            Gate::StreamingSoft => "streaming-soft",
            Gate::StreamingSnr => "streaming-snr",
        }
    }

    /// Whether it compares the examples of a batch with one another, and so
    /// needs two.
    pub fn compares_examples(self) -> bool {
        matches!(self, Gate::Hard | Gate::Soft | Gate::Snr | Gate::Random)
    }

    /// Whether it uses averages over steps.
    pub fn is_streaming(self) -> bool {
        matches!(
            self,
            Gate::StreamingHard | Gate::StreamingSoft | Gate::StreamingSnr
        )
    }

    /// How it weighs signal and noise; `None` for no gate.
    pub(super) fn weighting(self) -> Option<Weighting> {
        match self {
            Gate::Off => None,
            Gate::Hard | Gate::Random | Gate::StreamingHard => Some(Weighting::Hard),
            Gate::Soft | Gate::StreamingSoft => Some(Weighting::Soft),
            Gate::Snr | Gate::StreamingSnr => Some(Weighting::Snr),
        }
    }
}

/// Why the gate cannot decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GateError {
    /// One example has no spread.
    #[error(
        "The SNR gate compares the examples of a batch with one another: it needs at least two, \
         and this batch has one. Turn the gate off or take a larger batch."
    )]
    BatchOfOne,
}
