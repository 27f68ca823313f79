//! Every exhibit but the first, which has a module of its own in the page: the page's
//! first view does not load these.

mod benign;
mod bias;
mod carried;
mod channel;
mod descent;
mod direction;
mod grokking;
mod matrix;
mod race;
mod reservoir;

use super::ExhibitKind;

/// In the order of the essay.
pub(super) static CATALOGUE: [&ExhibitKind; 11] = [
    &channel::CHANNEL,
    &reservoir::RESERVOIR,
    &benign::BENIGN,
    &descent::DESCENT,
    &matrix::MATRIX,
    &bias::BIAS,
    &grokking::GROKKING,
    &race::RACE,
    &race::RACE_ADDITION,
    &race::RACE_PINN,
    &race::RACE_PREFERENCES,
];
