//! The update that ends every step, w <- w - eta (mask o d + decay).

use super::adam::AdamMoments;
use super::momentum::Velocity;
use super::{Decay, Optimiser, Rule};
use arithmetic::vector;

/// An optimiser and its state.
#[derive(Debug, Clone, Default)]
pub(super) struct Update {
    pub(super) optimiser: Optimiser,
    pub(super) adam: AdamMoments,
    pub(super) velocity: Velocity,
    direction: Vec<f64>,
}

impl Update {
    pub fn optimiser(&self) -> Optimiser {
        self.optimiser
    }

    /// Another optimiser; what it remembers stays if the rule is the same with
    /// other numbers.
    pub fn set_optimiser(&mut self, optimiser: Optimiser) {
        if !matches!(optimiser.rule, Rule::Adam { .. }) {
            self.adam.clear();
        }
        if !matches!(optimiser.rule, Rule::Momentum { .. }) {
            self.velocity.clear();
        }
        self.optimiser = optimiser;
    }

    /// Updates the parameters (length P) from the loss's `gradient`, under
    /// `mask` where there is one. Returns the largest change.
    ///
    /// Cost: O(P). Plain gradient descent reads the gradient in place; the others
    /// copy it once.
    pub fn take(
        &mut self,
        parameters: &mut [f64],
        gradient: &[f64],
        mask: Option<&[f64]>,
        eta: f64,
    ) -> f64 {
        let Optimiser { rule, decay } = self.optimiser;
        let l2 = match decay {
            Decay::L2 { rate } => rate,
            _ => 0.0,
        };
        let direction = if rule == Rule::GradientDescent && l2 == 0.0 {
            gradient
        } else {
            self.direction.clear();
            let pairs = gradient.iter().zip(parameters.iter());
            self.direction.extend(pairs.map(|(g, w)| g + l2 * w));
            match rule {
                Rule::GradientDescent => {}
                Rule::Momentum { beta } => self.velocity.advance(beta, &mut self.direction),
                Rule::Adam {
                    beta1,
                    beta2,
                    epsilon,
                } => self
                    .adam
                    .advance(beta1, beta2, epsilon, &mut self.direction),
            }
            &self.direction
        };
        // Without decay its term is left out rather than 0: digits stay.
        match (mask, decay) {
            (None, Decay::Decoupled { rate, .. }) => {
                vector::descend(eta, rate, direction, parameters)
            }
            (None, _) => vector::descend(eta, 0.0, direction, parameters),
            (Some(mask), Decay::Decoupled { rate, masked: true }) => {
                update_masked(parameters, direction, mask, |w, d, m| {
                    eta * (m * (d + rate * w))
                })
            }
            (Some(mask), Decay::Decoupled { rate, .. }) => {
                update_masked(parameters, direction, mask, |w, d, m| {
                    eta * (m * d + rate * w)
                })
            }
            (Some(mask), _) => update_masked(parameters, direction, mask, |_, d, m| eta * (m * d)),
        }
    }
}

fn update_masked(
    parameters: &mut [f64],
    direction: &[f64],
    mask: &[f64],
    change: impl Fn(f64, f64, f64) -> f64,
) -> f64 {
    let mut largest: f64 = 0.0;
    for ((w, &d), &m) in parameters.iter_mut().zip(direction).zip(mask) {
        let change = change(*w, d, m);
        largest = largest.max(change.abs());
        *w -= change;
    }
    largest
}
