//! Matrix completion: M = A B^T / sqrt(r) with A and B of n x r standard
//! normal numbers, so that entries have variance 1; some of its entries are
//! observed, and all others are what there is to learn.
//!
//! A product of L matrices is a network without nonlinearity: with the unit
//! vectors as inputs, output i of example j is entry (i, j) of the product.

use crate::objective::{FunctionalError, Functionals, SquaredLoss};
use crate::random::{Stream, stream};
use nalgebra::DMatrix;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, StandardNormal};

/// A square matrix of low rank, and which of its entries are observed.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixCompletion {
    /// M, n x n.
    pub truth: DMatrix<f64>,
    /// Whether an entry is observed, column by column as in `truth`.
    pub observed: Vec<bool>,
}

impl MatrixCompletion {
    /// Draws an n x n matrix of rank at most `rank` >= 1 and `observed` of its
    /// entries, at most all.
    ///
    /// For one seed the matrix is the same however many entries are observed, and
    /// more of them means the same ones and others.
    pub fn new(size: usize, rank: usize, observed: usize, seed: u32) -> Self {
        let mut random = stream(seed, Stream::Inputs);
        let mut factor = || {
            DMatrix::from_fn(size, rank, |_, _| -> f64 {
                StandardNormal.sample(&mut random)
            })
        };
        let (a, b) = (factor(), factor());
        let mut order: Vec<usize> = (0..size * size).collect();
        order.shuffle(&mut random);
        let mut chosen = vec![false; size * size];
        for &entry in order.iter().take(observed) {
            chosen[entry] = true;
        }
        Self {
            truth: a * b.transpose() / (rank as f64).sqrt(),
            observed: chosen,
        }
    }

    /// Number of rows n, and of columns.
    pub fn size(&self) -> usize {
        self.truth.nrows()
    }

    /// Number of entries that are observed.
    pub fn observed_count(&self) -> usize {
        self.observed.iter().filter(|observed| **observed).count()
    }

    /// Phi(X) = (1/2) sum over the observed entries of (X_ij - M_ij)^2, on
    /// outputs n x n with column j for unit vector j.
    ///
    /// # Errors
    /// [`FunctionalError`]: none for a problem that was drawn here.
    pub fn objective(&self) -> Result<SquaredLoss, FunctionalError> {
        let n = self.size();
        let rows: Vec<Vec<Vec<(usize, f64)>>> = self
            .observed
            .chunks(n)
            .map(|column| {
                let observed = (0..n).filter(|&i| column[i]);
                observed.map(|i| vec![(i, 1.0)]).collect()
            })
            .collect();
        let pairs = self.truth.iter().zip(&self.observed);
        let targets: Vec<f64> = pairs
            .filter(|(_, observed)| **observed)
            .map(|(m, _)| *m)
            .collect();
        // The loss is a mean over examples, here columns; the sum is wanted.
        let weights = vec![n as f64; targets.len()];
        SquaredLoss::on(Functionals::from_rows(n, &rows)?, targets, weights)
    }

    /// The solution of least Frobenius norm: what is observed, and 0 elsewhere.
    pub fn least_frobenius(&self) -> DMatrix<f64> {
        let n = self.size();
        let pairs = self.truth.iter().zip(&self.observed);
        DMatrix::from_iterator(
            n,
            n,
            pairs.map(|(m, observed)| if *observed { *m } else { 0.0 }),
        )
    }

    /// |X - M|^2 / |M|^2 over the entries that are observed, or over those that
    /// are not; 1 for X = 0, not a number where there is no such entry.
    pub fn relative_error(&self, matrix: &DMatrix<f64>, observed: bool) -> f64 {
        let (mut error, mut energy) = (0.0, 0.0);
        for ((x, m), _) in matrix
            .iter()
            .zip(&self.truth)
            .zip(&self.observed)
            .filter(|(_, is_observed)| **is_observed == observed)
        {
            error += (x - m) * (x - m);
            energy += m * m;
        }
        error / energy
    }
}
