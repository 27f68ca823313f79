//! How the mean Jacobian of a step is computed.
//!
//! A step moves the parameters from w to w + dw and the outputs by
//!
//! ```text
//! du = Jbar dw,     Jbar = int_0^1 J(w + a dw) da
//! ```
//!
//! exactly, for every network that is continuous and piecewise smooth, ReLU
//! included. [`Scheme::Left`] and [`Scheme::Secant`] take one or two values of J
//! for the integral, and [`Scheme::Path`] a quadrature whose error is known at
//! the step, as du is known.

use serde::Serialize;

/// What stands for the mean Jacobian of a step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// J before the step: of first order in the step size for a smooth network.
    Left,
    /// The mean of those before and after it: of second order.
    Secant,
    /// Gauss nodes along the step, until the error of every example is small.
    Path(Quadrature),
}

impl Scheme {
    /// [`Scheme::Path`] with [`Quadrature::ADAPTIVE`].
    pub const PATH: Self = Self::Path(Quadrature::ADAPTIVE);
}

/// Gauss-Legendre nodes along a step, which is cut for the examples whose
/// outputs are not yet explained.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quadrature {
    /// Nodes on each piece of the step, at least 1.
    pub nodes: usize,
    /// Largest |du - Jbar dw| / |du| of a step, up to rounding.
    pub tolerance: f64,
    /// How often pieces are cut at most: of a ReLU network where units change, else
    /// in halves.
    pub cuts: u32,
}

impl Quadrature {
    /// Two nodes on each piece, 10^-4 of the outputs' change, cut at most eight
    /// times. Between two changes of its active units a ReLU network's J is
    /// a polynomial in a whose degree is the number of hidden layers: two nodes
    /// are exact for up to three of them.
    pub const ADAPTIVE: Self = Self {
        nodes: 2,
        tolerance: 1e-4,
        cuts: 8,
    };

    /// So many nodes on the whole step, whatever the error.
    pub const fn fixed(nodes: usize) -> Self {
        Self {
            nodes,
            tolerance: 0.0,
            cuts: 0,
        }
    }
}
