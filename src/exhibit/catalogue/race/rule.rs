//! What holds the steps of an arm back.

use crate::exhibit::Choice;
use crate::training::Gate;

/// Rules that an arm can race under, as the choices of its knob.
pub const RULES: &[Choice] = &[
    Choice::new("none", "no gate"),
    Choice::new("hard", "hard gate"),
    Choice::new("soft", "soft gate"),
    Choice::new("snr", "snr gate"),
    Choice::new("streaming-hard", "streaming hard"),
    Choice::new("streaming-soft", "streaming soft"),
    Choice::new("streaming-snr", "streaming snr"),
    Choice::new("random", "random mask"),
    Choice::new("random-own", "own random mask"),
    Choice::new("slower", "smaller step"),
    Choice::new("absent", "not in the race"),
];

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
    /// The rule of a choice; none for an arm that is not in the race.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "absent" => None,
            "random" => Some(Self::Random),
            "random-own" => Some(Self::RandomOwn),
            "slower" => Some(Self::Slower),
            _ => {
                let gate = Gate::ALL.into_iter().find(|gate| gate.name() == name);
                Some(gate.map_or(Self::Free, Self::Gate))
            }
        }
    }

    /// Whether it takes its openness from another arm.
    pub fn copies(self) -> bool {
        matches!(self, Self::Random | Self::Slower)
    }

    /// Whether it is a gate.
    pub fn is_gate(self) -> bool {
        matches!(self, Self::Gate(_))
    }

    /// Its name in a picture.
    pub fn label(self) -> &'static str {
        let value = match self {
            Self::Free => "none",
            Self::Gate(gate) => gate.name(),
            Self::Random => "random",
            Self::RandomOwn => "random-own",
            Self::Slower => "slower",
        };
        let named = RULES.iter().find(|choice| choice.value == value);
        named.map_or(value, |choice| choice.label)
    }
}
