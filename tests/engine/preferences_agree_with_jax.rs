//! A policy agrees with JAX, which takes the loss from the logarithms of the softmax probabilities without
//! cancelling their normalisers: value, g, B, gradient, moments, and a hundred steps.

use crate::naive::relative_error;
use crate::oracle;
use nalgebra::DMatrix;
use ntk_playground::network::{Backward, Forward, Mlp};
use ntk_playground::objective::{Comparison, Objective, PreferenceLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, GradientMoments, Trainer};

#[test]
fn in_everything_the_file_holds() {
    let peer: serde_json::Value =
        serde_json::from_str(include_str!("../oracle/preferences.json")).unwrap();
    let peer = &peer;
    let by_example = |name: &str| oracle::matrix(&peer[name]).transpose();
    let compare = |name: &str, got: &[f64], exact: &[f64]| {
        let error = relative_error(got, exact);
        println!("{name} {error:.1e}");
        assert!(error <= 1e-10, "{name} is off by {error:e}");
    };
    let network = |name: &str| {
        Mlp::from_parameters(oracle::architecture(peer), oracle::numbers(&peer[name])).unwrap()
    };
    let x = by_example("inputs");
    let outputs_of = |mlp: &Mlp| {
        let mut forward = Forward::new();
        forward.run(mlp, &x);
        forward
    };
    let reference = outputs_of(&network("reference")).outputs;
    compare(
        "reference",
        reference.as_slice(),
        by_example("reference_outputs").as_slice(),
    );
    let (p, n) = reference.shape();
    let pairs = by_example("pairs");
    let comparisons = (0..n).map(|i| {
        let [winner, loser] = [pairs[(0, i)], pairs[(1, i)]].map(|action| action as usize);
        Comparison {
            winner,
            loser,
            reference: reference[(winner, i)] - reference[(loser, i)],
        }
    });
    let beta = peer["beta"].as_f64().unwrap();
    let mut objective = PreferenceLoss::new(p, beta, comparisons.collect()).unwrap();
    let flipped: Vec<bool> = oracle::numbers(&peer["flipped"])
        .iter()
        .map(|flip| *flip == 1.0)
        .collect();
    assert!(flipped.contains(&true) && flipped.contains(&false));
    objective.set_flipped(&flipped).unwrap();
    let all: Vec<usize> = (0..n).collect();

    let mlp = network("parameters");
    let forward = outputs_of(&mlp);
    let outputs = &forward.outputs;
    let value = |outputs: &DMatrix<f64>| [objective.value(outputs, &all)];
    compare("value", &value(outputs), &[peer["value"].as_f64().unwrap()]);
    let mut g = DMatrix::zeros(p, n);
    objective.gradient(outputs, &all, &mut g);
    compare("g", g.as_slice(), by_example("output_gradient").as_slice());
    let mut hessian = DMatrix::zeros(p * n, p * n);
    let (mut unit, mut product) = (DMatrix::zeros(p, n), DMatrix::zeros(p, n));
    for k in 0..p * n {
        unit.fill(0.0);
        unit[k] = 1.0;
        objective.hessian(outputs, &all, &unit, &mut product);
        hessian.column_mut(k).copy_from_slice(product.as_slice());
    }
    let exact = oracle::matrix(&peer["hessian"]);
    compare("B", hessian.as_slice(), exact.as_slice());

    let mut backward = Backward::new();
    backward.run(&mlp, &forward, &g);
    let mut moments = GradientMoments::new();
    moments.compute(&mlp, &forward, &backward);
    let exact = oracle::numbers(&peer["gradient"]);
    compare("gradient", &moments.mean, &exact);
    let exact = oracle::numbers(&peer["mean_square"]);
    compare("mean square", &moments.mean_square, &exact);

    let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
    let mut trainer = Trainer::new(mlp, x.clone(), false, sampler, stream(1, Stream::Mask));
    let eta = peer["eta"].as_f64().unwrap();
    for _ in 0..peer["steps"].as_u64().unwrap() {
        trainer.step(&objective, eta, Gate::Off).unwrap();
    }
    let trained = outputs_of(trainer.mlp()).outputs;
    compare(
        "trained",
        trained.as_slice(),
        by_example("trained").as_slice(),
    );
    let exact = peer["trained_value"].as_f64().unwrap();
    compare("trained value", &value(&trained), &[exact]);
}
