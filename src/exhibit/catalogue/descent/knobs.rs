//! What can be set in the descent exhibit.

use crate::exhibit::key::Key;
use crate::exhibit::{Effect, Knob, Settings};

/// Most steps a seed can be trained for.
const MOST_STEPS: u32 = 6_000;

const NOISE: Key<f64> = Key::number("noise", "Noise", 0.0, 1.0)
    .ticks(&[0.0, 0.5, 1.0])
    .default("0.5")
    .help("Standard deviation of the label noise; it rescales one pattern.");

const POINTS: Key<u32> = Key::integer("points", "Training points", 30, 100)
    .ticks(&[30.0, 60.0, 100.0])
    .default("60")
    .help("Number n of training points: the peak moves with it.");

const STOP: Key<f64> = Key::number("stop", "Stopping step", 1.0, MOST_STEPS as f64)
    .log(0)
    .ticks(&[1.0, 10.0, 100.0, 1000.0])
    .default("6000")
    .effect(Effect::View)
    .help("Shows all widths as they were at this step of their training, or at the last recorded step before it.");

const SEED: Key<u32> = Key::seed("seed", "Data")
    .default("1")
    .help("Seed of the first sweep's data and weights; each further sweep takes the next one.");

const SEEDS: Key<u32> = Key::integer("seeds", "Seeds", 1, 12)
    .ticks(&[1.0, 3.0, 12.0])
    .default("3")
    .help("Sweeps that are trained one after the other; curves are medians over those that are done, bands their range.");

const STEPS: Key<u32> = Key::integer("steps", "Steps per seed", 100, MOST_STEPS)
    .ticks(&[100.0, 1500.0, 6000.0])
    .default("1500")
    .help("Steps for which every width of a sweep is trained; the learning rate falls along a cosine to 0 at the last.");

/// The declarations.
pub static KNOBS: &[Knob] = &[
    NOISE.knob,
    POINTS.knob,
    STOP.knob,
    SEED.knob,
    SEEDS.knob,
    STEPS.knob,
];

/// The knobs' values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setup {
    /// Standard deviation of the label noise.
    pub noise: f64,
    /// n.
    pub points: usize,
    /// Step at which the curves are shown.
    pub stop: u64,
    /// Seed of the first sweep.
    pub seed: u32,
    /// Number of sweeps.
    pub seeds: usize,
    /// Steps of a sweep.
    pub steps: u64,
}

impl Setup {
    /// Reads the settings, which go together always.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        Ok(Self {
            noise: settings.read(&NOISE),
            points: settings.read(&POINTS) as usize,
            stop: settings.read(&STOP).round() as u64,
            seed: settings.read(&SEED),
            seeds: settings.read(&SEEDS) as usize,
            steps: u64::from(settings.read(&STEPS)),
        })
    }

    /// The step at which the curves are shown, inside a sweep.
    pub fn stopping_step(&self) -> u64 {
        self.stop.min(self.steps)
    }
}
