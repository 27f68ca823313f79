//! Knobs of every race, and of each of its arms.

use super::rule::{RULES, Rule};
use crate::exhibit::key::{Choices, Key};
use crate::exhibit::{Choice, Effect, Knob};

/// Most arms of a race.
pub const ARMS: usize = 6;

/// A prefix and a suffix around the number of every arm.
macro_rules! per_arm {
    ($prefix:literal, $suffix:literal) => {
        [
            concat!($prefix, "1", $suffix),
            concat!($prefix, "2", $suffix),
            concat!($prefix, "3", $suffix),
            concat!($prefix, "4", $suffix),
            concat!($prefix, "5", $suffix),
            concat!($prefix, "6", $suffix),
        ]
    };
}
pub(super) use per_arm;

/// What can be set of an arm.
#[derive(Debug)]
pub struct ArmKeys {
    pub rule: Key<Option<Rule>>,
    pub rate: Key<f64>,
    pub decay: Key<f64>,
}

impl ArmKeys {
    /// Those of an arm, counted from 0.
    pub const fn new(arm: usize) -> Self {
        const RULE: [[&str; ARMS]; 2] = [per_arm!("arm", ".rule"), per_arm!("Arm ", "")];
        const RATE: [[&str; ARMS]; 2] = [per_arm!("arm", ".rate"), per_arm!("Arm ", ", step")];
        const DECAY: [[&str; ARMS]; 2] = [per_arm!("arm", ".decay"), per_arm!("Arm ", ", decay")];
        Self {
            rule: Key::choice(RULE[0][arm], RULE[1][arm], &RULES)
                .help("What holds this arm's steps back. A random mask opens as many parameters as the nearest gated arm before it did at the same step; a smaller step is no gate, with the step times that gate's mean weight."),
            rate: Key::number(RATE[0][arm], RATE[1][arm], 0.01, 10.0)
                .log(2)
                .ticks(&[0.01, 0.1, 1.0, 10.0])
                .unit("times")
                .help("This arm's step size, times that of the race."),
            decay: Key::number(DECAY[0][arm], DECAY[1][arm], 0.0, 5.0)
                .ticks(&[0.0, 1.0, 2.0, 5.0])
                .help("This arm's decoupled weight decay. A gate does not hold it back."),
        }
    }
}

/// The N knobs of a race and the three of each of its arms, M in all; of each arm the
/// default rule, factor on the step and decay.
pub const fn with_arms<const N: usize, const M: usize>(
    own: [Knob; N],
    rules: [&'static str; ARMS],
    rates: [&'static str; ARMS],
    decays: [&'static str; ARMS],
) -> [Knob; M] {
    assert!(M == N + 3 * ARMS);
    let mut all = [SEED.knob; M];
    let mut i = 0;
    while i < N {
        all[i] = own[i];
        i += 1;
    }
    let mut arm = 0;
    while arm < ARMS {
        let keys = ArmKeys::new(arm);
        all[i] = keys.rule.default(rules[arm]).knob;
        all[i + 1] = keys.rate.default(rates[arm]).knob;
        all[i + 2] = keys.decay.default(decays[arm]).knob;
        i += 3;
        arm += 1;
    }
    all
}

/// Seed of a race's first trial.
pub const SEED: Key<u32> = Key::seed("seed", "Data")
    .default("1")
    .help("Seed of the first trial: data, weights, batches and random masks. Each further trial takes the next.");

/// Number of trials.
pub const SEEDS: Key<u32> = Key::integer("seeds", "Repeat", 1, 32)
    .ticks(&[1.0, 8.0, 32.0])
    .default("1")
    .unit("seeds")
    .effect(Effect::View)
    .help("Trials that are run one after the other, each with fresh data and weights. A verdict is given once, after the last; it needs at least six, and eight decide only where all of them agree.");

/// The step size that every arm's own is a multiple of.
pub const LEARNING_RATE: Key<f64> = Key::number("learning-rate", "Step size", 0.0001, 0.1)
    .log(4)
    .ticks(&[0.0001, 0.001, 0.01, 0.1])
    .help("Step size \u{3b7} of Adam in every arm whose own factor is 1.");

/// Steps of a trial.
pub const STEPS: Key<u32> = steps(12_000);

/// The same with another maximum.
pub const fn steps(most: u32) -> Key<u32> {
    Key::integer("steps", "Steps per trial", 50, most)
        .help("Steps that every arm takes in a trial.")
}

static INSPECTED: Choices<Option<usize>, 7> = Choices::new([
    ("gate", "the gate on trial", None),
    ("1", "arm 1", Some(0)),
    ("2", "arm 2", Some(1)),
    ("3", "arm 3", Some(2)),
    ("4", "arm 4", Some(3)),
    ("5", "arm 5", Some(4)),
    ("6", "arm 6", Some(5)),
]);

/// The arm, counted from 0, that the pictures of a gate's decisions are about; nothing for
/// the gate on trial.
pub const LOOK: Key<Option<usize>> = Key::choice("look", "Inspect", &INSPECTED)
    .default("gate")
    .effect(Effect::View)
    .help("The arm whose mask and gradients are shown.");

/// The active fraction at which a gated arm would stop by itself.
pub const STOP_BELOW: Key<f64> = Key::number("stop-below", "Stop at active fraction", 0.0, 0.1)
    .decimals(3)
    .ticks(&[0.0, 0.05, 0.1])
    .unit("or less")
    .effect(Effect::View)
    .help("A gated arm would stop by itself at the first recorded step at which its active fraction, averaged over some twenty steps, is below this. It is marked there and trains on, to be compared.");

/// Examples per step, at most all of them.
pub const fn batch<const N: usize>(sizes: &'static Choices<usize, N>) -> Key<usize> {
    Key::choice("batch", "Batch", sizes)
        .help("Examples per step, drawn without replacement: the same in all arms.")
}

/// The option that stands for a value: its word and its label.
pub fn option<T: PartialEq, const N: usize>(choices: &Choices<T, N>, value: T) -> Choice {
    let option = choices.option(&value).copied();
    option.unwrap_or(Choice::new("", ""))
}
