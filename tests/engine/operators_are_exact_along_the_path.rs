//! With the Jacobian averaged along each step, the identities of a window are
//! exact for every optimiser, whatever the step size:
//!
//! ```text
//! g(T) = P g(s) + p,   U_Q(T) - U_Q(s) = -G g(s) + q,
//! Phi(s) - Phi(T) = g(s)' W g(s) + 2 w' g(s) + c
//! ```

use crate::naive::{network, normals};
use crate::windows::{Window, step_size};
use nalgebra::DMatrix;
use ntk_playground::kernel::{Quadrature, Scheme};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::{CrossEntropy, Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Decay, Gate, Optimiser, Trainer};

fn architecture(
    activation: Activation,
    inputs: usize,
    width: usize,
    outputs: usize,
) -> Architecture {
    Architecture {
        inputs,
        widths: vec![width; 2],
        outputs,
        activation,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    }
}

/// Errors of propagator, test points and loss.
fn errors(window: &Window, objective: &dyn Objective) -> [f64; 3] {
    [
        window.propagator_error(objective),
        window.test_error(),
        window.drop_error(objective),
    ]
}

/// Noisy 1D regression on 24 points, at noise 0.5.
fn regression(
    activation: Activation,
    width: usize,
    seed: u32,
    scheme: Scheme,
    optimiser: Optimiser,
    eta: impl Fn(&Mlp, &DMatrix<f64>) -> f64,
    steps: usize,
) -> [f64; 3] {
    let problem = Regression::new(Target::Sine, Inputs::Grid, 24, 0.5, seed);
    let test = problem.test_inputs.columns_with_step(0, 51, 3).into_owned();
    let shape = architecture(activation, 1, width, 1);
    let mlp = Mlp::random(shape, 1.0, &mut stream(seed, Stream::Weights)).expect("not empty");
    let eta = eta(&mlp, &problem.inputs);
    let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, 24, &problem.labels));
    let sampler = BatchSampler::new(24, 24, stream(3, Stream::Batches));
    let mask = stream(3, Stream::Mask);
    let mut trainer = Trainer::new(mlp, problem.inputs.clone(), false, sampler, mask);
    trainer.set_optimiser(optimiser).expect("in range");
    let mut window = Window::at(trainer, &test, scheme, &objective);
    window.run(steps, &objective, eta, Gate::Off);
    errors(&window, &objective)
}

fn descent(c: f64) -> impl Fn(&Mlp, &DMatrix<f64>) -> f64 {
    move |mlp, inputs| step_size(mlp, inputs, c)
}

fn median(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    0.5 * (sample[(sample.len() - 1) / 2] + sample[sample.len() / 2])
}

/// Medians over six seeds.
fn medians(one: impl Fn(u32) -> [f64; 3]) -> [f64; 3] {
    let all: Vec<[f64; 3]> = (1..=6).map(one).collect();
    [0, 1, 2].map(|which| median(all.iter().map(|errors| errors[which]).collect()))
}

const OPTIMISERS: [(&str, Optimiser, f64); 4] = [
    ("descent", Optimiser::GRADIENT_DESCENT, 0.0),
    ("momentum", Optimiser::momentum(0.9), 0.0),
    ("adam", Optimiser::adam(0.9, 0.999, 1e-8), 0.01),
    (
        "adamw",
        Optimiser::adam(0.9, 0.999, 1e-8).with_decay(Decay::Decoupled {
            rate: 0.1,
            masked: false,
        }),
        0.01,
    ),
];

#[test]
fn smooth_networks_to_ten_digits() {
    for (name, optimiser, rate) in OPTIMISERS {
        let eta = move |mlp: &Mlp, inputs: &DMatrix<f64>| match rate {
            0.0 => step_size(mlp, inputs, if name == "momentum" { 0.025 } else { 0.25 }),
            rate => rate,
        };
        let scheme = Scheme::Path(Quadrature::fixed(4));
        for activation in [Activation::Tanh, Activation::Softplus] {
            let found = regression(activation, 32, 1, scheme, optimiser, eta, 250);
            println!("{name} {activation:?}: {found:?}");
            assert!(found.iter().all(|e| *e <= 1e-10), "{name}: {found:?}");
        }
    }
}

#[test]
fn relu_networks_at_and_past_the_limit() {
    for c in [0.25, 1.0, 1.2] {
        let one = |seed| {
            let descends = Optimiser::GRADIENT_DESCENT;
            regression(
                Activation::Relu,
                64,
                seed,
                Scheme::PATH,
                descends,
                descent(c),
                1000,
            )
        };
        let found = medians(one);
        println!("c = {c}: {found:?}");
        for (found, most) in found.into_iter().zip([1e-3, 5e-4, 1e-4]) {
            assert!(found <= most, "c = {c}: {found:e} above {most:e}");
        }
    }
}

#[test]
fn cross_entropy_of_three_classes() {
    let n = 18;
    let x = normals(2, n, 5);
    let labels = (0..n).map(|i| usize::from(x[(0, i)] > 0.0) + usize::from(x[(1, i)] > 0.3));
    let objective = CrossEntropy::new(3, labels.collect()).expect("three classes");
    let mlp = network(architecture(Activation::Tanh, 2, 16, 3), 5);
    let q = normals(2, 15, 6);
    let scheme = Scheme::Path(Quadrature::fixed(4));
    let mut window = Window::open(mlp, &x, &q, n, scheme, &objective);
    window.run(250, &objective, 0.1, Gate::Off);
    let found = errors(&window, &objective);
    println!("{found:?}");
    assert!(found.iter().all(|e| *e <= 1e-9), "{found:?}");
}
