//! Direct preference optimisation (Rafailov et al., arXiv 2305.18290). Outputs are the logits of a
//! softmax policy pi over actions; of two actions the winner w is to be preferred to the loser l:
//!
//! ```text
//! Phi(U) = (1/b) sum_i log(1 + exp(-x_i)),    x_i = beta (log pi_w/pi_l - log piref_w/piref_l)
//! ```
//!
//! Both logarithms of a ratio share the normaliser, which cancels: log pi_w - log pi_l = u_w - u_l. So
//! x_i = beta (u_iw - u_il - m_i) is affine in the outputs, with m_i the same difference of the
//! reference's logits, and Phi is convex in one linear functional per example:
//!
//! ```text
//! g_i = -(beta/b) s(-x_i) (e_w - e_l),        s(x) = 1 / (1 + exp(-x))
//! B_i = (beta^2/b) s(x_i) s(-x_i) (e_w - e_l)(e_w - e_l)^T
//! ```
//!
//! A flipped comparison exchanges w and l, and m_i becomes -m_i. B_i has rank one: the loss does not depend on
//! the other actions, nor on the sum of the two logits.
//!
//! For outputs of any finite size: the exponential is only taken of -|x|.

use super::Objective;
use nalgebra::DMatrix;
use thiserror::Error;

/// Two actions of an example.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The action that is preferred.
    pub winner: usize,
    /// The action that it is compared with.
    pub loser: usize,
    /// m, the reference's logit of the winner less that of the loser.
    pub reference: f64,
}

impl Comparison {
    /// The same two actions, the other one preferred.
    pub fn flipped(self) -> Self {
        Self {
            winner: self.loser,
            loser: self.winner,
            reference: -self.reference,
        }
    }

    /// u_w - u_l - m for the logits of its example: how far the policy is from the reference
    /// towards the winner. Times beta it is the difference of the implicit rewards.
    pub fn margin(&self, logits: &[f64]) -> f64 {
        logits[self.winner] - logits[self.loser] - self.reference
    }
}

/// The loss of a policy on one comparison per example, in nats:
/// (1/b) sum_i log(1 + exp(-beta (u_iw - u_il - m_i))).
#[derive(Debug, Clone, PartialEq)]
pub struct PreferenceLoss {
    actions: usize,
    beta: f64,
    /// As they are now, flips included.
    comparisons: Vec<Comparison>,
    flipped: Vec<bool>,
}

/// Why comparisons do not make a loss.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum PreferenceError {
    /// No comparison at all.
    #[error("A loss on preferences needs at least one comparison.")]
    None,
    /// An action outside the policy's.
    #[error("Example {example} compares action {action}; there are {actions}, counted from 0.")]
    NoSuchAction {
        /// The example, counted from 0.
        example: usize,
        /// The action that was named.
        action: usize,
        /// How many there are.
        actions: usize,
    },
    /// An action compared with itself.
    #[error(
        "Example {example} compares action {action} with itself; two different ones are needed."
    )]
    SameAction {
        /// The example, counted from 0.
        example: usize,
        /// The action.
        action: usize,
    },
    /// A reference that is not a number.
    #[error(
        "Example {example}: the reference's difference is {given}; it must be a finite number."
    )]
    Reference {
        /// The example, counted from 0.
        example: usize,
        /// What was given.
        given: f64,
    },
    /// Without beta > 0 no preference is learned.
    #[error("beta is {0}; it must be a finite number above 0.")]
    Beta(f64),
    /// Flips for another number of examples.
    #[error("There are {examples} comparisons; {given} flips were given.")]
    Count {
        /// Number of comparisons.
        examples: usize,
        /// Number of flips given.
        given: usize,
    },
}

/// exp(-|x|) and whether x is below 0.
fn folded(x: f64) -> (f64, bool) {
    (libm::exp(-x.abs()), x < 0.0)
}

impl PreferenceLoss {
    /// One comparison per example among `actions` actions; none is flipped. A larger `beta` holds the policy closer to the
    /// reference.
    ///
    /// # Errors
    /// [`PreferenceError`], naming the first example that does not fit.
    pub fn new(
        actions: usize,
        beta: f64,
        comparisons: Vec<Comparison>,
    ) -> Result<Self, PreferenceError> {
        check_beta(beta)?;
        if comparisons.is_empty() {
            return Err(PreferenceError::None);
        }
        for (example, comparison) in comparisons.iter().enumerate() {
            let Comparison {
                winner,
                loser,
                reference,
            } = *comparison;
            if let Some(action) = [winner, loser].into_iter().find(|&a| a >= actions) {
                return Err(PreferenceError::NoSuchAction {
                    example,
                    action,
                    actions,
                });
            }
            if winner == loser {
                return Err(PreferenceError::SameAction {
                    example,
                    action: winner,
                });
            }
            if !reference.is_finite() {
                return Err(PreferenceError::Reference {
                    example,
                    given: reference,
                });
            }
        }
        Ok(Self {
            actions,
            beta,
            flipped: vec![false; comparisons.len()],
            comparisons,
        })
    }

    /// The comparisons as they are trained on, flips included.
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Which comparisons are flipped.
    pub fn flipped(&self) -> &[bool] {
        &self.flipped
    }

    /// Flips these comparisons, as they were given at first, and no others.
    ///
    /// # Errors
    /// [`PreferenceError::Count`]; nothing is then changed.
    pub fn set_flipped(&mut self, flipped: &[bool]) -> Result<(), PreferenceError> {
        if flipped.len() != self.flipped.len() {
            return Err(PreferenceError::Count {
                examples: self.flipped.len(),
                given: flipped.len(),
            });
        }
        let was = self.flipped.iter_mut().zip(flipped);
        for (comparison, (was, &now)) in self.comparisons.iter_mut().zip(was) {
            if *was != now {
                *comparison = comparison.flipped();
                *was = now;
            }
        }
        Ok(())
    }

    /// beta.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// Another beta.
    ///
    /// # Errors
    /// [`PreferenceError::Beta`]; it is then the one before.
    pub fn set_beta(&mut self, beta: f64) -> Result<(), PreferenceError> {
        check_beta(beta)?;
        self.beta = beta;
        Ok(())
    }

    /// Calls `f(column, comparison, x)` for every example of the batch.
    fn for_each(
        &self,
        outputs: &DMatrix<f64>,
        batch: &[usize],
        mut f: impl FnMut(usize, &Comparison, f64),
    ) {
        let columns = outputs.as_slice().chunks_exact(self.actions);
        for (column, (logits, &example)) in columns.zip(batch).enumerate() {
            let comparison = &self.comparisons[example];
            f(column, comparison, self.beta * comparison.margin(logits));
        }
    }
}

fn check_beta(beta: f64) -> Result<(), PreferenceError> {
    match beta.is_finite() && beta > 0.0 {
        true => Ok(()),
        false => Err(PreferenceError::Beta(beta)),
    }
}

impl Objective for PreferenceLoss {
    fn examples(&self) -> usize {
        self.comparisons.len()
    }

    fn outputs(&self) -> usize {
        self.actions
    }

    fn value(&self, outputs: &DMatrix<f64>, batch: &[usize]) -> f64 {
        let mut sum = 0.0;
        self.for_each(outputs, batch, |_, _, x| {
            let (e, negative) = folded(x);
            sum += libm::log1p(e) + if negative { -x } else { 0.0 };
        });
        sum / batch.len() as f64
    }

    fn gradient(&self, outputs: &DMatrix<f64>, batch: &[usize], gradient: &mut DMatrix<f64>) {
        let scale = self.beta / batch.len() as f64;
        gradient.fill(0.0);
        self.for_each(outputs, batch, |column, comparison, x| {
            let (e, negative) = folded(x);
            let pull = scale * if negative { 1.0 } else { e } / (1.0 + e);
            gradient[(comparison.winner, column)] = -pull;
            gradient[(comparison.loser, column)] = pull;
        });
    }

    fn hessian(
        &self,
        outputs: &DMatrix<f64>,
        batch: &[usize],
        direction: &DMatrix<f64>,
        product: &mut DMatrix<f64>,
    ) {
        let scale = self.beta * self.beta / batch.len() as f64;
        product.fill(0.0);
        self.for_each(outputs, batch, |column, comparison, x| {
            let Comparison { winner, loser, .. } = *comparison;
            let (e, _) = folded(x);
            let along = direction[(winner, column)] - direction[(loser, column)];
            let along = scale * e / ((1.0 + e) * (1.0 + e)) * along;
            product[(winner, column)] = along;
            product[(loser, column)] = -along;
        });
    }
}
