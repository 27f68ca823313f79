//! A step that was taken, as the operators of a window need it: both ends, and
//! how the change of the parameters depends on the output gradients so far.

use crate::network::{Mlp, TangentFactors};
use nalgebra::DMatrix;

/// The Jacobian's factors at one step, on train and test inputs.
#[derive(Debug, Clone)]
pub struct Tangents {
    /// At the n training inputs.
    pub train: TangentFactors<'static>,
    /// At the m test inputs.
    pub test: TangentFactors<'static>,
}

impl Tangents {
    /// Both, for inputs of one column per example.
    /// Cost: 2 (1 + p) (n + m) P.
    pub fn new(mlp: &Mlp, train: &DMatrix<f64>, test: &DMatrix<f64>) -> Self {
        Self {
            train: TangentFactors::new(mlp, train),
            test: TangentFactors::new(mlp, test),
        }
    }
}

/// A step that was taken, w -> w + dw.
#[derive(Debug, Clone, Copy)]
pub struct TakenStep<'a> {
    /// The networks before and after it.
    pub mlps: [&'a Mlp; 2],
    /// The Jacobian before and after it.
    pub tangents: [&'a Tangents; 2],
    /// Training outputs that the objective saw before it, p x n.
    pub outputs: &'a DMatrix<f64>,
    /// The examples of its batch; `None` for all.
    pub batch: Option<&'a [usize]>,
    /// Where dw comes from.
    pub update: ParameterUpdate<'a>,
}

/// How dw depends on the output gradients of this step and of earlier ones.
/// g is the output gradient over all examples, D = (n/b) diag(in the batch).
#[derive(Debug, Clone, Copy)]
pub enum ParameterUpdate<'a> {
    /// Gradient descent, dw = -eta M J^T D g.
    Descent {
        /// eta.
        step_size: f64,
        /// m in [0, 1]^P, M = diag(m); `None` for all ones.
        mask: Option<&'a [f64]>,
    },
    /// Momentum, Adam and decay:
    ///
    /// ```text
    /// v <- beta v + c (J^T D g + lambda w),     dw = -(s o v) - shift
    /// ```
    ///
    /// with v the running mean of the gradient, and s what this run made of it:
    /// step size, mask, Adam's bias correction and 1 / (sqrt(v^) + eps).
    Averaged {
        /// beta, and the weight c of a new gradient.
        memory: [f64; 2],
        /// lambda of a decay that is part of the gradient; 0 for none.
        l2: f64,
        /// s, one number per parameter.
        scale: &'a [f64],
        /// Decoupled decay of this step, eta lambda w; `None` for none.
        shift: Option<&'a [f64]>,
        /// v before this step; empty for zero.
        average: &'a [f64],
    },
}

impl TakenStep<'_> {
    /// Number of training examples n.
    pub(super) fn examples(&self) -> usize {
        self.tangents[0].train.examples()
    }

    /// Change of the training outputs, p x n.
    pub(super) fn change(&self) -> DMatrix<f64> {
        let [before, after] = self.tangents;
        after.train.outputs.as_ref() - before.train.outputs.as_ref()
    }

    /// D V: keeps the rows of the batch's examples, times n/b.
    pub(super) fn restrict(&self, v: &mut DMatrix<f64>) {
        let Some(batch) = self.batch else { return };
        let examples = self.examples();
        let outputs = v.nrows() / examples;
        let share = examples as f64 / batch.len() as f64;
        let mut weights = vec![0.0; examples];
        for &i in batch {
            weights[i] = share;
        }
        for mut column in v.column_iter_mut() {
            for (row, v) in column.iter_mut().enumerate() {
                *v *= weights[row / outputs];
            }
        }
    }
}
