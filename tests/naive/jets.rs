//! Jets by their definition: the network's equations in truncated Taylor
//! series, and derivatives by the naive network's own passes where there are
//! none here.

use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Parametrisation};

/// (phi, phi', phi'') at z, written out of exponentials.
fn phi(activation: Activation, z: f64) -> [f64; 3] {
    let q = 1.0 / (1.0 + (-z).exp());
    let c = z.cosh();
    match activation {
        Activation::Relu => [z.max(0.0), f64::from(u8::from(z > 0.0)), 0.0],
        Activation::Tanh => [z.tanh(), 1.0 / (c * c), -2.0 * z.sinh() / (c * c * c)],
        Activation::Softplus => [(1.0 + z.exp()).ln(), q, q * (1.0 - q)],
        Activation::Square => [z * z, 2.0 * z, 2.0],
        Activation::Identity => [z, 1.0, 0.0],
    }
}

/// [u, u', u''] of every output at x, derivatives along the first input, unit
/// by unit.
pub fn jets(shape: &Architecture, w: &[f64], x: &[f64]) -> Vec<[f64; 3]> {
    let along = |i: usize| if i == 0 { 1.0 } else { 0.0 };
    let mut a: Vec<[f64; 3]> = x
        .iter()
        .enumerate()
        .map(|(i, &x)| [x, along(i), 0.0])
        .collect();
    let mut at = 0;
    for l in 0..=shape.widths.len() {
        let hidden = l < shape.widths.len();
        let outputs = if hidden {
            shape.widths[l]
        } else {
            shape.outputs
        };
        let gain = if hidden { 2.0 } else { 1.0 };
        let (s, beta) = match shape.parametrisation {
            Parametrisation::Ntk => (f64::sqrt(gain / a.len() as f64), shape.bias),
            Parametrisation::Standard => (1.0, f64::from(u8::from(shape.bias != 0.0))),
        };
        let biases_at = at + a.len() * outputs;
        let next = (0..outputs).map(|o| {
            let mut z = [0.0; 3];
            for (i, a) in a.iter().enumerate() {
                for k in 0..3 {
                    z[k] += s * w[at + i * outputs + o] * a[k];
                }
            }
            if beta != 0.0 {
                z[0] += beta * w[biases_at + o];
            }
            if !hidden {
                return z;
            }
            let [p, p1, p2] = phi(shape.activation, z[0]);
            [p, p1 * z[1], p2 * z[1] * z[1] + p1 * z[2]]
        });
        let next = next.collect();
        at = biases_at + if beta == 0.0 { 0 } else { outputs };
        a = next;
    }
    assert_eq!(at, w.len());
    a
}

/// U, 3p x n: all u, then all u', then all u'' of an example.
pub fn all_jets(shape: &Architecture, w: &[f64], inputs: &DMatrix<f64>) -> DMatrix<f64> {
    let mut all = DMatrix::zeros(3 * shape.outputs, inputs.ncols());
    for (i, x) in inputs.column_iter().enumerate() {
        for (c, jet) in jets(shape, w, x.as_slice()).into_iter().enumerate() {
            for (k, value) in jet.into_iter().enumerate() {
                all[(k * shape.outputs + c, i)] = value;
            }
        }
    }
    all
}
