//! What can be set in the grokking exhibit.

use crate::exhibit::knob::WEIGHT_SEED;
use crate::exhibit::{Choice, Effect, Kind, Knob, Settings};
use crate::network::Activation;
use crate::task::Pair;
use crate::training::{Decay, Optimiser};

/// The declarations.
pub static KNOBS: &[Knob] = &[
    Knob {
        name: "decay",
        label: "Weight decay",
        kind: Kind::Number {
            min: 0.0,
            max: 2.0,
            log: false,
            decimals: 3,
            ticks: &[0.0, 0.5, 1.0, 2.0],
        },
        default: "0.5",
        unit: "",
        help: "Decoupled weight decay \u{3bb}: beside each step, every weight loses \u{3b7}\u{3bb} of itself. At 0 nothing but the labels moves the network.",
        effect: Effect::Live,
    },
    Knob {
        name: "a",
        label: "Predict a",
        kind: Kind::Integer {
            min: 0,
            max: 30,
            ticks: &[0.0, 10.0, 20.0, 30.0],
        },
        default: "9",
        unit: "",
        help: "First term of the sum to predict, taken modulo p.",
        effect: Effect::View,
    },
    Knob {
        name: "b",
        label: "plus b",
        kind: Kind::Integer {
            min: 0,
            max: 30,
            ticks: &[0.0, 10.0, 20.0, 30.0],
        },
        default: "16",
        unit: "",
        help: "Second term of the sum to predict, taken modulo p.",
        effect: Effect::View,
    },
    Knob {
        name: "seed",
        label: "Split",
        kind: Kind::Integer {
            min: 0,
            max: u32::MAX,
            ticks: &[],
        },
        default: "1",
        unit: "",
        help: "Seed of the data: which pairs are shown, and how the twin's labels are shuffled.",
        effect: Effect::Restart,
    },
    Knob {
        name: "train-share",
        label: "Pairs shown",
        kind: Kind::Number {
            min: 0.3,
            max: 0.8,
            log: false,
            decimals: 2,
            ticks: &[0.3, 0.5, 0.8],
        },
        default: "0.5",
        unit: "of all",
        help: "Share of the p\u{b2} pairs that are shown in training. With p = 23 and a share of 0.4 not every split is enough.",
        effect: Effect::Restart,
    },
    Knob {
        name: "modulus",
        label: "Modulus p",
        kind: Kind::Integer {
            min: 11,
            max: 31,
            ticks: &[11.0, 17.0, 23.0, 31.0],
        },
        default: "23",
        unit: "",
        help: "Sums are taken modulo p. With p of 13 and below, half of the table is too little to find the rule in.",
        effect: Effect::Restart,
    },
    Knob {
        name: "optimiser",
        label: "Optimiser",
        kind: Kind::Choice {
            options: &[
                Choice::new("adamw", "AdamW"),
                Choice::new("gd", "gradient descent"),
            ],
        },
        default: "adamw",
        unit: "",
        help: "AdamW with memories 0.9 and 0.99, or plain gradient descent, which needs a step near 0.5, a decay near 0.001 and a first layer of 0.2. All pairs in every step.",
        effect: Effect::Restart,
    },
    Knob {
        name: "learning-rate",
        label: "Step size",
        kind: Kind::Number {
            min: 0.001,
            max: 1.0,
            log: true,
            decimals: 3,
            ticks: &[0.001, 0.01, 0.1, 1.0],
        },
        default: "0.01",
        unit: "",
        help: "Step size \u{3b7}.",
        effect: Effect::Live,
    },
    Knob {
        name: "loss",
        label: "Loss",
        kind: Kind::Choice {
            options: &[
                Choice::new("squared", "squared"),
                Choice::new("cross-entropy", "cross-entropy"),
            ],
        },
        default: "squared",
        unit: "",
        help: "Half the squared distance to the one-hot target, or softmax cross-entropy; the mean over the pairs shown.",
        effect: Effect::Restart,
    },
    Knob {
        name: "activation",
        label: "Activation",
        kind: Kind::Choice {
            options: &[
                Choice::new("square", "z\u{b2}"),
                Choice::new("relu", "ReLU"),
            ],
        },
        default: "square",
        unit: "",
        help: "Nonlinearity of the hidden layer. ReLU wants a share of 0.56 and a decay of 1.",
        effect: Effect::Restart,
    },
    Knob {
        name: "init",
        label: "First layer",
        kind: Kind::Number {
            min: 0.05,
            max: 1.0,
            log: true,
            decimals: 2,
            ticks: &[0.05, 0.2, 0.4, 1.0],
        },
        default: "0.4",
        unit: "",
        help: "Standard deviation of the first layer\u{2019}s initial weights.",
        effect: Effect::Restart,
    },
    Knob {
        name: "twin",
        label: "Twin",
        kind: Kind::Choice {
            options: &[
                Choice::new("on", "shuffled labels"),
                Choice::new("off", "none"),
            ],
        },
        default: "on",
        unit: "",
        help: "A second network from the same weights on the same pairs, whose labels are shuffled: it can only memorise. It doubles the work.",
        effect: Effect::Restart,
    },
    WEIGHT_SEED,
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
    pub adam: bool,
    pub learning_rate: f64,
    pub decay: f64,
    /// Standard deviation of the first layer's initial weights.
    pub init: f64,
    pub twin: bool,
    /// The pair to predict.
    pub pair: Pair,
}

impl Setup {
    /// Reads the settings. All of them go together.
    pub fn read(settings: &Settings) -> Self {
        let modulus = settings.integer("modulus") as usize;
        Self {
            modulus,
            train_share: settings.number("train-share"),
            seed: settings.integer("seed"),
            weight_seed: settings.integer("weight-seed"),
            activation: match settings.choice("activation") {
                "relu" => Activation::Relu,
                _ => Activation::Square,
            },
            cross_entropy: settings.choice("loss") == "cross-entropy",
            adam: settings.choice("optimiser") == "adamw",
            learning_rate: settings.number("learning-rate"),
            decay: settings.number("decay"),
            init: settings.number("init"),
            twin: settings.choice("twin") == "on",
            pair: ["a", "b"].map(|name| settings.integer(name) as usize % modulus),
        }
    }

    /// What turns gradients into steps.
    pub fn optimiser(&self) -> Optimiser {
        let rule = if self.adam {
            Optimiser::adam(0.9, 0.99, 1e-8)
        } else {
            Optimiser::GRADIENT_DESCENT
        };
        rule.with_decay(Decay::Decoupled {
            rate: self.decay,
            masked: false,
        })
    }

    /// Number of leading modes that are looked at: one for every input, the
    /// size of the space of functions f(a) + g(b) and a little more than twice that of the
    /// p - 1 functions of a + b that the labels span.
    pub fn modes(&self) -> usize {
        2 * self.modulus
    }
}
