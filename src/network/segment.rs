//! Passes at points of the straight line between two networks, a point of its
//! own for each column:
//!
//! ```text
//! w(a) = w + a dw,      z_l = s (W_l + a dW_l) a_l + beta (b_l + a db_l)
//! ```
//!
//! They also give J dw at every point, by r_l = s dW_l a_l + beta db_l:
//!
//! ```text
//! J dw = sum_l delta_l^T r_l
//! ```

use super::{LayerShape, Mlp, TangentFactors, TangentLayer};
use arithmetic::product::{columns, gemm, transposed};
use arithmetic::vector;
use nalgebra::DMatrix;
use std::borrow::Cow;

/// The line from a network to another of the same shape.
#[derive(Debug)]
pub(crate) struct Segment<'a> {
    from: &'a Mlp,
    /// dw.
    change: Vec<f64>,
}

/// A forward pass at points of it, one column each.
#[derive(Debug)]
pub(crate) struct SegmentForward {
    /// z_l of the hidden layers.
    pub preactivations: Vec<DMatrix<f64>>,
    /// U, p x k.
    pub outputs: DMatrix<f64>,
    activations: Vec<DMatrix<f64>>,
    slopes: Vec<DMatrix<f64>>,
    /// r_l.
    rates: Vec<DMatrix<f64>>,
}

impl<'a> Segment<'a> {
    pub fn new([from, to]: [&'a Mlp; 2]) -> Self {
        let pairs = from.parameters().iter().zip(to.parameters());
        let change = pairs.map(|(v, w)| w - v).collect();
        Self { from, change }
    }

    /// At w + `at[j]` dw for column j of `inputs`, d x k. Cost: 4 k P.
    pub fn forward(&self, inputs: &DMatrix<f64>, at: &[f64]) -> SegmentForward {
        let layers = self.from.layers();
        let mut pass = SegmentForward {
            preactivations: Vec::new(),
            outputs: DMatrix::default(),
            activations: vec![inputs.clone()],
            slopes: Vec::new(),
            rates: Vec::new(),
        };
        for (l, layer) in layers.iter().enumerate() {
            let entering = &pass.activations[l];
            let mut z = affine(layer, self.from.parameters(), entering);
            let rate = affine(layer, &self.change, entering);
            add_scaled_columns(at, &rate, &mut z);
            pass.rates.push(rate);
            if l + 1 == layers.len() {
                pass.outputs = z;
                break;
            }
            pass.preactivations.push(z.clone());
            let mut slopes = DMatrix::zeros(z.nrows(), z.ncols());
            let activation = self.from.architecture().activation;
            activation.apply(z.as_mut_slice(), slopes.as_mut_slice());
            pass.activations.push(z);
            pass.slopes.push(slopes);
        }
        pass
    }

    /// The Jacobian's factors there, and J dw, p x k. Cost: 4 p k P.
    pub fn tangents(
        &self,
        pass: SegmentForward,
        at: &[f64],
    ) -> (TangentFactors<'static>, DMatrix<f64>) {
        let layers = self.from.layers();
        let (p, k) = pass.outputs.shape();
        let points: Vec<f64> = (0..p * k).map(|column| at[column / p]).collect();
        let mut deltas = vec![DMatrix::from_fn(p, p * k, |c, column| {
            f64::from(u8::from(column % p == c))
        })];
        for l in (1..layers.len()).rev() {
            let above = &deltas[deltas.len() - 1];
            let mut delta = pulled_back(&layers[l], self.from.parameters(), above);
            let rate = pulled_back(&layers[l], &self.change, above);
            add_scaled_columns(&points, &rate, &mut delta);
            for (column, mut to) in delta.column_iter_mut().enumerate() {
                to.component_mul_assign(&pass.slopes[l - 1].column(column / p));
            }
            deltas.push(delta);
        }
        deltas.reverse();
        let moved = DMatrix::from_fn(p, k, |c, j| {
            let layers = deltas.iter().zip(&pass.rates);
            layers
                .map(|(delta, rate)| delta.column(j * p + c).dot(&rate.column(j)))
                .sum()
        });
        let pairs = pass.activations.into_iter().zip(deltas);
        let layers = layers
            .iter()
            .zip(pairs)
            .map(|(layer, (a, d))| TangentLayer {
                activations: Cow::Owned(a),
                deltas: Cow::Owned(d),
                scale: layer.scale,
                bias_scale: layer.bias_scale,
            });
        let factors = TangentFactors {
            layers: layers.collect(),
            outputs: Cow::Owned(pass.outputs),
        };
        (factors, moved)
    }
}

/// s W A + beta b.
fn affine(layer: &LayerShape, parameters: &[f64], entering: &DMatrix<f64>) -> DMatrix<f64> {
    let mut z = DMatrix::zeros(layer.outputs, entering.ncols());
    let biases = &parameters[layer.biases()];
    if !biases.is_empty() {
        for column in z.as_mut_slice().chunks_exact_mut(layer.outputs) {
            vector::scaled(layer.bias_scale, biases, column);
        }
    }
    gemm(
        layer.scale,
        columns(&parameters[layer.weights()], layer.outputs, layer.inputs),
        columns(entering.as_slice(), layer.inputs, entering.ncols()),
        1.0,
        z.as_mut_slice(),
    );
    z
}

/// s W^T D.
fn pulled_back(layer: &LayerShape, parameters: &[f64], above: &DMatrix<f64>) -> DMatrix<f64> {
    let mut delta = DMatrix::zeros(layer.inputs, above.ncols());
    gemm(
        layer.scale,
        transposed(&parameters[layer.weights()], layer.outputs, layer.inputs),
        columns(above.as_slice(), layer.outputs, above.ncols()),
        0.0,
        delta.as_mut_slice(),
    );
    delta
}

/// Column j of `to` <- itself + `factors[j]` times that of `from`.
fn add_scaled_columns(factors: &[f64], from: &DMatrix<f64>, to: &mut DMatrix<f64>) {
    let rows = from.nrows().max(1);
    let pairs = to.as_mut_slice().chunks_exact_mut(rows);
    for ((to, from), factor) in pairs.zip(from.as_slice().chunks_exact(rows)).zip(factors) {
        vector::add_scaled(*factor, from, to);
    }
}
