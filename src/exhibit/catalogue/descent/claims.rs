//! The ledger of the descent exhibit: thresholds and their reasons.

use super::curves::share;
use super::noise_claims;
use super::run::Run;
use super::summary::Summary;
use super::sweep::WIDTHS;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// "At P ~ n": from the last width that cannot fit everything to the first
/// that can with a margin; the widths stand about P/n = 0.2 apart here.
const NEAR_THRESHOLD: (f64, f64) = (0.8, 1.6);
/// "Rises" and "falls": by half, well beyond what medians of a few seeds move.
pub const CLEAR: f64 = 1.5;
/// "Level": largest and smallest width's error within a factor two, while a
/// peak is several times its surroundings.
const LEVEL: f64 = 2.0;
/// "Collapses": a tenth of the values on both sides.
const COLLAPSES: f64 = 0.1;

/// All claims, in the order of the essay. Nothing is judged before the first
/// sweep is done.
pub fn ledger(run: &Run) -> Vec<Claim> {
    let summary = Summary::new(run);
    let mut claims = vec![
        two_descents(run, &summary),
        eigenvalues_collapse(run, &summary),
        noise_claims::migration(run, &summary),
        noise_claims::gain_falls(run, &summary),
        early_stopping(run, &summary),
        capacity_helps(&summary),
    ];
    for claim in &mut claims {
        if run.done.is_empty() {
            claim.verdict = Verdict::NotYet;
            claim.reason = "the first sweep is not done".into();
        }
    }
    claims
}

/// Whether a P/n is near the threshold.
pub fn near(ratio: f64) -> bool {
    (NEAR_THRESHOLD.0..=NEAR_THRESHOLD.1).contains(&ratio)
}

/// Place of a P/n between 1/10 and 100, in the logarithm.
pub fn on_ratios(ratio: f64) -> f64 {
    (libm::log10(ratio) + 1.0) / 3.0
}

/// A scale of P/n with the threshold at 1.
fn ratios(values: Vec<EvidenceMark>) -> Option<Evidence> {
    Some(Evidence {
        start: "P/n = 0.1".into(),
        end: "100".into(),
        threshold: Some(EvidenceMark::new(
            on_ratios(1.0),
            "P = n",
            Shape::Disc,
            Role::Ink,
        )),
        values,
    })
}

fn two_descents(run: &Run, summary: &Summary) -> Claim {
    let theory =
        "As capacity passes the interpolation threshold, the test error rises, then falls again.";
    let Some(peak) = summary.peak else {
        return unknown("two-descents", theory);
    };
    let at = share(peak.index, run.setup.points);
    let rises = peak.height / peak.left;
    let falls = peak.height / peak.right;
    let (verdict, reason) = if !(near(at) && rises > 1.0 && falls > 1.0) {
        (
            Verdict::DoesNotHold,
            "no peak between P/n = 0.8 and 1.6".to_owned(),
        )
    } else if rises >= CLEAR && falls >= CLEAR {
        (
            Verdict::Holds,
            format!("by over {CLEAR}\u{d7} on both sides"),
        )
    } else {
        (Verdict::Partly, format!("by less than {CLEAR}\u{d7}"))
    };
    let mut shows = vec![
        Span::plain("Peak "),
        Span::strong(text::fixed(peak.height, 2)),
        Span::plain(format!(
            " at P/n = {}; {} below it, {} at the widest.",
            text::fixed(at, 2),
            text::fixed(peak.left, 2),
            text::fixed(peak.right, 2)
        )),
    ];
    if let Some(clean) = summary.clean_peak.filter(|_| run.setup.noise > 0.0) {
        shows.push(Span::plain(format!(
            " Without noise the peak is {}.",
            text::fixed(clean.height, 2)
        )));
    }
    let mut values = vec![EvidenceMark::new(
        on_ratios(at),
        "peak",
        Shape::Diamond,
        Role::Test,
    )];
    if let Some((size, height)) = summary.features_peak {
        shows.push(Span::plain(format!(
            " Random features: {} at N/n = {}.",
            text::significant(height),
            text::fixed(size as f64 / run.setup.points as f64, 2)
        )));
        values.push(EvidenceMark::new(
            on_ratios(size as f64 / run.setup.points as f64),
            "random features",
            Shape::Ring,
            Role::Ink,
        ));
    }
    Claim {
        name: "two-descents",
        theory,
        shows,
        evidence: ratios(values),
        verdict,
        reason,
    }
}

fn eigenvalues_collapse(run: &Run, summary: &Summary) -> Claim {
    let theory = "At the threshold small eigenvalues collapse.";
    let Some(i) = summary.lowest else {
        return unknown("eigenvalues-collapse", theory);
    };
    let lowest = summary.smallest[i].median;
    let (first, last) = (
        summary.smallest[0].median,
        Summary::widest(&summary.smallest),
    );
    let at = share(i, run.setup.points);
    let (verdict, reason) = if !near(at) {
        (Verdict::DoesNotHold, "lowest away from P = n")
    } else if lowest <= COLLAPSES * first.min(last) {
        (Verdict::Holds, "under a tenth of the values on both sides")
    } else {
        (Verdict::Partly, "lowest there, but by less than ten times")
    };
    Claim {
        name: "eigenvalues-collapse",
        theory,
        shows: vec![
            Span::plain("The smallest eigenvalue above rounding, over the largest, is "),
            Span::strong(text::significant(lowest)),
            Span::plain(format!(
                " at P/n = {}, {} at the narrowest and {} at the widest network (step 0).",
                text::fixed(at, 2),
                text::significant(first),
                text::significant(last)
            )),
        ],
        evidence: ratios(vec![EvidenceMark::new(
            on_ratios(at),
            "lowest",
            Shape::Disc,
            Role::Ink,
        )]),
        verdict,
        reason: reason.into(),
    }
}

fn early_stopping(run: &Run, summary: &Summary) -> Claim {
    let theory = "Directions with small eigenvalues are learned last, so stopping early leaves out the peak.";
    let Some((step, curve)) = &summary.stop else {
        return unknown("early-stopping", theory);
    };
    let end = Summary::unevenness(&summary.test);
    let stopped = Summary::unevenness(curve);
    let highest = curve.iter().map(|s| s.median).fold(f64::NAN, f64::max);
    let (verdict, reason) = if end < LEVEL {
        (Verdict::NotYet, "there is no peak to leave out")
    } else if *step >= run.setup.steps {
        (Verdict::DoesNotHold, "no earlier step is better")
    } else if stopped < LEVEL {
        (Verdict::Holds, "all widths within a factor 2")
    } else if stopped < end / LEVEL {
        (Verdict::Partly, "the peak is lower, not gone")
    } else {
        (Verdict::DoesNotHold, "the peak stays")
    };
    let on_scale = |ratio: f64| libm::log10(ratio);
    Claim {
        name: "early-stopping",
        theory,
        shows: vec![
            Span::plain("Worst width over best: "),
            Span::strong(format!("{}\u{d7}", text::fixed(stopped, 2))),
            Span::plain(format!(
                " at step {}, the best common one by test error, and {}\u{d7} at the end. Highest error there {}; predicting 0: {}.",
                text::count(*step),
                text::fixed(end, 2),
                text::error(highest),
                text::error(summary.null_error)
            )),
        ],
        evidence: Some(Evidence {
            start: "1\u{d7}".into(),
            end: "10\u{d7}".into(),
            threshold: Some(EvidenceMark::new(
                on_scale(LEVEL),
                "2\u{d7}",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![
                EvidenceMark::new(on_scale(stopped), "stopped", Shape::Diamond, Role::Test),
                EvidenceMark::new(on_scale(end), "at the end", Shape::Diamond, Role::Test),
            ],
        }),
        verdict,
        reason: reason.into(),
    }
}

fn capacity_helps(summary: &Summary) -> Claim {
    let theory = "With enough capacity the noise is taken up at no cost.";
    let Some(peak) = summary.peak else {
        return unknown("second-descent-wins", theory);
    };
    let widest = Summary::widest(&summary.test);
    let (verdict, reason) = if widest < peak.left {
        (Verdict::Holds, "the widest is below the best small network")
    } else if widest < peak.height / CLEAR {
        (
            Verdict::Partly,
            "far below the peak, above the best small network",
        )
    } else {
        (Verdict::DoesNotHold, "hardly below the peak")
    };
    // Errors from 0.1 to 10 in the logarithm.
    let on_scale = |error: f64| (libm::log10(error) + 1.0) / 2.0;
    Claim {
        name: "second-descent-wins",
        theory,
        shows: vec![
            Span::plain("Test error of width "),
            Span::plain(format!("{}: ", WIDTHS[WIDTHS.len() - 1])),
            Span::strong(text::error(widest)),
            Span::plain(format!(
                "; best smaller than the peak: {}; predicting 0: {}.",
                text::error(peak.left),
                text::error(summary.null_error)
            )),
        ],
        evidence: Some(Evidence {
            start: "0.1".into(),
            end: "10".into(),
            threshold: Some(EvidenceMark::new(
                on_scale(peak.left),
                "best small",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                on_scale(widest),
                "widest",
                Shape::Diamond,
                Role::Test,
            )],
        }),
        verdict,
        reason: reason.into(),
    }
}

/// A row without numbers.
pub fn unknown(name: &'static str, theory: &'static str) -> Claim {
    Claim {
        name,
        theory,
        shows: vec![Span::plain(
            "There is nothing to measure it by in this run.",
        )],
        evidence: None,
        verdict: Verdict::NotYet,
        reason: "needs noise in the labels".into(),
    }
}
