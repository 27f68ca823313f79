//! For a network that is linear in its parameters, gradient descent on squared
//! loss obeys the identities of the integrated kernel exactly:
//!
//! ```text
//! g(T) = P g(s),   U_Q(T) - U_Q(s) = -G g(s),   Phi(s) - Phi(T) = g(s)' W g(s)
//! ```
//!
//! with W = (n/2)(I - P'P) = sum_t eta P' (K - (eta/2n) K^2) P.

use crate::naive::{network, normals};
use crate::windows::{Window, step_size};
use nalgebra::DMatrix;
use ntk_playground::kernel::{Scheme, train_kernel};
use ntk_playground::network::{Activation, Architecture, Parametrisation, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::training::Gate;

const STEPS: usize = 300;

fn linear(inputs: usize, outputs: usize) -> Architecture {
    Architecture {
        inputs,
        widths: Vec::new(),
        outputs,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    }
}

#[test]
fn all_three_identities_hold() {
    for (scheme, p) in [(Scheme::Left, 1), (Scheme::Left, 3), (Scheme::Secant, 2)] {
        let (x, q, y) = (normals(4, 9, 1), normals(4, 7, 2), normals(p, 9, 3));
        let mlp = network(linear(4, p), 5);
        // Up to near the limit, where the discrete terms are largest.
        for c in [0.01, 0.5, 0.98] {
            let eta = step_size(&mlp, &x, c);
            let objective = SquaredLoss::new(&y);
            let mut window = Window::open(mlp.clone(), &x, &q, 9, scheme, &objective);
            window.run(STEPS, &objective, eta, Gate::Off);
            let w = window.operators.integrated.closed_form(9);
            assert!(window.propagator_error(&objective) <= 1e-10, "{p} {c}");
            assert!(window.test_error() <= 1e-10, "{p} {c}");
            assert!(window.loss_error(&w, &objective) <= 1e-10, "{p} {c}");
        }
    }
}

#[test]
fn the_closed_form_is_the_corrected_sum_and_below_the_plain_one() {
    let (n, p) = (9, 2);
    let (x, q, y) = (normals(4, n, 1), normals(4, 3, 2), normals(p, n, 3));
    let mlp = network(linear(4, p), 5);
    let eta = step_size(&mlp, &x, 0.9);
    let objective = SquaredLoss::new(&y);
    let kernel = train_kernel(&TangentFactors::new(&mlp, &x));
    let mut window = Window::open(mlp, &x, &q, n, Scheme::Left, &objective);
    let mut propagator = DMatrix::<f64>::identity(n * p, n * p);
    let mut plain = DMatrix::zeros(n * p, n * p);
    let mut corrected = plain.clone();
    for _ in 0..STEPS {
        let inner = &kernel - &kernel * &kernel * (eta / (2.0 * n as f64));
        plain += propagator.transpose() * &kernel * &propagator * eta;
        corrected += propagator.transpose() * inner * &propagator * eta;
        propagator -= &kernel * &propagator * (eta / n as f64);
        window.run(1, &objective, eta, Gate::Off);
    }
    let w = window.operators.integrated.closed_form(n);
    let integrated = &window.operators.integrated;
    let accumulated = integrated.dissipation().expect("gradient descent");
    assert!((integrated.integrated() - &w).norm() <= 1e-10 * w.norm());
    assert!((&w - &corrected).norm() <= 1e-10 * w.norm());
    assert!((accumulated - &plain).norm() <= 1e-10 * plain.norm());
    // W <= W' as forms, and W <= n/2.
    let gap = (accumulated - &w).symmetric_eigenvalues();
    assert!(gap.min() >= -1e-10 * plain.norm());
    assert!(
        gap.max() > 0.01 * plain.norm(),
        "the two differ near the limit"
    );
    assert!(w.symmetric_eigenvalues().max() <= n as f64 / 2.0 + 1e-9);
}

#[test]
fn batches_and_masks_leave_two_of_them_exact() {
    let (n, p) = (12, 2);
    let (x, q, y) = (normals(5, n, 1), normals(5, 6, 2), normals(p, n, 3));
    let mlp = network(linear(5, p), 5);
    let eta = step_size(&mlp, &x, 0.2);
    let objective = SquaredLoss::new(&y);
    for (batch, gate) in [
        (4, Gate::Off),
        (n, Gate::Hard),
        (4, Gate::Hard),
        (n, Gate::Random),
        (n, Gate::Soft),
    ] {
        let mut window = Window::open(mlp.clone(), &x, &q, batch, Scheme::Left, &objective);
        window.run(STEPS, &objective, eta, gate);
        assert!(window.propagator_error(&objective) <= 1e-10, "{gate:?}");
        assert!(window.test_error() <= 1e-10, "{batch} {gate:?}");
        if batch == n {
            let w = window.operators.integrated.closed_form(n);
            assert!(window.loss_error(&w, &objective) <= 1e-10, "{gate:?}");
        }
    }
}
