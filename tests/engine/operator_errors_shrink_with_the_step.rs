//! Over the same span of time with steps of half the size, the error of the
//! test identity halves under the left scheme (first order) and falls by four
//! under the secant (second order), for a smooth network. For ReLU it does
//! neither: the path crosses kinks at every step size.

use crate::naive::{network, normals};
use crate::windows::{Window, step_size};
use ntk_playground::kernel::Scheme;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::{CrossEntropy, Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::Gate;

const SEEDS: [u32; 5] = [1, 2, 3, 4, 5];

fn median(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    sample[sample.len() / 2]
}

fn architecture(activation: Activation, inputs: usize, outputs: usize) -> Architecture {
    Architecture {
        inputs,
        widths: vec![32, 32],
        outputs,
        activation,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    }
}

/// Error of the test identity on noisy 1D regression after `steps` at c.
fn regression_error(
    activation: Activation,
    seed: u32,
    scheme: Scheme,
    c: f64,
    steps: usize,
) -> f64 {
    let problem = Regression::new(Target::Sine, Inputs::Grid, 24, 0.5, seed);
    let test = problem.test_inputs.columns_with_step(0, 51, 3).into_owned();
    let shape = architecture(activation, 1, 1);
    let mlp = Mlp::random(shape, 1.0, &mut stream(seed, Stream::Weights)).expect("not empty");
    let eta = step_size(&mlp, &problem.inputs, c);
    let y = nalgebra::DMatrix::from_row_slice(1, 24, &problem.labels);
    let objective = SquaredLoss::new(&y);
    let mut window = Window::open(mlp, &problem.inputs, &test, 24, scheme, &objective);
    window.run(steps, &objective, eta, Gate::Off);
    window.test_error()
}

/// Median over seeds of error(c) / error(c / 2).
fn gain(activation: Activation, scheme: Scheme, c: f64, steps: usize) -> f64 {
    let ratio = |&seed| {
        regression_error(activation, seed, scheme, c, steps)
            / regression_error(activation, seed, scheme, c / 2.0, 2 * steps)
    };
    median(SEEDS.iter().map(ratio).collect())
}

#[test]
fn softplus_is_first_order_left_and_second_order_secant() {
    let left = gain(Activation::Softplus, Scheme::Left, 0.25, 200);
    let secant = gain(Activation::Softplus, Scheme::Secant, 0.25, 200);
    println!("left {left:.2} secant {secant:.2}");
    assert!((1.7..=2.3).contains(&left), "left {left}");
    assert!((3.0..=5.0).contains(&secant), "secant {secant}");
}

#[test]
fn relu_does_not_vanish() {
    let left = gain(Activation::Relu, Scheme::Left, 0.25, 200);
    println!("relu left {left:.2}");
    assert!(left < 1.6, "left {left}");
}

#[test]
fn cross_entropy_is_first_order() {
    let ratio = |&seed: &u32| {
        let n = 18;
        let x = normals(2, n, u64::from(seed));
        let labels: Vec<usize> = (0..n)
            .map(|i| usize::from(x[(0, i)] > 0.0) + usize::from(x[(1, i)] > 0.3))
            .collect();
        let objective: &dyn Objective = &CrossEntropy::new(3, labels).expect("three classes");
        let q = normals(2, 15, u64::from(seed) + 100);
        let mlp = network(architecture(Activation::Softplus, 2, 3), u64::from(seed));
        let errors = |c: f64, steps| {
            let eta = step_size(&mlp, &x, c);
            let mut window = Window::open(mlp.clone(), &x, &q, n, Scheme::Left, objective);
            window.run(steps, objective, eta, Gate::Off);
            [window.test_error(), window.propagator_error(objective)]
        };
        let (coarse, fine) = (errors(0.25, 100), errors(0.125, 200));
        [coarse[0] / fine[0], coarse[1] / fine[1]]
    };
    let ratios: Vec<[f64; 2]> = SEEDS.iter().map(ratio).collect();
    for (which, name) in ["test identity", "propagator"].iter().enumerate() {
        let middle = median(ratios.iter().map(|r| r[which]).collect());
        println!("cross-entropy {name} {middle:.2}");
        assert!((1.7..=2.3).contains(&middle), "{name} {middle}");
    }
}
