//! A classifier agrees with JAX: outputs, kernel, cross-entropy with its
//! gradient and Hessian, moments, and a hundred steps of gradient descent.

use crate::naive::relative_error;
use crate::oracle;
use nalgebra::DMatrix;
use ntk_playground::kernel::train_kernel;
use ntk_playground::network::{Backward, Forward, Mlp, TangentFactors};
use ntk_playground::objective::{CrossEntropy, Objective};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, GradientMoments, Trainer};

#[test]
fn in_everything_the_file_holds() {
    let peer = &oracle::everything()["classification"];
    let by_example = |name: &str| oracle::matrix(&peer[name]).transpose();
    let compare = |name: &str, got: &[f64], exact: &[f64]| {
        let error = relative_error(got, exact);
        println!("{name} {error:.1e}");
        assert!(error <= 1e-10, "{name} is off by {error:e}");
    };
    let shape = oracle::architecture(peer);
    let mlp = Mlp::from_parameters(shape, oracle::numbers(&peer["parameters"])).unwrap();
    let x = by_example("inputs");
    let (p, n) = (3, x.ncols());
    let labels = oracle::numbers(&peer["labels"])
        .into_iter()
        .map(|y| y as usize);
    let objective = CrossEntropy::new(p, labels.collect()).unwrap();
    let all: Vec<usize> = (0..n).collect();

    let factors = TangentFactors::new(&mlp, &x);
    let exact = oracle::matrix(&peer["train_kernel"]);
    compare("K_SS", train_kernel(&factors).as_slice(), exact.as_slice());

    let mut forward = Forward::new();
    forward.run(&mlp, &x);
    let outputs = &forward.outputs;
    compare(
        "outputs",
        outputs.as_slice(),
        by_example("outputs").as_slice(),
    );
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
    compare(
        "B",
        hessian.as_slice(),
        oracle::matrix(&peer["hessian"]).as_slice(),
    );

    let mut backward = Backward::new();
    backward.run(&mlp, &forward, &g);
    let mut moments = GradientMoments::new();
    moments.compute(&mlp, &forward, &backward);
    compare(
        "gradient",
        &moments.mean,
        &oracle::numbers(&peer["gradient"]),
    );
    let exact = oracle::numbers(&peer["mean_square"]);
    compare("mean square", &moments.mean_square, &exact);

    let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
    let mut trainer = Trainer::new(mlp, x.clone(), false, sampler, stream(1, Stream::Mask));
    let eta = peer["eta"].as_f64().unwrap();
    for _ in 0..peer["steps"].as_u64().unwrap() {
        trainer.step(&objective, eta, Gate::Off).unwrap();
    }
    forward.run(trainer.mlp(), &x);
    compare(
        "trained",
        forward.outputs.as_slice(),
        by_example("trained").as_slice(),
    );
    let exact = peer["trained_value"].as_f64().unwrap();
    compare("trained value", &value(&forward.outputs), &[exact]);
}
