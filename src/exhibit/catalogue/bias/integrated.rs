//! The integrated kernel W_S(0, T) of a run with squared loss, from its
//! propagator.
//!
//! ```text
//! P <- (I - (eta/n) K_t) P        r(T) = P r(0), to first order in a step
//! W_S(0, T) = (n/2)(I - P^T P)
//! ```
//!
//! The eigenvectors of W are the right singular vectors of P, with
//! 1 - 2 lambda_j / n = sigma_j^2. So lambda_j is taken from sigma_j: the fast
//! directions have lambda_j next to n/2, where W itself tells them apart to
//! eps and sigma_j to eps^2. Below that, sigma_j is set to the floor n eps
//! sigma_1, and such directions count as equally fast.

use nalgebra::{DMatrix, DVector, SVD};

/// P, and how many steps it holds.
#[derive(Debug, Clone)]
pub struct Propagator {
    matrix: DMatrix<f64>,
    steps: u64,
}

/// Eigenvectors of W_S(0, T), by descending eigenvalue.
#[derive(Debug, Clone)]
pub struct IntegratedModes {
    /// sigma_j, ascending: what is left of direction j after T steps.
    pub left: Vec<f64>,
    /// Eigenvectors, as columns.
    pub vectors: DMatrix<f64>,
    steps: u64,
}

/// Iterations after which a decomposition is given up.
const SWEEPS_PER_VALUE: usize = 60;

impl Propagator {
    /// I: no step.
    pub fn new(n: usize) -> Self {
        Self {
            matrix: DMatrix::identity(n, n),
            steps: 0,
        }
    }

    /// Steps it holds.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// One step with the kernel at its start and rate eta/n. Cost: 2 n^3.
    pub fn step(&mut self, kernel: &DMatrix<f64>, rate: f64) {
        let moved = kernel * &self.matrix;
        self.matrix -= moved * rate;
        self.steps += 1;
    }

    /// The modes of W_S(0, T); nothing for a propagator that is not finite.
    /// Cost: about 20 n^3.
    pub fn modes(&self) -> Option<IntegratedModes> {
        if !self.matrix.iter().all(|v| v.is_finite()) {
            return None;
        }
        let n = self.matrix.nrows();
        let sweeps = n * SWEEPS_PER_VALUE;
        let svd = SVD::try_new(self.matrix.clone(), false, true, f64::EPSILON, sweeps)?;
        let rows = svd.v_t?;
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| svd.singular_values[a].total_cmp(&svd.singular_values[b]));
        let mut vectors = DMatrix::zeros(n, n);
        for (to, &from) in order.iter().enumerate() {
            vectors.set_column(to, &rows.row(from).transpose());
        }
        let floor = n as f64 * f64::EPSILON * svd.singular_values.amax();
        Some(IntegratedModes {
            left: order
                .iter()
                .map(|&i| svd.singular_values[i].max(floor))
                .collect(),
            vectors,
            steps: self.steps,
        })
    }
}

impl IntegratedModes {
    /// lambda_j of W = (n/2)(1 - sigma_j^2).
    pub fn eigenvalues(&self) -> impl Iterator<Item = f64> + '_ {
        let half = self.left.len() as f64 / 2.0;
        self.left.iter().map(move |left| half * (1.0 - left * left))
    }

    /// The eigenvalue that a constant kernel would need to leave as much
    /// of each direction: sigma_j = (1 - rate lambda)^T. It orders the
    /// directions as lambda_j does, and can be compared with K's own.
    /// Below 0 for a direction that has grown.
    pub fn as_constant(&self, rate: f64) -> Vec<f64> {
        let power = 1.0 / self.steps.max(1) as f64;
        let of = |left: &f64| (1.0 - libm::pow(*left, power)) / rate;
        self.left.iter().map(of).collect()
    }

    /// Coefficients of a residual in this basis.
    pub fn coefficients(&self, residual: &DVector<f64>) -> DVector<f64> {
        self.vectors.tr_mul(residual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_kernel_gives_back_its_eigenvalues_and_the_sum_of_dissipations() {
        let n = 6;
        let half = DMatrix::from_fn(n, n, |i, j| libm::sin((1 + i * n + j) as f64));
        let kernel = &half * half.transpose();
        let rate = 0.4 / kernel.norm();
        let mut propagator = Propagator::new(n);
        // W of discrete descent, summed: P^T (K - (eta/2n) K^2) P per step of
        // eta, which is n times the rate.
        let mut summed = DMatrix::zeros(n, n);
        for _ in 0..30 {
            let p = propagator.matrix.clone();
            let middle = &kernel - &kernel * &kernel * (rate / 2.0);
            summed += p.transpose() * middle * p * (rate * n as f64);
            propagator.step(&kernel, rate);
        }
        let modes = propagator.modes().expect("finite");
        let values: Vec<f64> = modes.eigenvalues().collect();
        let diagonal = DMatrix::from_diagonal(&DVector::from_vec(values.clone()));
        let w = &modes.vectors * diagonal * modes.vectors.transpose();
        assert!((w - summed).norm() < 1e-12, "the closed form");
        let mut own = kernel.symmetric_eigenvalues().as_slice().to_vec();
        own.sort_by(|a, b| b.total_cmp(a));
        for (constant, own) in modes.as_constant(rate).iter().zip(&own) {
            assert!((constant - own).abs() < 1e-10 * own.max(1.0));
        }
        assert!(values.windows(2).all(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn what_is_not_finite_has_no_modes() {
        let mut propagator = Propagator::new(2);
        propagator.step(&DMatrix::from_element(2, 2, f64::INFINITY), 1.0);
        assert!(propagator.modes().is_none());
    }
}
