//! Grokking over seeds: when networks memorise and generalise in several
//! settings, and what their kernels look like meanwhile.

use super::grid::Show::{Count, Median};
use super::grid::{Grid, Knobs, column, end, ends};
use super::report::{Cell, Table};
use super::seeds::Seeds;

/// Without the control, which changes nothing of the network.
const TWIN_OFF: (&str, &str) = ("twin", "off");

/// Steps until the pairs shown, and until the held-out ones, come right.
static STEPS: Grid = Grid {
    name: "steps",
    title: "steps until memorised (all pairs shown) and grokked (95 % of the held-out), median [min, max]",
    exhibit: "grokking",
    corner: "setting",
    rows: &[
        ("defaults: step .01, decay .5", &[TWIN_OFF]),
        (
            "step .003, decay 1",
            &[TWIN_OFF, ("learning-rate", "0.003"), ("decay", "1")],
        ),
        (
            "p 19, step .003, decay 1",
            &[
                TWIN_OFF,
                ("modulus", "19"),
                ("learning-rate", "0.003"),
                ("decay", "1"),
            ],
        ),
        (
            "ReLU, share .56, decay 1",
            &[
                TWIN_OFF,
                ("activation", "relu"),
                ("train-share", "0.56"),
                ("decay", "1"),
            ],
        ),
        (
            "gradient descent, share .56, first layer .2, step .5, decay .001",
            &[
                TWIN_OFF,
                ("optimiser", "gd"),
                ("train-share", "0.56"),
                ("init", "0.2"),
                ("learning-rate", "0.5"),
                ("decay", "0.001"),
            ],
        ),
        (
            "cross-entropy, decay 1",
            &[TWIN_OFF, ("loss", "cross-entropy"), ("decay", "1")],
        ),
        ("no decay", &[TWIN_OFF, ("decay", "0")]),
        ("share .4", &[TWIN_OFF, ("train-share", "0.4")]),
        ("p 13", &[TWIN_OFF, ("modulus", "13")]),
    ],
    columns: &[
        ("memorised", Median("memorised-step", 0)),
        ("grokked", Median("grokked-step", 0)),
        ("delay", Median("grokking-delay", 1)),
        ("grokked at", Count("grokked-step", f64::is_finite)),
        (
            "delay above 8",
            Count("grokking-delay", |delay| delay >= 8.0),
        ),
    ],
};

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
    Ok(vec![STEPS.table(seeds)?, kernel(seeds)?])
}

/// Optimisers of the grid: name, knobs, and a decay beside none.
const OPTIMISERS: [(&str, Knobs<'static>, &str); 2] = [
    (
        "gd",
        &[("optimiser", "gd"), ("learning-rate", "1")],
        "0.001",
    ),
    (
        "AdamW",
        &[("optimiser", "adamw"), ("learning-rate", "0.01")],
        "0.5",
    ),
];
const INITS: [&str; 4] = ["0.05", "0.1", "0.2", "0.4"];
const SHARES: [&str; 3] = ["0.5", "0.6", "0.7"];

/// Initial size, train share and decay, by both optimisers.
pub fn grid(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut table = Table::new(
        "grid",
        "initial size of the first layer, share of the table, decay: median [min, max]",
    )
    .columns([
        "",
        "memorised",
        "grokked",
        "grokked at",
        "label energy",
        "overlap with step 0",
    ]);
    for (name, optimiser, decay) in OPTIMISERS {
        for (init, share) in INITS
            .into_iter()
            .flat_map(|init| SHARES.map(|share| (init, share)))
        {
            for decay in ["0", decay] {
                let own = [
                    TWIN_OFF,
                    ("init", init),
                    ("train-share", share),
                    ("decay", decay),
                ];
                let knobs: Vec<(&str, &str)> = own.iter().chain(optimiser).copied().collect();
                let runs = ends(seeds, "grokking", &knobs)?;
                let shown = [
                    Median("memorised-step", 0),
                    Median("grokked-step", 0),
                    Count("grokked-step", f64::is_finite),
                    Median("label-energy", 2),
                    Median("overlap", 2),
                ];
                let row = format!("{name}, init {init}, share {share}, decay {decay}");
                table.push(row, shown.map(|show| show.cell(&runs)));
            }
        }
    }
    Ok(vec![table])
}

/// The trace kernel along runs at the defaults.
fn kernel(seeds: &Seeds) -> Result<Table, String> {
    let runs = seeds.each("grokking", kernels)?;
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

/// The kernel's numbers at four probes of a run at the defaults.
fn kernels(seed: u32) -> Result<Vec<[f64; 4]>, String> {
    let mut session = end("grokking", &[], seed)?;
    let probes = column(&mut session, "channel", "step");
    let steps = column(&mut session, "accuracy", "step");
    let test = column(&mut session, "accuracy", "held-out");
    let nearest = |list: &[f64], wanted: f64| {
        let off = |i: &usize| (list[*i] - wanted).abs();
        let places = 0..list.len();
        places.min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(0)
    };
    let half = steps[nearest(&test, 0.5)];
    let moments = [
        0,
        nearest(&probes, 200.0),
        nearest(&probes, half),
        probes.len() - 1,
    ];
    let mut of = |(_, view, name): &(&str, &str, &str)| {
        let values = column(&mut session, view, name);
        match values.len() == probes.len() {
            true => Ok(moments.map(|moment| values[moment])),
            false => Err(format!("{view} has no column {name}.")),
        }
    };
    KERNEL.iter().map(&mut of).collect()
}
