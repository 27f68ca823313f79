//! The claims of the channel exhibit: what follows from the construction, and
//! how well it holds in discrete time. Thresholds with their reasons.

use super::directions::{Opened, opened};
use super::model::Channel;
use super::noise_claims::{grows, memorised_noise, mobile_first, only_the_channel};
use crate::chart::{Role, Shape, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

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

/// Why the operators have nothing to say, if so.
fn silent(state: &State<'_, Channel>) -> Option<String> {
    if let Some(method) = state.setup.method.undescribed() {
        return Some(format!("these operators do not describe {method}"));
    }
    let step = state.place.trial_step;
    let since = step.saturating_sub(state.model.window_start(state.setup));
    let short = state.model.window.is_none() || since < ENOUGH_STEPS;
    short.then(|| format!("{ENOUGH_STEPS} steps of a window are needed"))
}

type Judge = fn(Ladder, &State<'_, Channel>, Opened<'_>) -> Claim;

/// All claims, in the order of the essay.
const CLAIMS: [(&str, &str, Judge); 8] = [
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

pub fn claims(state: &State<'_, Channel>) -> Vec<Claim> {
    let (silent, opened) = (silent(state), opened(state));
    let judged = CLAIMS.iter().map(|(name, theory, judge)| {
        let claim = Claim::about(name, theory);
        match (&silent, opened) {
            (None, Some(opened)) => judge(claim, state, opened),
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
        .holds(
            least >= 1.0 - ROUNDING,
            "by construction; only its looseness is news",
        )
        .fails("the bound is exceeded")
}

/// A relative error on a log scale from 10^-4 to 1, judged by two thresholds.
fn judged_error(claim: Ladder, error: f64, role: Role, fault: &str) -> Claim {
    let at = |v: f64| 1.0 + libm::log10(v) / 4.0;
    let within = format!("within {}", text::whole_percent(EXACT));
    let evidence = Evidence::scale("0.01\u{2009}%", "100\u{2009}%")
        .threshold(at(EXACT), within)
        .value(at(error), "now", Shape::Diamond, role);
    claim
        .evidence(evidence)
        .wait(!error.is_finite(), "nothing has changed")
        .holds(error <= EXACT, "no visible difference")
        .partly(error <= ROUGHLY, "within a tenth")
        .fails(fault)
}

/// Why an identity that is exact for small steps does not hold.
const MOVES_TOO_FAR: &str = "the Jacobian moves too far within a step";

fn loss_identity(claim: Ladder, state: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let now = opened.diagnostics;
    let [closed, summed] = now.loss_errors;
    let strong = Span::strong(text::percent(closed));
    let mut shows = vec![Span::plain(format!(
        "The loss fell by {}. ",
        text::error(now.drop)
    ))];
    if now.closed_form.is_some() {
        let also = format!(", the sum W\u{2032} by {}", text::percent(summed));
        shows.push(Span::plain("The closed form of W is off by "));
        shows.extend([strong, Span::plain(also)]);
    } else {
        let sum = "A minibatch has no closed form; the sum W\u{2032} is off by ";
        shows.extend([Span::plain(sum), strong]);
    }
    shows.push(Span::plain("."));
    let largest = state.records().last().map_or(0.0, |record| record.largest);
    let share = state.model.step_size(state.setup) * largest;
    let fault = match share / (2.0 * state.model.base.points() as f64) > 0.9 {
        true => "the step is near or past the stability limit",
        false => MOVES_TOO_FAR,
    };
    judged_error(claim.shows_spans(shows), closed, Role::Ink, fault)
}

fn test_identity(claim: Ladder, _: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let now = opened.diagnostics;
    let shows = vec![
        Span::plain("Predicted and real change differ by "),
        Span::strong(text::percent(now.test_error)).in_role(Role::Test),
        Span::plain(format!(
            " of the change, the output gradient and P g(s) by {}.",
            text::percent(now.propagator_error)
        )),
    ];
    let claim = claim.shows_spans(shows);
    judged_error(claim, now.test_error, Role::Test, MOVES_TOO_FAR)
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
    let evidence = Evidence::scale("0.1\u{2009}%", "100\u{2009}%")
        .threshold(at(ROUGHLY), "a tenth")
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
        .wait(left.is_nan() || left > INTERPOLATES, waits)
        .holds(
            path <= ROUGHLY && path * MUCH_NEARER <= fixed,
            "along the path, not in a fixed space",
        )
        .partly(path <= fixed, "nearer than with the kernel fixed")
        .fails("the fixed kernel is as near")
}
