//! Panels: W rows of a matrix, side by side for each of its columns, so that
//! the innermost loop reads memory in order whatever the strides were.

use crate::product::View;

/// Writes rows `rows` and columns `cols` of a matrix as panels of W rows:
/// panel p holds, column after column, rows pW .. pW + W. Missing rows of the
/// last panel are 0.
pub(crate) fn pack<const W: usize>(
    matrix: View<'_>,
    rows: std::ops::Range<usize>,
    cols: std::ops::Range<usize>,
    out: &mut Vec<f64>,
) {
    let depth = cols.len();
    // What is left over from another product is overwritten, but for the
    // rows that pad the last panel.
    out.resize(rows.len().div_ceil(W) * W * depth, 0.0);
    if depth == 0 {
        return;
    }
    let (along, across) = (matrix.row_stride, matrix.col_stride);
    let start = rows.start * along + cols.start * across;
    for (p, panel) in out.chunks_exact_mut(W * depth).enumerate() {
        let (panel, _) = panel.as_chunks_mut::<W>();
        let from = &matrix.data[start + p * W * along..];
        let here = W.min(rows.len() - p * W);
        if here < W {
            for (l, to) in panel.iter_mut().enumerate() {
                *to = [0.0; W];
                for (i, to) in to[..here].iter_mut().enumerate() {
                    *to = from[i * along + l * across];
                }
            }
        } else if along == 1 {
            for (l, to) in panel.iter_mut().enumerate() {
                to.copy_from_slice(&from[l * across..][..W]);
            }
        } else {
            // Then rows lie in order: a view is column-major or the transpose.
            let rows: [&[f64]; W] = std::array::from_fn(|i| &from[i * along..][..depth]);
            for (l, to) in panel.iter_mut().enumerate() {
                for (to, row) in to.iter_mut().zip(rows) {
                    *to = row[l];
                }
            }
        }
    }
}
