//! A step as a linear function of the average of the gradients:
//!
//! ```text
//! v <- beta v + c (g + lambda w),     dw = -(s o v) - shift
//! ```

use super::{Decay, Pass, Rule, Trainer};

/// The step just taken.
#[derive(Debug, Clone)]
pub(super) struct LinearForm {
    /// beta and c.
    pub memory: [f64; 2],
    /// lambda of a decay that is part of the gradient.
    pub l2: f64,
    /// s = eta m_k, over Adam's divisor of parameter k.
    pub scale: Vec<f64>,
    /// eta lambda w_k of decoupled decay, times m_k where the decay is masked.
    pub shift: Option<Vec<f64>>,
}

impl<P: Pass> Trainer<P> {
    /// v, empty before the first step and where no average is kept.
    pub(super) fn average(&self) -> &[f64] {
        match self.update.optimiser.rule {
            Rule::GradientDescent => &[],
            Rule::Momentum { .. } => &self.update.velocity.velocity,
            Rule::Adam { .. } => &self.update.adam.mean,
        }
    }

    /// The step just taken, from the parameters `before` it, under its mask and
    /// step size. Cost: O(P).
    pub(super) fn linear_form(&self, before: &[f64], mask: Option<&[f64]>, eta: f64) -> LinearForm {
        let mask = |k: usize| mask.map_or(1.0, |mask| mask[k]);
        let optimiser = self.update.optimiser;
        let mut scale: Vec<f64> = (0..before.len()).map(|k| eta * mask(k)).collect();
        let memory = match optimiser.rule {
            Rule::GradientDescent => [0.0, 1.0],
            Rule::Momentum { beta } => [beta, 1.0],
            Rule::Adam { beta1, epsilon, .. } => {
                let adam = &self.update.adam;
                for (s, v) in scale.iter_mut().zip(&adam.square) {
                    let root = (v / adam.square_weight).sqrt();
                    *s /= adam.mean_weight * (root + epsilon);
                }
                [beta1, 1.0 - beta1]
            }
        };
        let decayed = |rate: f64, masked: bool| {
            let share = |k: usize| if masked { mask(k) } else { 1.0 };
            let decay = |(k, w): (usize, &f64)| eta * rate * share(k) * w;
            before.iter().enumerate().map(decay).collect()
        };
        let (l2, shift) = match optimiser.decay {
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
