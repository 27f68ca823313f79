//! What can be set in the benign exhibit.

use crate::exhibit::key::{Choices, Key};
use crate::exhibit::shared_knobs::WEIGHT_SEED;
use crate::exhibit::{Knob, Settings};

/// Dimensions of the row that a sweep runs through, the last first: in few
/// dimensions a training takes longest.
pub const ROW: [usize; 5] = [10, 40, 160, 640, 1_600];

const DIMENSION: Key<f64> = Key::number("dimension", "Dimension d", 10.0, 1_600.0)
    .log(0)
    .ticks(&[10.0, 40.0, 160.0, 640.0])
    .default("1600")
    .help("Number of coordinates of an input; a sweep begins here.");

static SWEEPS: Choices<bool, 2> = Choices::new([
    ("on", "five dimensions", true),
    ("off", "one dimension", false),
]);

const SWEEP: Key<bool> = Key::choice("sweep", "Sweep", &SWEEPS)
    .default("on")
    .help("After the dimension on the slider, train a network at each of d = 1600, 640, 160, 40 and 10 that is left.");

const FLIPS: Key<f64> = Key::number("flips", "Flipped labels", 0.0, 0.4)
    .ticks(&[0.0, 0.2, 0.4])
    .default("0.15")
    .help("Probability that a training label is the wrong one; a larger one flips the same labels and more.");

const SIGNAL: Key<f64> = Key::number("signal", "Signal |\u{3bc}|", 0.0, 20.0)
    .decimals(1)
    .ticks(&[0.0, 10.0, 20.0])
    .default("10")
    .help("Distance of a class centre from the origin, in standard deviations of a coordinate.");

const WIDTH: Key<u32> = Key::integer("width", "Width", 1, 128)
    .ticks(&[1.0, 32.0, 64.0, 128.0])
    .default("32")
    .help("Units in the hidden layer.");

const SEED: Key<u32> = Key::seed("seed", "Data")
    .default("5")
    .help("Seed of the data: points, classes and flips.");

/// The declarations.
pub static KNOBS: &[Knob] = &[
    DIMENSION.knob,
    SWEEP.knob,
    FLIPS.knob,
    SIGNAL.knob,
    WIDTH.knob,
    SEED.knob,
    WEIGHT_SEED.knob,
];

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub dimension: usize,
    pub sweep: bool,
    pub flips: f64,
    pub signal: f64,
    pub width: usize,
    pub seed: u32,
    pub weight_seed: u32,
}

impl Setup {
    /// Reads the settings, which all go together.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        Ok(Self {
            dimension: settings.read(&DIMENSION).round() as usize,
            sweep: settings.read(&SWEEP),
            flips: settings.read(&FLIPS),
            signal: settings.read(&SIGNAL),
            width: settings.read(&WIDTH) as usize,
            seed: settings.read(&SEED),
            weight_seed: settings.read(&WEIGHT_SEED),
        })
    }

    /// The dimensions to train at, in their order.
    pub fn dimensions(&self) -> Vec<usize> {
        let mut all = vec![self.dimension];
        if self.sweep {
            all.extend(ROW.into_iter().rev().filter(|d| *d != self.dimension));
        }
        all
    }

    /// Whether runs of the two differ in their dimensions alone, so that
    /// their ends belong in one picture.
    pub fn is_comparable(&self, other: &Self) -> bool {
        let same = Self {
            dimension: self.dimension,
            sweep: self.sweep,
            ..other.clone()
        };
        *self == same
    }
}
