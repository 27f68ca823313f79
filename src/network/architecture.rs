//! The shape of a network and the scales of its layers.

use super::Activation;
use serde::Serialize;
use thiserror::Error;

/// How weights enter a layer, z = s W a + beta b.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parametrisation {
    /// s = sqrt(gain / fan-in) with weights of order one: the scale is
    /// outside the trained parameter.
    Ntk,
    /// s = 1 with weights of order sqrt(gain / fan-in): the scale is inside.
    Standard,
}

/// Variance gain of hidden layers. One gain for every activation, so that a
/// comparison of activations changes one thing; 2 keeps the variance of ReLU
/// layers constant with depth.
const HIDDEN_GAIN: f64 = 2.0;

/// Everything about a network but its parameters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Architecture {
    /// Dimension of an input.
    pub inputs: usize,
    /// Widths of the hidden layers; none makes the network linear.
    pub widths: Vec<usize>,
    /// Number of outputs p.
    pub outputs: usize,
    /// Nonlinearity of the hidden layers.
    pub activation: Activation,
    /// Scale convention.
    pub parametrisation: Parametrisation,
    /// Bias multiplier beta; 0 means that there are no biases.
    pub bias: f64,
}

/// Why an architecture or its parameters are refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ArchitectureError {
    /// A layer would have no units.
    #[error("A network needs at least one input, one output and one unit in every hidden layer.")]
    EmptyLayer,
    /// The given parameters do not fill the network.
    #[error("This network has {expected} parameters; {given} were given.")]
    ParameterCount {
        /// P of the architecture.
        expected: usize,
        /// Parameters given.
        given: usize,
    },
}

/// One layer's place in the flat parameter vector, and its scales.
///
/// The vector holds, layer by layer, W column by column (`outputs` rows,
/// `inputs` columns), then b where there are biases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerShape {
    /// Units that enter.
    pub inputs: usize,
    /// Units that leave.
    pub outputs: usize,
    /// s, the factor on W a.
    pub scale: f64,
    /// beta, the factor on b; 0 without biases.
    pub bias_scale: f64,
    /// Index of W's first entry.
    pub weights_at: usize,
    /// Index of b's first entry; one past W, meaningless without biases.
    pub bias_at: usize,
}

impl LayerShape {
    /// Indices of W in the parameter vector.
    pub fn weights(&self) -> std::ops::Range<usize> {
        self.weights_at..self.weights_at + self.inputs * self.outputs
    }

    /// Indices of b in the parameter vector; empty without biases.
    pub fn biases(&self) -> std::ops::Range<usize> {
        let count = if self.has_bias() { self.outputs } else { 0 };
        self.bias_at..self.bias_at + count
    }

    /// Whether the layer has biases.
    pub fn has_bias(&self) -> bool {
        self.bias_scale != 0.0
    }
}

impl Architecture {
    /// Checks that every layer has units.
    ///
    /// # Errors
    /// [`ArchitectureError::EmptyLayer`].
    pub fn validate(&self) -> Result<(), ArchitectureError> {
        if self.inputs == 0 || self.outputs == 0 || self.widths.contains(&0) {
            return Err(ArchitectureError::EmptyLayer);
        }
        Ok(())
    }

    /// The layers from input to output; one more than there are hidden ones.
    pub fn layers(&self) -> Vec<LayerShape> {
        let mut at = 0;
        let mut fan_in = self.inputs;
        let last = self.widths.len();
        let mut layers = Vec::with_capacity(last + 1);
        for l in 0..=last {
            let outputs = self.widths.get(l).copied().unwrap_or(self.outputs);
            let scale = match self.parametrisation {
                Parametrisation::Ntk => self.weight_sd(l, fan_in),
                Parametrisation::Standard => 1.0,
            };
            let bias_scale = match self.parametrisation {
                Parametrisation::Standard if self.bias != 0.0 => 1.0,
                _ => self.bias,
            };
            let layer = LayerShape {
                inputs: fan_in,
                outputs,
                scale,
                bias_scale,
                weights_at: at,
                bias_at: at + fan_in * outputs,
            };
            at = layer.biases().end.max(layer.weights().end);
            fan_in = outputs;
            layers.push(layer);
        }
        layers
    }

    /// Number of parameters P.
    pub fn parameter_count(&self) -> usize {
        self.layers()
            .last()
            .map_or(0, |l| l.biases().end.max(l.weights().end))
    }

    /// Variance gain of layer l, counted from 0: 2 in hidden layers, 1 in the
    /// last.
    pub fn gain(&self, layer: usize) -> f64 {
        if layer < self.widths.len() {
            HIDDEN_GAIN
        } else {
            1.0
        }
    }

    /// sqrt(gain / fan-in) of layer l: the size of s W at initialisation, in
    /// either parametrisation.
    pub(crate) fn weight_sd(&self, layer: usize, fan_in: usize) -> f64 {
        (self.gain(layer) / fan_in as f64).sqrt()
    }
}
