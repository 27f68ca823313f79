//! Drift and diffusion under minibatches: with which power of t the mean and the standard
//! deviation of 16 replicas grow along signal and noise, by step size.

use super::grid::{Metrics, Show, at_steps};
use super::report::Table;
use super::seeds::Seeds;

/// Step fractions, with steps that pass the time at which half the signal is learned.
const RUNS: [(&str, u64); 4] = [
    ("0.25", 300),
    ("0.05", 600),
    ("0.01", 1_200),
    ("0.003", 2_400),
];
const ROWS: [(&str, &str, usize); 9] = [
    ("signal, drift", "signal-drift-exponent", 2),
    ("signal, diffusion", "signal-diffusion-exponent", 2),
    ("noise, drift", "noise-drift-exponent", 2),
    ("noise, diffusion", "noise-diffusion-exponent", 2),
    ("noise, full batches", "full-batch-noise-exponent", 2),
    ("shuffled labels, drift", "shuffled-drift-exponent", 2),
    (
        "shuffled labels, diffusion",
        "shuffled-diffusion-exponent",
        2,
    ),
    ("share of diffusion, signal", "signal-diffused", 3),
    ("share of diffusion, noise", "noise-diffused", 3),
];

/// Medians over seeds, a column a step size.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let title = "n = 24, batch 8, noise 0.5, widths 32-32: power of t with which 16 replicas move until half \
                 the signal is learned, by step fraction, median [min, max]";
    let columns = std::iter::once("along").chain(RUNS.map(|(c, _)| c));
    let mut table = Table::new("drift", title).columns(columns);
    let run = |(c, steps): (&str, u64)| {
        let knobs = [("batch", "8"), ("step-fraction", c)];
        let mut runs = at_steps(seeds, "channel", &knobs, &[steps])?;
        Ok::<_, String>(runs.remove(0))
    };
    let runs: Vec<Vec<Metrics>> = RUNS.into_iter().map(run).collect::<Result<_, _>>()?;
    for (name, metric, digits) in ROWS {
        let cells = runs
            .iter()
            .map(|runs| Show::Median(metric, digits).cell(runs));
        table.push(name, cells);
    }
    Ok(vec![table])
}
