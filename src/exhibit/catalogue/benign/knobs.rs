//! What can be set in the benign exhibit.

use crate::exhibit::knob::WEIGHT_SEED;
use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};

/// Dimensions of the row that a sweep runs through, the last first: in few
/// dimensions a training takes longest.
pub const ROW: [usize; 5] = [10, 40, 160, 640, 1_600];

/// The declarations.
pub static KNOBS: &[Knob] = &[
    Knob {
        name: "dimension",
        label: "Dimension d",
        kind: Kind::Number {
            min: 10.0,
            max: 1_600.0,
            log: true,
            decimals: 0,
            ticks: &[10.0, 40.0, 160.0, 640.0],
        },
        default: "1600",
        unit: "",
        help: "Number of coordinates of an input; a sweep begins here.",
        effect: Effect::Restart,
    },
    Knob {
        name: "sweep",
        label: "Sweep",
        kind: Kind::Choice {
            options: &[Choice::new("on", "the row"), Choice::new("off", "one d")],
        },
        default: "on",
        unit: "",
        help: "After the dimension on the slider, train a network at each of d = 1600, 640, 160, 40 and 10 that is left.",
        effect: Effect::Restart,
    },
    Knob {
        name: "flips",
        label: "Flipped labels",
        kind: Kind::Number {
            min: 0.0,
            max: 0.4,
            log: false,
            decimals: 2,
            ticks: &[0.0, 0.2, 0.4],
        },
        default: "0.15",
        unit: "",
        help: "Probability that a training label is the wrong one; a larger one flips the same labels and more.",
        effect: Effect::Restart,
    },
    Knob {
        name: "signal",
        label: "Signal |\u{3bc}|",
        kind: Kind::Number {
            min: 0.0,
            max: 20.0,
            log: false,
            decimals: 1,
            ticks: &[0.0, 10.0, 20.0],
        },
        default: "10",
        unit: "",
        help: "Distance of a class centre from the origin, in standard deviations of a coordinate.",
        effect: Effect::Restart,
    },
    Knob {
        name: "width",
        label: "Width",
        kind: Kind::Integer {
            min: 1,
            max: 128,
            ticks: &[1.0, 32.0, 64.0, 128.0],
        },
        default: "32",
        unit: "",
        help: "Units in the hidden layer.",
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
        default: "5",
        unit: "",
        help: "Seed of the data: points, classes and flips.",
        effect: Effect::Restart,
    },
    WEIGHT_SEED,
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
    pub fn read(settings: &Settings) -> Self {
        Self {
            dimension: settings.number("dimension").round() as usize,
            sweep: settings.choice("sweep") == "on",
            flips: settings.number("flips"),
            signal: settings.number("signal"),
            width: settings.integer("width") as usize,
            seed: settings.integer("seed"),
            weight_seed: settings.integer("weight-seed"),
        }
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
