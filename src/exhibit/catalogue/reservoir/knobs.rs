//! What can be set in the reservoir exhibit.

use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};
use crate::network::Activation;

/// The declarations.
pub static KNOBS: &[Knob] = &[
    Knob {
        name: "sweep",
        label: "Compare",
        kind: Kind::Choice {
            options: &[
                Choice::new("width", "width"),
                Choice::new("depth", "depth"),
                Choice::new("activation", "activation"),
            ],
        },
        default: "width",
        unit: "",
        help: "Which three networks train side by side: two layers of 16, 64 or 128; one, two or three layers of 64; ReLU, softplus or tanh.",
        effect: Effect::Restart,
    },
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
        default: "0.3",
        unit: "",
        help: "Standard deviation of the label noise.",
        effect: Effect::Restart,
    },
    Knob {
        name: "points",
        label: "Training points",
        kind: Kind::Integer {
            min: 8,
            max: 64,
            ticks: &[8.0, 32.0, 64.0],
        },
        default: "32",
        unit: "",
        help: "Number n of training points, at random in [\u{2212}1, 1], and so of directions.",
        effect: Effect::Restart,
    },
    Knob {
        name: "seeds",
        label: "Seeds",
        kind: Kind::Integer {
            min: 1,
            max: 8,
            ticks: &[1.0, 4.0, 8.0],
        },
        default: "3",
        unit: "",
        help: "How many draws of data and weights are run one after the other; the curves are medians over them.",
        effect: Effect::Restart,
    },
    Knob {
        name: "seed",
        label: "First seed",
        kind: Kind::Integer {
            min: 0,
            max: u32::MAX - 8,
            ticks: &[],
        },
        default: "1",
        unit: "",
        help: "Seed of the first draw; the others follow it.",
        effect: Effect::Restart,
    },
    Knob {
        name: "step-fraction",
        label: "Step size",
        kind: Kind::Number {
            min: 0.01,
            max: 1.0,
            log: true,
            decimals: 3,
            ticks: &[0.01, 0.1, 1.0],
        },
        default: "0.5",
        unit: "of 2n/\u{3bb}\u{2081}",
        help: "Step of gradient descent as a fraction c of the stability limit at step 0, for every network.",
        effect: Effect::Restart,
    },
    Knob {
        name: "threshold",
        label: "Channel split",
        kind: Kind::Number {
            min: 0.0001,
            max: 0.5,
            log: true,
            decimals: 4,
            ticks: &[0.001, 0.01, 0.1],
        },
        default: "0.01",
        unit: "of the largest",
        help: "Directions with at least this share of the largest eigenvalue of W\u{2032} are the channel, the others the reservoir.",
        effect: Effect::View,
    },
];

/// One of the networks that are compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    /// Its name beside its curves.
    pub name: &'static str,
    pub widths: Vec<usize>,
    pub activation: Activation,
}

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setup {
    pub shapes: [Shape; 3],
    /// What distinguishes them, in a word.
    pub sweep: &'static str,
    pub noise: f64,
    pub points: usize,
    pub seeds: u32,
    pub seed: u32,
    pub step_fraction: f64,
    pub threshold: f64,
}

impl Setup {
    /// Reads the settings.
    pub fn read(settings: &Settings) -> Self {
        let shape = |name, widths: &[usize], activation| Shape {
            name,
            widths: widths.to_vec(),
            activation,
        };
        let relu = |name, widths| shape(name, widths, Activation::Relu);
        let sweep = settings.choice("sweep");
        Self {
            shapes: match sweep {
                "depth" => [
                    relu("1 layer", &[64]),
                    relu("2 layers", &[64, 64]),
                    relu("3 layers", &[64, 64, 64]),
                ],
                "activation" => [
                    relu("ReLU", &[64, 64]),
                    shape("softplus", &[64, 64], Activation::Softplus),
                    shape("tanh", &[64, 64], Activation::Tanh),
                ],
                _ => [
                    relu("width 16", &[16, 16]),
                    relu("width 64", &[64, 64]),
                    relu("width 128", &[128, 128]),
                ],
            },
            sweep,
            noise: settings.number("noise"),
            points: settings.integer("points") as usize,
            seeds: settings.integer("seeds"),
            seed: settings.integer("seed"),
            step_fraction: settings.number("step-fraction"),
            threshold: settings.number("threshold"),
        }
    }
}
