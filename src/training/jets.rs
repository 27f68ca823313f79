//! Training on (u, u', u''): an example's gradient is up to three outer
//! products in each layer,
//!
//! ```text
//! x_i = b s (delta a^T + delta' a'^T + delta'' a''^T)     of W
//! x_i = b beta delta                                      of b
//! ```
//!
//! The gradient is one product of inner size 3n. E[x^2] = (1/b) sum x_i^2
//! does not factor: expanded, it is six products of the gradient's size, 12 n P
//! operations with cancellation between them. Adding up each entry of x_i and
//! squaring it takes 8 n P, holds no x_i, and is a sum of squares.

use super::{GradientMoments, Pass};
use crate::network::{JetBackward, JetForward, LayerShape, Mlp};
use arithmetic::product::{columns, gemm, transposed};
use nalgebra::DMatrix;

/// Outputs with their first and second derivative along the first input,
/// 3p x n.
#[derive(Debug, Clone, Default)]
pub struct JetPass {
    forward: JetForward,
    backward: JetBackward,
}

impl JetPass {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Pass for JetPass {
    fn forward(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>) {
        self.forward.run(mlp, inputs);
    }

    fn outputs(&self) -> &DMatrix<f64> {
        &self.forward.outputs
    }

    fn backward(&mut self, mlp: &Mlp, seed: &DMatrix<f64>) {
        self.backward.run(mlp, &self.forward, seed);
    }

    fn gradient(&self, mlp: &Mlp, out: &mut [f64]) {
        let n = self.forward.outputs.ncols();
        for (l, layer) in mlp.layers().iter().enumerate() {
            let (entering, delta) = (&self.forward.activations[l], &self.backward.deltas[l]);
            gemm(
                layer.scale,
                columns(delta.as_slice(), layer.outputs, 3 * n),
                transposed(entering.as_slice(), layer.inputs, 3 * n),
                0.0,
                &mut out[layer.weights()],
            );
            add_over_examples(&mut out[layer.biases()], delta, n, |d| layer.bias_scale * d);
        }
    }

    fn mean_square(&self, mlp: &Mlp, moments: &mut GradientMoments) {
        let n = self.forward.outputs.ncols();
        moments.batch = n;
        moments.mean_square.resize(mlp.parameters().len(), 0.0);
        let b = n as f64;
        for (l, layer) in mlp.layers().iter().enumerate() {
            let (entering, delta) = (&self.forward.activations[l], &self.backward.deltas[l]);
            let weights = &mut moments.mean_square[layer.weights()];
            squares_of_weights(weights, layer, entering, delta, b);
            let factor = b * layer.bias_scale * layer.bias_scale;
            let biases = &mut moments.mean_square[layer.biases()];
            add_over_examples(biases, delta, n, |d| factor * d * d);
        }
    }
}

/// Writes the sum over examples of `term`(delta) into `biases`, if there are
/// any; delta' and delta'' have no part in them.
fn add_over_examples(
    biases: &mut [f64],
    delta: &DMatrix<f64>,
    n: usize,
    term: impl Fn(f64) -> f64,
) {
    if biases.is_empty() {
        return;
    }
    biases.fill(0.0);
    for column in delta.columns(0, n).column_iter() {
        for (b, d) in biases.iter_mut().zip(column.iter()) {
            *b += term(*d);
        }
    }
}

/// Writes b s^2 sum_i (delta a^T + delta' a'^T + delta'' a''^T)^2, squared
/// entry by entry, into `out`.
fn squares_of_weights(
    out: &mut [f64],
    layer: &LayerShape,
    entering: &DMatrix<f64>,
    delta: &DMatrix<f64>,
    b: f64,
) {
    let (rows, cols) = (layer.outputs, layer.inputs);
    let n = delta.ncols() / 3;
    let (a, d) = (entering.as_slice(), delta.as_slice());
    let factor = b * layer.scale * layer.scale;
    for (j, out) in out.chunks_exact_mut(rows).enumerate() {
        out.fill(0.0);
        for i in 0..n {
            let [a0, a1, a2] = [i, n + i, 2 * n + i].map(|k| a[k * cols + j]);
            let [d0, d1, d2] = [i, n + i, 2 * n + i].map(|k| &d[k * rows..(k + 1) * rows]);
            for (((out, d0), d1), d2) in out.iter_mut().zip(d0).zip(d1).zip(d2) {
                let x = d0 * a0 + d1 * a1 + d2 * a2;
                *out += x * x;
            }
        }
        out.iter_mut().for_each(|v| *v *= factor);
    }
}
