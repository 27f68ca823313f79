//! The claims on the noise: where it is memorised, and what of it
//! reaches the test points.

use super::claims::{CLEAR, near, on_ratios, unknown};
use super::summary::Summary;
use super::sweeps::widest;
use crate::chart::{Role, Shape};
use crate::exhibit::{Claim, Evidence, Verdict, text};

/// "Reabsorbed": less than half of what is memorised at the peak.
const REABSORBED: f64 = 0.5;
/// "Stays": no more than a tenth of it is given back.
const STAYS: f64 = 0.9;
/// "Cancelled": less than half as much at test points as at training points.
const CANCELLED: f64 = 0.5;
/// Largest share of the noise on a scale of evidence.
const SCALE: f64 = 1.2;

/// Does noise go back into the reservoir?
pub fn migration(summary: &Summary<'_>) -> Claim {
    let theory = "Noise enters the channel at the threshold, and more capacity takes it back into the reservoir.";
    let claim = Claim::about("noise-migrates", theory);
    let noisy = summary.sweeps.setup.noise > 0.0;
    let Some(peak) = summary.peak.filter(|_| noisy) else {
        return unknown(claim);
    };
    let at_peak = summary.memorised[peak.index].median;
    let narrowest = summary.memorised[0].median;
    let widest = widest(&summary.memorised);
    let kept = widest / at_peak.min(1.0);
    let shows = format!(
        "Memorised: {} of the noise at the narrowest, {} at the peak, **{}** at the widest \
         network.",
        text::whole_percent(narrowest),
        text::whole_percent(at_peak),
        text::whole_percent(widest)
    );
    let half = REABSORBED * at_peak.min(1.0) / SCALE;
    let evidence = Evidence::scale("0", "120\u{202f}%")
        .threshold(half, "half of the peak")
        .value(narrowest / SCALE, "narrowest", Shape::Ring, Role::Noise)
        .value(widest / SCALE, "widest", Shape::Ring, Role::Noise);
    claim
        .shows(shows)
        .evidence(evidence)
        .wait(!kept.is_finite(), "nothing is memorised")
        .holds(kept < REABSORBED, "more than half is given back")
        .partly(kept < STAYS, "some is given back")
        .fails("by construction: memorised noise is in the channel, and stays")
}

/// Does less of the memorised noise reach the test points?
pub fn gain_falls(summary: &Summary<'_>) -> Claim {
    let theory = "Past the threshold, memorised noise reaches the test points less.";
    let claim = Claim::about("gain-falls", theory);
    let noisy = summary.sweeps.setup.noise > 0.0;
    let peak = summary.gain_peak.filter(|_| noisy);
    let Some((peak, error)) = peak.zip(summary.peak) else {
        return unknown(claim);
    };
    let at = summary.sweeps.share(peak.index);
    let widest = widest(&summary.gain);
    let falls = peak.height / widest;
    let shows = format!(
        "Noise gain is **{}** at P/n = {} and {} at the widest. What noise moves is {} of the \
         test error at its peak.",
        text::fixed(peak.height, 2),
        text::fixed(at, 2),
        text::fixed(widest, 2),
        text::whole_percent(summary.noise_share[error.index].median)
    );
    let evidence = Evidence::scale("gain 0.1", "100")
        .threshold(on_ratios(CANCELLED), "0.5, cancelled")
        .threshold(on_ratios(1.0), "1, as at training points")
        .value(on_ratios(peak.height), "peak", Shape::Ring, Role::Noise)
        .value(on_ratios(widest), "widest", Shape::Disc, Role::Noise);
    claim
        .shows(shows)
        .evidence(evidence)
        .fails_if(!(near(at) && falls > 1.0), "the gain has no peak at P = n")
        .partly(falls < CLEAR, "by less than 1.5\u{d7}")
        .holds(
            widest < CANCELLED,
            "falls, and most of the noise is cancelled",
        )
        .otherwise(
            Verdict::Partly,
            "falls, but memorised noise is not cancelled",
        )
}
