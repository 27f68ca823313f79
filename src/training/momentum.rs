//! Heavy-ball momentum (Polyak 1964), v <- beta v + g, d = v.
//!
//! Under a constant gradient d grows to g / (1 - beta). g is the gradient
//! before any gate: the mask acts on d, as it does for Adam.

use arithmetic::vector;

/// v of every parameter.
#[derive(Debug, Clone, Default)]
pub(super) struct Velocity {
    /// Empty before the first step.
    pub(super) velocity: Vec<f64>,
}

impl Velocity {
    /// v = 0; keeps the buffer.
    pub fn clear(&mut self) {
        self.velocity.clear();
    }

    /// Adds the gradient in `direction` to v and writes v there. Cost: O(P), no
    /// allocation after the first.
    pub fn advance(&mut self, beta: f64, direction: &mut [f64]) {
        self.velocity.resize(direction.len(), 0.0);
        vector::scale(beta, &mut self.velocity);
        vector::add_scaled(1.0, direction, &mut self.velocity);
        direction.copy_from_slice(&self.velocity);
    }
}
