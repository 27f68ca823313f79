//! Benign overfitting against the dimension, over seeds, with its control.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
use ntk_playground::exhibit::Reading;

const DIMENSIONS: [&str; 5] = ["10", "40", "160", "640", "1600"];
/// Title of a column, its reading, and digits.
const COLUMNS: [(&str, &str, usize); 9] = [
    ("test error", "test-error", 3),
    ("on true labels", "clean-test-error", 3),
    ("gain of noise", "noise-gain", 2),
    ("by operators", "operator-noise-gain", 2),
    ("gain of signal", "signal-gain", 2),
    ("flips fitted", "flipped-fitted", 2),
    ("in reservoir", "noise-in-reservoir", 3),
    ("test identity", "test-identity-error", 4),
    ("steps", "training-step", 0),
];

/// What every dimension comes to, with flipped labels.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut table = Table::new(
        "dimensions",
        "n = 40, |mu| = 10, 15 % flipped, one hidden layer of 32, at a training error of 1e-3, mean \u{b1} sd",
    )
    .columns(std::iter::once("d").chain(COLUMNS.map(|(title, ..)| title)));
    for dimension in DIMENSIONS {
        let runs = seeds.each(|seed| end(seed, dimension))?;
        let cells = COLUMNS.map(|(_, reading, digits)| {
            Cell::mean(runs.iter().map(|run| value(run, reading)), digits)
        });
        table.push(dimension, cells);
    }
    Ok(vec![table])
}

fn end(seed: u32, dimension: &str) -> Result<Vec<Reading>, String> {
    let seed = seed.to_string();
    let mut session = opened(
        "benign",
        &[
            ("seed", &seed),
            ("weight-seed", &seed),
            ("dimension", dimension),
            ("sweep", "off"),
        ],
    )?;
    session.advance(u64::MAX, || true);
    Ok(session.exhibit().readings())
}
