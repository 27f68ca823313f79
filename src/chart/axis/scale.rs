//! Scales: linear and logarithmic maps of data coordinates onto a length.

use serde::Serialize;

/// How data coordinates map onto a length.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Scale {
    /// Equal differences take equal lengths.
    Linear {
        /// Value at the start (left or bottom).
        min: f64,
        /// Value at the end (right or top).
        max: f64,
    },
    /// Equal ratios take equal lengths; both ends are positive.
    Log {
        /// Value at the start (left or bottom), above zero.
        min: f64,
        /// Value at the end (right or top).
        max: f64,
    },
}

impl Scale {
    /// Where a value lies between start (0) and end (1); beyond them it lies
    /// outside that interval. On a log scale a value at or below zero has no
    /// place and clamps to the start. A range without width maps to the middle.
    pub fn to_unit(&self, value: f64) -> f64 {
        let (start, end, value) = match *self {
            Self::Linear { min, max } => (min, max, value),
            Self::Log { min, max } => {
                if value <= 0.0 {
                    return 0.0;
                }
                (
                    libm::log10(positive(min)),
                    libm::log10(positive(max)),
                    libm::log10(value),
                )
            }
        };
        let span = end - start;
        if span == 0.0 || !span.is_finite() {
            return if value.is_nan() { f64::NAN } else { 0.5 };
        }
        (value - start) / span
    }

    /// The value at a place between start (0) and end (1).
    pub fn from_unit(&self, unit: f64) -> f64 {
        match *self {
            Self::Linear { min, max } => min + unit * (max - min),
            Self::Log { min, max } => {
                let (start, end) = (libm::log10(positive(min)), libm::log10(positive(max)));
                libm::pow(10.0, start + unit * (end - start))
            }
        }
    }

    /// Value at the start.
    pub fn min(&self) -> f64 {
        match *self {
            Self::Linear { min, .. } | Self::Log { min, .. } => min,
        }
    }

    /// Value at the end.
    pub fn max(&self) -> f64 {
        match *self {
            Self::Linear { max, .. } | Self::Log { max, .. } => max,
        }
    }
}

/// The ends of a log scale must be positive whatever a caller hands over.
pub(super) fn positive(value: f64) -> f64 {
    if value > f64::MIN_POSITIVE {
        value
    } else {
        f64::MIN_POSITIVE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_invert() {
        let scales = [
            Scale::Linear {
                min: -2.0,
                max: 3.0,
            },
            Scale::Log {
                min: 1e-4,
                max: 1e3,
            },
        ];
        for scale in scales {
            for u in [0.0, 0.25, 1.0] {
                assert!((scale.to_unit(scale.from_unit(u)) - u).abs() < 1e-12);
            }
        }
        assert_eq!(scales[1].to_unit(-1.0), 0.0);
        assert_eq!(Scale::Linear { min: 1.0, max: 1.0 }.to_unit(1.0), 0.5);
    }
}
