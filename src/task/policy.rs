//! What a policy pi is worth in the held-out states x, beside its reference:
//!
//! ```text
//! accuracy    share of held-out pairs with u_w - u_l > m: the implicit reward, beta log(pi/piref),
//!             ranks the better action w above the worse l
//! ranking     the same with u_w > u_l: the policy itself does
//! divergence  KL(pi | piref) = sum_a pi_a log(pi_a / piref_a), mean over x, in nats
//! reward      sum_a pi_a r(x)_a, mean over x
//! ```
//!
//! Sums over the eight actions are exact: nothing is sampled. A tie counts as half a pair, so that the
//! reference has accuracy 1/2 about itself.

use super::preferences::{ACTIONS, Preferences, comparisons, logits};
use crate::network::{Forward, Mlp};
use crate::objective::Comparison;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

/// What a policy is worth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Share of held-out pairs that the implicit reward ranks right.
    pub accuracy: f64,
    /// Share of held-out pairs that the policy ranks right.
    pub ranking: f64,
    /// KL(pi | piref) in nats, mean over the held-out states.
    pub divergence: f64,
    /// Expected true reward, mean over the held-out states.
    pub reward: f64,
}

/// Judges policies in the held-out states of a task.
#[derive(Debug, Clone)]
pub struct Judge {
    states: DMatrix<f64>,
    comparisons: Vec<Comparison>,
    /// True rewards, actions x states.
    rewards: DMatrix<f64>,
    /// log piref, actions x states.
    reference: DMatrix<f64>,
    forward: Forward,
}

/// Writes log softmax(u); right to rounding for logits of any finite size.
pub(super) fn log_probabilities<'a>(
    logits: impl Iterator<Item = &'a f64> + Clone,
    out: &mut [f64],
) {
    let top = logits.clone().fold(f64::NEG_INFINITY, |top, u| top.max(*u));
    let sum: f64 = logits.clone().map(|u| libm::exp(u - top)).sum();
    let whole = libm::log(sum);
    for (out, u) in out.iter_mut().zip(logits) {
        *out = (u - top) - whole;
    }
}

/// 1 above 0, 1/2 at 0, 0 below or where nothing can be said.
fn right(margin: f64) -> f64 {
    match margin {
        m if m > 0.0 => 1.0,
        0.0 => 0.5,
        _ => 0.0,
    }
}

impl Judge {
    /// A judge of policies that are held to `reference`, a network of 8 inputs and 8 logits.
    pub fn new(task: &Preferences, reference: &Mlp) -> Self {
        let at_reference = logits(reference, &task.test_states);
        let mut logarithms = DMatrix::zeros(ACTIONS, at_reference.ncols());
        let columns = logarithms.as_mut_slice().chunks_exact_mut(ACTIONS);
        for (out, u) in columns.zip(at_reference.column_iter()) {
            log_probabilities(u.iter(), out);
        }
        Self {
            states: task.test_states.clone(),
            comparisons: comparisons(&task.test_pairs, &at_reference),
            rewards: task.test_rewards.clone(),
            reference: logarithms,
            forward: Forward::new(),
        }
    }

    /// Judges a policy. Cost: a forward pass over the held-out states.
    pub fn judge(&mut self, policy: &Mlp) -> Judgement {
        self.forward.run(policy, &self.states);
        self.judge_logits(&self.forward.outputs)
    }

    /// Judges a policy by its logits in the held-out states, 8 x 1000.
    pub fn judge_logits(&self, logits: &DMatrix<f64>) -> Judgement {
        let mut sum = Judgement {
            accuracy: 0.0,
            ranking: 0.0,
            divergence: 0.0,
            reward: 0.0,
        };
        let mut logarithms = [0.0; ACTIONS];
        let columns = logits.as_slice().chunks_exact(ACTIONS);
        let references = self.reference.as_slice().chunks_exact(ACTIONS);
        let rewards = self.rewards.as_slice().chunks_exact(ACTIONS);
        let known = references.zip(rewards).zip(&self.comparisons);
        for (u, ((reference, rewards), comparison)) in columns.zip(known) {
            sum.accuracy += right(comparison.margin(u));
            sum.ranking += right(u[comparison.winner] - u[comparison.loser]);
            log_probabilities(u.iter(), &mut logarithms);
            let mut divergence = 0.0;
            for ((of_policy, of_reference), reward) in logarithms.iter().zip(reference).zip(rewards)
            {
                let share = libm::exp(*of_policy);
                divergence += share * (of_policy - of_reference);
                sum.reward += share * reward;
            }
            // Rounding may leave a sum that is 0 a little below it.
            sum.divergence += if divergence < 0.0 { 0.0 } else { divergence };
        }
        let states = self.comparisons.len() as f64;
        Judgement {
            accuracy: sum.accuracy / states,
            ranking: sum.ranking / states,
            divergence: sum.divergence / states,
            reward: sum.reward / states,
        }
    }
}
