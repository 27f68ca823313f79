//! Modes as bars: how channel and reservoir are distinguished, the same in every
//! view over modes.

use super::text;
use crate::chart::{BarFill, Dash, Label, Mark, Place, Role, Side};

/// "λ₁/100" for 0.01.
pub(super) fn split_words(threshold: f64) -> String {
    format!(
        "\u{3bb}\u{2081}/{}",
        text::count((1.0 / threshold).round() as u64)
    )
}

/// What the bar of mode i, counted from 0, looks like.
pub(super) fn fill(i: usize, channel: usize, resolved: bool) -> BarFill {
    match (i < channel, resolved) {
        (_, false) => BarFill::BelowResolution,
        (true, true) => BarFill::Channel,
        (false, true) => BarFill::Reservoir,
    }
}

/// The ink line between channel and reservoir.
pub(super) fn split(channel: usize) -> Mark {
    Mark::upright(channel as f64 + 0.5, Role::Ink, Dash::Solid)
}

/// The names of the two sides of that line.
pub(super) fn sides(channel: usize, n: usize) -> [Label; 2] {
    let at = channel as f64 + 0.5;
    let on = |side| Place::OnSplit { at, side };
    [
        Label::strong(format!("channel {channel}"), Role::Signal, on(Side::Left)),
        Label::strong(
            format!("reservoir {} of {n} directions", n - channel),
            Role::Noise,
            on(Side::Right),
        ),
    ]
}
