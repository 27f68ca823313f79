//! Without hidden layers the kernel stands still, and the frozen prediction
//! c_i(t) = (1 - eta lambda_i / n)^t c_i(0) is the run itself.

use crate::naive::{PARAMETRISATIONS, network, normals, relative_error};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{FrozenKernel, Spectrum, cross_kernel, train_kernel};
use ntk_playground::network::{Activation, Architecture, Forward, Mlp, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Trainer};

fn flat(outputs: &DMatrix<f64>) -> DVector<f64> {
    DVector::from_column_slice(outputs.as_slice())
}

fn outputs(mlp: &Mlp, inputs: &DMatrix<f64>) -> DVector<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, inputs);
    flat(&forward.outputs)
}

#[test]
fn along_five_hundred_steps() {
    let (n, m) = (8, 5);
    let mut worst = 0.0_f64;
    for parametrisation in PARAMETRISATIONS {
        for bias in [0.0, 1.0, 0.3] {
            // More and fewer inputs than examples: null modes, and none.
            for (d, p) in [(1, 1), (3, 1), (12, 1), (3, 3)] {
                // The share of 2n / lambda_1: slow, usual, at the edge.
                for share in [0.05, 0.5, 0.99] {
                    for centred in [false, true] {
                        let shape = Architecture {
                            inputs: d,
                            widths: vec![],
                            outputs: p,
                            activation: Activation::Relu,
                            parametrisation,
                            bias,
                        };
                        let mlp = network(shape, 1);
                        let (x, q, y) = (normals(d, n, 2), normals(d, m, 3), normals(p, n, 4));
                        let train = TangentFactors::new(&mlp, &x);
                        let test = TangentFactors::new(&mlp, &q);
                        let test_origin = flat(&test.outputs) * f64::from(u8::from(centred));
                        let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
                        let mask = stream(1, Stream::Mask);
                        let mut trainer = Trainer::new(mlp, x.clone(), centred, sampler, mask);
                        let origin = flat(trainer.origin());
                        let residual = |mlp: &Mlp| outputs(mlp, &x) - &origin - flat(&y);

                        let spectrum =
                            Spectrum::new(train_kernel(&train), &residual(trainer.mlp())).unwrap();
                        let eta = share * 2.0 * n as f64 / spectrum.largest();
                        let mut frozen = FrozenKernel::new(
                            spectrum.clone(),
                            &cross_kernel(&test, &train),
                            flat(&test.outputs) - &test_origin,
                            n,
                        );
                        let objective = SquaredLoss::new(&y);
                        for _ in 0..500 {
                            let report = trainer.step(&objective, eta, Gate::Off).unwrap();
                            let r = frozen.train_error();
                            // Phi is half the squared error per example, r is per output.
                            let exact = 2.0 * report.value / p as f64;
                            worst = worst.max((exact - r).abs() / r);
                            frozen.step(eta);
                            let c = spectrum.vectors.transpose() * residual(trainer.mlp());
                            let u = outputs(trainer.mlp(), &q) - &test_origin;
                            for (got, exact) in
                                [(frozen.coefficients(), &c), (&frozen.test_outputs(), &u)]
                            {
                                worst = worst.max(relative_error(got.as_slice(), exact.as_slice()));
                            }
                            assert!(
                                worst <= 1e-9,
                                "d = {d}, p = {p}, bias {bias}, share {share}: {worst:e}"
                            );
                        }
                    }
                }
            }
        }
    }
    println!("worst relative error {worst:.1e}");
}

/// One mode per entry, each with a test point of its own: K_QS = I.
fn separate_modes(lambda: &[f64]) -> FrozenKernel {
    let n = lambda.len();
    let kernel = DMatrix::from_diagonal(&DVector::from_column_slice(lambda));
    let spectrum = Spectrum::new(kernel, &DVector::from_element(n, 1.0)).unwrap();
    FrozenKernel::new(spectrum, &DMatrix::identity(n, n), DVector::zeros(n), n)
}

#[test]
fn ahead_is_as_many_single_steps() {
    // x = eta lambda / n from nothing through 1/2 (where the closed form
    // changes) and 1 (gone at once) to beyond 2 (growing).
    let x = [
        2.1, 2.0, 1.999, 1.5, 1.0, 0.75, 0.5, 0.499999, 0.1, 1e-3, 1e-9, 1e-17, 1e-300, 0.0,
    ];
    let n = x.len() as f64;
    let mut worst = 0.0_f64;
    // Per mode, so that a small one counts as much as a large one; a mode that
    // is gone up to underflow may differ by what underflow leaves.
    let mut compare = |got: f64, exact: f64| {
        let off = (got - exact).abs();
        assert!(off <= 1e-9 * exact.abs() + 1e-300, "{got:e}, not {exact:e}");
        if exact.abs() > 1e-290 {
            worst = worst.max(off / exact.abs());
        }
    };
    for steps in [0, 1, 2, 3, 10, 777, 1500] {
        for already in [0, 5] {
            let mut single = separate_modes(&x.map(|x| x * n));
            for _ in 0..already {
                single.step(1.0);
            }
            let start = single.clone();
            let ahead = start.ahead(steps, 1.0);
            for _ in 0..steps {
                single.step(1.0);
            }
            let (got, exact) = (ahead.test_outputs(), single.test_outputs());
            for i in 0..x.len() {
                compare(ahead.coefficients()[i], single.coefficients()[i]);
                compare(got[i], exact[i]);
            }
            compare(ahead.train_error(), single.train_error());
        }
    }
    println!("worst relative error {worst:.1e}");
}

#[test]
fn ahead_leaves_the_present_as_it_is() {
    let now = separate_modes(&[3.0, 1.0]);
    let later = now.ahead(10, 0.5);
    assert_eq!(now.coefficients().as_slice(), [1.0, 1.0]);
    assert_ne!(later.coefficients(), now.coefficients());
}

#[test]
fn ahead_of_an_earlier_state_is_what_was_ahead_then() {
    let mut frozen = separate_modes(&[3.0, 1.0]);
    frozen.step(0.5);
    let (state, then) = (frozen.state().clone(), frozen.clone());
    frozen.step(0.1);
    let (later, earlier) = (frozen.ahead_of(&state, 10, 0.5), then.ahead(10, 0.5));
    assert_eq!(later.coefficients(), earlier.coefficients());
    assert_eq!(later.test_outputs(), earlier.test_outputs());
    assert_ne!(later.coefficients(), frozen.ahead(10, 0.5).coefficients());
}

/// An eigenvalue that rounding made negative does not grow.
#[test]
fn a_negative_eigenvalue_counts_as_zero() {
    let mut frozen = separate_modes(&[1.0, -1e-3]);
    let start = frozen.clone();
    let ahead = start.ahead(1000, 1.0);
    for _ in 0..1000 {
        frozen.step(1.0);
    }
    assert_eq!(frozen.coefficients()[1], 1.0);
    assert_eq!(ahead.coefficients()[1], 1.0);
}
