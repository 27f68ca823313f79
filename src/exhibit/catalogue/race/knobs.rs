//! What can be set in every race: the arms, each with knobs of its own, and
//! how often the race is repeated.

use super::rule::{RULES, Rule};
use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};

/// Most arms of a race.
pub const ARMS: usize = 5;

/// Names of the knobs of every arm: rule, step size, weight decay.
const SCOPED: [[&str; 3]; ARMS] = [
    ["arm1.rule", "arm1.rate", "arm1.decay"],
    ["arm2.rule", "arm2.rate", "arm2.decay"],
    ["arm3.rule", "arm3.rate", "arm3.decay"],
    ["arm4.rule", "arm4.rate", "arm4.decay"],
    ["arm5.rule", "arm5.rate", "arm5.decay"],
];

const LABELS: [[&str; 3]; ARMS] = [
    ["Arm 1", "Arm 1, step", "Arm 1, decay"],
    ["Arm 2", "Arm 2, step", "Arm 2, decay"],
    ["Arm 3", "Arm 3, step", "Arm 3, decay"],
    ["Arm 4", "Arm 4, step", "Arm 4, decay"],
    ["Arm 5", "Arm 5, step", "Arm 5, decay"],
];

/// The three knobs of an arm, counted from 1, with their defaults.
pub const fn arm(number: usize, rule: &'static str, decay: &'static str) -> [Knob; 3] {
    let [rule_name, rate_name, decay_name] = SCOPED[number - 1];
    let [rule_label, rate_label, decay_label] = LABELS[number - 1];
    [
        Knob {
            name: rule_name,
            label: rule_label,
            kind: Kind::Choice { options: RULES },
            default: rule,
            unit: "",
            help: "What holds this arm's steps back. A random mask opens as many parameters as the nearest gated arm before it did at the same step; a smaller step is no gate, with the step times that gate's mean weight.",
            effect: Effect::Restart,
        },
        Knob {
            name: rate_name,
            label: rate_label,
            kind: Kind::Number {
                min: 0.01,
                max: 10.0,
                log: true,
                decimals: 2,
                ticks: &[0.01, 0.1, 1.0, 10.0],
            },
            default: "1",
            unit: "times",
            help: "This arm's step size, times that of the race.",
            effect: Effect::Restart,
        },
        Knob {
            name: decay_name,
            label: decay_label,
            kind: Kind::Number {
                min: 0.0,
                max: 5.0,
                log: false,
                decimals: 2,
                ticks: &[0.0, 1.0, 2.0, 5.0],
            },
            default: decay,
            unit: "",
            help: "This arm's decoupled weight decay. A gate does not hold it back.",
            effect: Effect::Restart,
        },
    ]
}

/// The N knobs of a race and the three of each of its arms, M in all.
pub const fn with_arms<const N: usize, const M: usize>(
    own: [Knob; N],
    arms: [[Knob; 3]; ARMS],
) -> [Knob; M] {
    assert!(M == N + 3 * ARMS);
    let mut all = [SEED; M];
    let mut i = 0;
    while i < M {
        all[i] = if i < N {
            own[i]
        } else {
            arms[(i - N) / 3][(i - N) % 3]
        };
        i += 1;
    }
    all
}

/// Seed of a race's first heat.
pub const SEED: Knob = Knob {
    name: "seed",
    label: "Data",
    kind: Kind::Integer {
        min: 0,
        max: u32::MAX,
        ticks: &[],
    },
    default: "1",
    unit: "",
    help: "Seed of the first heat: data, weights, batches and random masks. Each further heat takes the next.",
    effect: Effect::Restart,
};

/// Number of heats.
pub const SEEDS: Knob = Knob {
    name: "seeds",
    label: "Repeat",
    kind: Kind::Integer {
        min: 1,
        max: 32,
        ticks: &[1.0, 8.0, 32.0],
    },
    default: "1",
    unit: "seeds",
    help: "Heats that are run one after the other, each with fresh data and weights. Verdicts need at least five.",
    effect: Effect::View,
};

/// The step size that every arm's own is a multiple of.
pub const fn learning_rate(default: &'static str) -> Knob {
    Knob {
        name: "learning-rate",
        label: "Step size",
        kind: Kind::Number {
            min: 0.0001,
            max: 0.1,
            log: true,
            decimals: 4,
            ticks: &[0.0001, 0.001, 0.01, 0.1],
        },
        default,
        unit: "",
        help: "Step size \u{3b7} of Adam in every arm whose own factor is 1.",
        effect: Effect::Restart,
    }
}

/// Steps of a heat.
pub const fn steps(default: &'static str, most: u32, ticks: &'static [f64]) -> Knob {
    Knob {
        name: "steps",
        label: "Steps per heat",
        kind: Kind::Integer {
            min: 50,
            max: most,
            ticks,
        },
        default,
        unit: "",
        help: "Steps that every arm takes in a heat.",
        effect: Effect::Restart,
    }
}

/// The arm that the pictures of a gate's decisions are about.
pub const LOOK: Knob = Knob {
    name: "look",
    label: "Look into",
    kind: Kind::Choice {
        options: &[
            Choice::new("gate", "the gate on trial"),
            Choice::new("1", "arm 1"),
            Choice::new("2", "arm 2"),
            Choice::new("3", "arm 3"),
            Choice::new("4", "arm 4"),
            Choice::new("5", "arm 5"),
        ],
    },
    default: "gate",
    unit: "",
    help: "The arm whose mask and gradients are shown.",
    effect: Effect::View,
};

/// The open share at which a gated arm would stop by itself.
pub const fn stop_below(default: &'static str) -> Knob {
    Knob {
        name: "stop-below",
        label: "Stop when open",
        kind: Kind::Number {
            min: 0.0,
            max: 0.1,
            log: false,
            decimals: 3,
            ticks: &[0.0, 0.05, 0.1],
        },
        default,
        unit: "or less",
        help: "A gated arm would stop by itself at the first remembered step at which its open share, averaged over some twenty steps, is below this. It is marked there and trains on, to be compared.",
        effect: Effect::View,
    }
}

/// Examples per step.
pub const fn batch(default: &'static str, options: &'static [Choice]) -> Knob {
    Knob {
        name: "batch",
        label: "Batch",
        kind: Kind::Choice { options },
        default,
        unit: "",
        help: "Examples per step, drawn without replacement: the same in all arms.",
        effect: Effect::Restart,
    }
}

/// The batch size b of n examples by its choice.
pub fn batch_size(settings: &Settings, examples: usize) -> usize {
    let chosen = settings.choice("batch").parse().unwrap_or(examples);
    chosen.min(examples)
}

/// One arm as set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmSetup {
    /// Its number in its knobs' names.
    pub number: usize,
    /// What holds it back.
    pub rule: Rule,
    /// Its step size over that of the race.
    pub rate: f64,
    /// Its weight decay.
    pub decay: f64,
    /// Place, among the arms in the race, of the arm whose openness it takes.
    pub copies: Option<usize>,
}

impl ArmSetup {
    /// What it is called: its rule, and the factor of its step and its decay
    /// where they are not those of the first arm.
    fn label(&self, first: &ArmSetup) -> String {
        let mut label = self.rule.label().to_owned();
        if self.rate != first.rate {
            label.push_str(&format!(", \u{d7}{}", self.rate));
        }
        if self.decay != first.decay {
            label.push_str(&format!(", decay {}", self.decay));
        }
        label
    }
}

/// The settings of every race.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// The arms in the race, at least two.
    pub arms: Vec<ArmSetup>,
    /// Seed of the first heat.
    pub seed: u32,
    /// Number of heats.
    pub seeds: usize,
    /// Steps of a heat.
    pub steps: u64,
    /// The open share at which a gate would stop; 0 for never.
    pub stop_below: f64,
    /// Place, among the arms in the race, of the one looked into.
    pub look: usize,
}

impl Setup {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence if fewer than two arms race, or an arm has none to copy.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let mut arms: Vec<ArmSetup> = Vec::with_capacity(ARMS);
        for (i, [rule, rate, decay]) in SCOPED.into_iter().enumerate() {
            let Some(rule) = Rule::named(settings.choice(rule)) else {
                continue;
            };
            let copies = arms.iter().rposition(|arm| arm.rule.is_gate());
            if rule.copies() && copies.is_none() {
                return Err(format!(
                    "Arm {} is a {} and takes its openness from the nearest gated arm before it; \
                     there is none. Give an arm before it a gate, or choose another rule.",
                    i + 1,
                    rule.label()
                ));
            }
            arms.push(ArmSetup {
                number: i + 1,
                rule,
                rate: settings.number(rate),
                decay: settings.number(decay),
                copies: copies.filter(|_| rule.copies()),
            });
        }
        if arms.len() < 2 {
            return Err("A race needs at least two arms: give another arm a rule.".into());
        }
        let look = settings.choice("look");
        let looked = arms.iter().position(|arm| arm.number.to_string() == look);
        let copied = arms.iter().find_map(|arm| arm.copies);
        let gated = arms.iter().position(|arm| arm.rule.is_gate());
        Ok(Self {
            seed: settings.integer("seed"),
            seeds: settings.integer("seeds") as usize,
            steps: u64::from(settings.integer("steps")),
            stop_below: settings
                .get("stop-below")
                .map_or(0.0, |_| settings.number("stop-below")),
            look: looked.or(copied).or(gated).unwrap_or(0),
            arms,
        })
    }

    /// Place of the first arm under a rule.
    pub fn place(&self, rule: impl Fn(Rule) -> bool) -> Option<usize> {
        self.arms.iter().position(|arm| rule(arm.rule))
    }

    /// Place of the gate on trial: the one whose openness other arms take, or
    /// the first.
    pub fn gate(&self) -> Option<usize> {
        let copied = self.arms.iter().find_map(|arm| arm.copies);
        copied.or_else(|| self.place(Rule::is_gate))
    }

    /// Place of the first arm that nothing holds back, with the step and the
    /// decay of the gate on trial; if every arm has its own, of the first.
    pub fn free(&self) -> Option<usize> {
        let like = self.gate().map(|i| &self.arms[i])?;
        let alike = self.arms.iter().position(|arm| {
            arm.rule == Rule::Free && arm.rate == like.rate && arm.decay == like.decay
        });
        alike.or_else(|| self.place(|rule| rule == Rule::Free))
    }

    /// What an arm is called.
    pub fn label(&self, arm: usize) -> String {
        self.arms[arm].label(&self.arms[0])
    }
}
