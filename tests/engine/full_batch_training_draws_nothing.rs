//! A full-batch trainer needs no random streams: it takes the steps, to the
//! bit, of one that was given some.

use crate::naive::{network, normals};
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, InputError, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Trainer};

const POINTS: usize = 7;

fn architecture() -> Architecture {
    Architecture {
        inputs: 2,
        widths: vec![6, 5],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    }
}

#[test]
fn steps_are_those_of_any_streams() {
    let (x, y) = (normals(2, POINTS, 1), normals(1, POINTS, 2));
    let objective = SquaredLoss::new(&y);
    for gate in [Gate::Off, Gate::Hard, Gate::StreamingSnr] {
        let mlp = network(architecture(), 3);
        let sampler = BatchSampler::new(POINTS, POINTS, stream(99, Stream::Batches));
        let mask = stream(98, Stream::Mask);
        let mut drawn = Trainer::new(mlp.clone(), x.clone(), false, sampler, mask);
        let mut plain = Trainer::full_batch(mlp, x.clone()).expect("inputs that fit");
        assert_eq!(plain.origin(), &DMatrix::zeros(1, POINTS));
        for _ in 0..20 {
            let expected = drawn.step(&objective, 0.05, gate).expect("a step");
            let report = plain.step(&objective, 0.05, gate).expect("a step");
            assert_eq!(report, expected);
        }
        assert_eq!(plain.mlp().parameters(), drawn.mlp().parameters());
        assert_eq!(plain.sampler().size(), POINTS);
    }
}

#[test]
fn inputs_that_do_not_fit_are_refused() {
    let refused = |rows, columns| {
        Trainer::full_batch(network(architecture(), 3), DMatrix::zeros(rows, columns))
            .expect_err("inputs that do not fit")
    };
    let expected = InputError::Dimension {
        expected: 2,
        given: POINTS,
    };
    assert_eq!(refused(POINTS, 2), expected);
    assert_eq!(refused(2, 0), InputError::NoExamples);
}
