//! `Mlp::outputs` gives f(x) of every column, and refuses inputs that do not fit.

use crate::naive::{Naive, network, normals};
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, InputError, Parametrisation};

fn architecture() -> Architecture {
    Architecture {
        inputs: 3,
        widths: vec![6, 5],
        outputs: 2,
        activation: Activation::Softplus,
        parametrisation: Parametrisation::Ntk,
        bias: 0.7,
    }
}

#[test]
fn every_column_is_an_example() {
    let mlp = network(architecture(), 1);
    for n in [1, 2, 9] {
        let x = normals(3, n, 2);
        let exact = Naive::of(&mlp).all_outputs(&x);
        let outputs = mlp.outputs(&x).expect("inputs that fit");
        assert_eq!(outputs.shape(), (2, n));
        assert!((outputs - &exact).norm() <= 1e-13 * exact.norm());
    }
}

#[test]
fn inputs_that_do_not_fit_are_refused() {
    let mlp = network(architecture(), 1);
    let transposed = mlp.outputs(&DMatrix::zeros(9, 3));
    let expected = InputError::Dimension {
        expected: 3,
        given: 9,
    };
    assert_eq!(transposed, Err(expected));
    assert_eq!(
        expected.to_string(),
        "The network takes 3 inputs; the matrix has 9 rows. Inputs are d x n, one column per \
         example."
    );
    let none = mlp.outputs(&DMatrix::zeros(3, 0));
    assert_eq!(none, Err(InputError::NoExamples));
}
