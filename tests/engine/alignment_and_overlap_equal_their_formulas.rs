//! Alignment is the cosine between K and Y Y^T, overlap and energy are squared
//! projections: each against its formula written out.

use crate::naive::{cases, normals};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{AlignmentError, Spectrum, alignment, centred_alignment};
use proptest::prelude::*;

fn positive(n: usize, rank: usize, seed: u64) -> DMatrix<f64> {
    let j = normals(n, rank, seed);
    &j * j.transpose()
}

/// <A, B>_F / (|A|_F |B|_F), entry by entry.
fn cosine(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    let dot =
        |a: &DMatrix<f64>, b: &DMatrix<f64>| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    dot(a, b) / (dot(a, a).sqrt() * dot(b, b).sqrt())
}

fn spectrum(kernel: &DMatrix<f64>) -> Spectrum {
    Spectrum::new(kernel.clone(), &DVector::zeros(kernel.nrows())).unwrap()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn of_kernel_and_targets(n in 2_usize..12, p in 1_usize..6, seed in 0_u64..1000) {
        let kernel = positive(n, n.div_ceil(2), seed);
        // Rows with a mean: centring has something to do.
        let y = normals(p, n, seed + 1).map(|y| y + 0.7);
        let outer = y.transpose() * &y;
        let got = alignment(&kernel, &y).unwrap();
        prop_assert!((got - cosine(&kernel, &outer)).abs() <= 1e-12);
        prop_assert!((-1e-15..=1.0 + 1e-15).contains(&got));

        let h = DMatrix::identity(n, n) - DMatrix::from_element(n, n, 1.0 / n as f64);
        let got = centred_alignment(&kernel, &y).unwrap();
        let exact = cosine(&(&h * &kernel * &h), &(&h * outer * &h));
        prop_assert!((got - exact).abs() <= 1e-12);
        prop_assert!((-1e-15..=1.0 + 1e-15).contains(&got));
    }

    #[test]
    fn of_eigenspaces(n in 1_usize..12, p in 1_usize..4, k in 1_usize..12, seed in 0_u64..1000) {
        prop_assume!(k <= n);
        let (a, b) = (spectrum(&positive(n, n + 1, seed)), spectrum(&positive(n, n + 1, seed + 1)));
        let mut sum = 0.0;
        for i in 0..k {
            for j in 0..k {
                let dot: f64 = (0..n).map(|r| a.vectors[(r, i)] * b.vectors[(r, j)]).sum();
                sum += dot * dot;
            }
        }
        let got = a.overlap(&b, k).unwrap();
        prop_assert!((got - sum / k as f64).abs() <= 1e-12);
        prop_assert!((a.overlap(&a, k).unwrap() - 1.0).abs() <= 1e-12);
        prop_assert!((got - b.overlap(&a, k).unwrap()).abs() <= 1e-12);
        prop_assert!((a.overlap(&b, n).unwrap() - 1.0).abs() <= 1e-12);

        let y = normals(p, n, seed + 2);
        let mut inside = 0.0;
        for c in 0..p {
            for i in 0..k {
                let dot: f64 = (0..n).map(|r| y[(c, r)] * a.vectors[(r, i)]).sum();
                inside += dot * dot;
            }
        }
        let got = a.target_energy(&y, k).unwrap();
        prop_assert!((got - inside / y.norm_squared()).abs() <= 1e-12);
        prop_assert_eq!(a.target_energy(&y, 0), Some(0.0));
        prop_assert!((a.target_energy(&y, n).unwrap() - 1.0).abs() <= 1e-12);
    }
}

#[test]
fn cases_that_can_be_computed_by_hand() {
    let y = normals(2, 6, 1);
    let own = y.transpose() * &y;
    for scale in [1e-100, 1.0, 1e100] {
        assert!((alignment(&(&own * scale), &y).unwrap() - 1.0).abs() <= 1e-14);
    }
    // K = I and one target: |y|^2 / (sqrt n |y|^2).
    let one = normals(1, 9, 2);
    assert!((alignment(&DMatrix::identity(9, 9), &one).unwrap() - 1.0 / 3.0).abs() <= 1e-15);
    // A constant kernel says nothing but that there is a mean.
    let constant = DMatrix::from_element(6, 6, 3.0);
    assert_eq!(centred_alignment(&constant, &y), Ok(0.0));
    let ones = DMatrix::from_element(1, 6, 1.0);
    assert!((alignment(&constant, &ones).unwrap() - 1.0).abs() <= 1e-15);
    assert_eq!(centred_alignment(&own, &ones), Ok(0.0));
    for nothing in [alignment(&(&own * 0.0), &y), alignment(&own, &(&y * 0.0))] {
        assert_eq!(nothing, Ok(0.0));
    }
    // A label that is the top eigenvector, and one that is the bottom one.
    let top = spectrum(&own);
    for (i, inside) in [(0, 1.0), (5, 0.0)] {
        let label = top.vectors.column(i).transpose();
        let label = DMatrix::from_row_slice(1, 6, label.as_slice());
        assert!((top.target_energy(&label, 1).unwrap() - inside).abs() <= 1e-14);
    }
}

#[test]
fn what_does_not_fit_has_no_value() {
    let y = normals(2, 6, 1);
    for (rows, cols) in [(5, 5), (6, 5), (5, 6), (12, 12)] {
        let refusal = alignment(&DMatrix::zeros(rows, cols), &y).unwrap_err();
        let examples = 6;
        assert_eq!(
            refusal,
            AlignmentError::Shape {
                rows,
                cols,
                examples
            }
        );
        assert_eq!(
            centred_alignment(&DMatrix::zeros(rows, cols), &y),
            Err(refusal)
        );
        assert!(refusal.to_string().ends_with('.'));
    }
    let (six, five) = (spectrum(&positive(6, 6, 1)), spectrum(&positive(5, 5, 1)));
    assert_eq!(six.overlap(&five, 2), None);
    assert_eq!((six.overlap(&six, 0), six.overlap(&six, 7)), (None, None));
    assert_eq!(five.target_energy(&y, 2), None);
    assert_eq!(six.target_energy(&y, 7), None);
    assert_eq!(six.target_energy(&(y * 0.0), 2), None);
}
