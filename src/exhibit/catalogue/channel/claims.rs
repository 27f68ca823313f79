//! The claims of the channel exhibit: what follows from the construction, and
//! how exact it is for the steps that were taken. Thresholds with their reasons.
//!
//! The identities are theorems. What can be off is the quadrature of the mean Jacobian,
//! and then its error stands there, and no claim that rests on the operators is judged.

use super::directions::{Opened, opened};
use super::drift;
use super::model::Channel;
use super::noise_claims::{grows, memorised_noise, mobile_first, only_the_channel};
use crate::chart::{Role, Shape, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

/// Steps of a window before which its operators say little.
const ENOUGH_STEPS: u64 = 30;
/// "Exact": no line of a picture would move by its own width. Claims that rest on the
/// operators are judged up to there.
const EXACT: f64 = 0.03;
/// Rounding, relative to the bound.
const ROUNDING: f64 = 1e-9;
/// "Interpolates": this share of the first training error is left.
const INTERPOLATES: f64 = 0.05;
/// "Much nearer" than the control.
const MUCH_NEARER: f64 = 3.0;

/// Why the operators have nothing to say, if so.
fn silent(state: &State<'_, Channel>) -> Option<String> {
    let step = state.place.trial_step;
    let since = step.saturating_sub(state.model.window_start(state.setup));
    let short = state.model.window.is_none() || since < ENOUGH_STEPS;
    short.then(|| format!("{ENOUGH_STEPS} steps of a window are needed"))
}

type Judge = fn(Ladder, &State<'_, Channel>, Opened<'_>) -> Claim;

/// The claims that do not rest on the operators' being exact: two say that they are, one is
/// about the runs alone.
const UNGUARDED: [&str; 3] = ["loss-identity", "test-identity", "drift-and-diffusion"];

/// All claims, in the order of the essay.
const CLAIMS: [(&str, &str, Judge); 9] = [
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
        "drift-and-diffusion",
        "Under minibatches the signal accumulates linearly, and what is memorised diffuses like a random walk.",
        |claim, state, _| drift::claim(claim, state),
    ),
    (
        "pseudo-inverse",
        "At interpolation the network is the pseudo-inverse along the path its features took.",
        pseudo_inverse,
    ),
];

pub fn claims(state: &State<'_, Channel>) -> Vec<Claim> {
    let (silent, opened) = (silent(state), opened(state));
    let judged = CLAIMS.iter().map(|(name, theory, judge)| {
        let claim = Claim::about(name, theory);
        match (&silent, opened) {
            (None, Some(opened)) => {
                let error = opened.diagnostics.operator_error();
                let off = error > EXACT && !UNGUARDED.contains(name);
                let error = text::percent(error);
                let inexact = off.then(|| format!("not judged: the operators are off by {error}"));
                judge(claim.wait_for(inexact), state, opened)
            }
            (reason, _) => undecided(claim, reason.clone().unwrap_or_default()),
        }
    });
    judged.collect()
}

/// A claim of which nothing can be shown yet.
fn undecided(claim: Ladder, reason: impl Into<String>) -> Claim {
    claim
        .shows("Nothing yet.")
        .otherwise(Verdict::NotYet, reason)
}

fn inclusion(claim: Ladder, _: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    if opened.diagnostics.dissipated.is_none() {
        let reason = "the bound is for gradient descent alone";
        return undecided(claim, reason);
    }
    let looseness = opened.diagnostics.looseness();
    let (least, middle) = (looseness.low, looseness.median);
    if least.is_nan() {
        let reason = "no direction above the numerical floor reaches a test point";
        return undecided(claim, reason);
    }
    let at = |v: f64| libm::log10(v) / 7.0;
    let evidence = Evidence::scale("", "10\u{2077}\u{d7}")
        .threshold(0.0, "1\u{d7}, the bound")
        .value(at(least), "tightest", Shape::Disc, Role::Signal)
        .value(at(middle), "median", Shape::Ring, Role::Ink);
    claim
        .shows(format!(
            "No direction exceeds the bound. It is loose by **{}\u{d7}** in the median, by {}\u{d7} where it is tightest.",
            text::significant(middle),
            text::significant(least)
        ))
        .evidence(evidence)
        .rung(
            least >= 1.0 - ROUNDING,
            Verdict::HoldsByConstruction,
            "only its looseness is news",
        )
        .fails("the bound is exceeded")
}

/// A relative error on a log scale from 10^-6 to 1. The identity is a theorem for steps:
/// an error is one of the quadrature.
fn judged_error(claim: Ladder, error: f64, role: Role) -> Claim {
    let at = |v: f64| 1.0 + libm::log10(v) / 6.0;
    let within = format!("within {}", text::whole_percent(EXACT));
    let evidence = Evidence::scale("10\u{207b}\u{2076}", "100\u{202f}%")
        .threshold(at(EXACT), within)
        .value(at(error), "now", Shape::Diamond, role);
    let off = format!(
        "not judged: the quadrature of the steps leaves {}",
        text::percent(error)
    );
    claim
        .evidence(evidence)
        .wait(!error.is_finite(), "nothing has changed")
        .rung(
            error <= EXACT,
            Verdict::HoldsByConstruction,
            "exact for gradient flow, and with the mean Jacobian for these steps",
        )
        .otherwise(Verdict::NotYet, off)
}

fn loss_identity(claim: Ladder, _: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let now = opened.diagnostics;
    let [integrated, summed] = now.loss_errors;
    let mut shows = vec![
        Span::plain(format!(
            "The loss fell by {}. W is off by ",
            text::error(now.drop)
        )),
        Span::strong(text::percent(integrated)),
    ];
    if now.dissipated.is_some() {
        let also = format!(
            "; the sum W\u{2032}, which takes each step\u{2019}s first gradient for the whole step, by {}",
            text::percent(summed)
        );
        shows.push(Span::plain(also));
    }
    shows.push(Span::plain("."));
    judged_error(claim.shows_spans(shows), integrated, Role::Ink)
}

fn test_identity(claim: Ladder, _: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let now = opened.diagnostics;
    let mut shows = vec![
        Span::plain("Predicted and real change differ by "),
        Span::strong(text::percent(now.test_error)).in_role(Role::Test),
        Span::plain(format!(
            " of the change, the output gradient and P g(s) by {}.",
            text::percent(now.propagator_error)
        )),
    ];
    if now.moved_by_offset > 0.0 {
        shows.push(Span::plain(format!(
            " Of the change at the test points, {} is decay\u{2019}s or an earlier average\u{2019}s.",
            text::percent(now.moved_by_offset)
        )));
    }
    let norm = now.propagator_norm();
    if norm > 1.0 + EXACT {
        shows.push(Span::plain(format!(
            " P enlarges some direction {}\u{d7}; other directions than g(s) are carried by what this run made of its steps.",
            text::significant(norm)
        )));
    }
    judged_error(claim.shows_spans(shows), now.test_error, Role::Test)
}

fn pseudo_inverse(claim: Ladder, state: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let first = state.records().first();
    let left = state.now.train / first.map_or(f64::NAN, |record| record.train);
    let path = opened.diagnostics.test_error;
    let fixed = opened.diagnostics.frozen_error;
    let shows = vec![
        Span::plain("Distance of the network to the pseudo-inverse along its path "),
        Span::strong(text::percent(path)).in_role(Role::Test),
        Span::plain(format!(
            " of the change, to that of the kernel of step {} held fixed {}.",
            text::count(opened.window.start),
            text::percent(fixed)
        )),
    ];
    let at = |v: f64| 1.0 + libm::log10(v) / 3.0;
    let evidence = Evidence::scale("0.1\u{202f}%", "100\u{202f}%")
        .threshold(at(fixed / MUCH_NEARER), "a third of that")
        .value(at(path), "along the path", Shape::Diamond, Role::Test)
        .value(at(fixed), "kernel fixed", Shape::Ring, Role::Ink);
    let waits = format!(
        "{} of the training error is left; {} would do",
        text::percent(left),
        text::whole_percent(INTERPOLATES)
    );
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .wait(
            fixed.is_nan(),
            "the control is for gradient descent on squared loss",
        )
        .wait(left.is_nan() || left > INTERPOLATES, waits)
        .holds(
            path * MUCH_NEARER <= fixed,
            "along the path, not in a fixed space",
        )
        .partly(path <= fixed, "nearer than with the kernel fixed")
        .fails("the fixed kernel is as near")
}
