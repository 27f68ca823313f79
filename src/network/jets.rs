//! Second-order jets (u, u', u'') of the outputs along the first input, and
//! the reverse pass through them.
//!
//! With a' = da/dx_1, layer by layer from a' = e_1, a'' = 0 at the inputs,
//!
//! ```text
//! z = s W a + beta b      z' = s W a'         z'' = s W a''
//! a = phi(z)              a' = phi' z'        a'' = phi'' z'^2 + phi' z''
//! ```
//!
//! and backwards, with alpha^(k) the derivative of a weighted sum of outputs
//! with respect to a^(k), which is s W^T delta^(k) of the layer above,
//!
//! ```text
//! delta'' = phi' alpha''
//! delta'  = phi' alpha' + 2 phi'' z' alpha''
//! delta   = phi' alpha + phi'' z' alpha' + (phi''' z'^2 + phi'' z'') alpha''
//! ```
//!
//! Biases enter z alone. Every matrix here has three blocks of n columns, one
//! for each order, so that a layer is one product of 3n columns. ReLU has
//! u'' = 0 almost everywhere, so that an equation in u'' gives it no gradient.

use super::passes::reshape;
use super::{LayerShape, Mlp};
use arithmetic::product::{columns, gemm, transposed};
use nalgebra::DMatrix;

/// Orders in a jet: value, first and second derivative.
const ORDERS: usize = 3;

/// The result of a forward pass of jets.
#[derive(Debug, Clone, Default)]
pub struct JetForward {
    /// \[a | a' | a''\] entering each layer, w_l x 3n.
    pub activations: Vec<DMatrix<f64>>,
    /// \[z | z' | z''\] of each layer, w_{l+1} x 3n.
    pub preactivations: Vec<DMatrix<f64>>,
    /// \[phi' | phi'' | phi'''\] at each hidden layer's z, w_{l+1} x 3n.
    pub derivatives: Vec<DMatrix<f64>>,
    /// U, 3p x n: all u, then all u', then all u'' of an example.
    pub outputs: DMatrix<f64>,
}

/// The result of a backward pass of jets: for each layer, the derivative of a
/// weighted sum of outputs with respect to that layer's z, z' and z''.
#[derive(Debug, Clone, Default)]
pub struct JetBackward {
    /// \[delta | delta' | delta''\], w_{l+1} x 3n for each layer.
    pub deltas: Vec<DMatrix<f64>>,
}

/// The three blocks of a jet matrix.
fn blocks(jets: &DMatrix<f64>) -> [&[f64]; ORDERS] {
    let size = jets.len() / ORDERS;
    let (value, rest) = jets.as_slice().split_at(size);
    let (first, second) = rest.split_at(size);
    [value, first, second]
}

/// The three blocks of a jet matrix, to be written.
fn blocks_mut(jets: &mut DMatrix<f64>) -> [&mut [f64]; ORDERS] {
    let size = jets.len() / ORDERS;
    let (value, rest) = jets.as_mut_slice().split_at_mut(size);
    let (first, second) = rest.split_at_mut(size);
    [value, first, second]
}

impl JetForward {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Passes `inputs` (d x n, one column per example) and their derivatives
    /// along the first input through the network.
    ///
    /// Cost: 6 n P. No allocation while shapes stay.
    pub fn run(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>) {
        let n = inputs.ncols();
        let layers = mlp.layers();
        let last = layers.len() - 1;
        self.activations.resize_with(layers.len(), DMatrix::default);
        self.preactivations
            .resize_with(layers.len(), DMatrix::default);
        self.derivatives.resize_with(last, DMatrix::default);
        let first = &mut self.activations[0];
        reshape(first, inputs.nrows(), ORDERS * n);
        first.fill(0.0);
        first.columns_mut(0, n).copy_from(inputs);
        first.view_mut((0, n), (1, n)).fill(1.0);
        for (l, layer) in layers.iter().enumerate() {
            let z = &mut self.preactivations[l];
            reshape(z, layer.outputs, ORDERS * n);
            affine(mlp, layer, &self.activations[l], n, z);
            if l == last {
                break;
            }
            let (z, a) = (&self.preactivations[l], &mut self.activations[l + 1]);
            reshape(a, layer.outputs, ORDERS * n);
            reshape(&mut self.derivatives[l], layer.outputs, ORDERS * n);
            let [z0, z1, z2] = blocks(z);
            let [a0, a1, a2] = blocks_mut(a);
            let [d1, d2, d3] = blocks_mut(&mut self.derivatives[l]);
            for i in 0..z0.len() {
                let at = mlp.architecture().activation.derivatives(z0[i]);
                [a0[i], d1[i], d2[i], d3[i]] = at;
                a1[i] = d1[i] * z1[i];
                a2[i] = d2[i] * z1[i] * z1[i] + d1[i] * z2[i];
            }
        }
        let p = mlp.architecture().outputs;
        let z = &self.preactivations[last];
        reshape(&mut self.outputs, ORDERS * p, n);
        for k in 0..ORDERS {
            let order = z.columns(k * n, n);
            self.outputs.rows_mut(k * p, p).copy_from(&order);
        }
    }
}

/// z = s W a for all three orders, with the biases in the first.
fn affine(mlp: &Mlp, layer: &LayerShape, a: &DMatrix<f64>, n: usize, z: &mut DMatrix<f64>) {
    z.fill(0.0);
    let biases = &mlp.parameters()[layer.biases()];
    if !biases.is_empty() {
        for mut column in z.columns_mut(0, n).column_iter_mut() {
            for (v, b) in column.iter_mut().zip(biases) {
                *v = layer.bias_scale * b;
            }
        }
    }
    let weights = &mlp.parameters()[layer.weights()];
    gemm(
        layer.scale,
        columns(weights, layer.outputs, layer.inputs),
        columns(a.as_slice(), layer.inputs, ORDERS * n),
        1.0,
        z.as_mut_slice(),
    );
}

impl JetBackward {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Passes `seed` (3p x n, the weight of each entry of U) backwards through
    /// the network, whose forward pass is `forward`.
    ///
    /// Cost: 6 n P. No allocation while shapes stay.
    pub fn run(&mut self, mlp: &Mlp, forward: &JetForward, seed: &DMatrix<f64>) {
        let n = seed.ncols();
        let layers = mlp.layers();
        let last = layers.len() - 1;
        let p = mlp.architecture().outputs;
        self.deltas.resize_with(layers.len(), DMatrix::default);
        reshape(&mut self.deltas[last], p, ORDERS * n);
        for k in 0..ORDERS {
            let order = seed.rows(k * p, p);
            self.deltas[last].columns_mut(k * n, n).copy_from(&order);
        }
        for l in (0..last).rev() {
            let above = &layers[l + 1];
            let (here, ahead) = self.deltas.split_at_mut(l + 1);
            let delta = &mut here[l];
            reshape(delta, above.inputs, ORDERS * n);
            gemm(
                above.scale,
                transposed(
                    &mlp.parameters()[above.weights()],
                    above.outputs,
                    above.inputs,
                ),
                columns(ahead[0].as_slice(), above.outputs, ORDERS * n),
                0.0,
                delta.as_mut_slice(),
            );
            let [_, z1, z2] = blocks(&forward.preactivations[l]);
            let [d1, d2, d3] = blocks(&forward.derivatives[l]);
            let [e0, e1, e2] = blocks_mut(delta);
            for i in 0..e0.len() {
                let [alpha, alpha1, alpha2] = [e0[i], e1[i], e2[i]];
                let curvature = d2[i] * z1[i];
                e2[i] = d1[i] * alpha2;
                e1[i] = d1[i] * alpha1 + 2.0 * curvature * alpha2;
                e0[i] = d1[i] * alpha
                    + curvature * alpha1
                    + (d3[i] * z1[i] * z1[i] + d2[i] * z2[i]) * alpha2;
            }
        }
    }
}
