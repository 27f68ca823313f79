//! How well the identities of the integrated kernel hold in discrete time:
//! both schemes, a kinked and a smooth network, steps of four sizes over the
//! same span of time.

use super::grid::{Metrics, Show, start};
use super::report::Table;
use super::seeds::Seeds;

/// Step fractions, each half of the one before.
const FRACTIONS: [&str; 4] = ["0.5", "0.25", "0.125", "0.0625"];
/// Steps at the first of them; the others take as many times more.
const STEPS: u64 = 250;
const ERRORS: [(&str, &str); 4] = [
    ("loss, sum W'", "loss-identity-error-sum"),
    ("loss, closed W", "loss-identity-error"),
    ("test", "test-identity-error"),
    ("propagator", "propagator-error"),
];

/// Relative errors at the end, for every scheme and activation.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    ["relu", "softplus"]
        .map(|activation| table(seeds, activation))
        .into_iter()
        .collect()
}

fn table(seeds: &Seeds, activation: &'static str) -> Result<Table, String> {
    let title = format!(
        "{activation}, n = 24, widths 32-32, noise 0.3: relative errors of the identities after \
         {STEPS} steps of c = 0.5 or as long, median [min, max]"
    );
    let columns = std::iter::once("scheme, identity").chain(FRACTIONS);
    let mut table = Table::new(activation, title).columns(columns);
    for scheme in ["left", "secant"] {
        let end = |seed, halvings: usize| {
            let knobs = [
                ("activation", activation),
                ("scheme", scheme),
                ("step-fraction", FRACTIONS[halvings]),
                ("noise", "0.3"),
            ];
            let mut session = start("channel", &knobs, seed)?;
            session.advance(STEPS << halvings, || true);
            Ok(Metrics::of(&mut session))
        };
        let of =
            |halvings: usize| format!("channel {activation}, {scheme}, {}", FRACTIONS[halvings]);
        let runs = (0..FRACTIONS.len())
            .map(|halvings| seeds.each(&of(halvings), |seed| end(seed, halvings)));
        let runs: Vec<Vec<Metrics>> = runs.collect::<Result<_, String>>()?;
        for (name, metric) in ERRORS {
            let cells = runs.iter().map(|runs| Show::Median(metric, 5).cell(runs));
            table.push(format!("{scheme}: {name}"), cells);
        }
    }
    Ok(table)
}
