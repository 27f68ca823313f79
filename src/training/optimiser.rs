//! From the gradient to a direction, and weight decay.
//!
//! ```text
//! g   the gradient of the loss, plus lambda w with L2 decay
//! d = g                             gradient descent
//! d = v,  v <- beta v + g           momentum, see `momentum`
//! d = m^ / (sqrt(v^) + eps)         Adam, see `adam`
//! w <- w - eta (mask o d + lambda w)      with decoupled decay; lambda w is
//!                                         masked too if [`Decay`] is
//! ```
//!
//! Decoupled decay is that of Loshchilov & Hutter (arXiv 1711.05101), scaled
//! by eta as in the usual implementations; Adam with it is AdamW. Under plain
//! gradient descent L2 and masked decoupled decay are the same step. Decay
//! acts on every parameter, biases included.

use serde::Serialize;
use thiserror::Error;

/// How a gradient becomes a direction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Rule {
    /// The gradient itself.
    GradientDescent,
    /// Gradient descent with heavy-ball momentum.
    Momentum {
        /// Decay rate of the running sum, in [0, 1).
        beta: f64,
    },
    /// Adam.
    Adam {
        /// Decay rate of the mean, in [0, 1).
        beta1: f64,
        /// Decay rate of the square, in [0, 1).
        beta2: f64,
        /// What is added to the root, above 0.
        epsilon: f64,
    },
}

/// Weight decay, lambda >= 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Decay {
    /// None.
    Off,
    /// lambda w is added to the gradient, before any moments: the gradient of
    /// (lambda/2) |w|^2. Masked with the direction that it is part of.
    L2 {
        /// lambda.
        rate: f64,
    },
    /// eta lambda w is subtracted in addition to the step.
    Decoupled {
        /// lambda.
        rate: f64,
        /// Whether the gate masks the decay too. If not, a gate with few active
        /// parameters leaves the decay at full strength, and so raises it
        /// relative to the gradient.
        masked: bool,
    },
}

/// What turns gradients into steps.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Optimiser {
    /// Direction.
    pub rule: Rule,
    /// Weight decay.
    pub decay: Decay,
}

/// Why an optimiser is refused.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum OptimiserError {
    /// A decay rate of a moment outside [0, 1).
    #[error("{name} is {given}; it must be at least 0 and below 1.")]
    MomentDecay {
        /// Whose, and which one.
        name: &'static str,
        /// What was given.
        given: f64,
    },
    /// Without eps > 0 a parameter that has no gradient would move by 0/0.
    #[error("Adam's epsilon is {0}; it must be a finite number above 0.")]
    Epsilon(f64),
    /// Decay below 0, or not a number.
    #[error("The weight decay is {0}; it must be a finite number, at least 0.")]
    Decay(f64),
}

impl Optimiser {
    /// Plain gradient descent without decay.
    pub const GRADIENT_DESCENT: Self = Self {
        rule: Rule::GradientDescent,
        decay: Decay::Off,
    };

    /// Heavy-ball momentum without decay.
    pub const fn momentum(beta: f64) -> Self {
        Self {
            rule: Rule::Momentum { beta },
            decay: Decay::Off,
        }
    }

    /// Whether the step is a multiple of the gradient: no average, no decay.
    pub fn is_plain(&self) -> bool {
        let decays = match self.decay {
            Decay::Off => false,
            Decay::L2 { rate } | Decay::Decoupled { rate, .. } => rate != 0.0,
        };
        self.rule == Rule::GradientDescent && !decays
    }

    /// Adam without decay.
    pub const fn adam(beta1: f64, beta2: f64, epsilon: f64) -> Self {
        Self {
            rule: Rule::Adam {
                beta1,
                beta2,
                epsilon,
            },
            decay: Decay::Off,
        }
    }

    /// The same rule with another decay.
    pub const fn with_decay(self, decay: Decay) -> Self {
        Self {
            rule: self.rule,
            decay,
        }
    }

    /// Checks every number.
    ///
    /// # Errors
    /// [`OptimiserError`], naming the first that is out of its range.
    pub fn validate(&self) -> Result<(), OptimiserError> {
        if let Rule::Momentum { beta } = self.rule {
            moment_decay("Momentum's beta", beta)?;
        }
        if let Rule::Adam {
            beta1,
            beta2,
            epsilon,
        } = self.rule
        {
            moment_decay("Adam's beta1", beta1)?;
            moment_decay("Adam's beta2", beta2)?;
            if !(epsilon.is_finite() && epsilon > 0.0) {
                return Err(OptimiserError::Epsilon(epsilon));
            }
        }
        match self.decay {
            Decay::L2 { rate } | Decay::Decoupled { rate, .. }
                if !(rate.is_finite() && rate >= 0.0) =>
            {
                Err(OptimiserError::Decay(rate))
            }
            _ => Ok(()),
        }
    }
}

fn moment_decay(name: &'static str, given: f64) -> Result<(), OptimiserError> {
    match (0.0..1.0).contains(&given) {
        true => Ok(()),
        false => Err(OptimiserError::MomentDecay { name, given }),
    }
}

impl Default for Optimiser {
    fn default() -> Self {
        Self::GRADIENT_DESCENT
    }
}
