//! An exact interval of a median, from order statistics.

use super::coin::coin;

/// Confidence of every interval and, less 1, level of every test: two-sided.
pub const CONFIDENCE: f64 = 0.95;

/// Fewest values that have such an interval: 2 / 2^6 is under 5 %, 2 / 2^5 is not.
pub const FEWEST: usize = 6;

/// An interval that holds a median.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Probability with which such an interval holds the median, at least [`CONFIDENCE`].
    pub confidence: f64,
}

/// The narrowest interval between two order statistics, as far from either end, that holds
/// the median of what the sample was drawn from with at least 95 %; none for fewer than six
/// values. Infinite values count as such, those that are not numbers are left out.
pub fn median_interval(sample: impl IntoIterator<Item = f64>) -> Option<Interval> {
    let mut sorted: Vec<f64> = sample.into_iter().filter(|v| !v.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len();
    let level = (1.0 - CONFIDENCE) / 2.0;
    let outside = (0..n / 2)
        .take_while(|k| coin(n, *k, 0.5) <= level)
        .last()?;
    Some(Interval {
        low: sorted[outside],
        high: sorted[n - 1 - outside],
        confidence: 1.0 - 2.0 * coin(n, outside, 0.5),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_values_need_their_whole_range_and_thirty_two_their_middle() {
        let numbers = |n: usize| (1..=n).map(|i| i as f64);
        assert_eq!(median_interval(numbers(FEWEST - 1)), None);
        let six = median_interval(numbers(FEWEST)).expect("enough");
        assert_eq!((six.low, six.high), (1.0, 6.0));
        let eight = median_interval(numbers(8)).expect("enough");
        assert_eq!((eight.low, eight.high), (1.0, 8.0));
        assert!((eight.confidence - (1.0 - 2.0 / 256.0)).abs() < 1e-12);
        // Tables of order statistics: ranks 10 and 23.
        let many = median_interval(numbers(32)).expect("enough");
        assert_eq!((many.low, many.high), (10.0, 23.0));
        assert!(many.confidence >= CONFIDENCE);
    }

    #[test]
    fn what_is_no_number_is_no_value() {
        let sample = [f64::NAN, 1.0, 2.0, 3.0, f64::INFINITY, 4.0, 5.0, f64::NAN];
        let interval = median_interval(sample).expect("six values");
        assert_eq!((interval.low, interval.high), (1.0, f64::INFINITY));
    }

    /// The promised confidence, by drawing.
    #[test]
    fn it_holds_the_median_as_often_as_it_promises() {
        use crate::random::{Stream, stream};
        use rand::RngExt;
        let mut random = stream(1, Stream::Noise);
        let held = (0..4_000).filter(|_| {
            // Skewed, with median 1/4.
            let sample: [f64; 12] = std::array::from_fn(|_| random.random::<f64>().powi(2));
            let interval = median_interval(sample).expect("twelve values");
            (interval.low..=interval.high).contains(&0.25)
        });
        let share = held.count() as f64 / 4_000.0;
        // Ranks 3 and 10 of 12: 96.1 %.
        assert!((share - 0.961).abs() < 0.012, "{share}");
    }
}
