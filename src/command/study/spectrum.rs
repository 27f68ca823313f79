//! The spectrum exhibit at its defaults, over seeds.

use super::grid::Show::{Mean, Median};
use super::grid::at_steps;
use super::report::{Cell, Table};
use super::seeds::Seeds;

const STEPS: [u64; 6] = [0, 10, 110, 926, 5_109, 12_000];
const COLUMNS: [&str; 5] = [
    "train-loss",
    "test-loss",
    "reservoir-energy",
    "reservoir-dimension",
    "noise-correlation",
];
/// A run overfits if it ends this far above its best test error.
const OVERFITS: f64 = 1.3;

/// The metrics at chosen steps, and what a whole run comes to.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let runs = at_steps(seeds, "spectrum", &[], &STEPS)?;
    let mut steps = Table::new("steps", "spectrum exhibit at its defaults, mean \u{b1} sd")
        .columns(std::iter::once("step").chain(COLUMNS));
    for (step, runs) in STEPS.into_iter().zip(&runs) {
        steps.push(step, COLUMNS.map(|column| Mean(column, 3).cell(runs)));
    }
    let (first, end) = (&runs[0], &runs[STEPS.len() - 1]);
    let ratios = end
        .iter()
        .map(|run| run.value("test-loss") / run.value("best-test-loss"));
    let ratios: Vec<f64> = ratios.collect();
    let overfitted = ratios.iter().map(|ratio| *ratio > OVERFITS);
    let largest = "largest-eigenvalue";
    let growth = first
        .iter()
        .zip(end)
        .map(|(first, end)| end.value(largest) / first.value(largest));
    let whole = Table::new("run", "the whole run, mean \u{b1} sd or median [min, max]")
        .columns(["", "over the seeds"])
        .row("best test error", [Mean("best-test-loss", 3).cell(end)])
        .row(
            "step of the best test error",
            [Median("best-test-step", 0).cell(end)],
        )
        .row(
            "final / best test error",
            [Cell::mean(ratios.iter().copied(), 2)],
        )
        .row(
            format!("ends above {OVERFITS} times its best"),
            [Cell::count(overfitted)],
        )
        .row(
            "peak of the reservoir's share",
            [Mean("reservoir-energy-peak", 3).cell(end)],
        )
        .row("growth of lambda_1", [Cell::mean(growth, 2)]);
    Ok(vec![steps, whole])
}
