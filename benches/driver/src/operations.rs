//! How many floating point operations a work needs at least, for ReLU
//! networks with one input and one output. A multiplication and an addition
//! count as two; what grows slower than the products does not count: biases,
//! activations, the update of the parameters.

/// Layers as (inputs, outputs).
fn layers(widths: &[u32]) -> impl Iterator<Item = (f64, f64)> {
    let inputs = std::iter::once(1).chain(widths.iter().copied());
    let outputs = widths.iter().copied().chain(std::iter::once(1));
    inputs
        .map(f64::from)
        .zip(outputs.map(f64::from).collect::<Vec<_>>())
}

/// Weights of all layers, and of the first alone.
fn weights(widths: &[u32]) -> (f64, f64) {
    let mut counts = layers(widths).map(|(inputs, outputs)| inputs * outputs);
    let first = counts.next().unwrap_or_default();
    (first + counts.sum::<f64>(), first)
}

/// A step of gradient descent on n points,
///
/// ```text
/// 6 n P - 2 n P_1
/// ```
///
/// with P weights, of which P_1 in the first layer: 2 n P forwards, 2 n P for
/// the gradient, and 2 n (P - P_1) backwards, as nothing asks for the
/// derivative in the inputs.
pub fn step(points: u32, widths: &[u32]) -> f64 {
    let (all, first) = weights(widths);
    f64::from(points) * (6.0 * all - 2.0 * first)
}

/// K_SS at n points,
///
/// ```text
/// 4 n P - 2 n P_1 + n (n + 1) sum_l (w_l + w_{l+1})
/// ```
///
/// a forward and a backward pass, and for each of the n (n + 1) / 2 pairs in
/// one triangle of the symmetric matrix an inner product of activations and
/// one of deltas in every layer.
pub fn kernel(points: u32, widths: &[u32]) -> f64 {
    let (all, first) = weights(widths);
    let n = f64::from(points);
    let units: f64 = layers(widths)
        .map(|(inputs, outputs)| inputs + outputs)
        .sum();
    n * (4.0 * all - 2.0 * first) + n * (n + 1.0) * units
}

#[cfg(test)]
mod tests {
    use super::{kernel, step};

    #[test]
    fn small_networks_by_hand() {
        // One hidden layer of 3: weights 3 + 3.
        assert_eq!(step(2, &[3]), 2.0 * (6.0 * 6.0 - 2.0 * 3.0));
        // Inner products of lengths 1 + 3 and 3 + 1 for three pairs.
        assert_eq!(
            kernel(2, &[3]),
            2.0 * (4.0 * 6.0 - 2.0 * 3.0) + 3.0 * 2.0 * 8.0
        );
    }
}
