//! The gate's rule by its definition, from per-example gradients one by one.

use super::{mean, variance};
use nalgebra::DMatrix;
use ntk_playground::training::{Gate, GradientMoments, Mask};

/// The definition, in two passes over the per-example gradients. `None`
/// within 1e-12 relative of the boundary, where rounding may decide.
pub fn definition(each: &[Vec<f64>]) -> Vec<Option<bool>> {
    let b = each.len() as f64;
    mean(each)
        .iter()
        .zip(variance(each))
        .map(|(mu, variance)| {
            let (left, right) = (mu * mu, variance / (b - 1.0));
            let clear = (left - right).abs() > 1e-12 * left.max(right);
            // Equal because both are zero is clear: a dead parameter is closed.
            (clear || left == 0.0).then_some(left > right)
        })
        .collect()
}

pub fn moments_of(each: &[Vec<f64>]) -> GradientMoments {
    let squares: Vec<Vec<f64>> = each
        .iter()
        .map(|row| row.iter().map(|x| x * x).collect())
        .collect();
    let mut moments = GradientMoments::new();
    moments.mean = mean(each);
    moments.mean_square = mean(&squares);
    moments.batch = each.len();
    moments
}

pub fn mask(gate: Gate, each: &[Vec<f64>]) -> Mask {
    let mut mask = Mask::default();
    mask.decide(gate, &moments_of(each)).unwrap();
    mask
}

/// Which parameters a mask of zeros and ones opens.
pub fn open(mask: &Mask) -> Vec<bool> {
    assert!(mask.weights.iter().all(|w| *w == 0.0 || *w == 1.0));
    let open: Vec<bool> = mask.weights.iter().map(|w| *w == 1.0).collect();
    assert_eq!(mask.open, open.iter().filter(|o| **o).count());
    assert_eq!(mask.active_fraction, mask.open as f64 / open.len() as f64);
    open
}

pub fn decide(each: &[Vec<f64>]) -> Vec<bool> {
    open(&mask(Gate::Hard, each))
}

pub fn count(open: &[bool]) -> usize {
    open.iter().filter(|o| **o).count()
}

/// Asserts the definition; returns how many decisions were clear.
pub fn assert_definition(open: &[bool], each: &[Vec<f64>]) -> usize {
    let expected = definition(each);
    assert_eq!(open.len(), expected.len());
    for (k, (open, expected)) in open.iter().zip(&expected).enumerate() {
        assert!(expected.is_none_or(|e| e == *open), "parameter {k}");
    }
    expected.iter().flatten().count()
}

pub fn rows(matrix: &DMatrix<f64>) -> Vec<Vec<f64>> {
    matrix
        .row_iter()
        .map(|row| row.iter().copied().collect())
        .collect()
}

/// Asserts what ties the three weights together; returns the largest
/// deviation of soft and snr from their definitions.
pub fn assert_weights(each: &[Vec<f64>]) -> f64 {
    let others = each.len() as f64 - 1.0;
    let [hard, soft, snr] = [Gate::Hard, Gate::Soft, Gate::Snr].map(|gate| mask(gate, each));
    let mut worst = 0.0_f64;
    for (k, (mu, variance)) in mean(each).iter().zip(variance(each)).enumerate() {
        let (signal, noise) = (mu * mu, variance / others);
        let (exact_soft, exact_snr) = if signal == 0.0 {
            (0.0, 0.0)
        } else {
            ((1.0 - noise / signal).max(0.0), signal / (signal + noise))
        };
        let off = (soft.weights[k] - exact_soft).abs();
        worst = worst.max(off).max((snr.weights[k] - exact_snr).abs());
        // Soft is open exactly where hard is.
        assert_eq!(soft.weights[k] > 0.0, hard.weights[k] == 1.0);
        for mask in [&soft, &snr] {
            assert!((0.0..=1.0).contains(&mask.weights[k]));
        }
    }
    for mask in [soft, snr] {
        let mean = mask.weights.iter().sum::<f64>() / mask.weights.len() as f64;
        assert!((mask.active_fraction - mean).abs() <= 1e-15);
        assert_eq!(mask.open, mask.weights.iter().filter(|w| **w > 0.0).count());
    }
    worst
}
