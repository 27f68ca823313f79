//! Grokking over seeds: when networks memorise and generalise, in five
//! settings, and what their kernels look like meanwhile.

use super::statistics::median_and_range;
use super::{opened, over_seeds, value};
use ntk_playground::exhibit::{Reading, Session};

type Knobs = &'static [(&'static str, &'static str)];

/// Settings of a row: its name, the knobs that differ from the defaults, and the most seeds.
const ROWS: [(&str, Knobs, u32); 6] = [
    ("defaults: step .01, decay .5", &[], u32::MAX),
    (
        "step .003, decay 1",
        &[("learning-rate", "0.003"), ("decay", "1")],
        u32::MAX,
    ),
    (
        "p 19, step .003, decay 1",
        &[
            ("modulus", "19"),
            ("learning-rate", "0.003"),
            ("decay", "1"),
        ],
        u32::MAX,
    ),
    (
        "ReLU, share .56, decay 1",
        &[
            ("activation", "relu"),
            ("train-share", "0.56"),
            ("decay", "1"),
        ],
        u32::MAX,
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
        3,
    ),
    ("no decay", &[("decay", "0")], 3),
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
pub fn table(seeds: u32) -> Result<String, String> {
    let mut out = format!(
        "steps until memorised (all pairs shown) and grokked (95 % of the held-out), up to {seeds} seeds, median [min, max]\n\
         {:66} {:>16} {:>20} {:>18}  grokked\n",
        "", "memorised", "grokked", "delay"
    );
    for (name, knobs, most) in ROWS {
        let count = seeds.min(most);
        let ends = over_seeds(count, |seed| end(seed, knobs))?;
        let column = |name: &str, digits| {
            let all = ends.iter().map(|end| value(end, name));
            median_and_range(all.filter(|v| v.is_finite()).collect(), digits)
        };
        let grokked = ends
            .iter()
            .filter(|end| value(end, "grokked-step").is_finite());
        out.push_str(&format!(
            "{name:66} {:>16} {:>20} {:>18}  {} of {count}\n",
            column("memorised-step", 0),
            column("grokked-step", 0),
            column("grokking-delay", 1),
            grokked.count(),
        ));
    }
    out.push_str(&format!(
        "\nthe trace kernel at the defaults, seeds 1 to {seeds}, median [min, max]\n{:25}",
        ""
    ));
    for heading in ["step 0", "near step 200", "nearest to 50 %", "end"] {
        out.push_str(&format!(" {heading:>18}"));
    }
    out.push('\n');
    let runs = over_seeds(seeds, kernels)?;
    for (row, (heading, ..)) in KERNEL.iter().enumerate() {
        out.push_str(&format!("{heading:25}"));
        for moment in 0..4 {
            let sample = runs.iter().map(|run| run[row][moment]).collect();
            out.push_str(&format!(" {:>18}", median_and_range(sample, 2)));
        }
        out.push('\n');
    }
    Ok(out)
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
    let column = |session: &mut Session, view: &str, name: &str| -> Result<Vec<f64>, String> {
        let chart = session.exhibit().chart(view);
        let columns = chart.map(|chart| chart.columns).unwrap_or_default();
        let found = columns.into_iter().find(|column| column.name == name);
        found
            .map(|column| column.values)
            .ok_or_else(|| format!("{view} has no column {name}."))
    };
    let surveys = column(&mut session, "channel", "step")?;
    let steps = column(&mut session, "accuracy", "step")?;
    let test = column(&mut session, "accuracy", "held-out")?;
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
            let values = column(&mut session, view, name)?;
            Ok(moments.map(|moment| values[moment]))
        })
        .collect()
}
