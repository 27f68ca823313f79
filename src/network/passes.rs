//! Forward and backward pass over a set of inputs, into buffers that are
//! kept from call to call.
//!
//! z_l = s_l W_l a_l + beta b_l, a_{l+1} = phi(z_l); backwards
//! delta_l = s_{l+1} W_{l+1}^T delta_{l+1} o phi'(z_l).

use super::Mlp;
use super::one_hot::OneHot;
use arithmetic::product::{columns, gemm, transposed};
use arithmetic::vector;
use nalgebra::DMatrix;

/// The result of a forward pass: one column per example.
#[derive(Debug, Clone, Default)]
pub struct Forward {
    /// What enters each layer, w_l x n; the first is the inputs themselves.
    pub activations: Vec<DMatrix<f64>>,
    /// phi' at each hidden layer, w_{l+1} x n.
    pub slopes: Vec<DMatrix<f64>>,
    /// U, p x n.
    pub outputs: DMatrix<f64>,
    /// Where the inputs are one, if that is all there is in them.
    pub(crate) one_hot: Option<OneHot>,
}

/// The result of a backward pass: for each layer, the derivative of a
/// weighted sum of outputs with respect to that layer's preactivations.
#[derive(Debug, Clone, Default)]
pub struct Backward {
    /// w_{l+1} x n for each layer; the last equals the seed.
    pub deltas: Vec<DMatrix<f64>>,
}

/// Gives a buffer a shape; allocates only when that changes.
pub(crate) fn reshape(buffer: &mut DMatrix<f64>, rows: usize, cols: usize) {
    if buffer.shape() != (rows, cols) {
        *buffer = DMatrix::zeros(rows, cols);
    }
}

impl Forward {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Passes `inputs` (d x n, one column per example) through the network:
    /// z_l = s_l W_l a_l + beta b_l, a_{l+1} = phi(z_l).
    ///
    /// The caller ensures that they have d rows; [`Mlp::outputs`] checks it.
    ///
    /// Cost: 2 n P; inputs that are one-hot skip all of the first layer but
    /// the columns of W that they point at.
    pub fn run(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>) {
        let n = inputs.ncols();
        let mut one_hot = self.one_hot.take().unwrap_or_default();
        self.one_hot = one_hot.find(inputs).then_some(one_hot);
        let layers = mlp.layers();
        let last = layers.len() - 1;
        self.activations.resize_with(layers.len(), DMatrix::default);
        self.slopes.resize_with(last, DMatrix::default);
        reshape(&mut self.activations[0], inputs.nrows(), n);
        self.activations[0].copy_from(inputs);
        for (l, layer) in layers.iter().enumerate() {
            let (done, ahead) = self.activations.split_at_mut(l + 1);
            let entering = &done[l];
            let z = ahead.first_mut().unwrap_or(&mut self.outputs);
            reshape(z, layer.outputs, n);
            let biases = &mlp.parameters()[layer.biases()];
            if biases.is_empty() {
                z.fill(0.0);
            } else {
                for column in z.as_mut_slice().chunks_exact_mut(layer.outputs) {
                    vector::scaled(layer.bias_scale, biases, column);
                }
            }
            let weights = &mlp.parameters()[layer.weights()];
            match &self.one_hot {
                Some(one_hot) if l == 0 => one_hot.add_product(layer.scale, weights, z),
                _ => gemm(
                    layer.scale,
                    columns(weights, layer.outputs, layer.inputs),
                    columns(entering.as_slice(), layer.inputs, n),
                    1.0,
                    z.as_mut_slice(),
                ),
            }
            if l < last {
                reshape(&mut self.slopes[l], layer.outputs, n);
                mlp.architecture()
                    .activation
                    .apply(z.as_mut_slice(), self.slopes[l].as_mut_slice());
            }
        }
    }
}

impl Backward {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Passes `seed` (p x n, the weight of each output of each example)
    /// backwards through the network, whose forward pass is `forward`:
    /// delta_l = s_{l+1} W_{l+1}^T delta_{l+1} o phi'(z_l).
    ///
    /// Cost: 2 n P.
    pub fn run(&mut self, mlp: &Mlp, forward: &Forward, seed: &DMatrix<f64>) {
        let n = seed.ncols();
        let layers = mlp.layers();
        let last = layers.len() - 1;
        self.deltas.resize_with(layers.len(), DMatrix::default);
        reshape(&mut self.deltas[last], seed.nrows(), n);
        self.deltas[last].copy_from(seed);
        for l in (0..last).rev() {
            let above = &layers[l + 1];
            let (here, ahead) = self.deltas.split_at_mut(l + 1);
            let delta = &mut here[l];
            reshape(delta, above.inputs, n);
            gemm(
                above.scale,
                transposed(
                    &mlp.parameters()[above.weights()],
                    above.outputs,
                    above.inputs,
                ),
                columns(ahead[0].as_slice(), above.outputs, n),
                0.0,
                delta.as_mut_slice(),
            );
            vector::multiply(forward.slopes[l].as_slice(), delta.as_mut_slice());
        }
    }

    /// Takes another pass's deltas, each column multiplied by a factor of its
    /// own: with one output, this turns the pass of ones into that of `factors`.
    ///
    /// Cost: n sum w.
    pub(crate) fn scale_columns(&mut self, from: &Backward, factors: &[f64]) {
        self.deltas.resize_with(from.deltas.len(), DMatrix::default);
        for (to, from) in self.deltas.iter_mut().zip(&from.deltas) {
            reshape(to, from.nrows(), from.ncols());
            let rows = from.nrows();
            let pairs =
                (to.as_mut_slice().chunks_exact_mut(rows)).zip(from.as_slice().chunks_exact(rows));
            for ((to, from), factor) in pairs.zip(factors) {
                vector::scaled(*factor, from, to);
            }
        }
    }
}
