//! Benign overfitting against the dimension, over seeds, with its control.

use super::grid::Grid;
use super::grid::Show::Mean;

/// What every dimension comes to, with flipped labels.
pub static DIMENSIONS: Grid = Grid {
    name: "dimensions",
    title: "n = 40, |mu| = 10, 15 % flipped, one hidden layer of 32, at a training error of 1e-3, mean \u{b1} sd",
    exhibit: "benign",
    corner: "d",
    rows: &[
        ("10", &[("dimension", "10"), ("sweep", "off")]),
        ("40", &[("dimension", "40"), ("sweep", "off")]),
        ("160", &[("dimension", "160"), ("sweep", "off")]),
        ("640", &[("dimension", "640"), ("sweep", "off")]),
        ("1600", &[("dimension", "1600"), ("sweep", "off")]),
    ],
    columns: &[
        ("test error", Mean("test-error", 3)),
        ("on true labels", Mean("clean-test-error", 3)),
        ("gain of noise", Mean("noise-gain", 2)),
        ("by operators", Mean("operator-noise-gain", 2)),
        ("gain of signal", Mean("signal-gain", 2)),
        ("flips fitted", Mean("flipped-fitted", 2)),
        ("in reservoir", Mean("noise-in-reservoir", 3)),
        ("test identity", Mean("test-identity-error", 4)),
        ("steps", Mean("training-step", 0)),
    ],
};
