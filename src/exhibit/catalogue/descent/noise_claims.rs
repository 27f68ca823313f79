//! The ledger's rows on the noise: where it is memorised, and what of it
//! reaches the test points.

use super::claims::{CLEAR, near, on_ratios, unknown};
use super::curves::share;
use super::run::Run;
use super::summary::Summary;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// "Reabsorbed": less than half of what is memorised at the peak.
const REABSORBED: f64 = 0.5;
/// "Stays": no more than a tenth of it is given back.
const STAYS: f64 = 0.9;
/// "Cancelled": less than half as much at test points as at training points.
const CANCELLED: f64 = 0.5;

/// Does noise go back into the reservoir?
pub fn migration(run: &Run, summary: &Summary) -> Claim {
    let theory = "Noise enters the channel at the threshold, and more capacity takes it back into the reservoir.";
    let Some(peak) = summary.peak.filter(|_| run.setup.noise > 0.0) else {
        return unknown("noise-migrates", theory);
    };
    let at_peak = summary.memorised[peak.index].median;
    let narrowest = summary.memorised[0].median;
    let widest = Summary::widest(&summary.memorised);
    let kept = widest / at_peak.min(1.0);
    let (verdict, reason) = if !kept.is_finite() {
        (Verdict::NotYet, "nothing is memorised")
    } else if kept < REABSORBED {
        (Verdict::Holds, "more than half is given back")
    } else if kept < STAYS {
        (Verdict::Partly, "some is given back")
    } else {
        (
            Verdict::DoesNotHold,
            "it enters and stays; memorised noise is in the channel",
        )
    };
    let mark =
        |value: f64, words: &str| EvidenceMark::new(value / 1.2, words, Shape::Ring, Role::Noise);
    Claim {
        name: "noise-migrates",
        theory,
        shows: vec![
            Span::plain(format!(
                "Memorised: {} of the noise at the narrowest, {} at the peak, ",
                text::whole_percent(narrowest),
                text::whole_percent(at_peak)
            )),
            Span::strong(text::whole_percent(widest)),
            Span::plain(" at the widest network."),
        ],
        evidence: Some(Evidence {
            start: "0".into(),
            end: "120\u{2009}%".into(),
            threshold: Some(EvidenceMark::new(
                REABSORBED * at_peak.min(1.0) / 1.2,
                "half of the peak",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![mark(narrowest, "narrowest"), mark(widest, "widest")],
        }),
        verdict,
        reason: reason.into(),
    }
}

/// Does less of the memorised noise reach the test points?
pub fn gain_falls(run: &Run, summary: &Summary) -> Claim {
    let theory = "Past the threshold, memorised noise reaches the test points less.";
    let peak = summary.gain_peak.filter(|_| run.setup.noise > 0.0);
    let Some((peak, error)) = peak.zip(summary.peak) else {
        return unknown("gain-falls", theory);
    };
    let at = share(peak.index, run.setup.points);
    let widest = Summary::widest(&summary.gain);
    let falls = peak.height / widest;
    let (verdict, reason) = if !(near(at) && falls > 1.0) {
        (Verdict::DoesNotHold, "the gain has no peak at P = n")
    } else if falls < CLEAR {
        (Verdict::Partly, "by less than 1.5\u{d7}")
    } else if widest < CANCELLED {
        (Verdict::Holds, "falls, and most of the noise is cancelled")
    } else {
        (
            Verdict::Partly,
            "falls, but memorised noise is not cancelled",
        )
    };
    let explained = summary.noise_share[error.index].median;
    Claim {
        name: "gain-falls",
        theory,
        shows: vec![
            Span::plain("Noise gain is "),
            Span::strong(text::fixed(peak.height, 1)),
            Span::plain(format!(
                " at P/n = {} and {} at the widest. What noise moves is {} of the test error at its peak.",
                text::fixed(at, 2),
                text::fixed(widest, 2),
                text::whole_percent(explained)
            )),
        ],
        evidence: Some(Evidence {
            start: "gain 0.1".into(),
            end: "100".into(),
            threshold: Some(EvidenceMark::new(
                on_ratios(1.0),
                "1, as at training points",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![
                EvidenceMark::new(on_ratios(peak.height), "peak", Shape::Ring, Role::Noise),
                EvidenceMark::new(on_ratios(widest), "widest", Shape::Disc, Role::Noise),
            ],
        }),
        verdict,
        reason: reason.into(),
    }
}
