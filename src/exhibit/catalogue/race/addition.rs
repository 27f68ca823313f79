//! The race on modular addition: who understands the table first?

use super::Looking;
use super::claims::between;
use super::comparison::outcome;
use super::course::{Course, Discipline, Drawn, Measure, Outcome, Train};
use super::heat::Trace;
use super::knobs::{LOOK, SEED, SEEDS, arm, batch, batch_size, learning_rate, steps, with_arms};
use super::rule::Rule;
use super::run::Run;
use crate::chart::{Axis, Chart, number};
use crate::exhibit::{Choice, Claim, Effect, Kind, Knob, Labels, Settings, Verdict, text};
use crate::network::{Activation, Forward, Mlp};
use crate::objective::{CrossEntropy, Objective, SquaredLoss};
use crate::random::{Stream, stream};
use crate::task::ModularAddition;
use crate::training::{BatchSampler, Optimiser, Trainer};
use nalgebra::DMatrix;

/// Sums are taken modulo this, and half of the table is shown.
const MODULUS: usize = 23;
const TRAIN_SHARE: f64 = 0.5;

/// Hidden units, and the standard deviation of the first layer's weights.
const WIDTH: usize = 128;
const INIT: f64 = 0.4;

/// "Grokked": nineteen twentieths of the held-out pairs.
const GROKKED: f64 = 0.95;

/// "Five times as fast", with room for the spread of a few seeds.
const FIVEFOLD: f64 = 0.25;

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<8, 23>(
    [
        SEEDS,
        SEED,
        batch(
            "all",
            &[
                Choice::new("all", "all"),
                Choice::new("64", "64"),
                Choice::new("16", "16"),
            ],
        ),
        learning_rate("0.003"),
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
            help: "Half the squared distance to the one-hot target, or softmax cross-entropy; the mean over the pairs of the batch.",
            effect: Effect::Restart,
        },
        Knob {
            name: "mask-decay",
            label: "Decay under the mask",
            kind: Kind::Choice {
                options: &[
                    Choice::new("off", "at full strength"),
                    Choice::new("on", "held back too"),
                ],
            },
            default: "off",
            unit: "",
            help: "Whether a mask holds the weight decay back as it does the gradient. If not, a mask that opens little raises the decay relative to the gradient.",
            effect: Effect::Restart,
        },
        steps("3000", 8_000, &[50.0, 3000.0, 8000.0]),
        LOOK,
    ],
    [
        arm(1, "none", "1"),
        arm(2, "hard", "1"),
        arm(3, "random", "1"),
        arm(4, "none", "2"),
        arm(5, "absent", "1"),
    ],
);

fn share_axis(_: f64, _: f64) -> Axis {
    Axis::linear_with(0.0, 1.06, &[0.0, 0.5, 1.0], |share| {
        format!("{}\u{2009}%", number(100.0 * share))
    })
}

/// The discipline.
pub static ADDITION: Discipline = Discipline {
    measures: &[
        Measure {
            name: "held-out",
            title: ["Held-out sums", " right, every arm"],
            format: text::percent,
            axis: share_axis,
        },
        Measure {
            name: "train",
            title: ["Shown sums", " right, every arm"],
            format: text::percent,
            axis: share_axis,
        },
    ],
    score: 0,
    validation: None,
    outcome: Outcome::Reaches(GROKKED),
    outcome_words: "steps to 95\u{2009}%",
    most_steps_a_frame: 2,
    course,
    claims,
    caption: |settings| {
        format!(
            "modulus {MODULUS}, {}, step {}, batch {}",
            settings.choice("loss"),
            settings.number("learning-rate"),
            settings.choice("batch")
        )
    },
};

#[derive(Debug)]
struct AdditionCourse {
    task: ModularAddition,
    loss: Box<dyn Objective>,
    /// All pairs, those shown first, and what they sum to.
    inputs: DMatrix<f64>,
    sums: Vec<usize>,
    seed: u32,
    batch: usize,
    learning_rate: f64,
    mask_decay: bool,
}

fn course(settings: &Settings, seed: u32) -> Drawn {
    let task = ModularAddition::new(MODULUS, TRAIN_SHARE, seed);
    let mut pairs = task.train.clone();
    pairs.extend(&task.test);
    let labels = task.sums(&task.train);
    let loss: Box<dyn Objective> = match settings.choice("loss") {
        "cross-entropy" => {
            Box::new(CrossEntropy::new(MODULUS, labels).map_err(|error| error.to_string())?)
        }
        _ => Box::new(SquaredLoss::new(&task.targets(&labels))),
    };
    Ok(Box::new(AdditionCourse {
        inputs: task.inputs(&pairs),
        sums: task.sums(&pairs),
        batch: batch_size(settings, task.train.len()),
        learning_rate: settings.number("learning-rate"),
        mask_decay: settings.choice("mask-decay") == "on",
        task,
        loss,
        seed,
    }))
}

impl Course for AdditionCourse {
    fn trainer(&self) -> Result<Box<dyn Train>, String> {
        let network = self
            .task
            .network(WIDTH, Activation::Square, INIT, self.seed);
        let mlp = network.map_err(|error| error.to_string())?;
        let batches = stream(self.seed, Stream::Batches);
        let sampler = BatchSampler::new(self.task.train.len(), self.batch, batches);
        let mask = stream(self.seed, Stream::Mask);
        let inputs = self.task.inputs(&self.task.train);
        let trainer = Trainer::new(mlp, inputs, false, sampler, mask);
        Ok(Box::new(trainer))
    }

    fn objective(&self) -> &dyn Objective {
        self.loss.as_ref()
    }

    fn labels(&self) -> Labels {
        Labels {
            values: self.task.targets(&self.task.sums(&self.task.train)),
            meaning: "the sums, one-hot",
        }
    }

    fn optimiser(&self) -> Optimiser {
        Optimiser::adam(0.9, 0.99, 1e-8)
    }

    fn masks_decay(&self) -> bool {
        self.mask_decay
    }

    fn rate(&self) -> f64 {
        self.learning_rate
    }

    fn measure(&self, mlp: &Mlp) -> Vec<f64> {
        let mut forward = Forward::new();
        forward.run(mlp, &self.inputs);
        let right: Vec<bool> = forward
            .outputs
            .column_iter()
            .zip(&self.sums)
            .map(|(outputs, sum)| outputs.imax() == *sum)
            .collect();
        let share = |right: &[bool]| {
            let count = right.iter().filter(|right| **right).count();
            count as f64 / right.len() as f64
        };
        let (shown, held_out) = right.split_at(self.task.train.len());
        vec![share(held_out), share(shown)]
    }

    fn chart(&self, _: &str, _: &Run, _: Option<Looking>) -> Option<Chart> {
        None
    }
}

fn claims(run: &Run) -> Vec<Claim> {
    let setup = &run.setup;
    let arrives = |trace: &Trace, arm: usize| outcome(run.discipline, trace, arm);
    let (gate, free) = (setup.gate(), setup.free());
    let random = setup.place(|rule| rule == Rule::Random);
    let usual = gate.map_or(f64::INFINITY, |gate| setup.arms[gate].decay);
    let decayed = setup
        .arms
        .iter()
        .position(|arm| arm.rule == Rule::Free && arm.decay > usual);
    let steps = "Steps to 95\u{2009}%";
    let contest = |words, arms| between(run, words, steps, arms, &arrives);
    vec![
        contest(
            [
                "gate-groks-five-times-faster",
                "With the gate grokking comes five times as fast.",
            ],
            [gate, free],
        )
        .claim_of(run, |paired| {
            if !paired.is_lower() {
                return match paired.is_higher() {
                    true => (Verdict::DoesNotHold, "later by more than chance"),
                    false => (Verdict::DoesNotHold, "no clear difference"),
                };
            }
            match paired.spread().median <= FIVEFOLD {
                true => (Verdict::Holds, "at least four times as fast"),
                false => (Verdict::Partly, "sooner, by much less than five times"),
            }
        }),
        contest(
            [
                "grokking-gate-beats-random-mask",
                "It does so because of which parameters it opens: sooner than as many at random.",
            ],
            [gate, random],
        )
        .claim(run),
        contest(
            [
                "grokking-gate-beats-decay",
                "It does more than raise the weight decay relative to the gradient: sooner than no gate with more decay.",
            ],
            [gate, decayed],
        )
        .claim(run),
    ]
}
