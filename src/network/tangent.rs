//! The factors of the Jacobian.
//!
//! A row of J = dU/dw is, layer by layer, a rank-one block: the derivative
//! of output c of example i with respect to W_l is s_l delta a^T, with
//! respect to b_l it is beta delta. Here a is what enters layer l for example
//! i (a column of A_l) and delta the derivative of that output with respect
//! to the layer's preactivation (a column of Delta_l). So the pair
//! (A_l, Delta_l) holds J without forming it: O(n sum w) numbers in place
//! of n p P.

use super::{Backward, Forward, LayerShape, Mlp};
use nalgebra::DMatrix;
use std::borrow::Cow;

/// A and Delta of one layer.
#[derive(Debug, Clone, Default)]
pub struct TangentLayer<'a> {
    /// A_l: what enters the layer, w_l x n.
    pub activations: Cow<'a, DMatrix<f64>>,
    /// Delta_l: w_{l+1} x np; column i p + c belongs to output c of example i.
    pub deltas: Cow<'a, DMatrix<f64>>,
    /// s_l.
    pub scale: f64,
    /// beta; 0 without biases.
    pub bias_scale: f64,
}

/// The Jacobian's factors at a set of inputs, owned or those of a pass whose
/// buffers are kept.
///
/// For tests and small problems, J can be written out, np x P: a column-major
/// W_l has the derivative s_l (a kron delta).
///
/// ```
/// # use nalgebra::DMatrix;
/// # use ntk_playground::kernel::train_kernel;
/// # use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
/// # use ntk_playground::random::{Stream, stream};
/// # let (activation, parametrisation) = (Activation::Tanh, Parametrisation::Ntk);
/// # let widths = vec![4, 3];
/// # let shape = Architecture { inputs: 2, widths, outputs: 2, activation, parametrisation, bias: 0.5 };
/// # let mlp = Mlp::random(shape, 1.0, &mut stream(7, Stream::Weights))?;
/// # let x = DMatrix::from_fn(2, 3, |i, j| (i + 2 * j) as f64 / 5.0 - 0.4);
/// let factors = TangentFactors::new(&mlp, &x);
/// let p = factors.outputs_per_example();
/// let mut transposed = Vec::<f64>::new(); // Column i p + c of J^T: output c of example i.
/// for k in 0..factors.examples() * p {
///     for layer in &factors.layers {
///         let (a, delta) = (layer.activations.column(k / p), layer.deltas.column(k));
///         transposed.extend((a.kronecker(&delta) * layer.scale).iter());
///         if layer.bias_scale != 0.0 {
///             transposed.extend((delta * layer.bias_scale).iter());
///         }
///     }
/// }
/// let jacobian = DMatrix::from_row_slice(factors.examples() * p, mlp.parameters().len(), &transposed);
/// assert!((train_kernel(&factors) - &jacobian * jacobian.transpose()).amax() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct TangentFactors<'a> {
    /// One pair per layer.
    pub layers: Vec<TangentLayer<'a>>,
    /// U, p x n, a by-product of the forward pass.
    pub outputs: Cow<'a, DMatrix<f64>>,
}

impl TangentFactors<'static> {
    /// One forward pass and p backward passes.
    ///
    /// `inputs` is d x n, one column per example; the caller ensures that it has
    /// d rows. Cost: 2 (1 + p) n P; memory O(p n sum w).
    pub fn new(mlp: &Mlp, inputs: &DMatrix<f64>) -> Self {
        let n = inputs.ncols();
        let p = mlp.architecture().outputs;
        let mut forward = Forward::new();
        forward.run(mlp, inputs);
        let mut backward = Backward::new();
        let deltas = if p == 1 {
            backward.run(mlp, &forward, &DMatrix::repeat(1, n, 1.0));
            backward.deltas
        } else {
            output_by_output(mlp, &forward, &mut backward)
        };
        let pairs = forward.activations.into_iter().zip(deltas);
        Self {
            layers: (mlp.layers().iter().zip(pairs))
                .map(|(layer, (a, d))| TangentLayer::new(layer, Cow::Owned(a), Cow::Owned(d)))
                .collect(),
            outputs: Cow::Owned(forward.outputs),
        }
    }
}

/// Delta of every layer, w_{l+1} x np, by one backward pass for each output.
fn output_by_output(mlp: &Mlp, forward: &Forward, backward: &mut Backward) -> Vec<DMatrix<f64>> {
    let (p, n) = forward.outputs.shape();
    let mut deltas: Vec<DMatrix<f64>> = (mlp.layers().iter())
        .map(|layer| DMatrix::zeros(layer.outputs, n * p))
        .collect();
    let mut seed = DMatrix::zeros(p, n);
    for c in 0..p {
        seed.fill(0.0);
        seed.row_mut(c).fill(1.0);
        backward.run(mlp, forward, &seed);
        for (to, delta) in deltas.iter_mut().zip(&backward.deltas) {
            for (i, column) in delta.column_iter().enumerate() {
                to.set_column(i * p + c, &column);
            }
        }
    }
    deltas
}

impl<'a> TangentLayer<'a> {
    fn new(
        layer: &LayerShape,
        activations: Cow<'a, DMatrix<f64>>,
        deltas: Cow<'a, DMatrix<f64>>,
    ) -> Self {
        Self {
            activations,
            deltas,
            scale: layer.scale,
            bias_scale: layer.bias_scale,
        }
    }
}

impl<'a> TangentFactors<'a> {
    /// The factors of a network with one output, where its forward pass and
    /// the backward pass of the seed 1 have left them.
    pub(crate) fn of_passes(mlp: &Mlp, forward: &'a Forward, unit: &'a Backward) -> Self {
        let pairs = forward.activations.iter().zip(&unit.deltas);
        Self {
            layers: (mlp.layers().iter().zip(pairs))
                .map(|(layer, (a, d))| TangentLayer::new(layer, Cow::Borrowed(a), Cow::Borrowed(d)))
                .collect(),
            outputs: Cow::Borrowed(&forward.outputs),
        }
    }

    /// The same factors, copied where a pass owns them.
    pub fn into_owned(self) -> TangentFactors<'static> {
        let owned = |matrix: Cow<'_, DMatrix<f64>>| Cow::Owned(matrix.into_owned());
        let layers = self.layers.into_iter().map(|layer| TangentLayer {
            activations: owned(layer.activations),
            deltas: owned(layer.deltas),
            scale: layer.scale,
            bias_scale: layer.bias_scale,
        });
        TangentFactors {
            layers: layers.collect(),
            outputs: owned(self.outputs),
        }
    }

    /// Number of examples n.
    pub fn examples(&self) -> usize {
        self.outputs.ncols()
    }

    /// Outputs per example p.
    pub fn outputs_per_example(&self) -> usize {
        self.outputs.nrows()
    }
}
