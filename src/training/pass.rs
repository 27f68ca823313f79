//! What a step needs of a network: outputs U, and for a seed g = dPhi/dU the
//! gradient of the batch loss and the mean square of the examples' gradients.

use super::{GradientMoments, gradient};
use crate::network::{Backward, Forward, Mlp, TangentFactors};
use nalgebra::DMatrix;
use std::fmt;

/// A forward and a backward pass with their buffers.
///
/// `forward` comes first, `backward` uses it, and `gradient` and
/// `mean_square` use both.
pub trait Pass: fmt::Debug {
    /// Passes `inputs` (d x n, one column per example) through the network.
    fn forward(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>);

    /// U of the last forward pass, one column per example: what the objective
    /// takes.
    fn outputs(&self) -> &DMatrix<f64>;

    /// Passes `seed`, of the shape of U, backwards.
    fn backward(&mut self, mlp: &Mlp, seed: &DMatrix<f64>);

    /// Writes the gradient of sum seed o U into `out` (length P).
    fn gradient(&self, mlp: &Mlp, out: &mut [f64]);

    /// Makes a precomputed forward pass the last one. Only for passes that can
    /// precompute one.
    fn resume(&mut self) {}

    /// Writes E\[x^2\] and b into `moments`, with x_i equal to b times
    /// example i's share of that gradient. Leaves the mean alone.
    fn mean_square(&self, mlp: &Mlp, moments: &mut GradientMoments);
}

/// A pass whose kind is known at run time only.
impl Pass for Box<dyn Pass> {
    fn forward(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>) {
        self.as_mut().forward(mlp, inputs);
    }

    fn outputs(&self) -> &DMatrix<f64> {
        self.as_ref().outputs()
    }

    fn backward(&mut self, mlp: &Mlp, seed: &DMatrix<f64>) {
        self.as_mut().backward(mlp, seed);
    }

    fn gradient(&self, mlp: &Mlp, out: &mut [f64]) {
        self.as_ref().gradient(mlp, out);
    }

    fn resume(&mut self) {
        self.as_mut().resume();
    }

    fn mean_square(&self, mlp: &Mlp, moments: &mut GradientMoments) {
        self.as_ref().mean_square(mlp, moments);
    }
}

/// The outputs themselves, p x n.
///
/// With one output, the seed 1 is passed backwards and the columns of Delta are
/// then scaled by g: one backward pass serves the gradient, its moments and the
/// kernel, and no digit of a step depends on whether the kernel was computed.
#[derive(Debug, Clone, Default)]
pub struct PlainPass {
    forward: Forward,
    backward: Backward,
    /// The backward pass of the seed 1.
    unit: Backward,
    /// Whether that belongs to the last forward pass.
    unit_is_current: bool,
    ones: DMatrix<f64>,
    /// A forward pass and its backward pass, precomputed for the next step: those
    /// of the last step are still needed.
    next: (Forward, Backward),
}

impl PlainPass {
    /// Passes `inputs` forward and 1 backward through a network with one
    /// output, ahead of the step that will [`Pass::resume`] from there: the
    /// factors of the Jacobian at `inputs`. Cost: 4 n P.
    pub(super) fn tangents(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>) -> TangentFactors<'_> {
        self.set_ones(inputs.ncols());
        let (forward, unit) = &mut self.next;
        forward.run(mlp, inputs);
        unit.run(mlp, forward, &self.ones);
        TangentFactors::of_passes(mlp, forward, unit)
    }

    fn set_ones(&mut self, examples: usize) {
        if self.ones.ncols() != examples {
            self.ones = DMatrix::repeat(1, examples, 1.0);
        }
    }
}

impl Pass for PlainPass {
    fn forward(&mut self, mlp: &Mlp, inputs: &DMatrix<f64>) {
        self.forward.run(mlp, inputs);
        self.unit_is_current = false;
    }

    fn outputs(&self) -> &DMatrix<f64> {
        &self.forward.outputs
    }

    fn backward(&mut self, mlp: &Mlp, seed: &DMatrix<f64>) {
        if seed.nrows() != 1 {
            self.backward.run(mlp, &self.forward, seed);
            return;
        }
        if !self.unit_is_current {
            self.set_ones(seed.ncols());
            self.unit.run(mlp, &self.forward, &self.ones);
            self.unit_is_current = true;
        }
        self.backward.scale_columns(&self.unit, seed.as_slice());
    }

    fn resume(&mut self) {
        std::mem::swap(&mut self.forward, &mut self.next.0);
        std::mem::swap(&mut self.unit, &mut self.next.1);
        self.unit_is_current = true;
    }

    fn gradient(&self, mlp: &Mlp, out: &mut [f64]) {
        gradient(mlp, &self.forward, &self.backward, out);
    }

    fn mean_square(&self, mlp: &Mlp, moments: &mut GradientMoments) {
        moments.compute_mean_square(mlp, &self.forward, &self.backward);
    }
}
