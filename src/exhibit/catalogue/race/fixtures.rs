//! How tests and tools run the races. Two short trials each: what compares
//! trials has something to compare.

use crate::exhibit::{Fixture, Study};

/// A race is judged over eight seeds: one run of them.
const ONE_RUN: Study = Study {
    knobs: &[("seeds", "8")],
    most_runs: 1,
    ..Study::DEFAULT
};

const THREE_RUNS: Study = Study {
    most_runs: 3,
    ..ONE_RUN
};

pub const REGRESSION: Fixture = Fixture {
    small: "points=10&widths=8&steps=50&seeds=2",
    steps: 5,
    variants: &[("noise", "0"), ("arm2.rule", "soft"), ("operators", "on")],
    change: ("look", "1"),
    shown_at: 300,
    diverges: &[],
    study: THREE_RUNS,
};

pub const ADDITION: Fixture = Fixture {
    small: "steps=50&seeds=2",
    steps: 3,
    variants: &[("arm1.decay", "0")],
    study: ONE_RUN,
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
