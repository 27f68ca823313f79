//! K_SS = J_S J_S^T and K_QS = J_Q J_S^T: the contraction of factors gives the
//! product of the Jacobian that it never forms.

use crate::naive::{
    ACTIVATIONS, Naive, PARAMETRISATIONS, cases, gram, network, normals, relative_error,
};
use nalgebra::{DMatrix, SymmetricEigen};
use ntk_playground::kernel::{cross_kernel, train_kernel};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::random::{Stream, stream};
use proptest::prelude::*;

/// Largest relative error of outputs, K_SS and K_QS against the oracle.
fn error(mlp: &Mlp, train: &DMatrix<f64>, test: &DMatrix<f64>) -> f64 {
    let net = Naive::of(mlp);
    let (js, jq) = (net.jacobian(train), net.jacobian(test));
    let (s, q) = (
        TangentFactors::new(mlp, train),
        TangentFactors::new(mlp, test),
    );
    [
        (s.outputs.as_ref().clone(), net.all_outputs(train)),
        (train_kernel(&s), gram(&js, &js)),
        (cross_kernel(&q, &s), gram(&jq, &js)),
    ]
    .iter()
    .map(|(got, exact)| {
        assert_eq!(got.shape(), exact.shape());
        relative_error(got.as_slice(), exact.as_slice())
    })
    .fold(0.0, f64::max)
}

#[test]
fn for_every_kind_of_network() {
    let mut worst = 0.0_f64;
    for activation in ACTIVATIONS {
        for parametrisation in PARAMETRISATIONS {
            for bias in [0.0, 1.0, 0.3] {
                for outputs in [1, 3] {
                    let shape = Architecture {
                        inputs: 2,
                        widths: vec![16, 12],
                        outputs,
                        activation,
                        parametrisation,
                        bias,
                    };
                    let mlp = network(shape.clone(), 1);
                    let off = error(&mlp, &normals(2, 9, 2), &normals(2, 7, 3));
                    assert!(off <= 1e-12, "{shape:?}: {off:e}");
                    worst = worst.max(off);
                }
            }
        }
    }
    println!("worst relative error {worst:.1e}");
}

fn architecture() -> impl Strategy<Value = Architecture> {
    let widths = prop::collection::vec(1_usize..13, 0..=3);
    let kind = (
        prop::sample::select(ACTIVATIONS.to_vec()),
        prop::sample::select(PARAMETRISATIONS.to_vec()),
        prop::sample::select(vec![0.0, 1.0, 0.3]),
    );
    (1_usize..5, widths, 1_usize..4, kind).prop_map(
        |(inputs, widths, outputs, (activation, parametrisation, bias))| Architecture {
            inputs,
            widths,
            outputs,
            activation,
            parametrisation,
            bias,
        },
    )
}

fn eigenvalues(kernel: &DMatrix<f64>) -> Vec<f64> {
    let mut values = SymmetricEigen::new(kernel.clone())
        .eigenvalues
        .as_slice()
        .to_vec();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn for_random_shapes(
        shape in architecture(), n in 1_usize..10, m in 1_usize..8, seed in 0_u64..1000,
    ) {
        let mlp = network(shape.clone(), seed);
        let (train, test) = (normals(shape.inputs, n, seed + 1), normals(shape.inputs, m, seed + 2));
        let off = error(&mlp, &train, &test);
        prop_assert!(off <= 1e-12, "{off:e}");

        let kernel = train_kernel(&TangentFactors::new(&mlp, &train));
        // Sums of the same products in another order: rounding only.
        let asymmetry = relative_error(kernel.transpose().as_slice(), kernel.as_slice());
        prop_assert!(asymmetry <= 1e-14, "{asymmetry:e}");
        let values = eigenvalues(&kernel);
        let smallest = values[values.len() - 1];
        prop_assert!(smallest >= -1e-13 * values[0], "{values:?}");
    }

    /// Every input twice: each eigenvector that tells copies apart is null.
    #[test]
    fn duplicate_inputs_make_it_singular(
        shape in architecture(), distinct in 1_usize..5, seed in 0_u64..1000,
    ) {
        let mlp = network(shape.clone(), seed);
        let once = normals(shape.inputs, distinct, seed + 1);
        let twice = DMatrix::from_fn(shape.inputs, 2 * distinct, |r, c| once[(r, c % distinct)]);
        let kernel = train_kernel(&TangentFactors::new(&mlp, &twice));
        let exact = gram(&Naive::of(&mlp).jacobian(&twice), &Naive::of(&mlp).jacobian(&twice));
        prop_assert!(relative_error(kernel.as_slice(), exact.as_slice()) <= 1e-12);
        let values = eigenvalues(&kernel);
        for null in &values[distinct * shape.outputs..] {
            prop_assert!(null.abs() <= 1e-13 * values[0], "{values:?}");
        }
    }
}

/// The initial function of `shape` with the parametrisation replaced, and its
/// kernel, for the same random numbers.
fn initial(
    shape: &Architecture,
    parametrisation: Parametrisation,
    scale: f64,
) -> (DMatrix<f64>, DMatrix<f64>) {
    let shape = Architecture {
        parametrisation,
        ..shape.clone()
    };
    let x = normals(shape.inputs, 6, 9);
    let mlp = Mlp::random(shape, scale, &mut stream(5, Stream::Weights)).unwrap();
    let factors = TangentFactors::new(&mlp, &x);
    (factors.outputs.as_ref().clone(), train_kernel(&factors))
}

#[test]
fn parametrisations_share_the_initial_function_and_not_the_kernel() {
    let mut worst = 0.0_f64;
    for activation in ACTIVATIONS {
        for bias in [0.0, 1.0, 0.3] {
            for scale in [1.0, 0.1] {
                let shape = Architecture {
                    inputs: 3,
                    widths: vec![8, 5],
                    outputs: 2,
                    activation,
                    parametrisation: Parametrisation::Ntk,
                    bias,
                };
                let (ntk, ntk_kernel) = initial(&shape, Parametrisation::Ntk, scale);
                let (standard, standard_kernel) = initial(&shape, Parametrisation::Standard, scale);
                let off = relative_error(ntk.as_slice(), standard.as_slice());
                assert!(off <= 1e-13, "{shape:?}: {off:e}");
                worst = worst.max(off);
                // Small weights leave little but the output bias, common to both.
                let kernels = relative_error(ntk_kernel.as_slice(), standard_kernel.as_slice());
                assert!(scale < 1.0 || kernels > 0.01, "{shape:?}: {kernels:e}");
            }
        }
    }
    println!("worst relative error {worst:.1e}");
}

#[test]
fn the_initial_scale_multiplies_every_layer() {
    // Three ReLU layers without biases are homogeneous of degree three.
    let shape = Architecture {
        inputs: 3,
        widths: vec![8, 5],
        outputs: 2,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 0.0,
    };
    for parametrisation in PARAMETRISATIONS {
        let (one, _) = initial(&shape, parametrisation, 1.0);
        let (half, _) = initial(&shape, parametrisation, 0.5);
        assert_eq!(half, one / 8.0);
    }
}

#[test]
fn initial_weights_have_the_promised_size_and_output_biases_are_zero() {
    for (parametrisation, weight, bias) in [
        (Parametrisation::Ntk, 1.0, 1.0),
        (Parametrisation::Standard, f64::sqrt(2.0 / 100.0), 0.3),
    ] {
        let shape = Architecture {
            inputs: 3,
            widths: vec![100, 1000],
            outputs: 2,
            activation: Activation::Relu,
            parametrisation,
            bias: 0.3,
        };
        let mlp = Mlp::random(shape, 1.0, &mut stream(5, Stream::Weights)).unwrap();
        let rms = |range: std::ops::Range<usize>| {
            let w = &mlp.parameters()[range];
            f64::sqrt(w.iter().map(|w| w * w).sum::<f64>() / w.len() as f64)
        };
        let [_, middle, last] = mlp.layers() else {
            panic!("three layers");
        };
        // The rms of k normals is off by 1 / sqrt(2k) of itself: five of those
        // are 1.2% for 100 000 weights, 11% for 1000 biases.
        assert!((rms(middle.weights()) / weight - 1.0).abs() < 0.012);
        assert!((rms(middle.biases()) / bias - 1.0).abs() < 0.12);
        assert_eq!(mlp.parameters()[last.biases()], [0.0, 0.0]);
    }
}
