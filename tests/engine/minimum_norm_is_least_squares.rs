//! `MinimumNorm` is the pseudo-inverse: it agrees with a singular value
//! decomposition, its residual is orthogonal to every feature, and its
//! coefficients lie in the span of the examples.

use crate::naive::cases;
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{MinimumNorm, SpectrumError};
use proptest::prelude::*;

/// Features of N x n, well conditioned for the sizes drawn here.
fn features(count: usize, examples: usize, numbers: &[f64]) -> DMatrix<f64> {
    let mut features = DMatrix::from_fn(count, examples, |i, j| numbers[i * examples + j]);
    for i in 0..count.min(examples) {
        features[(i, i)] += 4.0;
    }
    features
}

/// c = (Phi^T)^+ y from singular values, and lambda_min / lambda_1.
fn by_singular_values(features: &DMatrix<f64>, labels: &DVector<f64>) -> (DVector<f64>, f64) {
    let svd = features.transpose().svd(true, true);
    let largest = svd.singular_values.max();
    let smallest = svd.singular_values.min();
    let coefficients = svd.solve(labels, 1e-10 * largest).expect("both factors");
    (coefficients, (smallest / largest).powi(2))
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn agrees_with_singular_values(
        count in 1usize..9, examples in 1usize..9,
        numbers in prop::collection::vec(-1.0f64..1.0, 64),
        labels in prop::collection::vec(-2.0f64..2.0, 8),
    ) {
        let features = features(count, examples, &numbers);
        let labels = DVector::from_column_slice(&labels[..examples]);
        let fit = MinimumNorm::new(features.clone()).expect("finite");
        let (wanted, share) = by_singular_values(&features, &labels);
        let c = fit.coefficients(&labels);
        prop_assert!((&c - &wanted).norm() <= 1e-8 * (1.0 + wanted.norm()), "{c} {wanted}");
        prop_assert!((fit.smallest_share() - share).abs() <= 1e-10);
        prop_assert_eq!(fit.rank(), count.min(examples));
        let residual = features.tr_mul(&c) - &labels;
        prop_assert!((&features * &residual).norm() <= 1e-8 * labels.norm().max(1.0));
        if count >= examples {
            prop_assert!(residual.norm() <= 1e-8 * labels.norm().max(1.0));
        }
    }
}

#[test]
fn repeated_features_share_their_coefficient() {
    // Two equal rows: of all ways to split the coefficient the even one has least norm.
    let features = DMatrix::from_row_slice(
        3,
        4,
        &[
            1.0, 2.0, 0.0, -1.0, //
            1.0, 2.0, 0.0, -1.0, //
            0.5, 0.0, 1.0, 1.0,
        ],
    );
    let labels = DVector::from_column_slice(&[1.0, -1.0, 0.5, 2.0]);
    let fit = MinimumNorm::new(features).expect("finite");
    let c = fit.coefficients(&labels);
    assert_eq!(fit.rank(), 2);
    assert!((c[0] - c[1]).abs() < 1e-12 && c[0].abs() > 0.1);
    assert!(fit.smallest_share() > 1e-3, "zero is not the smallest");
}

#[test]
fn what_is_not_finite_is_refused() {
    let mut features = DMatrix::from_element(2, 3, 1.0);
    features[(1, 2)] = f64::INFINITY;
    assert_eq!(
        MinimumNorm::new(features).err(),
        Some(SpectrumError::NotFinite)
    );
}
