//! The claims of the benign exhibit: thresholds and their reasons.

use super::agreement::agreement;
use super::model::{Networks, is_over};
use super::observation::Record;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};
use crate::kernel::rank_correlation;

/// "At no cost": one test point in twenty more than the control on true labels.
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

/// All claims, in the order of the essay.
pub fn claims(state: &State<'_, Networks>) -> Vec<Claim> {
    vec![
        fits(state),
        harmless(state),
        in_the_reservoir(state),
        cancelled(state),
        by_dimension(state),
        agreement(state),
    ]
}

/// Why there is nothing to judge, if so.
fn no_flips(state: &State<'_, Networks>) -> Option<String> {
    let none = state.model.problem.flips() == 0;
    none.then(|| "no label is flipped".into())
}

/// Why the present network cannot be judged yet, if so.
fn waits(state: &State<'_, Networks>) -> Option<String> {
    let open = (!is_over(state)).then(|| "the labels are not all fitted yet".into());
    no_flips(state).or(open)
}

fn fits(state: &State<'_, Networks>) -> Claim {
    let (problem, now) = (&state.model.problem, &state.now.record);
    let dimension = text::count(problem.dimension as u64);
    let mut shows = Span::marked(&format!("At d = **{dimension}** it gives "));
    let rest = format!(
        "**{}** of the {} flipped labels; training error {}.",
        text::percent(now.flipped_fitted),
        problem.flips(),
        text::percent(now.train_error)
    );
    shows.extend(Span::marked_in(&rest, &[Role::Noise]));
    let theory = "The network fits every label, wrong ones included.";
    let all = now.flipped_fitted >= 1.0 && now.train_error == 0.0;
    Claim::about("fits-noise", theory)
        .shows_spans(shows)
        .wait_for(no_flips(state))
        .holds(all, "every one of them")
        .partly(is_over(state), "not all of them")
        .otherwise(Verdict::NotYet, "it is still training")
}

fn harmless(state: &State<'_, Networks>) -> Claim {
    let now = &state.now.record;
    let cost = now.test_error - now.clean_error;
    let shows = format!(
        "Test error **{}**, of the control that learned the true labels {}.",
        text::percent(now.test_error),
        text::percent(now.clean_error)
    );
    let evidence = Evidence::scale("0", "25\u{2009}%")
        .threshold(
            4.0 * (now.clean_error + HARMLESS),
            "control and a twentieth",
        )
        .value(4.0 * now.clean_error, "control", Shape::Ring, Role::Ink)
        .value(4.0 * now.test_error, "now", Shape::Diamond, Role::Test);
    let theory = "It fits the noise without paying for it on new points.";
    Claim::about("harmless", theory)
        .shows_spans(Span::marked_in(&shows, &[Role::Test]))
        .evidence(evidence)
        .wait_for(waits(state))
        .holds(cost <= HARMLESS, "next to nothing")
        .partly(cost <= SOME, "at a small cost")
        .fails("tempered: the flips cost test points")
}

fn in_the_reservoir(state: &State<'_, Networks>) -> Claim {
    let share = state.now.modes.noise_in_reservoir();
    let shows = format!(
        "**{}** of the flips\u{2019} energy lies there; {} of it is unlearned.",
        text::percent(share),
        text::percent(state.now.record.noise.unlearned)
    );
    let evidence = Evidence::scale("0", "100\u{2009}%")
        .threshold(HALF, "half")
        .value(share, "now", Shape::Ring, Role::Noise);
    let theory = "The fitted noise sits in the reservoir.";
    Claim::about("in-the-reservoir", theory)
        .shows_spans(Span::marked_in(&shows, &[Role::Noise]))
        .evidence(evidence)
        .wait_for(waits(state))
        .holds(share >= HALF, "more than half of it")
        .partly(share >= NONE, "a part of it")
        .fails("what is memorised has left the reservoir")
}

fn cancelled(state: &State<'_, Networks>) -> Claim {
    let now = &state.now.record;
    let (gain, signal) = (now.noise_gain, now.signal_gain);
    let shows = format!(
        "Gain of the noise **{}**, of the signal {}. The operators say {} of the noise; their \
         identity is off by {}.",
        text::fixed(gain, 2),
        text::fixed(signal, 2),
        text::fixed(now.noise.gain, 2),
        text::percent(state.now.test_identity_error)
    );
    let evidence = Evidence::scale("0", "1")
        .threshold(CANCELLED, "a twentieth")
        .value(gain, "noise", Shape::Ring, Role::Noise)
        .value(signal, "signal", Shape::Disc, Role::Signal);
    Claim::about("cancelled", "The test transfer cancels it.")
        .shows_spans(Span::marked_in(&shows, &[Role::Noise]))
        .evidence(evidence)
        .wait_for(waits(state))
        .holds(gain <= CANCELLED, "a twentieth or less")
        .partly(gain <= DAMPED, "damped, not cancelled")
        .fails("most of it arrives at the test points")
}

fn by_dimension(state: &State<'_, Networks>) -> Claim {
    let ends = state.memory.comparable(state.setup);
    let column =
        |value: fn(&Record) -> f64| -> Vec<f64> { ends.iter().map(|o| value(&o.last)).collect() };
    let order = rank_correlation(&column(|r| r.noise_gain), &column(|r| r.test_error));
    let theory = "What makes the noise benign is how little of it reaches the test points.";
    let claim = Claim::about("by-dimension", theory);
    let missing = ENOUGH.saturating_sub(ends.len());
    let few = (missing > 0).then(|| format!("{missing} more dimensions are needed"));
    let waits = no_flips(state).or(few);
    let (None, [first, .., last]) = (&waits, ends.as_slice()) else {
        return claim
            .shows("Runs that ended on such data are compared here: fewer than three have.")
            .otherwise(Verdict::NotYet, waits.unwrap_or_default());
    };
    let shows = format!(
        "From d = {} to {} the noise\u{2019}s gain goes from {} to **{}**, the test error from {} \
         to **{}**. Rank correlation of the two {}.",
        first.dimension,
        text::count(last.dimension as u64),
        text::fixed(first.last.noise_gain, 2),
        text::fixed(last.last.noise_gain, 2),
        text::percent(first.last.test_error),
        text::percent(last.last.test_error),
        text::fixed(order, 2)
    );
    let evidence = Evidence::scale("0", "1").threshold(ORDERED, "0.8").value(
        order,
        "rank correlation",
        Shape::Disc,
        Role::Ink,
    );
    let halved = last.last.test_error <= 0.5 * first.last.test_error;
    claim
        .shows_spans(Span::marked_in(&shows, &[Role::Noise, Role::Test]))
        .evidence(evidence)
        .holds(
            order >= ORDERED && halved,
            "gain, not the reservoir, tells them apart",
        )
        .partly(order > 0.0, "roughly in that order")
        .fails("the two are not ordered alike")
}
