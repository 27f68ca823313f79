//! A network on coordinates in the span of its training inputs and first
//! weights has the outputs and the kernels of the network itself, also after
//! steps of gradient descent.

use crate::naive::{network, normals, relative_error};
use nalgebra::DMatrix;
use ntk_playground::kernel::{cross_kernel, train_kernel};
use ntk_playground::network::{
    Activation, Architecture, InputSpan, Mlp, Parametrisation, TangentFactors,
};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Trainer};

fn trained(mlp: Mlp, inputs: &DMatrix<f64>, targets: &DMatrix<f64>) -> Mlp {
    let n = inputs.ncols();
    let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
    let mut trainer = Trainer::new(mlp, inputs.clone(), true, sampler, stream(1, Stream::Mask));
    let objective = SquaredLoss::new(targets);
    for _ in 0..30 {
        trainer.step(&objective, 0.05, Gate::Off).expect("finite");
    }
    trainer.mlp().clone()
}

#[test]
fn before_and_after_training() {
    let (d, n, m, w) = (60, 6, 5, 8);
    for bias in [0.0, 0.3] {
        let architecture = Architecture {
            inputs: d,
            widths: vec![w, 5],
            outputs: 2,
            activation: Activation::Tanh,
            parametrisation: Parametrisation::Ntk,
            bias,
        };
        let mlp = network(architecture, 3);
        let (x, q, y) = (normals(d, n, 1), normals(d, m, 2), normals(2, n, 4));
        let span = InputSpan::new(&mlp, &x).expect("d is large beside n + w");
        assert_eq!(span.dimension(), n + w);
        let inside = span.coordinates(&q);
        for steps in [false, true] {
            let (whole, small) = if steps {
                (
                    trained(mlp.clone(), &x, &y),
                    trained(span.mlp().clone(), span.inputs(), &y),
                )
            } else {
                (mlp.clone(), span.mlp().clone())
            };
            let [s, t] = [&x, &q].map(|points| TangentFactors::new(&whole, points));
            let [a, b] = [span.inputs(), &inside].map(|points| TangentFactors::new(&small, points));
            for (got, exact) in [
                (a.outputs.as_ref().clone(), s.outputs.as_ref().clone()),
                (b.outputs.as_ref().clone(), t.outputs.as_ref().clone()),
                (train_kernel(&a), train_kernel(&s)),
                (cross_kernel(&b, &a), cross_kernel(&t, &s)),
            ] {
                let error = relative_error(got.as_slice(), exact.as_slice());
                assert!(error < 1e-11, "bias {bias}, trained {steps}: {error:e}");
            }
        }
    }
}

#[test]
fn none_where_it_saves_nothing_or_inputs_repeat() {
    let architecture = |inputs| Architecture {
        inputs,
        widths: vec![4],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 0.1,
    };
    assert!(InputSpan::new(&network(architecture(10), 1), &normals(10, 6, 2)).is_none());
    let mut twice = normals(50, 6, 2);
    let first = twice.column(0).into_owned();
    twice.set_column(1, &first);
    assert!(InputSpan::new(&network(architecture(50), 1), &twice).is_none());
}
