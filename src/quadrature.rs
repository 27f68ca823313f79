//! Gauss-Legendre quadrature on [0, 1].
//!
//! ```text
//! int_0^1 f(a) da = sum_i weight_i f(a_i)       exact for polynomials of degree 2 k - 1
//! ```
//!
//! with the k roots x_i of the Legendre polynomial P_k, a_i = (1 + x_i) / 2
//! and weight_i = 1 / ((1 - x_i^2) P_k'(x_i)^2) (Abramowitz & Stegun, 25.4.29).

use std::f64::consts::PI;

/// Newton's method doubles the digits each time; these suffice from the first
/// guess for any number of nodes.
const NEWTON_STEPS: usize = 6;

/// `[a_i, weight_i]` of `nodes` nodes, in increasing order of a. Cost: O(nodes^2).
pub fn gauss_legendre(nodes: usize) -> impl Iterator<Item = [f64; 2]> {
    (0..nodes).map(move |i| {
        let guess = (i as f64 + 0.75) / (nodes as f64 + 0.5);
        let mut x = -libm::cos(PI * guess);
        for _ in 0..NEWTON_STEPS {
            let [value, slope] = legendre(nodes, x);
            x -= value / slope;
        }
        let [_, slope] = legendre(nodes, x);
        [0.5 * (1.0 + x), 1.0 / ((1.0 - x * x) * slope * slope)]
    })
}

/// P_k and its derivative at x, |x| < 1, by the recursion
/// k P_k = (2 k - 1) x P_{k-1} - (k - 1) P_{k-2}.
fn legendre(k: usize, x: f64) -> [f64; 2] {
    let (mut before, mut value) = (0.0, 1.0);
    for j in 1..=k {
        let j = j as f64;
        (before, value) = (
            value,
            ((2.0 * j - 1.0) * x * value - (j - 1.0) * before) / j,
        );
    }
    [value, k as f64 * (x * value - before) / (x * x - 1.0)]
}
