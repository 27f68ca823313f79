//! The claims of the bias exhibit: thresholds and their reasons.

use super::model::{INTEGRATION_STEPS, Network};
use super::scatter::Directions;
use crate::chart::{Role, Shape};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, text};

/// "In order": rank correlations at which neighbours change places, but hardly
/// more than that.
const IN_ORDER: f64 = 0.8;
/// Standard deviations of the rank correlation of unrelated orders that chance
/// is granted.
const CHANCE: f64 = 2.0;
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

fn order_claim(
    state: &State<'_, Network>,
    order: f64,
    name: &'static str,
    theory: &'static str,
    shows: String,
) -> Claim {
    let chance = CHANCE / (state.model.problem.labels.len() as f64 - 1.0).sqrt();
    let evidence = Evidence::scale("0", "1")
        .threshold(IN_ORDER, "0.8")
        .threshold(chance, format!("chance {}", text::fixed(chance, 2)))
        .value(order, "now", Shape::Disc, Role::Ink);
    Claim::about(name, theory)
        .shows(shows)
        .evidence(evidence)
        .wait(
            state.place.step < INTEGRATION_STEPS,
            format!("{INTEGRATION_STEPS} steps are needed"),
        )
        .wait(!order.is_finite(), "no direction is halved yet")
        .holds(order >= IN_ORDER, "over 0.8")
        .partly(order > chance, "more than chance, under 0.8")
        .fails("no more than chance")
}

fn integrated_order(state: &State<'_, Network>) -> Claim {
    let directions = Directions::integrated(state.model);
    let order = directions.order();
    let mut shows = format!(
        "Rank correlation of eigenvalue and half-time: **{}**.",
        text::fixed(order, 2)
    );
    if state.place.step >= INTEGRATION_STEPS {
        let (beyond, count) = directions.order_beyond();
        shows.push_str(&format!(
            " Among the {count} directions that took longer than the {INTEGRATION_STEPS} steps of W: {}.",
            text::fixed(beyond, 2)
        ));
    }
    let theory = "Directions are learned in the order of the eigenvalues of W.";
    order_claim(state, order, "integrated-order", theory, shows)
}

fn fixed_order(state: &State<'_, Network>) -> Claim {
    let directions = Directions::fixed(state.model);
    let order = directions.order();
    let shows = format!(
        "Rank correlation with the eigenvalues of K(0): **{}**; {} of {} directions are halved.",
        text::fixed(order, 2),
        directions.halved(),
        state.model.problem.labels.len()
    );
    let theory = "The kernel at the start predicts that order.";
    order_claim(state, order, "fixed-order", theory, shows)
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
    Claim::about(
        "minimum-norm",
        "The solution looks like a minimum-norm interpolant.",
    )
    .shows(shows)
    .evidence((state.place.step > 0).then_some(evidence))
    .wait_for(waits(state))
    .holds(distance <= AT, "within a twentieth")
    .partly(distance <= NEAR, "within a fifth")
    .fails("true only for wide networks with large weights")
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
    Claim::about(
        "generalises-so",
        "That is what its generalisation comes from.",
    )
    .shows(shows)
    .evidence(evidence)
    .wait_for(waits(state))
    .fails_if(ratio > SAME, "it generalises worse")
    .holds(ratio >= 1.0 / SAME, "the same within a tenth")
    .fails("it generalises better by moving away")
}
