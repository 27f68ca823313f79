//! Once its buffers have their size, a training step asks for no memory: full
//! batches and drawn ones, every gate and optimiser that is used live.

use crate::counting::requests;
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Optimiser, Trainer};

fn asked(work: impl FnOnce()) -> usize {
    let before = requests();
    work();
    requests() - before
}

const POINTS: usize = 30;

fn trainer(batch: usize) -> Trainer {
    let architecture = Architecture {
        inputs: 1,
        widths: vec![80, 80],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let mlp = Mlp::random(architecture, 1.0, &mut stream(3, Stream::Weights)).expect("a network");
    let inputs = DMatrix::from_fn(1, POINTS, |_, j| j as f64 / 15.0 - 1.0);
    let sampler = BatchSampler::new(POINTS, batch, stream(3, Stream::Batches));
    Trainer::new(mlp, inputs, true, sampler, stream(3, Stream::Mask))
}

#[test]
fn the_counter_counts() {
    assert_eq!(asked(|| drop(std::hint::black_box(vec![1.0; 9]))), 1);
}

#[test]
fn no_step_of_a_run_allocates() {
    let labels = DMatrix::from_fn(1, POINTS, |_, j| (j % 5) as f64 - 2.0);
    let objective = SquaredLoss::new(&labels);
    let gates = Gate::ALL.into_iter().filter(|&gate| gate != Gate::Random);
    for gate in gates {
        for optimiser in [
            Optimiser::GRADIENT_DESCENT,
            Optimiser::adam(0.9, 0.99, 1e-8),
        ] {
            let mut trainer = trainer(POINTS);
            trainer.set_optimiser(optimiser).expect("an optimiser");
            let step = |trainer: &mut Trainer| {
                trainer.step(&objective, 0.01, gate).expect("a step");
            };
            step(&mut trainer);
            let count = asked(|| (0..20).for_each(|_| step(&mut trainer)));
            assert_eq!(count, 0, "{} with {optimiser:?}", gate.name());
        }
    }
}

/// What is drawn without replacement keeps a list of what was drawn: the one
/// allocation of a minibatch step.
#[test]
fn a_minibatch_step_allocates_for_the_draw_alone() {
    let objective = SquaredLoss::new(&DMatrix::repeat(1, POINTS, 0.5));
    let mut trainer = trainer(8);
    let step = |trainer: &mut Trainer| {
        trainer.step(&objective, 0.01, Gate::Hard).expect("a step");
    };
    step(&mut trainer);
    let count = asked(|| (0..20).for_each(|_| step(&mut trainer)));
    assert!((20..=40).contains(&count), "{count} in 20 steps");
}
