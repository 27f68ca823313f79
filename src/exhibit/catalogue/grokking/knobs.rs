//! What can be set in the grokking exhibit.

use crate::exhibit::key::{Choices, Key};
use crate::exhibit::shared_knobs::WEIGHT_SEED;
use crate::exhibit::{Effect, Knob, Settings};
use crate::network::Activation;
use crate::task::Pair;
use crate::training::{Decay, Optimiser};

const DECAY: Key<f64> = Key::number("decay", "Weight decay", 0.0, 2.0)
    .decimals(3)
    .ticks(&[0.0, 0.5, 1.0, 2.0])
    .default("0.5")
    .effect(Effect::Live)
    .help("Decoupled weight decay \u{3bb}: at each step, every weight loses \u{3b7}\u{3bb} of itself. At 0 nothing but the labels moves the network.");

const A: Key<u32> = Key::integer("a", "First term", 0, 30)
    .ticks(&[0.0, 10.0, 20.0, 30.0])
    .default("9")
    .effect(Effect::View)
    .help("First term a of the sum to predict, taken modulo p.");

const B: Key<u32> = Key::integer("b", "Second term", 0, 30)
    .ticks(&[0.0, 10.0, 20.0, 30.0])
    .default("16")
    .effect(Effect::View)
    .help("Second term b of the sum to predict, taken modulo p.");

const SEED: Key<u32> = Key::seed("seed", "Split")
    .default("1")
    .help("Seed of the data: which pairs are shown, and how the control's labels are shuffled.");

const TRAIN_SHARE: Key<f64> = Key::number("train-share", "Pairs shown", 0.3, 0.8)
    .ticks(&[0.3, 0.5, 0.8])
    .default("0.5")
    .unit("of all")
    .help("Share of the p\u{b2} pairs that are shown in training. With p = 23 and a share of 0.4 not every split is enough.");

const MODULUS: Key<u32> = Key::integer("modulus", "Modulus p", 11, 31)
    .ticks(&[11.0, 17.0, 23.0, 31.0])
    .default("23")
    .help("Sums are taken modulo p. With p of 13 and below, half of the table is too little to find the rule in.");

static OPTIMISERS: Choices<Optimiser, 2> = Choices::new([
    ("adamw", "AdamW", Optimiser::adam(0.9, 0.99, 1e-8)),
    ("gd", "gradient descent", Optimiser::GRADIENT_DESCENT),
]);

const OPTIMISER: Key<Optimiser> = Key::choice("optimiser", "Optimiser", &OPTIMISERS)
    .default("adamw")
    .help("AdamW with memories 0.9 and 0.99, or plain gradient descent, which needs a step near 0.5, a decay near 0.001 and a first layer of 0.2. All pairs in every step. The integrated operators W, P and G are not carried here: they would need a matrix of all weights by all outputs, p for every pair.");

const LEARNING_RATE: Key<f64> = Key::number("learning-rate", "Step size", 0.001, 1.0)
    .log(3)
    .ticks(&[0.001, 0.01, 0.1, 1.0])
    .default("0.01")
    .effect(Effect::Live)
    .help("Step size \u{3b7}.");

/// Whether it is cross-entropy.
static LOSSES: Choices<bool, 2> = Choices::new([
    ("squared", "squared", false),
    ("cross-entropy", "cross-entropy", true),
]);

const LOSS: Key<bool> = Key::choice("loss", "Loss", &LOSSES)
    .default("squared")
    .help("Half the squared distance to the one-hot target, or softmax cross-entropy; the mean over the pairs shown.");

static ACTIVATIONS: Choices<Activation, 2> = Choices::new([
    ("square", "z\u{b2}", Activation::Square),
    ("relu", "ReLU", Activation::Relu),
]);

const ACTIVATION: Key<Activation> = Key::choice("activation", "Activation", &ACTIVATIONS)
    .default("square")
    .help("Nonlinearity of the hidden layer. ReLU wants a share of 0.56 and a decay of 1.");

const INIT: Key<f64> = Key::number("init", "First layer", 0.05, 1.0)
    .log(2)
    .ticks(&[0.05, 0.2, 0.4, 1.0])
    .default("0.4")
    .help("Standard deviation of the first layer\u{2019}s initial weights.");

static CONTROLS: Choices<bool, 2> =
    Choices::new([("on", "shuffled labels", true), ("off", "none", false)]);

const CONTROL: Key<bool> = Key::choice("twin", "Control", &CONTROLS)
    .default("on")
    .help("A second network from the same weights on the same pairs, whose labels are shuffled: it can only memorise. It doubles the work.");

/// The declarations.
pub static KNOBS: &[Knob] = &[
    DECAY.knob,
    A.knob,
    B.knob,
    SEED.knob,
    TRAIN_SHARE.knob,
    MODULUS.knob,
    OPTIMISER.knob,
    LEARNING_RATE.knob,
    LOSS.knob,
    ACTIVATION.knob,
    INIT.knob,
    CONTROL.knob,
    WEIGHT_SEED.knob,
];

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub modulus: usize,
    pub train_share: f64,
    pub seed: u32,
    pub weight_seed: u32,
    pub activation: Activation,
    pub cross_entropy: bool,
    /// What turns gradients into steps, without decay.
    pub rule: Optimiser,
    pub learning_rate: f64,
    pub decay: f64,
    /// Standard deviation of the first layer's initial weights.
    pub init: f64,
    /// Whether a second network learns shuffled labels.
    pub control: bool,
    /// The two terms as they are set.
    pub terms: [usize; 2],
    /// The pair to predict: the terms modulo p.
    pub pair: Pair,
}

impl Setup {
    /// Reads the settings, which go together always.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let modulus = settings.read(&MODULUS) as usize;
        let terms = [&A, &B].map(|term| settings.read(term) as usize);
        Ok(Self {
            modulus,
            train_share: settings.read(&TRAIN_SHARE),
            seed: settings.read(&SEED),
            weight_seed: settings.read(&WEIGHT_SEED),
            activation: settings.read(&ACTIVATION),
            cross_entropy: settings.read(&LOSS),
            rule: settings.read(&OPTIMISER),
            learning_rate: settings.read(&LEARNING_RATE),
            decay: settings.read(&DECAY),
            init: settings.read(&INIT),
            control: settings.read(&CONTROL),
            terms,
            pair: terms.map(|term| term % modulus),
        })
    }

    /// What turns gradients into steps.
    pub fn optimiser(&self) -> Optimiser {
        self.rule.with_decay(Decay::Decoupled {
            rate: self.decay,
            masked: false,
        })
    }
}
