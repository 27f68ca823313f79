//! The SNR gate in the spectrum exhibit, beside its controls.
//!
//! Four arms from the same data and weights: no gate; the hard gate; a random
//! mask that opens as many parameters at each step; no gate with a step
//! smaller by the share that the hard gate opened.

use super::statistics::median_and_range;
use super::{opened, over_seeds, value};
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

/// Median and range over seeds of the test error at the end, over that of no
/// gate, for every row; and how often the hard gate beats each control.
pub fn table(seeds: u32) -> Result<String, String> {
    let mut out = format!(
        "test error at the end over that of no gate, seeds 1 to {seeds}, median [min, max]\n\
         {:28} {:>19} {:>19} {:>19} {:>19} {:>7}  hard beats none / random / smaller\n",
        "", "best step, no gate", "hard", "random mask", "smaller step", "open"
    );
    for (name, knobs) in ROWS {
        let runs = over_seeds(seeds, |seed| arms(seed, knobs))?;
        let column = |f: fn(&Seed) -> f64| median_and_range(runs.iter().map(f).collect(), 2);
        let wins = |f: fn(&Seed) -> bool| runs.iter().filter(|run| f(run)).count();
        let mut open: Vec<f64> = runs.iter().map(|run| run.open).collect();
        open.sort_by(f64::total_cmp);
        out.push_str(&format!(
            "{name:28} {:>19} {:>19} {:>19} {:>19} {:>6.1}%  {} / {} / {} of {seeds}\n",
            column(|run| run.best),
            column(|run| run.hard),
            column(|run| run.random),
            column(|run| run.smaller),
            100.0 * open[open.len() / 2],
            wins(|run| run.hard < 1.0),
            wins(|run| run.hard < run.random),
            wins(|run| run.hard < run.smaller),
        ));
    }
    Ok(out)
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
