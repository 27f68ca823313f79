//! The cursor: where a person points in a chart.
//!
//! A place is a number: a record's index, a mode, a test point's index, or an x. Views
//! whose places are the same thing share a cursor; it goes with them.

use super::Probe;

/// A place in the views of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cursor {
    /// What the place is one of: `mode`, `record`, `input`.
    pub of: &'static str,
    /// Which one, counted from 0, or an x.
    pub at: f64,
}

impl Cursor {
    /// The index of one of `of`, if that is what the cursor is at.
    pub fn index(cursor: Option<Self>, of: &str) -> Option<usize> {
        cursor
            .filter(|cursor| cursor.of == of)
            .map(|cursor| cursor.at as usize)
    }
}

/// Where a move of the cursor leads among `count` places.
pub(super) struct Places<N> {
    /// How many there are.
    pub count: usize,
    /// Where a key leads that moves a cursor which is not there yet.
    pub first: usize,
    /// Places that one key press moves by.
    pub stride: i32,
    /// The place nearest to a point in data coordinates.
    pub nearest: N,
}

impl<N: FnOnce([f64; 2]) -> usize> Places<N> {
    /// The place, from the present one of the same kind; none where there are no places.
    pub fn lead(self, probe: Probe, from: Option<usize>) -> Option<f64> {
        let end = self.count.checked_sub(1)?;
        let at = match (probe, from) {
            (Probe::Clear, _) => return None,
            (Probe::At(point), _) => (self.nearest)(point).min(end),
            (Probe::Move(by), Some(at)) => super::moved(at, by.saturating_mul(self.stride), end),
            (Probe::Move(_), None) => self.first.min(end),
        };
        Some(at as f64)
    }
}

/// Where a move of the cursor leads among steps in ascending order: at x to the first
/// step not before it, by key from the last.
pub(super) fn among_steps(
    steps: impl ExactSizeIterator<Item = u64>,
    probe: Probe,
    from: Option<usize>,
) -> Option<f64> {
    let count = steps.len();
    Places {
        count,
        first: count.saturating_sub(1),
        stride: 1,
        nearest: |[x, _]: [f64; 2]| {
            let mut steps = steps;
            steps.position(|step| step as f64 >= x).unwrap_or(count)
        },
    }
    .lead(probe, from)
}

/// Where a move of the cursor leads among modes that stand one unit apart from 1 on, by
/// `coordinate` 0 (x) or 1 (y).
pub(super) fn among_modes(
    count: usize,
    coordinate: usize,
    probe: Probe,
    from: Option<usize>,
) -> Option<f64> {
    Places {
        count,
        first: 0,
        stride: 1,
        nearest: |at: [f64; 2]| (at[coordinate].round() - 1.0).max(0.0) as usize,
    }
    .lead(probe, from)
}
