//! The claim that operators tell, from one training, what two trainings tell.

use super::arm::WIDEST_CARRIED;
use super::claims::unknown;
use super::model::WIDTHS;
use super::summary::Summary;
use crate::chart::{Role, Shape};
use crate::exhibit::catalogue::carried::inexact;
use crate::exhibit::{Claim, Evidence, text};

/// "The same": within a quarter at every width.
const SAME: f64 = 1.25;
/// "Near": within a factor two.
const NEAR: f64 = 2.0;

/// Position of a ratio between 1/10 and 10.
fn on_ratios(ratio: f64) -> f64 {
    (libm::log10(ratio) + 1.0) / 2.0
}

/// Do the gain by operators and the gain by two runs agree?
pub fn agreement(summary: &Summary<'_>) -> Claim {
    let theory =
        "The operators of one training tell how much of its noise reaches the test points.";
    let claim = Claim::about("operators-agree", theory);
    let ratios: Vec<(usize, f64)> = (WIDTHS.into_iter().zip(&summary.agreement))
        .map(|(width, ratio)| (width, ratio.median))
        .filter(|(_, ratio)| ratio.is_finite())
        .collect();
    let order = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
    let ends = [
        ratios.iter().copied().min_by(order),
        ratios.iter().copied().max_by(order),
    ];
    let [Some(low), Some(high)] = ends else {
        return unknown(claim);
    };
    let within = |factor: f64| low.1 >= 1.0 / factor && high.1 <= factor;
    let near = ratios
        .iter()
        .filter(|(_, r)| (1.0 / NEAR..=NEAR).contains(r));
    let count = near.count();
    let shows = format!(
        "The gain by operators, over that by two runs, is **\u{d7} {}** at width {} and **\u{d7} {}** \
         at width {}, the lowest and the highest up to width {WIDEST_CARRIED}. The operators are off \
         by {}.",
        text::fixed(low.1, 2),
        low.0,
        text::fixed(high.1, 2),
        high.0,
        text::percent(summary.operator_error)
    );
    let evidence = Evidence::scale("\u{d7} 0.1", "\u{d7} 10")
        .threshold(0.5, "equal")
        .value(on_ratios(low.1), "lowest", Shape::Ring, Role::Noise)
        .value(on_ratios(high.1), "highest", Shape::Ring, Role::Noise);
    claim
        .shows(shows)
        .evidence(evidence)
        .wait_for(inexact(summary.operator_error))
        .holds(within(SAME), "within a quarter at every width")
        .partly(within(NEAR), "within a factor two at every width")
        .partly(
            2 * count > ratios.len(),
            format!("within a factor two at {count} of {} widths", ratios.len()),
        )
        .fails("they differ by more than a factor two at most widths")
}
