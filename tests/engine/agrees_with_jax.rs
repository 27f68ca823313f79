//! Networks of every kind agree with JAX: outputs, kernels, gradients, moments, and
//! what a hundred steps of gradient descent make of them.
//!
//! oracle/generate.py says what the numbers are and how to make them anew.

use crate::naive::relative_error;
use crate::oracle::{architecture, everything, matrix, numbers};
use nalgebra::DMatrix;
use ntk_playground::kernel::{cross_kernel, train_kernel};
use ntk_playground::network::{Backward, Forward, Mlp, TangentFactors};
use ntk_playground::objective::{Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, GradientMoments, Trainer};
use serde_json::Value;

const TOLERANCE: f64 = 1e-10;

/// The error of everything that the file holds about one network, by name.
fn errors(peer: &Value) -> Vec<(&'static str, f64)> {
    let mlp = Mlp::from_parameters(architecture(peer), numbers(&peer["parameters"])).unwrap();
    // Rows of the file are examples; here, columns are.
    let [x, q, y] = ["inputs", "test_inputs", "targets"].map(|k| matrix(&peer[k]).transpose());
    let n = x.ncols();
    let mut found = Vec::new();
    let mut compare = |name: &'static str, got: &[f64], exact: &[f64]| {
        found.push((name, relative_error(got, exact)));
    };
    let scalar = |name: &str| [peer[name].as_f64().unwrap()];
    let by_example = |name: &str| matrix(&peer[name]).transpose();

    let (train, test) = (TangentFactors::new(&mlp, &x), TangentFactors::new(&mlp, &q));
    let exact = by_example("outputs");
    compare("outputs", train.outputs.as_slice(), exact.as_slice());
    let exact = matrix(&peer["train_kernel"]);
    compare("K_SS", train_kernel(&train).as_slice(), exact.as_slice());
    let exact = matrix(&peer["cross_kernel"]);
    compare(
        "K_QS",
        cross_kernel(&test, &train).as_slice(),
        exact.as_slice(),
    );

    let objective = SquaredLoss::new(&y);
    let all: Vec<usize> = (0..n).collect();
    let mut forward = Forward::new();
    forward.run(&mlp, &x);
    let mut g = DMatrix::zeros(y.nrows(), n);
    objective.gradient(&forward.outputs, &all, &mut g);
    let mut backward = Backward::new();
    backward.run(&mlp, &forward, &g);
    let mut moments = GradientMoments::new();
    moments.compute(&mlp, &forward, &backward);
    let value = objective.value(&forward.outputs, &all);
    compare("loss", &[value], &scalar("value"));
    compare("gradient", &moments.mean, &numbers(&peer["gradient"]));
    compare("mean", &moments.mean, &numbers(&peer["mean"]));
    let exact = numbers(&peer["mean_square"]);
    compare("mean square", &moments.mean_square, &exact);

    let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
    let mask = stream(1, Stream::Mask);
    let mut trainer = Trainer::new(mlp, x.clone(), true, sampler, mask);
    let [eta] = scalar("eta");
    for _ in 0..peer["steps"].as_u64().unwrap() {
        trainer.step(&objective, eta, Gate::Off).unwrap();
    }
    forward.run(trainer.mlp(), &x);
    let trained = &forward.outputs - trainer.origin();
    compare(
        "trained",
        trained.as_slice(),
        by_example("trained").as_slice(),
    );
    let value = objective.value(&trained, &all);
    compare("trained loss", &[value], &scalar("trained_value"));
    forward.run(trainer.mlp(), &q);
    let trained = &forward.outputs - test.outputs.as_ref();
    let exact = by_example("trained_test");
    compare("trained, test", trained.as_slice(), exact.as_slice());
    found
}

#[test]
fn in_everything_the_file_holds() {
    let file = everything();
    let networks = file["networks"].as_object().unwrap();
    assert_eq!(networks.len(), 6);
    for (name, peer) in networks {
        for (what, error) in errors(peer) {
            println!("{name}: {what} {error:.1e}");
            assert!(error <= TOLERANCE, "{name}: {what} is off by {error:e}");
        }
    }
}
