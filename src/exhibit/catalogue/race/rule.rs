//! What holds the steps of an arm back.

use crate::exhibit::key::Choices;
use crate::training::Gate;

/// Rules that an arm can train under, as the choices of its knob; nothing for an arm that
/// is left out.
pub static RULES: Choices<Option<Rule>, 11> = Choices::new([
    ("none", "no gate", Some(Rule::Free)),
    ("hard", "hard gate", gated(Gate::Hard)),
    ("soft", "soft gate", gated(Gate::Soft)),
    ("snr", "snr gate", gated(Gate::Snr)),
    (
        "streaming-hard",
        "streaming hard",
        gated(Gate::StreamingHard),
    ),
    (
        "streaming-soft",
        "streaming soft",
        gated(Gate::StreamingSoft),
    ),
    ("streaming-snr", "streaming snr", gated(Gate::StreamingSnr)),
    ("random", "random mask", Some(Rule::Random)),
    ("random-own", "own random mask", Some(Rule::RandomOwn)),
    ("slower", "smaller step", Some(Rule::Slower)),
    ("absent", "not in the race", None),
]);

const fn gated(gate: Gate) -> Option<Rule> {
    Some(Rule::Gate(gate))
}

/// What holds an arm's steps back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Nothing.
    Free,
    /// A gate, by its own gradients.
    Gate(Gate),
    /// A random mask that opens as many parameters as the gate of the arm it
    /// copies has opened at this step.
    Random,
    /// A random mask that opens as many parameters as the hard gate would at
    /// the state of this arm itself.
    RandomOwn,
    /// No mask, and a step smaller by the mean weight of the gate of the arm
    /// it copies at this step.
    Slower,
}

impl Rule {
    /// Whether it takes its active fraction from another arm.
    pub fn copies(self) -> bool {
        matches!(self, Self::Random | Self::Slower)
    }

    /// Whether it is a gate.
    pub fn is_gate(self) -> bool {
        matches!(self, Self::Gate(_))
    }

    /// Whether steps under it have a mask.
    pub fn has_mask(self) -> bool {
        !matches!(self, Self::Free | Self::Slower)
    }

    /// Its name in a picture.
    pub fn label(self) -> &'static str {
        let option = RULES.option(&Some(self));
        option.map_or("", |option| option.label)
    }
}
