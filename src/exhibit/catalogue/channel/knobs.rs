//! What can be set in the channel exhibit.

use crate::exhibit::key::{Choices, Key};
use crate::exhibit::regression::Configuration;
use crate::exhibit::shared_knobs::{ACTIVATION, DATA, DATA_SEED, INPUTS, WEIGHT_SEED, pace_of};
use crate::exhibit::{Effect, Knob, Settings};
use crate::kernel::Scheme;
use crate::network::{Activation, Parametrisation};
use crate::task::{Inputs, Target};
use crate::training::{Decay, Gate, GateError, Optimiser};

/// A run ends here: the reservoir has stopped emptying at a visible rate.
pub const STEP_LIMIT: u64 = 4_000;

/// Points of three classes: each is two directions, and costs nine times as much.
pub const MOST_CLASS_POINTS: usize = 40;

/// What is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Noisy regression on a line, squared loss.
    Regression,
    /// Three classes in the plane, softmax cross-entropy.
    ThreeClasses,
}

/// How weights follow from gradients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Descent,
    /// Descent with decoupled decay.
    Decay,
    Momentum,
    Adam,
    /// Adam with decoupled decay.
    AdamW,
}

impl Method {
    /// Whether its step size is that of Adam.
    pub fn is_adaptive(self) -> bool {
        matches!(self, Self::Adam | Self::AdamW)
    }

    pub fn decays(self) -> bool {
        matches!(self, Self::Decay | Self::AdamW)
    }

    /// Whether every step is a multiple of the present gradient: W' and its bound exist.
    pub fn is_plain(self) -> bool {
        self == Self::Descent
    }
}

static TASKS: Choices<Task, 2> = Choices::new([
    ("regression", "regression", Task::Regression),
    ("three-classes", "three classes", Task::ThreeClasses),
]);

const TASK: Key<Task> = Key::choice("task", "Task", &TASKS)
    .default("regression")
    .help("Noisy regression on a line with squared loss, or three classes in the plane with softmax cross-entropy, whose Hessian B is no multiple of the identity.");

const NOISE: Key<f64> = Key::number("noise", "Noise", 0.0, 1.0)
    .ticks(&[0.0, 0.5, 1.0])
    .default("0.5")
    .effect(Effect::Window)
    .help(
        "Standard deviation of the label noise. A change moves the labels and opens a new window.",
    );

const STEP_FRACTION: Key<f64> = Key::number("step-fraction", "Step size", 0.001, 2.0)
    .log(3)
    .ticks(&[0.001, 0.01, 0.1, 1.0])
    .default("0.25")
    .unit("of 2n/\u{3bb}\u{2081}")
    .effect(Effect::Live)
    .help("Step of gradient descent as a fraction c of the stability limit at step 0: \u{3b7} = c \u{b7} 2n/\u{3bb}\u{2081}.");

const WRONG: Key<f64> = Key::number("wrong-labels", "Wrong labels", 0.0, 0.5)
    .ticks(&[0.0, 0.25, 0.5])
    .default("0.25")
    .unit("share")
    .effect(Effect::Window)
    .help("Share of the training labels of the three classes that are wrong. A change opens a new window.");

static SCHEMES: Choices<Scheme, 3> = Choices::new([
    ("path", "mean along it", Scheme::PATH),
    ("secant", "mean of both ends", Scheme::Secant),
    ("left", "before it", Scheme::Left),
]);

const SCHEME: Key<Scheme> = Key::choice("scheme", "Jacobian of a step", &SCHEMES)
    .default("path")
    .effect(Effect::Window)
    .help("Which Jacobian stands for a whole step in the operators. The mean along the step is exact; the others leave an error, which is shown. A change opens a new window.");

const WINDOW: Key<u32> = Key::integer("window", "Window from step", 0, STEP_LIMIT as u32 - 1)
    .default("0")
    .effect(Effect::Window)
    .help("Step s at which the operators begin, now or later; an earlier one needs a new run.");

const HIDDEN_ACTIVATION: Key<Activation> = ACTIVATION.help("Nonlinearity of the hidden layers. A ReLU network crosses kinks within its steps; the mean Jacobian accounts for them.");

const WIDTHS: Key<Vec<usize>> = Key::list("widths", "Widths", 256, 4, &["none", "32-32", "64-64"])
    .default("32-32")
    .help("Units in each hidden layer; with none the network is linear in its parameters.");

const POINTS: Key<u32> = Key::integer("points", "Training points", 2, 128)
    .ticks(&[24.0, 64.0, 128.0])
    .default("24")
    .help("Number n of training points. On regression there are as many directions; on three classes two for each of at most 40 points.");

const TRAIN_INPUTS: Key<Inputs> = INPUTS.help("Where the training inputs stand in [\u{2212}1, 1].");

static BATCHES: Choices<Option<usize>, 4> = Choices::new([
    ("all", "all", None),
    ("16", "16", Some(16)),
    ("8", "8", Some(8)),
    ("4", "4", Some(4)),
]);

const BATCH: Key<Option<usize>> = Key::choice("batch", "Batch", &BATCHES)
    .default("all")
    .effect(Effect::Window)
    .help("Examples per step, drawn without replacement. A change opens a new window.");

static GATES: Choices<Gate, 3> = Choices::new([
    ("off", "off", Gate::Off),
    ("hard", "hard", Gate::Hard),
    ("random", "random", Gate::Random),
]);

const GATE: Key<Gate> = Key::choice("gate", "SNR gate", &GATES)
    .default("off")
    .effect(Effect::Window)
    .help("Update a parameter only if \u{3bc}\u{b2} > \u{3c3}\u{b2}/(b\u{2212}1) over the batch (hard), or as many drawn at random. The kernel is then J M J\u{1d40}. A change opens a new window.");

static METHODS: Choices<Method, 5> = Choices::new([
    ("descent", "gradient descent", Method::Descent),
    ("momentum", "momentum", Method::Momentum),
    ("adam", "Adam", Method::Adam),
    ("adamw", "AdamW", Method::AdamW),
    ("decay", "descent with decay", Method::Decay),
]);

const METHOD: Key<Method> = Key::choice("optimiser", "Optimiser", &METHODS)
    .default("descent")
    .effect(Effect::Window)
    .help("The operators carry what each step of it does. A change opens a new window.");

const MOMENTUM: Key<f64> = Key::number("momentum", "Momentum", 0.0, 0.99)
    .ticks(&[0.0, 0.5, 0.9])
    .default("0.9")
    .effect(Effect::Window)
    .help("Share \u{3b2} of the last direction that goes into the next: v \u{2190} \u{3b2}v + gradient. A change opens a new window.");

const DECAY: Key<f64> = Key::number("decay", "Weight decay", 0.0001, 1.0)
    .log(4)
    .ticks(&[0.0001, 0.01, 1.0])
    .default("0.01")
    .effect(Effect::Window)
    .help("Rate \u{3bb} of AdamW and of descent with decay: every step subtracts \u{3b7}\u{3bb} times the weights. A change opens a new window.");

const LEARNING_RATE: Key<f64> = Key::number("learning-rate", "Adam\u{2019}s step", 0.0001, 0.1)
    .log(4)
    .ticks(&[0.0001, 0.001, 0.01, 0.1])
    .default("0.01")
    .effect(Effect::Live)
    .help("Step size of Adam and AdamW; the other optimisers take the step size above.");

const THRESHOLD: Key<f64> = Key::number("threshold", "Channel split", 0.0001, 0.5)
    .log(4)
    .ticks(&[0.0001, 0.001, 0.01, 0.1])
    .default("0.1")
    .unit("of the largest")
    .effect(Effect::View)
    .help("Directions with at least this share of the largest eigenvalue of W are the channel, the others the reservoir.");

const MODE: Key<u32> = Key::integer("mode", "Direction shown", 1, 128)
    .default("4")
    .effect(Effect::View)
    .help("Which eigenvector of W the last view shows while none is pointed at.");

static PACES: Choices<Option<u64>, 4> = Choices::new([
    ("log", "1 rising to 8", None),
    ("1", "1", Some(1)),
    ("4", "4", Some(4)),
    ("20", "20", Some(20)),
]);

const PACE: Key<Option<u64>> = pace_of(&PACES);

/// The declarations.
pub static KNOBS: &[Knob] = &[
    NOISE.knob,
    TASK.knob,
    WRONG.knob,
    DATA_SEED.knob,
    STEP_FRACTION.knob,
    SCHEME.knob,
    WINDOW.knob,
    HIDDEN_ACTIVATION.knob,
    WIDTHS.knob,
    POINTS.knob,
    TRAIN_INPUTS.knob,
    BATCH.knob,
    GATE.knob,
    METHOD.knob,
    LEARNING_RATE.knob,
    MOMENTUM.knob,
    DECAY.knob,
    THRESHOLD.knob,
    MODE.knob,
    PACE.knob,
    WEIGHT_SEED.knob,
    DATA.knob,
];

/// The knobs' values in the types of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub task: Task,
    pub configuration: Configuration,
    /// Share of wrong labels, of three classes.
    pub wrong: f64,
    pub step_fraction: f64,
    /// Of Adam.
    pub learning_rate: f64,
    pub method: Method,
    pub optimiser: Optimiser,
    pub scheme: Scheme,
    /// s.
    pub window: u64,
    pub gate: Gate,
    pub threshold: f64,
    /// Counted from 0.
    pub mode: usize,
    /// Steps per frame; nothing for the logarithmic pace.
    pub pace: Option<u64>,
}

impl Setup {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence if they do not go together.
    pub fn read(settings: &Settings) -> Result<Self, String> {
        let task = settings.read(&TASK);
        let own = match task {
            Task::Regression => settings.read(&DATA),
            Task::ThreeClasses => Vec::new(),
        };
        let points = match own.len() {
            0 => settings.read(&POINTS) as usize,
            1 => return Err("data: at least two points are needed here.".into()),
            count => count,
        };
        if task == Task::ThreeClasses && points > MOST_CLASS_POINTS {
            return Err(format!(
                "points: three classes take at most {MOST_CLASS_POINTS} points here, as each has two directions; {points} were asked for."
            ));
        }
        let method = settings.read(&METHOD);
        let setup = Self {
            task,
            wrong: settings.read(&WRONG),
            method,
            optimiser: optimiser(method, settings),
            configuration: Configuration {
                own,
                target: Target::Sine,
                inputs: settings.read(&TRAIN_INPUTS),
                points,
                noise: settings.read(&NOISE),
                seed: settings.read(&DATA_SEED),
                weight_seed: settings.read(&WEIGHT_SEED),
                widths: settings.read(&WIDTHS),
                activation: settings.read(&HIDDEN_ACTIVATION),
                parametrisation: Parametrisation::Ntk,
                batch: settings.read(&BATCH).unwrap_or(points).min(points),
            },
            step_fraction: settings.read(&STEP_FRACTION),
            learning_rate: settings.read(&LEARNING_RATE),
            scheme: settings.read(&SCHEME),
            window: u64::from(settings.read(&WINDOW)),
            gate: settings.read(&GATE),
            threshold: settings.read(&THRESHOLD),
            mode: settings.read(&MODE) as usize - 1,
            pace: settings.read(&PACE),
        };
        if setup.gate.compares_examples() && setup.configuration.batch < 2 {
            return Err(GateError::BatchOfOne.to_string());
        }
        Ok(setup)
    }
}

fn optimiser(method: Method, settings: &Settings) -> Optimiser {
    let rule = match method {
        Method::Descent | Method::Decay => Optimiser::GRADIENT_DESCENT,
        Method::Momentum => Optimiser::momentum(settings.read(&MOMENTUM)),
        Method::Adam | Method::AdamW => Optimiser::adam(0.9, 0.999, 1e-8),
    };
    match method.decays() {
        true => rule.with_decay(Decay::Decoupled {
            rate: settings.read(&DECAY),
            masked: false,
        }),
        false => rule,
    }
}
