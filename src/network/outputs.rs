//! U = f(X): the outputs at given inputs, in a matrix of their own.

use super::{Forward, Mlp};
use nalgebra::DMatrix;
use thiserror::Error;

/// Why inputs do not fit a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InputError {
    /// The inputs have another dimension.
    #[error(
        "The network takes {expected} inputs; the matrix has {given} rows. Inputs are d x n, one \
         column per example."
    )]
    Dimension {
        /// d of the network.
        expected: usize,
        /// Rows given.
        given: usize,
    },
    /// There is no example.
    #[error("There is no example: the matrix of inputs has no columns.")]
    NoExamples,
}

impl Mlp {
    /// U, p x n, at `inputs` (d x n, one column per example).
    ///
    /// Cost: 2 n P and the memory of all activations. To pass inputs again and
    /// again, keep a [`Forward`]: it allocates only once.
    ///
    /// # Errors
    /// [`InputError`].
    pub fn outputs(&self, inputs: &DMatrix<f64>) -> Result<DMatrix<f64>, InputError> {
        self.check_inputs(inputs)?;
        let mut forward = Forward::new();
        forward.run(self, inputs);
        Ok(forward.outputs)
    }

    /// Refuses inputs of another dimension, and none at all.
    pub(crate) fn check_inputs(&self, inputs: &DMatrix<f64>) -> Result<(), InputError> {
        let (expected, given) = (self.architecture().inputs, inputs.nrows());
        if given != expected {
            return Err(InputError::Dimension { expected, given });
        }
        if inputs.ncols() == 0 {
            return Err(InputError::NoExamples);
        }
        Ok(())
    }
}
