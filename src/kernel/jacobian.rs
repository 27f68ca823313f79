//! J^T as a matrix, P x np, where it is needed as one: momentum and Adam mix
//! the gradients of several steps, so that no kernel describes them.
//!
//! It is formed a block of parameters at a time, which stays in the cache while
//! it is multiplied. Column i p + c holds the derivative of output c of example i
//! with respect to every parameter, in the order that
//! [`crate::network::LayerShape`] describes.

use crate::network::TangentFactors;
use arithmetic::vector;
use std::ops::Range;

/// Parameters of a block, at least: the depth to which a product packs its
/// operands.
const BLOCK: usize = 256;

/// The parameters of one layer that share what enters it: a column of W, or
/// the biases.
#[derive(Debug, Clone, Copy)]
struct Strip {
    layer: usize,
    /// Row of A_l; none for the biases.
    entering: Option<usize>,
    units: usize,
}

/// Examples at one network, and where the rows of their Jacobians go: weight and
/// target of each.
#[derive(Debug, Clone)]
pub(super) struct Nodes<'a> {
    pub factors: &'a TangentFactors<'static>,
    pub places: Vec<(f64, usize)>,
}

impl<'a> Nodes<'a> {
    /// Each example to itself, with one weight.
    pub fn whole(weight: f64, factors: &'a TangentFactors<'static>) -> Self {
        let places = (0..factors.examples()).map(|i| (weight, i)).collect();
        Self { factors, places }
    }
}

/// Hands J^T, summed over `nodes` for so many targets, to `multiply`, block after
/// block: which parameters, and their rows, column-major.
///
/// Cost: 2 n p P for each of the nodes; memory O(n p) for a block.
pub(super) fn transposed_jacobian(
    nodes: &[Nodes],
    targets: usize,
    mut multiply: impl FnMut(Range<usize>, &[f64]),
) {
    let Some(first) = nodes.first() else {
        return;
    };
    let columns = targets * first.factors.outputs_per_example();
    let strips = strips(first.factors);
    let (mut from, mut start) = (0, 0);
    let mut block = Vec::new();
    while from < strips.len() {
        let (mut to, mut rows) = (from, 0);
        while to < strips.len() && rows < BLOCK {
            rows += strips[to].units;
            to += 1;
        }
        block.clear();
        block.resize(rows * columns, 0.0);
        for nodes in nodes {
            add(nodes, &strips[from..to], rows, &mut block);
        }
        multiply(start..start + rows, &block);
        (from, start) = (to, start + rows);
    }
}

/// |J|^2, the squared Frobenius norm of J summed over `nodes`.
pub(super) fn squared_norm(nodes: &[Nodes], targets: usize) -> f64 {
    let mut sum = 0.0;
    transposed_jacobian(nodes, targets, |_, block| {
        sum += vector::squared_norm(block)
    });
    sum
}

fn strips(factors: &TangentFactors) -> Vec<Strip> {
    let mut strips = Vec::new();
    for (layer, tangent) in factors.layers.iter().enumerate() {
        let with_bias = usize::from(tangent.bias_scale != 0.0);
        let weights = (0..tangent.activations.nrows()).map(Some);
        strips.extend(weights.chain(vec![None; with_bias]).map(|entering| Strip {
            layer,
            entering,
            units: tangent.deltas.nrows(),
        }));
    }
    strips
}

/// `block` <- `block` + these rows of J^T.
fn add(nodes: &Nodes, strips: &[Strip], rows: usize, block: &mut [f64]) {
    let p = nodes.factors.outputs_per_example();
    for (example, &(weight, target)) in nodes.places.iter().enumerate() {
        if weight == 0.0 {
            continue;
        }
        for c in 0..p {
            let column = example * p + c;
            let mut rest = &mut block[(target * p + c) * rows..][..rows];
            for strip in strips {
                let layer = &nodes.factors.layers[strip.layer];
                let factor = match strip.entering {
                    Some(input) => layer.scale * layer.activations[(input, example)],
                    None => layer.bias_scale,
                };
                let (part, after) = rest.split_at_mut(strip.units);
                // An activation of 0, as half of those of a ReLU network are, adds nothing.
                if factor != 0.0 {
                    let delta = &layer.deltas.as_slice()[column * strip.units..][..strip.units];
                    vector::add_scaled(weight * factor, delta, part);
                }
                rest = after;
            }
        }
    }
}
