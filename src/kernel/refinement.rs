//! The mean Jacobian of a step for the examples that a few nodes do not explain.
//!
//! A ReLU network's J changes abruptly where a preactivation changes its sign. A
//! piece of the step whose error is too large is cut there, by linear
//! interpolation between the points at which preactivations are known; if none
//! changes its sign, it is halved. All pieces of all examples are computed in
//! one pass each time.

use super::Quadrature;
use super::jacobian::Nodes;
use crate::network::{Activation, Mlp, Segment, SegmentForward, TangentFactors};
use crate::quadrature::gauss_legendre;
use nalgebra::DMatrix;

/// A cut this close to the end of a piece, in units of the piece, is none.
const CLOSE: f64 = 1e-9;

/// A part of the step, for one example.
#[derive(Debug, Clone, Copy)]
struct Piece {
    example: usize,
    start: f64,
    length: f64,
}

/// Nodes of one pass: factors with the weight and the example of each column.
type Pass = (TangentFactors<'static>, Vec<(f64, usize)>);

/// What the nodes on the pieces of a step give.
#[derive(Debug, Clone)]
pub(super) struct Refinement {
    passes: Vec<Pass>,
    /// du - Jbar dw, one column per example.
    pub defect: DMatrix<f64>,
}

impl Refinement {
    /// For `inputs` of one column per example. A piece is accepted if its error is
    /// below the first of `limits` times the root of its length, or below the
    /// second.
    ///
    /// Cost: for each piece and node a forward and a backward pass, twice.
    pub fn new(
        mlps: [&Mlp; 2],
        inputs: &DMatrix<f64>,
        quadrature: &Quadrature,
        limits: [f64; 2],
    ) -> Self {
        let segment = Segment::new(mlps);
        let architecture = mlps[0].architecture();
        let kinked = architecture.activation == Activation::Relu;
        let examples = inputs.ncols();
        let mut found = Self {
            passes: Vec::new(),
            defect: DMatrix::zeros(architecture.outputs, examples),
        };
        let gauss: Vec<[f64; 2]> = gauss_legendre(quadrature.nodes).collect();
        let mut pieces: Vec<Piece> = (0..examples)
            .map(|example| Piece {
                example,
                start: 0.0,
                length: 1.0,
            })
            .collect();
        for cut in 0..=quadrature.cuts {
            if pieces.is_empty() {
                break;
            }
            let points = |inside: &[f64]| -> (DMatrix<f64>, Vec<f64>) {
                let each = pieces.iter().flat_map(|piece| {
                    let at = move |a: &f64| (piece.example, piece.start + a * piece.length);
                    inside.iter().map(at)
                });
                let (examples, at): (Vec<usize>, Vec<f64>) = each.unzip();
                (inputs.select_columns(&examples), at)
            };
            let inside: Vec<f64> = gauss.iter().map(|[a, _]| *a).collect();
            let (columns, at) = points(&[0.0, 1.0]);
            let ends = segment.forward(&columns, &at);
            let (columns, at) = points(&inside);
            let mut nodes = segment.forward(&columns, &at);
            let preactivations = std::mem::take(&mut nodes.preactivations);
            // All of the step is only there to be cut.
            let estimates = (cut > 0).then(|| segment.tangents(nodes, &at));
            let mut places = vec![(0.0, 0); at.len()];
            let mut next = Vec::new();
            for (j, piece) in pieces.iter().enumerate() {
                let own = j * gauss.len()..(j + 1) * gauss.len();
                if let Some((_, rates)) = &estimates {
                    let mut error = ends.outputs.column(2 * j + 1) - ends.outputs.column(2 * j);
                    for (column, [_, weight]) in own.clone().zip(&gauss) {
                        error.axpy(-weight * piece.length, &rates.column(column), 1.0);
                    }
                    let limit = (limits[0] * piece.length.sqrt()).max(limits[1]);
                    let small = error.norm() <= limit || error.iter().any(|e| e.is_nan());
                    if cut == quadrature.cuts || small {
                        let mut defect = found.defect.column_mut(piece.example);
                        defect += error;
                        for (column, [_, weight]) in own.zip(&gauss) {
                            places[column] = (weight * piece.length, piece.example);
                        }
                        continue;
                    }
                }
                let samples = Samples {
                    inside: &inside,
                    ends: &ends,
                    nodes: &preactivations,
                    piece: j,
                };
                let changes = match kinked {
                    true => samples.sign_changes(),
                    false => Vec::new(),
                };
                next.extend(piece.cut(changes));
            }
            found
                .passes
                .extend(estimates.map(|(factors, _)| (factors, places)));
            pieces = next;
        }
        found
    }

    /// All of them, with the examples as targets.
    pub fn nodes(&self) -> Vec<Nodes<'_>> {
        let passes = self.passes.iter();
        passes
            .map(|(factors, places)| Nodes {
                factors,
                places: places.clone(),
            })
            .collect()
    }
}

impl Piece {
    /// Its parts between `places` in \[0, 1\]; its halves if there are none.
    fn cut(self, mut places: Vec<f64>) -> Vec<Self> {
        places.retain(|a| (CLOSE..=1.0 - CLOSE).contains(a));
        if places.is_empty() {
            places.push(0.5);
        }
        places.sort_by(f64::total_cmp);
        places.dedup_by(|a, b| *a - *b < CLOSE);
        places.push(1.0);
        let mut from = 0.0;
        let parts = places.into_iter().map(|to| {
            let part = Self {
                example: self.example,
                start: self.start + from * self.length,
                length: (to - from) * self.length,
            };
            from = to;
            part
        });
        parts.collect()
    }
}

/// The preactivations of a piece at its ends and nodes.
struct Samples<'a> {
    /// The nodes, in \[0, 1\].
    inside: &'a [f64],
    ends: &'a SegmentForward,
    nodes: &'a [DMatrix<f64>],
    /// Which piece of the pass.
    piece: usize,
}

impl Samples<'_> {
    /// Where one of them changes its sign, in units of the piece.
    fn sign_changes(&self) -> Vec<f64> {
        let mut found = Vec::new();
        for (ends, nodes) in self.ends.preactivations.iter().zip(self.nodes) {
            for unit in 0..ends.nrows() {
                let mut last = (0.0, ends[(unit, 2 * self.piece)]);
                let at_nodes = self.inside.iter().enumerate().map(|(i, a)| {
                    let column = self.piece * self.inside.len() + i;
                    (*a, nodes[(unit, column)])
                });
                let end = (1.0, ends[(unit, 2 * self.piece + 1)]);
                for (a, z) in at_nodes.chain([end]) {
                    let (before, was) = last;
                    if (was > 0.0) != (z > 0.0) {
                        found.push(before + (a - before) * was / (was - z));
                    }
                    last = (a, z);
                }
            }
        }
        found
    }
}
