//! Activations phi and their derivatives.
//!
//! ```text
//! relu      max(0, z)              1 where z > 0, else 0
//! tanh      tanh z                 1 - tanh^2 z
//! softplus  log(1 + e^z)           1 / (1 + e^-z)
//! square    z^2                    2 z
//! identity  z                      1
//! ```
//!
//! Of second and third order, with t = tanh z and q = 1 / (1 + e^-z):
//!
//! ```text
//! tanh      -2 t (1 - t^2)         (1 - t^2) (6 t^2 - 2)
//! softplus  q (1 - q)              q (1 - q) (1 - 2 q)
//! square    2                      0
//! others    0 (relu: but at 0)     0
//! ```
//!
//! Exponentials and logarithms come from `libm`, so that a browser and a
//! native run compute the same digits. What is not a number stays so.

use arithmetic::vector;
use serde::Serialize;

/// The nonlinearity of the hidden layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// max(0, z); its derivative at the kink is taken as 0.
    Relu,
    /// tanh z.
    Tanh,
    /// log(1 + e^z), ReLU without its kink. For any finite z: neither e^z
    /// overflows nor is 1 + e^z rounded to 1.
    Softplus,
    /// z^2. Grows without bound: with depth l, outputs are of degree 2^l in
    /// the inputs.
    Square,
    /// z: a deep network that is linear in its inputs, though not in its
    /// parameters.
    Identity,
}

impl Activation {
    /// Writes phi(z) over `z` and phi'(z) into `slopes`.
    pub(crate) fn apply(self, z: &mut [f64], slopes: &mut [f64]) {
        match self {
            Activation::Relu => vector::relu(z, slopes),
            Activation::Tanh => {
                for (z, slope) in z.iter_mut().zip(slopes) {
                    *z = libm::tanh(*z);
                    *slope = 1.0 - *z * *z;
                }
            }
            Activation::Softplus => {
                for (z, slope) in z.iter_mut().zip(slopes) {
                    let exponential = libm::exp(-z.abs());
                    let positive = *z > 0.0;
                    *slope = if positive { 1.0 } else { exponential } / (1.0 + exponential);
                    *z = if positive { *z } else { 0.0 } + libm::log1p(exponential);
                }
            }
            Activation::Square => {
                for (z, slope) in z.iter_mut().zip(slopes) {
                    *slope = 2.0 * *z;
                    *z *= *z;
                }
            }
            Activation::Identity => slopes.fill(1.0),
        }
    }

    /// phi, phi', phi'' and phi''' at z.
    pub(crate) fn derivatives(self, z: f64) -> [f64; 4] {
        match self {
            Activation::Relu => {
                let slope = f64::from(u8::from(z > 0.0));
                [z * slope, slope, 0.0, 0.0]
            }
            Activation::Tanh => {
                let t = libm::tanh(z);
                let slope = 1.0 - t * t;
                [t, slope, -2.0 * t * slope, slope * (6.0 * t * t - 2.0)]
            }
            Activation::Softplus => {
                let exponential = libm::exp(-z.abs());
                let (sum, positive) = (1.0 + exponential, z > 0.0);
                let second = exponential / (sum * sum);
                // 1 - 2 q, which is minus tanh(z / 2).
                let ratio = (1.0 - exponential) / sum * if positive { -1.0 } else { 1.0 };
                [
                    if positive { z } else { 0.0 } + libm::log1p(exponential),
                    if positive { 1.0 } else { exponential } / sum,
                    second,
                    second * ratio,
                ]
            }
            Activation::Square => [z * z, 2.0 * z, 2.0, 0.0],
            Activation::Identity => [z, 1.0, 0.0, 0.0],
        }
    }
}
