//! The subspace of the inputs that a network depends on.
//!
//! The first layer computes s W x, and gradient descent adds to the rows of W
//! only multiples of training inputs. So the rows of W stay in the span of
//! the training inputs X (d x n) and of their own start W_0 (w x d). With an
//! orthonormal basis Q of it (d x k, k = n + w),
//!
//! ```text
//! W x = (W Q)(Q^T x)   for every x,      x^T x_i = (Q^T x)^T (Q^T x_i)   for x_i in X
//! ```
//!
//! and the network with weights W Q on the inputs Q^T x has the same outputs,
//! the same K_SS and the same K_QS at every step: a run in d = 1600 dimensions
//! costs what one in k does. K_QQ alone differs, as two test points
//! also have a product outside the span. An optimiser that treats coordinates
//! one by one, as Adam does, takes other steps.
//!
//! Q is not formed: with B = [X, W_0^T] and B^T B = L L^T, the coordinates of
//! the columns of B are those of L^T, and Q^T x = L^-1 B^T x.

use super::{Architecture, Mlp};
use arithmetic::product::inner_products;
use nalgebra::{Cholesky, DMatrix, Dyn};

/// The span of training inputs and first weights, and coordinates in it.
#[derive(Debug, Clone)]
pub struct InputSpan {
    /// B, d x k.
    generators: DMatrix<f64>,
    cholesky: Cholesky<f64, Dyn>,
    /// What coordinates are multiplied by, so that the first layer's scale,
    /// which depends on its fan-in, comes out as it was.
    scale: f64,
    inputs: DMatrix<f64>,
    mlp: Mlp,
}

/// B^T B is safely positive definite for random inputs where d is at least
/// this multiple of k; nearer to k the factorisation loses digits, and little
/// would be saved.
const WORTHWHILE: usize = 2;

impl InputSpan {
    /// The span for a network and its training inputs (d x n, one column per
    /// example). `None` where d is less than 2 k, so that it would save little,
    /// or the inputs are linearly dependent.
    ///
    /// Cost: d k^2.
    pub fn new(mlp: &Mlp, inputs: &DMatrix<f64>) -> Option<Self> {
        let first = mlp.layers()[0];
        let (d, n, w) = (inputs.nrows(), inputs.ncols(), first.outputs);
        let k = n + w;
        if d < WORTHWHILE * k {
            return None;
        }
        let weights = DMatrix::from_column_slice(w, d, &mlp.parameters()[first.weights()]);
        let mut generators = DMatrix::zeros(d, k);
        generators.columns_mut(0, n).copy_from(inputs);
        generators.columns_mut(n, w).copy_from(&weights.transpose());
        let cholesky = Cholesky::new(inner_products(&generators, &generators))?;
        let coordinates = cholesky.l().transpose();
        let architecture = Architecture {
            inputs: k,
            ..mlp.architecture().clone()
        };
        let rows = coordinates.columns(n, w).transpose();
        let mut parameters = rows.as_slice().to_vec();
        parameters.extend_from_slice(&mlp.parameters()[first.weights().end..]);
        let smaller = Mlp::from_parameters(architecture, parameters).ok()?;
        let scale = first.scale / smaller.layers()[0].scale;
        Some(Self {
            generators,
            cholesky,
            scale,
            inputs: coordinates.columns(0, n) * scale,
            mlp: smaller,
        })
    }

    /// k.
    pub fn dimension(&self) -> usize {
        self.inputs.nrows()
    }

    /// The network on coordinates.
    pub fn mlp(&self) -> &Mlp {
        &self.mlp
    }

    /// The training inputs' coordinates, k x n.
    pub fn inputs(&self) -> &DMatrix<f64> {
        &self.inputs
    }

    /// What a coordinate of an orthonormal basis is multiplied by.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The coordinates, k x m, of any inputs (d x m). Cost: 2 d k m.
    pub fn coordinates(&self, inputs: &DMatrix<f64>) -> DMatrix<f64> {
        let mut along = inner_products(&self.generators, inputs);
        // L has a positive diagonal, so that the system always has a solution.
        self.cholesky
            .l_dirty()
            .solve_lower_triangular_mut(&mut along);
        along * self.scale
    }
}
