//! K^M = J M J^T under a mask M = diag(m), m in [0, 1]^P: the kernel of a
//! gated step.
//!
//! It does not factor by layer as K does, since the mask ties the two sides of
//! each outer product together. But a gate leaves few parameters active, and a column
//! of J with m = 0 does not contribute: only the active columns are formed,
//! a block of them at a time.

use crate::network::TangentFactors;
use arithmetic::product::{columns, gemm, transposed};
use nalgebra::DMatrix;

/// Active columns of J that are in memory at once.
const BLOCK: usize = 256;

/// One active column of J: where its entries come from, and sqrt(m).
struct Active {
    layer: usize,
    /// Row of Delta_l.
    unit: usize,
    /// Row of A_l; none for a bias.
    entering: Option<usize>,
    root: f64,
}

/// J_A M J_B^T for two sets of inputs, m_A p x m_B p, possibly of one network
/// at two moments. `mask` holds m, one weight per parameter, in the order
/// that [`crate::network::LayerShape`] describes.
///
/// Cost: 2 m_A m_B p^2 times the number of active parameters; memory
/// O((m_A + m_B) p) for a block of columns.
pub fn masked_cross_kernel(a: &TangentFactors, b: &TangentFactors, mask: &[f64]) -> DMatrix<f64> {
    let active = active_columns(a, mask);
    let count = |factors: &TangentFactors| factors.examples() * factors.outputs_per_example();
    let (rows, cols) = (count(a), count(b));
    let mut kernel = DMatrix::zeros(rows, cols);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for block in active.chunks(BLOCK) {
        expand(a, block, &mut left);
        expand(b, block, &mut right);
        gemm(
            1.0,
            transposed(&left, block.len(), rows),
            columns(&right, block.len(), cols),
            1.0,
            kernel.as_mut_slice(),
        );
    }
    kernel
}

fn active_columns(factors: &TangentFactors, mask: &[f64]) -> Vec<Active> {
    let mut active = Vec::new();
    let mut weights = mask.iter();
    for (layer, tangent) in factors.layers.iter().enumerate() {
        let (inputs, units) = (tangent.activations.nrows(), tangent.deltas.nrows());
        let with_bias = usize::from(tangent.bias_scale != 0.0);
        for entering in (0..inputs).map(Some).chain(vec![None; with_bias]) {
            for (unit, m) in (0..units).zip(&mut weights) {
                if *m > 0.0 {
                    active.push(Active {
                        layer,
                        unit,
                        entering,
                        root: m.sqrt(),
                    });
                }
            }
        }
    }
    active
}

/// Writes sqrt(m_k) J_ik, one column per output of an example.
fn expand(factors: &TangentFactors, block: &[Active], into: &mut Vec<f64>) {
    let p = factors.outputs_per_example();
    into.clear();
    for column in 0..factors.examples() * p {
        into.extend(block.iter().map(|column_of_j| {
            let layer = &factors.layers[column_of_j.layer];
            let delta = column_of_j.root * layer.deltas[(column_of_j.unit, column)];
            match column_of_j.entering {
                Some(i) => layer.scale * delta * layer.activations[(i, column / p)],
                None => layer.bias_scale * delta,
            }
        }));
    }
}
