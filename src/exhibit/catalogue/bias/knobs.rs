//! What can be set in the bias exhibit.

use crate::exhibit::knob::WEIGHT_SEED;
use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};
use crate::network::{Activation, Architecture, Parametrisation};

/// The declarations.
pub static KNOBS: &[Knob] = &[
    Knob {
        name: "init-scale",
        label: "Initial weights",
        kind: Kind::Number {
            min: 0.1,
            max: 1.0,
            log: true,
            decimals: 2,
            ticks: &[0.1, 0.3, 1.0],
        },
        default: "1",
        unit: "of N(0, 1)",
        help: "Factor on all initial weights and biases. Small weights have further to go than the kernel at the start can tell.",
        effect: Effect::Restart,
    },
    Knob {
        name: "widths",
        label: "Widths",
        kind: Kind::List {
            min: 1,
            max: 512,
            length: 2,
            presets: &["16", "64", "512"],
        },
        default: "64",
        unit: "",
        help: "Units in each hidden layer.",
        effect: Effect::Restart,
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
        help: "Seed of the inputs and of the noise.",
        effect: Effect::Restart,
    },
    Knob {
        name: "data",
        label: "Inputs",
        kind: Kind::Choice {
            options: &[
                Choice::new("teacher", "10 dimensions"),
                Choice::new("line", "1 dimension"),
            ],
        },
        default: "teacher",
        unit: "",
        help: "60 normal points in 10 dimensions with labels max(0, x\u{2081}) \u{2212} max(0, x\u{2082}), or 40 random points on a line with sin \u{3c0}x + \u{bd} sin 3\u{3c0}x.",
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
        default: "0",
        unit: "",
        help: "Standard deviation of the label noise.",
        effect: Effect::Restart,
    },
    Knob {
        name: "step-fraction",
        label: "Step size",
        kind: Kind::Number {
            min: 0.05,
            max: 1.0,
            log: true,
            decimals: 2,
            ticks: &[0.05, 0.1, 0.5, 1.0],
        },
        default: "0.5",
        unit: "of 2n/\u{3bb}\u{2081}",
        help: "Step of gradient descent as a fraction of the stability limit at step 0.",
        effect: Effect::Restart,
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
            ],
        },
        default: "log",
        unit: "steps a frame",
        help: "Training steps per picture.",
        effect: Effect::View,
    },
    WEIGHT_SEED,
];

/// Where the points come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    /// 60 points in 10 dimensions, a teacher of two units.
    Teacher,
    /// 40 points on a line, two frequencies.
    Line,
}

impl Data {
    /// n.
    pub fn points(self) -> usize {
        match self {
            Data::Teacher => 60,
            Data::Line => 40,
        }
    }

    /// d.
    pub fn dimension(self) -> usize {
        match self {
            Data::Teacher => 10,
            Data::Line => 1,
        }
    }

    /// beta: biases matter more where inputs have one dimension.
    fn bias(self) -> f64 {
        match self {
            Data::Teacher => 0.5,
            Data::Line => 1.0,
        }
    }
}

/// More than this and a step would take longer than a frame has.
const MOST_PARAMETERS: usize = 20_000;

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub data: Data,
    pub noise: f64,
    pub seed: u32,
    pub weight_seed: u32,
    pub architecture: Architecture,
    pub init_scale: f64,
    pub step_fraction: f64,
    /// Steps per frame; nothing for the logarithmic pace.
    pub pace: Option<u64>,
}

impl Setup {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence for a network that is too large.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let data = match settings.choice("data") {
            "line" => Data::Line,
            _ => Data::Teacher,
        };
        let widths = settings.list("widths").iter();
        let architecture = Architecture {
            inputs: data.dimension(),
            widths: widths.map(|&w| w as usize).collect(),
            outputs: 1,
            activation: Activation::Relu,
            parametrisation: Parametrisation::Ntk,
            bias: data.bias(),
        };
        let count = architecture.parameter_count();
        if count > MOST_PARAMETERS {
            return Err(format!(
                "widths: this network has {count} parameters; at most {MOST_PARAMETERS} can be \
                 trained at a picture\u{2019}s pace here."
            ));
        }
        Ok(Self {
            data,
            noise: settings.number("noise"),
            seed: settings.integer("seed"),
            weight_seed: settings.integer("weight-seed"),
            architecture,
            init_scale: settings.number("init-scale"),
            step_fraction: settings.number("step-fraction"),
            pace: settings.choice("pace").parse().ok(),
        })
    }

    /// "64-64".
    pub fn widths(&self) -> String {
        let widths = self.architecture.widths.iter();
        let words: Vec<String> = widths.map(usize::to_string).collect();
        match words.is_empty() {
            true => "none".into(),
            false => words.join("-"),
        }
    }
}
