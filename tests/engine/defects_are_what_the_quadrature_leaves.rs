//! |du - Jbar dw|, which the engine knows at every step, is what the identities
//! of that step miss; halving the step where units change brings it below the
//! tolerance.

use crate::naive::Naive;
use crate::naive::explicit::mean_jacobian;
use crate::naive::{network, normals};
use crate::windows::{Window, step_size};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Defects, Quadrature, Scheme};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::training::{Gate, Optimiser};

const EXAMPLES: usize = 12;

struct Problem {
    mlp: Mlp,
    x: DMatrix<f64>,
    q: DMatrix<f64>,
    objective: SquaredLoss,
    eta: f64,
}

fn problem(seed: u64, outputs: usize) -> Problem {
    let architecture = Architecture {
        inputs: 2,
        widths: vec![16, 16],
        outputs,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let (x, q) = (normals(2, EXAMPLES, seed), normals(2, 20, seed + 1));
    let mlp = network(architecture, seed);
    let eta = step_size(&mlp, &x, 0.5);
    Problem {
        objective: SquaredLoss::new(&normals(outputs, EXAMPLES, seed + 2)),
        mlp,
        x,
        q,
        eta,
    }
}

impl Problem {
    fn window(&self, scheme: Scheme) -> Window {
        let mlp = self.mlp.clone();
        Window::open(mlp, &self.x, &self.q, EXAMPLES, scheme, &self.objective)
    }
}

fn difference(before: &Mlp, after: &Mlp, inputs: &DMatrix<f64>) -> DVector<f64> {
    let change = Naive::of(after).all_outputs(inputs) - Naive::of(before).all_outputs(inputs);
    DVector::from_column_slice(change.as_slice())
}

#[test]
fn of_fixed_nodes_they_are_those_of_the_explicit_mean() {
    for optimiser in [
        Optimiser::GRADIENT_DESCENT,
        Optimiser::adam(0.9, 0.99, 1e-8),
    ] {
        let problem = problem(4, 2);
        let mut window = problem.window(Scheme::Path(Quadrature::fixed(3)));
        window.trainer.set_optimiser(optimiser).expect("in range");
        let mut worst = [0.0_f64; 2];
        let mut sums = [&problem.x, &problem.q].map(|inputs| {
            let zero = DVector::zeros(2 * inputs.ncols());
            [zero.clone(), zero]
        });
        for _ in 0..4 {
            let before = window.trainer.mlp().clone();
            window.run(1, &problem.objective, 0.05, Gate::Off);
            let after = window.trainer.mlp();
            let pairs = before.parameters().iter().zip(after.parameters());
            let dw = DVector::from_vec(pairs.map(|(v, w)| w - v).collect());
            for (at, inputs) in [&problem.x, &problem.q].into_iter().enumerate() {
                let du = difference(&before, after, inputs);
                let defect = &du - mean_jacobian(&before, after, inputs, 3) * &dw;
                worst[at] = worst[at].max(defect.norm() / du.norm());
                sums[at][0] += defect;
                sums[at][1] += du;
            }
        }
        let integrated = &window.operators.integrated;
        let found = [integrated.train_defects(), integrated.test_defects()];
        for (at, found) in found.into_iter().enumerate() {
            let [defect, change] = &sums[at];
            for (got, exact) in [
                (found.worst_step(), worst[at]),
                (found.accumulated(), defect.norm() / change.norm()),
            ] {
                assert!((got - exact).abs() <= 1e-10, "{got:e}, not {exact:e}");
                assert!(exact > 1e-6, "a step that crosses no kink shows nothing");
            }
        }
    }
}

#[test]
fn the_identities_of_a_step_miss_just_them() {
    let near = |got: f64, exact: f64| assert!((got - exact).abs() <= 1e-12, "{got:e} {exact:e}");
    for seed in 0..20 {
        for scheme in [Scheme::Left, Scheme::Secant, Scheme::PATH] {
            let problem = problem(seed, 1);
            let mut window = problem.window(scheme);
            let before = window.trainer.mlp().clone();
            let eta = problem.eta;
            window.run(1, &problem.objective, eta, Gate::Off);
            let integrated = &window.operators.integrated;
            near(window.test_error(), integrated.test_defects().worst_step());
            let after = window.trainer.mlp();
            let du = difference(&before, after, &problem.x);
            let now = window
                .operators
                .output_gradient(&window.trainer, &problem.objective);
            let missed = now - integrated.predicted_gradient(&window.gradient);
            // g = r / n.
            let relative = missed.norm() * EXAMPLES as f64 / du.norm();
            near(relative, integrated.train_defects().worst_step());
        }
    }
}

#[test]
fn refinement_brings_them_below_the_tolerance() {
    let mut coarse = 0;
    for seed in 0..20 {
        for tolerance in [1e-2, 1e-4, 1e-6] {
            let problem = problem(seed, 2);
            let worst = |cuts| {
                let mut window = problem.window(Scheme::Path(Quadrature {
                    nodes: 2,
                    tolerance,
                    cuts,
                }));
                window.run(5, &problem.objective, problem.eta, Gate::Off);
                let integrated = &window.operators.integrated;
                [integrated.train_defects(), integrated.test_defects()].map(Defects::worst_step)
            };
            let refined = worst(30);
            assert!(
                refined.iter().all(|e| *e <= tolerance),
                "{seed}: {refined:?} of {tolerance:e}"
            );
            coarse += usize::from(worst(0).iter().any(|e| *e > tolerance));
        }
    }
    assert!(coarse > 30, "{coarse} of 60 needed it");
}
