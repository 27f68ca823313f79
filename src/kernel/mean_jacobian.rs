//! The mean Jacobian of a step, contracted with what follows it:
//!
//! ```text
//! Jbar C,    Jbar = int_0^1 J(w + a dw) da,    dw = C y,    du = Jbar C y
//! ```
//!
//! For gradient descent C = M J_t^T, so that Jbar C is a kernel and J is never
//! formed; for the other optimisers C is a matrix, with dw among its columns.
//!
//! Row i of Jbar depends on example i alone, and its error is known: both ends'
//! outputs are. So a step is cut only for the examples that a change of an active
//! unit leaves with an error, and only where it happened ([`super::refinement`]).

use super::averaged::add_contracted;
use super::jacobian::Nodes;
use super::refinement::Refinement;
use super::{Quadrature, Scheme, cross_kernel, masked_cross_kernel};
use crate::network::{Mlp, TangentFactors};
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
    /// C^T as it is.
    Matrix(&'a DMatrix<f64>),
}

impl Contraction<'_> {
    /// Rows of (J C)^T.
    fn rows(&self) -> usize {
        match self {
            Self::Kernel { factors, .. } => factors.examples() * factors.outputs_per_example(),
            Self::Matrix(matrix) => matrix.nrows(),
        }
    }

    /// `out` <- `out` + (J C)^T, one column per output of a target, J summed over
    /// the `nodes`.
    fn add(&self, nodes: &[Nodes], out: &mut DMatrix<f64>) {
        let (own, mask) = match *self {
            Self::Matrix(matrix) => return add_contracted(matrix, nodes, out),
            Self::Kernel { factors, mask } => (factors, mask),
        };
        for Nodes { factors, places } in nodes {
            let kernel = match mask {
                Some(mask) => masked_cross_kernel(own, factors, mask),
                None => cross_kernel(own, factors),
            };
            let (p, rows) = (factors.outputs_per_example(), kernel.nrows());
            let (from, to) = (kernel.as_slice(), out.as_mut_slice());
            for (example, &(weight, target)) in places.iter().enumerate() {
                let block = |at: usize| at * p * rows..(at + 1) * p * rows;
                if weight != 0.0 {
                    vector::add_scaled(weight, &from[block(example)], &mut to[block(target)]);
                }
            }
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
    /// The examples for which the step was cut, and what was found for them.
    pub refined: Option<(Vec<usize>, Refinement)>,
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
            refined: None,
        };
        let ends = match scheme {
            Scheme::Left => vec![Nodes::whole(1.0, before)],
            Scheme::Secant => vec![Nodes::whole(0.5, before), Nodes::whole(0.5, after)],
            Scheme::Path(quadrature) => {
                mean.follow(along, &quadrature);
                return mean;
            }
        };
        along.contraction.add(&ends, &mut mean.transposed);
        mean.defect -= moved(&mean.transposed, along.coefficients, p);
        mean
    }

    fn follow(&mut self, along: &Along<'_>, quadrature: &Quadrature) {
        let inputs = along.ends[0].layers[0].activations.as_ref();
        let outputs = along.ends.map(|end| end.outputs.as_ref());
        let (p, examples) = outputs[0].shape();
        // The errors of the examples add up as squares, those of the pieces too.
        let allowed = quadrature.tolerance * self.defect.norm() / (examples as f64).sqrt();
        let rounding =
            8.0 * f64::EPSILON * outputs.map(DMatrix::amax).into_iter().fold(0.0, f64::max);
        let at_nodes = gauss_legendre(quadrature.nodes).map(|[a, weight]| {
            (
                weight,
                TangentFactors::new(&Mlp::between(along.mlps, a), inputs),
            )
        });
        self.nodes = at_nodes.collect();
        let whole: Vec<Nodes> = (self.nodes.iter())
            .map(|(weight, at)| Nodes::whole(*weight, at))
            .collect();
        along.contraction.add(&whole, &mut self.transposed);
        self.defect -= moved(&self.transposed, along.coefficients, p);
        if quadrature.cuts == 0 {
            return;
        }
        let limit = allowed.max(rounding);
        let large = |i: &usize| self.defect.column(*i).norm() > limit;
        let cut: Vec<usize> = (0..examples).filter(large).collect();
        if cut.is_empty() {
            return;
        }
        let chosen = inputs.select_columns(&cut);
        let refinement = Refinement::new(along.mlps, &chosen, quadrature, [allowed, rounding]);
        let mut transposed = DMatrix::zeros(self.transposed.nrows(), p * cut.len());
        along.contraction.add(&refinement.nodes(), &mut transposed);
        for (at, &example) in cut.iter().enumerate() {
            let columns = transposed.columns(at * p, p);
            self.transposed
                .columns_mut(example * p, p)
                .copy_from(&columns);
            self.defect
                .set_column(example, &refinement.defect.column(at));
        }
        self.refined = Some((cut, refinement));
    }
}

/// Jbar dw, p x k, from (Jbar C)^T and dw = C y.
fn moved(transposed: &DMatrix<f64>, coefficients: &[f64], p: usize) -> DMatrix<f64> {
    let rows = transposed.nrows().max(1);
    let columns = transposed.as_slice().chunks_exact(rows);
    let values = columns.map(|column| vector::dot(column, coefficients));
    DMatrix::from_iterator(p, transposed.ncols() / p, values)
}
