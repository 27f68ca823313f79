//! The ledger of the spectrum exhibit: thresholds and their reasons.

use super::observation::noise_energy;
use super::readings::reservoir_peak;
use super::run::Run;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::regression::{OWN_REASON, OWN_SHOWS};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};
use crate::training::Gate;

/// Steps before which an ordering of the modes cannot have shown.
const ENOUGH_STEPS: u64 = 30;
/// Points below which even a perfect fit says nothing about a function.
const ENOUGH_POINTS: usize = 8;
/// "Learned": nine tenths of the energy is gone.
const LEARNED: f64 = 0.9;
/// "Hardly touched": less than half of the energy is gone.
const UNTOUCHED: f64 = 0.5;
/// "Settled": nineteen twentieths of the energy that is left.
const SETTLED: f64 = 0.95;
/// "As predicted": a quarter more or less, the width of a drawn line.
const AS_PREDICTED: f64 = 1.25;
/// "Roughly as predicted".
const ROUGHLY_PREDICTED: f64 = 2.0;
/// "Paid for": the best test error exceeded by three tenths, beyond what it
/// moves from one remembered step to the next.
const PAID: f64 = 1.3;

/// All claims, in the order of the essay.
pub fn ledger(run: &mut Run) -> Vec<Claim> {
    vec![
        steep_first(run),
        settles(run),
        frozen(run),
        noise_is_cancelled(run),
    ]
}

/// Energy of the window's first residual, and of the present one, inside
/// (first) and outside (second) the channel of the window's first kernel.
fn lost(run: &mut Run) -> (f64, f64) {
    let threshold = run.setup.threshold;
    let residual = run.observe().residual.clone();
    let start = run.window.frozen.spectrum();
    let channel = start.channel_dimension(threshold);
    let now = start.vectors.tr_mul(&residual);
    let share = |range: std::ops::Range<usize>| {
        let before: f64 = range.clone().map(|i| start.coefficients[i].powi(2)).sum();
        let after: f64 = range.map(|i| now[i].powi(2)).sum();
        1.0 - after / before
    };
    (share(0..channel), share(channel..start.len()))
}

fn steep_first(run: &mut Run) -> Claim {
    let since = run.step - run.window.start;
    let (channel, reservoir) = lost(run);
    let one_sided = !(channel.is_finite() && reservoir.is_finite());
    let (verdict, reason) = if one_sided {
        (Verdict::NotYet, "one of the two parts is empty".into())
    } else if since < ENOUGH_STEPS {
        (Verdict::NotYet, format!("{ENOUGH_STEPS} steps are needed"))
    } else if channel >= LEARNED && reservoir < UNTOUCHED {
        (
            Verdict::Holds,
            "channel over 90\u{2009}%, reservoir under 50\u{2009}%".into(),
        )
    } else if channel > reservoir {
        let reason = if reservoir >= UNTOUCHED {
            "the reservoir is learned too"
        } else {
            "the channel is not learned yet"
        };
        (Verdict::Partly, reason.into())
    } else {
        (
            Verdict::DoesNotHold,
            "the reservoir lost as much as the channel".into(),
        )
    };
    Claim {
        name: "steep-first",
        theory: "Steep directions are learned first.",
        shows: vec![
            Span::plain("The channel has lost "),
            Span::strong(text::percent(channel)),
            Span::plain(" of its error, the reservoir "),
            Span::strong(text::percent(reservoir)),
            Span::plain("."),
        ],
        evidence: Some(Evidence {
            start: "0".into(),
            end: "100\u{2009}%".into(),
            threshold: None,
            values: vec![
                EvidenceMark::new(reservoir, "reservoir", Shape::Ring, Role::Noise),
                EvidenceMark::new(channel, "channel", Shape::Disc, Role::Signal),
            ],
        }),
        verdict,
        reason,
    }
}

fn settles(run: &mut Run) -> Claim {
    let threshold = run.setup.threshold;
    let since = run.step - run.window.start;
    let (peak, peak_step) = reservoir_peak(run, threshold);
    let spectrum = &run.observe().spectrum;
    let channel = spectrum.channel_dimension(threshold);
    let energies: Vec<f64> = spectrum.energies().collect();
    let share = energies[channel..].iter().sum::<f64>() / energies.iter().sum::<f64>();
    let baseline = 1.0 - channel as f64 / energies.len() as f64;
    let (verdict, reason) = if since < ENOUGH_STEPS {
        (Verdict::NotYet, format!("{ENOUGH_STEPS} steps are needed"))
    } else if !share.is_finite() {
        (Verdict::NotYet, "no error is left".into())
    } else if share >= SETTLED {
        (Verdict::Holds, "over 95\u{2009}% of what is left".into())
    } else if peak >= SETTLED {
        (Verdict::Partly, "it did, then came back out".into())
    } else if share > baseline {
        (
            Verdict::Partly,
            "above the baseline, under 95\u{2009}%".into(),
        )
    } else {
        (
            Verdict::DoesNotHold,
            "no more than the reservoir\u{2019}s share of directions".into(),
        )
    };
    Claim {
        name: "settles-in-reservoir",
        theory: "What is left of the error settles in the reservoir.",
        shows: vec![
            Span::strong(text::percent(share)),
            Span::plain(format!(
                " of it is there, in {} of the directions. Peak {} at step {}.",
                text::whole_percent(baseline),
                text::percent(peak),
                text::count(peak_step)
            )),
        ],
        evidence: Some(Evidence {
            start: "0".into(),
            end: "100\u{2009}%".into(),
            threshold: Some(EvidenceMark::new(
                baseline,
                format!("baseline {}", text::whole_percent(baseline)),
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(share, "now", Shape::Ring, Role::Noise)],
        }),
        verdict,
        reason,
    }
}

fn frozen(run: &mut Run) -> Claim {
    let since = run.step - run.window.start;
    let (_, foreseen, _) = run.foreseen_now();
    let before = run.window.frozen.spectrum().largest();
    let now = run.observe();
    let ratio = now.train / foreseen;
    let growth = now.spectrum.largest() / before;
    let off = ratio.max(1.0 / ratio);
    let plain = run.setup.gate == Gate::Off && run.setup.batch == run.setup.points;
    let (verdict, reason) = if !plain {
        (
            Verdict::NotYet,
            "the prediction knows no gate and no minibatch".into(),
        )
    } else if since < ENOUGH_STEPS {
        (Verdict::NotYet, format!("{ENOUGH_STEPS} steps are needed"))
    } else if !ratio.is_finite() {
        (Verdict::NotYet, "no error is left to compare".into())
    } else if off <= AS_PREDICTED {
        (Verdict::Holds, "within a quarter".into())
    } else if off <= ROUGHLY_PREDICTED {
        (Verdict::Partly, "within a factor 2".into())
    } else {
        (Verdict::DoesNotHold, "true only for the first steps".into())
    };
    Claim {
        name: "frozen-kernel",
        theory: "Each direction decays at its own fixed rate, as if the kernel stood still.",
        shows: vec![
            Span::plain("Training error is "),
            Span::strong(format!("{}\u{d7}", text::significant(ratio))),
            Span::plain(" what the frozen kernel predicts; \u{3bb}\u{2081} is "),
            Span::strong(format!("{}\u{d7}", text::fixed(growth, 2))),
            Span::plain(" its value at the start."),
        ],
        evidence: Some(Evidence {
            start: "1\u{d7}".into(),
            end: "100\u{d7}".into(),
            threshold: Some(EvidenceMark::new(
                libm::log10(AS_PREDICTED) / 2.0,
                "within 25\u{2009}%",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                libm::log10(off) / 2.0,
                if ratio < 1.0 {
                    "this run, below"
                } else {
                    "this run"
                },
                Shape::Disc,
                Role::Ink,
            )],
        }),
        verdict,
        reason,
    }
}

fn noise_is_cancelled(run: &mut Run) -> Claim {
    let points = run.setup.points;
    let energy = noise_energy(&run.base.problem);
    let best = run.window.best_test;
    let now = run.observe();
    let mut claim = Claim {
        name: "noise-is-cancelled",
        theory: "Memorised noise is cancelled before it reaches a test point.",
        shows: vec![Span::plain(OWN_SHOWS)],
        evidence: None,
        verdict: Verdict::NotYet,
        reason: OWN_REASON.into(),
    };
    let (Some(energy), Some((best, best_step)), Some(test)) = (energy, best, now.test) else {
        return claim;
    };
    let ratio = test / best;
    let memorised = 1.0 - now.train / energy;
    let (verdict, reason) = if energy == 0.0 {
        (Verdict::NotYet, "there is no noise to memorise".to_string())
    } else if points < ENOUGH_POINTS {
        (
            Verdict::NotYet,
            format!("{ENOUGH_POINTS} points are needed"),
        )
    } else if memorised <= 0.0 {
        (
            Verdict::NotYet,
            "training error is still above the noise".into(),
        )
    } else if ratio >= PAID {
        (
            Verdict::DoesNotHold,
            "memorising raised the test error".into(),
        )
    } else if memorised < 0.5 {
        (Verdict::NotYet, "less than half is memorised".into())
    } else if ratio <= 1.0 + (PAID - 1.0) / 3.0 {
        (Verdict::Holds, "memorised at no cost".into())
    } else {
        (Verdict::Partly, "at a small cost".into())
    };
    claim.shows = if memorised > 0.0 && energy > 0.0 {
        vec![
            Span::plain(format!(
                "Training error is {} below the noise; test error is ",
                text::whole_percent(memorised)
            )),
            Span::strong(format!("{}\u{d7}", text::fixed(ratio, 2))),
            Span::plain(format!(
                " its best, {} at step {}.",
                text::error(best),
                text::count(best_step)
            )),
        ]
    } else {
        vec![Span::plain(format!(
            "No noise is memorised yet: training error {}, noise {}.",
            text::error(now.train),
            text::error(energy)
        ))]
    };
    claim.evidence = (memorised > 0.0 && energy > 0.0).then(|| Evidence {
        start: "1\u{d7}".into(),
        end: "10\u{d7}".into(),
        threshold: Some(EvidenceMark::new(
            libm::log10(PAID),
            "1.3\u{d7}",
            Shape::Disc,
            Role::Ink,
        )),
        values: vec![EvidenceMark::new(
            libm::log10(ratio),
            "now",
            Shape::Diamond,
            Role::Test,
        )],
    });
    (claim.verdict, claim.reason) = (verdict, reason);
    claim
}
