//! A claim that compares two numbers over trials, and the rule that judges it.
//!
//! The rules are those of the live page and of `study claims`: a study runs the trials apart
//! and puts their numbers together here.

use super::claim::Verdict;
use super::text;
use crate::statistics::{FEWEST, Paired, power};
use serde::{Deserialize, Serialize};

/// Share of trials in which a difference is there, for which the power of a test is stated.
const RATE: f64 = 0.75;

/// When one number counts as less than the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum PairedRule {
    /// Less by more than chance.
    Less,
    /// Less by this factor: the interval of the median ratio reaches it. In part where it is
    /// less by more than chance, but by less than that.
    AtMost(f64),
    /// No more than this factor: the interval of the median ratio lies below it.
    NoWorse(f64),
}

/// Two numbers of every trial; less is better.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialPairs {
    /// Those of the one and of the other.
    pub pairs: Vec<[f64; 2]>,
    /// How they are judged.
    pub rule: PairedRule,
}

impl TrialPairs {
    /// The pairs, without those in which either has no value.
    pub fn paired(&self) -> Paired {
        Paired::new(self.pairs.iter().copied())
    }

    /// The verdict on all trials, and why.
    pub fn judge(&self) -> (Verdict, String) {
        let paired = self.paired();
        let trials = paired.ratios.len();
        let Some(interval) = paired.interval() else {
            return (
                Verdict::NotYet,
                format!("{FEWEST} seeds are needed: repeat with 8"),
            );
        };
        let (lower, higher) = (paired.is_lower(), paired.is_higher());
        let factor = |factor: f64| text::fixed(factor, 2);
        match self.rule {
            _ if higher && !matches!(self.rule, PairedRule::NoWorse(_)) => {
                (Verdict::DoesNotHold, "more, by more than chance".into())
            }
            PairedRule::Less if lower => (Verdict::Holds, "less, by more than chance".into()),
            PairedRule::AtMost(most) if lower && interval.low <= most => (
                Verdict::Holds,
                format!("less, and the interval reaches \u{d7} {}", factor(most)),
            ),
            PairedRule::AtMost(most) if lower => (
                Verdict::Partly,
                format!("less, but not \u{d7} {}", factor(most)),
            ),
            PairedRule::NoWorse(most) if interval.high <= most => (
                Verdict::Holds,
                format!("the interval lies below \u{d7} {}", factor(most)),
            ),
            PairedRule::NoWorse(most) if interval.low > most => (
                Verdict::DoesNotHold,
                format!("the interval lies above \u{d7} {}", factor(most)),
            ),
            _ => (
                Verdict::Undecided,
                format!(
                    "no clear difference; {trials} seeds find one that three in four show in {} of cases",
                    text::whole_percent(power(trials, RATE))
                ),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(rule: PairedRule, ratios: &[f64]) -> Verdict {
        let pairs = ratios.iter().map(|ratio| [*ratio, 1.0]).collect();
        TrialPairs { pairs, rule }.judge().0
    }

    #[test]
    fn a_difference_that_is_not_clear_is_undecided() {
        let mixed = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.2, 1.3];
        let lower = [0.1, 0.15, 0.2, 0.25, 0.3, 0.3, 0.3, 0.3];
        let higher = lower.map(|ratio| 1.0 / ratio);
        assert_eq!(verdict(PairedRule::Less, &mixed), Verdict::Undecided);
        assert_eq!(verdict(PairedRule::Less, &lower), Verdict::Holds);
        assert_eq!(verdict(PairedRule::Less, &higher), Verdict::DoesNotHold);
        assert_eq!(verdict(PairedRule::Less, &lower[..5]), Verdict::NotYet);
        assert_eq!(verdict(PairedRule::AtMost(0.2), &lower), Verdict::Holds);
        assert_eq!(verdict(PairedRule::AtMost(0.05), &lower), Verdict::Partly);
        assert_eq!(verdict(PairedRule::AtMost(0.2), &mixed), Verdict::Undecided);
        assert_eq!(verdict(PairedRule::NoWorse(1.1), &lower), Verdict::Holds);
        assert_eq!(
            verdict(PairedRule::NoWorse(1.1), &mixed),
            Verdict::Undecided
        );
        assert_eq!(
            verdict(PairedRule::NoWorse(1.1), &[1.05; 8]),
            Verdict::Holds
        );
        assert_eq!(
            verdict(PairedRule::NoWorse(1.1), &higher),
            Verdict::DoesNotHold
        );
    }

    #[test]
    fn an_undecided_comparison_states_its_power() {
        let pairs = vec![[1.0, 2.0]; 4].into_iter().chain(vec![[2.0, 1.0]; 4]);
        let comparison = TrialPairs {
            pairs: pairs.collect(),
            rule: PairedRule::Less,
        };
        let (_, reason) = comparison.judge();
        assert!(
            reason.contains("8 seeds") && reason.contains("10"),
            "{reason}"
        );
    }
}
