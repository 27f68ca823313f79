//! The claims of the bias exhibit: thresholds and their reasons.

use super::model::{INTEGRATION_STEPS, Network};
use super::scatter::Directions;
use crate::chart::{Role, Shape};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

/// "In order": rank correlations at which neighbours change places, but hardly
/// more than that.
const IN_ORDER: f64 = 0.8;
/// Standard deviations of the rank correlation of unrelated orders that chance
/// is granted.
const CHANCE: f64 = 2.0;
/// "Less well": by this much.
const LESS: f64 = 0.05;
/// Fewer directions than this tell no order.
const FEW: usize = 8;
/// "Fitted": a thousandth of the labels' energy is left.
const FIT_TOLERANCE: f64 = 1e-3;
/// "At the interpolant": a twentieth of the way moved.
const AT: f64 = 0.05;
/// "Near it": a fifth.
const NEAR: f64 = 0.2;
/// "The same error": a tenth more or less.
const SAME: f64 = 1.1;

/// All claims, in the order of the essay.
pub fn claims(state: &State<'_, Network>) -> Vec<Claim> {
    vec![
        integrated_order(state),
        fixed_order(state),
        minimum_norm(state),
        generalises_so(state),
    ]
}

/// The rank correlation that chance is granted among the directions of a run.
fn chance(state: &State<'_, Network>) -> f64 {
    CHANCE / (state.model.problem.labels.len() as f64 - 1.0).sqrt()
}

fn scale(state: &State<'_, Network>, order: f64) -> Evidence {
    let chance = chance(state);
    let scale = Evidence::scale("0", "1")
        .threshold(IN_ORDER, "0.8")
        .threshold(chance, format!("chance {}", text::fixed(chance, 2)));
    match order.is_finite() {
        true => scale.value(order, "W", Shape::Disc, Role::Signal),
        false => scale,
    }
}

/// What both claims on the order wait for.
fn unordered(state: &State<'_, Network>, order: f64) -> Option<String> {
    let early = state.place.step < INTEGRATION_STEPS;
    let none = (!order.is_finite()).then(|| "no direction is halved yet".into());
    early
        .then(|| format!("{INTEGRATION_STEPS} steps are needed"))
        .or(none)
}

fn integrated_order(state: &State<'_, Network>) -> Claim {
    let directions = Directions::integrated(state.model);
    let order = directions.order();
    let (beyond, count) = directions.order_beyond();
    let mut shows = format!(
        "Rank correlation of eigenvalue and half-time: **{}**.",
        text::fixed(order, 2)
    );
    if state.place.step >= INTEGRATION_STEPS {
        shows.push_str(&format!(
            " Among the {count} directions that took longer than the {INTEGRATION_STEPS} steps of W: {}.",
            text::fixed(beyond, 2)
        ));
    }
    let chance = chance(state);
    let theory = "Directions are learned in the order of the eigenvalues of W.";
    Claim::about("integrated-order", theory)
        .shows(shows)
        .evidence(scale(state, order))
        .wait_for(unordered(state, order))
        .partly(
            order > chance && count >= FEW && beyond < chance,
            "only those that were learned while W was integrated",
        )
        .holds(order >= IN_ORDER, "over 0.8")
        .partly(order > chance, "more than chance, under 0.8")
        .fails("no more than chance")
}

fn fixed_order(state: &State<'_, Network>) -> Claim {
    let fixed = Directions::fixed(state.model);
    let (order, integrated) = (fixed.order(), Directions::integrated(state.model).order());
    let shows = format!(
        "Rank correlation with the eigenvalues of K(0): **{}**, of W {}; {} of {} directions are \
         halved.",
        text::fixed(order, 2),
        text::fixed(integrated, 2),
        fixed.halved(),
        state.model.problem.labels.len()
    );
    let evidence = scale(state, integrated);
    let evidence = match order.is_finite() {
        true => evidence.value(order, "K(0)", Shape::Ring, Role::Ink),
        false => evidence,
    };
    let theory = "A snapshot tells only a part of the story: the kernel at the start orders the directions less well than W.";
    Claim::about("snapshot-orders-less", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(unordered(state, order))
        .holds(integrated - order >= LESS, "less well by over 0.05")
        .undecided_if(
            (integrated - order).abs() < LESS,
            "both order them about as well",
        )
        .fails("it orders them better")
}

/// What the claims about the solution wait for.
fn waits(state: &State<'_, Network>) -> Option<String> {
    let (rank, n) = (state.model.fixed.rank(), state.model.problem.labels.len());
    if rank < n {
        return Some(format!("a kernel of rank {rank} cannot interpolate"));
    }
    let open = state.now.train > FIT_TOLERANCE;
    open.then(|| "over 0.1\u{202f}% of the labels\u{2019} energy is unfitted".into())
}

fn minimum_norm(state: &State<'_, Network>) -> Claim {
    let distance = state.now.distance;
    // From a hundredth to the whole way.
    let place = |distance: f64| 1.0 + libm::log10(distance) / 2.0;
    let shows = format!(
        "Distance to that of K(0), on the test points: **{}** of the way that it moved.",
        text::fixed(distance, 3)
    );
    let evidence = Evidence::scale("0.01", "1")
        .threshold(place(AT), "0.05")
        .value(place(distance), "now", Shape::Disc, Role::Ink);
    let theory = "The solution is a pseudo-inverse along the path of the features, and not in the fixed space of the start.";
    Claim::about("not-the-fixed-minimum-norm", theory)
        .shows(shows)
        .evidence((state.place.step > 0).then_some(evidence))
        .wait_for(waits(state))
        .undecided_if(
            distance <= AT,
            "the kernel hardly moves: path and fixed space are the same",
        )
        .partly(
            distance <= NEAR,
            "away from the fixed space by less than a fifth",
        )
        .otherwise(Verdict::Holds, "away from the fixed space by over a fifth")
}

fn generalises_so(state: &State<'_, Network>) -> Claim {
    let interpolant = state.model.interpolant_error;
    let ratio = state.now.test / interpolant;
    let shows = format!(
        "Test error is **{}\u{d7}** that of the minimum-norm interpolant, {}.",
        text::fixed(ratio, 2),
        text::error(interpolant)
    );
    let place = |ratio: f64| (libm::log10(ratio) + 2.0) / 3.0;
    let evidence = Evidence::scale("0.01\u{d7}", "10\u{d7}")
        .threshold(place(SAME), "within a tenth")
        .threshold(place(1.0 / SAME), "")
        .value(place(ratio), "now", Shape::Diamond, Role::Test);
    let theory = "That is what its generalisation comes from.";
    Claim::about("generalises-so", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(waits(state))
        .otherwise(
            Verdict::NotClaimed,
            match ratio {
                ratio if ratio > SAME => "the theory does not say so; it generalises worse",
                ratio if ratio >= 1.0 / SAME => "the theory does not say so; both generalise alike",
                _ => "the theory does not say so; it generalises better by moving away",
            },
        )
}
