//! W_l and b_l of every layer: a network from them, and a network as them.
//!
//! Layer l maps a to z = s_l W_l a + beta b_l. W_l is w_{l+1} x w_l, outputs x
//! inputs; b_l has w_{l+1} entries. Scales are the architecture's, see
//! [`super::Parametrisation`]: with `Standard` and a bias multiplier of 1 the
//! layers are those of PyTorch's `Linear`, z = W a + b.

use super::{Architecture, ArchitectureError, Mlp};
use nalgebra::{DMatrix, DVector};
use thiserror::Error;

/// Weights and biases of one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerParameters {
    /// W, outputs x inputs.
    pub weights: DMatrix<f64>,
    /// b, one entry per output; empty where the architecture has no biases.
    pub biases: DVector<f64>,
}

/// Why layers do not make a network. Layers, rows and columns count from 0.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum LayerError {
    /// The architecture itself is not possible.
    #[error(transparent)]
    Architecture(#[from] ArchitectureError),
    /// beta is infinite or not a number.
    #[error("The bias multiplier of the architecture is {0}; it must be a finite number.")]
    BiasMultiplier(f64),
    /// Too few layers or too many.
    #[error(
        "This architecture has {expected} layers, the output layer included; {given} were given."
    )]
    Count {
        /// Hidden layers and the output layer.
        expected: usize,
        /// Layers given.
        given: usize,
    },
    /// W has another shape.
    #[error(
        "layers[{layer}]: W is {} x {}; this architecture needs {} x {} (outputs x inputs).",
        given.0, given.1, expected.0, expected.1
    )]
    Weights {
        /// The layer.
        layer: usize,
        /// Rows and columns that the architecture asks for.
        expected: (usize, usize),
        /// Rows and columns given.
        given: (usize, usize),
    },
    /// b has another length.
    #[error("layers[{layer}]: b has {given} entries; this architecture needs {expected}.")]
    Biases {
        /// The layer.
        layer: usize,
        /// One per output; 0 where the bias multiplier is 0.
        expected: usize,
        /// Entries given.
        given: usize,
    },
    /// A parameter is infinite or not a number.
    #[error("layers[{layer}]: {entry} is {given}; every parameter must be a finite number.")]
    NotFinite {
        /// The layer.
        layer: usize,
        /// Which entry, as `W[row, column]` or `b[row]`.
        entry: String,
        /// Its value.
        given: f64,
    },
}

impl Mlp {
    /// A network with the given W and b, from the first hidden layer to the
    /// output layer. The inverse of [`Mlp::to_layers`].
    ///
    /// Cost: O(P).
    ///
    /// # Errors
    /// [`LayerError`], naming the first layer and entry that does not fit.
    pub fn from_layers(
        architecture: Architecture,
        layers: &[LayerParameters],
    ) -> Result<Self, LayerError> {
        architecture.validate()?;
        if !architecture.bias.is_finite() {
            return Err(LayerError::BiasMultiplier(architecture.bias));
        }
        let expected = architecture.widths.len() + 1;
        if layers.len() != expected {
            return Err(LayerError::Count {
                expected,
                given: layers.len(),
            });
        }
        let widths = architecture.widths.iter().copied();
        let mut fan_in = architecture.inputs;
        // Shapes first: a parameter count is only safe to compute once
        // matrices of that size are at hand.
        for ((l, layer), outputs) in
            (layers.iter().enumerate()).zip(widths.chain([architecture.outputs]))
        {
            let with_biases = usize::from(architecture.bias != 0.0);
            layer.check(l, (outputs, fan_in), with_biases * outputs)?;
            fan_in = outputs;
        }
        let parameters = (layers.iter())
            .flat_map(|layer| layer.weights.iter().chain(layer.biases.iter()))
            .copied()
            .collect();
        Ok(Self::from_parameters(architecture, parameters)?)
    }

    /// W and b of every layer, from the first hidden layer to the output layer.
    ///
    /// Cost: O(P), a copy of every parameter.
    pub fn to_layers(&self) -> Vec<LayerParameters> {
        let w = self.parameters();
        (self.layers().iter())
            .map(|layer| LayerParameters {
                weights: DMatrix::from_column_slice(
                    layer.outputs,
                    layer.inputs,
                    &w[layer.weights()],
                ),
                biases: DVector::from_column_slice(&w[layer.biases()]),
            })
            .collect()
    }
}

impl LayerParameters {
    fn check(&self, layer: usize, shape: (usize, usize), biases: usize) -> Result<(), LayerError> {
        if self.weights.shape() != shape {
            return Err(LayerError::Weights {
                layer,
                expected: shape,
                given: self.weights.shape(),
            });
        }
        if self.biases.len() != biases {
            return Err(LayerError::Biases {
                layer,
                expected: biases,
                given: self.biases.len(),
            });
        }
        let not_finite = |entry, given| LayerError::NotFinite {
            layer,
            entry,
            given,
        };
        for (k, &w) in self.weights.iter().enumerate() {
            if !w.is_finite() {
                return Err(not_finite(
                    format!("W[{}, {}]", k % shape.0, k / shape.0),
                    w,
                ));
            }
        }
        match self.biases.iter().position(|b| !b.is_finite()) {
            Some(row) => Err(not_finite(format!("b[{row}]"), self.biases[row])),
            None => Ok(()),
        }
    }
}
