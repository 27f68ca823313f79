//! Does the gate make a validation set redundant?
//!
//! 48 random points of sin(1.5 pi x) with noise 0.3 and a ReLU network with
//! two hidden layers of 64, in the standard parametrisation. A validation set would stop the ungated run at its best step; the
//! gate is to end as well without one.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::training::{Ended, Training};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{Gate, Optimiser};
use std::f64::consts::PI;

const POINTS: usize = 48;
const NOISE: f64 = 0.3;
const STEPS: u64 = 6_000;
/// Standard deviation of the biases at the start. With all of them at 0 every
/// kink begins at x = 0, and a gate that stops early keeps them there.
const BIAS: f64 = 0.1;
const GATES: [Gate; 3] = [Gate::Off, Gate::Hard, Gate::Random];

/// A way to train: its name, direction, step size and batch.
const RULES: [(&str, Optimiser, f64, usize); 2] = [
    (
        "Adam .003, all",
        Optimiser::adam(0.9, 0.99, 1e-8),
        0.003,
        POINTS,
    ),
    ("GD .1, b 8", Optimiser::GRADIENT_DESCENT, 0.1, 8),
];

/// Best and last test error of every gate under both ways to train.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut table = Table::new(
        "validation",
        "test error at its best and at the end, median [min, max]",
    )
    .columns([
        "",
        "best",
        "step of the best",
        "end",
        "end / best of no gate",
        "open %",
    ]);
    for (name, optimiser, step_size, batch) in RULES {
        let runs = seeds.each(name, |seed| {
            let run = |gate| trained(seed, optimiser, step_size, batch, gate);
            Ok([run(GATES[0])?, run(GATES[1])?, run(GATES[2])?])
        })?;
        for (i, gate) in GATES.into_iter().enumerate() {
            let of = |f: fn(&Ended) -> f64, digits| {
                Cell::median(runs.iter().map(|run| f(&run[i])), digits)
            };
            let over_best = runs.iter().map(|run| run[i].last / run[0].best);
            table.push(
                format!("{name}, {}", gate.name()),
                [
                    of(|run| run.best, 4),
                    of(|run| run.best_step as f64, 0),
                    of(|run| run.last, 4),
                    Cell::median(over_best, 2),
                    of(|run| 100.0 * run.open, 1),
                ],
            );
        }
    }
    Ok(vec![table])
}

fn trained(
    seed: u32,
    optimiser: Optimiser,
    step_size: f64,
    batch: usize,
    gate: Gate,
) -> Result<Ended, String> {
    let architecture = Architecture {
        inputs: 1,
        widths: vec![64, 64],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Standard,
        bias: BIAS,
    };
    let mut weights = stream(seed, Stream::Weights);
    let mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
    let training = Training {
        mlp,
        centred: false,
        optimiser,
        step_size,
        batch,
        steps: STEPS,
        seed,
        gate,
    };
    training.on(&problem(seed))
}

/// The data of a seed, with the labels' noise around another true function.
fn problem(seed: u32) -> Regression {
    let mut problem = Regression::new(Target::Sine, Inputs::Random, POINTS, NOISE, seed);
    let truth = |x: &f64| libm::sin(1.5 * PI * x);
    let old = problem.signal().unwrap_or_default().to_vec();
    let inputs = problem.inputs.iter();
    for ((label, old), x) in problem.labels.iter_mut().zip(&old).zip(inputs) {
        *label += truth(x) - old;
    }
    if let Some(known) = &mut problem.truth {
        known.signal = problem.inputs.iter().map(truth).collect();
        known.test_signal = problem.test_inputs.iter().map(truth).collect();
    }
    problem
}
