//! Operations along vectors.
//!
//! A sum runs in eight interleaved parts, x_0 + x_8 + ..., x_1 + x_9 + ..., which
//! are added in a fixed order at the end: one part alone would wait for every
//! addition before the next.

/// Parts of a sum.
const LANES: usize = 8;

/// sum_i x_i y_i.
pub fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (x, x_rest) = x.as_chunks::<LANES>();
    let (y, y_rest) = y.as_chunks::<LANES>();
    let mut parts = [0.0; LANES];
    for (x, y) in x.iter().zip(y) {
        for i in 0..LANES {
            parts[i] += x[i] * y[i];
        }
    }
    for (part, (x, y)) in parts.iter_mut().zip(x_rest.iter().zip(y_rest)) {
        *part += x * y;
    }
    total(parts)
}

fn total([a, b, c, d, e, f, g, h]: [f64; LANES]) -> f64 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// sum_i x_i^2.
pub fn squared_norm(x: &[f64]) -> f64 {
    dot(x, x)
}

/// y <- y + factor x.
pub fn add_scaled(factor: f64, x: &[f64], y: &mut [f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}

/// x <- factor x.
pub fn scale(factor: f64, x: &mut [f64]) {
    for x in x {
        *x *= factor;
    }
}

/// y <- x o y, entry by entry.
pub fn multiply(x: &[f64], y: &mut [f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y *= x;
    }
}

/// y <- x o x, entry by entry.
pub fn square(x: &[f64], y: &mut [f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y = x * x;
    }
}

/// k <- k + d o (factor a + bias), entry by entry.
pub fn add_product(factor: f64, a: &[f64], bias: f64, d: &[f64], k: &mut [f64]) {
    for ((k, d), a) in k.iter_mut().zip(d).zip(a) {
        *k += d * (factor * a + bias);
    }
}

/// y <- factor x.
pub fn scaled(factor: f64, x: &[f64], y: &mut [f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y = factor * x;
    }
}

/// w <- w - eta (d + rate w). Returns the largest change of an entry; one that
/// is not a number is passed over, as by [`f64::max`].
pub fn descend(eta: f64, rate: f64, d: &[f64], w: &mut [f64]) -> f64 {
    // Without decay its term is left out rather than 0: digits stay.
    if rate == 0.0 {
        shift(d, w, |d, _| eta * d)
    } else {
        shift(d, w, |d, w| eta * (d + rate * w))
    }
}

#[inline(always)]
fn shift(d: &[f64], w: &mut [f64], change: impl Fn(f64, f64) -> f64) -> f64 {
    let mut largest = [0.0f64; LANES];
    let (d, d_rest) = d.as_chunks::<LANES>();
    let (w, w_rest) = w.as_chunks_mut::<LANES>();
    for (w, d) in w.iter_mut().zip(d) {
        for i in 0..LANES {
            let change = change(d[i], w[i]);
            let size = change.abs();
            largest[i] = if size > largest[i] { size } else { largest[i] };
            w[i] -= change;
        }
    }
    for (w, &d) in w_rest.iter_mut().zip(d_rest) {
        let change = change(d, *w);
        largest[0] = largest[0].max(change.abs());
        *w -= change;
    }
    largest.into_iter().fold(0.0, f64::max)
}

/// The running mean and mean square of a gradient, and what divides them.
#[derive(Debug)]
pub struct Moments<'a> {
    /// beta1 and 1 - beta1^t.
    pub mean: [f64; 2],
    /// beta2 and 1 - beta2^t.
    pub square: [f64; 2],
    /// eps.
    pub epsilon: f64,
    /// m.
    pub m: &'a mut [f64],
    /// v.
    pub v: &'a mut [f64],
}

/// Takes the gradient d into m and v, and leaves m^ / (sqrt(v^) + eps) in d.
pub fn normalise_by_moments(moments: Moments<'_>, d: &mut [f64]) {
    let ([beta1, mean_weight], [beta2, square_weight]) = (moments.mean, moments.square);
    for ((m, v), d) in moments.m.iter_mut().zip(moments.v).zip(d) {
        let g = *d;
        *m = beta1 * *m + (1.0 - beta1) * g;
        *v = beta2 * *v + (1.0 - beta2) * (g * g);
        *d = (*m / mean_weight) / ((*v / square_weight).sqrt() + moments.epsilon);
    }
}

/// Writes max(0, z) over z and its derivative, 1 or 0, into `slopes`; what is
/// not a number stays so.
pub fn relu(z: &mut [f64], slopes: &mut [f64]) {
    for (z, slope) in z.iter_mut().zip(slopes) {
        *slope = if *z > 0.0 { 1.0 } else { 0.0 };
        // Not `max`: a NaN has to stay a NaN to be noticed.
        *z *= *slope;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_hold_every_entry_once() {
        for len in 0..40 {
            let x: Vec<f64> = (0..len).map(|i| f64::from(i) + 1.0).collect();
            let y: Vec<f64> = (0..len).map(|i| f64::from(i * i) - 3.0).collect();
            let naive: f64 = x.iter().zip(&y).map(|(x, y)| x * y).sum();
            // Whole numbers: exact in any order.
            assert_eq!(dot(&x, &y), naive);
        }
    }

    #[test]
    fn descent_moves_every_entry_and_knows_the_largest_change() {
        for len in 1..40u32 {
            let d: Vec<f64> = (0..len).map(|i| f64::from((7 * i) % 11) - 5.0).collect();
            let mut w = vec![1.0; d.len()];
            let largest = descend(0.5, 0.0, &d, &mut w);
            assert!(w.iter().zip(&d).all(|(w, d)| *w == 1.0 - 0.5 * d));
            assert_eq!(
                largest,
                d.iter().fold(0.0, |m: f64, d| m.max(0.5 * d.abs()))
            );
        }
    }

    #[test]
    fn relu_keeps_what_is_not_a_number() {
        let (mut z, mut slopes) = (vec![-1.0, 0.0, 2.0, f64::NAN], vec![9.0; 4]);
        relu(&mut z, &mut slopes);
        assert_eq!(z[..3], [0.0, 0.0, 2.0]);
        assert!(z[3].is_nan());
        assert_eq!(slopes, [0.0, 0.0, 1.0, 0.0]);
    }
}
