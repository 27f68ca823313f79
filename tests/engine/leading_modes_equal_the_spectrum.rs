//! The leading modes, found one by one from a tridiagonal form that was
//! reached in slices, are those of the whole spectrum; and the same form
//! solves linear systems.

use crate::naive::{cases, normals};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{LeadingModes, Spectrum, SpectrumError, Tridiagonal};
use proptest::prelude::*;

fn done(kernel: &DMatrix<f64>, slice: usize) -> Tridiagonal {
    let mut form = Tridiagonal::begin(kernel.clone()).expect("finite");
    while !form.advance(slice) {}
    form
}

fn leading(kernel: &DMatrix<f64>, k: usize, slice: usize) -> LeadingModes {
    let form = done(kernel, slice);
    let mut modes = LeadingModes::default();
    for _ in 0..k {
        modes.push(&form);
    }
    modes
}

/// K V = V D and V^T V = I, whatever the multiplicities.
fn check(kernel: &DMatrix<f64>, modes: &LeadingModes) {
    let (n, k) = (kernel.nrows(), modes.len());
    let scale = kernel.norm().max(1e-300);
    let values = DMatrix::from_diagonal(&DVector::from_column_slice(&modes.values));
    let off = (kernel * &modes.vectors - &modes.vectors * values).norm() / scale;
    assert!(off < 1e-12 * n as f64, "residual {off:.1e}");
    let gram = modes.vectors.tr_mul(&modes.vectors);
    let off = (gram - DMatrix::identity(k, k)).norm();
    assert!(off < 1e-10, "orthogonality {off:.1e}");
}

fn positive(n: usize, rank: usize, seed: u64) -> DMatrix<f64> {
    let j = normals(n, rank, seed);
    &j * j.transpose()
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn of_a_kernel(n in 1_usize..40, short in 0_usize..3, slice in 1_usize..5000, seed in 0_u64..1000) {
        let kernel = positive(n, (n >> short).max(1), seed);
        let k = n.div_ceil(3);
        let modes = leading(&kernel, k, slice);
        check(&kernel, &modes);
        let whole = Spectrum::new(kernel.clone(), &DVector::zeros(n)).unwrap();
        for (got, wanted) in modes.values.iter().zip(whole.values.iter()) {
            prop_assert!((got - wanted).abs() <= 1e-12 * whole.largest());
        }
        // Of the spans only where they are told apart.
        let rank = (n >> short).max(1);
        if k < rank && whole.values[k - 1] - whole.values[k] > 1e-3 * whole.largest() {
            let targets = normals(3, n, seed + 1);
            let wanted = whole.target_energy(&targets, k).unwrap();
            prop_assert!((modes.target_energy(&targets).unwrap() - wanted).abs() < 1e-9);
            let other = leading(&positive(n, n, seed + 2), k, slice);
            let same = Spectrum::new(positive(n, n, seed + 2), &DVector::zeros(n)).unwrap();
            if same.values[k - 1] - same.values[k] > 1e-3 * same.largest() {
                let wanted = whole.overlap(&same, k).unwrap();
                prop_assert!((modes.overlap(&other).unwrap() - wanted).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn slices_do_not_show(n in 1_usize..30, slice in 1_usize..3000, seed in 0_u64..100) {
        let kernel = positive(n, n, seed);
        prop_assert_eq!(leading(&kernel, n, slice), leading(&kernel, n, usize::MAX));
    }

    #[test]
    fn regression_solves_the_shifted_system(n in 1_usize..30, seed in 0_u64..200) {
        let kernel = positive(n, n.div_ceil(2), seed);
        let form = done(&kernel, 500);
        let y = normals(n, 1, seed + 3);
        let mut x: Vec<f64> = y.iter().copied().collect();
        let shift = 0.01 * kernel.trace() / n as f64;
        form.to_inner(&mut x);
        form.solve_inner(shift, &mut x);
        form.to_outer(&mut x);
        let x = DMatrix::from_vec(n, 1, x);
        let back = &kernel * &x + shift * &x;
        prop_assert!((back - &y).norm() <= 1e-9 * y.norm());
    }
}

#[test]
fn equal_eigenvalues_keep_their_vectors_apart() {
    for kernel in [
        DMatrix::identity(9, 9),
        DMatrix::zeros(5, 5),
        DMatrix::from_element(8, 8, 1.0),
        DMatrix::from_diagonal(&DVector::from_column_slice(&[2.0, 2.0, 1.0, 1.0, 0.0, 2.0])),
    ] {
        let n = kernel.nrows();
        check(&kernel, &leading(&kernel, n, usize::MAX));
    }
}

/// A slice costs what it may, and at most one column more: a picture waits for
/// it. Of a column, with m left, that is 4 m^2.
#[test]
fn a_slice_is_as_long_as_it_may_be() {
    let kernel = positive(30, 30, 1);
    let columns = (1..=30).map(|m| 4 * m * m).sum::<usize>();
    let (slice, longest) = (3600, 4 * 30 * 30);
    let mut form = Tridiagonal::begin(kernel).expect("finite");
    let mut slices = 1;
    while !form.advance(slice) {
        slices += 1;
    }
    assert!(slices <= columns.div_ceil(slice), "{slices} slices");
    assert!(slices >= columns / (slice + longest), "{slices} slices");
}

#[test]
fn what_is_not_finite_is_refused() {
    let mut kernel = DMatrix::identity(3, 3);
    kernel[(2, 1)] = f64::NAN;
    let refused = Tridiagonal::begin(kernel).map(|_| ());
    assert_eq!(refused, Err(SpectrumError::NotFinite));
    assert!(done(&DMatrix::zeros(0, 0), 1).is_empty());
}
