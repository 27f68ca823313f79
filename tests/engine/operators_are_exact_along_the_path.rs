//! With the Jacobian averaged along each step, the identities of a window are
//! exact for every optimiser, whatever the step size:
//!
//! ```text
//! g(T) = P g(s) + p,   U_Q(T) - U_Q(s) = -G g(s) + q,
//! Phi(s) - Phi(T) = g(s)' W g(s) + 2 w' g(s) + c
//! ```

use crate::naive::{network, normals};
use crate::windows::regression::{Run, architecture, errors, medians};
use crate::windows::{Window, step_size};
use nalgebra::DMatrix;
use ntk_playground::kernel::{Quadrature, Scheme};
use ntk_playground::network::{Activation, Mlp};
use ntk_playground::objective::CrossEntropy;
use ntk_playground::training::{Decay, Gate, Optimiser};

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
            let run = Run {
                activation,
                scheme,
                optimiser,
                ..Run::relu(16, 1, 250)
            };
            let found = run.errors(eta);
            println!("{name} {activation:?}: {found:?}");
            assert!(found.iter().all(|e| *e <= 1e-10), "{name}: {found:?}");
        }
    }
}

/// Longer, on wider networks: tests/slow/identities_of_long_runs.rs.
#[test]
fn relu_networks_at_and_past_the_limit() {
    for c in [0.25, 1.2] {
        let eta = |mlp: &Mlp, inputs: &DMatrix<f64>| step_size(mlp, inputs, c);
        let found = medians(2, |seed| Run::relu(32, seed, 300).errors(eta));
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
