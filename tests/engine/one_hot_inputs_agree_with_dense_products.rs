//! Inputs that are zeros and a few ones take a path of their own through the
//! first layer. Outputs, gradient and moments are those of plain loops all the same,
//! also where inputs only look one-hot.

use crate::naive;
use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, cases, network, normals, relative_error};
use nalgebra::DMatrix;
use ntk_playground::network::{Architecture, Backward, Forward};
use ntk_playground::objective::{Objective, SquaredLoss};
use ntk_playground::training::GradientMoments;
use proptest::prelude::*;

/// k ones in every column, then `spoil` of what makes the inputs one-hot.
fn inputs(d: usize, n: usize, k: usize, seed: usize, spoil: usize) -> DMatrix<f64> {
    let mut x = DMatrix::zeros(d, n);
    for i in 0..n {
        for j in 0..k {
            x[((seed + 7 * i + j * (i + 1)) % d, i)] = 1.0;
        }
    }
    match spoil {
        1 => x[(seed % d, n - 1)] = 0.5,
        2 => x.column_mut(n - 1).fill(0.0),
        3 => x.fill(0.0),
        4 => x[((seed + 1) % d, n / 2)] = 2.0,
        _ => {}
    }
    x
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn for_random_shapes(
        d in 1_usize..40, n in 1_usize..9, k in 1_usize..4, spoil in 0_usize..8,
        widths in prop::collection::vec(1_usize..9, 0..=2), p in 1_usize..4, seed in 0_usize..1000,
    ) {
        let shape = Architecture {
            inputs: d,
            widths,
            outputs: p,
            activation: ACTIVATIONS[seed % 5],
            parametrisation: PARAMETRISATIONS[seed % 2],
            bias: [0.0, 1.0, 0.3][seed % 3],
        };
        let mlp = network(shape, seed as u64);
        let (x, y) = (inputs(d, n, k, seed, spoil), normals(p, n, seed as u64 + 1));
        let mut forward = Forward::new();
        // Buffers remember another kind of inputs.
        forward.run(&mlp, &inputs(d, n + 1, 1, seed, seed % 4));
        forward.run(&mlp, &x);
        let exact = Naive::of(&mlp).all_outputs(&x);
        prop_assert!(relative_error(forward.outputs.as_slice(), exact.as_slice()) <= 1e-12);
        let batch: Vec<usize> = (0..n).collect();
        let mut g = DMatrix::zeros(p, n);
        SquaredLoss::new(&y).gradient(&forward.outputs, &batch, &mut g);
        let mut backward = Backward::new();
        backward.run(&mlp, &forward, &g);
        let mut moments = GradientMoments::new();
        moments.compute(&mlp, &forward, &backward);
        let each = Naive::of(&mlp).example_gradients(&x, &y);
        prop_assert!(relative_error(&moments.mean, &naive::mean(&each)) <= 1e-12);
        let squares: Vec<Vec<f64>> =
            each.iter().map(|row| row.iter().map(|x| x * x).collect()).collect();
        prop_assert!(relative_error(&moments.mean_square, &naive::mean(&squares)) <= 1e-12);
    }
}
