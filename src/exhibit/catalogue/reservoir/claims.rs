//! The ledger of the reservoir exhibit: thresholds and their reasons.

use super::ReservoirExhibit;
use super::arm::Snapshot;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};
use crate::kernel::rank_correlation;

/// Steps of the first seed before which nothing is judged.
const ENOUGH_STEPS: u64 = 250;
/// "A gap": this many times the spacing that any two neighbours have.
const DISTINGUISHED: f64 = 3.0;
/// "A part of the test error": this share of it.
const A_PART: f64 = 0.1;
/// "Hardly any".
const HARDLY: f64 = 0.01;

pub fn ledger(exhibit: &ReservoirExhibit) -> Vec<Claim> {
    vec![separated(exhibit), imperfect(exhibit), scales(exhibit)]
}

fn last(exhibit: &ReservoirExhibit, value: impl Fn(&Snapshot) -> f64) -> [f64; 3] {
    let k = exhibit.remembered().saturating_sub(1);
    [0, 1, 2].map(|which| exhibit.median(which, k, &value))
}

fn too_early(exhibit: &ReservoirExhibit) -> Option<String> {
    (exhibit.step < ENOUGH_STEPS).then(|| format!("{ENOUGH_STEPS} steps are needed"))
}

/// "width 16 0.35, width 64 0.47, ...", numbers strong.
fn listed(exhibit: &ReservoirExhibit, numbers: [String; 3]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (i, (shape, number)) in exhibit.setup.shapes.iter().zip(numbers).enumerate() {
        let separator = if i == 0 { "" } else { ", " };
        spans.push(Span::plain(format!("{separator}{} ", shape.name)));
        spans.push(Span::strong(number));
    }
    spans
}

fn separated(exhibit: &ReservoirExhibit) -> Claim {
    let threshold = exhibit.setup.threshold;
    let gaps = last(exhibit, |s| s.gap(threshold));
    let ratios = last(exhibit, |s| s.gap(threshold) / s.spacing());
    let mut shows = vec![Span::plain("Gap at the split, in decades: ")];
    shows.extend(listed(exhibit, gaps.map(|g| text::fixed(g, 2))));
    let largest = ratios.iter().copied().fold(f64::NAN, f64::max);
    shows.push(Span::plain(format!(
        ". At most {}\u{d7} the mean spacing.",
        text::fixed(largest, 1)
    )));
    let (verdict, reason) = if let Some(reason) = too_early(exhibit) {
        (Verdict::NotYet, reason)
    } else if !largest.is_finite() {
        (Verdict::NotYet, "one side of the split is empty".into())
    } else if ratios.iter().all(|r| *r >= DISTINGUISHED) {
        (Verdict::Holds, "three times the spacing or more".into())
    } else if largest >= DISTINGUISHED {
        (Verdict::Partly, "for one of them".into())
    } else {
        (
            Verdict::DoesNotHold,
            "no gap stands out from the spacing".into(),
        )
    };
    Claim {
        name: "separated",
        theory: "A gap parts the channel from the reservoir.",
        shows,
        evidence: Some(Evidence {
            start: "0".into(),
            end: "6\u{d7} the spacing".into(),
            threshold: Some(EvidenceMark::new(
                DISTINGUISHED / 6.0,
                "3\u{d7}",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                largest / 6.0,
                "widest",
                Shape::Disc,
                Role::Ink,
            )],
        }),
        verdict,
        reason,
    }
}

fn imperfect(exhibit: &ReservoirExhibit) -> Claim {
    let threshold = exhibit.setup.threshold;
    let leaks = last(exhibit, |s| s.leak(threshold));
    let shares = last(exhibit, |s| s.leak(threshold) / s.test);
    let largest = shares.iter().copied().fold(f64::NAN, f64::max);
    let mut shows = vec![Span::plain("Mean square that leaks: ")];
    shows.extend(listed(exhibit, leaks.map(text::significant)));
    shows.push(Span::plain(format!(
        "; at most {} of the test error.",
        text::percent(largest)
    )));
    let (verdict, reason) = if let Some(reason) = too_early(exhibit) {
        (Verdict::NotYet, reason)
    } else if !largest.is_finite() {
        (Verdict::NotYet, "nothing has moved".into())
    } else if largest >= A_PART {
        (Verdict::Holds, "a tenth of it or more".into())
    } else if largest >= HARDLY {
        (Verdict::Partly, "a small part of it".into())
    } else {
        (
            Verdict::DoesNotHold,
            "the test error comes from the channel".into(),
        )
    };
    let at = |v: f64| 1.0 + libm::log10(v) / 8.0;
    Claim {
        name: "imperfect-cancellation",
        theory: "Test error is what leaks from a reservoir that cancels imperfectly.",
        shows,
        evidence: Some(Evidence {
            start: "10\u{207b}\u{2078}".into(),
            end: "all of it".into(),
            threshold: Some(EvidenceMark::new(
                at(A_PART),
                "a tenth",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                at(largest),
                "largest",
                Shape::Ring,
                Role::Noise,
            )],
        }),
        verdict,
        reason,
    }
}

/// The gap against the training length, for every network.
fn scales(exhibit: &ReservoirExhibit) -> Claim {
    let threshold = exhibit.setup.threshold;
    let steps: Vec<f64> = (exhibit.trials[0].arms[0].snapshots.iter())
        .map(|s| s.step as f64)
        .collect();
    let trends = [0, 1, 2].map(|which| {
        let gaps: Vec<f64> = (0..steps.len())
            .map(|k| exhibit.median(which, k, |s| s.gap(threshold)))
            .collect();
        let known: Vec<usize> = (0..steps.len()).filter(|&k| gaps[k].is_finite()).collect();
        let pick = |v: &[f64]| -> Vec<f64> { known.iter().map(|&k| v[k]).collect() };
        rank_correlation(&pick(&steps), &pick(&gaps))
    });
    let mut shows = vec![Span::plain("Rank correlation of the gap with the step: ")];
    shows.extend(listed(exhibit, trends.map(|t| text::fixed(t, 2))));
    shows.push(Span::plain("."));
    let strong = trends.iter().filter(|t| **t >= 0.7).count();
    let (verdict, reason) = if let Some(reason) = too_early(exhibit) {
        (Verdict::NotYet, reason)
    } else if strong == 3 {
        (Verdict::Holds, "it widens steadily in all three".into())
    } else if strong > 0 {
        (Verdict::Partly, format!("steadily in {strong} of 3"))
    } else {
        (Verdict::DoesNotHold, "it opens and closes".into())
    };
    Claim {
        name: "gap-grows",
        theory: "The gap widens with training length.",
        shows,
        evidence: Some(Evidence {
            start: "\u{2212}1".into(),
            end: "1".into(),
            threshold: Some(EvidenceMark::new(0.85, "0.7", Shape::Disc, Role::Ink)),
            values: [Shape::Ring, Shape::Disc, Shape::Disc]
                .into_iter()
                .zip(trends)
                .zip(&exhibit.setup.shapes)
                .map(|((shape, trend), net)| {
                    EvidenceMark::new((trend + 1.0) / 2.0, net.name, shape, Role::Ink)
                })
                .collect(),
        }),
        verdict,
        reason,
    }
}
