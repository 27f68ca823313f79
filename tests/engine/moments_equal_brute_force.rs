//! Mean, mean square and variance over the batch of every parameter's
//! per-example gradient, against those gradients one by one.

use crate::naive;
use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, cases, network, normals, relative_error};
use nalgebra::DMatrix;
use ntk_playground::network::{Architecture, Backward, Forward, Mlp};
use ntk_playground::objective::{Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, GradientMoments, Trainer};
use proptest::prelude::*;

/// The engine's moments of a batch out of all examples.
fn moments(mlp: &Mlp, x: &DMatrix<f64>, y: &DMatrix<f64>, batch: &[usize]) -> GradientMoments {
    let mut forward = Forward::new();
    forward.run(mlp, &x.select_columns(batch));
    let mut g = DMatrix::zeros(y.nrows(), batch.len());
    SquaredLoss::new(y).gradient(&forward.outputs, batch, &mut g);
    let mut backward = Backward::new();
    backward.run(mlp, &forward, &g);
    let mut moments = GradientMoments::new();
    moments.compute(mlp, &forward, &backward);
    moments
}

fn squares(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    rows.iter()
        .map(|row| row.iter().map(|x| x * x).collect())
        .collect()
}

/// Largest relative error of the three moments.
fn error(mlp: &Mlp, x: &DMatrix<f64>, y: &DMatrix<f64>, batch: &[usize]) -> f64 {
    let got = moments(mlp, x, y, batch);
    assert_eq!(got.batch, batch.len());
    let each = Naive::of(mlp).example_gradients(&x.select_columns(batch), &y.select_columns(batch));
    let mean = relative_error(&got.mean, &naive::mean(&each));
    let mean_square = relative_error(&got.mean_square, &naive::mean(&squares(&each)));
    if batch.len() == 1 {
        return mean.max(mean_square);
    }
    let variance: Vec<f64> = (0..got.mean.len()).map(|k| got.variance(k)).collect();
    mean.max(mean_square)
        .max(relative_error(&variance, &naive::variance(&each)))
}

#[test]
fn for_every_kind_of_network_and_batch() {
    let mut worst = 0.0_f64;
    for activation in ACTIVATIONS {
        for parametrisation in PARAMETRISATIONS {
            for bias in [0.0, 1.0, 0.3] {
                for outputs in [1, 3] {
                    let shape = Architecture {
                        inputs: 2,
                        widths: vec![9, 7],
                        outputs,
                        activation,
                        parametrisation,
                        bias,
                    };
                    let mlp = network(shape.clone(), 1);
                    let (x, y) = (normals(2, 8, 2), normals(outputs, 8, 3));
                    for batch in [&[0, 1, 2, 3, 4, 5, 6, 7][..], &[6, 1, 3], &[4, 2], &[5]] {
                        let off = error(&mlp, &x, &y, batch);
                        assert!(off <= 1e-12, "{shape:?}, batch {batch:?}: {off:e}");
                        worst = worst.max(off);
                    }
                }
            }
        }
    }
    println!("worst relative error {worst:.1e}");
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn for_random_shapes(
        widths in prop::collection::vec(1_usize..10, 0..=3), inputs in 1_usize..4,
        outputs in 1_usize..4, b in 1_usize..12, kind in 0_usize..5, seed in 0_u64..1000,
    ) {
        let shape = Architecture {
            inputs,
            widths,
            outputs,
            activation: ACTIVATIONS[kind],
            parametrisation: PARAMETRISATIONS[seed as usize % 2],
            bias: [0.0, 1.0, 0.3][seed as usize % 3],
        };
        let mlp = network(shape, seed);
        let (x, y) = (normals(inputs, 12, seed + 1), normals(outputs, 12, seed + 2));
        let batch: Vec<usize> = (0..b).map(|i| (5 * i + 3) % 12).collect();
        let off = error(&mlp, &x, &y, &batch);
        prop_assert!(off <= 1e-12, "{off:e}");
    }
}

/// Squaring each output's share first would lose the cross terms: with three
/// outputs the two orders differ, and the engine's is the right one.
#[test]
fn outputs_are_contracted_before_squaring() {
    let shape = Architecture {
        inputs: 2,
        widths: vec![6],
        outputs: 3,
        activation: ACTIVATIONS[1],
        parametrisation: PARAMETRISATIONS[0],
        bias: 1.0,
    };
    let mlp = network(shape, 1);
    let (x, y) = (normals(2, 5, 2), normals(3, 5, 3));
    let got = moments(&mlp, &x, &y, &[0, 1, 2, 3, 4]);
    let net = Naive::of(&mlp);
    let right = naive::mean(&squares(&net.example_gradients(&x, &y)));
    let error = net.all_outputs(&x) - &y;
    let shares: Vec<Vec<f64>> = net
        .jacobian(&x)
        .into_iter()
        .zip(error.iter())
        .map(|(row, e)| row.iter().map(|d| e * d).collect())
        .collect();
    // 15 shares of 5 examples: three times the mean over shares.
    let wrong: Vec<f64> = naive::mean(&squares(&shares))
        .iter()
        .map(|m| 3.0 * m)
        .collect();
    // In the first layer: a parameter of the last one acts on one output only.
    let first = mlp.layers()[0].weights();
    assert!(relative_error(&wrong[first.clone()], &right[first]) > 0.1);
    assert!(relative_error(&got.mean_square, &right) <= 1e-12);
}

#[test]
fn a_trainer_keeps_those_of_the_batch_it_took() {
    let shape = Architecture {
        inputs: 2,
        widths: vec![6],
        outputs: 1,
        activation: ACTIVATIONS[1],
        parametrisation: PARAMETRISATIONS[0],
        bias: 1.0,
    };
    let (x, y) = (normals(2, 8, 2), normals(1, 8, 3));
    let sampler = BatchSampler::new(8, 5, stream(1, Stream::Batches));
    let mask = stream(1, Stream::Mask);
    let mut trainer = Trainer::new(network(shape, 1), x.clone(), false, sampler, mask);
    for _ in 0..3 {
        let before = trainer.mlp().clone();
        let taken = trainer.step(&SquaredLoss::new(&y), 0.1, Gate::Hard);
        taken.expect("a step");
        let right = moments(&before, &x, &y, trainer.sampler().batch());
        let kept = trainer.moments();
        assert_eq!(kept.batch, 5);
        assert!(relative_error(&kept.mean, &right.mean) <= 1e-12);
        assert!(relative_error(&kept.mean_square, &right.mean_square) <= 1e-12);
    }
}

#[test]
fn a_batch_of_one_has_no_spread_to_tell() {
    let shape = Architecture {
        inputs: 1,
        widths: vec![4],
        outputs: 1,
        activation: ACTIVATIONS[1],
        parametrisation: PARAMETRISATIONS[0],
        bias: 1.0,
    };
    let got = moments(
        &network(shape, 1),
        &normals(1, 3, 2),
        &normals(1, 3, 3),
        &[1],
    );
    for k in 0..got.mean.len() {
        assert!(!(got.variance(k).is_finite()), "parameter {k}");
    }
}
