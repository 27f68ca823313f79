//! The trace kernel of a network with one hidden layer, without the p
//! backward passes:
//!
//! ```text
//! T = p (s_2^2 A_2 A_2^T + beta^2) + s_2^2 (Z diag(q) Z^T) o (s_1^2 A_1 A_1^T + beta^2)
//! Z = phi'(z),   q_h = sum_c W_2,ch^2
//! ```
//!
//! with examples as rows: the hidden deltas of output c are s_2 W_2,ch phi'(z_h),
//! so that their sum over c leaves one weight q_h per unit.

use crate::network::{Forward, Mlp};
use arithmetic::product::{columns, gemm, inner_products, transposed};
use nalgebra::DMatrix;

/// T_QS, m x n, from the forward passes of two sets of inputs; the same as
/// [`super::cross_trace_kernel`] up to rounding.
///
/// Cost: 2 m n (d + 2 w), d inputs and w hidden units, where the general form
/// takes (p - 1) w more. One-hot inputs without bias need
/// the first layer's products only where two inputs share a one: about 2 m n (d + w). `None` unless there is exactly one hidden layer.
pub fn shallow_trace_kernel(mlp: &Mlp, test: &Forward, train: &Forward) -> Option<DMatrix<f64>> {
    let [first, second] = mlp.layers() else {
        return None;
    };
    let p = second.outputs;
    let weights = &mlp.parameters()[second.weights()];
    let q: Vec<f64> = weights
        .chunks_exact(p)
        .map(|w| w.iter().map(|w| w * w).sum())
        .collect();
    let (m, n) = (test.outputs.ncols(), train.outputs.ncols());
    let mut weighted = test.slopes[0].clone();
    for mut column in weighted.column_iter_mut() {
        for (z, q) in column.iter_mut().zip(&q) {
            *z *= q;
        }
    }
    let mut kernel = inner_products(&test.activations[0], &train.activations[0]);
    let (outer, inner) = (second.scale * second.scale, first.scale * first.scale);
    let bias = first.bias_scale * first.bias_scale;
    let constant = p as f64 * second.bias_scale * second.bias_scale;
    if bias == 0.0 && test.one_hot.is_some() && train.one_hot.is_some() {
        // Few pairs of inputs share a one: only those need their product.
        for (mut column, z) in kernel.column_iter_mut().zip(train.slopes[0].column_iter()) {
            for (i, k) in column.iter_mut().enumerate().filter(|(_, k)| **k != 0.0) {
                *k *= outer * inner * weighted.column(i).dot(&z);
            }
        }
        kernel.add_scalar_mut(constant);
    } else {
        let deltas = inner_products(&weighted, &train.slopes[0]);
        for (k, d) in kernel.iter_mut().zip(&deltas) {
            *k = outer * d * (inner * *k + bias) + constant;
        }
    }
    gemm(
        p as f64 * outer,
        transposed(test.activations[1].as_slice(), second.inputs, m),
        columns(train.activations[1].as_slice(), second.inputs, n),
        1.0,
        kernel.as_mut_slice(),
    );
    Some(kernel)
}
