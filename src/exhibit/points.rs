//! A person's own points (x, y): their text in a link, and edits by pointing.
//!
//! ```text
//! -0.5:0.25~0.1:-1      two points; `none` for none
//! ```
//!
//! Colons and tildes need no escape in a link or an attribute, and neither
//! parts the entries of a log of changes.

use crate::task::{decimal, shortest};

/// A change of one point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Edit {
    /// A new point, at the end of the list.
    Add([f64; 2]),
    /// The point of that index, counted from 0, stands elsewhere.
    Move(usize, [f64; 2]),
    /// The point of that index is gone.
    Remove(usize),
}

/// Points as text; [`read`] reads them back to the digit.
pub(super) fn text(points: &[[f64; 2]]) -> String {
    if points.is_empty() {
        return "none".into();
    }
    let pair = |[x, y]: &[f64; 2]| format!("{}:{}", shortest(*x), shortest(*y));
    points.iter().map(pair).collect::<Vec<_>>().join("~")
}

/// Reads points.
///
/// # Errors
/// The index of the first pair that is not two numbers of at most `largest`,
/// and its text.
pub(super) fn read(text: &str, largest: f64) -> Result<Vec<[f64; 2]>, (usize, &str)> {
    if text == "none" {
        return Ok(Vec::new());
    }
    let number = |text: &str| {
        let value = decimal(text.trim())?;
        // Not a negative zero, which would print as another text.
        (value.abs() <= largest).then_some(value + 0.0)
    };
    let pair = |text: &str| {
        let (x, y) = text.split_once(':')?;
        Some([number(x)?, number(y)?])
    };
    let pairs = text.split('~').enumerate();
    pairs.map(|(i, text)| pair(text).ok_or((i, text))).collect()
}

/// The point nearest to a place, within an ellipse of half-axes `reach`; of
/// equally near ones the last, which is drawn on top.
pub(super) fn nearest(points: &[[f64; 2]], at: [f64; 2], reach: [f64; 2]) -> Option<usize> {
    let mut found = None;
    let mut least = 1.0;
    for (i, point) in points.iter().enumerate() {
        let [x, y] = [0, 1].map(|axis| (point[axis] - at[axis]) / reach[axis]);
        let distance = x * x + y * y;
        if distance <= least {
            (found, least) = (Some(i), distance);
        }
    }
    found
}

/// A point's new numbers, to about a thousandth of what its axis shows: a
/// mouse is no finer, and links stay short.
pub(super) fn rounded(point: [f64; 2], among: &[[f64; 2]]) -> [f64; 2] {
    // The axis of x shows [-1, 1] at least.
    let least = [1.0, 0.0];
    [0, 1].map(|axis| {
        let sizes = among.iter().chain([&point]).map(|p| p[axis].abs());
        let span = 2.0 * sizes.fold(least[axis], f64::max);
        let decade = libm::floor(libm::log10(span));
        let digits = if decade.is_finite() {
            (3.0 - decade).max(0.0) as usize
        } else {
            3
        };
        let text = format!("{:.digits$}", point[axis]);
        decimal(&text).map_or(point[axis], |value| value + 0.0)
    })
}
