//! A network is its W and b of every layer: built from them it computes what
//! they say, they come out again to the bit, and what does not fit is refused.

use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, network, normals};
use nalgebra::{DMatrix, DVector};
use ntk_playground::network::{
    Activation, Architecture, ArchitectureError, LayerError, LayerParameters, Mlp, Parametrisation,
};

fn architecture(parametrisation: Parametrisation, bias: f64) -> Architecture {
    Architecture {
        inputs: 2,
        widths: vec![3],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation,
        bias,
    }
}

fn layers() -> Vec<LayerParameters> {
    vec![
        LayerParameters {
            weights: DMatrix::from_row_slice(3, 2, &[1.0, 2.0, 3.0, -4.0, 0.0, 1.0]),
            biases: DVector::from_row_slice(&[0.5, -0.5, 1.0]),
        },
        LayerParameters {
            weights: DMatrix::from_row_slice(1, 3, &[2.0, -1.0, 4.0]),
            biases: DVector::from_row_slice(&[0.25]),
        },
    ]
}

/// At (1, 1): z = (3.5, -1.5, 2), a = (3.5, 0, 2), u = 7 + 8 + 0.25.
#[test]
fn the_network_computes_with_them() {
    let x = DMatrix::repeat(2, 1, 1.0);
    let plain = architecture(Parametrisation::Standard, 1.0);
    let mlp = Mlp::from_layers(plain, &layers()).expect("layers that fit");
    assert_eq!(mlp.outputs(&x), Ok(DMatrix::repeat(1, 1, 15.25)));
    // s = sqrt(2/2) = 1 in the first layer, sqrt(1/3) in the second; beta = 2:
    // z = (4, -2, 3), a = (4, 0, 3), u = (8 + 12) / sqrt(3) + 0.5.
    let scaled = architecture(Parametrisation::Ntk, 2.0);
    let mlp = Mlp::from_layers(scaled, &layers()).expect("layers that fit");
    let u = mlp.outputs(&x).expect("inputs that fit")[0];
    assert!((u - (20.0 / 3f64.sqrt() + 0.5)).abs() < 1e-14);
}

#[test]
fn they_come_out_again_to_the_bit() {
    for activation in ACTIVATIONS {
        for parametrisation in PARAMETRISATIONS {
            for (widths, bias) in [(vec![], 1.0), (vec![4, 3], 0.5), (vec![2, 5, 3], 0.0)] {
                let architecture = Architecture {
                    inputs: 3,
                    widths,
                    outputs: 2,
                    activation,
                    parametrisation,
                    bias,
                };
                let mlp = network(architecture.clone(), 7);
                let layers = mlp.to_layers();
                let shapes = layers.iter().map(|layer| layer.weights.shape());
                assert!(shapes.eq(mlp.layers().iter().map(|l| (l.outputs, l.inputs))));
                let again = Mlp::from_layers(architecture, &layers).expect("its own layers");
                assert_eq!(again, mlp);
                let x = normals(3, 4, 8);
                let exact = Naive::of(&mlp).all_outputs(&x);
                let off = again.outputs(&x).expect("inputs that fit") - &exact;
                assert!(off.norm() <= 1e-13 * (1.0 + exact.norm()));
            }
        }
    }
}

fn refusal(architecture: Architecture, layers: &[LayerParameters]) -> (LayerError, String) {
    let error = Mlp::from_layers(architecture, layers).expect_err("layers that do not fit");
    let sentence = error.to_string();
    assert!(sentence.ends_with('.'), "{sentence}");
    (error, sentence)
}

fn changed(change: impl FnOnce(&mut Vec<LayerParameters>)) -> (LayerError, String) {
    let mut layers = layers();
    change(&mut layers);
    refusal(architecture(Parametrisation::Ntk, 1.0), &layers)
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let (error, sentence) = changed(|layers| layers[1].weights = DMatrix::zeros(3, 1));
    let expected = LayerError::Weights {
        layer: 1,
        expected: (1, 3),
        given: (3, 1),
    };
    assert_eq!(error, expected);
    assert!(sentence.contains("layers[1]: W is 3 x 1; this architecture needs 1 x 3"));

    let (_, sentence) = changed(|layers| layers[0].biases = DVector::zeros(2));
    assert_eq!(
        sentence,
        "layers[0]: b has 2 entries; this architecture needs 3."
    );
    let without = architecture(Parametrisation::Ntk, 0.0);
    let (_, sentence) = refusal(without, &layers());
    assert!(sentence.ends_with("b has 3 entries; this architecture needs 0."));

    let (_, sentence) = changed(|layers| layers[0].weights[(2, 1)] = f64::NAN);
    assert!(sentence.starts_with("layers[0]: W[2, 1] is NaN;"));
    let (_, sentence) = changed(|layers| layers[1].biases[0] = f64::NEG_INFINITY);
    assert!(sentence.starts_with("layers[1]: b[0] is -inf;"));

    let (error, _) = changed(|layers| layers.truncate(1));
    let expected = LayerError::Count {
        expected: 2,
        given: 1,
    };
    assert_eq!(error, expected);
    let (error, _) = refusal(architecture(Parametrisation::Ntk, f64::INFINITY), &layers());
    assert_eq!(error, LayerError::BiasMultiplier(f64::INFINITY));
    let empty = Architecture {
        outputs: 0,
        ..architecture(Parametrisation::Ntk, 1.0)
    };
    let (error, _) = refusal(empty, &layers());
    assert_eq!(error, ArchitectureError::EmptyLayer.into());
}

/// Counts that overflow are refused like others: no parameter count is formed.
#[test]
fn immense_architectures_are_refused() {
    let immense = Architecture {
        inputs: usize::MAX,
        ..architecture(Parametrisation::Ntk, 1.0)
    };
    let (error, _) = refusal(immense, &layers());
    assert!(matches!(error, LayerError::Weights { layer: 0, .. }));
}
