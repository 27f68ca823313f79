//! Gradient, moments and masks on sensors and collocation points, against the
//! examples' gradients one by one.

use crate::naive::gate::{assert_definition, assert_weights, count, mask, open};
use crate::naive::jets::all_jets;
use crate::naive::{ACTIVATIONS, PARAMETRISATIONS, mean, network, relative_error, variance};
use nalgebra::DMatrix;
use ntk_playground::network::{Architecture, JetForward, Mlp};
use ntk_playground::objective::Objective;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::Poisson;
use ntk_playground::training::{BatchSampler, Gate, GradientMoments, JetPass, Pass, Trainer};

const PHYSICS: f64 = 1e-3;
/// Small enough for a deep network of squares.
const ETA: f64 = 1e-6;

fn shapes() -> Vec<Architecture> {
    let mut shapes = Vec::new();
    for activation in ACTIVATIONS {
        for parametrisation in PARAMETRISATIONS {
            for (widths, bias) in [
                (vec![], 1.0),
                (vec![9], 0.0),
                (vec![9, 7], 1.0),
                (vec![4, 6, 5], 0.3),
            ] {
                shapes.push(Architecture {
                    inputs: 1,
                    widths,
                    outputs: 1,
                    activation,
                    parametrisation,
                    bias,
                });
            }
        }
    }
    shapes
}

/// L_i of the definition, from the equations written out.
fn example_loss(problem: &Poisson, i: usize, jet: &[f64]) -> f64 {
    let b = problem.inputs.ncols() as f64;
    let sensors = problem.sensor_count();
    if i < sensors {
        let error = jet[0] - problem.readings[i];
        b / sensors as f64 * error * error / 2.0
    } else {
        let error = jet[2] - Poisson::source(problem.inputs[i]);
        b / problem.collocation_count() as f64 * PHYSICS * error * error / 2.0
    }
}

/// Each example's own gradient: the derivative of its L_i, by a pass of that
/// example alone with its weight as the definition has it.
fn each(problem: &Poisson, mlp: &Mlp, batch: &[usize]) -> Vec<Vec<f64>> {
    let b = problem.inputs.ncols() as f64;
    let sensors = problem.sensor_count();
    let rows = batch.iter().map(|&i| {
        let x = problem.inputs.columns(i, 1).into_owned();
        let jet = all_jets(mlp.architecture(), mlp.parameters(), &x);
        let seed = if i < sensors {
            [
                b / sensors as f64 * (jet[0] - problem.readings[i]),
                0.0,
                0.0,
            ]
        } else {
            let weight = b / problem.collocation_count() as f64 * PHYSICS;
            [0.0, 0.0, weight * (jet[2] - Poisson::source(x[0]))]
        };
        let mut pass = JetPass::new();
        pass.forward(mlp, &x);
        pass.backward(mlp, &DMatrix::from_column_slice(3, 1, &seed));
        let mut out = vec![0.0; mlp.parameters().len()];
        pass.gradient(mlp, &mut out);
        out
    });
    rows.collect()
}

fn trainer(problem: &Poisson, mlp: &Mlp, batch: usize) -> Trainer<JetPass> {
    let n = problem.inputs.ncols();
    Trainer::with_pass(
        JetPass::new(),
        mlp.clone(),
        problem.inputs.clone(),
        false,
        BatchSampler::new(n, batch, stream(3, Stream::Batches)),
        stream(3, Stream::Mask),
    )
}

/// The one-by-one gradients are derivatives of the L_i.
#[test]
fn example_gradients_are_derivatives_of_the_examples_losses() {
    let problem = Poisson::new(4, 3, 0.2, 1);
    let all: Vec<usize> = (0..7).collect();
    let mut worst = 0.0_f64;
    for shape in shapes() {
        if shape.activation == ACTIVATIONS[0] {
            continue;
        }
        let mlp = network(shape.clone(), 5);
        let loss = |w: &[f64], i: usize| {
            let x = problem.inputs.columns(i, 1).into_owned();
            example_loss(&problem, i, all_jets(&shape, w, &x).as_slice())
        };
        for (i, got) in each(&problem, &mlp, &all).into_iter().enumerate() {
            let mut w = mlp.parameters().to_vec();
            let h = 1e-3;
            let expected: Vec<f64> = (0..w.len())
                .map(|k| {
                    let mut at = |offset: f64| {
                        w[k] = mlp.parameters()[k] + offset;
                        let loss = loss(&w, i);
                        w[k] = mlp.parameters()[k];
                        loss
                    };
                    (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h)
                })
                .collect();
            let off = relative_error(&got, &expected);
            assert!(off <= 1e-7, "{shape:?}, example {i}: {off:e}");
            worst = worst.max(off);
        }
    }
    println!("worst relative error {worst:.1e}");
}

#[test]
fn moments_equal_those_of_the_examples() {
    let problem = Poisson::new(7, 5, 0.2, 2);
    let all: Vec<usize> = (0..12).collect();
    let objective = problem.objective(PHYSICS).unwrap();
    let mut worst = 0.0_f64;
    for shape in shapes() {
        let mlp = network(shape.clone(), 6);
        let mut pass = JetPass::new();
        for batch in [&all[..], &[11, 2, 6, 8], &[3]] {
            let x = problem.inputs.select_columns(batch);
            pass.forward(&mlp, &x);
            let mut g = DMatrix::zeros(3, batch.len());
            objective.gradient(pass.outputs(), batch, &mut g);
            pass.backward(&mlp, &g);
            let mut got = GradientMoments::new();
            got.mean.resize(mlp.parameters().len(), 0.0);
            pass.gradient(&mlp, &mut got.mean);
            pass.mean_square(&mlp, &mut got);
            assert_eq!(got.batch, batch.len());
            let each = each(&problem, &mlp, batch);
            let squares: Vec<Vec<f64>> = each
                .iter()
                .map(|row| row.iter().map(|x| x * x).collect())
                .collect();
            let mut off = relative_error(&got.mean, &mean(&each))
                .max(relative_error(&got.mean_square, &mean(&squares)));
            if batch.len() > 1 {
                let got: Vec<f64> = (0..got.mean.len()).map(|k| got.variance(k)).collect();
                off = off.max(relative_error(&got, &variance(&each)));
            }
            assert!(off <= 1e-12, "{shape:?}, batch {batch:?}: {off:e}");
            worst = worst.max(off);
        }
    }
    println!("worst relative error {worst:.1e}");
}

#[test]
fn masks_of_the_trainer_equal_those_of_the_examples() {
    let problem = Poisson::new(9, 4, 0.2, 3);
    let objective = problem.objective(PHYSICS).unwrap();
    for shape in shapes() {
        let start = network(shape.clone(), 7);
        for batch in [13, 6] {
            let mut trainer = trainer(&problem, &start, batch);
            for _ in 0..4 {
                let before = trainer.mlp().clone();
                let report = trainer.step(&objective, ETA, Gate::Hard).unwrap();
                let each = each(&problem, &before, trainer.sampler().batch());
                let open = open(trainer.mask());
                let clear = assert_definition(&open, &each);
                assert!(clear + 3 > open.len(), "{shape:?}: {clear}");
                assert_eq!(report.open, count(&open));
                for (k, mu) in mean(&each).into_iter().enumerate() {
                    let change = trainer.mlp().parameters()[k] - before.parameters()[k];
                    let expected = if open[k] { -ETA * mu } else { 0.0 };
                    assert!(
                        (change - expected).abs() <= 1e-15 + 1e-12 * ETA * mu.abs(),
                        "{shape:?}"
                    );
                }
            }
        }
        for gate in [Gate::Soft, Gate::Snr] {
            let mut trainer = trainer(&problem, &start, 13);
            trainer.step(&objective, ETA, gate).unwrap();
            let each = each(&problem, &start, trainer.sampler().batch());
            assert!(assert_weights(&each) <= 1e-12);
            let exact = mask(gate, &each);
            let off = relative_error(&trainer.mask().weights, &exact.weights);
            assert!(off <= 1e-9, "{shape:?}, {}: {off:e}", gate.name());
        }
        let hard = trainer(&problem, &start, 13)
            .step(&objective, ETA, Gate::Hard)
            .unwrap();
        let random = trainer(&problem, &start, 13)
            .step(&objective, ETA, Gate::Random)
            .unwrap();
        assert_eq!(hard.open, random.open);
    }
}

/// The mean of the examples' losses is the loss that is written in the task.
#[test]
fn the_objective_is_the_loss_as_it_is_written() {
    let problem = Poisson::new(6, 5, 0.2, 4);
    let mlp = network(shapes().pop().unwrap(), 8);
    let jets = all_jets(mlp.architecture(), mlp.parameters(), &problem.inputs);
    let mean_of =
        |errors: Vec<f64>| errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64;
    let sensors = (0..6).map(|i| jets[(0, i)] - problem.readings[i]).collect();
    let physics = (6..11).map(|i| jets[(2, i)] - Poisson::source(problem.inputs[i]));
    let written = mean_of(sensors) / 2.0 + PHYSICS * mean_of(physics.collect()) / 2.0;
    let all: Vec<usize> = (0..11).collect();
    let value = problem.objective(PHYSICS).unwrap().value(&jets, &all);
    assert!((value / written - 1.0).abs() <= 1e-14);
    let examples = all
        .iter()
        .map(|&i| example_loss(&problem, i, jets.column(i).as_slice()));
    assert!((examples.sum::<f64>() / 11.0 / written - 1.0).abs() <= 1e-14);
}

/// A trainer on jets reads the same u as a forward pass of its network.
#[test]
fn centring_takes_the_jets_of_step_0_off() {
    let problem = Poisson::new(6, 5, 0.2, 4);
    let mlp = network(shapes().pop().unwrap(), 8);
    let mut forward = JetForward::new();
    forward.run(&mlp, &problem.inputs);
    let n = problem.inputs.ncols();
    let sampler = || BatchSampler::new(n, n, stream(3, Stream::Batches));
    let mask = || stream(3, Stream::Mask);
    let new = |centred| {
        let x = problem.inputs.clone();
        Trainer::with_pass(JetPass::new(), mlp.clone(), x, centred, sampler(), mask())
    };
    assert_eq!(new(true).origin(), &forward.outputs);
    assert!(new(false).origin().iter().all(|v| *v == 0.0));
}
