//! P, W' and G of 200 steps of a tanh network with two outputs agree with sums
//! of JAX's explicit Jacobians, under both schemes.
//!
//! oracle/generate.py says what the numbers are and how to make them anew.

use crate::naive::relative_error;
use crate::oracle::{architecture, everything, matrix, numbers};
use crate::windows::Window;
use ntk_playground::kernel::Scheme;
use ntk_playground::network::Mlp;
use ntk_playground::objective::SquaredLoss;
use ntk_playground::training::Gate;

const TOLERANCE: f64 = 1e-8;

#[test]
fn after_two_hundred_steps() {
    let file = everything();
    let peer = &file["windows"];
    let [x, q, y] = ["inputs", "test_inputs", "targets"].map(|k| matrix(&peer[k]).transpose());
    let (n, eta) = (x.ncols(), peer["eta"].as_f64().unwrap());
    let steps = peer["steps"].as_u64().unwrap() as usize;
    assert_eq!(steps, 200);
    let objective = SquaredLoss::new(&y);
    for (scheme, name) in [(Scheme::Left, "left"), (Scheme::Secant, "secant")] {
        let mlp = Mlp::from_parameters(architecture(peer), numbers(&peer["parameters"])).unwrap();
        let mut window = Window::open(mlp, &x, &q, n, scheme, &objective);
        window.run(steps, &objective, eta, Gate::Off);
        let got = &window.operators.integrated;
        let exact = &peer["schemes"][name];
        for (what, got) in [
            ("propagator", got.propagator()),
            ("dissipation", got.dissipation().expect("gradient descent")),
            ("transfer", got.transfer()),
        ] {
            let error = relative_error(got.as_slice(), matrix(&exact[what]).as_slice());
            println!("{name} {what}: {error:.1e}");
            assert!(error <= TOLERANCE, "{name}: {what} is off by {error:e}");
        }
    }
}
