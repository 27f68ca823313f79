//! Knobs that several exhibits declare, word for word the same.

use super::key::{Choices, Key};
use super::{Effect, KnobState, text};
use crate::network::{Activation, Parametrisation};
use crate::task::{Inputs, LARGEST, MOST_POINTS, Target};

/// The seed of the initial weights, in every exhibit that trains a network.
pub(super) const WEIGHT_SEED: Key<u32> = Key::seed("weight-seed", "Weights")
    .default("1")
    .help("Seed of the initial weights.");

/// The seed of drawn data, where noise and batches follow it.
pub(super) const DATA_SEED: Key<u32> = Key::seed("seed", "Data")
    .default("12")
    .help("Seed of the data: random inputs, noise pattern and batches.");

static PACES: Choices<Option<u64>, 4> = Choices::new([
    ("log", "rising, 1 to 20", None),
    ("1", "1", Some(1)),
    ("5", "5", Some(5)),
    ("20", "20", Some(20)),
]);

/// Training steps a frame; nothing for a pace that rises with the steps.
pub(super) const fn pace_of<const N: usize>(
    paces: &'static Choices<Option<u64>, N>,
) -> Key<Option<u64>> {
    Key::choice("pace", "Pace", paces)
        .default("log")
        .unit("steps a frame")
        .effect(Effect::View)
        .help("Training steps per picture.")
}

/// Up to twenty steps a frame.
pub(super) const PACE: Key<Option<u64>> = pace_of(&PACES);

/// The chosen pace; else one step a frame for a second, then more, up to `most`.
pub(super) fn paced(chosen: Option<u64>, step: u64, most: u64) -> u64 {
    chosen.unwrap_or_else(|| (step / 60).clamp(1, most))
}

static TARGETS: Choices<Target, 4> = Choices::new([
    ("sine", "sin \u{3c0}x", Target::Sine),
    (
        "two-frequency",
        "sin \u{3c0}x + \u{bd} sin 3\u{3c0}x",
        Target::TwoFrequency,
    ),
    ("step", "step at 0", Target::Step),
    ("chirp", "chirp", Target::Chirp),
]);

/// f*, of drawn data.
pub(super) const TARGET: Key<Target> = Key::choice("target", "True function", &TARGETS)
    .default("sine")
    .help("The function behind the noisy labels.");

static INPUTS_OPTIONS: Choices<Inputs, 2> = Choices::new([
    ("grid", "even grid", Inputs::Grid),
    ("random", "random", Inputs::Random),
]);

/// Where drawn points stand.
pub(super) const INPUTS: Key<Inputs> = Key::choice("inputs", "Inputs", &INPUTS_OPTIONS)
    .default("grid")
    .help("Where the training points stand.");

static ACTIVATIONS: Choices<Activation, 3> = Choices::new([
    ("relu", "ReLU", Activation::Relu),
    ("tanh", "tanh", Activation::Tanh),
    ("softplus", "softplus", Activation::Softplus),
]);

/// The hidden layers' nonlinearity.
pub(super) const ACTIVATION: Key<Activation> =
    Key::choice("activation", "Activation", &ACTIVATIONS)
        .default("relu")
        .help("Nonlinearity of the hidden layers.");

static PARAMETRISATIONS: Choices<Parametrisation, 2> = Choices::new([
    ("ntk", "NTK", Parametrisation::Ntk),
    ("standard", "standard", Parametrisation::Standard),
]);

/// Where the factor sqrt(gain/fan-in) stands.
pub(super) const PARAMETRISATION: Key<Parametrisation> =
    Key::choice("parametrisation", "Parametrisation", &PARAMETRISATIONS)
        .default("ntk")
        .help("Whether the factor sqrt(gain/fan-in) stands outside the weights (NTK) or inside (standard). The initial function is the same.");

/// A person's own points, in the exhibits on one-dimensional regression.
pub(super) const DATA: Key<Vec<[f64; 2]>> = Key::points("data", "Your data", MOST_POINTS, LARGEST)
    .default("none")
    .help("Your points in place of drawn ones. Networks learn best where x and y are of order one. The true function is then unknown, and so is the test error.");

/// What the control of [`DATA`] shows.
pub(super) fn data_state(own: &[[f64; 2]]) -> KnobState {
    KnobState::text(match own.len() {
        0 => "drawn".into(),
        count => text::points(count),
    })
}

/// Why a knob about drawn data does not act on own points, if there are any.
pub(super) fn idle_for_own_points(knob: &str, own: &[[f64; 2]]) -> Option<String> {
    if own.is_empty() {
        return None;
    }
    let reason = match knob {
        "noise" => "there is no noise level to set",
        "target" => "the function behind them is not known",
        "points" => "there are as many as you brought",
        "inputs" => "they stand where you put them",
        _ => return None,
    };
    Some(format!("Your data: {reason}."))
}
