//! The race on preferences: direct preference optimisation of a policy, with
//! some of the preferences the wrong way round.

use super::arm_trial::ArmTrial;
use super::claims::{Arms, Quantity, compare};
use super::knobs::{LEARNING_RATE, LOOK, SEED, SEEDS, batch, option, steps, with_arms};
use super::model::Race;
use super::problem::{ADAM, Outputs, Problem, Test};
use super::rule::Rule;
use super::setup::Setup;
use super::task::{Measure, Outcome, TaskSpecification, percent, step_up};
use crate::chart::Axis;
use crate::exhibit::key::{Choices, Key};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Knob, Labels, PairedRule, Settings, text};
use crate::network::{Forward, Mlp};
use crate::task::{Judge, Preferences};
use nalgebra::DMatrix;

/// Training pairs, and hidden layers of the policy.
const PAIRS: usize = 512;
const WIDTHS: [usize; 2] = [64, 64];

/// Places of the measures.
pub const DIVERGENCE: usize = 1;
pub const REWARD: usize = 2;
const LOST: usize = 3;

/// A median of ratios below this is worth the name of a better frontier.
const CLEARLY_LESS: f64 = 0.98;

const FLIPS: Key<f64> = Key::number("flips", "Flipped pairs", 0.0, 0.5)
    .ticks(&[0.0, 0.25, 0.5])
    .default("0.3")
    .unit("of all")
    .help("Share of the training pairs that prefer the worse action.");

const BETA: Key<f64> = Key::number("beta", "\u{3b2}", 0.02, 2.0)
    .log(2)
    .ticks(&[0.02, 0.2, 2.0])
    .default("0.2")
    .help("How strongly the policy is held to its reference.");

static BATCHES: Choices<usize, 4> = Choices::new([
    ("all", "all", usize::MAX),
    ("128", "128", 128),
    ("32", "32", 32),
    ("8", "8", 8),
]);

const BATCH: Key<usize> = batch(&BATCHES).default("32");

/// The best step to stop the ungated arm at: see [`TaskSpecification::stop`].
const STOP: u64 = 550;

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<8, 26>(
    [
        FLIPS.knob,
        SEEDS.knob,
        SEED.knob,
        BETA.knob,
        BATCH.knob,
        LEARNING_RATE.default("0.001").knob,
        steps(6_000)
            .default("3000")
            .ticks(&[50.0, 3000.0, 6000.0])
            .knob,
        LOOK.knob,
    ],
    ["none", "hard", "random", "streaming-snr", "none", "none"],
    ["1", "1", "1", "1", "0.1", "1"],
    ["0", "0", "0", "0", "0", "1"],
);

pub fn setup(settings: &Settings) -> Result<Setup, String> {
    Setup::read(&PREFERENCES, settings, 0.0)
}

fn accuracy_axis(_: f64, highest: f64) -> Axis {
    Axis::linear_with(
        0.48,
        step_up(highest, &[0.8, 0.9, 1.0]),
        &[0.5, 0.6, 0.7, 0.8, 0.9],
        percent,
    )
}

/// From 0 to a declared end.
fn positive_axis(_: f64, highest: f64) -> Axis {
    Axis::nice(0.0, step_up(highest, &[2.0, 5.0, 10.0, 50.0]), 4)
}

static PREFERENCES: TaskSpecification = TaskSpecification {
    measures: &[
        Measure::share(
            "accuracy",
            "**Held-out pairs** ranked right, every arm",
            accuracy_axis,
        ),
        Measure::number(
            "divergence",
            "**Divergence** from the reference in nats, every arm",
            positive_axis,
        ),
        Measure::number("reward", "**Reward** true, every arm", positive_axis),
        Measure::number(
            "reward-lost",
            "**Reward lost** against the best action, every arm",
            positive_axis,
        ),
    ],
    score: 0,
    validation: None,
    stop: Some(STOP),
    outcome: Outcome::Lacks,
    outcome_text: "held-out error at the end",
    most_steps_a_frame: 6,
    draw,
    caption: |settings| {
        format!(
            "{} flipped, beta {}, batch {}",
            text::whole_percent(settings.read(&FLIPS)),
            settings.read(&BETA),
            option(&BATCHES, settings.read(&BATCH)).value
        )
    },
};

fn draw(settings: &Settings, seed: u32) -> Result<Problem, String> {
    let task = Preferences::new(PAIRS, settings.read(&FLIPS), seed);
    let reference = task.reference(&WIDTHS, seed);
    let reference = reference.map_err(|error| error.to_string())?;
    let loss = task.loss(&reference, settings.read(&BETA));
    let mut values = DMatrix::repeat(task.test_rewards.nrows(), PAIRS, f64::NAN);
    let pairs = task.pairs.iter().zip(&task.flipped);
    for (mut of_state, (pair, flipped)) in values.column_iter_mut().zip(pairs) {
        of_state[pair[usize::from(*flipped)]] = 1.0;
        of_state[pair[usize::from(!*flipped)]] = 0.0;
    }
    Ok(Problem {
        reach: None,
        inputs: task.states.clone(),
        objective: Box::new(loss.map_err(|error| error.to_string())?),
        outputs: Outputs::Plain,
        batch: settings.read(&BATCH).min(PAIRS),
        optimiser: ADAM,
        rate: settings.read(&LEARNING_RATE),
        masks_decay: false,
        labels: Labels {
            values,
            meaning: "1 for the action preferred, 0 for the other of the pair, null for the rest",
        },
        test: Box::new(Judged {
            judge: Judge::new(&task, &reference),
            task,
        }),
        network: reference,
    })
}

/// Policies, judged by the true reward.
#[derive(Debug)]
struct Judged {
    task: Preferences,
    judge: Judge,
}

impl Test for Judged {
    fn measure(&self, mlp: &Mlp) -> Vec<f64> {
        let mut forward = Forward::new();
        forward.run(mlp, &self.task.test_states);
        let judged = self.judge.judge_logits(&forward.outputs);
        let lost = self.task.best_reward() - judged.reward;
        vec![judged.accuracy, judged.divergence, judged.reward, lost]
    }
}

/// Divergence and reward lost of an arm at every recorded step.
fn path(arm: ArmTrial<'_>) -> Vec<[f64; 2]> {
    let pairs = arm.measured(DIVERGENCE).zip(arm.measured(LOST));
    pairs.map(|(divergence, lost)| [divergence, lost]).collect()
}

/// Reward lost where a path has first diverged by so much, between the two recorded steps
/// around it.
fn lost_at(path: &[[f64; 2]], divergence: f64) -> f64 {
    let Some(i) = path.iter().position(|[kl, _]| *kl >= divergence) else {
        return f64::NAN;
    };
    let [kl, lost] = path[i];
    let [before, lost_before] = path[i.saturating_sub(1)];
    let share = match kl > before {
        true => (divergence - before) / (kl - before),
        false => 1.0,
    };
    lost_before + share * (lost - lost_before)
}

/// The divergence that both paths have reached, less a fifth.
fn common_divergence(paths: [&[[f64; 2]]; 2]) -> f64 {
    let furthest = |path: &[[f64; 2]]| path.iter().map(|[kl, _]| *kl).fold(0.0, f64::max);
    0.8 * furthest(paths[0]).min(furthest(paths[1]))
}

pub fn claims(state: &State<'_, Race>) -> Vec<Claim> {
    let (gate, free) = (state.setup.gate(), state.setup.free());
    let end = Quantity::new(state, "Held-out error at the end", ArmTrial::at_the_end);
    let divergence = Quantity::new(state, "Divergence at the end", |arm| arm.last(DIVERGENCE));
    vec![
        end.less(
            [gate, free],
            "dpo-gate-generalises-better",
            "The gate makes a better policy from noisy preferences: it ranks more held-out pairs right.",
        ),
        end.less(
            [gate, state.setup.under(Rule::Random)],
            "dpo-gate-beats-random-mask",
            "That is because of which parameters it opens: better than as many at random.",
        ),
        end.less(
            [gate, state.setup.other_step()],
            "dpo-gate-beats-best-step",
            "It is more than a brake: better than the best fixed step.",
        ),
        end.less(
            [gate, state.setup.more_decayed()],
            "dpo-gate-beats-best-decay",
            "It is more than a penalty: better than the best weight decay.",
        ),
        end.against(
            [gate, free],
            ArmTrial::at_fixed_stop,
            "dpo-gate-beats-best-stop",
            "It is more than stopping early: better than no gate stopped at the best fixed step.",
        ),
        divergence.less(
            [gate, free],
            "dpo-gate-stays-close",
            "It stays closer to the reference policy.",
        ),
        better_frontier(state, [gate, free]),
    ]
}

fn better_frontier(state: &State<'_, Race>, arms: Arms) -> Claim {
    let theory = "It buys more reward for the same divergence.";
    let claim = Claim::about("dpo-gate-better-frontier", theory);
    let quantity = "Reward lost at equal divergence";
    let rule = PairedRule::AtMost(CLEARLY_LESS);
    compare(state, claim, quantity, arms, rule, |pair| {
        let paths = pair.map(path);
        let divergence = common_divergence([&paths[0], &paths[1]]);
        paths.map(|path| lost_at(&path, divergence))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arms_are_compared_at_the_divergence_that_both_have_reached() {
        // The first goes twice as far, and comes back.
        let one = [[0.0, 1.0], [2.0, 0.6], [1.5, 0.5]];
        let other = [[0.0, 1.0], [0.5, 0.8], [1.0, 0.4]];
        assert_eq!(common_divergence([&one, &other]), 0.8);
        // Two fifths of the way of the first step, three fifths of the second.
        assert!((lost_at(&one, 0.8) - 0.84).abs() < 1e-15);
        assert!((lost_at(&other, 0.8) - 0.56).abs() < 1e-15);
        // As it begins; and what is never reached.
        assert_eq!(lost_at(&other, 0.0), 1.0);
        assert!(lost_at(&other, 1.1).is_nan());
    }
}
