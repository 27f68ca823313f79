//! What can be set in the bias exhibit.

use crate::exhibit::key::{Choices, Key};
use crate::exhibit::shared_knobs::{PACE, WEIGHT_SEED};
use crate::exhibit::{Knob, Settings};
use crate::network::{Activation, Architecture, Parametrisation};

const INIT_SCALE: Key<f64> = Key::number("init-scale", "Initial weights", 0.1, 1.0)
    .log(2)
    .ticks(&[0.1, 0.3, 1.0])
    .default("1")
    .unit("of N(0, 1)")
    .help("Factor on all initial weights and biases. Small weights have further to go than the kernel at the start can tell.");

const WIDTHS: Key<Vec<usize>> = Key::list("widths", "Widths", 512, 2, &["16", "64", "512"])
    .default("64")
    .help("Units in each hidden layer.");

const SEED: Key<u32> = Key::seed("seed", "Data")
    .default("1")
    .help("Seed of the inputs and of the noise.");

static SOURCES: Choices<Data, 2> = Choices::new([
    ("teacher", "10 dimensions", Data::Teacher),
    ("line", "1 dimension", Data::Line),
]);

const DATA: Key<Data> = Key::choice("data", "Inputs", &SOURCES)
    .default("teacher")
    .help("60 normal points in 10 dimensions with labels max(0, x\u{2081}) \u{2212} max(0, x\u{2082}), or 40 random points on a line with sin \u{3c0}x + \u{bd} sin 3\u{3c0}x.");

const NOISE: Key<f64> = Key::number("noise", "Noise", 0.0, 1.0)
    .ticks(&[0.0, 0.5, 1.0])
    .default("0")
    .help("Standard deviation of the label noise.");

const STEP_FRACTION: Key<f64> = Key::number("step-fraction", "Step size", 0.05, 1.0)
    .log(2)
    .ticks(&[0.05, 0.1, 0.5, 1.0])
    .default("0.5")
    .unit("of 2n/\u{3bb}\u{2081}")
    .help("Step of gradient descent as a fraction of the stability limit at step 0.");

/// The declarations.
pub static KNOBS: &[Knob] = &[
    INIT_SCALE.knob,
    WIDTHS.knob,
    SEED.knob,
    DATA.knob,
    NOISE.knob,
    STEP_FRACTION.knob,
    PACE.knob,
    WEIGHT_SEED.knob,
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
        let data = settings.read(&DATA);
        let architecture = Architecture {
            inputs: data.dimension(),
            widths: settings.read(&WIDTHS),
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
            noise: settings.read(&NOISE),
            seed: settings.read(&SEED),
            weight_seed: settings.read(&WEIGHT_SEED),
            architecture,
            init_scale: settings.read(&INIT_SCALE),
            step_fraction: settings.read(&STEP_FRACTION),
            pace: settings.read(&PACE),
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
