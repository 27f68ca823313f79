//! The ledger of the benign exhibit: thresholds and their reasons.

use super::memory::Memory;
use super::run::{Outcome, Run};
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};
use crate::kernel::rank_correlation;

/// "At no cost": one test point in twenty more than the twin on true labels.
const HARMLESS: f64 = 0.05;
/// "At some cost": one in ten.
const SOME: f64 = 0.1;
/// Less of the flips than this in the reservoir is none.
const NONE: f64 = 0.01;
/// "Sits there": half of it.
const HALF: f64 = 0.5;
/// "Cancelled": a twentieth of the energy arrives.
const CANCELLED: f64 = 0.05;
/// "Damped": a third of it arrives.
const DAMPED: f64 = 1.0 / 3.0;
/// Dimensions from which an order can be told.
const ENOUGH: usize = 3;
/// A strong rank correlation.
const ORDERED: f64 = 0.8;

pub fn ledger(run: &mut Run, memory: &Memory) -> Vec<Claim> {
    let flips = run.training.noise.iter().any(|e| *e != 0.0);
    vec![
        fits(run, flips),
        harmless(run, flips),
        in_the_reservoir(run, flips),
        cancelled(run, flips),
        by_dimension(run, memory, flips),
    ]
}

/// Why the present network cannot be judged yet, if so.
fn waiting(run: &Run, flips: bool) -> Option<String> {
    if !flips {
        Some("no label is flipped".into())
    } else if run.training.end.is_none() {
        Some("the labels are not all fitted yet".into())
    } else {
        None
    }
}

fn scale(end: &str, threshold: (f64, &str), values: Vec<EvidenceMark>) -> Option<Evidence> {
    Some(Evidence {
        start: "0".into(),
        end: end.into(),
        threshold: Some(EvidenceMark::new(
            threshold.0,
            threshold.1,
            Shape::Disc,
            Role::Ink,
        )),
        values,
    })
}

fn fits(run: &mut Run, flips: bool) -> Claim {
    let now = run.present().clone();
    let count = run.training.noise.iter().filter(|e| **e != 0.0).count();
    let (verdict, reason) = if !flips {
        (Verdict::NotYet, "no label is flipped".to_owned())
    } else if now.flipped_fitted >= 1.0 && now.train_error == 0.0 {
        (Verdict::Holds, "every one of them".into())
    } else if run.training.end.is_some() {
        (Verdict::Partly, "not all of them".into())
    } else {
        (Verdict::NotYet, "it is still training".into())
    };
    Claim {
        name: "fits-noise",
        theory: "The network fits every label, wrong ones included.",
        shows: vec![
            Span::plain("At d = "),
            Span::strong(text::count(run.training.dimension as u64)),
            Span::plain(" it gives "),
            Span::strong(text::percent(now.flipped_fitted)).in_role(Role::Noise),
            Span::plain(format!(
                " of the {count} flipped labels; training error {}.",
                text::percent(now.train_error)
            )),
        ],
        evidence: None,
        verdict,
        reason,
    }
}

fn harmless(run: &mut Run, flips: bool) -> Claim {
    let now = run.present().clone();
    let cost = now.test_error - now.clean_error;
    let (verdict, reason) = match waiting(run, flips) {
        Some(reason) => (Verdict::NotYet, reason),
        None if cost <= HARMLESS => (Verdict::Holds, "next to nothing".into()),
        None if cost <= SOME => (Verdict::Partly, "at a small cost".into()),
        None => (
            Verdict::DoesNotHold,
            "tempered: the flips cost test points".into(),
        ),
    };
    Claim {
        name: "harmless",
        theory: "It fits the noise without paying for it on new points.",
        shows: vec![
            Span::plain("Test error "),
            Span::strong(text::percent(now.test_error)).in_role(Role::Test),
            Span::plain(format!(
                ", of the twin that learned the true labels {}.",
                text::percent(now.clean_error)
            )),
        ],
        evidence: scale(
            "25\u{2009}%",
            (4.0 * (now.clean_error + HARMLESS), "twin and a twentieth"),
            vec![
                EvidenceMark::new(4.0 * now.clean_error, "twin", Shape::Ring, Role::Ink),
                EvidenceMark::new(4.0 * now.test_error, "now", Shape::Diamond, Role::Test),
            ],
        ),
        verdict,
        reason,
    }
}

fn in_the_reservoir(run: &mut Run, flips: bool) -> Claim {
    let share = run
        .training
        .modes()
        .map_or(f64::NAN, |modes| modes.noise_in_reservoir());
    let unlearned = run.present().noise.unlearned;
    let (verdict, reason) = match waiting(run, flips) {
        Some(reason) => (Verdict::NotYet, reason),
        None if share >= HALF => (Verdict::Holds, "more than half of it".into()),
        None if share >= NONE => (Verdict::Partly, "a part of it".into()),
        None => (
            Verdict::DoesNotHold,
            "what is memorised has left the reservoir".into(),
        ),
    };
    Claim {
        name: "in-the-reservoir",
        theory: "The fitted noise sits in the reservoir.",
        shows: vec![
            Span::strong(text::percent(share)).in_role(Role::Noise),
            Span::plain(format!(
                " of the flips\u{2019} energy lies there; {} of it is unlearned.",
                text::percent(unlearned)
            )),
        ],
        evidence: scale(
            "100\u{2009}%",
            (HALF, "half"),
            vec![EvidenceMark::new(share, "now", Shape::Ring, Role::Noise)],
        ),
        verdict,
        reason,
    }
}

fn cancelled(run: &mut Run, flips: bool) -> Claim {
    let now = run.present().clone();
    let (gain, signal) = (now.noise_gain, now.signal_gain);
    let off = run.training.test_identity_error();
    let (verdict, reason) = match waiting(run, flips) {
        Some(reason) => (Verdict::NotYet, reason),
        None if gain <= CANCELLED => (Verdict::Holds, "a twentieth or less".into()),
        None if gain <= DAMPED => (Verdict::Partly, "damped, not cancelled".into()),
        None => (
            Verdict::DoesNotHold,
            "most of it arrives at the test points".into(),
        ),
    };
    Claim {
        name: "cancelled",
        theory: "The test transfer cancels it.",
        shows: vec![
            Span::plain("Gain of the noise "),
            Span::strong(text::fixed(gain, 2)).in_role(Role::Noise),
            Span::plain(format!(
                ", of the signal {}. The operators say {} of the noise; their identity is off by {}.",
                text::fixed(signal, 2),
                text::fixed(now.noise.gain, 2),
                text::percent(off)
            )),
        ],
        evidence: scale(
            "1",
            (CANCELLED, "a twentieth"),
            vec![
                EvidenceMark::new(gain, "noise", Shape::Ring, Role::Noise),
                EvidenceMark::new(signal, "signal", Shape::Disc, Role::Signal),
            ],
        ),
        verdict,
        reason,
    }
}

fn by_dimension(run: &Run, memory: &Memory, flips: bool) -> Claim {
    let ends = memory.outcomes(run);
    let column =
        |value: fn(&Outcome) -> f64| -> Vec<f64> { ends.iter().map(|o| value(o)).collect() };
    let dimensions = column(|o| o.dimension as f64);
    let errors = column(|o| o.last.test_error);
    let gains = column(|o| o.last.noise_gain);
    let order = rank_correlation(&gains, &errors);
    let enough = ends.len() >= ENOUGH;
    let mut shows = vec![Span::plain(
        "Runs that ended on such data are compared here: fewer than three have.",
    )];
    let mut evidence = None;
    let (verdict, reason) = if !flips {
        (Verdict::NotYet, "no label is flipped".into())
    } else if !enough {
        let left = ENOUGH - ends.len();
        (
            Verdict::NotYet,
            format!("{left} more dimensions are needed"),
        )
    } else {
        let last = ends.len() - 1;
        shows = vec![
            Span::plain(format!(
                "From d = {} to {} the noise\u{2019}s gain goes from {} to ",
                dimensions[0],
                text::count(dimensions[last] as u64),
                text::fixed(gains[0], 2)
            )),
            Span::strong(text::fixed(gains[last], 2)).in_role(Role::Noise),
            Span::plain(format!(
                ", the test error from {} to ",
                text::percent(errors[0])
            )),
            Span::strong(text::percent(errors[last])).in_role(Role::Test),
            Span::plain(format!(
                ". Rank correlation of the two {}.",
                text::fixed(order, 2)
            )),
        ];
        evidence = scale(
            "1",
            (ORDERED, "0.8"),
            vec![EvidenceMark::new(
                order,
                "rank correlation",
                Shape::Disc,
                Role::Ink,
            )],
        );
        if order >= ORDERED && errors[last] <= 0.5 * errors[0] {
            (
                Verdict::Holds,
                "gain, not the reservoir, tells them apart".into(),
            )
        } else if order > 0.0 {
            (Verdict::Partly, "roughly in that order".into())
        } else {
            (Verdict::DoesNotHold, "the two are not ordered alike".into())
        }
    };
    Claim {
        name: "by-dimension",
        theory: "What makes the noise benign is how little of it reaches the test points.",
        shows,
        evidence,
        verdict,
        reason,
    }
}
