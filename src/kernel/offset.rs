//! What a window does whatever the output gradient at its start is.
//!
//! Decay moves the parameters without a gradient, and an average that was
//! filled before the window goes on acting in it. Both are one more column of
//! the operators, the image of 1 where the others are images of g(s):
//!
//! ```text
//! g(T) = P g(s) + p,     U_Q(T) - U_Q(s) = -G g(s) + q,
//! Phi(s) - Phi(T) = g(s)^T W g(s) + 2 w^T g(s) + c
//! ```

use nalgebra::{DMatrix, DVector};

/// p, q, w and c.
#[derive(Debug, Clone, PartialEq)]
pub struct Offset {
    /// p, length np.
    pub gradient: DVector<f64>,
    /// q, length mp.
    pub test: DVector<f64>,
    /// w, length np.
    pub mixed: DVector<f64>,
    /// c.
    pub constant: f64,
    /// Change of the training outputs that is no image of g(s), length np.
    pub train: DVector<f64>,
}

impl Offset {
    pub(super) fn zero(train_outputs: usize, test_outputs: usize) -> Self {
        Self {
            gradient: DVector::zeros(train_outputs),
            test: DVector::zeros(test_outputs),
            mixed: DVector::zeros(train_outputs),
            constant: 0.0,
            train: DVector::zeros(train_outputs),
        }
    }
}

/// \[V | v\].
pub(super) fn widened(v: &DMatrix<f64>, column: Option<&DVector<f64>>) -> DMatrix<f64> {
    let (rows, cols) = v.shape();
    let mut wide = v.clone();
    if let Some(column) = column {
        wide = wide.insert_column(cols, 0.0);
        wide.column_mut(cols).rows_mut(0, rows).copy_from(column);
    }
    wide
}
