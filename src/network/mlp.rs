//! A multilayer perceptron as a flat parameter vector w in R^P.

use super::{Architecture, ArchitectureError, LayerShape, Parametrisation};
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// A network: its architecture and its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Mlp {
    architecture: Architecture,
    layers: Vec<LayerShape>,
    parameters: Vec<f64>,
}

impl Mlp {
    /// Draws the parameters: normal weights and hidden biases, output bias 0.
    ///
    /// Every product s W and beta b has the same value in both
    /// parametrisations for the same random numbers, so that switching the
    /// parametrisation changes the kernel and not the initial function.
    /// `init_scale` multiplies all of them. Cost: O(P).
    ///
    /// # Errors
    /// [`ArchitectureError::EmptyLayer`].
    pub fn random(
        architecture: Architecture,
        init_scale: f64,
        rng: &mut impl Rng,
    ) -> Result<Self, ArchitectureError> {
        architecture.validate()?;
        let layers = architecture.layers();
        let mut parameters = vec![0.0; architecture.parameter_count()];
        let last = layers.len() - 1;
        for (l, layer) in layers.iter().enumerate() {
            let (weight_sd, bias_sd) = match architecture.parametrisation {
                Parametrisation::Ntk => (1.0, 1.0),
                Parametrisation::Standard => {
                    (architecture.weight_sd(l, layer.inputs), architecture.bias)
                }
            };
            for w in &mut parameters[layer.weights()] {
                let normal: f64 = StandardNormal.sample(rng);
                *w = init_scale * weight_sd * normal;
            }
            if l < last {
                for b in &mut parameters[layer.biases()] {
                    let normal: f64 = StandardNormal.sample(rng);
                    *b = init_scale * bias_sd * normal;
                }
            }
        }
        Ok(Self {
            architecture,
            layers,
            parameters,
        })
    }

    /// The weights of [`Mlp::random`] at the size of Glorot & Bengio (2010): s W of
    /// variance 2 / (fan-in + fan-out) in every layer, all biases 0. Weights
    /// that enter from few inputs are much smaller, so that a smooth function
    /// starts flat. Cost: O(P).
    ///
    /// # Errors
    /// [`ArchitectureError::EmptyLayer`].
    pub fn glorot(
        architecture: Architecture,
        rng: &mut impl Rng,
    ) -> Result<Self, ArchitectureError> {
        let mut mlp = Self::random(architecture, 1.0, rng)?;
        for (l, layer) in mlp.layers.iter().enumerate() {
            let target_sd = (2.0 / (layer.inputs + layer.outputs) as f64).sqrt();
            let factor = target_sd / mlp.architecture.weight_sd(l, layer.inputs);
            for w in &mut mlp.parameters[layer.weights()] {
                *w *= factor;
            }
            mlp.parameters[layer.biases()].fill(0.0);
        }
        Ok(mlp)
    }

    /// Takes given parameters, in the order that [`LayerShape`] describes.
    ///
    /// # Errors
    /// [`ArchitectureError`] if a layer is empty or the count is wrong.
    pub fn from_parameters(
        architecture: Architecture,
        parameters: Vec<f64>,
    ) -> Result<Self, ArchitectureError> {
        architecture.validate()?;
        let expected = architecture.parameter_count();
        if parameters.len() != expected {
            return Err(ArchitectureError::ParameterCount {
                expected,
                given: parameters.len(),
            });
        }
        Ok(Self {
            layers: architecture.layers(),
            architecture,
            parameters,
        })
    }

    /// The network's shape and scales.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Its layers from input to output.
    pub fn layers(&self) -> &[LayerShape] {
        &self.layers
    }

    /// The parameter vector w, length P, in the order that [`LayerShape`] describes.
    pub fn parameters(&self) -> &[f64] {
        &self.parameters
    }

    /// The parameter vector w, length P, mutable.
    pub fn parameters_mut(&mut self) -> &mut [f64] {
        &mut self.parameters
    }

    /// The network a of the way from one to another of the same shape, along the
    /// straight line between their parameters. Cost: O(P).
    pub(crate) fn between([from, to]: [&Self; 2], a: f64) -> Self {
        let pairs = from.parameters.iter().zip(&to.parameters);
        Self {
            architecture: from.architecture.clone(),
            layers: from.layers.clone(),
            parameters: pairs.map(|(v, w)| v + a * (w - v)).collect(),
        }
    }
}
