//! K = sum_l (Delta_l Delta_l^T) o (s_l^2 A_l A_l^T + beta^2), with o the
//! entrywise product (there, factors as rows; here, as columns).
//!
//! The trace kernel is its sum over outputs, T_ij = sum_c K_(ic)(jc). For it
//! the p columns of Delta_l that belong to an example are read as one of
//! length p w_{l+1}: their inner product is the sum over outputs already.

use crate::network::{TangentFactors, TangentLayer};
use arithmetic::product::{columns, gemm, gram, inner_products, transposed};
use arithmetic::vector;
use nalgebra::DMatrix;

/// K_SS = J J^T = sum_l (Delta_l^T Delta_l) o (s_l^2 A_l^T A_l + beta^2), np x np, with
/// index i p + c for output c of example i. Exactly symmetric: of every product
/// one triangle is computed.
///
/// Cost: n^2 sum_l (w_l + p^2 w_{l+1}), factors given; memory O((np)^2).
pub fn train_kernel(factors: &TangentFactors) -> DMatrix<f64> {
    let p = factors.outputs_per_example();
    let n = factors.examples();
    let mut kernel = DMatrix::zeros(n * p, n * p);
    let (mut inputs, mut deltas) = (DMatrix::zeros(n, n), kernel.clone());
    for layer in &factors.layers {
        gram_of(&layer.activations, layer.activations.nrows(), &mut inputs);
        gram_of(&layer.deltas, layer.deltas.nrows(), &mut deltas);
        add_layer(layer, &inputs, &deltas, p, &mut kernel);
    }
    kernel
}

/// Adds the kernel of a layer, from the inner products of its factors.
fn add_layer(
    layer: &TangentLayer,
    inputs: &DMatrix<f64>,
    deltas: &DMatrix<f64>,
    p: usize,
    kernel: &mut DMatrix<f64>,
) {
    let (scale, bias) = (
        layer.scale * layer.scale,
        layer.bias_scale * layer.bias_scale,
    );
    if p == 1 {
        let (inputs, deltas) = (inputs.as_slice(), deltas.as_slice());
        vector::add_product(scale, inputs, bias, deltas, kernel.as_mut_slice());
        return;
    }
    for (col, (to, from)) in (kernel.column_iter_mut())
        .zip(deltas.column_iter())
        .enumerate()
    {
        let similarity = inputs.column(col / p);
        for (row, (k, d)) in { to }.iter_mut().zip(from.iter()).enumerate() {
            *k += d * (scale * similarity[row / p] + bias);
        }
    }
}

/// Columns of `length` numbers, taken as vectors: their inner products.
fn gram_of(columns: &DMatrix<f64>, length: usize, out: &mut DMatrix<f64>) {
    let count = out.ncols();
    gram(columns.as_slice(), length, count, out.as_mut_slice());
}

/// K_QS = J_Q J_S^T, mp x np, for two sets of inputs (m and n) of one network.
/// Rows and columns are indexed as in [`train_kernel`].
///
/// Cost: 2 m n sum_l (w_l + p^2 w_{l+1}).
pub fn cross_kernel(test: &TangentFactors, train: &TangentFactors) -> DMatrix<f64> {
    let p = train.outputs_per_example();
    let mut kernel = DMatrix::zeros(test.examples() * p, train.examples() * p);
    for (q, s) in test.layers.iter().zip(&train.layers) {
        let inputs = inner_products(&q.activations, &s.activations);
        let deltas = inner_products(&q.deltas, &s.deltas);
        add_layer(s, &inputs, &deltas, p, &mut kernel);
    }
    kernel
}

/// T_SS, n x n, T_ij = sum_c K_(ic)(jc): the sum over outputs of K_SS, which is
/// not formed. For one output it is K_SS itself.
///
/// Cost: n^2 sum_l (w_l + p w_{l+1}), factors given; memory O(n^2).
pub fn trace_kernel(factors: &TangentFactors) -> DMatrix<f64> {
    let p = factors.outputs_per_example();
    let n = factors.examples();
    let mut kernel = DMatrix::zeros(n, n);
    let (mut inputs, mut deltas) = (kernel.clone(), kernel.clone());
    for layer in &factors.layers {
        gram_of(&layer.activations, layer.activations.nrows(), &mut inputs);
        gram_of(&layer.deltas, p * layer.deltas.nrows(), &mut deltas);
        add_layer(layer, &inputs, &deltas, 1, &mut kernel);
    }
    kernel
}

/// T_QS, m x n, the sum over outputs of K_QS, for two sets of inputs of one
/// network.
///
/// Cost: 2 m n sum_l (w_l + p w_{l+1}).
pub fn cross_trace_kernel(test: &TangentFactors, train: &TangentFactors) -> DMatrix<f64> {
    let p = train.outputs_per_example();
    let (m, n) = (test.examples(), train.examples());
    let mut kernel = DMatrix::zeros(m, n);
    let mut deltas = DMatrix::zeros(m, n);
    for (q, s) in test.layers.iter().zip(&train.layers) {
        let inputs = inner_products(&q.activations, &s.activations);
        let length = p * s.deltas.nrows();
        gemm(
            1.0,
            transposed(q.deltas.as_slice(), length, m),
            columns(s.deltas.as_slice(), length, n),
            0.0,
            deltas.as_mut_slice(),
        );
        add_layer(s, &inputs, &deltas, 1, &mut kernel);
    }
    kernel
}
