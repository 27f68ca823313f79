//! Matrix completion over seeds: what a product of L matrices makes of the
//! unseen entries.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
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
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut table = Table::new(
        "completion",
        "matrix exhibit at the end, 20 x 20, rank 2, 160 entries seen, median [min, max] or mean \u{b1} sd",
    )
    .columns([
        "depth, init",
        "unseen error",
        "mean",
        "effective rank",
        "lowest rank",
        "Frobenius norm",
        "nuclear norm",
    ]);
    let mut baselines = Table::new(
        "baselines",
        "effective ranks to compare with, mean \u{b1} sd",
    )
    .columns(["", "effective rank"]);
    for (depth, init) in ROWS {
        let runs = seeds.each(|seed| end(seed, depth, init))?;
        let column = |name| runs.iter().map(move |run| value(run, name));
        table.push(
            format!("{depth}, {init}"),
            [
                Cell::median(column("unseen-error"), 3),
                Cell::mean(column("unseen-error"), 3),
                Cell::mean(column("effective-rank"), 1),
                Cell::mean(column("lowest-effective-rank"), 1),
                Cell::mean(column("frobenius-norm-ratio"), 2),
                Cell::mean(column("nuclear-norm-ratio"), 2),
            ],
        );
        if depth == "1" {
            let of = |name| [Cell::mean(column(name), 1)];
            baselines.push("true matrix", of("true-effective-rank"));
            baselines.push("least-norm solution", of("least-norm-effective-rank"));
        }
    }
    Ok(vec![
        table.note("Frobenius: over the smallest that fits; nuclear: over the true matrix's"),
        baselines,
    ])
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
