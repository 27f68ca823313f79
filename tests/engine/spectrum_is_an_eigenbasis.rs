//! K V = V D with orthonormal V and descending D; the residual's coefficients
//! are its coordinates in that basis.

use crate::naive::{ACTIVATIONS, PARAMETRISATIONS, network, normals};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Modes, Spectrum, SpectrumError, train_kernel};
use ntk_playground::network::{Architecture, TangentFactors};

fn residual(n: usize) -> DVector<f64> {
    normals(n, 1, 99).column(0).into_owned()
}

/// Largest of each error seen.
#[derive(Default)]
struct Worst {
    equation: f64,
    orthogonality: f64,
    coefficients: f64,
    energy: f64,
}

impl Worst {
    fn check(&mut self, kernel: &DMatrix<f64>) -> Spectrum {
        let n = kernel.nrows();
        let r = residual(n);
        let spectrum = Spectrum::new(kernel.clone(), &r).unwrap();
        let (v, d) = (&spectrum.vectors, &spectrum.values);
        assert_eq!((spectrum.len(), spectrum.is_empty()), (n, false));
        assert_eq!(v.shape(), (n, n));

        let off = kernel * v - v * DMatrix::from_diagonal(d);
        let size = kernel.norm();
        let equation = if size == 0.0 {
            off.norm()
        } else {
            off.norm() / size
        };
        assert!(equation <= 1e-13, "n = {n}: {equation:e}");

        let orthogonality = (v.transpose() * v - DMatrix::identity(n, n)).amax();
        assert!(orthogonality <= 1e-12, "n = {n}: {orthogonality:e}");

        assert!(d.as_slice().windows(2).all(|pair| pair[0] >= pair[1]));
        assert_eq!(spectrum.largest(), d[0]);

        // c_i = <v_i, r>, by loop; the basis gives the residual back.
        let c = DVector::from_fn(n, |i, _| (0..n).map(|k| v[(k, i)] * r[k]).sum());
        let coefficients = (&spectrum.coefficients - &c)
            .amax()
            .max((v * &spectrum.coefficients - &r).amax())
            / r.amax();
        assert!(coefficients <= 1e-12, "n = {n}: {coefficients:e}");

        let energies: Vec<f64> = spectrum.energies().collect();
        assert!(
            energies
                .iter()
                .zip(&spectrum.coefficients)
                .all(|(e, c)| *e == c * c)
        );
        let energy = (energies.iter().sum::<f64>() / r.norm_squared() - 1.0).abs();
        assert!(energy <= 1e-12, "n = {n}: {energy:e}");

        // The sign is fixed, so that pictures of a mode do not flip.
        for column in v.column_iter() {
            assert!(column[column.icamax()] > 0.0);
        }
        self.equation = self.equation.max(equation);
        self.orthogonality = self.orthogonality.max(orthogonality);
        self.coefficients = self.coefficients.max(coefficients);
        self.energy = self.energy.max(energy);
        spectrum
    }

    fn print(&self) {
        println!(
            "worst: |KV - VD|/|K| {:.1e}, |V'V - I| {:.1e}, coefficients {:.1e}, energy {:.1e}",
            self.equation, self.orthogonality, self.coefficients, self.energy
        );
    }
}

#[test]
fn for_random_kernels() {
    let mut worst = Worst::default();
    for n in (1_usize..=64).chain([128]) {
        // Full rank, and a quarter of it.
        for rank in [n + 2, n.div_ceil(4)] {
            let j = normals(n, rank, n as u64);
            let spectrum = worst.check(&(&j * j.transpose()));
            assert_eq!(spectrum.rank(), n.min(rank), "n = {n}");
        }
    }
    worst.print();
}

/// Eigenvalues from 1 down to 1e-12, as a trained network has them.
#[test]
fn for_a_steep_spectrum() {
    let mut worst = Worst::default();
    for n in [5, 24, 64] {
        let q = normals(n, n, 3).qr().q();
        let exact = DVector::from_fn(n, |i, _| 10_f64.powf(-12.0 * i as f64 / (n - 1) as f64));
        let kernel = &q * DMatrix::from_diagonal(&exact) * q.transpose();
        let kernel = (&kernel + kernel.transpose()) / 2.0;
        let spectrum = worst.check(&kernel);
        // Absolute accuracy: a backward error of a few eps |K| moves each by as much.
        assert!((&spectrum.values - exact).amax() <= 1e-14);
    }
    worst.print();
}

#[test]
fn for_the_kernel_of_a_network_with_duplicate_inputs() {
    let mut worst = Worst::default();
    for activation in ACTIVATIONS {
        for outputs in [1, 3] {
            let shape = Architecture {
                inputs: 1,
                widths: vec![32, 32],
                outputs,
                activation,
                parametrisation: PARAMETRISATIONS[0],
                bias: 1.0,
            };
            let mlp = network(shape, 1);
            let x = DMatrix::from_fn(1, 12, |_, i| (i % 6) as f64 / 3.0 - 1.0);
            let spectrum = worst.check(&train_kernel(&TangentFactors::new(&mlp, &x)));
            assert_eq!(spectrum.len(), 12 * outputs);
            assert!(spectrum.rank() <= 6 * outputs);
            for null in spectrum.values.iter().skip(6 * outputs) {
                assert!(null.abs() <= spectrum.floor(), "{null:e}");
            }
        }
    }
    worst.print();
}

#[test]
fn for_a_diagonal_with_ties() {
    let mut worst = Worst::default();
    let d = DVector::from_vec(vec![1.0, 3.0, 2.0, 3.0, 0.0, 1.0, 3.0]);
    let spectrum = worst.check(&DMatrix::from_diagonal(&d));
    assert_eq!(
        spectrum.values.as_slice(),
        [3.0, 3.0, 3.0, 2.0, 1.0, 1.0, 0.0]
    );
    worst.check(&DMatrix::identity(40, 40));
    // One large eigenvalue n, and n - 1 ties at 0.
    let spectrum = worst.check(&DMatrix::from_element(40, 40, 1.0));
    assert!((spectrum.largest() - 40.0).abs() <= 1e-12);
    assert_eq!(spectrum.rank(), 1);
    let nothing = worst.check(&DMatrix::zeros(3, 3));
    assert_eq!(
        (nothing.largest(), nothing.floor(), nothing.rank()),
        (0.0, 0.0, 0)
    );
    worst.print();
}

/// Scales far from one: nothing is compared with an absolute number.
#[test]
fn for_tiny_and_huge_kernels() {
    let mut worst = Worst::default();
    let j = normals(12, 20, 5);
    let kernel = &j * j.transpose();
    let plain = worst.check(&kernel);
    for scale in [1e-100, 1e-20, 1e20, 1e100] {
        let spectrum = worst.check(&(&kernel * scale));
        assert!((&spectrum.values / scale - &plain.values).amax() <= 1e-13 * plain.largest());
    }
    worst.print();
}

#[test]
fn one_example_is_its_own_mode() {
    let spectrum = Spectrum::new(
        DMatrix::from_element(1, 1, 2.5),
        &DVector::from_vec(vec![-3.0]),
    )
    .unwrap();
    assert_eq!(spectrum.values[0], 2.5);
    assert_eq!(spectrum.vectors[(0, 0)], 1.0);
    assert_eq!(spectrum.coefficients[0], -3.0);
}

#[test]
fn what_is_not_finite_is_refused() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for at in [(0, 0), (1, 2), (2, 1)] {
            let mut kernel = DMatrix::identity(3, 3);
            kernel[at] = bad;
            let refusal = Spectrum::new(kernel, &residual(3));
            assert_eq!(refusal, Err(SpectrumError::NotFinite));
        }
        let mut r = residual(3);
        r[1] = bad;
        let refusal = Spectrum::new(DMatrix::identity(3, 3), &r).unwrap_err();
        assert!(refusal.to_string().ends_with('.'));
    }
}

#[test]
fn the_floor_separates_what_has_a_value_from_what_has_none() {
    let d = DVector::from_vec(vec![
        2.0,
        2.0 * 3.9 * f64::EPSILON,
        2.0 * 4.1 * f64::EPSILON,
        -1e-17,
    ]);
    let spectrum = Spectrum::new(DMatrix::from_diagonal(&d), &residual(4)).unwrap();
    assert_eq!(spectrum.floor(), 4.0 * f64::EPSILON * 2.0);
    assert_eq!(spectrum.rank(), 2);
    // As computed, not clamped.
    assert_eq!(spectrum.values[3], -1e-17);
}

#[test]
fn the_channel_is_what_reaches_a_share_of_the_largest() {
    let d = DVector::from_vec(vec![0.5, 8.0, 0.25, 4.0, 0.0]);
    let spectrum = Spectrum::new(DMatrix::from_diagonal(&d), &residual(5)).unwrap();
    for (threshold, dimension) in [
        (1.0, 1),
        (0.5, 2), // 4 is half of 8: at the threshold is in.
        (0.500001, 1),
        (0.0625, 3),
        (0.03125, 4),
        (1e-9, 4),
        (0.0, 4), // A direction that never moves is not in it.
        (1.5, 0),
    ] {
        assert_eq!(
            spectrum.channel_dimension(threshold),
            dimension,
            "{threshold}"
        );
    }
}

#[test]
fn nothing_and_a_dead_network_have_a_spectrum_too() {
    let empty = Spectrum::new(DMatrix::zeros(0, 0), &DVector::zeros(0)).unwrap();
    assert!(empty.is_empty());
    assert_eq!((empty.rank(), empty.channel_dimension(0.01)), (0, 0));
    let dead = Spectrum::new(DMatrix::zeros(3, 3), &DVector::from_element(3, 1.0)).unwrap();
    // Nothing moves: nothing is in the channel.
    assert_eq!((dead.rank(), dead.channel_dimension(0.01)), (0, 0));
}

/// Values and energies without a basis are those with one, and come with it bit by bit.
#[test]
fn modes_without_vectors_are_the_same_modes() {
    for n in [1, 2, 3, 8, 30, 64] {
        let root = DMatrix::from_fn(n, n + 2, |i, j| {
            (((5 * i + 3 * j) % 17) as f64 - 8.0) * 2f64.powi(-((i % 9) as i32) * 3)
        });
        let kernel = &root * root.transpose();
        let r = residual(n);
        let (spectrum, beside) = Spectrum::with_modes(kernel.clone(), &r).unwrap();
        let modes = Modes::without_vectors(kernel, &r).unwrap();
        assert_eq!(modes, beside, "n = {n}");
        assert_eq!(modes.values, spectrum.values, "n = {n}");
        let size = r.norm_squared();
        for ((with, without), i) in spectrum.energies().zip(modes.energies()).zip(0..) {
            assert!((with - without).abs() <= 1e-12 * size, "n = {n}, mode {i}");
        }
    }
    let refusal = Modes::without_vectors(DMatrix::repeat(2, 2, f64::NAN), &residual(2));
    assert_eq!(refusal, Err(SpectrumError::NotFinite));
}
