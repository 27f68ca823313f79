//! What a step asks of a network: outputs U, and for a seed g = dPhi/dU the
//! gradient of the batch loss and the mean square of the examples' gradients.

use super::{GradientMoments, gradient};
use crate::network::{Backward, Forward, Mlp};
use nalgebra::DMatrix;

/// A forward and a backward pass with their buffers.
///
/// `forward` comes first, `backward` uses it, and `gradient` and
/// `mean_square` use both.
pub trait Pass {
    /// Passes `inputs` (d x n, one column per example) through the network.
    fn forward(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>);

    /// U of the last forward pass, one column per example: what the objective
    /// sees.
    fn outputs(&self) -> &DMatrix<f64>;

    /// Passes `seed`, of the shape of U, backwards.
    fn backward(&mut self, mlp: &Mlp, seed: &DMatrix<f64>);

    /// Writes the gradient of sum seed o U into `out` (length P).
    fn gradient(&self, mlp: &Mlp, out: &mut [f64]);

    /// Writes E\[x^2\] and b into `moments`, with x_i equal to b times
    /// example i's share of that gradient. Leaves the mean alone.
    fn mean_square(&self, mlp: &Mlp, moments: &mut GradientMoments);
}

/// The outputs themselves, p x n.
#[derive(Debug, Clone, Default)]
pub struct PlainPass {
    forward: Forward,
    backward: Backward,
}

impl Pass for PlainPass {
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
        gradient(mlp, &self.forward, &self.backward, out);
    }

    fn mean_square(&self, mlp: &Mlp, moments: &mut GradientMoments) {
        moments.compute_mean_square(mlp, &self.forward, &self.backward);
    }
}
