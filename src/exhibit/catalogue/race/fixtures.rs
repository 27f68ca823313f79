//! How tests and tools run the races. Two short trials each: what compares
//! trials has something to compare.

use crate::exhibit::{Fixture, Round, Study};

/// A run is one trial: a study puts the trials together.
const ONE_TRIAL: Study = Study::DEFAULT;

/// The claim on the speed of grokking at each arm's best step and decay, chosen on seeds 41 to 44
/// (`study grokking-gate`).
const TUNED: Study = Study {
    rounds: &[
        Round::DEFAULT,
        Round {
            knobs: &[
                ("learning-rate", "0.01"),
                ("arm1.decay", "2"),
                ("arm2.rate", "3"),
                ("arm2.decay", "0.5"),
                ("arm3.rule", "absent"),
                ("arm4.rule", "absent"),
            ],
            claims: &["gate-groks-five-times-faster"],
            ..Round::DEFAULT
        },
        Round {
            knobs: &[
                ("loss", "cross-entropy"),
                ("learning-rate", "0.1"),
                ("arm1.rate", "0.05"),
                ("arm1.decay", "3"),
                ("arm2.decay", "2"),
                ("arm3.rule", "absent"),
                ("arm4.rule", "absent"),
            ],
            claims: &["gate-groks-five-times-faster-cross-entropy"],
            ..Round::DEFAULT
        },
    ],
};

pub const REGRESSION: Fixture = Fixture {
    small: "points=10&widths=8&steps=50&seeds=2",
    steps: 5,
    variants: &[("noise", "0"), ("arm2.rule", "soft"), ("operators", "on")],
    change: ("look", "1"),
    shown_at: 300,
    diverges: &[],
    study: ONE_TRIAL,
};

pub const ADDITION: Fixture = Fixture {
    small: "steps=50&seeds=2",
    steps: 3,
    variants: &[("arm1.decay", "0")],
    study: TUNED,
    ..REGRESSION
};

pub const PINN: Fixture = Fixture {
    small: "collocation=4&steps=50&seeds=2",
    steps: 2,
    variants: &[("physics", "0.01")],
    ..REGRESSION
};

pub const PREFERENCES: Fixture = Fixture {
    small: "steps=50&seeds=2",
    steps: 2,
    variants: &[("flips", "0")],
    ..REGRESSION
};
