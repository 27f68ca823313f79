//! Does the gate's own estimate stand in for a validation set?
//!
//! Each example of a batch is held out against the others: the test loss is to fall in a step by
//!
//! ```text
//! estimate      eta sum_k (mu_k^2 - sigma_k^2 / b)       from the batch alone, leave one out
//! first order   eta <grad L_test, mu>                    from the test points
//! curvature     first order - measured                   what a straight line leaves out
//! ```
//!
//! summed over steps, beside the measured fall of the test loss. With fresh data in every batch the
//! estimate is unbiased for the first order; with the same points again and again it is not.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{Gate, GradientMoments, Trainer};
use rand::seq::SliceRandom;

const WIDTH: usize = 32;
const NOISE: f64 = 0.5;
const BATCH: usize = 16;
/// Points that are used again and again, in turn.
const POINTS: usize = 40;
const TEST_POINTS: usize = 200;
const STEP_SIZE: f64 = 0.05;
const STEPS: u32 = 1_000;
/// Seeds of draws lie so far apart that no two runs share one.
const APART: u32 = 1 << 14;

/// Where batches come from, and whether labels belong to their inputs.
const ROWS: [(&str, bool, bool); 4] = [
    ("fresh data", true, true),
    ("the same 40 points", false, true),
    ("fresh data, shuffled labels", true, false),
    ("the same 40 points, shuffled labels", false, false),
];

/// Sums over a run, and where it would stop.
type Sums = [f64; 7];

/// One row for every kind of data.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut table = Table::new(
        "estimate",
        format!(
            "fall of the test loss over {STEPS} steps of size {STEP_SIZE}, batches of {BATCH}, noise \
             {NOISE}, median [min, max]"
        ),
    )
    .columns([
        "",
        "estimated",
        "first order",
        "measured",
        "curvature",
        "test loss at the best step",
        "where the estimate is best",
        "at the end",
    ]);
    for (name, fresh, labelled) in ROWS {
        let runs = seeds.each(name, |seed| run(seed, fresh, labelled))?;
        let cells = (0..7).map(|k| Cell::median(runs.iter().map(|run: &Sums| run[k]), 3));
        table.push(name, cells);
    }
    Ok(vec![table.note(
        "the test loss is half the mean squared distance to the true function",
    )])
}

/// Inputs and labels of a draw; the labels in a random order where they are shuffled.
fn draw(points: usize, seed: u32, labelled: bool) -> (DMatrix<f64>, DMatrix<f64>) {
    let regression = Regression::new(Target::Sine, Inputs::Random, points, NOISE, seed);
    let mut labels = regression.labels;
    if !labelled {
        labels.shuffle(&mut stream(seed, Stream::Directions));
    }
    let labels = DMatrix::from_row_slice(1, points, &labels);
    (regression.inputs, labels)
}

/// The gradient of the loss on some points, and the loss itself.
fn gradient(
    mlp: &Mlp,
    x: &DMatrix<f64>,
    y: &DMatrix<f64>,
) -> Result<(GradientMoments, f64), String> {
    let mut trainer = Trainer::full_batch(mlp.clone(), x.clone()).map_err(|e| e.to_string())?;
    let report = trainer.step(&SquaredLoss::new(y), 0.0, Gate::Off);
    let report = report.map_err(|e| e.to_string())?;
    Ok((trainer.batch_moments(), report.value))
}

fn run(seed: u32, fresh: bool, labelled: bool) -> Result<Sums, String> {
    let architecture = Architecture {
        inputs: 1,
        widths: vec![WIDTH],
        outputs: 1,
        activation: Activation::Tanh,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let mlp = Mlp::random(architecture, 1.0, &mut stream(seed, Stream::Weights));
    let mut mlp = mlp.map_err(|e| e.to_string())?;
    let first = seed.wrapping_mul(APART);
    let (points, labels) = draw(POINTS, first, labelled);
    let test = Regression::new(Target::Sine, Inputs::Random, TEST_POINTS, 0.0, first + 1);
    let test_labels = DMatrix::from_row_slice(1, TEST_POINTS, &test.labels);
    let (mut test_gradient, start) = gradient(&mlp, &test.inputs, &test_labels)?;
    let (mut estimated, mut first_order) = (0.0, 0.0);
    let (mut loss, mut best, mut highest) = (start, start, (0.0, start));
    for step in 0..STEPS {
        let (x, y) = match fresh {
            true => draw(BATCH, first + 2 + step, labelled),
            false => {
                let places = (0..BATCH).map(|i| (step as usize * BATCH + i) % POINTS);
                let places: Vec<usize> = places.collect();
                (
                    points.select_columns(&places),
                    labels.select_columns(&places),
                )
            }
        };
        let (moments, _) = gradient(&mlp, &x, &y)?;
        let b = BATCH as f64;
        let parts = moments.mean.iter().enumerate();
        let parts = parts.map(|(k, mean)| mean * mean - moments.variance(k) / b);
        estimated += STEP_SIZE * parts.sum::<f64>();
        let dot = test_gradient.mean.iter().zip(&moments.mean);
        first_order += STEP_SIZE * dot.map(|(a, b)| a * b).sum::<f64>();
        let mut trainer = Trainer::full_batch(mlp, x).map_err(|e| e.to_string())?;
        let stepped = trainer.step(&SquaredLoss::new(&y), STEP_SIZE, Gate::Off);
        stepped.map_err(|e| e.to_string())?;
        mlp = trainer.mlp().clone();
        (test_gradient, loss) = gradient(&mlp, &test.inputs, &test_labels)?;
        best = f64::min(best, loss);
        if estimated > highest.0 {
            highest = (estimated, loss);
        }
    }
    let measured = start - loss;
    Ok([
        estimated,
        first_order,
        measured,
        first_order - measured,
        best,
        highest.1,
        loss,
    ])
}
