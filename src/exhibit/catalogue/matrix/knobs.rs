//! What can be set in the matrix exhibit.

use crate::exhibit::key::{Choices, Key};
use crate::exhibit::shared_knobs::{PACE, WEIGHT_SEED};
use crate::exhibit::{Knob, Settings};

static DEPTHS: Choices<usize, 4> =
    Choices::new([("1", "1", 1), ("2", "2", 2), ("3", "3", 3), ("4", "4", 4)]);

const DEPTH: Key<usize> = Key::choice("depth", "Depth", &DEPTHS)
    .default("2")
    .unit("matrices")
    .help("Number L of square matrices whose product is trained. The products are the same for every depth; what changes is which of them descent finds.");

const INIT_SCALE: Key<f64> = Key::number("init-scale", "Initial size", 0.0001, 1.0)
    .log(4)
    .ticks(&[0.0001, 0.01, 1.0])
    .default("0.0001")
    .help("Size a of the product at the start: the entries of each factor are normal with standard deviation a^(1/L)/\u{221a}n.");

const OBSERVED: Key<f64> = Key::number("observed", "Observed entries", 0.1, 0.9)
    .ticks(&[0.1, 0.4, 0.9])
    .default("0.4")
    .unit("of 400")
    .help("Share of the entries that are trained on. More of them means the same ones and others.");

const SEED: Key<u32> = Key::seed("seed", "Data")
    .default("3")
    .help("Seed of the matrix and of the choice of entries.");

const RANK: Key<u32> = Key::integer("rank", "True rank", 1, 5)
    .ticks(&[1.0, 2.0, 3.0, 4.0, 5.0])
    .default("2")
    .help("Rank of the matrix that is to be completed. Rank r has r(40 \u{2212} r) free numbers.");

const FACTOR_SEED: Key<u32> = WEIGHT_SEED.help("Seed of the initial factors.");

/// The declarations.
pub static KNOBS: &[Knob] = &[
    DEPTH.knob,
    INIT_SCALE.knob,
    OBSERVED.knob,
    SEED.knob,
    RANK.knob,
    PACE.knob,
    FACTOR_SEED.knob,
];

/// Rows of the matrix, and columns.
pub const SIZE: usize = 20;

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// L.
    pub depth: usize,
    pub init_scale: f64,
    pub rank: usize,
    /// Number of entries that are trained on.
    pub observed: usize,
    pub seed: u32,
    pub weight_seed: u32,
    /// Steps per frame; nothing for the logarithmic pace.
    pub pace: Option<u64>,
}

impl Setup {
    /// Reads the settings, which go together always.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let share = settings.read(&OBSERVED);
        Ok(Self {
            depth: settings.read(&DEPTH),
            init_scale: settings.read(&INIT_SCALE),
            rank: settings.read(&RANK) as usize,
            observed: (share * (SIZE * SIZE) as f64).round() as usize,
            seed: settings.read(&SEED),
            weight_seed: settings.read(&FACTOR_SEED),
            pace: settings.read(&PACE),
        })
    }

    /// What is trained, in words.
    pub fn product(&self) -> String {
        match self.depth {
            1 => "one matrix".to_owned(),
            depth => format!("a product of {depth} matrices"),
        }
    }
}
