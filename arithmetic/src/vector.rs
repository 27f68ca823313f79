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

/// w <- w - eta d. Returns the largest |eta d_i|; a change that is not a
/// number is passed over, as by [`f64::max`].
pub fn descend(eta: f64, d: &[f64], w: &mut [f64]) -> f64 {
    let mut largest = [0.0f64; LANES];
    let (d, d_rest) = d.as_chunks::<LANES>();
    let (w, w_rest) = w.as_chunks_mut::<LANES>();
    for (w, d) in w.iter_mut().zip(d) {
        for i in 0..LANES {
            let change = eta * d[i];
            largest[i] = if change.abs() > largest[i] {
                change.abs()
            } else {
                largest[i]
            };
            w[i] -= change;
        }
    }
    for (w, d) in w_rest.iter_mut().zip(d_rest) {
        let change = eta * d;
        largest[0] = largest[0].max(change.abs());
        *w -= change;
    }
    largest.into_iter().fold(0.0, f64::max)
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
            let largest = descend(0.5, &d, &mut w);
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
