//! What can be set in the spectrum exhibit.

use crate::exhibit::knob::{DATA, WEIGHT_SEED};
use crate::exhibit::regression::Configuration;
use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};
use crate::network::{Activation, Parametrisation};
use crate::task::{Inputs, Target};
use crate::training::Gate;

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
        help: "Standard deviation of the label noise. It rescales one pattern, so the labels move along their sticks.",
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
            max: 4.0,
            log: true,
            decimals: 3,
            ticks: &[0.001, 0.01, 0.1, 1.0],
        },
        default: "0.5",
        unit: "of 2n/\u{3bb}\u{2081}",
        help: "Step of gradient descent as a fraction c of the stability limit at step 0: \u{3b7} = c \u{b7} 2n/\u{3bb}\u{2081}, times min(1, 2b/n + 1/4) for a minibatch of b.",
        effect: Effect::Live,
    },
    Knob {
        name: "gate",
        label: "SNR gate",
        kind: Kind::Choice {
            options: &[
                Choice::new("off", "off"),
                Choice::new("hard", "hard"),
                Choice::new("soft", "soft"),
                Choice::new("snr", "snr"),
                Choice::new("random", "random"),
                Choice::new("streaming-hard", "streaming hard"),
                Choice::new("streaming-soft", "streaming soft"),
                Choice::new("streaming-snr", "streaming snr"),
            ],
        },
        default: "off",
        unit: "",
        help: "Weighs a parameter's step by the signal \u{3bc}\u{b2} of its gradient against the noise \u{3c3}\u{b2}/(b\u{2212}1) over the batch: all or nothing (hard), 1 \u{2212} noise/signal (soft), signal/(signal + noise) (snr); random opens as many as hard by lot (the control), streaming forms average over steps instead.",
        effect: Effect::Live,
    },
    Knob {
        name: "widths",
        label: "Widths",
        kind: Kind::List {
            min: 1,
            max: 256,
            length: 4,
            presets: &["16-16", "32-32", "64-64"],
        },
        default: "64-64",
        unit: "",
        help: "Units in each hidden layer; none makes the network linear.",
        effect: Effect::Restart,
    },
    Knob {
        name: "target",
        label: "True function",
        kind: Kind::Choice {
            options: &[
                Choice::new("sine", "sin \u{3c0}x"),
                Choice::new("two-frequency", "sin \u{3c0}x + \u{bd} sin 3\u{3c0}x"),
                Choice::new("step", "step at 0"),
                Choice::new("chirp", "chirp"),
            ],
        },
        default: "sine",
        unit: "",
        help: "The function behind the noisy labels.",
        effect: Effect::Restart,
    },
    Knob {
        name: "points",
        label: "Training points",
        kind: Kind::Integer {
            min: 1,
            max: 128,
            ticks: &[20.0, 64.0, 128.0],
        },
        default: "20",
        unit: "",
        help: "Number n of training points, and so of eigenvalues.",
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
        help: "Where the training points stand.",
        effect: Effect::Restart,
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
        help: "Nonlinearity of the hidden layers.",
        effect: Effect::Restart,
    },
    Knob {
        name: "parametrisation",
        label: "Parametrisation",
        kind: Kind::Choice {
            options: &[
                Choice::new("ntk", "NTK"),
                Choice::new("standard", "standard"),
            ],
        },
        default: "ntk",
        unit: "",
        help: "Whether the factor sqrt(gain/fan-in) stands outside the weights (NTK) or inside (standard). The initial function is the same.",
        effect: Effect::Restart,
    },
    Knob {
        name: "batch",
        label: "Batch",
        kind: Kind::Choice {
            options: &[
                Choice::new("all", "all"),
                Choice::new("32", "32"),
                Choice::new("16", "16"),
                Choice::new("8", "8"),
                Choice::new("4", "4"),
                Choice::new("2", "2"),
                Choice::new("1", "1"),
            ],
        },
        default: "all",
        unit: "",
        help: "Examples per step, drawn without replacement; all of them when there are fewer.",
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
        unit: "of \u{3bb}\u{2081}",
        help: "Modes with an eigenvalue of at least this share of the largest are the channel, the others the reservoir.",
        effect: Effect::View,
    },
    Knob {
        name: "pace",
        label: "Pace",
        kind: Kind::Choice {
            options: &[
                Choice::new("log", "1 rising to 20"),
                Choice::new("1", "1"),
                Choice::new("5", "5"),
                Choice::new("20", "20"),
                Choice::new("100", "100"),
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
    /// A person's own points; empty for drawn ones.
    pub own: Vec<[f64; 2]>,
    pub target: Target,
    pub target_label: &'static str,
    /// Training points, own ones or drawn.
    pub points: usize,
    pub inputs: Inputs,
    pub noise: f64,
    pub seed: u32,
    pub weight_seed: u32,
    pub widths: Vec<usize>,
    pub activation: Activation,
    pub parametrisation: Parametrisation,
    /// Examples per step, at most `points`.
    pub batch: usize,
    pub step_fraction: f64,
    pub gate: Gate,
    pub threshold: f64,
    /// Steps per frame; nothing for the logarithmic pace.
    pub pace: Option<u64>,
}

impl Setup {
    /// What the data and the network are drawn from.
    pub fn configuration(&self) -> Configuration {
        Configuration {
            own: self.own.clone(),
            target: self.target,
            inputs: self.inputs,
            points: self.points,
            noise: self.noise,
            seed: self.seed,
            weight_seed: self.weight_seed,
            widths: self.widths.clone(),
            activation: self.activation,
            parametrisation: self.parametrisation,
            batch: self.batch,
        }
    }

    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence if they do not go together.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let own = settings.points("data").to_vec();
        let points = match own.len() {
            0 => settings.integer("points") as usize,
            count => count,
        };
        let batch = settings
            .choice("batch")
            .parse()
            .unwrap_or(points)
            .min(points);
        let target = settings.choice("target");
        let setup = Self {
            own,
            target: match target {
                "two-frequency" => Target::TwoFrequency,
                "step" => Target::Step,
                "chirp" => Target::Chirp,
                _ => Target::Sine,
            },
            target_label: match target {
                "two-frequency" => "sin \u{3c0}x + \u{bd} sin 3\u{3c0}x",
                "step" => "step",
                "chirp" => "chirp",
                _ => "sin \u{3c0}x",
            },
            points,
            inputs: match settings.choice("inputs") {
                "random" => Inputs::Random,
                _ => Inputs::Grid,
            },
            noise: settings.number("noise"),
            seed: settings.integer("seed"),
            weight_seed: settings.integer("weight-seed"),
            widths: settings
                .list("widths")
                .iter()
                .map(|&w| w as usize)
                .collect(),
            activation: match settings.choice("activation") {
                "tanh" => Activation::Tanh,
                "softplus" => Activation::Softplus,
                _ => Activation::Relu,
            },
            parametrisation: match settings.choice("parametrisation") {
                "standard" => Parametrisation::Standard,
                _ => Parametrisation::Ntk,
            },
            batch,
            step_fraction: settings.number("step-fraction"),
            gate: Gate::ALL
                .into_iter()
                .find(|gate| gate.name() == settings.choice("gate"))
                .unwrap_or(Gate::Off),
            threshold: settings.number("threshold"),
            pace: settings.choice("pace").parse().ok(),
        };
        if setup.gate.compares_examples() && batch < 2 {
            return Err(crate::training::GateError::BatchOfOne.to_string());
        }
        Ok(setup)
    }
}
