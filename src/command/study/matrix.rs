//! Matrix completion over seeds: what a product of L matrices makes of the
//! unseen entries.

use super::statistics::{mean_and_deviation, median_and_range};
use super::{opened, over_seeds, value};
use ntk_playground::exhibit::Reading;

const ROWS: [(&str, &str); 8] = [
    ("1", "0.0001"),
    ("2", "0.0001"),
    ("2", "0.01"),
    ("2", "1"),
    ("3", "0.0001"),
    ("3", "0.01"),
    ("3", "1"),
    ("4", "0.01"),
];

/// Error on the unseen entries, effective rank and norms at the end, for
/// depths and initial sizes.
pub fn table(seeds: u32) -> Result<String, String> {
    let mut out = format!(
        "matrix exhibit, 20 x 20, rank 2, 160 entries seen, seeds 1 to {seeds}, at the end\n\
         {:5} {:>7} {:>20} {:>15} {:>13} {:>13} {:>12} {:>12}\n",
        "depth",
        "init",
        "unseen, median",
        "mean",
        "rank, mean",
        "lowest rank",
        "Frobenius",
        "nuclear"
    );
    for (depth, init) in ROWS {
        let runs = over_seeds(seeds, |seed| end(seed, depth, init))?;
        let column = |name| -> Vec<f64> { runs.iter().map(|run| value(run, name)).collect() };
        out.push_str(&format!(
            "{depth:5} {init:>7} {:>20} {:>15} {:>13} {:>13} {:>12} {:>12}\n",
            median_and_range(column("unseen-error"), 3),
            mean_and_deviation(&column("unseen-error"), 3),
            mean_and_deviation(&column("effective-rank"), 1),
            mean_and_deviation(&column("lowest-effective-rank"), 1),
            mean_and_deviation(&column("frobenius-norm-ratio"), 2),
            mean_and_deviation(&column("nuclear-norm-ratio"), 2),
        ));
    }
    let runs = over_seeds(seeds, |seed| end(seed, "1", "0.0001"))?;
    let column = |name| -> Vec<f64> { runs.iter().map(|run| value(run, name)).collect() };
    out.push_str(&format!(
        "effective rank: true matrix {}, least-norm solution {}\n\
         Frobenius: over the smallest that fits; nuclear: over the true matrix's\n",
        mean_and_deviation(&column("true-effective-rank"), 1),
        mean_and_deviation(&column("least-norm-effective-rank"), 1),
    ));
    Ok(out)
}

fn end(seed: u32, depth: &str, init: &str) -> Result<Vec<Reading>, String> {
    let seed = seed.to_string();
    let mut session = opened(
        "matrix",
        &[
            ("seed", &seed),
            ("weight-seed", &seed),
            ("depth", depth),
            ("init-scale", init),
        ],
    )?;
    session.advance(u64::MAX, || true);
    Ok(session.exhibit().readings())
}
