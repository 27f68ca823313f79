//! What the quadrature of the steps leaves of the identities.
//!
//! A step's defect is du - Jbar dw: 0 for the exact mean Jacobian. It is known
//! at every step, without knowing the exact Jacobian.

use nalgebra::DMatrix;

/// The defects of a window's steps at one set of inputs.
#[derive(Debug, Clone, Default)]
pub struct Defects {
    worst: f64,
    defect: DMatrix<f64>,
    change: DMatrix<f64>,
}

impl Defects {
    /// Adds a step's defect and change of the outputs, both p x k.
    pub(super) fn add(&mut self, defect: &DMatrix<f64>, change: &DMatrix<f64>) {
        if self.defect.shape() != defect.shape() {
            self.defect = DMatrix::zeros(defect.nrows(), defect.ncols());
            self.change = self.defect.clone();
        }
        let size = change.norm();
        if size > 0.0 {
            self.worst = self.worst.max(defect.norm() / size);
        }
        self.defect += defect;
        self.change += change;
    }

    /// max over steps of |du - Jbar dw| / |du|; 0 before any step.
    pub fn worst_step(&self) -> f64 {
        self.worst
    }

    /// |sum of du - Jbar dw| / |sum of du|: the part of the outputs' change over
    /// the window that the operators do not explain. Not a number before a step.
    pub fn accumulated(&self) -> f64 {
        self.defect.norm() / self.change.norm()
    }
}
