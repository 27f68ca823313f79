//! The ledger of the matrix exhibit: thresholds and their reasons.

use super::run::{Run, frobenius};
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, words};

/// "Fitted": a hundredth of the seen entries' energy is left, as much as a
/// pixel of the error curve.
const FITTED: f64 = 0.01;
/// "One direction alone": the effective rank of two whose sizes are as 1 to 14.
const ALONE: f64 = 1.3;
/// "Low rank": half as much again as the true matrix has.
const LOW: f64 = 1.5;
/// "The least": a twentieth more is what a fit that is still going on leaves.
const LEAST: f64 = 1.05;
/// "Reaches the unseen": a third of the error of answering 0.
const REACHES: f64 = 1.0 / 3.0;
/// "Hardly": nine tenths of it.
const HARDLY: f64 = 0.9;
/// Largest effective rank on a scale of evidence: there are 20 directions.
const SCALE: f64 = 20.0;

/// All claims, in the order of the essay.
pub fn ledger(run: &mut Run) -> Vec<Claim> {
    run.observe();
    vec![
        one_by_one(run),
        low_rank(run),
        small_norm(run),
        reaches_the_unseen(run),
    ]
}

/// What every claim about the solution waits for.
fn waits(run: &Run) -> Option<(Verdict, String)> {
    (run.now.seen_error > FITTED).then(|| {
        let reason = "over 1\u{2009}% of the seen error is left";
        (Verdict::NotYet, reason.into())
    })
}

/// A place on a scale of ranks from 1 to 20.
fn at_rank(rank: f64, words: impl Into<String>, shape: Shape, role: Role) -> EvidenceMark {
    EvidenceMark::new(libm::log(rank) / libm::log(SCALE), words, shape, role)
}

fn ranks(run: &Run, values: Vec<EvidenceMark>) -> Option<Evidence> {
    let least = run.least_norm.effective_rank;
    Some(Evidence {
        start: "1".into(),
        end: "20".into(),
        threshold: Some(at_rank(
            least,
            format!("least norm {}", words::fixed(least, 1)),
            Shape::Disc,
            Role::Ink,
        )),
        values,
    })
}

fn one_by_one(run: &Run) -> Claim {
    let (lowest, step) = run.lowest_rank();
    let wanted = run.truth.effective_rank;
    let (verdict, reason) = if run.setup.rank == 1 {
        (Verdict::NotYet, "there is one direction only".into())
    } else if let Some(waits) = waits(run) {
        waits
    } else if lowest <= ALONE {
        (Verdict::Holds, "the first direction stood alone".into())
    } else if lowest < 0.9 * wanted {
        (Verdict::Partly, "the first was ahead of the others".into())
    } else {
        (Verdict::DoesNotHold, "they grew together".into())
    };
    Claim {
        name: "one-by-one",
        theory: "Directions are learned one after the other, the strongest first.",
        shows: vec![
            Span::plain("On its way the effective rank fell to "),
            Span::strong(words::fixed(lowest, 2)),
            Span::plain(format!(
                ", at step {}; it is {} now.",
                words::count(step),
                words::fixed(run.now.effective_rank, 2)
            )),
        ],
        evidence: ranks(run, vec![at_rank(lowest, "lowest", Shape::Disc, Role::Ink)]),
        verdict,
        reason,
    }
}

fn low_rank(run: &Run) -> Claim {
    let now = run.now.effective_rank;
    let (truth, least) = (run.truth.effective_rank, run.least_norm.effective_rank);
    let (verdict, reason) = if let Some(waits) = waits(run) {
        waits
    } else if now <= LOW * truth {
        (Verdict::Holds, "near the rank of the true matrix".into())
    } else if now <= 0.5 * least {
        (
            Verdict::Partly,
            "half that of the least-norm solution, or less".into(),
        )
    } else {
        (
            Verdict::DoesNotHold,
            "no less than half that of the least-norm solution".into(),
        )
    };
    Claim {
        name: "low-rank",
        theory: "Of all solutions that fit, descent finds one of low rank, with no penalty on rank.",
        shows: vec![
            Span::plain("Effective rank "),
            Span::strong(words::fixed(now, 2)),
            Span::plain(format!(
                "; the true matrix has {}, the least-norm solution {}.",
                words::fixed(truth, 2),
                words::fixed(least, 1)
            )),
        ],
        evidence: ranks(
            run,
            vec![
                at_rank(truth, "true", Shape::Disc, Role::Signal),
                at_rank(now, "now", Shape::Disc, Role::Ink),
            ],
        ),
        verdict,
        reason,
    }
}

fn small_norm(run: &Run) -> Claim {
    let values = &run.now.singular_values;
    let ratio = frobenius(values) / run.least_norm.frobenius_norm();
    let nuclear = values.iter().sum::<f64>() / run.truth.nuclear_norm();
    let (verdict, reason) = if let Some(waits) = waits(run) {
        waits
    } else if ratio <= LEAST {
        (Verdict::Holds, "it is the least-norm solution".into())
    } else if nuclear <= LEAST {
        (
            Verdict::Partly,
            "small in another norm, the sum of singular values".into(),
        )
    } else {
        (Verdict::DoesNotHold, "small in neither norm".into())
    };
    Claim {
        name: "small-norm",
        theory: "Of all solutions that fit, descent finds one of small norm.",
        shows: vec![
            Span::plain("Its Frobenius norm is "),
            Span::strong(format!("{}\u{d7}", words::fixed(ratio, 2))),
            Span::plain(format!(
                " the smallest possible; its singular values sum to {}\u{d7} those of the true matrix.",
                words::fixed(nuclear, 2)
            )),
        ],
        evidence: Some(Evidence {
            start: "1\u{d7}".into(),
            end: "2\u{d7}".into(),
            threshold: Some(EvidenceMark::new(
                LEAST - 1.0,
                "within 5\u{2009}%",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                ratio - 1.0,
                "Frobenius norm",
                Shape::Disc,
                Role::Ink,
            )],
        }),
        verdict,
        reason,
    }
}

fn reaches_the_unseen(run: &Run) -> Claim {
    let error = run.now.unseen_error;
    let (verdict, reason) = if let Some(waits) = waits(run) {
        waits
    } else if error <= REACHES {
        (Verdict::Holds, "less than a third of it".into())
    } else if error <= HARDLY {
        (Verdict::Partly, "less than nine tenths of it".into())
    } else {
        (Verdict::DoesNotHold, "no better than answering 0".into())
    };
    Claim {
        name: "reaches-the-unseen",
        theory: "That is why it generalises.",
        shows: vec![
            Span::plain("Error on the unseen entries "),
            Span::strong(words::error(error)),
            Span::plain(", of 1.000 for the least-norm solution, which answers 0 there."),
        ],
        evidence: Some(Evidence {
            start: "0.001".into(),
            end: "1".into(),
            threshold: Some(EvidenceMark::new(
                1.0 + libm::log10(REACHES) / 3.0,
                "1/3",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                1.0 + libm::log10(error) / 3.0,
                "now",
                Shape::Diamond,
                Role::Test,
            )],
        }),
        verdict,
        reason,
    }
}
