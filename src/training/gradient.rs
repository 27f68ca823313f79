//! dL/dW_l = s_l sum_i delta_i a_i^T and dL/db_l = beta sum_i delta_i, where
//! delta already carries the output gradient g.

use crate::network::{Backward, Forward, Mlp};
use arithmetic::product::{columns, gemm, transposed};
use arithmetic::vector;

/// Writes dL/dw into `out` (length P) from a forward pass and the backward pass
/// of g = dL/dU: dL/dW_l = s_l sum_i delta_i a_i^T, dL/db_l = beta sum_i delta_i.
///
/// Cost: 2 n P; one-hot inputs add up columns of the first layer's deltas
/// instead of multiplying with zeros.
pub fn gradient(mlp: &Mlp, forward: &Forward, backward: &Backward, out: &mut [f64]) {
    for (l, layer) in mlp.layers().iter().enumerate() {
        let (entering, delta) = (&forward.activations[l], &backward.deltas[l]);
        let n = entering.ncols();
        let weights = &mut out[layer.weights()];
        match &forward.one_hot {
            Some(one_hot) if l == 0 => one_hot.outer_product(layer.scale, delta, weights),
            _ => gemm(
                layer.scale,
                columns(delta.as_slice(), layer.outputs, n),
                transposed(entering.as_slice(), layer.inputs, n),
                0.0,
                weights,
            ),
        }
        let biases = &mut out[layer.biases()];
        if !biases.is_empty() {
            biases.fill(0.0);
            for column in delta.as_slice().chunks_exact(layer.outputs) {
                vector::add_scaled(layer.bias_scale, column, biases);
            }
        }
    }
}
