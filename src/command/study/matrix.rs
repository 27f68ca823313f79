//! Matrix completion over seeds: what a product of L matrices makes of the
//! held-out entries.

use super::grid::Show::{Mean, Median};
use super::grid::{Grid, ends};
use super::report::Table;
use super::seeds::Seeds;

static COMPLETION: Grid = Grid {
    name: "completion",
    title: "matrix exhibit at the end, 20 x 20, rank 2, 160 entries observed, median [min, max] or mean \u{b1} sd",
    exhibit: "matrix",
    corner: "depth, init",
    rows: &[
        ("1, 0.0001", &[("depth", "1"), ("init-scale", "0.0001")]),
        ("2, 0.0001", &[("depth", "2"), ("init-scale", "0.0001")]),
        ("2, 0.01", &[("depth", "2"), ("init-scale", "0.01")]),
        ("2, 1", &[("depth", "2"), ("init-scale", "1")]),
        ("3, 0.0001", &[("depth", "3"), ("init-scale", "0.0001")]),
        ("3, 0.01", &[("depth", "3"), ("init-scale", "0.01")]),
        ("3, 1", &[("depth", "3"), ("init-scale", "1")]),
        ("4, 0.01", &[("depth", "4"), ("init-scale", "0.01")]),
    ],
    columns: &[
        ("held-out error", Median("unseen-error", 3)),
        ("mean", Mean("unseen-error", 3)),
        ("effective rank", Mean("effective-rank", 1)),
        ("lowest rank", Mean("lowest-effective-rank", 1)),
        ("Frobenius norm", Mean("frobenius-norm-ratio", 2)),
        ("nuclear norm", Mean("nuclear-norm-ratio", 2)),
    ],
};

/// Error on the held-out entries, effective rank and norms at the end, for
/// depths and initial sizes.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let note = "Frobenius: over the smallest that fits; nuclear: over the true matrix's";
    let ends = ends(seeds, "matrix", &[("depth", "1")])?;
    let title = "effective ranks to compare with, mean \u{b1} sd";
    let baselines = Table::new("baselines", title)
        .columns(["", "effective rank"])
        .row("true matrix", [Mean("true-effective-rank", 1).cell(&ends)])
        .row(
            "least-norm solution",
            [Mean("least-norm-effective-rank", 1).cell(&ends)],
        );
    Ok(vec![COMPLETION.table(seeds)?.note(note), baselines])
}
