//! What can be set in the reservoir exhibit.

use crate::exhibit::key::{Choices, Key};
use crate::exhibit::{Effect, Knob, Settings};
use crate::network::Activation;

/// Which three networks are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    Width,
    Depth,
    Activation,
}

static SWEEPS: Choices<Sweep, 3> = Choices::new([
    ("width", "width", Sweep::Width),
    ("depth", "depth", Sweep::Depth),
    ("activation", "activation", Sweep::Activation),
]);

const SWEEP: Key<Sweep> = Key::choice("sweep", "Compare", &SWEEPS)
    .default("width")
    .help("Which three networks train side by side: two layers of 16, 64 or 128; one, two or three layers of 64; ReLU, softplus or tanh.");

const NOISE: Key<f64> = Key::number("noise", "Noise", 0.0, 1.0)
    .ticks(&[0.0, 0.5, 1.0])
    .default("0.3")
    .help("Standard deviation of the label noise.");

const POINTS: Key<u32> = Key::integer("points", "Training points", 8, 64)
    .ticks(&[8.0, 32.0, 64.0])
    .default("32")
    .help("Number n of training points, at random in [\u{2212}1, 1], and so of directions.");

const SEEDS: Key<u32> = Key::integer("seeds", "Seeds", 1, 8)
    .ticks(&[1.0, 4.0, 8.0])
    .default("3")
    .help("How many draws of data and weights are run one after the other; the curves are medians over them.");

const SEED: Key<u32> = Key::integer("seed", "First seed", 0, u32::MAX - 8)
    .default("1")
    .help("Seed of the first draw; the others follow it.");

const STEP_FRACTION: Key<f64> = Key::number("step-fraction", "Step size", 0.01, 1.0)
    .log(3)
    .ticks(&[0.01, 0.1, 1.0])
    .default("0.5")
    .unit("of 2n/\u{3bb}\u{2081}")
    .help("Step of gradient descent as a fraction c of the stability limit at step 0, for every network.");

const THRESHOLD: Key<f64> = Key::number("threshold", "Channel split", 0.0001, 0.5)
    .log(4)
    .ticks(&[0.001, 0.01, 0.1])
    .default("0.01")
    .unit("of the largest")
    .effect(Effect::View)
    .help("Directions with at least this share of the largest eigenvalue of W are the channel, the others the reservoir.");

/// The declarations.
pub static KNOBS: &[Knob] = &[
    SWEEP.knob,
    NOISE.knob,
    POINTS.knob,
    SEEDS.knob,
    SEED.knob,
    STEP_FRACTION.knob,
    THRESHOLD.knob,
];

/// One of the networks that are compared.
#[derive(Debug)]
pub struct Shape {
    /// Its name beside its curves.
    pub name: &'static str,
    pub widths: &'static [usize],
    pub activation: Activation,
}

const fn relu(name: &'static str, widths: &'static [usize]) -> Shape {
    Shape {
        name,
        widths,
        activation: Activation::Relu,
    }
}

static WIDTHS: [Shape; 3] = [
    relu("width 16", &[16, 16]),
    relu("width 64", &[64, 64]),
    relu("width 128", &[128, 128]),
];

static DEPTHS: [Shape; 3] = [
    relu("1 layer", &[64]),
    relu("2 layers", &[64, 64]),
    relu("3 layers", &[64, 64, 64]),
];

static ACTIVATIONS: [Shape; 3] = [
    relu("ReLU", &[64, 64]),
    Shape {
        activation: Activation::Softplus,
        ..relu("softplus", &[64, 64])
    },
    Shape {
        activation: Activation::Tanh,
        ..relu("tanh", &[64, 64])
    },
];

impl Sweep {
    /// The networks.
    pub fn shapes(self) -> &'static [Shape; 3] {
        match self {
            Self::Width => &WIDTHS,
            Self::Depth => &DEPTHS,
            Self::Activation => &ACTIVATIONS,
        }
    }

    /// What distinguishes them, in a word.
    pub fn name(self) -> &'static str {
        SWEEPS.option(&self).map_or("", |option| option.label)
    }
}

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub sweep: Sweep,
    pub noise: f64,
    pub points: usize,
    pub seeds: u32,
    pub seed: u32,
    pub step_fraction: f64,
    pub threshold: f64,
}

impl Setup {
    /// Reads the settings, which go together always.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        Ok(Self {
            sweep: settings.read(&SWEEP),
            noise: settings.read(&NOISE),
            points: settings.read(&POINTS) as usize,
            seeds: settings.read(&SEEDS),
            seed: settings.read(&SEED),
            step_fraction: settings.read(&STEP_FRACTION),
            threshold: settings.read(&THRESHOLD),
        })
    }
}
