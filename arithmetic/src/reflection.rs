//! Householder reflections H = I - v v^T, |v|^2 = 2, of symmetric matrices stored
//! as lower triangles, and of the columns of any matrix.
//!
//! H K H = K - v w^T - w v^T with w = K v - (v^T K v / 2) v.

use crate::simd::simd;
use std::ops::Range;

/// Columns that are processed at once: v and w are read once for all of them.
const BLOCK: usize = 4;

simd! {
    /// w <- K v for a symmetric K of the order of v: its lower triangle, column-major,
    /// begins at `k[0]` and has columns `stride` apart. Cost: 2 m^2.
    pub fn symmetric_times(k: &[f64], stride: usize, v: &[f64], w: &mut [f64]) {
        let m = v.len();
        w.fill(0.0);
        let mut c = 0;
        while c + BLOCK <= m {
            let below = c + BLOCK..m;
            on_diagonal(k, stride, c..below.start, v, w);
            let columns: [&[f64]; BLOCK] =
                std::array::from_fn(|j| &k[(c + j) * stride..][below.clone()]);
            let factors: [f64; BLOCK] = std::array::from_fn(|j| v[c + j]);
            let (above, w) = w.split_at_mut(below.start);
            let sums = columns_times(columns, factors, &v[below], w);
            for (w, sum) in above[c..].iter_mut().zip(sums) {
                *w += sum;
            }
            c += BLOCK;
        }
        on_diagonal(k, stride, c..m, v, w);
    }
}

/// Adds the part of a small square on the diagonal, entry by entry.
fn on_diagonal(k: &[f64], stride: usize, square: Range<usize>, v: &[f64], w: &mut [f64]) {
    for j in square.clone() {
        let column = &k[j * stride..];
        w[j] += column[j] * v[j];
        for i in j + 1..square.end {
            w[i] += column[i] * v[j];
            w[j] += column[i] * v[i];
        }
    }
}

/// Parts of a sum.
const LANES: usize = 4;

/// w <- w + sum_j f_j k_j, and <k_j, v> for each column k_j.
#[inline(always)]
fn columns_times(
    columns: [&[f64]; BLOCK],
    factors: [f64; BLOCK],
    v: &[f64],
    w: &mut [f64],
) -> [f64; BLOCK] {
    let parts = columns.map(|column| column.as_chunks::<LANES>());
    let ((v, v_rest), (w, w_rest)) = (v.as_chunks::<LANES>(), w.as_chunks_mut::<LANES>());
    let mut sums = [[0.0; LANES]; BLOCK];
    let (wholes, rests) = (
        parts.map(|part| &part.0[..v.len()]),
        parts.map(|part| part.1),
    );
    for (l, (w, v)) in w.iter_mut().zip(v).enumerate() {
        let mut to = *w;
        for j in 0..BLOCK {
            let k = &wholes[j][l];
            to = std::array::from_fn(|i| to[i] + k[i] * factors[j]);
            sums[j] = std::array::from_fn(|i| sums[j][i] + k[i] * v[i]);
        }
        *w = to;
    }
    let mut totals = sums.map(|[a, b, c, d]| (a + c) + (b + d));
    for (l, (w, v)) in w_rest.iter_mut().zip(v_rest).enumerate() {
        for j in 0..BLOCK {
            *w += rests[j][l] * factors[j];
            totals[j] += rests[j][l] * v;
        }
    }
    totals
}

simd! {
    /// K <- K - v w^T - w v^T, the lower triangle, laid out as in
    /// [`symmetric_times`]. Cost: 2 m^2.
    pub fn rank_two_update(k: &mut [f64], stride: usize, v: &[f64], w: &[f64]) {
        for c in 0..v.len() {
            let column = &mut k[c * stride..][c..v.len()];
            let (vc, wc) = (v[c], w[c]);
            for ((k, v), w) in column.iter_mut().zip(&v[c..]).zip(&w[c..]) {
                *k -= v * wc + w * vc;
            }
        }
    }
}

simd! {
    /// X <- H X for columns of X, each of the length of v, `stride` apart. Cost: 4 for
    /// each entry.
    pub fn reflect_columns(v: &[f64], x: &mut [f64], stride: usize, count: usize) {
        for j in 0..count {
            let column = &mut x[j * stride..][..v.len()];
            let (parts, rest) = column.as_chunks::<8>();
            let (v_parts, v_rest) = v.as_chunks::<8>();
            let mut sums = [0.0; 8];
            for (x, v) in parts.iter().zip(v_parts) {
                sums = std::array::from_fn(|i| sums[i] + x[i] * v[i]);
            }
            let mut dot: f64 = sums.iter().sum();
            for (x, v) in rest.iter().zip(v_rest) {
                dot += x * v;
            }
            for (x, v) in column.iter_mut().zip(v) {
                *x -= dot * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{DMatrix, DVector};

    /// A symmetric matrix inside a larger one, with NaN where nothing may be
    /// read, and the matrix itself.
    fn symmetric(m: usize, stride: usize) -> (Vec<f64>, DMatrix<f64>) {
        let matrix = DMatrix::from_fn(m, m, |i, j| {
            ((7 * i.max(j) + 3 * i.min(j)) % 13) as f64 - 6.0
        });
        let mut data = vec![f64::NAN; stride * m];
        for j in 0..m {
            for i in j..m {
                data[j * stride + i] = matrix[(i, j)];
            }
        }
        (data, matrix)
    }

    fn vector(m: usize, seed: usize) -> DVector<f64> {
        DVector::from_fn(m, |i, _| ((5 * i + seed) % 9) as f64 - 4.0)
    }

    // Small whole numbers throughout: sums are exact in any order.
    #[test]
    fn products_and_updates_of_a_lower_triangle_are_those_of_the_matrix() {
        for m in 1..24 {
            let (mut data, matrix) = symmetric(m, m + 2);
            let (v, mut w) = (vector(m, 1), vector(m, 2));
            symmetric_times(&data, m + 2, v.as_slice(), w.as_mut_slice());
            assert_eq!(w, &matrix * &v, "m = {m}");
            rank_two_update(&mut data, m + 2, v.as_slice(), w.as_slice());
            let expected = &matrix - &v * w.transpose() - &w * v.transpose();
            for j in 0..m {
                for i in j..m {
                    assert_eq!(data[j * (m + 2) + i], expected[(i, j)], "m = {m}");
                }
            }
        }
    }

    #[test]
    fn columns_are_reflected_one_by_one() {
        for m in 1..24 {
            let v = vector(m, 3);
            let x = DMatrix::from_fn(m, 4, |i, j| ((3 * i + 5 * j) % 7) as f64);
            let mut data = x.as_slice().to_vec();
            reflect_columns(v.as_slice(), &mut data, m, 4);
            assert_eq!(data, (&x - &v * (v.transpose() * &x)).as_slice(), "m = {m}");
        }
    }
}
