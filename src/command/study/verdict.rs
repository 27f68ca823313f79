//! One verdict from the runs of many seeds.
//!
//! Where a claim compares two numbers of every trial, its own rule judges the pairs of all runs
//! together. Otherwise each run has a verdict, and the verdicts are numbers on a scale of three:
//! does not hold, partly or undecided, holds. The claim is decided where the exact interval of
//! their median is a single one of the three; else it is undecided, with the interval.

use ntk_playground::exhibit::{Claim, PairedRule, TrialPairs, Verdict};
use ntk_playground::statistics::{FEWEST, median_interval};
use serde::{Deserialize, Serialize};

/// What is kept of a claim at the end of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    pub name: String,
    pub theory: String,
    pub verdict: Verdict,
    pub reason: String,
    /// The pairs that its rule judges, if there is one.
    pub pairs: Option<(PairedRule, Vec<[f64; 2]>)>,
}

impl Judged {
    pub fn of(claim: &Claim) -> Self {
        let pairs = claim.pairs.clone();
        Self {
            name: claim.name.to_owned(),
            theory: claim.theory.to_owned(),
            verdict: claim.verdict,
            reason: claim.reason.clone(),
            pairs: pairs.map(|TrialPairs { pairs, rule }| (rule, pairs)),
        }
    }
}

/// The verdict over all runs, and the numbers that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Overall {
    pub verdict: Verdict,
    pub evidence: String,
}

/// The place of a verdict on the scale of three; none if it is no judgement.
fn level(verdict: Verdict) -> Option<f64> {
    match verdict {
        Verdict::DoesNotHold => Some(0.0),
        Verdict::Partly | Verdict::Undecided => Some(1.0),
        Verdict::Holds | Verdict::HoldsByConstruction => Some(2.0),
        Verdict::NotClaimed | Verdict::NotYet => None,
    }
}

impl Overall {
    /// Of one claim in all runs.
    pub fn of(given: &[&Judged]) -> Self {
        let pairs = given.iter().filter_map(|judged| judged.pairs.as_ref());
        let trials: Vec<[f64; 2]> = pairs.clone().flat_map(|(_, pairs)| pairs.clone()).collect();
        if let Some((rule, _)) = pairs.clone().next() {
            return Self::of_pairs(TrialPairs {
                pairs: trials,
                rule: *rule,
            });
        }
        Self::of_verdicts(given)
    }

    fn of_pairs(trials: TrialPairs) -> Self {
        let paired = trials.paired();
        let (verdict, reason) = trials.judge();
        let interval = paired.interval().map_or(String::new(), |interval| {
            format!(" [{:.2}, {:.2}]", interval.low, interval.high)
        });
        let evidence = format!(
            "\u{d7} {:.2}{interval}, lower in {} of {}: {reason}",
            paired.spread().median,
            paired.wins,
            paired.ratios.len()
        );
        Self { verdict, evidence }
    }

    fn of_verdicts(given: &[&Judged]) -> Self {
        let count = |verdict| {
            given
                .iter()
                .filter(|judged| judged.verdict == verdict)
                .count()
        };
        let all = given.len();
        let levels: Vec<f64> = given
            .iter()
            .filter_map(|judged| level(judged.verdict))
            .collect();
        if levels.is_empty() {
            let verdict = match count(Verdict::NotClaimed) {
                0 => Verdict::NotYet,
                _ => Verdict::NotClaimed,
            };
            let reason = given.iter().map(|judged| judged.reason.as_str());
            let evidence = most_frequent(reason.collect());
            return Self { verdict, evidence };
        }
        let Some(interval) = median_interval(levels.iter().copied()) else {
            let evidence = format!(
                "judged in {} of {all} runs; {FEWEST} are needed",
                levels.len()
            );
            return Self {
                verdict: Verdict::Undecided,
                evidence,
            };
        };
        let verdict = match (interval.low, interval.high) {
            (low, high) if low != high => Verdict::Undecided,
            (2.0, _) if count(Verdict::HoldsByConstruction) == levels.len() => {
                Verdict::HoldsByConstruction
            }
            (2.0, _) => Verdict::Holds,
            (0.0, _) => Verdict::DoesNotHold,
            _ if count(Verdict::Partly) > count(Verdict::Undecided) => Verdict::Partly,
            _ => Verdict::Undecided,
        };
        let parts = Verdict::ALL
            .into_iter()
            .filter(|verdict| count(*verdict) > 0);
        let parts = parts.map(|verdict| format!("{} in {}", verdict.text(), count(verdict)));
        let decisive = given.iter().filter(|judged| judged.verdict == verdict);
        let reason = most_frequent(decisive.map(|judged| judged.reason.as_str()).collect());
        let reason = match reason.is_empty() {
            true => String::new(),
            false => format!(": {reason}"),
        };
        let evidence = format!("{} of {all}{reason}", parts.collect::<Vec<_>>().join(", "));
        Self { verdict, evidence }
    }
}

/// The reason that is given most often; the first of several.
fn most_frequent(reasons: Vec<&str>) -> String {
    let often = |reason: &str| reasons.iter().filter(|other| **other == reason).count();
    let best = reasons.iter().rev().max_by_key(|reason| often(reason));
    best.map_or(String::new(), |reason| (*reason).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(verdict: Verdict) -> Judged {
        Judged {
            name: "a".into(),
            theory: "A.".into(),
            verdict,
            reason: verdict.text().into(),
            pairs: None,
        }
    }

    fn overall(counts: &[(Verdict, usize)]) -> Overall {
        let all = counts.iter();
        let all: Vec<Judged> = all
            .flat_map(|(verdict, count)| std::iter::repeat_n(judged(*verdict), *count))
            .collect();
        Overall::of(&all.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_clear_majority_decides_and_a_mixture_does_not() {
        let of = |counts: &[(Verdict, usize)]| overall(counts).verdict;
        use Verdict::{
            DoesNotHold, Holds, HoldsByConstruction, NotClaimed, NotYet, Partly, Undecided,
        };
        assert_eq!(of(&[(Holds, 32)]), Holds);
        // 23 of 32 reach up to the tenth from below, 22 do not.
        assert_eq!(of(&[(Holds, 23), (DoesNotHold, 9)]), Holds);
        assert_eq!(of(&[(Holds, 22), (DoesNotHold, 10)]), Undecided);
        assert_eq!(of(&[(Holds, 16), (Partly, 16)]), Undecided);
        assert_eq!(of(&[(Partly, 30), (Holds, 2)]), Partly);
        assert_eq!(of(&[(Undecided, 30), (Holds, 2)]), Undecided);
        assert_eq!(of(&[(DoesNotHold, 8), (NotYet, 24)]), DoesNotHold);
        assert_eq!(of(&[(DoesNotHold, 5), (NotYet, 27)]), Undecided);
        assert_eq!(of(&[(HoldsByConstruction, 8)]), HoldsByConstruction);
        assert_eq!(of(&[(NotClaimed, 8)]), NotClaimed);
        assert_eq!(of(&[(NotYet, 8)]), NotYet);
    }

    #[test]
    fn evidence_counts_the_runs() {
        let text = overall(&[(Verdict::Holds, 30), (Verdict::NotYet, 2)]).evidence;
        assert_eq!(text, "holds in 30, not yet in 2 of 32: holds");
    }

    #[test]
    fn pairs_of_single_trials_are_judged_together() {
        let one = |ratio: f64| Judged {
            pairs: Some((PairedRule::Less, vec![[ratio, 1.0]])),
            ..judged(Verdict::NotYet)
        };
        let runs: Vec<Judged> = (1..=8).map(|i| one(f64::from(i) / 10.0)).collect();
        let Overall { verdict, evidence } = Overall::of(&runs.iter().collect::<Vec<_>>());
        assert_eq!(verdict, Verdict::Holds);
        assert!(
            evidence.starts_with("\u{d7} 0.45 [0.10, 0.80], lower in 8 of 8"),
            "{evidence}"
        );
    }
}
