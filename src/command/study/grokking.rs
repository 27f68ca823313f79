//! Grokking over seeds: when networks memorise and generalise in several
//! settings, and what their kernels look like meanwhile.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
use ntk_playground::exhibit::{Reading, Session};

type Knobs = &'static [(&'static str, &'static str)];

/// Settings of a row: its name and the knobs that differ from the defaults.
const ROWS: [(&str, Knobs); 9] = [
    ("defaults: step .01, decay .5", &[]),
    (
        "step .003, decay 1",
        &[("learning-rate", "0.003"), ("decay", "1")],
    ),
    (
        "p 19, step .003, decay 1",
        &[
            ("modulus", "19"),
            ("learning-rate", "0.003"),
            ("decay", "1"),
        ],
    ),
    (
        "ReLU, share .56, decay 1",
        &[
            ("activation", "relu"),
            ("train-share", "0.56"),
            ("decay", "1"),
        ],
    ),
    (
        "gradient descent, share .56, first layer .2, step .5, decay .001",
        &[
            ("optimiser", "gd"),
            ("train-share", "0.56"),
            ("init", "0.2"),
            ("learning-rate", "0.5"),
            ("decay", "0.001"),
        ],
    ),
    (
        "cross-entropy, decay 1",
        &[("loss", "cross-entropy"), ("decay", "1")],
    ),
    ("no decay", &[("decay", "0")]),
    ("share .4", &[("train-share", "0.4")]),
    ("p 13", &[("modulus", "13")]),
];

/// Numbers of the kernel table: heading, view and column.
const KERNEL: [(&str, &str, &str); 10] = [
    ("label energy", "channel", "label-energy"),
    ("shuffled labels", "channel", "baseline"),
    ("overlap with step 0", "rotation", "overlap"),
    ("train alignment", "alignment", "train"),
    ("held-out alignment", "alignment", "held-out"),
    ("kernel regression", "accuracy", "kernel-regression"),
    ("twin: label energy", "channel", "twin-label-energy"),
    ("twin: overlap", "rotation", "twin-overlap"),
    ("twin: train alignment", "alignment", "twin-train"),
    ("twin: held-out alignment", "alignment", "twin-held-out"),
];

/// Both tables.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    Ok(vec![steps(seeds)?, kernel(seeds)?])
}

/// Steps until the pairs shown, and until the held-out ones, come right.
fn steps(seeds: &Seeds) -> Result<Table, String> {
    let mut table = Table::new(
        "steps",
        "steps until memorised (all pairs shown) and grokked (95 % of the held-out), median [min, max]",
    )
    .columns(["setting", "memorised", "grokked", "delay", "grokked at", "delay above 8"]);
    for (name, knobs) in ROWS {
        let ends = seeds.each(|seed| end(seed, knobs))?;
        let of = |name: &'static str| ends.iter().map(move |end| value(end, name));
        table.push(
            name,
            [
                Cell::median(of("memorised-step"), 0),
                Cell::median(of("grokked-step"), 0),
                Cell::median(of("grokking-delay"), 1),
                Cell::count(of("grokked-step").map(f64::is_finite)),
                Cell::count(of("grokking-delay").map(|delay| delay >= 8.0)),
            ],
        );
    }
    Ok(table)
}

/// The trace kernel along runs at the defaults.
fn kernel(seeds: &Seeds) -> Result<Table, String> {
    let runs = seeds.each(kernels)?;
    let mut table = Table::new(
        "kernel",
        "the trace kernel at the defaults, median [min, max]",
    )
    .columns(["", "step 0", "near step 200", "nearest to 50 %", "end"]);
    for (row, (heading, ..)) in KERNEL.iter().enumerate() {
        let cell = |moment: usize| Cell::median(runs.iter().map(|run| run[row][moment]), 2);
        table.push(*heading, (0..4).map(cell));
    }
    Ok(table)
}

fn run_to_the_end(seed: u32, knobs: &[(&str, &str)]) -> Result<Session, String> {
    let seed = seed.to_string();
    let seeds = [("seed", seed.as_str()), ("weight-seed", seed.as_str())];
    let all: Vec<(&str, &str)> = seeds.iter().chain(knobs).copied().collect();
    let mut session = opened("grokking", &all)?;
    session.advance(u64::MAX, || true);
    Ok(session)
}

/// Readings at the end, without the twin, which changes nothing of them.
fn end(seed: u32, knobs: Knobs) -> Result<Vec<Reading>, String> {
    let knobs: Vec<_> = knobs.iter().copied().chain([("twin", "off")]).collect();
    Ok(run_to_the_end(seed, &knobs)?.exhibit().readings())
}

/// The kernel's numbers at four surveys of a run at the defaults.
fn kernels(seed: u32) -> Result<Vec<[f64; 4]>, String> {
    let mut session = run_to_the_end(seed, &[])?;
    let mut column = |view: &str, name: &str| -> Result<Vec<f64>, String> {
        let chart = session.exhibit().chart(view);
        let columns = chart.map(|chart| chart.columns).unwrap_or_default();
        let found = columns.into_iter().find(|column| column.name == name);
        found
            .map(|column| column.values)
            .ok_or_else(|| format!("{view} has no column {name}."))
    };
    let surveys = column("channel", "step")?;
    let steps = column("accuracy", "step")?;
    let test = column("accuracy", "held-out")?;
    let nearest = |list: &[f64], wanted: f64| {
        let off = |i: &usize| (list[*i] - wanted).abs();
        (0..list.len())
            .min_by(|a, b| off(a).total_cmp(&off(b)))
            .unwrap_or(0)
    };
    let half = steps[nearest(&test, 0.5)];
    let moments = [
        0,
        nearest(&surveys, 200.0),
        nearest(&surveys, half),
        surveys.len() - 1,
    ];
    KERNEL
        .iter()
        .map(|(_, view, name)| {
            let values = column(view, name)?;
            Ok(moments.map(|moment| values[moment]))
        })
        .collect()
}
