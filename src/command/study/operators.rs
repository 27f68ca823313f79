//! How well the identities of the integrated kernel hold in discrete time:
//! both schemes, a kinked and a smooth network, steps of four sizes over the
//! same span of time.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
use ntk_playground::exhibit::Reading;

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
    let mut tables = Vec::new();
    for activation in ["relu", "softplus"] {
        let mut table = Table::new(
            activation,
            format!("{activation}, n = 24, widths 32-32, noise 0.3: relative errors of the identities after {STEPS} steps of c = 0.5 or as long, median [min, max]"),
        )
        .columns(["scheme, identity"].into_iter().chain(FRACTIONS));
        for scheme in ["left", "secant"] {
            let runs = FRACTIONS
                .iter()
                .enumerate()
                .map(|(halvings, c)| {
                    seeds.each(|seed| end(seed, activation, scheme, c, STEPS << halvings))
                })
                .collect::<Result<Vec<_>, _>>()?;
            for (name, reading) in ERRORS {
                let cells = runs.iter().map(|run| {
                    Cell::median(run.iter().map(|readings| value(readings, reading)), 5)
                });
                table.push(format!("{scheme}: {name}"), cells.collect::<Vec<_>>());
            }
        }
        tables.push(table);
    }
    Ok(tables)
}

fn end(
    seed: u32,
    activation: &str,
    scheme: &str,
    fraction: &str,
    steps: u64,
) -> Result<Vec<Reading>, String> {
    let seed = seed.to_string();
    let mut session = opened(
        "channel",
        &[
            ("seed", &seed),
            ("weight-seed", &seed),
            ("activation", activation),
            ("scheme", scheme),
            ("step-fraction", fraction),
            ("noise", "0.3"),
        ],
    )?;
    session.advance(steps, || true);
    Ok(session.exhibit().readings())
}
