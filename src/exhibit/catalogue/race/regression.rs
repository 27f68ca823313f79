//! The race on noisy 1D regression: the network and the data of the first
//! exhibit, under Adam or gradient descent.

use super::arm_trial::ArmTrial;
use super::claims::{Quantity, no_validation};
use super::knobs::{LEARNING_RATE, LOOK, SEED, SEEDS, STEPS, STOP_BELOW, batch, option, with_arms};
use super::model::Race;
use super::operated::Reach;
use super::problem::{Along, Graph, Outputs, Problem, Test, VALIDATION_SEED};
use super::rule::Rule;
use super::setup::Setup;
use super::task::{Measure, Outcome, TaskSpecification};
use crate::exhibit::key::{Choices, Key};
use crate::exhibit::regression::{Configuration, RegressionRun};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Knob, Labels, Settings};
use crate::network::{Activation, Forward, Mlp, Parametrisation};
use crate::task::{Inputs, Regression, Target};
use crate::training::{self, Optimiser};
use nalgebra::{DMatrix, DVector};

/// Gradient descent takes half of its stability limit.
const STEP_FRACTION: f64 = 0.5;

/// Points of the validation set: as noisy as the others, never trained on.
const VALIDATION_POINTS: usize = 20;

const NOISE: Key<f64> = Key::number("noise", "Noise", 0.0, 1.0)
    .ticks(&[0.0, 0.5, 1.0])
    .default("0.6")
    .help("Standard deviation of the label noise.");

static OPTIMISERS: Choices<Optimiser, 2> = Choices::new([
    ("adam", "Adam", Optimiser::adam(0.9, 0.999, 1e-8)),
    ("gd", "gradient descent", Optimiser::GRADIENT_DESCENT),
]);

const OPTIMISER: Key<Optimiser> = Key::choice("optimiser", "Optimiser", &OPTIMISERS)
    .default("adam")
    .help("Adam with memories 0.9 and 0.999, or gradient descent at half its stability limit, times min(1, 2b/n + 1/4) for a minibatch of b.");

const POINTS: Key<u32> = Key::integer("points", "Training points", 10, 80)
    .ticks(&[10.0, 40.0, 80.0])
    .default("40")
    .help("Number n of training points, at random places in [\u{2212}1, 1].");

static BATCHES: Choices<usize, 5> = Choices::new([
    ("all", "all", usize::MAX),
    ("16", "16", 16),
    ("8", "8", 8),
    ("4", "4", 4),
    ("2", "2", 2),
]);

const BATCH: Key<usize> = batch(&BATCHES).default("all");

const WIDTHS: Key<Vec<usize>> = Key::list("widths", "Widths", 128, 3, &["16-16", "32-32", "64-64"])
    .default("64-64")
    .help("Units in each hidden layer.");

/// The best step to stop the ungated arm at: see [`TaskSpecification::stop`].
const STOP: u64 = 68;

static CARRIED: Choices<bool, 2> =
    Choices::new([("off", "not carried", false), ("on", "of every arm", true)]);

const OPERATORS: Key<bool> = Key::choice("operators", "Operators", &CARRIED)
    .default("off")
    .help("Carries W, P and G of every arm through every step of the first trial, under its mask and its optimiser. A step then takes many times as long.");

/// What the operators reach for of 201 test points.
fn every_eighth(inputs: &DMatrix<f64>) -> DMatrix<f64> {
    let count = inputs.ncols().div_ceil(8);
    inputs.columns_with_step(0, count, 7).into_owned()
}

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<12, 30>(
    [
        NOISE.knob,
        SEEDS.knob,
        STOP_BELOW.default("0.002").knob,
        SEED.knob,
        OPTIMISER.knob,
        LEARNING_RATE.default("0.01").knob,
        POINTS.knob,
        BATCH.knob,
        WIDTHS.knob,
        OPERATORS.knob,
        STEPS.default("2500").ticks(&[50.0, 2500.0, 12_000.0]).knob,
        LOOK.knob,
    ],
    ["none", "hard", "random", "random-own", "none", "none"],
    ["1", "1", "1", "1", "0.02", "1"],
    ["0", "0", "0", "0", "0", "1"],
);

pub fn setup(settings: &Settings) -> Result<Setup, String> {
    Setup::read(&REGRESSION, settings, settings.read(&STOP_BELOW))
}

static REGRESSION: TaskSpecification = TaskSpecification {
    measures: &[
        Measure::error("test", "**Test error** of every arm"),
        Measure::error("validation", "**Validation error** of every arm"),
        Measure::error("train", "**Training error** of every arm"),
    ],
    score: 0,
    validation: Some(1),
    stop: Some(STOP),
    outcome: Outcome::End,
    outcome_text: "test error at the end",
    most_steps_a_frame: 10,
    draw,
    caption: |settings| {
        format!(
            "{}, noise {}, n = {}, batch {}",
            option(&OPTIMISERS, settings.read(&OPTIMISER)).label,
            settings.read(&NOISE),
            settings.read(&POINTS),
            option(&BATCHES, settings.read(&BATCH)).value
        )
    },
};

fn draw(settings: &Settings, seed: u32) -> Result<Problem, String> {
    let points = settings.read(&POINTS) as usize;
    let configuration = Configuration {
        own: Vec::new(),
        target: Target::Sine,
        inputs: Inputs::Random,
        points,
        noise: settings.read(&NOISE),
        seed,
        weight_seed: seed,
        widths: settings.read(&WIDTHS),
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        batch: settings.read(&BATCH).min(points),
    };
    let run = RegressionRun::new(&configuration, 1)?;
    let [eps, signal, test_signal] = run.known()?;
    let optimiser = settings.read(&OPTIMISER);
    let rate = match optimiser.rule {
        training::Rule::Adam { .. } => settings.read(&LEARNING_RATE),
        training::Rule::GradientDescent | training::Rule::Momentum { .. } => {
            run.step_size(STEP_FRACTION)
        }
    };
    let (network, noise) = (run.trainer.mlp().clone(), configuration.noise);
    let reach = settings.read(&OPERATORS) && seed == settings.read(&SEED);
    let reach = reach.then(|| Reach {
        inputs: every_eighth(&run.test_inputs),
        noise: eps,
    });
    let seed = seed.wrapping_add(VALIDATION_SEED);
    let validation = Regression::new(Target::Sine, Inputs::Random, VALIDATION_POINTS, noise, seed);
    Ok(Problem {
        inputs: run.problem.inputs.clone(),
        outputs: Outputs::Centred,
        batch: configuration.batch,
        optimiser,
        rate,
        masks_decay: false,
        reach,
        labels: Labels {
            values: DMatrix::from_row_slice(1, points, &run.problem.labels),
            meaning: "the true function and noise",
        },
        test: Box::new(Errors {
            validation: Points::new(&network, validation.inputs, &validation.labels),
            train: Points::new(&network, run.problem.inputs, &run.problem.labels),
            test: Points::new(&network, run.test_inputs, test_signal.as_slice()),
            signal,
        }),
        objective: Box::new(run.objective),
        network,
    })
}

/// Inputs, the initial outputs there, and what outputs less those are to be.
#[derive(Debug)]
struct Points {
    inputs: DMatrix<f64>,
    origin: DVector<f64>,
    labels: DVector<f64>,
}

fn outputs(mlp: &Mlp, inputs: &DMatrix<f64>) -> DVector<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, inputs);
    DVector::from_column_slice(forward.outputs.as_slice())
}

impl Points {
    fn new(network: &Mlp, inputs: DMatrix<f64>, labels: &[f64]) -> Self {
        Self {
            origin: outputs(network, &inputs),
            labels: DVector::from_column_slice(labels),
            inputs,
        }
    }

    /// What is left of the labels, negated.
    fn misses(&self, mlp: &Mlp) -> DVector<f64> {
        outputs(mlp, &self.inputs) - &self.origin - &self.labels
    }

    /// Mean squared distance to the labels.
    fn error(&self, mlp: &Mlp) -> f64 {
        let squares: f64 = self.misses(mlp).iter().map(|miss| miss * miss).sum();
        squares / self.labels.len() as f64
    }
}

/// Errors of a network.
#[derive(Debug)]
struct Errors {
    test: Points,
    validation: Points,
    train: Points,
    /// f* at the training inputs.
    signal: DVector<f64>,
}

impl Test for Errors {
    fn measure(&self, mlp: &Mlp) -> Vec<f64> {
        let misses = self.test.misses(mlp);
        let test = misses.norm_squared() / misses.len() as f64;
        vec![test, self.validation.error(mlp), self.train.error(mlp)]
    }

    fn graph(&self, _: Along, networks: &[&Mlp]) -> Graph {
        // Every other point: five networks are asked at each of them.
        let half = |values: &[f64]| values.iter().step_by(2).copied().collect::<Vec<f64>>();
        let x = half(self.test.inputs.as_slice());
        let inputs = DMatrix::from_row_slice(1, x.len(), &x);
        let origin = DVector::from_vec(half(self.test.origin.as_slice()));
        let values = |mlp: &&Mlp| (outputs(mlp, &inputs) - &origin).data.into();
        let points = self.train.inputs.iter().zip(&self.signal);
        let points = points.zip(&self.train.labels);
        Graph {
            networks: networks.iter().map(values).collect(),
            truth: half(self.test.labels.as_slice()),
            points: points.map(|((&x, &f), &y)| [x, f, y]).collect(),
            x,
        }
    }
}

pub fn claims(state: &State<'_, Race>) -> Vec<Claim> {
    let (gate, free) = (state.setup.gate(), state.setup.free());
    let under = |rule| [gate, state.setup.under(rule)];
    let end = Quantity::new(state, "Test error at the end", ArmTrial::at_the_end);
    let best = Quantity::new(state, "Best test error on the way", ArmTrial::best);
    vec![
        end.less(
            [gate, free],
            "gate-generalises-better",
            "Updating a parameter only where the batch agrees on it generalises better.",
        ),
        end.less(
            under(Rule::Random),
            "gate-beats-random-mask",
            "It does so because of which parameters it opens: better than as many at random.",
        ),
        end.less(
            under(Rule::RandomOwn),
            "gate-beats-own-random-mask",
            "Better also than a random mask that opens as many as the gate would where that arm itself stands.",
        ),
        end.less(
            [gate, state.setup.other_step()],
            "gate-beats-best-step",
            "It is more than a brake: better than the best fixed step.",
        ),
        end.less(
            [gate, state.setup.more_decayed()],
            "gate-beats-best-decay",
            "It is more than a penalty: better than the best weight decay.",
        ),
        end.against(
            [gate, free],
            ArmTrial::at_fixed_stop,
            "gate-beats-best-stop",
            "It is more than stopping early: better than no gate stopped at the best fixed step.",
        ),
        best.less(
            [gate, free],
            "gate-finds-better",
            "It leads to networks that the ungated run does not pass through.",
        ),
        no_validation(
            state,
            "gate-needs-no-validation",
            &format!("{VALIDATION_POINTS} validation points"),
        ),
    ]
}
