//! Adam's moments (Kingma & Ba, arXiv 1412.6980):
//!
//! ```text
//! m <- beta1 m + (1 - beta1) g         m^ = m / (1 - beta1^t)
//! v <- beta2 v + (1 - beta2) g^2       v^ = v / (1 - beta2^t)
//! d = m^ / (sqrt(v^) + eps)
//! ```
//!
//! g is the gradient before any gate: the mask acts on d.

use arithmetic::vector::{Moments, normalise_by_moments};

/// m and v of every parameter.
#[derive(Debug, Clone, Default)]
pub(super) struct AdamMoments {
    /// m, empty before the first step.
    pub(super) mean: Vec<f64>,
    /// v.
    pub(super) square: Vec<f64>,
    /// 1 - beta1^t, by its recursion: correct also where beta1 was changed.
    pub(super) mean_weight: f64,
    /// 1 - beta2^t.
    pub(super) square_weight: f64,
}

impl AdamMoments {
    /// Resets the averages; keeps the buffers.
    pub fn clear(&mut self) {
        self.mean.clear();
        self.square.clear();
        (self.mean_weight, self.square_weight) = (0.0, 0.0);
    }

    /// Adds the gradient in `direction` to the moments and writes d there.
    /// Cost: O(P), no allocation after the first.
    pub fn advance(&mut self, beta1: f64, beta2: f64, epsilon: f64, direction: &mut [f64]) {
        self.mean.resize(direction.len(), 0.0);
        self.square.resize(direction.len(), 0.0);
        self.mean_weight = beta1 * self.mean_weight + (1.0 - beta1);
        self.square_weight = beta2 * self.square_weight + (1.0 - beta2);
        let moments = Moments {
            mean: [beta1, self.mean_weight],
            square: [beta2, self.square_weight],
            epsilon,
            m: &mut self.mean,
            v: &mut self.square,
        };
        normalise_by_moments(moments, direction);
    }
}
