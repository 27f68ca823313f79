//! A gated step moves what its mask opens, by the mask's weights, and nothing
//! else; the random control opens as many as the rule would.

use crate::naive;
use crate::naive::gate::{
    assert_definition, assert_weights, count, decide, mask, moments_of, open,
};
use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, network, normals};
use nalgebra::DMatrix;
use ntk_playground::network::{Architecture, Mlp};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, GateError, Mask, Trainer, TrainingError};

fn mlp(outputs: usize) -> Mlp {
    let shape = Architecture {
        inputs: 2,
        widths: vec![12, 10],
        outputs,
        activation: ACTIVATIONS[0],
        parametrisation: PARAMETRISATIONS[0],
        bias: 1.0,
    };
    network(shape, 7)
}

fn data(n: usize, outputs: usize) -> (DMatrix<f64>, DMatrix<f64>) {
    (normals(2, n, 8), normals(outputs, n, 9))
}

/// A run in its initial state; the same arguments give the same run.
fn run(n: usize, batch: usize, outputs: usize) -> (Trainer, SquaredLoss) {
    let (x, y) = data(n, outputs);
    let sampler = BatchSampler::new(n, batch, stream(1, Stream::Batches));
    let trainer = Trainer::new(mlp(outputs), x, false, sampler, stream(1, Stream::Mask));
    (trainer, SquaredLoss::new(&y))
}

/// A run after `steps` ungated steps.
fn later(n: usize, batch: usize, steps: usize) -> (Trainer, SquaredLoss) {
    let (mut trainer, objective) = run(n, batch, 1);
    for _ in 0..steps {
        trainer.step(&objective, 0.02, Gate::Off).unwrap();
    }
    (trainer, objective)
}

#[test]
fn a_hard_step_moves_what_the_definition_opens_and_nothing_else() {
    for outputs in [1, 3] {
        let (mut trainer, objective) = run(9, 9, outputs);
        let (x, y) = data(9, outputs);
        for _ in 0..10 {
            let before = trainer.mlp().clone();
            let each = Naive::of(&before).example_gradients(&x, &y);
            let report = trainer.step(&objective, 0.02, Gate::Hard).unwrap();
            let open = open(trainer.mask());
            assert!(assert_definition(&open, &each) > each[0].len() - 3);
            assert_eq!(report.open, count(&open));
            assert_eq!(
                report.active_fraction,
                report.open as f64 / open.len() as f64
            );
            assert!(0 < report.open && report.open < open.len());
            let mut largest = 0.0_f64;
            for (k, g) in naive::mean(&each).into_iter().enumerate() {
                let change = trainer.mlp().parameters()[k] - before.parameters()[k];
                let expected = if open[k] { -0.02 * g } else { 0.0 };
                assert!((change - expected).abs() <= 1e-14 * (1.0 + g.abs()));
                largest = largest.max(change.abs());
            }
            assert!((report.largest_change - largest).abs() <= 1e-14);
        }
    }
}

/// Copies of one example have no variance: whatever has a gradient opens.
#[test]
fn duplicates_open_every_parameter_that_has_a_gradient() {
    let x = DMatrix::from_fn(2, 5, |r, _| [0.7, -0.2][r]);
    let y = DMatrix::from_element(1, 5, 3.0);
    let each = Naive::of(&mlp(1)).example_gradients(&x, &y);
    let sampler = BatchSampler::new(5, 5, stream(1, Stream::Batches));
    let mut trainer = Trainer::new(mlp(1), x, false, sampler, stream(1, Stream::Mask));
    let report = trainer
        .step(&SquaredLoss::new(&y), 0.01, Gate::Hard)
        .unwrap();
    let alive: Vec<bool> = each[0].iter().map(|g| *g != 0.0).collect();
    assert_eq!(open(trainer.mask()), alive);
    assert!(report.open < alive.len(), "some units are closed");
}

/// Inputs of 1e8 that differ by one: gradients of first-layer weights have a
/// huge mean and a small spread.
#[test]
fn large_inputs_are_decided_like_the_definition() {
    let x = normals(2, 6, 12).map(|z| 1e8 + z);
    let y = DMatrix::zeros(1, 6);
    let each = Naive::of(&mlp(1)).example_gradients(&x, &y);
    let sampler = BatchSampler::new(6, 6, stream(1, Stream::Batches));
    let mut trainer = Trainer::new(mlp(1), x, false, sampler, stream(1, Stream::Mask));
    let report = trainer
        .step(&SquaredLoss::new(&y), 1e-30, Gate::Hard)
        .unwrap();
    assert_definition(&open(trainer.mask()), &each);
    assert!(report.open > 0);
}

/// A weighted step moves each parameter by its share of the gradient step.
#[test]
fn a_weighted_step_moves_by_the_weights() {
    for gate in [Gate::Soft, Gate::Snr] {
        let (mut trainer, objective) = run(9, 9, 3);
        let (x, y) = data(9, 3);
        for _ in 0..5 {
            let before = trainer.mlp().clone();
            let each = Naive::of(&before).example_gradients(&x, &y);
            assert!(assert_weights(&each) <= 1e-12);
            let exact = mask(gate, &each);
            let report = trainer.step(&objective, 0.02, gate).unwrap();
            assert!((report.active_fraction - exact.active_fraction).abs() <= 1e-12);
            assert!(0.0 < report.active_fraction && report.active_fraction < 1.0);
            for (k, g) in naive::mean(&each).into_iter().enumerate() {
                let change = trainer.mlp().parameters()[k] - before.parameters()[k];
                let expected = -0.02 * exact.weights[k] * g;
                assert!((change - expected).abs() <= 1e-13 * (1.0 + g.abs()));
            }
        }
    }
}

/// At every step of a run under the random mask, it opens as many as the
/// definition of hard at the state that the run has come to.
#[test]
fn random_opens_as_many_as_hard_would_along_a_run() {
    for batch in [9, 4] {
        let (mut trainer, objective) = run(9, batch, 1);
        let (x, y) = data(9, 1);
        let mut sampler = BatchSampler::new(9, batch, stream(1, Stream::Batches));
        let mut different = 0;
        for step in 0..60 {
            let drawn = sampler.draw().to_vec();
            let each = Naive::of(trainer.mlp())
                .example_gradients(&x.select_columns(&drawn), &y.select_columns(&drawn));
            let hard = decide(&each);
            assert_definition(&hard, &each);
            let report = trainer.step(&objective, 0.02, Gate::Random).unwrap();
            let random = open(trainer.mask());
            assert_eq!((report.open, count(&random)), (count(&hard), count(&hard)));
            different += u32::from(random != hard);
            assert!(report.open > 0, "step {step}");
        }
        assert!(different > 50, "{different}");
    }
}

#[test]
fn random_opens_as_many_as_hard_at_the_same_state() {
    for batch in [9, 4] {
        for steps in 0..8 {
            let (mut hard, objective) = later(9, batch, steps);
            let (mut random, _) = later(9, batch, steps);
            let of_hard = hard.step(&objective, 0.02, Gate::Hard).unwrap();
            let of_random = random.step(&objective, 0.02, Gate::Random).unwrap();
            assert_eq!(of_hard.open, of_random.open, "step {steps}");
            assert_eq!(count(&open(random.mask())), of_random.open);
            assert_ne!(random.mask(), hard.mask());
        }
    }
}

#[test]
fn random_is_drawn_anew_at_each_step_and_hard_is_not() {
    // Steps of size zero stay at one state.
    for (gate, anew) in [(Gate::Random, true), (Gate::Hard, false)] {
        let (mut trainer, objective) = run(9, 9, 1);
        let mut seen: Vec<Vec<bool>> = Vec::new();
        for _ in 0..6 {
            trainer.step(&objective, 0.0, gate).unwrap();
            let open = open(trainer.mask());
            assert_eq!(seen.contains(&open), !anew && !seen.is_empty());
            seen.push(open);
        }
    }
}

#[test]
fn a_batch_of_one_is_refused_with_a_sentence() {
    let sentence = GateError::BatchOfOne.to_string();
    assert!(sentence.contains("at least two") && sentence.ends_with('.'));
    let comparing = Gate::ALL.into_iter().filter(|g| g.compares_examples());
    let comparing: Vec<Gate> = comparing.collect();
    assert_eq!(comparing.len(), 4);
    for &gate in &comparing {
        let refusal = Mask::default().decide(gate, &moments_of(&[vec![1.0, 2.0]]));
        assert_eq!(refusal, Err(GateError::BatchOfOne));
    }

    // Both a batch of one out of many and a problem of one example.
    for n in [1, 4] {
        let (mut trainer, objective) = run(n, 1, 3);
        for &gate in &comparing {
            let before = trainer.mlp().parameters().to_vec();
            let refusal = trainer.step(&objective, 0.1, gate).unwrap_err();
            assert_eq!(refusal, TrainingError::Gate(GateError::BatchOfOne));
            assert_eq!(refusal.to_string(), sentence);
            assert_eq!(trainer.mlp().parameters(), before);
        }
        assert!(trainer.step(&objective, 0.1, Gate::Off).is_ok());
    }
}
