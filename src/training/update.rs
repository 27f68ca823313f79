//! The update that ends every step, w <- w - eta (mask o d + decay).

use super::adam::AdamMoments;
use super::momentum::Velocity;
use super::{Decay, Optimiser, Rule};
use arithmetic::vector;

/// An optimiser and its state.
#[derive(Debug, Clone, Default)]
pub(super) struct Update {
    optimiser: Optimiser,
    adam: AdamMoments,
    velocity: Velocity,
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

/// The last step as a linear function of the average of the gradients:
///
/// ```text
/// v <- beta v + c (g + lambda w),     dw = -(s o v) - shift
/// ```
#[derive(Debug, Clone)]
pub(super) struct LinearForm {
    /// beta and c.
    pub memory: [f64; 2],
    /// lambda.
    pub l2: f64,
    /// s = eta m_k, over Adam's divisor of parameter k.
    pub scale: Vec<f64>,
    /// eta lambda w_k of decoupled decay, times m_k where the decay is masked.
    pub shift: Option<Vec<f64>>,
}

impl Update {
    /// v, empty before the first step and where no average is kept.
    pub fn average(&self) -> &[f64] {
        match self.optimiser.rule {
            Rule::GradientDescent => &[],
            Rule::Momentum { .. } => self.velocity.values(),
            Rule::Adam { .. } => self.adam.mean(),
        }
    }

    /// The step just taken, from the parameters `before` it, under its mask and
    /// step size. Cost: O(P).
    pub fn linear_form(&self, before: &[f64], mask: Option<&[f64]>, eta: f64) -> LinearForm {
        let mask = |k: usize| mask.map_or(1.0, |mask| mask[k]);
        let mut scale: Vec<f64> = (0..before.len()).map(|k| eta * mask(k)).collect();
        let memory = match self.optimiser.rule {
            Rule::GradientDescent => [0.0, 1.0],
            Rule::Momentum { beta } => [beta, 1.0],
            Rule::Adam { beta1, epsilon, .. } => {
                for (s, divisor) in scale.iter_mut().zip(self.adam.divisors(epsilon)) {
                    *s /= divisor;
                }
                [beta1, 1.0 - beta1]
            }
        };
        let decayed = |rate: f64, masked: bool| {
            let share = |k: usize| if masked { mask(k) } else { 1.0 };
            let decay = |(k, w): (usize, &f64)| eta * rate * share(k) * w;
            before.iter().enumerate().map(decay).collect()
        };
        let (l2, shift) = match self.optimiser.decay {
            Decay::Off => (0.0, None),
            Decay::L2 { rate } => (rate, None),
            Decay::Decoupled { rate, masked } => (0.0, Some(decayed(rate, masked))),
        };
        LinearForm {
            memory,
            l2,
            scale,
            shift,
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
