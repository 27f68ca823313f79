//! A network's export, from which everything that is shown can be computed again:
//!
//! ```text
//! z_l = s_l W_l a_l + beta_l b_l,   a_(l+1) = phi(z_l),   a_1 = x
//! u = z_L - f0,                     K_SS = J J^T,  J = dU/dw
//! K_SS = sum lambda_i v_i v_i^T,    energies |<v_i, u - y>|^2
//! ```
//!
//! As JSON, n examples of d inputs and p outputs, matrices as lists of rows:
//!
//! ```text
//! name              what the network is called in its exhibit
//! steps             steps that it has taken
//! inputs, widths, outputs, parameters     d, hidden units, p, P
//! activation        relu, tanh, softplus, square or identity; the last layer has none
//! parametrisation   ntk: s = sqrt(gain / fan-in);  standard: s = 1
//! layers            of each layer s, gain, beta, W (out x in), b (out; zeros where beta is 0)
//! x                 n x d, the training inputs
//! y, labels         n x p, what is to be learned, null where nothing is; a description of it
//! f0                n x p, the outputs that centring subtracts; zeros without it
//! u                 n x p, the outputs now, less f0
//! K_SS              n x n, for one output
//! T_SS              n x n, for several: the trace kernel, T_ij = sum_c K_(ic)(jc)
//! kernel-left-out   why there is neither
//! lambda, energies  n, for one output and where every example has a label; lambda descends
//! ```
//!
//! Every number is written so that it reads back to the same bits;
//! `Export::read` does so, natively.

use super::json;
use crate::kernel::{Spectrum, trace_kernel};
use crate::network::{Activation, LayerShape, Mlp, Parametrisation, TangentFactors};
use crate::training::{Pass, Trainer};
use nalgebra::{DMatrix, DVector};

/// Most examples whose kernel is written: 300 x 300 numbers are 1.7 MB of text.
pub const MOST_EXAMPLES: usize = 300;

/// What a network is to learn. `T` holds text: an exhibit's own, or a `String`
/// that was read from an export.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels<T = &'static str> {
    /// p x n; not a number where an output has none.
    pub values: DMatrix<f64>,
    /// What they are, as the end of the sentence "the labels are ...".
    pub meaning: T,
}

/// A network of an exhibit at the present step, with what it trains on.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkSnapshot<T = &'static str> {
    /// What it is called among the networks of its exhibit.
    pub name: String,
    /// Steps that it has taken.
    pub steps: u64,
    /// Its architecture and weights.
    pub mlp: Mlp,
    /// Training inputs, d x n.
    pub inputs: DMatrix<f64>,
    /// f0, what is subtracted from its outputs, p x n.
    pub origin: DMatrix<f64>,
    /// y.
    pub labels: Labels<T>,
}

impl NetworkSnapshot {
    /// The network of a trainer. With jets, f0 and u are of the outputs
    /// themselves: their derivatives are left out.
    pub fn new<P: Pass>(
        name: impl Into<String>,
        steps: u64,
        trainer: &Trainer<P>,
        labels: Labels,
    ) -> Self {
        let outputs = trainer.mlp().architecture().outputs;
        Self {
            name: name.into(),
            steps,
            mlp: trainer.mlp().clone(),
            inputs: trainer.inputs().clone(),
            origin: trainer.origin().rows(0, outputs).into_owned(),
            labels,
        }
    }
}

impl<T: AsRef<str>> NetworkSnapshot<T> {
    /// As a JSON object, described in this module. Cost: one kernel and one
    /// eigenproblem of size n, up to [`MOST_EXAMPLES`].
    pub fn json(&self) -> String {
        let architecture = self.mlp.architecture();
        let factors = TangentFactors::new(&self.mlp, &self.inputs);
        let outputs = factors.outputs.as_ref() - &self.origin;
        let layers: Vec<String> = (0..self.mlp.layers().len())
            .map(|l| self.layer(l, &self.mlp.layers()[l]))
            .collect();
        let widths: Vec<String> = architecture.widths.iter().map(usize::to_string).collect();
        let of_examples = |matrix: &DMatrix<f64>| json::rows(&matrix.transpose());
        let mut fields = vec![
            ("name", json::text(&self.name)),
            ("steps", self.steps.to_string()),
            ("inputs", architecture.inputs.to_string()),
            ("widths", json::list(&widths)),
            ("outputs", architecture.outputs.to_string()),
            ("parameters", self.mlp.parameters().len().to_string()),
            (
                "activation",
                json::text(activation_name(architecture.activation)),
            ),
            (
                "parametrisation",
                json::text(match architecture.parametrisation {
                    Parametrisation::Ntk => "ntk",
                    Parametrisation::Standard => "standard",
                }),
            ),
            ("layers", json::list(&layers)),
            ("x", of_examples(&self.inputs)),
            ("labels", json::text(self.labels.meaning.as_ref())),
            ("y", of_examples(&self.labels.values)),
            ("f0", of_examples(&self.origin)),
            ("u", of_examples(&outputs)),
        ];
        if factors.examples() > MOST_EXAMPLES {
            let reason = format!(
                "The kernel of {} examples is left out: it is written for up to {MOST_EXAMPLES}.",
                factors.examples()
            );
            fields.push(("kernel-left-out", json::text(&reason)));
            return json::object(&fields);
        }
        // For one output the trace kernel is K_SS itself.
        let kernel = trace_kernel(&factors);
        if architecture.outputs > 1 {
            fields.push(("T_SS", json::rows(&kernel)));
            return json::object(&fields);
        }
        fields.push(("K_SS", json::rows(&kernel)));
        let residual = DVector::from_column_slice((outputs - &self.labels.values).as_slice());
        // Without a label somewhere, or with a network that is no longer
        // finite, there is no residual to project.
        if let Ok(spectrum) = Spectrum::new(kernel, &residual) {
            fields.push(("lambda", json::numbers(spectrum.values.iter().copied())));
            fields.push(("energies", json::numbers(spectrum.energies())));
        }
        json::object(&fields)
    }

    fn layer(&self, l: usize, shape: &LayerShape) -> String {
        let parameters = self.mlp.parameters();
        let (rows, columns) = (shape.outputs, shape.inputs);
        let weights = DMatrix::from_column_slice(rows, columns, &parameters[shape.weights()]);
        let biases = parameters[shape.biases()].iter().copied();
        let biases = biases.chain(std::iter::repeat(0.0)).take(rows);
        json::object(&[
            ("s", json::number(shape.scale)),
            ("gain", json::number(self.mlp.architecture().gain(l))),
            ("beta", json::number(shape.bias_scale)),
            ("W", json::rows(&weights)),
            ("b", json::numbers(biases)),
        ])
    }
}

fn activation_name(activation: Activation) -> &'static str {
    match activation {
        Activation::Relu => "relu",
        Activation::Tanh => "tanh",
        Activation::Softplus => "softplus",
        Activation::Square => "square",
        Activation::Identity => "identity",
    }
}
