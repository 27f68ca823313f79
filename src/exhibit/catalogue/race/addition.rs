//! The race on modular addition: who understands the table first?

use super::arm_trial::ArmTrial;
use super::claims::Quantity;
use super::knobs::{ARMS, LEARNING_RATE, LOOK, SEED, SEEDS, batch, option, steps, with_arms};
use super::model::Race;
use super::problem::{ADAM, Outputs, Problem, Test};
use super::rule::Rule;
use super::setup::Setup;
use super::task::{Measure, Outcome, TaskSpecification, percent};
use crate::chart::Axis;
use crate::exhibit::key::{Choices, Key};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Knob, Labels, PairedRule, Settings};
use crate::network::{Activation, Forward, Mlp};
use crate::objective::{CrossEntropy, Objective, SquaredLoss};
use crate::task::ModularAddition;
use nalgebra::DMatrix;

/// Sums are taken modulo this, and half of the table is shown.
const MODULUS: usize = 23;
const TRAIN_SHARE: f64 = 0.5;

/// Hidden units, and the standard deviation of the first layer's weights.
const WIDTH: usize = 128;
const INIT: f64 = 0.4;

/// "Grokked": nineteen twentieths of the held-out pairs.
const GROKKED: f64 = 0.95;

/// "Five times as fast": the interval of the ratio of steps has to reach this.
const FIVEFOLD: f64 = 0.2;

static BATCHES: Choices<usize, 3> = Choices::new([
    ("all", "all", usize::MAX),
    ("64", "64", 64),
    ("16", "16", 16),
]);

const BATCH: Key<usize> = batch(&BATCHES).default("all");

/// What is minimised.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Loss {
    Squared,
    CrossEntropy,
}

static LOSSES: Choices<Loss, 2> = Choices::new([
    ("squared", "squared", Loss::Squared),
    ("cross-entropy", "cross-entropy", Loss::CrossEntropy),
]);

const LOSS: Key<Loss> = Key::choice("loss", "Loss", &LOSSES)
    .default("squared")
    .help("Half the squared distance to the one-hot target, or softmax cross-entropy; the mean over the pairs of the batch.");

static DECAYS: Choices<bool, 2> = Choices::new([
    ("off", "at full strength", false),
    ("on", "held back too", true),
]);

const MASK_DECAY: Key<bool> = Key::choice("mask-decay", "Decay under the mask", &DECAYS)
    .default("off")
    .help("Whether a mask holds the weight decay back as it does the gradient. If not, a mask that opens little raises the decay relative to the gradient.");

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<8, 26>(
    [
        SEEDS.knob,
        SEED.knob,
        BATCH.knob,
        LEARNING_RATE.default("0.003").knob,
        LOSS.knob,
        MASK_DECAY.knob,
        steps(8_000)
            .default("3000")
            .ticks(&[50.0, 3000.0, 8000.0])
            .knob,
        LOOK.knob,
    ],
    ["none", "hard", "random", "none", "absent", "absent"],
    ["1"; ARMS],
    ["1", "1", "1", "3", "1", "1"],
);

pub fn setup(settings: &Settings) -> Result<Setup, String> {
    Setup::read(&ADDITION, settings, 0.0)
}

fn share_axis(_: f64, _: f64) -> Axis {
    Axis::linear_with(0.0, 1.06, &[0.0, 0.5, 1.0], percent)
}

static ADDITION: TaskSpecification = TaskSpecification {
    measures: &[
        Measure::share("held-out", "**Held-out sums** right, every arm", share_axis),
        Measure::share("train", "**Shown sums** right, every arm", share_axis),
    ],
    score: 0,
    validation: None,
    stop: None,
    outcome: Outcome::Reaches(GROKKED),
    outcome_text: "steps to 95\u{202f}%",
    most_steps_a_frame: 2,
    draw,
    caption: |settings| {
        format!(
            "modulus {MODULUS}, {}, step size {}, batch {}",
            option(&LOSSES, settings.read(&LOSS)).value,
            settings.read(&LEARNING_RATE),
            option(&BATCHES, settings.read(&BATCH)).value
        )
    },
};

fn draw(settings: &Settings, seed: u32) -> Result<Problem, String> {
    let task = ModularAddition::new(MODULUS, TRAIN_SHARE, seed);
    let network = task.network(WIDTH, Activation::Square, INIT, seed);
    let labels = task.sums(&task.train);
    let targets = task.targets(&labels);
    let objective: Box<dyn Objective> = match settings.read(&LOSS) {
        Loss::Squared => Box::new(SquaredLoss::new(&targets)),
        Loss::CrossEntropy => {
            let loss = CrossEntropy::new(MODULUS, labels);
            Box::new(loss.map_err(|error| error.to_string())?)
        }
    };
    let pairs = [&task.train[..], &task.test].concat();
    Ok(Problem {
        reach: None,
        network: network.map_err(|error| error.to_string())?,
        inputs: task.inputs(&task.train),
        objective,
        outputs: Outputs::Plain,
        batch: settings.read(&BATCH).min(task.train.len()),
        optimiser: ADAM,
        rate: settings.read(&LEARNING_RATE),
        masks_decay: settings.read(&MASK_DECAY),
        labels: Labels {
            values: targets,
            meaning: "the sums, one-hot",
        },
        test: Box::new(Sums {
            inputs: task.inputs(&pairs),
            sums: task.sums(&pairs),
            train: task.train.len(),
        }),
    })
}

/// All pairs, those trained on first, and what they sum to.
#[derive(Debug)]
struct Sums {
    inputs: DMatrix<f64>,
    sums: Vec<usize>,
    /// Number of pairs that are trained on.
    train: usize,
}

impl Test for Sums {
    fn measure(&self, mlp: &Mlp) -> Vec<f64> {
        let mut forward = Forward::new();
        forward.run(mlp, &self.inputs);
        let answers = forward.outputs.column_iter().zip(&self.sums);
        let right: Vec<bool> = answers
            .map(|(outputs, sum)| outputs.imax() == *sum)
            .collect();
        let share = |right: &[bool]| {
            let count = right.iter().filter(|right| **right).count();
            count as f64 / right.len() as f64
        };
        let (train, held_out) = right.split_at(self.train);
        vec![share(held_out), share(train)]
    }
}

pub fn claims(state: &State<'_, Race>) -> Vec<Claim> {
    let (setup, gate) = (state.setup, state.setup.gate());
    let steps = Quantity::new(state, "Steps to 95\u{202f}%", ArmTrial::outcome);
    let fivefold = match setup.settings.read(&LOSS) {
        Loss::Squared => "gate-groks-five-times-faster",
        Loss::CrossEntropy => "gate-groks-five-times-faster-cross-entropy",
    };
    vec![
        steps.judged(
            [gate, setup.free()],
            PairedRule::AtMost(FIVEFOLD),
            fivefold,
            "With the gate grokking comes five times as fast.",
        ),
        steps.less(
            [gate, setup.under(Rule::Random)],
            "grokking-gate-beats-random-mask",
            "It does so because of which parameters it opens: sooner than as many at random.",
        ),
        steps.less(
            [gate, setup.more_decayed()],
            "grokking-gate-beats-decay",
            "It does more than raise the weight decay relative to the gradient: sooner than no gate with more decay.",
        ),
    ]
}
