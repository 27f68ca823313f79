//! The ledger of the bias exhibit: thresholds and their reasons.

use super::run::{Run, WINDOW};
use super::scatter::Directions;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// "In order": rank correlations at which neighbours change places, but hardly
/// more than that.
const IN_ORDER: f64 = 0.8;
/// Standard deviations of the rank correlation of unrelated orders that chance
/// is granted.
const CHANCE: f64 = 2.0;
/// "Fitted": a thousandth of the labels' energy is left.
const FITTED: f64 = 1e-3;
/// "At the interpolant": a twentieth of the way moved.
const AT: f64 = 0.05;
/// "Near it": a fifth.
const NEAR: f64 = 0.2;
/// "The same error": a tenth more or less.
const SAME: f64 = 1.1;

/// All claims, in the order of the essay.
pub fn ledger(run: &mut Run) -> Vec<Claim> {
    vec![
        integrated_order(run),
        fixed_order(run),
        minimum_norm(run),
        generalises_so(run),
    ]
}

fn order_claim(
    run: &Run,
    directions: &Directions,
    name: &'static str,
    theory: &'static str,
    shows: Vec<Span>,
) -> Claim {
    let order = directions.order();
    let chance = CHANCE / (run.problem.labels.len() as f64 - 1.0).sqrt();
    let (verdict, reason) = if run.step < WINDOW {
        (Verdict::NotYet, format!("{WINDOW} steps are needed"))
    } else if !order.is_finite() {
        (Verdict::NotYet, "no direction is halved yet".into())
    } else if order >= IN_ORDER {
        (Verdict::Holds, "over 0.8".into())
    } else if order > chance {
        (Verdict::Partly, "more than chance, under 0.8".into())
    } else {
        (Verdict::DoesNotHold, "no more than chance".into())
    };
    Claim {
        name,
        theory,
        shows,
        evidence: Some(Evidence {
            start: "0".into(),
            end: "1".into(),
            threshold: Some(EvidenceMark::new(
                chance,
                format!("chance {}", text::fixed(chance, 2)),
                Shape::Disc,
                Role::Ink,
            )),
            values: order
                .is_finite()
                .then(|| EvidenceMark::new(order, "now", Shape::Disc, Role::Ink))
                .into_iter()
                .collect(),
        }),
        verdict,
        reason,
    }
}

fn integrated_order(run: &mut Run) -> Claim {
    let directions = Directions::integrated(run);
    let (beyond, count) = directions.order_beyond();
    let mut shows = vec![
        Span::plain("Rank correlation of eigenvalue and half-time: "),
        Span::strong(text::fixed(directions.order(), 2)),
        Span::plain("."),
    ];
    if run.step >= WINDOW {
        shows.push(Span::plain(format!(
            " Among the {count} directions that took longer than the {WINDOW} steps W knows: {}.",
            text::fixed(beyond, 2)
        )));
    }
    order_claim(
        run,
        &directions,
        "integrated-order",
        "Directions are learned in the order of the eigenvalues of W.",
        shows,
    )
}

fn fixed_order(run: &mut Run) -> Claim {
    let directions = Directions::fixed(run);
    let shows = vec![
        Span::plain("Rank correlation with the eigenvalues of K(0): "),
        Span::strong(text::fixed(directions.order(), 2)),
        Span::plain(format!(
            "; {} of {} directions are halved.",
            directions.halved(),
            run.problem.labels.len()
        )),
    ];
    order_claim(
        run,
        &directions,
        "fixed-order",
        "The kernel at the start knows that order already.",
        shows,
    )
}

/// What the claims about the solution wait for.
fn waits(run: &mut Run) -> Option<(Verdict, String)> {
    let n = run.problem.labels.len();
    if run.fixed.rank() < n {
        let reason = format!("a kernel of rank {} cannot interpolate", run.fixed.rank());
        return Some((Verdict::NotYet, reason));
    }
    (run.observe().train > FITTED).then(|| {
        let reason = "over 0.1\u{2009}% of the labels\u{2019} energy is unfitted";
        (Verdict::NotYet, reason.into())
    })
}

fn minimum_norm(run: &mut Run) -> Claim {
    let distance = run.observe().distance;
    let (verdict, reason) = if let Some(waits) = waits(run) {
        waits
    } else if distance <= AT {
        (Verdict::Holds, "within a twentieth".into())
    } else if distance <= NEAR {
        (Verdict::Partly, "within a fifth".into())
    } else {
        (
            Verdict::DoesNotHold,
            "true only for wide networks with large weights".into(),
        )
    };
    // From a hundredth to the whole way.
    let place = |distance: f64| 1.0 + libm::log10(distance) / 2.0;
    Claim {
        name: "minimum-norm",
        theory: "The solution looks like a minimum-norm interpolant.",
        shows: vec![
            Span::plain("Distance to that of K(0), on the test points: "),
            Span::strong(text::fixed(distance, 3)),
            Span::plain(" of the way that it moved."),
        ],
        evidence: (run.step > 0).then(|| Evidence {
            start: "0.01".into(),
            end: "1".into(),
            threshold: Some(EvidenceMark::new(place(AT), "0.05", Shape::Disc, Role::Ink)),
            values: vec![EvidenceMark::new(
                place(distance),
                "now",
                Shape::Disc,
                Role::Ink,
            )],
        }),
        verdict,
        reason,
    }
}

fn generalises_so(run: &mut Run) -> Claim {
    let now = run.observe();
    let ratio = now.test / run.interpolant_error;
    let (verdict, reason) = if let Some(waits) = waits(run) {
        waits
    } else if ratio > SAME {
        (Verdict::DoesNotHold, "it generalises worse".into())
    } else if ratio >= 1.0 / SAME {
        (Verdict::Holds, "the same within a tenth".into())
    } else {
        (
            Verdict::DoesNotHold,
            "it generalises better by moving away".into(),
        )
    };
    Claim {
        name: "generalises-so",
        theory: "That is what its generalisation comes from.",
        shows: vec![
            Span::plain("Test error is "),
            Span::strong(format!("{}\u{d7}", text::fixed(ratio, 2))),
            Span::plain(format!(
                " that of the minimum-norm interpolant, {}.",
                text::error(run.interpolant_error)
            )),
        ],
        evidence: Some(Evidence {
            start: "0.01\u{d7}".into(),
            end: "10\u{d7}".into(),
            threshold: Some(EvidenceMark::new(
                2.0 / 3.0,
                "1\u{d7}",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                (libm::log10(ratio) + 2.0) / 3.0,
                "now",
                Shape::Diamond,
                Role::Test,
            )],
        }),
        verdict,
        reason,
    }
}
