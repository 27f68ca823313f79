//! Whoever asks for the kernel between two steps leaves the run as it was, to
//! the last digit, though the step takes over what was computed for the kernel.

use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Trainer};

const POINTS: usize = 13;
const STEP_SIZE: f64 = 0.05;

fn trainer(outputs: usize, batch: usize) -> Trainer {
    let architecture = Architecture {
        inputs: 2,
        widths: vec![9, 7],
        outputs,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let mlp = Mlp::random(architecture, 1.0, &mut stream(3, Stream::Weights)).expect("a network");
    let inputs = DMatrix::from_fn(2, POINTS, |i, j| ((3 * i + 5 * j) % 11) as f64 / 5.0 - 1.0);
    let sampler = BatchSampler::new(POINTS, batch, stream(3, Stream::Batches));
    Trainer::new(mlp, inputs, true, sampler, stream(3, Stream::Mask))
}

#[test]
fn watched_and_unwatched_runs_are_the_same() {
    for gate in [Gate::Off, Gate::Hard, Gate::StreamingSnr] {
        for (outputs, batch) in [(1, POINTS), (1, 5), (3, POINTS)] {
            let labels = DMatrix::from_fn(outputs, POINTS, |i, j| (i + j) as f64 / 7.0 - 0.5);
            let objective = SquaredLoss::new(&labels);
            let (mut plain, mut watched) = (trainer(outputs, batch), trainer(outputs, batch));
            for step in 0..30 {
                // Before some steps once, before others twice or not at all,
                // and while the batch changes from a part to all and back.
                for _ in 0..(step % 3) {
                    let _ = watched.tangent_factors();
                }
                if step % 10 == 4 {
                    let size = if step == 14 { batch } else { POINTS };
                    plain.set_batch_size(size);
                    watched.set_batch_size(size);
                }
                let expected = plain.step(&objective, STEP_SIZE, gate).expect("a step");
                let report = watched.step(&objective, STEP_SIZE, gate).expect("a step");
                assert_eq!(report, expected, "step {step}");
                assert_eq!(watched.mlp().parameters(), plain.mlp().parameters());
                // What the last step looked at is not what was made ahead.
                let _ = watched.tangent_factors();
                assert_eq!(watched.consider(), plain.consider(), "step {step}");
            }
        }
    }
}

#[test]
fn factors_are_those_of_the_present_network() {
    for outputs in [1, 2] {
        let objective = SquaredLoss::new(&DMatrix::repeat(outputs, POINTS, 0.3));
        let mut trainer = trainer(outputs, POINTS);
        for _ in 0..4 {
            let fresh = TangentFactors::new(trainer.mlp(), trainer.inputs());
            let factors = trainer.tangent_factors();
            assert_eq!(factors.outputs, fresh.outputs);
            for (layer, expected) in factors.layers.iter().zip(&fresh.layers) {
                assert_eq!(layer.activations, expected.activations);
                assert_eq!(layer.deltas, expected.deltas);
                let scales = (layer.scale, layer.bias_scale);
                assert_eq!(scales, (expected.scale, expected.bias_scale));
            }
            trainer
                .step(&objective, STEP_SIZE, Gate::Off)
                .expect("a step");
        }
    }
}

/// A step that fails leaves nothing behind that the next one would take over.
#[test]
fn a_failed_step_forgets_nothing() {
    let objective = SquaredLoss::new(&DMatrix::repeat(1, POINTS, 0.3));
    let (mut plain, mut watched) = (trainer(1, POINTS), trainer(1, POINTS));
    let _ = watched.tangent_factors();
    assert!(watched.step(&objective, f64::NAN, Gate::Off).is_err());
    for _ in 0..2 {
        plain
            .step(&objective, STEP_SIZE, Gate::Off)
            .expect("a step");
        watched
            .step(&objective, STEP_SIZE, Gate::Off)
            .expect("a step");
    }
    assert_eq!(watched.mlp().parameters(), plain.mlp().parameters());
}
