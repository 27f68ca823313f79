//! Mean, standard deviation, median and range of a sample.
//!
//! Not a number stands for "no value at this seed" and is left out: a run
//! that never came to what is measured is not a large or a small value.

/// The values of a sample that are numbers.
fn present(sample: &[f64]) -> impl Iterator<Item = f64> {
    sample.iter().copied().filter(|value| !value.is_nan())
}

/// How many values a sample has.
pub fn count(sample: &[f64]) -> usize {
    present(sample).count()
}

/// The mean; not a number for an empty sample.
pub fn mean(sample: &[f64]) -> f64 {
    present(sample).sum::<f64>() / count(sample) as f64
}

/// The standard deviation, with n - 1; 0 for a single value, not a number for
/// an empty sample.
pub fn deviation(sample: &[f64]) -> f64 {
    let (n, mean) = (count(sample) as f64, mean(sample));
    let squares: f64 = present(sample).map(|v| (v - mean) * (v - mean)).sum();
    (squares / (n - 1.0).max(n.min(1.0))).sqrt()
}

/// The median: the middle value, or the mean of the two in the middle; not a
/// number for an empty sample.
pub fn median(sample: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = present(sample).collect();
    sorted.sort_by(f64::total_cmp);
    match (sorted.len() / 2, sorted.len() % 2) {
        (0, 0) => f64::NAN,
        (middle, 0) => (sorted[middle - 1] + sorted[middle]) / 2.0,
        (middle, _) => sorted[middle],
    }
}

/// The smallest and the largest value; not numbers for an empty sample.
pub fn range(sample: &[f64]) -> (f64, f64) {
    present(sample).fold((f64::NAN, f64::NAN), |(low, high), v| {
        (low.min(v), high.max(v))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_value_is_left_out() {
        let sample = [3.0, f64::NAN, 1.0, 8.0];
        assert_eq!((count(&sample), mean(&sample)), (3, 4.0));
        assert_eq!((median(&sample), range(&sample)), (3.0, (1.0, 8.0)));
        assert!((deviation(&sample) - 13f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_median_of_an_even_sample_lies_between() {
        assert_eq!(median(&[4.0, 1.0, 2.0, 9.0]), 3.0);
    }

    #[test]
    fn nothing_has_no_middle() {
        assert!(median(&[]).is_nan() && mean(&[]).is_nan() && range(&[]).0.is_nan());
        assert!(deviation(&[]).is_nan());
        assert_eq!(deviation(&[7.0]), 0.0);
    }
}
