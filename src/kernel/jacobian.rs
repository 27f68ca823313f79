//! J^T as a matrix, P x np, where it is needed as one: momentum and Adam mix
//! the gradients of several steps, so that no kernel describes them.
//!
//! Column i p + c holds the derivative of output c of example i with respect
//! to every parameter, in the order that [`crate::network::LayerShape`] describes.

use crate::network::TangentFactors;
use nalgebra::DMatrix;

/// `out` <- `out` + weight J^T, for `out` of P x np. Cost: 2 n p P.
pub(super) fn add_transposed_jacobian(
    weight: f64,
    factors: &TangentFactors,
    out: &mut DMatrix<f64>,
) {
    let p = factors.outputs_per_example();
    for (column, mut to) in out.column_iter_mut().enumerate() {
        let mut rest = to.as_mut_slice();
        for layer in &factors.layers {
            let delta = layer.deltas.column(column);
            let units = delta.len();
            for a in layer.activations.column(column / p).iter() {
                let (block, after) = rest.split_at_mut(units);
                add_scaled(weight * layer.scale * a, delta.as_slice(), block);
                rest = after;
            }
            if layer.bias_scale != 0.0 {
                let (block, after) = rest.split_at_mut(units);
                add_scaled(weight * layer.bias_scale, delta.as_slice(), block);
                rest = after;
            }
        }
    }
}

/// An activation of 0, as half of those of a ReLU network are, adds nothing.
fn add_scaled(factor: f64, delta: &[f64], block: &mut [f64]) {
    if factor != 0.0 {
        arithmetic::vector::add_scaled(factor, delta, block);
    }
}
