//! A physics-informed network under the SNR gates and their controls.
//!
//! u'' = f on [0, 1] ([`Poisson`]) with 24 sensors of noise 0.2, a tanh network
//! 1-32-32-1 and Adam. From the same data and weights: no gate, the hard and
//! the snr gate, a random mask that opens as many parameters as the hard gate
//! at each step, and no gate at a step smaller by the hard gate's mean
//! active fraction.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::exhibit::Schedule;
use ntk_playground::network::JetForward;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::Poisson;
use ntk_playground::training::{BatchSampler, Gate, JetPass, Optimiser, Trainer};
use serde::{Deserialize, Serialize};

const SENSORS: usize = 24;
const NOISE: f64 = 0.2;
/// lambda.
const PHYSICS: f64 = 1e-3;
const COLLOCATION: [usize; 2] = [5, 32];
const STEP_SIZE: f64 = 0.003;
const ADAM: Optimiser = Optimiser::adam(0.9, 0.99, 1e-8);
const STEPS: u64 = 6_000;
/// Steps at which errors are looked at.
const SCHEDULE: Schedule = Schedule::new(50);

const GATES: [Gate; 4] = [Gate::Off, Gate::Hard, Gate::Snr, Gate::Random];
const ARMS: [&str; 5] = [
    "no gate",
    "hard",
    "snr",
    "random, as hard",
    "no gate, step as hard",
];

/// What a run came to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Ended {
    /// RMS error at the end.
    last: f64,
    /// Smallest RMS error on the way.
    best: f64,
    /// Its step.
    best_step: u64,
    /// Share of the sensors' noise in u at the end.
    memorised: f64,
    /// RMS of u'' - f at the end.
    residual: f64,
    /// Mean weight of the gate over all steps.
    open: f64,
}

/// One table for each number of collocation points.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let names = ["five", "many"];
    let tables = names.into_iter().zip(COLLOCATION);
    tables
        .map(|(name, points)| table(seeds, name, points))
        .collect()
}

fn table(seeds: &Seeds, name: &'static str, points: usize) -> Result<Table, String> {
    let mut table = Table::new(
        name,
        format!("{points} collocation points, median [min, max]"),
    )
    .columns([
        "",
        "RMS error at the end",
        "best",
        "step of the best",
        "noise memorised",
        "RMS of u'' - f",
        "open %",
        "end < no gate",
    ]);
    let runs = seeds.each(&format!("{points} collocation points"), |seed| {
        let run = |gate, share| trained(seed, points, gate, share);
        let [none, hard, snr, random] = GATES.map(|gate| run(gate, 1.0));
        let hard = hard?;
        Ok([none?, hard, snr?, random?, run(Gate::Off, hard.open)?])
    })?;
    for (i, arm) in ARMS.into_iter().enumerate() {
        let of =
            |f: fn(&Ended) -> f64, digits| Cell::median(runs.iter().map(|run| f(&run[i])), digits);
        table.push(
            arm,
            [
                of(|run| run.last, 3),
                of(|run| run.best, 3),
                of(|run| run.best_step as f64, 0),
                of(|run| run.memorised, 2),
                of(|run| run.residual, 1),
                of(|run| 100.0 * run.open, 1),
                Cell::count(runs.iter().map(|run| run[i].last < run[0].last)),
            ],
        );
    }
    Ok(table)
}

/// Trains to the end, with steps smaller by `share`.
fn trained(seed: u32, points: usize, gate: Gate, share: f64) -> Result<Ended, String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let problem = Poisson::new(SENSORS, points, NOISE, seed);
    let objective = problem.objective(PHYSICS).map_err(|e| words(&e))?;
    let examples = problem.inputs.ncols();
    let mut trainer = Trainer::with_pass(
        JetPass::new(),
        Poisson::network(seed).map_err(|e| words(&e))?,
        problem.inputs.clone(),
        false,
        BatchSampler::new(examples, examples, stream(seed, Stream::Batches)),
        stream(seed, Stream::Mask),
    );
    trainer.set_optimiser(ADAM).map_err(|e| words(&e))?;
    let mut test = JetForward::new();
    test.run(trainer.mlp(), &problem.test_inputs);
    let start = problem.rms_error(&test.outputs);
    let mut ended = Ended {
        last: start,
        best: start,
        best_step: 0,
        memorised: 0.0,
        residual: 0.0,
        open: 0.0,
    };
    for step in 1..=STEPS {
        let report = trainer
            .step(&objective, share * STEP_SIZE, gate)
            .map_err(|e| words(&e))?;
        ended.open += report.active_fraction / STEPS as f64;
        if SCHEDULE.is_due(step) || step == STEPS {
            test.run(trainer.mlp(), &problem.test_inputs);
            ended.last = problem.rms_error(&test.outputs);
            if ended.last < ended.best {
                (ended.best, ended.best_step) = (ended.last, step);
            }
        }
    }
    ended.residual = problem.rms_residual(&test.outputs);
    let mut train = JetForward::new();
    train.run(trainer.mlp(), trainer.inputs());
    ended.memorised = problem.memorised(&train.outputs);
    Ok(ended)
}
