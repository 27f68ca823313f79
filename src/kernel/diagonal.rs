//! T = Z D Z^T for a tridiagonal T, by implicit QR steps with Wilkinson's shift
//! (Golub & Van Loan, section 8.3).
//!
//! A step is a sequence of plane rotations of neighbours from the top of an
//! unreduced block to its end. Applied in turn they give Z, or Z^T times a vector;
//! the eigenvalues alone cost O(n^2).

use super::SpectrumError;

/// Most steps for one eigenvalue; two are typical.
const STEPS_PER_VALUE: usize = 60;

/// Turns `diagonal` (n) and `off_diagonal` (n - 1 entries next to it) into the eigenvalues and
/// zeros, and passes every step to `apply`: the first row that it rotates, and
/// `[c, s]` of each pair of neighbours from there on.
///
/// Entries below eps times the largest row sum count as zero: eigenvalues are
/// right to a few of these. Cost: about 25 n^2.
///
/// # Errors
/// [`SpectrumError::NoConvergence`].
pub(super) fn diagonalise(
    diagonal: &mut [f64],
    off_diagonal: &mut [f64],
    apply: &mut dyn FnMut(usize, &[[f64; 2]]),
) -> Result<(), SpectrumError> {
    let n = diagonal.len();
    let row = |i: usize| {
        let left = if i > 0 {
            off_diagonal[i - 1].abs()
        } else {
            0.0
        };
        diagonal[i].abs() + left + off_diagonal.get(i).map_or(0.0, |b| b.abs())
    };
    let size = (0..n).map(row).fold(0.0, f64::max);
    if size == 0.0 {
        return Ok(());
    }
    // Of order one, so that no square overflows; back by the same factor.
    let scale = 1.0 / size;
    if !scale.is_finite() {
        // So small that its inverse overflows: zero within double precision.
        diagonal.fill(0.0);
        off_diagonal.fill(0.0);
        return Ok(());
    }
    for x in diagonal.iter_mut().chain(off_diagonal.iter_mut()) {
        *x *= scale;
    }
    let mut rotations = Vec::with_capacity(n);
    let mut end = n - 1;
    let mut steps = 0;
    while end > 0 {
        if off_diagonal[end - 1].abs() <= f64::EPSILON {
            off_diagonal[end - 1] = 0.0;
            end -= 1;
            steps = 0;
            continue;
        }
        if steps == STEPS_PER_VALUE {
            return Err(SpectrumError::NoConvergence);
        }
        steps += 1;
        let mut start = end - 1;
        while start > 0 && off_diagonal[start - 1].abs() > f64::EPSILON {
            start -= 1;
        }
        rotations.clear();
        step(diagonal, off_diagonal, start, end, &mut rotations);
        apply(start, &rotations);
    }
    for x in diagonal {
        *x *= size;
    }
    Ok(())
}

/// One QR step on rows `start` to `end`, both included.
fn step(a: &mut [f64], b: &mut [f64], start: usize, end: usize, rotations: &mut Vec<[f64; 2]>) {
    let mut x = a[start] - shift(a[end - 1], b[end - 1], a[end]);
    let mut z = b[start];
    for k in start..end {
        let length = (x * x + z * z).sqrt();
        // Both vanish together only by underflow: then there is nothing to rotate.
        let (c, s) = if length == 0.0 {
            (1.0, 0.0)
        } else {
            (x / length, z / length)
        };
        if k > start {
            b[k - 1] = length;
        }
        let (p, q, t) = (a[k], a[k + 1], b[k]);
        let update = s * (q - p) + 2.0 * c * t;
        // c^2 p + 2 c s t + s^2 q is p + s update, and so on.
        a[k] = p + s * update;
        a[k + 1] = q - s * update;
        b[k] = c * update - t;
        if k + 1 < end {
            x = b[k];
            z = s * b[k + 1];
            b[k + 1] *= c;
        }
        rotations.push([c, s]);
    }
}

/// The eigenvalue of [[p, t], [t, q]] that is nearer to q.
fn shift(p: f64, t: f64, q: f64) -> f64 {
    let half = 0.5 * (p - q);
    let root = (half * half + t * t).sqrt();
    let far = if half < 0.0 { half - root } else { half + root };
    // t is not zero, and so neither is `far`.
    q - t * t / far
}
