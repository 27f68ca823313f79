//! What a person's own points have to satisfy.

use thiserror::Error;

/// No more than this many points: an n x n kernel and its eigenvalues are
/// computed again and again.
pub const MOST_POINTS: usize = 128;

/// No larger x or y than this from a person. Networks learn best where both
/// are of order one; the kernel grows with x^2, and beyond this size its
/// largest eigenvalue would bury what sets points of order one apart.
pub const LARGEST: f64 = 1e3;

/// Why points are not a regression problem. Rows are counted from 1, as in
/// the text that a person pastes.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PointsError {
    /// No point.
    #[error("There is no point to learn from; at least one is needed.")]
    None,
    /// More than [`MOST_POINTS`].
    #[error("There are {0} points; at most {MOST_POINTS} can be used.")]
    TooMany(usize),
    /// Not as many labels as inputs.
    #[error("There are {inputs} values of x and {labels} of y; every point needs both.")]
    Unpaired {
        /// Number of x.
        inputs: usize,
        /// Number of y.
        labels: usize,
    },
    /// An infinite value, or not a number.
    #[error("Row {row}: {name} is {value}; it must be a finite number.")]
    NotFinite {
        /// The row, counted from 1.
        row: usize,
        /// "x" or "y".
        name: &'static str,
        /// The value.
        value: f64,
    },
}

/// Checks points, and puts them in ascending order of x; points of equal x
/// keep their order.
pub(super) fn checked(x: &[f64], y: &[f64]) -> Result<Vec<(f64, f64)>, PointsError> {
    if x.len() != y.len() {
        return Err(PointsError::Unpaired {
            inputs: x.len(),
            labels: y.len(),
        });
    }
    if x.is_empty() {
        return Err(PointsError::None);
    }
    if x.len() > MOST_POINTS {
        return Err(PointsError::TooMany(x.len()));
    }
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(x.len());
    for (i, (&x, &y)) in x.iter().zip(y).enumerate() {
        for (name, value) in [("x", x), ("y", y)] {
            if !value.is_finite() {
                return Err(PointsError::NotFinite {
                    row: i + 1,
                    name,
                    value,
                });
            }
        }
        // By insertion: points are few, and a general sort is large in a
        // module that a page loads.
        let after = points.partition_point(|point| point.0 <= x);
        points.insert(after, (x, y));
    }
    Ok(points)
}
