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
/// "Damped": a third of its energy arrives.
const DAMPED: f64 = 1.0 / 3.0;
/// Operators that miss the test points by more describe another run.
const EXACT: f64 = 0.05;
/// Dimensions from which an order can be told.
const ENOUGH: usize = 3;
/// A strong rank correlation.
const ORDERED: f64 = 0.8;

/// All claims, in the order of the essay.
pub fn claims(state: &State<'_, Networks>) -> Vec<Claim> {
    let mut claims = vec![fits(state)];
    claims.extend(HARMLESS_AT.map(|of| harmless(state, of)));
    claims.extend([
        in_the_reservoir(state),
        cancelled(state),
        by_dimension(state),
        agreement(state),
    ]);
    claims
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

/// Why the operators cannot be asked, if so.
fn inexact(state: &State<'_, Networks>) -> Option<String> {
    let error = state.now.test_identity_error;
    let inexact = error.is_nan() || error > EXACT;
    inexact.then(|| format!("the operators are off by {}", text::percent(error)))
}

/// One claim at every dimension of the row.
const HARMLESS_AT: [(usize, &str, &str); 5] = [
    (
        1_600,
        "harmless-1600",
        "In 1600 dimensions it fits the noise without paying for it on new points.",
    ),
    (640, "harmless-640", "So it does in 640."),
    (160, "harmless-160", "So it does in 160."),
    (40, "harmless-40", "So it does in 40."),
    (10, "harmless-10", "So it does in 10."),
];

fn harmless(
    state: &State<'_, Networks>,
    (dimension, name, theory): (usize, &'static str, &'static str),
) -> Claim {
    let claim = Claim::about(name, theory);
    let ended = state.memory.comparable(state.setup);
    let ended = ended.iter().find(|ended| ended.dimension == dimension);
    let (None, Some(ended)) = (no_flips(state), ended) else {
        let reason = format!("no training has ended at d = {dimension}");
        return claim
            .shows("Nothing yet.")
            .otherwise(Verdict::NotYet, no_flips(state).unwrap_or(reason));
    };
    let now = &ended.last;
    let cost = now.test_error - now.clean_error;
    let shows = format!(
        "Test error **{}**, of the control that learned the true labels {}.",
        text::percent(now.test_error),
        text::percent(now.clean_error)
    );
    let evidence = Evidence::scale("0", "25\u{202f}%")
        .threshold(
            4.0 * (now.clean_error + HARMLESS),
            "control and a twentieth",
        )
        .value(4.0 * now.clean_error, "control", Shape::Ring, Role::Ink)
        .value(4.0 * now.test_error, "now", Shape::Diamond, Role::Test);
    claim
        .shows_spans(Span::marked_in(&shows, &[Role::Test]))
        .evidence(evidence)
        .wait(now.flipped_fitted < 1.0, "not every label was fitted")
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
    let evidence = Evidence::scale("0", "100\u{202f}%")
        .threshold(HALF, "half")
        .value(share, "now", Shape::Ring, Role::Noise);
    let theory = "The fitted noise sits in the reservoir.";
    Claim::about("in-the-reservoir", theory)
        .shows_spans(Span::marked_in(&shows, &[Role::Noise]))
        .evidence(evidence)
        .wait_for(waits(state))
        .wait_for(inexact(state))
        .holds(share >= HALF, "more than half of it")
        .partly(share >= NONE, "a part of it")
        .fails("by construction: what is memorised has left the reservoir")
}

fn cancelled(state: &State<'_, Networks>) -> Claim {
    let now = &state.now.record;
    let (gain, signal) = (now.noise_gain, now.signal_gain);
    let random = state.now.random_gain;
    let mut shows = format!(
        "Gain of the noise **{}**, of the signal {}. ",
        text::fixed(gain, 2),
        text::fixed(signal, 2)
    );
    let mut evidence = Evidence::scale("0", "1")
        .threshold(CANCELLED, "a twentieth")
        .value(gain, "noise", Shape::Ring, Role::Noise)
        .value(signal, "signal", Shape::Disc, Role::Signal);
    match inexact(state) {
        None => {
            shows.push_str(&format!(
                "By the operators {} of the noise, and of random directions {} [{}, {}].",
                text::fixed(now.noise.gain, 2),
                text::fixed(random.median, 2),
                text::fixed(random.low, 2),
                text::fixed(random.high, 2)
            ));
            evidence = evidence.value(random.median, "random", Shape::Disc, Role::Ink);
        }
        Some(error) => shows.push_str(&format!("Random directions are not shown: {error}.")),
    }
    let special = now.noise.gain < random.low;
    let damped = match special {
        true => "damped, and more than random directions",
        false => "damped, but no more than random directions",
    };
    Claim::about("cancelled", "The test transfer cancels it.")
        .shows_spans(Span::marked_in(&shows, &[Role::Noise]))
        .evidence(evidence)
        .wait_for(waits(state))
        .wait_for(inexact(state))
        .holds(
            gain <= CANCELLED && special,
            "a twentieth or less, unlike random directions",
        )
        .partly(gain <= DAMPED, damped)
        .partly(special, "not damped, but less than random directions")
        .fails("over a third of its energy arrives, as of random directions")
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
