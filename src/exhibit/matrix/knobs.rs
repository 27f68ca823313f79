//! What can be set in the matrix exhibit.

use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};

/// The declarations.
pub static KNOBS: &[Knob] = &[
    Knob {
        name: "depth",
        label: "Depth",
        kind: Kind::Choice {
            options: &[
                Choice::new("1", "1"),
                Choice::new("2", "2"),
                Choice::new("3", "3"),
                Choice::new("4", "4"),
            ],
        },
        default: "2",
        unit: "matrices",
        help: "Number L of square matrices whose product is trained. The products are the same for every depth; what changes is which of them descent finds.",
        effect: Effect::Restart,
    },
    Knob {
        name: "init-scale",
        label: "Initial size",
        kind: Kind::Number {
            min: 0.0001,
            max: 1.0,
            log: true,
            decimals: 4,
            ticks: &[0.0001, 0.01, 1.0],
        },
        default: "0.0001",
        unit: "",
        help: "Size a of the product at the start: the entries of each factor are normal with standard deviation a^(1/L)/\u{221a}n.",
        effect: Effect::Restart,
    },
    Knob {
        name: "observed",
        label: "Entries seen",
        kind: Kind::Number {
            min: 0.1,
            max: 0.9,
            log: false,
            decimals: 2,
            ticks: &[0.1, 0.4, 0.9],
        },
        default: "0.4",
        unit: "of 400",
        help: "Share of the entries that are trained on. More of them means the same ones and others.",
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
        default: "3",
        unit: "",
        help: "Seed of the matrix and of the choice of entries.",
        effect: Effect::Restart,
    },
    Knob {
        name: "rank",
        label: "True rank",
        kind: Kind::Integer {
            min: 1,
            max: 5,
            ticks: &[1.0, 2.0, 3.0, 4.0, 5.0],
        },
        default: "2",
        unit: "",
        help: "Rank of the matrix that is to be completed. Rank r has r(40 \u{2212} r) free numbers.",
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
    Knob {
        name: "weight-seed",
        label: "Weights",
        kind: Kind::Integer {
            min: 0,
            max: u32::MAX,
            ticks: &[],
        },
        default: "1",
        unit: "",
        help: "Seed of the initial factors.",
        effect: Effect::Restart,
    },
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
    /// Number of entries that are seen.
    pub seen: usize,
    pub seed: u32,
    pub weight_seed: u32,
    /// Steps per frame; nothing for the logarithmic pace.
    pub pace: Option<u64>,
}

impl Setup {
    /// Reads the settings, which go together always.
    pub fn read(settings: &Settings) -> Self {
        let share = settings.number("observed");
        Self {
            depth: settings.choice("depth").parse().unwrap_or(1),
            init_scale: settings.number("init-scale"),
            rank: settings.integer("rank") as usize,
            seen: (share * (SIZE * SIZE) as f64).round() as usize,
            seed: settings.integer("seed"),
            weight_seed: settings.integer("weight-seed"),
            pace: settings.choice("pace").parse().ok(),
        }
    }

    /// What is trained, in words.
    pub fn product(&self) -> String {
        match self.depth {
            1 => "one matrix".to_owned(),
            depth => format!("a product of {depth} matrices"),
        }
    }
}
