//! The SNR gate in the spectrum exhibit, beside its controls.
//!
//! Four arms from the same data and weights: no gate; the hard gate; a random
//! mask that opens as many parameters at each step; no gate with a step
//! smaller by the share that the hard gate opened.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
use ntk_playground::exhibit::Reading;

/// Settings of a row: its name and the knobs that differ from the defaults.
const ROWS: [(&str, &[(&str, &str)]); 8] = [
    ("n 20 grid, noise .5, all", &[]),
    (
        "n 40 random, noise .1, all",
        &[N40, RANDOM, ("noise", "0.1")],
    ),
    (
        "n 40 random, noise .3, all",
        &[N40, RANDOM, ("noise", "0.3")],
    ),
    (
        "n 40 random, noise .6, all",
        &[N40, RANDOM, ("noise", "0.6")],
    ),
    (
        "n 40 random, noise .1, b 4",
        &[N40, RANDOM, ("noise", "0.1"), B4],
    ),
    (
        "n 40 random, noise .3, b 4",
        &[N40, RANDOM, ("noise", "0.3"), B4],
    ),
    (
        "n 40 random, noise .6, b 4",
        &[N40, RANDOM, ("noise", "0.6"), B4],
    ),
    ("n 20 grid, noise .5, b 4", &[B4]),
];
const N40: (&str, &str) = ("points", "40");
const RANDOM: (&str, &str) = ("inputs", "random");
const B4: (&str, &str) = ("batch", "4");

/// Test errors of one seed, each over that of the ungated arm at its end.
struct Seed {
    best: f64,
    hard: f64,
    random: f64,
    smaller: f64,
    open: f64,
}

/// Test error of every arm at the end, over that of no gate, for every row;
/// and how often the hard gate beats each control.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut table = Table::new(
        "end",
        "test error at the end over that of no gate, median [min, max]",
    )
    .columns([
        "",
        "best step, no gate",
        "hard",
        "random mask",
        "smaller step",
        "open %",
        "hard < none",
        "< random",
        "< smaller",
    ]);
    for (name, knobs) in ROWS {
        let runs = seeds.each(|seed| arms(seed, knobs))?;
        let column = |f: fn(&Seed) -> f64| Cell::median(runs.iter().map(f), 2);
        let wins = |f: fn(&Seed) -> bool| Cell::count(runs.iter().map(f));
        table.push(
            name,
            [
                column(|run| run.best),
                column(|run| run.hard),
                column(|run| run.random),
                column(|run| run.smaller),
                Cell::median(runs.iter().map(|run| 100.0 * run.open), 1),
                wins(|run| run.hard < 1.0),
                wins(|run| run.hard < run.random),
                wins(|run| run.hard < run.smaller),
            ],
        );
    }
    Ok(vec![table.note(
        "open: share of parameters that a step of the hard gate moved, averaged over its steps",
    )])
}

fn arms(seed: u32, knobs: &[(&str, &str)]) -> Result<Seed, String> {
    let plain = end(seed, knobs, &[])?;
    let hard = end(seed, knobs, &[("gate", "hard")])?;
    let random = end(seed, knobs, &[("gate", "random")])?;
    let open = value(&hard, "gate-open-mean");
    let step = (0.5 * open).to_string();
    let smaller = end(seed, knobs, &[("step-fraction", &step)])?;
    let test = |arm: &[Reading]| value(arm, "test-loss") / value(&plain, "test-loss");
    Ok(Seed {
        best: value(&plain, "best-test-loss") / value(&plain, "test-loss"),
        hard: test(&hard),
        random: test(&random),
        smaller: test(&smaller),
        open,
    })
}

/// Readings at the end of one run.
fn end(seed: u32, row: &[(&str, &str)], arm: &[(&str, &str)]) -> Result<Vec<Reading>, String> {
    let seed = seed.to_string();
    let seeds = [("seed", seed.as_str()), ("weight-seed", seed.as_str())];
    let parameters: Vec<(&str, &str)> = seeds.iter().chain(row).chain(arm).copied().collect();
    let mut session = opened("spectrum", &parameters)?;
    session.advance(u64::MAX, || true);
    Ok(session.exhibit().readings())
}
