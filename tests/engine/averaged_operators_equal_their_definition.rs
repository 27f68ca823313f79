//! Under momentum, Adam and decay P, G, W and their offsets are products and
//! sums of explicit matrices:
//!
//! ```text
//! V <- beta V + c J' D [P | p] + c lambda [0 | w],      dW = -S V - [0 | shift]
//! [P | p] <- [P | p] + Bbar Jbar dW,      [G | -q] <- [G | -q] - Jbar_Q dW
//! W, w, c  <-  them - sym(([P | p] + Bbarbar Jbar dW)' Jbar dW)
//! ```
//!
//! with S and the average at the window's start those of a run that is written
//! out here, for any batch, mask, objective and scheme.

use crate::naive::explicit::{
    average, hessian, jacobian, mean_jacobian, output_gradient, restriction,
};
use crate::naive::{Naive, cases, network, normals};
use crate::windows::{Window, step_size};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{IntegratedKernel, Quadrature, Scheme};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::{CrossEntropy, Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Decay, Gate, Optimiser, Rule, Trainer};
use proptest::prelude::*;

const EXAMPLES: usize = 5;
const TESTS: usize = 4;

/// What a step makes of the gradients, written out.
#[derive(Default)]
struct Averages {
    mean: DVector<f64>,
    square: DVector<f64>,
    steps: i32,
}

/// v <- beta v + c g, dw = -s o v - shift.
struct Written {
    memory: [f64; 2],
    scale: DVector<f64>,
    shift: DVector<f64>,
}

impl Averages {
    /// Takes a gradient, L2 decay included.
    fn step(
        &mut self,
        optimiser: Optimiser,
        eta: f64,
        g: &DVector<f64>,
        w: &DVector<f64>,
        mask: &DVector<f64>,
    ) -> Written {
        if self.steps == 0 {
            (self.mean, self.square) = (g * 0.0, g * 0.0);
        }
        self.steps += 1;
        let (memory, divisor) = match optimiser.rule {
            Rule::GradientDescent => ([0.0, 1.0], mask.map(|_| 1.0)),
            Rule::Momentum { beta } => ([beta, 1.0], mask.map(|_| 1.0)),
            Rule::Adam {
                beta1,
                beta2,
                epsilon,
            } => {
                self.square = &self.square * beta2 + g.component_mul(g) * (1.0 - beta2);
                let corrected = 1.0 - beta1.powi(self.steps);
                let variance = &self.square / (1.0 - beta2.powi(self.steps));
                let divisor = variance.map(|v| corrected * (v.sqrt() + epsilon));
                ([beta1, 1.0 - beta1], divisor)
            }
        };
        self.mean = &self.mean * memory[0] + g * memory[1];
        let shift = match optimiser.decay {
            Decay::Decoupled { rate, masked: true } => mask.component_mul(w) * (eta * rate),
            Decay::Decoupled { rate, .. } => w * (eta * rate),
            _ => w * 0.0,
        };
        Written {
            memory,
            scale: mask.component_div(&divisor) * eta,
            shift,
        }
    }
}

#[derive(Debug, Clone)]
struct Case {
    p: usize,
    depth: usize,
    activation: Activation,
    batch: usize,
    gate: Gate,
    scheme: Scheme,
    optimiser: Optimiser,
    cross_entropy: bool,
    /// Steps before the window.
    before: usize,
    seed: u64,
}

fn any_optimiser() -> impl Strategy<Value = Optimiser> {
    let rule = prop_oneof![
        Just(Optimiser::GRADIENT_DESCENT),
        (0.1..0.95).prop_map(Optimiser::momentum),
        (0.0..0.95, 0.5..0.999).prop_map(|(beta1, beta2)| Optimiser::adam(beta1, beta2, 1e-6)),
    ];
    let decay = prop_oneof![
        Just(Decay::Off),
        (0.05..0.5).prop_map(|rate| Decay::L2 { rate }),
        (0.05..0.5, any::<bool>()).prop_map(|(rate, masked)| Decay::Decoupled { rate, masked }),
    ];
    let both = (rule, decay).prop_map(|(optimiser, decay)| optimiser.with_decay(decay));
    both.prop_filter("gradient descent has a test of its own", |o| !o.is_plain())
}

fn any_case() -> impl Strategy<Value = Case> {
    let activation = prop::sample::select(vec![Activation::Relu, Activation::Tanh]);
    let gate = prop::sample::select(vec![Gate::Off, Gate::Hard, Gate::Soft, Gate::Random]);
    let path = Scheme::Path(Quadrature::fixed(3));
    let scheme = prop::sample::select(vec![Scheme::Left, Scheme::Secant, path]);
    let shape = (1usize..4, 0usize..3, activation, 2usize..6);
    let how = (gate, scheme, any_optimiser(), 0usize..4);
    (shape, how, any::<bool>(), 0u64..1000).prop_map(|(shape, how, cross_entropy, seed)| {
        let (p, depth, activation, batch) = shape;
        let (gate, scheme, optimiser, before) = how;
        Case {
            p: if cross_entropy { p.max(2) } else { p },
            depth,
            activation,
            batch,
            gate,
            scheme,
            optimiser,
            cross_entropy,
            before,
            seed,
        }
    })
}

fn start(case: &Case) -> (Trainer, DMatrix<f64>, Box<dyn Objective>, f64) {
    let (n, p) = (EXAMPLES, case.p);
    let (x, q) = (normals(2, n, case.seed), normals(2, TESTS, case.seed + 1));
    let objective: Box<dyn Objective> = if case.cross_entropy {
        let labels = (0..n).map(|i| (i * 7 + case.seed as usize) % p).collect();
        Box::new(CrossEntropy::new(p, labels).expect("labels in range"))
    } else {
        Box::new(SquaredLoss::new(&normals(p, n, case.seed + 2)))
    };
    let architecture = Architecture {
        inputs: 2,
        widths: vec![4; case.depth],
        outputs: p,
        activation: case.activation,
        parametrisation: Parametrisation::Ntk,
        bias: 0.5,
    };
    let mlp = network(architecture, case.seed);
    let eta = match case.optimiser.rule {
        Rule::Adam { .. } => 0.02,
        _ => step_size(&mlp, &x, 0.1),
    };
    let sampler = BatchSampler::new(n, case.batch, stream(3, Stream::Batches));
    let mut trainer = Trainer::new(mlp, x, false, sampler, stream(3, Stream::Mask));
    trainer.set_optimiser(case.optimiser).expect("in range");
    (trainer, q, objective, eta)
}

/// The step just taken from `before`, written out: J, D and what it makes of the
/// gradients.
fn written(
    averages: &mut Averages,
    case: &Case,
    trainer: &Trainer,
    before: &Mlp,
    objective: &dyn Objective,
    eta: f64,
) -> (DMatrix<f64>, DMatrix<f64>, Written) {
    let x = trainer.inputs();
    let j = jacobian(before, x);
    let d = restriction(trainer.sampler().batch(), EXAMPLES, case.p);
    let w = DVector::from_column_slice(before.parameters());
    let mask = match case.gate {
        Gate::Off => w.map(|_| 1.0),
        _ => DVector::from_column_slice(&trainer.mask().weights),
    };
    let l2 = match case.optimiser.decay {
        Decay::L2 { rate } => rate,
        _ => 0.0,
    };
    let g = output_gradient(objective, &Naive::of(before).all_outputs(x));
    let gradient = j.transpose() * &d * g;
    let gradient = gradient.column(0) + &w * l2;
    let written = averages.step(case.optimiser, eta, &gradient, &w, &mask);
    (j, d, written)
}

fn check(case: &Case) {
    let (mut trainer, q, objective, eta) = start(case);
    let objective = &*objective;
    let mut averages = Averages::default();
    for _ in 0..case.before {
        let before = trainer.mlp().clone();
        trainer.step(objective, eta, case.gate).expect("finite");
        written(&mut averages, case, &trainer, &before, objective, eta);
    }
    let parameters = trainer.mlp().parameters().len();
    let size = EXAMPLES * case.p;
    let mut wide = DMatrix::<f64>::identity(size, size + 1);
    let mut operator = DMatrix::<f64>::zeros(parameters, size + 1);
    if case.before > 0 {
        operator.set_column(size, &averages.mean);
    }
    let mut test = DMatrix::<f64>::zeros(TESTS * case.p, size + 1);
    let mut train = DMatrix::<f64>::zeros(size, size + 1);
    let mut dropped = DMatrix::<f64>::zeros(size + 1, size + 1);
    let mut window = Window::at(trainer, &q, case.scheme, objective);
    for _ in 0..3 {
        let before = window.trainer.mlp().clone();
        window.run(1, objective, eta, case.gate);
        let after = window.trainer.mlp();
        let trainer = &window.trainer;
        let (j, d, written) = written(&mut averages, case, trainer, &before, objective, eta);
        let [beta, weight] = written.memory;
        operator = operator * beta + j.transpose() * d * &wide * weight;
        if let Decay::L2 { rate } = case.optimiser.decay {
            let w = DVector::from_column_slice(before.parameters());
            let mut fixed = operator.column_mut(size);
            fixed += w * (weight * rate);
        }
        let mut change = -(DMatrix::from_diagonal(&written.scale) * &operator);
        let mut fixed = change.column_mut(size);
        fixed -= &written.shift;
        let x = trainer.inputs();
        let mean = |inputs: &DMatrix<f64>| match case.scheme {
            Scheme::Left => jacobian(&before, inputs),
            Scheme::Secant => (jacobian(&before, inputs) + jacobian(after, inputs)) * 0.5,
            Scheme::Path(path) => mean_jacobian(&before, after, inputs, path.nodes),
        };
        let moved = mean(x) * &change;
        let outputs = Naive::of(&before).all_outputs(x);
        let du = Naive::of(after).all_outputs(x) - &outputs;
        let b = |a: f64| hessian(objective, &(&outputs + &du * a));
        let halfway = &wide + average(24, |a| b(a) * (1.0 - a)) * &moved;
        let lost = halfway.transpose() * &moved;
        dropped -= (&lost + lost.transpose()) * 0.5;
        wide += average(24, b) * &moved;
        test += mean(&q) * &change;
        train += moved;
    }
    let got = &window.operators.integrated;
    let offset = got.offset().expect("not gradient descent");
    let near = |what: &str, got: &[f64], exact: DMatrix<f64>| {
        let off = (DMatrix::from_column_slice(exact.nrows(), exact.ncols(), got) - &exact).norm();
        assert!(
            off <= 1e-10 * (1.0 + exact.norm()),
            "{what}: {off:e} {case:?}"
        );
    };
    let column = |of: &DMatrix<f64>| of.columns(size, 1).into_owned();
    near(
        "P",
        got.propagator().as_slice(),
        wide.columns(0, size).into(),
    );
    near("G", got.transfer().as_slice(), -test.columns(0, size));
    near(
        "W",
        got.integrated().as_slice(),
        dropped.view((0, 0), (size, size)).into(),
    );
    near("p", offset.gradient.as_slice(), column(&wide));
    near("q", offset.test.as_slice(), column(&test));
    near("train", offset.train.as_slice(), column(&train));
    near(
        "w",
        offset.mixed.as_slice(),
        dropped.view((0, size), (size, 1)).into(),
    );
    near(
        "c",
        &[offset.constant],
        dropped.view((size, size), (1, 1)).into(),
    );
    if !case.cross_entropy {
        near(
            "closed W",
            got.closed_form(EXAMPLES).as_slice(),
            got.integrated().clone(),
        );
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn equal_products_of_explicit_matrices(case in any_case()) {
        check(&case);
    }
}

/// P, G, W and the offsets, digit for digit.
fn same(a: &IntegratedKernel, b: &IntegratedKernel) -> bool {
    let matrices = a.propagator() == b.propagator()
        && a.transfer() == b.transfer()
        && a.integrated() == b.integrated();
    matrices && a.dissipation() == b.dissipation() && a.offset() == b.offset()
}

#[test]
fn a_window_holds_one_rule() {
    let adam = |beta1| Optimiser::adam(beta1, 0.99, 1e-8);
    let changes = [
        (Optimiser::GRADIENT_DESCENT, Optimiser::momentum(0.9)),
        (Optimiser::momentum(0.9), Optimiser::momentum(0.5)),
        (Optimiser::momentum(0.9), Optimiser::GRADIENT_DESCENT),
        (Optimiser::GRADIENT_DESCENT, adam(0.9)),
        (adam(0.9), adam(0.5)),
        (adam(0.9), Optimiser::momentum(0.9)),
    ];
    for (first, second) in changes {
        let case = Case {
            p: 2,
            depth: 2,
            activation: Activation::Tanh,
            batch: 3,
            gate: Gate::Hard,
            scheme: Scheme::PATH,
            optimiser: first,
            cross_entropy: false,
            before: 0,
            seed: 7,
        };
        let opened = |before: usize| {
            let (mut trainer, q, objective, _) = start(&case);
            for _ in 0..before {
                trainer.step(&*objective, 0.02, case.gate).expect("finite");
            }
            let mut window = Window::at(trainer, &q, case.scheme, &*objective);
            window.run(3 - before, &*objective, 0.02, case.gate);
            let mixed = window.operators.clone();
            window.trainer.set_optimiser(second).expect("in range");
            if before == 3 {
                window = Window::at(window.trainer, &q, case.scheme, &*objective);
            }
            window.run(4, &*objective, 0.02, case.gate);
            (mixed, window.operators)
        };
        let ((earlier, restarted), (_, fresh)) = (opened(0), opened(3));
        let change = format!("{first:?} to {second:?}");
        assert!(same(&restarted.integrated, &fresh.integrated), "{change}");
        assert!(
            !same(&restarted.integrated, &earlier.integrated),
            "{change}"
        );
        let defects = |of: &IntegratedKernel| of.train_defects().worst_step();
        assert_eq!(
            defects(&restarted.integrated),
            defects(&fresh.integrated),
            "{change}"
        );
    }
}

#[test]
fn w_loses_positivity_past_the_limit_and_under_adam() {
    // Without hidden layers the kernel is constant, and so is the limit.
    let smallest = |c: f64, optimiser: Optimiser, depth: usize, steps: usize, seed: u64| {
        let case = Case {
            p: 1,
            depth,
            activation: Activation::Tanh,
            batch: EXAMPLES,
            gate: Gate::Off,
            scheme: Scheme::PATH,
            optimiser,
            cross_entropy: false,
            before: 0,
            seed,
        };
        let (trainer, q, objective, _) = start(&case);
        let eta = match optimiser.rule {
            Rule::Adam { .. } => c,
            _ => step_size(trainer.mlp(), trainer.inputs(), c),
        };
        let mut window = Window::at(trainer, &q, case.scheme, &*objective);
        let ratios = (0..steps).map(|_| {
            window.run(1, &*objective, eta, Gate::Off);
            let values = window.operators.integrated.integrated().clone();
            let values = values.symmetric_eigenvalues();
            values.min() / values.amax()
        });
        ratios.fold(f64::INFINITY, f64::min)
    };
    let plain = Optimiser::GRADIENT_DESCENT;
    let within = smallest(0.25, plain, 0, 20, 3);
    assert!(within > -1e-12, "{within}");
    let past = smallest(1.5, plain, 0, 1, 3);
    assert!(past < -0.1, "{past}");
    let adam = Optimiser::adam(0.9, 0.999, 1e-8);
    let adam = (0..10).map(|seed| smallest(0.5, adam, 1, 5, seed));
    let adam = adam.fold(f64::INFINITY, f64::min);
    assert!(adam < -0.01, "{adam}");
}
