//! Naive oracles: the layer equations in plain loops.
//!
//! Layer l maps a to z = s_l W_l a + beta b_l; hidden layers apply phi. Only
//! the order of the flat parameter vector is shared with the engine: its
//! passes, products and layer table are what is under test, so none is used.

#![allow(dead_code, reason = "each test file uses its part")]

pub mod explicit;
pub mod gate;
pub mod jets;

use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use proptest::test_runner::{Config, RngSeed};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

pub const ACTIVATIONS: [Activation; 5] = [
    Activation::Relu,
    Activation::Tanh,
    Activation::Softplus,
    Activation::Square,
    Activation::Identity,
];
pub const PARAMETRISATIONS: [Parametrisation; 2] =
    [Parametrisation::Ntk, Parametrisation::Standard];

/// z_o = s sum_i W_oi a_i + beta b_o.
struct Layer {
    inputs: usize,
    outputs: usize,
    s: f64,
    beta: f64,
    /// Index of the first of its parameters.
    at: usize,
}

impl Layer {
    /// Index of W_oi: column by column.
    fn weight(&self, o: usize, i: usize) -> usize {
        self.at + i * self.outputs + o
    }

    /// Index of b_o, after all of W.
    fn bias(&self, o: usize) -> usize {
        self.at + self.inputs * self.outputs + o
    }

    fn end(&self) -> usize {
        self.bias(if self.beta == 0.0 { 0 } else { self.outputs })
    }
}

/// A network at parameters `w`.
pub struct Naive<'a> {
    layers: Vec<Layer>,
    activation: Activation,
    w: &'a [f64],
}

impl<'a> Naive<'a> {
    pub fn new(shape: &Architecture, w: &'a [f64]) -> Self {
        let mut widths = vec![shape.inputs];
        widths.extend(&shape.widths);
        widths.push(shape.outputs);
        let mut layers: Vec<Layer> = Vec::new();
        for pair in widths.windows(2) {
            let hidden = layers.len() < shape.widths.len();
            let gain = if hidden { 2.0 } else { 1.0 };
            let (s, beta) = match shape.parametrisation {
                Parametrisation::Ntk => (f64::sqrt(gain / pair[0] as f64), shape.bias),
                Parametrisation::Standard => (1.0, f64::from(u8::from(shape.bias != 0.0))),
            };
            layers.push(Layer {
                inputs: pair[0],
                outputs: pair[1],
                s,
                beta,
                at: layers.last().map_or(0, Layer::end),
            });
        }
        assert_eq!(w.len(), layers.last().unwrap().end());
        Self {
            layers,
            activation: shape.activation,
            w,
        }
    }

    pub fn of(mlp: &'a Mlp) -> Self {
        Self::new(mlp.architecture(), mlp.parameters())
    }

    fn phi(&self, z: f64) -> f64 {
        match self.activation {
            Activation::Relu if z > 0.0 => z,
            Activation::Relu => 0.0,
            Activation::Tanh => z.tanh(),
            Activation::Softplus => (1.0 + z.exp()).ln(),
            Activation::Square => z * z,
            Activation::Identity => z,
        }
    }

    fn slope(&self, z: f64) -> f64 {
        match self.activation {
            Activation::Relu if z > 0.0 => 1.0,
            Activation::Relu => 0.0,
            Activation::Tanh => 1.0 - z.tanh() * z.tanh(),
            Activation::Softplus => z.exp() / (1.0 + z.exp()),
            Activation::Square => 2.0 * z,
            Activation::Identity => 1.0,
        }
    }

    /// z of every layer; the last one's are the outputs.
    pub fn preactivations(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut all = Vec::new();
        let mut a = x.to_vec();
        for layer in &self.layers {
            let mut z = vec![0.0; layer.outputs];
            for (o, z) in z.iter_mut().enumerate() {
                for (i, a) in a.iter().enumerate() {
                    *z += layer.s * self.w[layer.weight(o, i)] * a;
                }
                if layer.beta != 0.0 {
                    *z += layer.beta * self.w[layer.bias(o)];
                }
            }
            a = z.iter().map(|&z| self.phi(z)).collect();
            all.push(z);
        }
        all
    }

    /// u, the outputs at x.
    pub fn outputs(&self, x: &[f64]) -> Vec<f64> {
        self.preactivations(x).pop().unwrap()
    }

    /// Which hidden units are open at x.
    pub fn pattern(&self, x: &[f64]) -> Vec<bool> {
        let mut z = self.preactivations(x);
        z.pop();
        z.concat().iter().map(|&z| z > 0.0).collect()
    }

    /// du_c/dw: one row of the Jacobian.
    pub fn derivative(&self, x: &[f64], c: usize) -> Vec<f64> {
        let z = self.preactivations(x);
        let mut row = vec![0.0; self.w.len()];
        let mut delta = vec![0.0; z[z.len() - 1].len()];
        delta[c] = 1.0;
        for (l, layer) in self.layers.iter().enumerate().rev() {
            let entering = |i: usize| if l == 0 { x[i] } else { self.phi(z[l - 1][i]) };
            let mut below = vec![0.0; layer.inputs];
            for (o, d) in delta.iter().enumerate() {
                for (i, below) in below.iter_mut().enumerate() {
                    row[layer.weight(o, i)] = layer.s * d * entering(i);
                    *below += layer.s * self.w[layer.weight(o, i)] * d;
                }
                if layer.beta != 0.0 {
                    row[layer.bias(o)] = layer.beta * d;
                }
            }
            if l > 0 {
                for (below, &z) in below.iter_mut().zip(&z[l - 1]) {
                    *below *= self.slope(z);
                }
            }
            delta = below;
        }
        row
    }

    /// J, one row per output c of example i, at index i p + c.
    pub fn jacobian(&self, inputs: &DMatrix<f64>) -> Vec<Vec<f64>> {
        let p = self.layers.last().unwrap().outputs;
        let rows = (0..inputs.ncols() * p).map(|k| self.derivative(&example(inputs, k / p), k % p));
        rows.collect()
    }

    /// U, p x n.
    pub fn all_outputs(&self, inputs: &DMatrix<f64>) -> DMatrix<f64> {
        let columns: Vec<f64> = (0..inputs.ncols())
            .flat_map(|i| self.outputs(&example(inputs, i)))
            .collect();
        DMatrix::from_vec(columns.len() / inputs.ncols(), inputs.ncols(), columns)
    }

    /// (1/2n) |U - y|^2.
    pub fn loss(&self, inputs: &DMatrix<f64>, targets: &DMatrix<f64>) -> f64 {
        let error = self.all_outputs(inputs) - targets;
        error.iter().map(|e| e * e).sum::<f64>() / (2.0 * inputs.ncols() as f64)
    }

    /// Gradient of example i's own loss, (1/2) |u_i - y_i|^2, one row each.
    pub fn example_gradients(
        &self,
        inputs: &DMatrix<f64>,
        targets: &DMatrix<f64>,
    ) -> Vec<Vec<f64>> {
        self.pulled_back(inputs, &(self.all_outputs(inputs) - targets))
    }

    /// sum_c g_ic du_ic/dw, one row for each example i.
    pub fn pulled_back(&self, inputs: &DMatrix<f64>, g: &DMatrix<f64>) -> Vec<Vec<f64>> {
        let rows = (0..inputs.ncols()).map(|i| {
            let x = example(inputs, i);
            let mut sum = vec![0.0; self.w.len()];
            for c in 0..g.nrows() {
                for (sum, d) in sum.iter_mut().zip(self.derivative(&x, c)) {
                    *sum += g[(c, i)] * d;
                }
            }
            sum
        });
        rows.collect()
    }
}

fn example(inputs: &DMatrix<f64>, i: usize) -> Vec<f64> {
    inputs.column(i).iter().copied().collect()
}

/// A B^T for matrices given as rows.
pub fn gram(a: &[Vec<f64>], b: &[Vec<f64>]) -> DMatrix<f64> {
    DMatrix::from_fn(a.len(), b.len(), |i, j| {
        let mut sum = 0.0;
        for k in 0..a[i].len() {
            sum += a[i][k] * b[j][k];
        }
        sum
    })
}

/// Mean of each column of `rows`.
pub fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    let mut mean = vec![0.0; rows[0].len()];
    for row in rows {
        for (mean, x) in mean.iter_mut().zip(row) {
            *mean += x / rows.len() as f64;
        }
    }
    mean
}

/// Unbiased variance of each column of `rows`, in two passes.
pub fn variance(rows: &[Vec<f64>]) -> Vec<f64> {
    let mean = mean(rows);
    let mut variance = vec![0.0; mean.len()];
    for row in rows {
        for ((variance, x), mean) in variance.iter_mut().zip(row).zip(&mean) {
            *variance += (x - mean) * (x - mean) / (rows.len() as f64 - 1.0);
        }
    }
    variance
}

/// Largest deviation over the largest exact entry; infinite where a NaN is.
pub fn relative_error(got: &[f64], exact: &[f64]) -> f64 {
    assert_eq!(got.len(), exact.len());
    let size = exact.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let mut worst = 0.0_f64;
    for (got, exact) in got.iter().zip(exact) {
        let off = (got - exact).abs();
        if off.is_nan() {
            return f64::INFINITY;
        }
        worst = worst.max(off);
    }
    if worst == 0.0 { 0.0 } else { worst / size }
}

/// Standard normal entries, the same for the same seed.
pub fn normals(rows: usize, cols: usize, seed: u64) -> DMatrix<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    DMatrix::from_fn(rows, cols, |_, _| StandardNormal.sample(&mut random))
}

/// A network whose parameters, output biases included, are all standard
/// normal (halved without scales outside, to keep the outputs of order one).
pub fn network(architecture: Architecture, seed: u64) -> Mlp {
    let size = match architecture.parametrisation {
        Parametrisation::Ntk => 1.0,
        Parametrisation::Standard => 0.5,
    };
    let w = normals(architecture.parameter_count(), 1, seed) * size;
    Mlp::from_parameters(architecture, w.as_slice().to_vec()).unwrap()
}

/// Property tests draw the same cases in every run: a failure is a change of
/// the code, never of the draw.
pub fn cases(count: u32) -> Config {
    Config {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::with_cases(count)
    }
}
