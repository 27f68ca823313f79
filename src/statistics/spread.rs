//! Median and range of a sample over seeds.

/// Median and range of one number over seeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The middle value.
    pub median: f64,
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

/// Median and range of what is a number in a sample; not a number if nothing
/// is. Infinite values count as such.
pub fn spread(sample: impl Iterator<Item = f64>) -> Spread {
    let mut sample: Vec<f64> = sample.filter(|v| !v.is_nan()).collect();
    sample.sort_unstable_by(f64::total_cmp);
    let (Some(&low), Some(&high)) = (sample.first(), sample.last()) else {
        return Spread {
            median: f64::NAN,
            low: f64::NAN,
            high: f64::NAN,
        };
    };
    let middle = sample.len() / 2;
    let median = if sample.len().is_multiple_of(2) && sample[middle - 1] != sample[middle] {
        (sample[middle - 1] + sample[middle]) / 2.0
    } else {
        sample[middle]
    };
    Spread { median, low, high }
}
