//! Momentum and Adam: the average of the gradients as an operator.
//!
//! ```text
//! V <- beta V + c J^T D [P | p] + c lambda [0 | w],     Z = -S V - [0 | shift]
//! ```
//!
//! on \[g(s); 1\], with the S of this run. Both are kept as their transposes:
//! what belongs to a block of parameters then lies together.

use super::jacobian::{Nodes, transposed_jacobian};
use super::offset::widened;
use super::{Offset, ParameterUpdate, TakenStep};
use arithmetic::product::{columns, gemm, transposed};
use arithmetic::vector;
use nalgebra::DMatrix;

/// V and the offset of a window.
#[derive(Debug, Clone)]
pub(super) struct Averaged {
    /// V^T, (np + 1) x P.
    average: DMatrix<f64>,
    pub offset: Offset,
    /// The matrix of the last step, whose memory the next one uses.
    pub change: DMatrix<f64>,
}

impl Averaged {
    /// At the window's start, for the average that the optimiser has made
    /// before it; empty for 0.
    pub fn new(average: &[f64], parameters: usize, outputs: [usize; 2]) -> Self {
        let [train, test] = outputs;
        let mut v = DMatrix::zeros(train + 1, parameters);
        for (k, average) in average.iter().enumerate() {
            v[(train, k)] = *average;
        }
        Self {
            average: v,
            offset: Offset::zero(train, test),
            change: DMatrix::zeros(train + 2, parameters),
        }
    }

    /// Takes a step from `propagator`, P, into V. Returns \[Z | dw\]^T, (np + 2) x P,
    /// with the change dw that was made in the last row. For gradient descent 0.
    ///
    /// Cost: 2 P (np) (np + 1), and J.
    pub fn advance(&mut self, step: &TakenStep<'_>, propagator: &DMatrix<f64>) -> DMatrix<f64> {
        let mut change = std::mem::take(&mut self.change);
        let ParameterUpdate::Averaged {
            memory: [beta, weight],
            l2,
            scale,
            shift,
            ..
        } = step.update
        else {
            change.fill(0.0);
            return change;
        };
        let n = propagator.nrows();
        let mut propagated = widened(propagator, Some(&self.offset.gradient));
        step.restrict(&mut propagated);
        let average = self.average.as_mut_slice();
        let [before, after] = step.mlps.map(|mlp| mlp.parameters());
        let tangents = &step.tangents[0].train;
        let nodes = [Nodes::whole(weight, tangents)];
        transposed_jacobian(&nodes, tangents.examples(), |range, jacobian| {
            gemm(
                1.0,
                transposed(propagated.as_slice(), n, n + 1),
                transposed(jacobian, range.len(), n),
                beta,
                &mut average[range.start * (n + 1)..range.end * (n + 1)],
            );
        });
        let rows = average.chunks_exact_mut(n + 1);
        for (k, (v, z)) in rows
            .zip(change.as_mut_slice().chunks_exact_mut(n + 2))
            .enumerate()
        {
            v[n] += weight * l2 * before[k];
            vector::scaled(-scale[k], v, &mut z[..=n]);
            z[n] -= shift.map_or(0.0, |shift| shift[k]);
            z[n + 1] = after[k] - before[k];
        }
        change
    }
}

/// `out` <- `out` + (J C)^T, for C^T of rows x P and J summed over `nodes`.
///
/// Cost: 2 rows P for each column, and J.
pub(super) fn add_contracted(change: &DMatrix<f64>, nodes: &[Nodes], out: &mut DMatrix<f64>) {
    let Some(first) = nodes.first() else {
        return;
    };
    let (rows, outputs) = (change.nrows(), out.ncols());
    let targets = outputs / first.factors.outputs_per_example();
    transposed_jacobian(nodes, targets, |range, jacobian| {
        let block = &change.as_slice()[range.start * rows..range.end * rows];
        gemm(
            1.0,
            columns(block, rows, range.len()),
            columns(jacobian, range.len(), outputs),
            1.0,
            out.as_mut_slice(),
        );
    });
}
