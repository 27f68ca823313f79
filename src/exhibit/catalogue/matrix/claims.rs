//! The claims of the matrix exhibit: thresholds and their reasons.

use super::model::{Product, frobenius};
use super::readings::lowest_rank;
use crate::chart::{Role, Shape};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, text};

/// "Fitted": a hundredth of the observed entries' energy is left, as much as a
/// pixel of the error curve.
const FITTED: f64 = 0.01;
/// "One direction alone": the effective rank of two whose sizes are as 1 to 14.
const ALONE: f64 = 1.3;
/// "Low rank": half as much again as the true matrix has.
const LOW: f64 = 1.5;
/// "The least": a twentieth more is what a fit that is still going on leaves.
const LEAST: f64 = 1.05;
/// "Reaches the held-out entries": a third of the error of answering 0.
const REACHES: f64 = 1.0 / 3.0;
/// "Hardly": nine tenths of it.
const HARDLY: f64 = 0.9;
/// Largest effective rank on a scale of evidence: there are 20 directions.
const SCALE: f64 = 20.0;

/// All claims, in the order of the essay.
pub fn claims(state: &State<'_, Product>) -> Vec<Claim> {
    vec![
        one_by_one(state),
        low_rank(state),
        small_norm(state),
        reaches_held_out(state),
    ]
}

/// What every claim about the solution waits for.
fn waits(state: &State<'_, Product>) -> Option<String> {
    let open = state.now.record.observed_error > FITTED;
    open.then(|| "over 1\u{202f}% of the observed error is left".into())
}

/// A place on a scale of ranks from 1 to 20.
fn at_rank(rank: f64) -> f64 {
    libm::log(rank) / libm::log(SCALE)
}

fn ranks(state: &State<'_, Product>) -> Evidence {
    let least = state.model.least_norm.effective_rank;
    let words = format!("least norm {}", text::fixed(least, 2));
    Evidence::scale("1", "20").threshold(at_rank(least), words)
}

fn one_by_one(state: &State<'_, Product>) -> Claim {
    let (lowest, step) = lowest_rank(state.records());
    let wanted = state.model.truth.effective_rank;
    let shows = format!(
        "On its way the effective rank fell to **{}**, at step {}; it is {} now.",
        text::fixed(lowest, 2),
        text::count(step),
        text::fixed(state.now.record.effective_rank, 2)
    );
    let evidence = ranks(state).value(at_rank(lowest), "lowest", Shape::Disc, Role::Ink);
    let theory = "Directions are learned one after the other, the strongest first.";
    Claim::about("one-by-one", theory)
        .shows(shows)
        .evidence(evidence)
        .wait(state.setup.rank == 1, "there is one direction only")
        .wait_for(waits(state))
        .holds(lowest <= ALONE, "the first direction stood alone")
        .partly(lowest < 0.9 * wanted, "the first was ahead of the others")
        .fails("they grew together")
}

fn low_rank(state: &State<'_, Product>) -> Claim {
    let now = state.now.record.effective_rank;
    let truth = state.model.truth.effective_rank;
    let least = state.model.least_norm.effective_rank;
    let shows = format!(
        "Effective rank **{}**; the true matrix has {}, the least-norm solution {}.",
        text::fixed(now, 2),
        text::fixed(truth, 2),
        text::fixed(least, 2)
    );
    let evidence = ranks(state)
        .value(at_rank(truth), "true", Shape::Disc, Role::Signal)
        .value(at_rank(now), "now", Shape::Disc, Role::Ink);
    let theory =
        "Of all solutions that fit, descent finds one of low rank, with no penalty on rank.";
    Claim::about("low-rank", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(waits(state))
        .holds(now <= LOW * truth, "near the rank of the true matrix")
        .partly(
            now <= 0.5 * least,
            "half that of the least-norm solution, or less",
        )
        .fails("no less than half that of the least-norm solution")
}

fn small_norm(state: &State<'_, Product>) -> Claim {
    let values = &state.now.record.singular_values;
    let ratio = frobenius(values) / state.model.least_norm.frobenius_norm();
    let nuclear = values.iter().sum::<f64>() / state.model.truth.nuclear_norm();
    let shows = format!(
        "Its Frobenius norm is **{}\u{d7}** the smallest possible; its singular values sum to \
         {}\u{d7} those of the true matrix.",
        text::fixed(ratio, 2),
        text::fixed(nuclear, 2)
    );
    let evidence = Evidence::scale("1\u{d7}", "2\u{d7}")
        .threshold(LEAST - 1.0, "within 5\u{202f}%")
        .value(ratio - 1.0, "Frobenius norm", Shape::Disc, Role::Ink);
    let theory = "Of all solutions that fit, descent finds one of small norm.";
    Claim::about("small-norm", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(waits(state))
        .holds(ratio <= LEAST, "it is the least-norm solution")
        .partly(
            nuclear <= LEAST,
            "small in another norm, the sum of singular values",
        )
        .fails("small in neither norm")
}

fn reaches_held_out(state: &State<'_, Product>) -> Claim {
    let error = state.now.record.held_out_error;
    let at = |error: f64| 1.0 + libm::log10(error) / 3.0;
    let shows = format!(
        "Error on the held-out entries **{}**, of 1.000 for the least-norm solution, which answers \
         0 there.",
        text::error(error)
    );
    let evidence = Evidence::scale("0.001", "1")
        .threshold(at(REACHES), "1/3")
        .value(at(error), "now", Shape::Diamond, Role::Test);
    Claim::about("reaches-the-unseen", "That is why it generalises.")
        .shows(shows)
        .evidence(evidence)
        .wait_for(waits(state))
        .holds(error <= REACHES, "less than a third of it")
        .partly(error <= HARDLY, "less than nine tenths of it")
        .fails("no better than answering 0")
}
