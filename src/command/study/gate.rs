//! The SNR gates beside their controls, on noisy 1D regression.
//!
//! From the same data and weights: no gate; the hard, the soft and the snr
//! gate; a random mask that opens as many parameters as the hard gate at each
//! step; and for each gate no gate at a step smaller by the gate's mean
//! weight. Gradient descent runs in the spectrum exhibit; Adam, which the
//! exhibit does not have, on the exhibit's network and data.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::training::{Ended, Training};
use super::{opened, value};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{Gate, Optimiser};

/// What a row is run by.
#[derive(Debug, Clone, Copy)]
enum Means {
    /// The spectrum exhibit, with the knobs that differ from its defaults.
    Exhibit(&'static [(&'static str, &'static str)]),
    /// Adam on 40 random inputs.
    Adam { noise: f64, batch: usize },
}

use Means::{Adam, Exhibit};
use serde::{Deserialize, Serialize};

const N40: (&str, &str) = ("points", "40");
const RANDOM: (&str, &str) = ("inputs", "random");
const B4: (&str, &str) = ("batch", "4");

const ROWS: [(&str, Means); 11] = [
    ("n 20 grid, noise .5, all", Exhibit(&[])),
    ("n 20 grid, noise .5, b 4", Exhibit(&[B4])),
    (
        "n 40 random, noise .1, all",
        Exhibit(&[N40, RANDOM, ("noise", "0.1")]),
    ),
    (
        "n 40 random, noise .3, all",
        Exhibit(&[N40, RANDOM, ("noise", "0.3")]),
    ),
    (
        "n 40 random, noise .6, all",
        Exhibit(&[N40, RANDOM, ("noise", "0.6")]),
    ),
    (
        "n 40 random, noise .1, b 4",
        Exhibit(&[N40, RANDOM, ("noise", "0.1"), B4]),
    ),
    (
        "n 40 random, noise .3, b 4",
        Exhibit(&[N40, RANDOM, ("noise", "0.3"), B4]),
    ),
    (
        "n 40 random, noise .6, b 4",
        Exhibit(&[N40, RANDOM, ("noise", "0.6"), B4]),
    ),
    (
        "n 40 random, noise .1, all, Adam",
        Adam {
            noise: 0.1,
            batch: POINTS,
        },
    ),
    (
        "n 40 random, noise .6, all, Adam",
        Adam {
            noise: 0.6,
            batch: POINTS,
        },
    ),
    (
        "n 40 random, noise .6, b 8, Adam",
        Adam {
            noise: 0.6,
            batch: 8,
        },
    ),
];

/// Number of random inputs under Adam.
const POINTS: usize = 40;
/// Adam's step size, and its usual memories.
const ADAM_STEP: f64 = 0.01;
const ADAM: Optimiser = Optimiser::adam(0.9, 0.999, 1e-8);
const ADAM_STEPS: u64 = 2_500;

/// The step size of the exhibit's defaults, as a share of the stability limit,
/// and the smallest that the exhibit takes.
const STEP_FRACTION: f64 = 0.5;
const SMALLEST_FRACTION: f64 = 0.001;

/// The gates of the theory.
const GATES: [Gate; 3] = [Gate::Hard, Gate::Soft, Gate::Snr];

/// All arms of one seed.
#[derive(Serialize, Deserialize)]
struct Seed {
    none: Ended,
    /// The gates of [`GATES`].
    gated: [Ended; 3],
    random: Ended,
    /// No gate, steps smaller by the mean weight of each of [`GATES`].
    slower: [Ended; 3],
}

/// Test error of every arm at the end and at its best, over that of no gate;
/// how often a gate beats its controls; how far it opens.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let named = |words: &'static str| GATES.map(|gate| format!("{words}{}", gate.name()));
    let of_gates = |first: &[&str]| {
        let first = first.iter().map(|&name| name.to_owned());
        first.chain(named("")).collect::<Vec<_>>()
    };
    let of_controls = ["".to_owned(), "random mask".into()]
        .into_iter()
        .chain(named("step as "));
    let mut end = Table::new(
        "end",
        "test error at the end over that of no gate, median [min, max]",
    )
    .columns(of_gates(&["", "best step, no gate"]));
    let mut controls =
        Table::new("controls", "the same for the controls of the gates").columns(of_controls);
    let mut best = Table::new(
        "best",
        "best test error on the way over the best of no gate, median [min, max]",
    )
    .columns(of_gates(&["", "random mask"]));
    let mut wins = Table::new(
        "wins",
        "at how many seeds the test error at the end is smaller",
    )
    .columns([
        "",
        "hard < none",
        "hard < random",
        "hard < slower",
        "soft < none",
        "soft < random",
        "soft < slower",
        "snr < none",
        "snr < random",
        "snr < slower",
    ]);
    let mut open = Table::new(
        "open",
        "mean weight of the gate over all steps, %, median [min, max]",
    )
    .columns(of_gates(&[""]));
    for (name, means) in ROWS {
        let runs = seeds.each(name, |seed| all_arms(seed, means))?;
        let median = |f: &dyn Fn(&Seed) -> f64| Cell::median(runs.iter().map(f), 2);
        let last = |arm: &dyn Fn(&Seed) -> Ended| median(&|run| arm(run).last / run.none.last);
        let least = |arm: &dyn Fn(&Seed) -> Ended| median(&|run| arm(run).best / run.none.best);
        let mut cells = vec![median(&|run| run.none.best / run.none.last)];
        cells.extend([0, 1, 2].map(|i| last(&|run| run.gated[i])));
        end.push(name, cells);
        let mut cells = vec![last(&|run| run.random)];
        cells.extend([0, 1, 2].map(|i| last(&|run| run.slower[i])));
        controls.push(name, cells);
        let mut cells = vec![least(&|run| run.random)];
        cells.extend([0, 1, 2].map(|i| least(&|run| run.gated[i])));
        best.push(name, cells);
        let beats = |i: usize, other: &dyn Fn(&Seed) -> Ended| {
            Cell::count(runs.iter().map(|run| run.gated[i].last < other(run).last))
        };
        wins.push(
            name,
            [0, 1, 2].into_iter().flat_map(|i| {
                [
                    beats(i, &|run| run.none),
                    beats(i, &|run| run.random),
                    beats(i, &|run| run.slower[i]),
                ]
            }),
        );
        open.push(
            name,
            [0, 1, 2].map(|i| Cell::median(runs.iter().map(|run| 100.0 * run.gated[i].open), 1)),
        );
    }
    Ok(vec![
        end,
        controls.note(
            "random mask: as many parameters as hard opens, drawn anew at each step; \
             step as: no gate at a step smaller by the gate's mean weight",
        ),
        best,
        wins.note("slower: no gate at a step smaller by this gate's mean weight"),
        open,
    ])
}

fn all_arms(seed: u32, means: Means) -> Result<Seed, String> {
    let arm = |gate: Gate, share: f64| match means {
        Exhibit(knobs) => in_the_exhibit(seed, knobs, gate, share),
        Adam { noise, batch } => by_adam(seed, noise, batch, gate, share),
    };
    let gated = [
        arm(GATES[0], 1.0)?,
        arm(GATES[1], 1.0)?,
        arm(GATES[2], 1.0)?,
    ];
    Ok(Seed {
        none: arm(Gate::Off, 1.0)?,
        random: arm(Gate::Random, 1.0)?,
        slower: [
            arm(Gate::Off, gated[0].open)?,
            arm(Gate::Off, gated[1].open)?,
            arm(Gate::Off, gated[2].open)?,
        ],
        gated,
    })
}

/// A run with a gate and a share of the step size.
fn in_the_exhibit(
    seed: u32,
    knobs: &[(&str, &str)],
    gate: Gate,
    share: f64,
) -> Result<Ended, String> {
    let seed = seed.to_string();
    let step = (share * STEP_FRACTION).max(SMALLEST_FRACTION).to_string();
    let arm = [
        ("seed", seed.as_str()),
        ("weight-seed", &seed),
        ("gate", gate.name()),
        ("step-fraction", &step),
    ];
    let parameters: Vec<(&str, &str)> = arm.iter().chain(knobs).copied().collect();
    let mut session = opened("spectrum", &parameters)?;
    session.advance(u64::MAX, || true);
    let readings = session.exhibit().readings();
    Ok(Ended {
        best: value(&readings, "best-test-loss"),
        best_step: value(&readings, "best-test-step") as u64,
        last: value(&readings, "test-loss"),
        open: value(&readings, "gate-open-mean"),
    })
}

fn by_adam(seed: u32, noise: f64, batch: usize, gate: Gate, share: f64) -> Result<Ended, String> {
    let training = Training {
        mlp: network(seed)?,
        centred: true,
        optimiser: ADAM,
        step_size: share * ADAM_STEP,
        batch,
        steps: ADAM_STEPS,
        seed,
        gate,
    };
    training.on(&problem(noise, seed))
}

/// The exhibit's network at its defaults.
fn network(seed: u32) -> Result<Mlp, String> {
    let architecture = Architecture {
        inputs: 1,
        widths: vec![64, 64],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let mut weights = stream(seed, Stream::Weights);
    Mlp::random(architecture, 1.0, &mut weights).map_err(|error| error.to_string())
}

/// The exhibit's data with random inputs.
fn problem(noise: f64, seed: u32) -> Regression {
    Regression::new(Target::Sine, Inputs::Random, POINTS, noise, seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Otherwise the rows with Adam would not be beside the others.
    #[test]
    fn without_adam_a_run_is_the_exhibits_own() -> Result<(), String> {
        for (gate, batch) in [(Gate::Hard, "8"), (Gate::Random, "all"), (Gate::Snr, "all")] {
            let knobs = [
                ("seed", "3"),
                ("weight-seed", "3"),
                N40,
                RANDOM,
                ("noise", "0.6"),
                ("batch", batch),
                ("gate", gate.name()),
            ];
            let mut session = opened("spectrum", &knobs)?;
            session.advance(300, || true);
            let readings = session.exhibit().readings();
            let training = Training {
                mlp: network(3)?,
                centred: true,
                optimiser: Optimiser::GRADIENT_DESCENT,
                step_size: value(&readings, "step-size"),
                batch: batch.parse().unwrap_or(POINTS),
                steps: 300,
                seed: 3,
                gate,
            };
            let ended = training.on(&problem(0.6, 3))?;
            for (here, name) in [
                (ended.last, "test-loss"),
                (ended.best, "best-test-loss"),
                (ended.best_step as f64, "best-test-step"),
                (ended.open, "gate-open-mean"),
            ] {
                let there = value(&readings, name);
                assert!(
                    (here - there).abs() <= 1e-9 * there,
                    "{name}: {here} {there}"
                );
            }
        }
        Ok(())
    }
}
