//! A step under a random mask opens exactly as many parameters as asked for,
//! and moves no other; what the hard gate would open can be asked after any
//! step and is what it does open at that step.

use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, GateError, Trainer};

fn trainer(batch: usize) -> (Trainer, SquaredLoss) {
    let x = DMatrix::from_fn(1, 12, |_, i| i as f64 / 6.0 - 1.0);
    let y = x.map(|x: f64| (3.0 * x).sin() + 0.3 * (40.0 * x).cos());
    let architecture = Architecture {
        inputs: 1,
        widths: vec![9, 7],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let mlp = Mlp::random(architecture, 1.0, &mut stream(3, Stream::Weights)).expect("a network");
    let sampler = BatchSampler::new(12, batch, stream(3, Stream::Batches));
    let trainer = Trainer::new(mlp, x, true, sampler, stream(3, Stream::Mask));
    (trainer, SquaredLoss::new(&y))
}

#[test]
fn opens_as_many_as_asked_and_moves_no_other() {
    let (mut trainer, loss) = trainer(12);
    let count = trainer.mlp().parameters().len();
    let mut seen = vec![false; count];
    for open in [0, 1, 5, count / 2, count, count + 10] {
        let before = trainer.mlp().parameters().to_vec();
        let report = trainer
            .step_opening(&loss, 0.05, open)
            .expect("finite numbers");
        assert_eq!(report.open, open.min(count));
        let mask = trainer.mask().weights.clone();
        let now = trainer.mlp().parameters();
        for k in 0..count {
            assert!(mask[k] == 0.0 || mask[k] == 1.0);
            assert!(mask[k] == 1.0 || now[k] == before[k], "{k}");
            seen[k] |= mask[k] == 1.0;
        }
    }
    assert!(seen.iter().all(|seen| *seen));
}

/// All open is no mask at all.
#[test]
fn fully_open_is_the_plain_step() {
    let ((mut one, loss), (mut other, _)) = (trainer(5), trainer(5));
    let count = one.mlp().parameters().len();
    for _ in 0..50 {
        one.step(&loss, 0.05, Gate::Off).expect("finite numbers");
        other
            .step_opening(&loss, 0.05, count)
            .expect("finite numbers");
    }
    assert_eq!(one.mlp(), other.mlp());
}

#[test]
fn what_the_hard_gate_would_open_is_what_it_opens() {
    let ((mut gated, loss), (mut watched, _)) = (trainer(6), trainer(6));
    // From the same weights, so that both see the same gradients.
    gated.step(&loss, 0.05, Gate::Hard).expect("finite numbers");
    watched
        .step(&loss, 0.05, Gate::Off)
        .expect("finite numbers");
    assert_eq!(watched.sampler().batch(), gated.sampler().batch());
    let open = gated.mask().clone();
    assert!(open.open > 0 && open.open < open.weights.len());
    assert_eq!(watched.consider().expect("a batch of six"), open);
    assert_eq!(gated.consider().expect("a batch of six"), open);
    // Nothing is drawn for it: the next steps are the same.
    let (mut twin, _) = trainer(6);
    for _ in 0..3 {
        twin.step(&loss, 0.05, Gate::Off).expect("finite numbers");
    }
    for _ in 0..2 {
        watched
            .step(&loss, 0.05, Gate::Off)
            .expect("finite numbers");
        watched.consider().expect("a batch of six");
    }
    assert_eq!(watched.mlp(), twin.mlp());
    let (mut alone, _) = trainer(1);
    alone.step(&loss, 0.05, Gate::Off).expect("finite numbers");
    assert_eq!(alone.consider().map(|_| ()), Err(GateError::BatchOfOne));
}
