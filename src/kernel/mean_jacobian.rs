//! The mean Jacobian of a step, contracted with what follows it:
//!
//! ```text
//! Jbar C,    Jbar = int_0^1 J(w + a dw) da,    dw = C y,    du = Jbar C y
//! ```
//!
//! For gradient descent C = M J_t^T, so that Jbar C is a kernel and J is never
//! formed; for the other optimisers C = 1.
//!
//! Row i of Jbar depends on example i alone, and its error is known: both ends'
//! outputs are. So the step is halved only for the examples that a change of
//! an active unit leaves with an error, and only where it happened.

use super::jacobian::add_transposed_jacobian;
use super::{Quadrature, Scheme, cross_kernel, masked_cross_kernel};
use crate::network::{Forward, Mlp, TangentFactors};
use crate::quadrature::gauss_legendre;
use arithmetic::vector;
use nalgebra::DMatrix;

/// What the Jacobian is contracted with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Contraction<'a> {
    /// C = M J^T of these factors; `mask` is the diagonal of M.
    Kernel {
        factors: &'a TangentFactors<'static>,
        mask: Option<&'a [f64]>,
    },
    /// C = 1, with so many parameters.
    Identity { parameters: usize },
}

impl Contraction<'_> {
    /// Rows of (J C)^T.
    fn rows(&self) -> usize {
        match self {
            Self::Kernel { factors, .. } => factors.examples() * factors.outputs_per_example(),
            Self::Identity { parameters } => *parameters,
        }
    }

    /// `out` <- `out` + weight (J C)^T, one column per output of `at`.
    fn add(&self, weight: f64, at: &TangentFactors, out: &mut DMatrix<f64>) {
        match *self {
            Self::Kernel { factors, mask } => {
                let kernel = match mask {
                    Some(mask) => masked_cross_kernel(factors, at, mask),
                    None => cross_kernel(factors, at),
                };
                vector::add_scaled(weight, kernel.as_slice(), out.as_mut_slice());
            }
            Self::Identity { .. } => add_transposed_jacobian(weight, at, out),
        }
    }
}

/// One set of inputs at both ends of a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Along<'a> {
    pub mlps: [&'a Mlp; 2],
    pub ends: [&'a TangentFactors<'static>; 2],
    pub contraction: Contraction<'a>,
    /// y, with dw = C y.
    pub coefficients: &'a [f64],
}

/// The mean Jacobian of a step at one set of k inputs.
#[derive(Debug, Clone)]
pub(super) struct MeanJacobian {
    /// (Jbar C)^T: one column per output of an example.
    pub transposed: DMatrix<f64>,
    /// du - Jbar dw, p x k: what the quadrature leaves.
    pub defect: DMatrix<f64>,
    /// The nodes on the whole step, with their weights. None but for
    /// [`Scheme::Path`].
    pub nodes: Vec<(f64, TangentFactors<'static>)>,
    /// The examples for which the step was halved, each with the mean of
    /// |J_i|^2, the squared Frobenius norm of its p rows, over its nodes.
    pub refined: Vec<(usize, f64)>,
}

/// A part of a step, with the examples that it is computed for.
struct Piece {
    start: f64,
    length: f64,
    examples: Vec<usize>,
    /// Outputs at its ends, p x (number of those).
    outputs: [DMatrix<f64>; 2],
}

impl MeanJacobian {
    /// Cost: for left and secant one contraction for each end; for the path
    /// one, and a forward and a backward pass, for each node.
    pub fn new(along: &Along<'_>, scheme: Scheme) -> Self {
        let [before, after] = along.ends;
        let (p, k) = before.outputs.shape();
        let mut mean = Self {
            transposed: DMatrix::zeros(along.contraction.rows(), p * k),
            defect: after.outputs.as_ref() - before.outputs.as_ref(),
            nodes: Vec::new(),
            refined: Vec::new(),
        };
        let ends: &[(f64, &TangentFactors)] = match scheme {
            Scheme::Left => &[(1.0, before)],
            Scheme::Secant => &[(0.5, before), (0.5, after)],
            Scheme::Path(quadrature) => {
                mean.follow(along, &quadrature);
                return mean;
            }
        };
        for (weight, at) in ends {
            along.contraction.add(*weight, at, &mut mean.transposed);
        }
        mean.defect -= moved(&mean.transposed, along.coefficients, p);
        mean
    }

    fn follow(&mut self, along: &Along<'_>, quadrature: &Quadrature) {
        let inputs = along.ends[0].layers[0].activations.as_ref();
        let outputs = along.ends.map(|end| end.outputs.as_ref().clone());
        let examples = inputs.ncols();
        // The errors of the examples add up as squares, those of the pieces too.
        let allowed = quadrature.tolerance * self.defect.norm() / (examples as f64).sqrt();
        let rounding = 8.0 * f64::EPSILON * outputs.iter().map(DMatrix::amax).fold(0.0, f64::max);
        self.defect.fill(0.0);
        let mut norms = vec![0.0; examples];
        let mut halved = vec![false; examples];
        let mut pieces = vec![Piece {
            start: 0.0,
            length: 1.0,
            examples: (0..examples).collect(),
            outputs,
        }];
        for halving in 0..=quadrature.halvings {
            let mut next = Vec::new();
            for piece in pieces {
                let limit = (allowed * piece.length.sqrt()).max(rounding);
                let estimate = Estimate::of(&piece, along, quadrature.nodes, inputs);
                let last = halving == quadrature.halvings;
                let small = |error: f64| last || error.is_nan() || error <= limit;
                let rejected = self.accept(&piece, &estimate, small);
                for &j in &rejected {
                    halved[piece.examples[j]] = true;
                }
                next.extend(piece.halves(&rejected, along, inputs));
                if halving == 0 {
                    self.nodes = estimate.nodes;
                    continue;
                }
                for (j, &example) in piece.examples.iter().enumerate() {
                    if !rejected.contains(&j) {
                        norms[example] += estimate.squared_norm(j);
                    }
                }
            }
            pieces = next;
        }
        let refined = (0..examples).filter(|&i| halved[i]);
        self.refined = refined.map(|i| (i, norms[i])).collect();
    }

    /// Takes over the examples of a piece whose error is `small`; returns the
    /// positions of the others.
    fn accept(
        &mut self,
        piece: &Piece,
        estimate: &Estimate,
        small: impl Fn(f64) -> bool,
    ) -> Vec<usize> {
        let p = estimate.error.nrows();
        let mut rejected = Vec::new();
        for (j, &example) in piece.examples.iter().enumerate() {
            let error = estimate.error.column(j);
            if !small(error.norm()) {
                rejected.push(j);
                continue;
            }
            let mut defect = self.defect.column_mut(example);
            defect += error;
            let mut columns = self.transposed.columns_mut(example * p, p);
            columns += estimate.transposed.columns(j * p, p);
        }
        rejected
    }
}

/// The mean Jacobian over a piece, times its length.
struct Estimate {
    transposed: DMatrix<f64>,
    error: DMatrix<f64>,
    nodes: Vec<(f64, TangentFactors<'static>)>,
}

impl Estimate {
    fn of(piece: &Piece, along: &Along<'_>, nodes: usize, inputs: &DMatrix<f64>) -> Self {
        let p = piece.outputs[0].nrows();
        let columns = p * piece.examples.len();
        let mut transposed = DMatrix::zeros(along.contraction.rows(), columns);
        let chosen =
            (piece.examples.len() < inputs.ncols()).then(|| inputs.select_columns(&piece.examples));
        let inputs = chosen.as_ref().unwrap_or(inputs);
        let nodes = gauss_legendre(nodes).map(|[a, weight]| {
            let (a, weight) = (piece.start + a * piece.length, weight * piece.length);
            let at = TangentFactors::new(&Mlp::between(along.mlps, a), inputs);
            along.contraction.add(weight, &at, &mut transposed);
            (weight, at)
        });
        let nodes = nodes.collect();
        let [from, to] = &piece.outputs;
        let error = to - from - moved(&transposed, along.coefficients, p);
        Self {
            transposed,
            error,
            nodes,
        }
    }

    /// The integral of |J_i|^2 over the piece, for its j-th example.
    fn squared_norm(&self, j: usize) -> f64 {
        let at_nodes =
            (self.nodes.iter()).map(|(weight, at)| weight * squared_jacobian_norm(at, j));
        at_nodes.sum()
    }
}

impl Piece {
    /// Both halves of it, for some of its examples.
    fn halves(&self, positions: &[usize], along: &Along<'_>, inputs: &DMatrix<f64>) -> Vec<Self> {
        if positions.is_empty() {
            return Vec::new();
        }
        let examples: Vec<usize> = positions.iter().map(|&j| self.examples[j]).collect();
        let length = 0.5 * self.length;
        let middle = Mlp::between(along.mlps, self.start + length);
        let mut pass = Forward::new();
        pass.run(&middle, &inputs.select_columns(&examples));
        let at_middle = pass.outputs;
        let [from, to] = (self.outputs.each_ref()).map(|outputs| outputs.select_columns(positions));
        let halves = [(0.0, [from, at_middle.clone()]), (length, [at_middle, to])];
        halves
            .into_iter()
            .map(|(offset, outputs)| Self {
                start: self.start + offset,
                length,
                examples: examples.clone(),
                outputs,
            })
            .collect()
    }
}

/// Jbar dw, p x k, from (Jbar C)^T and dw = C y.
fn moved(transposed: &DMatrix<f64>, coefficients: &[f64], p: usize) -> DMatrix<f64> {
    let rows = transposed.nrows().max(1);
    let columns = transposed.as_slice().chunks_exact(rows);
    let values = columns.map(|column| vector::dot(column, coefficients));
    DMatrix::from_iterator(p, transposed.ncols() / p, values)
}

/// |J_i|^2 = sum_l |Delta_l|^2 (s_l^2 |a_l|^2 + beta^2), over the p rows of example i.
fn squared_jacobian_norm(factors: &TangentFactors, i: usize) -> f64 {
    let p = factors.outputs_per_example();
    let layers = factors.layers.iter().map(|layer| {
        let entering = layer.activations.column(i).norm_squared();
        let deltas = layer.deltas.columns(i * p, p).norm_squared();
        deltas * (layer.scale.powi(2) * entering + layer.bias_scale.powi(2))
    });
    layers.sum()
}
