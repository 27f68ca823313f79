//! What can be set in the channel exhibit.

use super::run::STEP_LIMIT;
use crate::exhibit::knob::{DATA, WEIGHT_SEED};
use crate::exhibit::regression::Configuration;
use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};
use crate::kernel::Scheme;
use crate::network::{Activation, Parametrisation};
use crate::task::{Inputs, Target};
use crate::training::{Decay, Gate, GateError, Optimiser};

/// Decay of "descent with decay".
const DECAY: f64 = 0.01;

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
        help: "Standard deviation of the label noise. A change moves the labels and opens a new window.",
        effect: Effect::Window,
    },
    Knob {
        name: "seed",
        label: "Data",
        kind: Kind::Integer {
            min: 0,
            max: u32::MAX,
            ticks: &[],
        },
        default: "12",
        unit: "",
        help: "Seed of the data: random inputs, noise pattern and batches.",
        effect: Effect::Restart,
    },
    Knob {
        name: "step-fraction",
        label: "Step size",
        kind: Kind::Number {
            min: 0.001,
            max: 2.0,
            log: true,
            decimals: 3,
            ticks: &[0.001, 0.01, 0.1, 1.0],
        },
        default: "0.25",
        unit: "of 2n/\u{3bb}\u{2081}",
        help: "Step of gradient descent as a fraction c of the stability limit at step 0: \u{3b7} = c \u{b7} 2n/\u{3bb}\u{2081}.",
        effect: Effect::Live,
    },
    Knob {
        name: "scheme",
        label: "Jacobian of a step",
        kind: Kind::Choice {
            options: &[
                Choice::new("left", "before it"),
                Choice::new("secant", "mean of both ends"),
            ],
        },
        default: "left",
        unit: "",
        help: "Which Jacobian stands for a whole step in the operators: first order in the step size, or second. A change opens a new window.",
        effect: Effect::Window,
    },
    Knob {
        name: "window",
        label: "Window from step",
        kind: Kind::Integer {
            min: 0,
            max: STEP_LIMIT as u32 - 1,
            ticks: &[],
        },
        default: "0",
        unit: "",
        help: "Step s at which the operators begin, now or later; an earlier one needs a new run.",
        effect: Effect::Window,
    },
    Knob {
        name: "activation",
        label: "Activation",
        kind: Kind::Choice {
            options: &[
                Choice::new("relu", "ReLU"),
                Choice::new("tanh", "tanh"),
                Choice::new("softplus", "softplus"),
            ],
        },
        default: "relu",
        unit: "",
        help: "Nonlinearity of the hidden layers. Only for a smooth one do the errors of the identities vanish with the step size.",
        effect: Effect::Restart,
    },
    Knob {
        name: "widths",
        label: "Widths",
        kind: Kind::List {
            min: 1,
            max: 256,
            length: 4,
            presets: &["none", "32-32", "64-64"],
        },
        default: "32-32",
        unit: "",
        help: "Units in each hidden layer; with none the network is linear in its parameters and every identity is exact.",
        effect: Effect::Restart,
    },
    Knob {
        name: "points",
        label: "Training points",
        kind: Kind::Integer {
            min: 2,
            max: 128,
            ticks: &[24.0, 64.0, 128.0],
        },
        default: "24",
        unit: "",
        help: "Number n of training points, and so of directions.",
        effect: Effect::Restart,
    },
    Knob {
        name: "inputs",
        label: "Inputs",
        kind: Kind::Choice {
            options: &[
                Choice::new("grid", "even grid"),
                Choice::new("random", "random"),
            ],
        },
        default: "grid",
        unit: "",
        help: "Where the training inputs stand in [\u{2212}1, 1].",
        effect: Effect::Restart,
    },
    Knob {
        name: "batch",
        label: "Batch",
        kind: Kind::Choice {
            options: &[
                Choice::new("all", "all"),
                Choice::new("16", "16"),
                Choice::new("8", "8"),
                Choice::new("4", "4"),
            ],
        },
        default: "all",
        unit: "",
        help: "Examples per step, drawn without replacement. With fewer than all of them W has no closed form. A change opens a new window.",
        effect: Effect::Window,
    },
    Knob {
        name: "gate",
        label: "SNR gate",
        kind: Kind::Choice {
            options: &[
                Choice::new("off", "off"),
                Choice::new("hard", "hard"),
                Choice::new("random", "random"),
            ],
        },
        default: "off",
        unit: "",
        help: "Update a parameter only if \u{3bc}\u{b2} > \u{3c3}\u{b2}/(b\u{2212}1) over the batch (hard), or as many drawn at random. The kernel is then J M J\u{1d40}. A change opens a new window.",
        effect: Effect::Window,
    },
    Knob {
        name: "optimiser",
        label: "Optimiser",
        kind: Kind::Choice {
            options: &[
                Choice::new("descent", "gradient descent"),
                Choice::new("decay", "descent, decay 0.01"),
                Choice::new("adam", "Adam"),
            ],
        },
        default: "descent",
        unit: "",
        help: "The operators describe plain gradient descent alone; under the others the views say so.",
        effect: Effect::Restart,
    },
    Knob {
        name: "learning-rate",
        label: "Adam\u{2019}s step",
        kind: Kind::Number {
            min: 0.0001,
            max: 0.1,
            log: true,
            decimals: 4,
            ticks: &[0.0001, 0.001, 0.01, 0.1],
        },
        default: "0.01",
        unit: "",
        help: "Step size of Adam; gradient descent takes the step size above.",
        effect: Effect::Live,
    },
    Knob {
        name: "threshold",
        label: "Channel split",
        kind: Kind::Number {
            min: 0.0001,
            max: 0.5,
            log: true,
            decimals: 4,
            ticks: &[0.0001, 0.001, 0.01, 0.1],
        },
        default: "0.01",
        unit: "of the largest",
        help: "Directions with at least this share of the largest eigenvalue of W\u{2032} are the channel, the others the reservoir.",
        effect: Effect::View,
    },
    Knob {
        name: "mode",
        label: "Direction shown",
        kind: Kind::Integer {
            min: 1,
            max: 128,
            ticks: &[],
        },
        default: "4",
        unit: "",
        help: "Which eigenvector of W\u{2032} the last view shows while none is pointed at.",
        effect: Effect::View,
    },
    Knob {
        name: "pace",
        label: "Pace",
        kind: Kind::Choice {
            options: &[
                Choice::new("log", "1 rising to 8"),
                Choice::new("1", "1"),
                Choice::new("4", "4"),
                Choice::new("20", "20"),
            ],
        },
        default: "log",
        unit: "steps a frame",
        help: "Training steps per picture.",
        effect: Effect::View,
    },
    WEIGHT_SEED,
    DATA,
];

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setup {
    pub beginning: Configuration,
    pub step_fraction: f64,
    pub learning_rate: f64,
    pub optimiser: Optimiser,
    /// What the optimiser is called if the operators do not describe it.
    pub undescribed: Option<&'static str>,
    pub scheme: Scheme,
    pub window: u64,
    pub gate: Gate,
    pub threshold: f64,
    /// Counted from 0.
    pub mode: usize,
    /// Steps per frame; nothing for the logarithmic pace.
    pub pace: Option<u64>,
}

impl Setup {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence if they do not go together.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let own = settings.points("data").to_vec();
        let points = match own.len() {
            0 => settings.integer("points") as usize,
            1 => return Err("data: at least two points are needed here.".into()),
            count => count,
        };
        let batch = settings.choice("batch").parse().unwrap_or(points);
        let widths = settings.list("widths").iter();
        let (optimiser, undescribed) = match settings.choice("optimiser") {
            "adam" => (Optimiser::adam(0.9, 0.999, 1e-8), Some("Adam")),
            "decay" => (
                Optimiser::GRADIENT_DESCENT.with_decay(Decay::Decoupled {
                    rate: DECAY,
                    masked: false,
                }),
                Some("descent with decay"),
            ),
            _ => (Optimiser::GRADIENT_DESCENT, None),
        };
        let setup = Self {
            beginning: Configuration {
                own,
                target: Target::Sine,
                inputs: match settings.choice("inputs") {
                    "random" => Inputs::Random,
                    _ => Inputs::Grid,
                },
                points,
                noise: settings.number("noise"),
                seed: settings.integer("seed"),
                weight_seed: settings.integer("weight-seed"),
                widths: widths.map(|&w| w as usize).collect(),
                activation: match settings.choice("activation") {
                    "tanh" => Activation::Tanh,
                    "softplus" => Activation::Softplus,
                    _ => Activation::Relu,
                },
                parametrisation: Parametrisation::Ntk,
                batch: batch.min(points),
            },
            step_fraction: settings.number("step-fraction"),
            learning_rate: settings.number("learning-rate"),
            optimiser,
            undescribed,
            scheme: match settings.choice("scheme") {
                "secant" => Scheme::Secant,
                _ => Scheme::Left,
            },
            window: u64::from(settings.integer("window")),
            gate: match settings.choice("gate") {
                "hard" => Gate::Hard,
                "random" => Gate::Random,
                _ => Gate::Off,
            },
            threshold: settings.number("threshold"),
            mode: settings.integer("mode") as usize - 1,
            pace: settings.choice("pace").parse().ok(),
        };
        if setup.gate.compares_examples() && setup.beginning.batch < 2 {
            return Err(GateError::BatchOfOne.to_string());
        }
        Ok(setup)
    }
}
