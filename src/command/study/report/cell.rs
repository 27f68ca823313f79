//! Cells: samples over seeds, plain numbers, text.

use ntk_playground::statistics::{count, deviation, mean, median, range};

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub(super) content: Content,
    digits: usize,
}

/// Numbers from here on are written with a power of ten.
const LONG: f64 = 1e6;

/// What a cell holds. A sample has one value per seed, in the order of the
/// seeds, and not a number where a seed has none.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// A sample, summarised by mean and standard deviation.
    Mean(Vec<f64>),
    /// A sample, summarised by median and range.
    Median(Vec<f64>),
    /// Whether something is so, summarised by how often it is.
    Count(Vec<bool>),
    /// A number that does not depend on a seed.
    Number(f64),
    /// Text.
    Text(String),
}

impl Cell {
    fn new(content: Content, digits: usize) -> Self {
        Self { content, digits }
    }

    /// "0.117 ± 0.034": mean and standard deviation over seeds.
    pub fn mean(sample: impl IntoIterator<Item = f64>, digits: usize) -> Self {
        Self::new(Content::Mean(sample.into_iter().collect()), digits)
    }

    /// "0.54 [0.31, 1.20]": median and range over seeds; "(7 of 8)" after it
    /// if some seeds have no value.
    pub fn median(sample: impl IntoIterator<Item = f64>, digits: usize) -> Self {
        Self::new(Content::Median(sample.into_iter().collect()), digits)
    }

    /// "7 of 8": at how many seeds something is so.
    pub fn count(sample: impl IntoIterator<Item = bool>) -> Self {
        Self::new(Content::Count(sample.into_iter().collect()), 0)
    }

    /// A number that does not depend on a seed.
    pub fn number(value: f64, digits: usize) -> Self {
        Self::new(Content::Number(value), digits)
    }

    /// What a person reads. Where the middle of a sample would round to 0,
    /// all of its numbers are written as "1.3e-4".
    pub(super) fn text(&self) -> String {
        match &self.content {
            Content::Mean(sample) => {
                let middle = mean(sample);
                let [middle, spread] = self.written(middle, [middle, deviation(sample)]);
                format!("{middle} \u{b1} {spread}{}", left_out(sample))
            }
            Content::Median(sample) => {
                let (middle, (low, high)) = (median(sample), range(sample));
                let [middle, low, high] = self.written(middle, [middle, low, high]);
                format!("{middle} [{low}, {high}]{}", left_out(sample))
            }
            Content::Count(sample) => {
                let hits = sample.iter().filter(|hit| **hit).count();
                format!("{hits} of {}", sample.len())
            }
            Content::Number(value) => {
                let [text] = self.written(*value, [*value]);
                text
            }
            Content::Text(text) => text.clone(),
        }
    }

    fn written<const N: usize>(&self, middle: f64, values: [f64; N]) -> [String; N] {
        let digits = self.digits;
        let smallest = 0.5 * 0.1f64.powi(digits as i32);
        let size = middle.abs();
        let power = size != 0.0 && (size < smallest || size >= LONG);
        values.map(|value| match (value.is_nan(), power) {
            (true, _) => "\u{2014}".into(),
            (_, true) => format!("{value:.1e}"),
            (_, false) => format!("{value:.digits$}"),
        })
    }
}

fn left_out(sample: &[f64]) -> String {
    match count(sample) {
        present if present < sample.len() => format!(" ({present} of {})", sample.len()),
        _ => String::new(),
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(Content::Text(text), 0)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::number(number as f64, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_summarised_by_its_middle_and_its_spread() {
        let sample = [0.5, 0.1, 0.3];
        assert_eq!(Cell::mean(sample, 2).text(), "0.30 \u{b1} 0.20");
        assert_eq!(Cell::median(sample, 1).text(), "0.3 [0.1, 0.5]");
        assert_eq!(Cell::count([true, false, true]).text(), "2 of 3");
    }

    #[test]
    fn a_seed_without_a_value_is_counted() {
        let sample = [f64::NAN, 20.0, 10.0];
        assert_eq!(Cell::median(sample, 0).text(), "15 [10, 20] (2 of 3)");
        assert_eq!(
            Cell::mean([f64::NAN], 1).text(),
            "\u{2014} \u{b1} \u{2014} (0 of 1)"
        );
    }

    #[test]
    fn what_would_round_to_zero_keeps_a_digit() {
        assert_eq!(Cell::median([3e-6], 3).text(), "3.0e-6 [3.0e-6, 3.0e-6]");
        assert_eq!(Cell::number(0.0, 2).text(), "0.00");
        assert_eq!(Cell::mean([0.5, 0.5], 3).text(), "0.500 \u{b1} 0.000");
        assert_eq!(Cell::from(12_000).text(), "12000");
    }
}
