//! The ledger of the channel exhibit: what follows from the construction, and
//! how well it holds in discrete time. Thresholds with their reasons.

use super::noise_claims::{grows, memorised_noise, mobile_first, only_the_channel};
use super::observation::Seen;
use super::run::Run;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// Steps of a window before which its operators say little.
const ENOUGH_STEPS: u64 = 30;
/// "Exact": no line of a picture would move by its own width.
const EXACT: f64 = 0.03;
/// "Roughly": a tenth.
const ROUGHLY: f64 = 0.1;
/// Rounding, relative to the bound.
const ROUNDING: f64 = 1e-9;
/// "Interpolates": this share of the first training error is left.
const INTERPOLATES: f64 = 0.05;
/// "Much nearer" than the control.
const MUCH_NEARER: f64 = 3.0;

/// A row that cannot be judged yet.
pub fn undecided(name: &'static str, theory: &'static str, reason: impl Into<String>) -> Claim {
    Claim {
        name,
        theory,
        shows: vec![Span::plain("Nothing yet.")],
        evidence: None,
        verdict: Verdict::NotYet,
        reason: reason.into(),
    }
}

/// Why the operators have nothing to say, if so.
fn silent(run: &Run) -> Option<String> {
    if let Some(optimiser) = run.setup.undescribed {
        return Some(format!("these operators do not describe {optimiser}"));
    }
    let since = run.step - run.window_start().min(run.step);
    let short = run.window.is_none() || since < ENOUGH_STEPS;
    short.then(|| format!("{ENOUGH_STEPS} steps of a window are needed"))
}

type Row = (
    &'static str,
    &'static str,
    fn(&mut Run, &Seen, Claim) -> Claim,
);

/// All rows, in the order of the essay.
const ROWS: [Row; 8] = [
    (
        "kernel-inclusion",
        "A direction that dissipates nothing moves no test point: ker W lies in ker G.",
        inclusion,
    ),
    (
        "loss-identity",
        "The loss lost over the window is g(s)\u{1d40} W g(s).",
        loss_identity,
    ),
    (
        "test-identity",
        "The test points moved by \u{2212}G g(s).",
        test_identity,
    ),
    (
        "only-the-channel",
        "Test predictions see the channel alone.",
        only_the_channel,
    ),
    (
        "memorised-noise",
        "Memorised noise sits in the reservoir, where it reaches no test point.",
        memorised_noise,
    ),
    (
        "mobile-first",
        "The directions of largest eigenvalue of W are learned first.",
        mobile_first,
    ),
    (
        "channel-grows",
        "The channel only grows as training goes on.",
        grows,
    ),
    (
        "pseudo-inverse",
        "At interpolation the network is the pseudo-inverse along the path its features took.",
        pseudo_inverse,
    ),
];

pub fn ledger(run: &mut Run) -> Vec<Claim> {
    let silent = silent(run);
    let seen = run.observe().seen.clone();
    ROWS.iter()
        .map(|(name, theory, judge)| match (&silent, &seen) {
            (None, Some(seen)) => judge(run, seen, undecided(name, theory, "")),
            (reason, _) => undecided(name, theory, reason.clone().unwrap_or_default()),
        })
        .collect()
}

fn inclusion(_: &mut Run, seen: &Seen, mut claim: Claim) -> Claim {
    let looseness = seen.looseness();
    if looseness.is_empty() {
        claim.reason = "no direction above the numerical floor reaches a test point".into();
        return claim;
    }
    let least = looseness.iter().copied().fold(f64::INFINITY, f64::min);
    let middle = super::visibility::median(looseness);
    let at = |v: f64| libm::log10(v) / 7.0;
    claim.shows = vec![
        Span::plain("No direction exceeds the bound. It is loose by "),
        Span::strong(format!("{}\u{d7}", text::significant(middle))),
        Span::plain(format!(
            " in the median, by {}\u{d7} where it is tightest.",
            text::significant(least)
        )),
    ];
    claim.evidence = Some(Evidence {
        start: String::new(),
        end: "10\u{2077}\u{d7}".into(),
        threshold: Some(EvidenceMark::new(
            0.0,
            "1\u{d7}, the bound",
            Shape::Disc,
            Role::Ink,
        )),
        values: vec![
            EvidenceMark::new(at(least), "tightest", Shape::Disc, Role::Signal),
            EvidenceMark::new(at(middle), "median", Shape::Ring, Role::Ink),
        ],
    });
    (claim.verdict, claim.reason) = if least >= 1.0 - ROUNDING {
        (
            Verdict::Holds,
            "by construction; only its looseness is news".into(),
        )
    } else {
        (Verdict::DoesNotHold, "the bound is exceeded".into())
    };
    claim
}

/// A relative error on a log scale from 10^-4 to 1, judged by two thresholds.
fn judged_error(mut claim: Claim, error: f64, role: Role) -> Claim {
    let at = |v: f64| 1.0 + libm::log10(v) / 4.0;
    claim.evidence = Some(Evidence {
        start: "0.01\u{2009}%".into(),
        end: "100\u{2009}%".into(),
        threshold: Some(EvidenceMark::new(
            at(EXACT),
            format!("within {}", text::whole_percent(EXACT)),
            Shape::Disc,
            Role::Ink,
        )),
        values: vec![EvidenceMark::new(at(error), "now", Shape::Diamond, role)],
    });
    (claim.verdict, claim.reason) = if !error.is_finite() {
        (Verdict::NotYet, "nothing has changed".into())
    } else if error <= EXACT {
        (Verdict::Holds, "no visible difference".into())
    } else if error <= ROUGHLY {
        (Verdict::Partly, "within a tenth".into())
    } else {
        (
            Verdict::DoesNotHold,
            "the Jacobian moves too far within a step".into(),
        )
    };
    claim
}

fn loss_identity(run: &mut Run, seen: &Seen, mut claim: Claim) -> Claim {
    let [closed, summed] = seen.loss_errors;
    claim.shows = vec![
        Span::plain(format!("The loss fell by {}. ", text::error(seen.drop))),
        Span::plain(if seen.closed_form.is_some() {
            "The closed form of W is off by "
        } else {
            "A minibatch has no closed form; the sum W\u{2032} is off by "
        }),
        Span::strong(text::percent(closed)),
    ];
    if seen.closed_form.is_some() {
        claim.shows.push(Span::plain(format!(
            ", the sum W\u{2032} by {}",
            text::percent(summed)
        )));
    }
    claim.shows.push(Span::plain("."));
    let mut claim = judged_error(claim, closed, Role::Ink);
    let largest = run.window.as_ref().map_or(0.0, |w| w.kernel.largest());
    let share = run.step_size() * largest / (2.0 * run.base.points() as f64);
    if claim.verdict == Verdict::DoesNotHold && share > 0.9 {
        claim.reason = "the step is near or past the stability limit".into();
    }
    claim
}

fn test_identity(_: &mut Run, seen: &Seen, mut claim: Claim) -> Claim {
    claim.shows = vec![
        Span::plain("Foreseen and real change differ by "),
        Span::strong(text::percent(seen.test_error)).in_role(Role::Test),
        Span::plain(format!(
            " of the change, the output gradient and P g(s) by {}.",
            text::percent(seen.propagator_error)
        )),
    ];
    judged_error(claim, seen.test_error, Role::Test)
}

fn pseudo_inverse(run: &mut Run, seen: &Seen, mut claim: Claim) -> Claim {
    let left = run.observe().train / run.records.first().map_or(f64::NAN, |r| r.train);
    let (path, fixed) = (seen.test_error, seen.frozen_error);
    claim.shows = vec![
        Span::plain("Distance of the network to the pseudo-inverse along its path "),
        Span::strong(text::percent(path)).in_role(Role::Test),
        Span::plain(format!(
            " of the change, to that of the kernel of step {} held fixed {}.",
            text::count(run.window_start()),
            text::percent(fixed)
        )),
    ];
    let at = |v: f64| 1.0 + libm::log10(v) / 3.0;
    claim.evidence = Some(Evidence {
        start: "0.1\u{2009}%".into(),
        end: "100\u{2009}%".into(),
        threshold: Some(EvidenceMark::new(
            at(ROUGHLY),
            "a tenth",
            Shape::Disc,
            Role::Ink,
        )),
        values: vec![
            EvidenceMark::new(at(path), "along the path", Shape::Diamond, Role::Test),
            EvidenceMark::new(at(fixed), "kernel fixed", Shape::Ring, Role::Ink),
        ],
    });
    (claim.verdict, claim.reason) = if left.is_nan() || left > INTERPOLATES {
        let reason = format!(
            "{} of the training error is left; {} would do",
            text::percent(left),
            text::whole_percent(INTERPOLATES)
        );
        (Verdict::NotYet, reason)
    } else if path <= ROUGHLY && path * MUCH_NEARER <= fixed {
        (
            Verdict::Holds,
            "along the path, not in a fixed space".into(),
        )
    } else if path <= fixed {
        (Verdict::Partly, "nearer than with the kernel fixed".into())
    } else {
        (Verdict::DoesNotHold, "the fixed kernel is as near".into())
    };
    claim
}
