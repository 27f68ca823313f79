//! The claim that operators tell, from one training, what the control tells
//! from a second one.

use super::memory::Outcome;
use super::model::Networks;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, text};

/// "The same": within a quarter.
const SAME: f64 = 1.25;
/// "Near": within a factor two.
const NEAR: f64 = 2.0;

/// The noise's gain by operators over that by the control.
fn ratio(outcome: &Outcome) -> f64 {
    outcome.last.operator_gain / outcome.last.noise_gain
}

/// Position of a ratio between 1/4 and 4.
fn on_ratios(ratio: f64) -> f64 {
    (libm::log2(ratio) + 2.0) / 4.0
}

/// Do both gains agree at every dimension that a training has ended at?
pub fn agreement(state: &State<'_, Networks>) -> Claim {
    let ended = state.memory.comparable(state.setup);
    let judged: Vec<&Outcome> = ended.into_iter().filter(|o| ratio(o).is_finite()).collect();
    let listed: Vec<String> = judged
        .iter()
        .map(|o| {
            let ratio = text::fixed(ratio(o), 2);
            format!(
                "**\u{d7} {ratio}** at d = {}",
                text::count(o.dimension as u64)
            )
        })
        .collect();
    let ratios = || judged.iter().map(|o| ratio(o));
    let low = ratios().fold(f64::NAN, f64::min);
    let high = ratios().fold(f64::NAN, f64::max);
    let within = |factor: f64| low >= 1.0 / factor && high <= factor;
    let shows = match judged.is_empty() {
        true => "Ends of trainings are compared here: there is none with exact operators.".into(),
        false => format!(
            "The noise\u{2019}s gain by operators, over that by the control: {}.",
            listed.join(", ")
        ),
    };
    let evidence = Evidence::scale("\u{d7} 1/4", "\u{d7} 4")
        .threshold(0.5, "equal")
        .value(on_ratios(low), "lowest", Shape::Ring, Role::Noise)
        .value(on_ratios(high), "highest", Shape::Ring, Role::Noise);
    let theory =
        "The operators of one training tell how much of its noise reaches the test points.";
    Claim::about("operators-agree", theory)
        .shows_spans(Span::marked_in(&shows, &[Role::Noise; 5]))
        .evidence((!judged.is_empty()).then_some(evidence))
        .wait(
            judged.is_empty(),
            "no training with flipped labels and exact operators has ended",
        )
        .holds(within(SAME), "as a control does, within a quarter")
        .partly(within(NEAR), "as a control does, within a factor two")
        .fails("a control says otherwise")
}
