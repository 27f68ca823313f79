//! What can be set in the spectrum exhibit.

use crate::exhibit::key::{Choices, Key};
use crate::exhibit::regression::Configuration;
use crate::exhibit::shared_knobs::{
    ACTIVATION, DATA, DATA_SEED, INPUTS, PARAMETRISATION, TARGET, WEIGHT_SEED, pace_of,
};
use crate::exhibit::{Effect, Knob, Settings};
use crate::training::{Gate, GateError};

const NOISE: Key<f64> = Key::number("noise", "Noise", 0.0, 1.0)
    .ticks(&[0.0, 0.5, 1.0])
    .default("0.5")
    .effect(Effect::Window)
    .help("Standard deviation of the label noise. It rescales one pattern, so the labels move vertically.");

const STEP_FRACTION: Key<f64> = Key::number("step-fraction", "Step size", 0.001, 4.0)
    .log(3)
    .ticks(&[0.001, 0.01, 0.1, 1.0])
    .default("0.5")
    .unit("of 2n/\u{3bb}\u{2081}")
    .effect(Effect::Live)
    .help("Step of gradient descent as a fraction c of the stability limit at step 0: \u{3b7} = c \u{b7} 2n/\u{3bb}\u{2081}, times min(1, 2b/n + 1/4) for a minibatch of b.");

static GATES: Choices<Gate, 8> = Choices::new([
    ("off", "off", Gate::Off),
    ("hard", "hard", Gate::Hard),
    ("soft", "soft", Gate::Soft),
    ("snr", "snr", Gate::Snr),
    ("random", "random", Gate::Random),
    ("streaming-hard", "streaming hard", Gate::StreamingHard),
    ("streaming-soft", "streaming soft", Gate::StreamingSoft),
    ("streaming-snr", "streaming snr", Gate::StreamingSnr),
]);

const GATE: Key<Gate> = Key::choice("gate", "SNR gate", &GATES)
    .default("off")
    .effect(Effect::Live)
    .help("Weighs a parameter's step by the signal \u{3bc}\u{b2} of its gradient against the noise \u{3c3}\u{b2}/(b\u{2212}1) over the batch: all or nothing (hard), 1 \u{2212} noise/signal (soft), signal/(signal + noise) (snr); random opens as many as hard at random (the control), streaming forms average over steps instead.");

const WIDTHS: Key<Vec<usize>> = Key::list("widths", "Widths", 256, 4, &["16-16", "32-32", "64-64"])
    .default("64-64")
    .help("Units in each hidden layer; none makes the network linear.");

const POINTS: Key<u32> = Key::integer("points", "Training points", 1, 128)
    .ticks(&[20.0, 64.0, 128.0])
    .default("20")
    .help("Number n of training points, and so of eigenvalues.");

static BATCHES: Choices<Option<usize>, 7> = Choices::new([
    ("all", "all", None),
    ("32", "32", Some(32)),
    ("16", "16", Some(16)),
    ("8", "8", Some(8)),
    ("4", "4", Some(4)),
    ("2", "2", Some(2)),
    ("1", "1", Some(1)),
]);

const BATCH: Key<Option<usize>> = Key::choice("batch", "Batch", &BATCHES)
    .default("all")
    .effect(Effect::Live)
    .help("Examples per step, drawn without replacement; all of them when there are fewer.");

const THRESHOLD: Key<f64> = Key::number("threshold", "Channel split", 0.0001, 0.5)
    .log(4)
    .ticks(&[0.0001, 0.001, 0.01, 0.1])
    .default("0.01")
    .unit("of \u{3bb}\u{2081}")
    .effect(Effect::View)
    .help("Modes with an eigenvalue of at least this share of the largest are the channel, the others the reservoir.");

static PACES: Choices<Option<u64>, 5> = Choices::new([
    ("log", "rising, 1 to 20", None),
    ("1", "1", Some(1)),
    ("5", "5", Some(5)),
    ("20", "20", Some(20)),
    ("100", "100", Some(100)),
]);

const PACE: Key<Option<u64>> = pace_of(&PACES);

/// The declarations.
pub static KNOBS: &[Knob] = &[
    NOISE.knob,
    DATA_SEED.knob,
    STEP_FRACTION.knob,
    GATE.knob,
    WIDTHS.knob,
    TARGET.knob,
    POINTS.knob,
    INPUTS.knob,
    ACTIVATION.knob,
    PARAMETRISATION.knob,
    BATCH.knob,
    THRESHOLD.knob,
    PACE.knob,
    WEIGHT_SEED.knob,
    DATA.knob,
];

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub configuration: Configuration,
    pub step_fraction: f64,
    pub gate: Gate,
    pub threshold: f64,
    /// Steps per frame; nothing for the logarithmic pace.
    pub pace: Option<u64>,
}

impl Setup {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence if they do not go together.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let own = settings.read(&DATA);
        let points = match own.len() {
            0 => settings.read(&POINTS) as usize,
            count => count,
        };
        let batch = settings.read(&BATCH).unwrap_or(points).min(points);
        let gate = settings.read(&GATE);
        if gate.compares_examples() && batch < 2 {
            return Err(GateError::BatchOfOne.to_string());
        }
        Ok(Self {
            configuration: Configuration {
                own,
                target: settings.read(&TARGET),
                inputs: settings.read(&INPUTS),
                points,
                noise: settings.read(&NOISE),
                seed: settings.read(&DATA_SEED),
                weight_seed: settings.read(&WEIGHT_SEED),
                widths: settings.read(&WIDTHS),
                activation: settings.read(&ACTIVATION),
                parametrisation: settings.read(&PARAMETRISATION),
                batch,
            },
            step_fraction: settings.read(&STEP_FRACTION),
            gate,
            threshold: settings.read(&THRESHOLD),
            pace: settings.read(&PACE),
        })
    }
}
