//! Mean and variance over the batch of the per-example gradient of every
//! parameter, without the b x P matrix of those gradients.
//!
//! With L = (1/b) sum_i L_i, example i's gradient of W_l is
//! x_i = b s_l delta_i a_i^T, one outer product. Hence mu = (1/b) sum_i x_i is the gradient
//! itself and E[x^2] = (1/b) sum_i (b s_l)^2 (delta_i o delta_i)(a_i o a_i)^T: one more
//! product of the gradient's size. The outputs are contracted with g before
//! squaring, because delta carries g already.

use crate::network::{Backward, Forward, Mlp};
use arithmetic::product::{columns, gemm, transposed};
use arithmetic::vector;
use nalgebra::DMatrix;

/// mu_k and E[x_k^2] for every parameter k, with the batch size b.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GradientMoments {
    /// mu_k, the gradient of the batch loss.
    pub mean: Vec<f64>,
    /// E[x_k^2], the mean square of the per-example gradients.
    pub mean_square: Vec<f64>,
    /// b.
    pub batch: usize,
    squared_inputs: Vec<DMatrix<f64>>,
    squared_deltas: Vec<DMatrix<f64>>,
}

fn square_into(from: &DMatrix<f64>, to: &mut DMatrix<f64>) {
    crate::network::reshape(to, from.nrows(), from.ncols());
    vector::square(from.as_slice(), to.as_mut_slice());
}

impl GradientMoments {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Computes both moments from a forward pass and the backward pass of g.
    /// Cost: twice that of the gradient, 4 n P.
    pub fn compute(&mut self, mlp: &Mlp, forward: &Forward, backward: &Backward) {
        let count = mlp.parameters().len();
        self.mean.resize(count, 0.0);
        super::gradient(mlp, forward, backward, &mut self.mean);
        self.compute_mean_square(mlp, forward, backward);
    }

    /// Computes only E[x^2], where the gradient is at hand already.
    pub(crate) fn compute_mean_square(
        &mut self,
        mlp: &Mlp,
        forward: &Forward,
        backward: &Backward,
    ) {
        self.mean_square.resize(mlp.parameters().len(), 0.0);
        self.batch = forward.outputs.ncols();
        let b = self.batch as f64;
        let layers = mlp.layers();
        self.squared_inputs
            .resize_with(layers.len(), DMatrix::default);
        self.squared_deltas
            .resize_with(layers.len(), DMatrix::default);
        for (l, layer) in layers.iter().enumerate() {
            let (inputs, deltas) = (&mut self.squared_inputs[l], &mut self.squared_deltas[l]);
            square_into(&forward.activations[l], inputs);
            square_into(&backward.deltas[l], deltas);
            let factor = b * layer.scale * layer.scale;
            let mean_square = &mut self.mean_square[layer.weights()];
            match &forward.one_hot {
                // Ones squared are ones.
                Some(one_hot) if l == 0 => one_hot.outer_product(factor, deltas, mean_square),
                _ => gemm(
                    factor,
                    columns(deltas.as_slice(), layer.outputs, self.batch),
                    transposed(inputs.as_slice(), layer.inputs, self.batch),
                    0.0,
                    mean_square,
                ),
            }
            let biases = &mut self.mean_square[layer.biases()];
            if !biases.is_empty() {
                biases.fill(0.0);
                let factor = b * layer.bias_scale * layer.bias_scale;
                for column in deltas.as_slice().chunks_exact(layer.outputs) {
                    vector::add_scaled(factor, column, biases);
                }
            }
        }
    }

    /// sigma_k^2, the unbiased variance of parameter k's per-example
    /// gradient. Loses digits where the mean is large: decide the gate by
    /// [`super::Mask`], which does not subtract. Not a finite number for b = 1.
    pub fn variance(&self, k: usize) -> f64 {
        let b = self.batch as f64;
        (b / (b - 1.0)) * (self.mean_square[k] - self.mean[k] * self.mean[k]).max(0.0)
    }
}
