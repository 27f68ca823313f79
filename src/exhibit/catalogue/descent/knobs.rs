//! What can be set in the descent exhibit.

use crate::exhibit::{Effect, Kind, Knob, Settings};

/// Most steps a seed can be trained for.
const MOST_STEPS: u32 = 6_000;

/// The declarations.
pub static KNOBS: &[Knob] = &[
    Knob {
        name: "noise",
        label: "Noise",
        kind: Kind::Number {
            min: 0.0,
            max: 1.0,
            log: false,
            decimals: 2,
            ticks: &[0.0, 0.5, 1.0],
        },
        default: "0.5",
        unit: "",
        help: "Standard deviation of the label noise; it rescales one pattern.",
        effect: Effect::Restart,
    },
    Knob {
        name: "points",
        label: "Training points",
        kind: Kind::Integer {
            min: 30,
            max: 100,
            ticks: &[30.0, 60.0, 100.0],
        },
        default: "60",
        unit: "",
        help: "Number n of training points: the peak moves with it.",
        effect: Effect::Restart,
    },
    Knob {
        name: "stop",
        label: "Stopping step",
        kind: Kind::Number {
            min: 1.0,
            max: MOST_STEPS as f64,
            log: true,
            decimals: 0,
            ticks: &[1.0, 10.0, 100.0, 1000.0],
        },
        default: "6000",
        unit: "",
        help: "Shows all widths as they were at this step of their training, or at the last remembered step before it.",
        effect: Effect::View,
    },
    Knob {
        name: "seed",
        label: "Data",
        kind: Kind::Integer {
            min: 0,
            max: u32::MAX,
            ticks: &[],
        },
        default: "1",
        unit: "",
        help: "Seed of the first sweep's data and weights; each further sweep takes the next one.",
        effect: Effect::Restart,
    },
    Knob {
        name: "seeds",
        label: "Seeds",
        kind: Kind::Integer {
            min: 1,
            max: 12,
            ticks: &[1.0, 3.0, 12.0],
        },
        default: "3",
        unit: "",
        help: "Sweeps that are trained one after the other; curves are medians over those that are done, bands their range.",
        effect: Effect::Restart,
    },
    Knob {
        name: "steps",
        label: "Steps per seed",
        kind: Kind::Integer {
            min: 100,
            max: MOST_STEPS,
            ticks: &[100.0, 1500.0, 6000.0],
        },
        default: "1500",
        unit: "",
        help: "Steps for which every width of a sweep is trained; the learning rate falls along a cosine to 0 at the last.",
        effect: Effect::Restart,
    },
];

/// The knobs' values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Setup {
    /// Standard deviation of the label noise.
    pub noise: f64,
    /// n.
    pub points: usize,
    /// Step at which the curves are looked at.
    pub stop: u64,
    /// Seed of the first sweep.
    pub seed: u32,
    /// Number of sweeps.
    pub seeds: u64,
    /// Steps of a sweep.
    pub steps: u64,
}

impl Setup {
    /// Reads the settings; all of them go together.
    pub fn read(settings: &Settings) -> Self {
        Self {
            noise: settings.number("noise"),
            points: settings.integer("points") as usize,
            stop: settings.number("stop").round() as u64,
            seed: settings.integer("seed"),
            seeds: u64::from(settings.integer("seeds")),
            steps: u64::from(settings.integer("steps")),
        }
    }

    /// The step at which the curves are looked at, inside a sweep.
    pub fn stopping_step(&self) -> u64 {
        self.stop.min(self.steps)
    }
}
