//! In which order directions are learned.
//!
//! ```text
//! half-time of direction v     first t with |<v, r(t)>| <= |<v, r(s)>| / 2
//! rank correlation             Pearson's, of the ranks (Spearman)
//! ```
//!
//! If the kernel were constant, a direction of eigenvalue lambda would have the
//! half-time log 2 / -log(1 - eta lambda / n), and the correlation of -lambda
//! with it would be 1.

use nalgebra::{DMatrix, DVector};

/// The half-time, in steps, of every column v of `directions` (np x k): the first
/// step t with |<v, r(t)>| <= |<v, r(s)>| / 2. The path has one residual (np) for
/// each of the ascending `steps`, the first being s; a time is infinite where
/// half is not reached. Cost: 2 np k for each step of the path.
pub fn half_times(
    directions: &DMatrix<f64>,
    steps: &[u64],
    residuals: &[DVector<f64>],
) -> Vec<f64> {
    let mut times = vec![f64::INFINITY; directions.ncols()];
    let Some((first, later)) = residuals.split_first() else {
        return times;
    };
    let start = directions.tr_mul(first);
    for (residual, step) in later.iter().zip(&steps[1..]) {
        let now = directions.tr_mul(residual);
        for (i, time) in times.iter_mut().enumerate() {
            if time.is_infinite() && now[i].abs() <= 0.5 * start[i].abs() {
                *time = (step - steps[0]) as f64;
            }
        }
    }
    times
}

/// Spearman's rank correlation of two samples of one length, in [-1, 1];
/// equal values share the mean of their ranks. Not a number for fewer than
/// two values, or where one sample is constant.
pub fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let middle = (a.len() as f64 - 1.0) / 2.0;
    let sum = |x: &[f64], y: &[f64]| -> f64 {
        let pairs = x.iter().zip(y);
        pairs.map(|(x, y)| (x - middle) * (y - middle)).sum()
    };
    sum(&a, &b) / (sum(&a, &a) * sum(&b, &b)).sqrt()
}

fn ranks(sample: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..sample.len()).collect();
    order.sort_by(|&i, &j| sample[i].total_cmp(&sample[j]));
    let mut ranks = vec![0.0; sample.len()];
    for group in order.chunk_by(|&i, &j| sample[i] == sample[j]) {
        // The position of a group is that of its first member in the order.
        let first = order.iter().position(|&i| i == group[0]).unwrap_or(0);
        let rank = first as f64 + (group.len() as f64 - 1.0) / 2.0;
        for &i in group {
            ranks[i] = rank;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_correlate_by_order_alone() {
        let a = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(rank_correlation(&a, &[1.0, 10.0, 11.0, 1e9]), 1.0);
        assert_eq!(rank_correlation(&a, &[4.0, 3.0, 2.0, 1.0]), -1.0);
        // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / sqrt(4.5 * 5).
        let tied = rank_correlation(&a, &[0.0, 5.0, 5.0, f64::INFINITY]);
        assert!((tied - (4.5_f64 / 5.0).sqrt()).abs() < 1e-15);
        assert!(rank_correlation(&a, &[1.0; 4]).is_nan());
        assert!(rank_correlation(&[], &[]).is_nan());
    }

    #[test]
    fn half_is_reached_once() {
        let path: Vec<DVector<f64>> = [[4.0, 1.0], [2.1, -0.4], [1.9, 0.9], [3.0, 0.1]]
            .iter()
            .map(|r| DVector::from_row_slice(r))
            .collect();
        let times = half_times(&DMatrix::identity(2, 2), &[10, 11, 13, 20], &path);
        assert_eq!(times, [3.0, 1.0]);
        let never = half_times(&DMatrix::identity(2, 2), &[10], &path[..1]);
        assert!(never.iter().all(|t| t.is_infinite()));
    }
}
