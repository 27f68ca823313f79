//! The block in the middle of every product: panels in, tiles of C out.
//!
//! A tile of M x N entries stays in registers for the whole depth of the
//! panels, M + N numbers are read for M N multiplications and additions.

use crate::simd::simd;

/// A packed block of A and one of B, and the part of C that their product
/// enters.
pub(crate) struct Block<'a> {
    /// Panels of [`ROWS`] rows of A.
    pub left: &'a [f64],
    /// Panels of [`COLS`] columns of B.
    pub right: &'a [f64],
    /// Columns of A, rows of B.
    pub depth: usize,
    pub alpha: f64,
    /// C, column-major, of `rows` rows.
    pub c: &'a mut [f64],
    pub rows: usize,
    pub cols: usize,
    /// The first row of the block in C.
    pub first: usize,
    /// One past its last.
    pub end: usize,
    /// Whether only the lower triangle of C is needed.
    pub lower: bool,
}

/// Rows of a tile. With [`COLS`] columns, its sums fill half of sixteen
/// registers: of two numbers in WebAssembly, of four natively. Eight sums at
/// once are enough for an addition to be done before its register's next.
pub(crate) const ROWS: usize = if cfg!(target_arch = "wasm32") { 4 } else { 8 };

/// Columns of a tile.
pub(crate) const COLS: usize = 4;

simd! {
    /// C <- C + alpha A B on this block.
    pub(crate) fn multiply(block: &mut Block<'_>) {
        block.tiles();
    }
}

impl Block<'_> {
    #[inline(always)]
    fn tiles(&mut self) {
        let depth = self.depth;
        for (q, right) in self.right.chunks_exact(COLS * depth).enumerate() {
            let col = q * COLS;
            for (p, left) in self.left.chunks_exact(ROWS * depth).enumerate() {
                let row = self.first + p * ROWS;
                if self.lower && row + ROWS <= col {
                    continue;
                }
                let tile = tile(left.as_chunks().0, right.as_chunks().0);
                self.add(&tile, row, col);
            }
        }
    }

    /// Adds a tile to C, as far as it lies within the block.
    #[inline(always)]
    fn add(&mut self, tile: &[[f64; ROWS]; COLS], row: usize, col: usize) {
        let height = ROWS.min(self.end - row);
        let width = COLS.min(self.cols - col);
        for (j, sums) in tile.iter().enumerate().take(width) {
            let at = (col + j) * self.rows + row;
            // The same twice: of a known length it stays in registers.
            if height == ROWS {
                for (c, sum) in self.c[at..at + ROWS].iter_mut().zip(sums) {
                    *c += self.alpha * sum;
                }
            } else {
                for (c, sum) in self.c[at..at + height].iter_mut().zip(sums) {
                    *c += self.alpha * sum;
                }
            }
        }
    }
}

/// Numbers in a register.
const LANES: usize = if cfg!(target_arch = "wasm32") { 2 } else { 4 };

type Lanes = [f64; LANES];

/// sum_l a_l b_l^T, column by column.
#[inline(always)]
fn tile(left: &[[f64; ROWS]], right: &[[f64; COLS]]) -> [[f64; ROWS]; COLS] {
    let mut sums = [[[0.0; LANES]; ROWS / LANES]; COLS];
    for (a, b) in left.iter().zip(right) {
        let (a, _) = a.as_chunks::<LANES>();
        for (sums, &b) in sums.iter_mut().zip(b) {
            for (sum, a) in sums.iter_mut().zip(a) {
                *sum = added(sum, a, b);
            }
        }
    }
    std::array::from_fn(|j| std::array::from_fn(|i| sums[j][i / LANES][i % LANES]))
}

/// sum + a b.
#[inline(always)]
fn added(sum: &Lanes, a: &Lanes, b: f64) -> Lanes {
    std::array::from_fn(|i| sum[i] + a[i] * b)
}
