//! The soft reservoir: how the gap, the reservoir's size and its leak go with
//! width, depth, activation and training length.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
use ntk_playground::exhibit::Reading;

const LENGTHS: [u64; 3] = [250, 1_000, 4_000];
/// The comparisons of the exhibit and the networks in each.
const SWEEPS: [(&str, [&str; 3]); 3] = [
    ("width", ["16-16", "64-64", "128-128"]),
    ("depth", ["64", "64-64", "64-64-64"]),
    ("activation", ["64-64 relu", "64-64 softplus", "64-64 tanh"]),
];
/// Title of a column, name of its reading without the network's number, and
/// digits.
const COLUMNS: [(&str, &str, usize); 6] = [
    ("reservoir", "reservoir-dimension", 0),
    ("gap", "gap", 2),
    ("mean spacing", "spacing", 2),
    ("noise in it", "noise-in-reservoir", 2),
    ("leak", "leak", 9),
    ("test error", "test-loss", 3),
];

/// A table for every training length, medians over seeds.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut tables: Vec<Table> = [
        ("steps-250", 250),
        ("steps-1000", 1_000),
        ("steps-4000", 4_000),
    ]
    .map(|(name, steps)| {
        Table::new(
            name,
            format!("n = 32, noise 0.3, c = 0.5, split at 0.01 of the largest eigenvalue of W', after {steps} steps, median [min, max]"),
        )
        .columns(std::iter::once("network").chain(COLUMNS.map(|(title, ..)| title)))
    })
    .into();
    for (sweep, networks) in SWEEPS {
        let runs = seeds.each(|seed| at_lengths(seed, sweep))?;
        for (length, table) in tables.iter_mut().enumerate() {
            for (i, network) in networks.into_iter().enumerate() {
                let cells = COLUMNS.map(|(_, reading, digits)| {
                    let name = format!("{reading}-{}", i + 1);
                    Cell::median(runs.iter().map(|run| value(&run[length], &name)), digits)
                });
                table.push(format!("{sweep}: {network}"), cells);
            }
        }
    }
    Ok(tables)
}

/// Readings of one seed's networks at every length.
fn at_lengths(seed: u32, sweep: &str) -> Result<Vec<Vec<Reading>>, String> {
    let seed = seed.to_string();
    let mut session = opened(
        "reservoir",
        &[("seed", &seed), ("seeds", "1"), ("sweep", sweep)],
    )?;
    let mut rows = Vec::new();
    for length in LENGTHS {
        let to_go = length - session.exhibit().step_count();
        session.advance(to_go, || true);
        rows.push(session.exhibit().readings());
    }
    Ok(rows)
}
