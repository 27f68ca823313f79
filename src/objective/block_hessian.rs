//! B over all examples, as one p x p block per example, and its means along a
//! step of the outputs:
//!
//! ```text
//! Bbar    = int_0^1 B(u + a du) da              g(u + du) - g(u) = Bbar du
//! Bbarbar = int_0^1 (1 - a) B(u + a du) da      Phi(u + du) - Phi(u) = <g + Bbarbar du, du>
//! ```
//!
//! Both are exact by the fundamental theorem of calculus; the integrals are
//! Gauss sums, exact for squared loss, whose B is constant. B has no entries
//! between examples, as an [`Objective`] is a sum of one term each.

use super::Objective;
use crate::quadrature::gauss_legendre;
use nalgebra::DMatrix;

/// Nodes of the integrals over a: enough for steps that move the logits of a
/// softmax by several units.
const NODES: usize = 16;

/// A block-diagonal matrix, np x np, of n blocks of p x p.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockHessian {
    /// p x np: block i in the columns from i p on.
    blocks: DMatrix<f64>,
}

impl BlockHessian {
    /// B at `outputs`, p x n. Cost: p products with B.
    pub fn at(objective: &dyn Objective, outputs: &DMatrix<f64>) -> Self {
        let (p, n) = outputs.shape();
        let all: Vec<usize> = (0..n).collect();
        let mut hessian = Self::zeros(outputs);
        let mut direction = DMatrix::zeros(p, n);
        let mut product = DMatrix::zeros(p, n);
        for c in 0..p {
            direction.fill(0.0);
            direction.row_mut(c).fill(1.0);
            objective.hessian(outputs, &all, &direction, &mut product);
            for (i, column) in product.column_iter().enumerate() {
                hessian.blocks.set_column(i * p + c, &column);
            }
        }
        hessian
    }

    /// Bbar and Bbarbar of the step from `outputs` by `change`, both p x n.
    /// Cost: 16 p products with B.
    pub fn along(
        objective: &dyn Objective,
        outputs: &DMatrix<f64>,
        change: &DMatrix<f64>,
    ) -> [Self; 2] {
        let mut means = [Self::zeros(outputs), Self::zeros(outputs)];
        for [a, weight] in gauss_legendre(NODES) {
            let node = Self::at(objective, &(outputs + change * a));
            for (mean, weight) in means.iter_mut().zip([weight, weight * (1.0 - a)]) {
                mean.blocks += &node.blocks * weight;
            }
        }
        means
    }

    fn zeros(outputs: &DMatrix<f64>) -> Self {
        let (p, n) = outputs.shape();
        Self {
            blocks: DMatrix::zeros(p, n * p),
        }
    }

    /// B V for V of np rows. Cost: n p^2 for each column.
    pub fn times(&self, v: &DMatrix<f64>) -> DMatrix<f64> {
        let p = self.blocks.nrows();
        let mut out = DMatrix::zeros(v.nrows(), v.ncols());
        for (from, to) in (v.as_slice().chunks_exact(v.nrows().max(1)))
            .zip(out.as_mut_slice().chunks_exact_mut(v.nrows().max(1)))
        {
            for (column, &factor) in from.iter().enumerate() {
                let first = column - column % p;
                for (to, b) in to[first..first + p]
                    .iter_mut()
                    .zip(self.blocks.column(column).iter())
                {
                    *to += factor * b;
                }
            }
        }
        out
    }
}
