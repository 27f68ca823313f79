//! P, W' and G are products and sums of explicit Jacobians:
//!
//! ```text
//! P = prod_t (I - eta Bbar Jbar M J' D),   W' = sum_t eta |M^(1/2) J' D P|^2,
//! G = sum_t eta Jbar_Q M J' D P,           W = sum_t eta sym(Pbar' Jbar M J' D P),
//! Jbar = J_t, (J_t + J_{t+1})/2 or the mean over Gauss nodes along the step
//! ```
//!
//! for any batch, mask, objective and scheme.

use crate::naive::explicit::{average, hessian, jacobian, mean_jacobian, restriction};
use crate::naive::{Naive, cases, network, normals};
use crate::windows::{Window, step_size};
use nalgebra::DMatrix;
use ntk_playground::kernel::{Quadrature, Scheme, masked_cross_kernel};
use ntk_playground::network::{Activation, Architecture, Parametrisation, TangentFactors};
use ntk_playground::objective::{CrossEntropy, Objective, SquaredLoss};
use ntk_playground::training::Gate;
use proptest::prelude::*;

fn architecture(outputs: usize, depth: usize, activation: Activation, bias: f64) -> Architecture {
    Architecture {
        inputs: 2,
        widths: vec![4; depth],
        outputs,
        activation,
        parametrisation: Parametrisation::Ntk,
        bias,
    }
}

#[derive(Debug, Clone, Copy)]
struct Case {
    p: usize,
    depth: usize,
    activation: Activation,
    bias: f64,
    batch: usize,
    gate: Gate,
    scheme: Scheme,
    cross_entropy: bool,
    seed: u64,
}

fn any_case() -> impl Strategy<Value = Case> {
    let activation = prop::sample::select(vec![Activation::Relu, Activation::Softplus]);
    let gate = prop::sample::select(vec![Gate::Off, Gate::Hard, Gate::Soft, Gate::Random]);
    let path = Scheme::Path(Quadrature::fixed(3));
    let scheme = prop::sample::select(vec![Scheme::Left, Scheme::Secant, path]);
    let bias = prop::sample::select(vec![0.0, 0.5]);
    let shape = (1usize..4, 0usize..3, activation, bias);
    (shape, 2usize..7, gate, scheme, any::<bool>(), 0u64..1000).prop_map(
        |((p, depth, activation, bias), batch, gate, scheme, cross_entropy, seed)| Case {
            p: if cross_entropy { p.max(2) } else { p },
            depth,
            activation,
            bias,
            batch,
            gate,
            scheme,
            cross_entropy,
            seed,
        },
    )
}

fn check(case: Case) {
    let n = 6;
    let (x, q) = (normals(2, n, case.seed), normals(2, 4, case.seed + 1));
    let objective: Box<dyn Objective> = if case.cross_entropy {
        let labels = (0..n)
            .map(|i| (i * 7 + case.seed as usize) % case.p)
            .collect();
        Box::new(CrossEntropy::new(case.p, labels).expect("labels in range"))
    } else {
        Box::new(SquaredLoss::new(&normals(case.p, n, case.seed + 2)))
    };
    let mlp = network(
        architecture(case.p, case.depth, case.activation, case.bias),
        case.seed,
    );
    let eta = step_size(&mlp, &x, 0.3);
    let mut window = Window::open(mlp, &x, &q, case.batch, case.scheme, &*objective);
    let size = n * case.p;
    let mut propagator = DMatrix::<f64>::identity(size, size);
    let mut dissipation = DMatrix::<f64>::zeros(size, size);
    let mut integrated = dissipation.clone();
    let mut transfer = DMatrix::<f64>::zeros(4 * case.p, size);
    for _ in 0..3 {
        let before = window.trainer.mlp().clone();
        let outputs = Naive::of(&before).all_outputs(&x);
        window.run(1, &*objective, eta, case.gate);
        let after = window.trainer.mlp();
        let (j, later) = (jacobian(&before, &x), jacobian(after, &x));
        let (jq, q_later) = (jacobian(&before, &q), jacobian(after, &q));
        let (mean, q_mean) = match case.scheme {
            Scheme::Left => (j.clone(), jq.clone()),
            Scheme::Secant => ((&j + later) * 0.5, (&jq + q_later) * 0.5),
            Scheme::Path(path) => (
                mean_jacobian(&before, after, &x, path.nodes),
                mean_jacobian(&before, after, &q, path.nodes),
            ),
        };
        let parameters = before.parameters().len();
        let mask = match case.gate {
            Gate::Off => vec![1.0; parameters],
            _ => window.trainer.mask().weights.clone(),
        };
        let m = DMatrix::from_diagonal(&mask.into());
        let batch = window.trainer.sampler().batch();
        let d = restriction(batch, n, case.p);
        let dp = &d * &propagator;
        let pulled = m.map(f64::sqrt) * j.transpose() * &dp;
        dissipation += pulled.transpose() * &pulled * eta;
        transfer += q_mean * &m * j.transpose() * &dp * eta;
        let change = Naive::of(after).all_outputs(&x) - &outputs;
        let b = |a: f64| hessian(&*objective, &(&outputs + &change * a));
        let kernel = mean * &m * j.transpose() * &dp * eta;
        let halfway = &propagator - average(24, |a| b(a) * (1.0 - a)) * &kernel;
        let lost = halfway.transpose() * &kernel;
        integrated += (&lost + lost.transpose()) * 0.5;
        propagator = &propagator - average(24, b) * &kernel;
    }
    let got = &window.operators.integrated;
    let near = |a: &DMatrix<f64>, b: &DMatrix<f64>| (a - b).norm() <= 1e-11 * (1.0 + b.norm());
    assert!(near(got.propagator(), &propagator), "P {case:?}");
    assert!(
        near(got.dissipation().expect("gradient descent"), &dissipation),
        "W' {case:?}"
    );
    assert!(near(got.transfer(), &transfer), "G {case:?}");
    assert!(near(got.integrated(), &integrated), "W {case:?}");
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn equal_sums_of_explicit_jacobians(case in any_case()) {
        check(case);
    }

    #[test]
    fn a_masked_kernel_is_j_m_j(
        p in 1usize..4, depth in 0usize..3, bias in prop::sample::select(vec![0.0, 0.5]),
        seed in 0u64..1000, closed in 0.0f64..1.0,
    ) {
        let mlp = network(architecture(p, depth, Activation::Relu, bias), seed);
        let (a, b) = (normals(2, 5, seed), normals(2, 3, seed + 1));
        let draws = normals(mlp.parameters().len(), 1, seed + 2);
        // Closed, open and in between.
        let mask: Vec<f64> = draws
            .iter()
            .map(|v| if v.abs() < closed { 0.0 } else { v.abs().min(1.0) })
            .collect();
        let got = masked_cross_kernel(&TangentFactors::new(&mlp, &a), &TangentFactors::new(&mlp, &b), &mask);
        let m = DMatrix::from_diagonal(&mask.into());
        let exact = jacobian(&mlp, &a) * m * jacobian(&mlp, &b).transpose();
        prop_assert!((got - &exact).norm() <= 1e-12 * (1.0 + exact.norm()));
    }
}
