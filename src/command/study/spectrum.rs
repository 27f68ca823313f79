//! The spectrum exhibit at its defaults, over seeds.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
use ntk_playground::exhibit::Reading;

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

/// The readings at chosen steps, and what a whole run comes to.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let runs = seeds.each(readings_at_steps)?;
    let at = |row: usize, name: &str| -> Vec<f64> {
        runs.iter().map(|run| value(&run[row], name)).collect()
    };
    let mut steps = Table::new("steps", "spectrum exhibit at its defaults, mean \u{b1} sd")
        .columns(std::iter::once("step").chain(COLUMNS));
    for (row, &step) in STEPS.iter().enumerate() {
        steps.push(step, COLUMNS.map(|column| Cell::mean(at(row, column), 3)));
    }
    let last = STEPS.len() - 1;
    let ratio = |above: Vec<f64>, below: Vec<f64>| -> Vec<f64> {
        above.iter().zip(&below).map(|(a, b)| a / b).collect()
    };
    let end_over_best = ratio(at(last, "test-loss"), at(last, "best-test-loss"));
    let overfitted = end_over_best.iter().map(|ratio| *ratio > OVERFITS);
    let growth = ratio(at(last, "largest-eigenvalue"), at(0, "largest-eigenvalue"));
    let whole = Table::new("run", "the whole run, mean \u{b1} sd or median [min, max]")
        .columns(["", "over the seeds"])
        .row(
            "best test error",
            [Cell::mean(at(last, "best-test-loss"), 3)],
        )
        .row(
            "step of the best test error",
            [Cell::median(at(last, "best-test-step"), 0)],
        )
        .row(
            "final / best test error",
            [Cell::mean(end_over_best.iter().copied(), 2)],
        )
        .row(
            format!("ends above {OVERFITS} times its best"),
            [Cell::count(overfitted)],
        )
        .row(
            "peak of the reservoir's share",
            [Cell::mean(at(last, "reservoir-energy-peak"), 3)],
        )
        .row("growth of lambda_1", [Cell::mean(growth, 2)]);
    Ok(vec![steps, whole])
}

fn readings_at_steps(seed: u32) -> Result<Vec<Vec<Reading>>, String> {
    let seed = seed.to_string();
    let mut session = opened("spectrum", &[("seed", &seed), ("weight-seed", &seed)])?;
    let mut rows = Vec::with_capacity(STEPS.len());
    for step in STEPS {
        let to_go = step - session.exhibit().step_count();
        session.advance(to_go, || true);
        rows.push(session.exhibit().readings());
    }
    Ok(rows)
}
