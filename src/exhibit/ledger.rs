//! The ledger: what the theory says, what this run shows, and a verdict whose
//! thresholds are declared in code.

use crate::chart::{Role, Shape, Span};
use serde::Serialize;

/// One row of the ledger.
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
}

/// Whether a claim holds in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The run bears it out.
    Holds,
    /// It holds for a part of the run, or to a part.
    Partly,
    /// It does not hold here.
    DoesNotHold,
    /// Not enough has been run.
    NotYet,
}

/// Values on a hairline scale, with the threshold they are judged by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Words at the start of the scale.
    pub start: String,
    /// Words at the end of the scale.
    pub end: String,
    /// The threshold or baseline, as a bar across the scale.
    pub threshold: Option<EvidenceMark>,
    /// The measured values.
    pub values: Vec<EvidenceMark>,
}

/// One mark on an evidence scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceMark {
    /// Position from 0 (start) to 1 (end).
    pub at: f64,
    /// Words beside it.
    pub words: String,
    /// Shape of the mark.
    pub shape: Shape,
    /// Role of the mark.
    pub role: Role,
}

impl EvidenceMark {
    /// A mark at a position, which is kept on the scale; what is not finite
    /// stands at its end.
    pub fn new(at: f64, words: impl Into<String>, shape: Shape, role: Role) -> Self {
        Self {
            at: if at.is_finite() {
                at.clamp(0.0, 1.0)
            } else {
                1.0
            },
            words: words.into(),
            shape,
            role,
        }
    }
}
