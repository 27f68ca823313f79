//! The soft reservoir: how the gap, the reservoir's size and its leak go with
//! width, depth, activation and training length.

use super::grid::{Metrics, at_steps};
use super::report::{Cell, Table};
use super::seeds::Seeds;

const LENGTHS: [(&str, u64); 3] = [
    ("steps-250", 250),
    ("steps-1000", 1_000),
    ("steps-4000", 4_000),
];
/// The comparisons of the exhibit and the networks in each.
const SWEEPS: [(&str, [&str; 3]); 3] = [
    ("width", ["16-16", "64-64", "128-128"]),
    ("depth", ["64", "64-64", "64-64-64"]),
    ("activation", ["64-64 relu", "64-64 softplus", "64-64 tanh"]),
];
/// Title of a column, name of its metric without the network's number, and
/// digits.
const COLUMNS: [(&str, &str, usize); 7] = [
    ("reservoir", "reservoir-dimension", 0),
    ("gap", "gap", 2),
    ("mean spacing", "spacing", 2),
    ("noise in it", "noise-in-reservoir", 2),
    ("leak", "leak", 9),
    ("test error", "test-loss", 3),
    ("operators off by", "operator-error", 4),
];

/// A table for every training length, medians over seeds.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut tables = LENGTHS.map(|(name, steps)| {
        let title = format!(
            "n = 32, noise 0.3, c = 0.5, split at 0.01 of the largest eigenvalue of W, after \
             {steps} steps, median [min, max]"
        );
        let titles = COLUMNS.map(|(title, ..)| title);
        Table::new(name, title).columns(std::iter::once("network").chain(titles))
    });
    for (sweep, networks) in SWEEPS {
        let knobs = [("seeds", "1"), ("sweep", sweep)];
        let runs = at_steps(seeds, "reservoir", &knobs, &LENGTHS.map(|(_, steps)| steps))?;
        for (runs, table) in runs.iter().zip(&mut tables) {
            for (i, network) in networks.into_iter().enumerate() {
                let cell = |metric: &str, digits| {
                    let name = format!("{metric}-{}", i + 1);
                    let values = runs.iter().map(|run: &Metrics| run.value(&name));
                    Cell::median(values, digits)
                };
                let cells = COLUMNS.map(|(_, metric, digits)| cell(metric, digits));
                table.push(format!("{sweep}: {network}"), cells);
            }
        }
    }
    Ok(tables.into())
}
