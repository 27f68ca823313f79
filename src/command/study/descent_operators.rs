//! Double descent by operators: the noise gain that one training gives beside
//! that of two, width by width.

use super::grid::{self, column};
use super::report::{Cell, Table};
use super::seeds::Seeds;

/// Columns of the exhibit's view of the gain: title, name, digits.
const COLUMNS: [(&str, &str, usize); 4] = [
    ("gain by two runs", "gain", 2),
    ("gain by operators", "gain-by-operators", 2),
    ("second over first", "operators-over-twin", 2),
    ("operators off by", "operator-error", 4),
];

/// The sweep of the exhibit at its defaults; the ratio is at the test points that
/// the operators reach for, the first column at all of them.
///
/// # Errors
/// A sentence if a run does not open.
pub fn table(seeds: &Seeds) -> Result<Table, String> {
    let runs = seeds.each("one sweep", |seed| {
        let mut session = grid::end("descent", &[("seeds", "1")], seed)?;
        let mut columns = vec![column(&mut session, "gain", "parameters")];
        columns.extend(COLUMNS.map(|(_, name, _)| column(&mut session, "gain", name)));
        Ok(columns)
    })?;
    let title = "1500 steps of Adam, n = 60, noise 0.5, median [min, max]";
    let titles = COLUMNS.map(|(title, ..)| title);
    let mut table = Table::new("gain", title).columns(std::iter::once("P").chain(titles));
    for (i, size) in runs[0][0].iter().enumerate() {
        let cells = COLUMNS.iter().enumerate().map(|(k, (_, _, digits))| {
            let values = runs.iter().map(|run| run[k + 1][i]);
            Cell::median(values, *digits)
        });
        // Where operators are not carried there is nothing to compare.
        if runs.iter().any(|run| run[4][i].is_finite()) {
            table.push(size.to_string(), cells);
        }
    }
    Ok(table)
}
