//! Claims: what the theory says, what this run shows, and a verdict whose
//! thresholds are declared in code.
//!
//! ```text
//! Claim::about("steep-first", "Steep directions are learned first.")
//!     .shows(format!("The channel has lost **{channel}** of its error."))
//!     .wait(steps < 30, "30 steps are needed")
//!     .holds(channel >= 0.9, "over 90 %")
//!     .partly(channel > reservoir, "the channel is not learned yet")
//!     .fails("the reservoir lost as much")
//! ```
//!
//! The first rung whose condition is true decides.

use super::trial_pairs::TrialPairs;
use crate::chart::{Role, Shape, Span};
use serde::{Deserialize, Serialize};

/// One row of the table of claims.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// Stable name in kebab-case.
    pub name: &'static str,
    /// The theory's sentence.
    pub theory: &'static str,
    /// What this run shows, in one sentence with its numbers.
    pub shows: Vec<Span>,
    /// The numbers on a scale, once there are any.
    pub evidence: Option<Evidence>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in a few words.
    pub reason: String,
    /// The two numbers that are compared, of every trial, and the rule that judges them: what a
    /// study puts together from runs of one trial each. None where a claim is judged otherwise.
    #[serde(skip)]
    pub pairs: Option<TrialPairs>,
}

/// Whether a claim holds in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The run bears it out.
    Holds,
    /// It follows from the definitions: no run could refute it.
    HoldsByConstruction,
    /// It holds for a part of the run, or to a part.
    Partly,
    /// Enough has been run, and it tells neither way.
    Undecided,
    /// It does not hold here.
    DoesNotHold,
    /// The theory does not say so: the numbers are shown, and nothing is judged.
    NotClaimed,
    /// Not enough has been run.
    NotYet,
}

impl Verdict {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 7] = [
        Self::Holds,
        Self::HoldsByConstruction,
        Self::Partly,
        Self::Undecided,
        Self::DoesNotHold,
        Self::NotClaimed,
        Self::NotYet,
    ];

    /// The verdict as text.
    pub fn text(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::HoldsByConstruction => "holds by construction",
            Self::Partly => "partly",
            Self::Undecided => "undecided",
            Self::DoesNotHold => "does not hold",
            Self::NotClaimed => "not claimed",
            Self::NotYet => "not yet",
        }
    }
}

/// Values on a hairline scale, with the thresholds they are judged by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Words at the start of the scale.
    pub start: String,
    /// Words at the end of the scale.
    pub end: String,
    /// Thresholds and baselines, as bars across the scale; the one that decides first.
    pub thresholds: Vec<EvidenceMark>,
    /// The measured values.
    pub values: Vec<EvidenceMark>,
}

/// One mark on an evidence scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceMark {
    /// Position from 0 (start) to 1 (end).
    pub at: f64,
    /// Whether the value lies beyond the end at which it stands.
    pub beyond: bool,
    /// Words beside it.
    pub words: String,
    /// Shape of the mark.
    pub shape: Shape,
    /// Role of the mark.
    pub role: Role,
}

/// How far a value may lie past an end and count as at it: rounding.
const AT_THE_END: f64 = 1e-9;

impl EvidenceMark {
    /// A mark at a position. One that lies beyond the scale, infinitely far too, stands at its
    /// end and is marked as beyond; what is not known has none.
    pub fn new(at: f64, words: impl Into<String>, shape: Shape, role: Role) -> Option<Self> {
        (!at.is_nan()).then(|| Self {
            at: at.clamp(0.0, 1.0),
            beyond: !(-AT_THE_END..=1.0 + AT_THE_END).contains(&at),
            words: words.into(),
            shape,
            role,
        })
    }
}

impl Evidence {
    /// An empty scale between two ends.
    pub(super) fn scale(start: impl Into<String>, end: impl Into<String>) -> Self {
        Self {
            start: start.into(),
            end: end.into(),
            thresholds: Vec::new(),
            values: Vec::new(),
        }
    }

    /// A threshold or baseline, in ink. The first is the one that decides.
    pub(super) fn threshold(mut self, at: f64, words: impl Into<String>) -> Self {
        let mark = EvidenceMark::new(at, words, Shape::Disc, Role::Ink);
        self.thresholds.extend(mark);
        self
    }

    /// A measured value, if it is known.
    pub(super) fn value(
        mut self,
        at: f64,
        words: impl Into<String>,
        shape: Shape,
        role: Role,
    ) -> Self {
        self.values
            .extend(EvidenceMark::new(at, words, shape, role));
        self
    }
}

/// A claim on its way to a verdict.
#[derive(Debug)]
pub(super) struct Ladder {
    claim: Claim,
    decided: bool,
}

impl Claim {
    /// A claim, still to be judged: its stable name and the theory's sentence.
    pub(super) fn about(name: &'static str, theory: &'static str) -> Ladder {
        Ladder {
            claim: Claim {
                name,
                theory,
                shows: Vec::new(),
                evidence: None,
                verdict: Verdict::NotYet,
                reason: String::new(),
                pairs: None,
            },
            decided: false,
        }
    }
}

impl Ladder {
    /// What this run shows: text with its numbers between pairs of asterisks.
    pub(super) fn shows(self, text: impl AsRef<str>) -> Self {
        self.shows_spans(Span::marked(text.as_ref()))
    }

    /// The same with symbols and hues.
    pub(super) fn shows_spans(mut self, spans: Vec<Span>) -> Self {
        self.claim.shows = spans;
        self
    }

    /// Its numbers on a scale, once there are any.
    pub(super) fn evidence(mut self, evidence: impl Into<Option<Evidence>>) -> Self {
        self.claim.evidence = evidence.into();
        self
    }

    /// What a study judges it by.
    #[cfg(feature = "all-exhibits")]
    pub(super) fn pairs(mut self, pairs: TrialPairs) -> Self {
        self.claim.pairs = Some(pairs);
        self
    }

    /// One rung.
    pub(super) fn rung(mut self, met: bool, verdict: Verdict, reason: impl Into<String>) -> Self {
        if met && !self.decided {
            self.claim.verdict = verdict;
            self.claim.reason = reason.into();
            self.decided = true;
        }
        self
    }

    /// Not enough has been run, or there is nothing to judge.
    pub(super) fn wait(self, met: bool, reason: impl Into<String>) -> Self {
        self.rung(met, Verdict::NotYet, reason)
    }

    /// The same, where several claims wait for one thing.
    pub(super) fn wait_for(self, reason: Option<String>) -> Self {
        self.rung(
            reason.is_some(),
            Verdict::NotYet,
            reason.unwrap_or_default(),
        )
    }

    /// It holds.
    pub(super) fn holds(self, met: bool, reason: impl Into<String>) -> Self {
        self.rung(met, Verdict::Holds, reason)
    }

    /// What was run tells neither way.
    #[cfg(feature = "all-exhibits")]
    pub(super) fn undecided_if(self, met: bool, reason: impl Into<String>) -> Self {
        self.rung(met, Verdict::Undecided, reason)
    }

    /// It holds in part.
    pub(super) fn partly(self, met: bool, reason: impl Into<String>) -> Self {
        self.rung(met, Verdict::Partly, reason)
    }

    /// It does not hold.
    pub(super) fn fails_if(self, met: bool, reason: impl Into<String>) -> Self {
        self.rung(met, Verdict::DoesNotHold, reason)
    }

    /// The last rung: it does not hold.
    pub(super) fn fails(self, reason: impl Into<String>) -> Claim {
        self.fails_if(true, reason).claim
    }

    /// The last rung, whatever the verdict.
    pub(super) fn otherwise(self, verdict: Verdict, reason: impl Into<String>) -> Claim {
        self.rung(true, verdict, reason).claim
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_beyond_its_scale_stands_at_the_end_as_beyond() {
        let mark = |at| EvidenceMark::new(at, "", Shape::Disc, Role::Ink).map(|m| (m.at, m.beyond));
        assert_eq!(mark(0.25), Some((0.25, false)));
        assert_eq!(mark(1.0), Some((1.0, false)));
        assert_eq!(mark(1.74), Some((1.0, true)));
        // The logarithm of nothing: left of everything, not right of it.
        assert_eq!(mark(f64::NEG_INFINITY), Some((0.0, true)));
        assert_eq!(mark(f64::INFINITY), Some((1.0, true)));
        assert_eq!(mark(f64::NAN), None);
    }
}
