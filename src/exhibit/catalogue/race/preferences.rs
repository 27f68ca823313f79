//! The race on preferences: direct preference optimisation of a policy, with
//! some of the preferences the wrong way round.

use super::Looking;
use super::claims::{Contest, between};
use super::comparison::{Paired, at_the_end, last};
use super::course::{Course, Discipline, Drawn, Measure, Outcome, Train};
use super::frontier::frontier;
use super::heat::{Record, Trace};
use super::knobs::{LOOK, SEED, SEEDS, arm, batch, batch_size, learning_rate, steps, with_arms};
use super::rule::Rule;
use super::run::Run;
use super::score::over_the_race;
use crate::chart::{Axis, Chart, number};
use crate::exhibit::{Choice, Claim, Effect, Kind, Knob, Labels, Settings, Verdict, text};
use crate::network::{Forward, Mlp};
use crate::objective::{Objective, PreferenceLoss};
use crate::random::{Stream, stream};
use crate::task::{Judge, Preferences};
use crate::training::{BatchSampler, Optimiser, Trainer};
use nalgebra::DMatrix;

/// Training pairs, and hidden layers of the policy.
const PAIRS: usize = 512;
const WIDTHS: [usize; 2] = [64, 64];

/// Places of the measures.
pub const DIVERGENCE: usize = 1;
pub const REWARD: usize = 2;
const LOST: usize = 3;

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<8, 23>(
    [
        Knob {
            name: "flips",
            label: "Flipped pairs",
            kind: Kind::Number {
                min: 0.0,
                max: 0.5,
                log: false,
                decimals: 2,
                ticks: &[0.0, 0.25, 0.5],
            },
            default: "0.3",
            unit: "of all",
            help: "Share of the training pairs that prefer the worse action.",
            effect: Effect::Restart,
        },
        SEEDS,
        SEED,
        Knob {
            name: "beta",
            label: "\u{3b2}",
            kind: Kind::Number {
                min: 0.02,
                max: 2.0,
                log: true,
                decimals: 2,
                ticks: &[0.02, 0.2, 2.0],
            },
            default: "0.2",
            unit: "",
            help: "How strongly the policy is held to its reference.",
            effect: Effect::Restart,
        },
        batch(
            "32",
            &[
                Choice::new("all", "all"),
                Choice::new("128", "128"),
                Choice::new("32", "32"),
                Choice::new("8", "8"),
            ],
        ),
        learning_rate("0.001"),
        steps("3000", 6_000, &[50.0, 3000.0, 6000.0]),
        LOOK,
    ],
    [
        arm(1, "none", "0"),
        arm(2, "hard", "0"),
        arm(3, "random", "0"),
        arm(4, "slower", "0"),
        arm(5, "streaming-snr", "0"),
    ],
);

fn accuracy_axis(_: f64, highest: f64) -> Axis {
    Axis::linear_with(
        0.48,
        (highest + 0.03).clamp(0.78, 1.0),
        &[0.5, 0.6, 0.7, 0.8, 0.9],
        |share| format!("{}\u{2009}%", number(100.0 * share)),
    )
}

fn divergence_axis(_: f64, highest: f64) -> Axis {
    Axis::nice(0.0, libm::ceil(2.0 * highest.clamp(0.5, 50.0)) / 2.0, 4)
}

fn reward_axis(_: f64, highest: f64) -> Axis {
    Axis::nice(0.0, libm::ceil(2.0 * highest.clamp(0.5, 50.0)) / 2.0, 4)
}

/// The discipline.
pub static PREFERENCES: Discipline = Discipline {
    measures: &[
        Measure {
            name: "accuracy",
            title: ["Held-out pairs", " ranked right, every arm"],
            format: text::percent,
            axis: accuracy_axis,
        },
        Measure {
            name: "divergence",
            title: ["Divergence", " from the reference in nats, every arm"],
            format: |v| text::fixed(v, 2),
            axis: divergence_axis,
        },
        Measure {
            name: "reward",
            title: ["Reward", " true, every arm"],
            format: |v| text::fixed(v, 2),
            axis: reward_axis,
        },
        Measure {
            name: "reward-lost",
            title: ["Reward lost", " against the best action, every arm"],
            format: |v| text::fixed(v, 2),
            axis: reward_axis,
        },
    ],
    score: 0,
    validation: None,
    outcome: Outcome::Lacks,
    outcome_words: "held-out error at the end",
    most_steps_a_frame: 6,
    course,
    claims,
    caption: |settings| {
        format!(
            "{} flipped, beta {}, batch {}",
            text::whole_percent(settings.number("flips")),
            settings.number("beta"),
            settings.choice("batch")
        )
    },
};

#[derive(Debug)]
struct PreferencesCourse {
    task: Preferences,
    reference: Mlp,
    judge: Judge,
    loss: PreferenceLoss,
    seed: u32,
    batch: usize,
    learning_rate: f64,
}

fn course(settings: &Settings, seed: u32) -> Drawn {
    let task = Preferences::new(PAIRS, settings.number("flips"), seed);
    let reference = task
        .reference(&WIDTHS, seed)
        .map_err(|error| error.to_string())?;
    let loss = task.loss(&reference, settings.number("beta"));
    Ok(Box::new(PreferencesCourse {
        judge: Judge::new(&task, &reference),
        loss: loss.map_err(|error| error.to_string())?,
        reference,
        task,
        seed,
        batch: batch_size(settings, PAIRS),
        learning_rate: settings.number("learning-rate"),
    }))
}

impl Course for PreferencesCourse {
    fn trainer(&self) -> Result<Box<dyn Train>, String> {
        let batches = stream(self.seed, Stream::Batches);
        let trainer = Trainer::new(
            self.reference.clone(),
            self.task.states.clone(),
            false,
            BatchSampler::new(PAIRS, self.batch, batches),
            stream(self.seed, Stream::Mask),
        );
        Ok(Box::new(trainer))
    }

    fn objective(&self) -> &dyn Objective {
        &self.loss
    }

    fn labels(&self) -> Labels {
        let (pairs, flipped) = (&self.task.pairs, &self.task.flipped);
        let mut values = DMatrix::repeat(self.task.test_rewards.nrows(), PAIRS, f64::NAN);
        for ((mut of_state, pair), flipped) in values.column_iter_mut().zip(pairs).zip(flipped) {
            of_state[pair[usize::from(*flipped)]] = 1.0;
            of_state[pair[usize::from(!*flipped)]] = 0.0;
        }
        Labels {
            values,
            meaning: "1 for the action preferred, 0 for the other of the pair, null for the rest",
        }
    }

    fn optimiser(&self) -> Optimiser {
        Optimiser::adam(0.9, 0.99, 1e-8)
    }

    fn rate(&self) -> f64 {
        self.learning_rate
    }

    fn measure(&self, mlp: &Mlp) -> Vec<f64> {
        let mut forward = Forward::new();
        forward.run(mlp, &self.task.test_states);
        let judged = self.judge.judge_logits(&forward.outputs);
        let lost = self.task.best_reward() - judged.reward;
        vec![judged.accuracy, judged.divergence, judged.reward, lost]
    }

    fn chart(&self, view: &str, run: &Run, probe: Option<Looking>) -> Option<Chart> {
        match view {
            "divergence" => Some(over_the_race(run, probe, "divergence", DIVERGENCE)),
            "frontier" => Some(frontier(run, probe)),
            _ => None,
        }
    }
}

/// Reward lost at the first step at which an arm has diverged by so much,
/// between the two remembered steps around it.
fn lost_at(trace: &Trace, arm: usize, divergence: f64) -> f64 {
    let at = |record: &Record| {
        let measures = &record.arms[arm].measures;
        [measures[DIVERGENCE], measures[LOST]]
    };
    let Some(i) = trace
        .records
        .iter()
        .position(|record| at(record)[0] >= divergence)
    else {
        return f64::NAN;
    };
    let [kl, lost] = at(&trace.records[i]);
    let [before, lost_before] = at(&trace.records[i.saturating_sub(1)]);
    let share = match kl > before {
        true => (divergence - before) / (kl - before),
        false => 1.0,
    };
    lost_before + share * (lost - lost_before)
}

/// The divergence that both arms have reached, less a fifth.
fn common_divergence(trace: &Trace, arms: [usize; 2]) -> f64 {
    let furthest = |arm: usize| {
        let records = trace.records.iter();
        records
            .map(|record| record.arms[arm].measures[DIVERGENCE])
            .fold(0.0, f64::max)
    };
    0.8 * furthest(arms[0]).min(furthest(arms[1]))
}

fn claims(run: &Run) -> Vec<Claim> {
    let setup = &run.setup;
    let end = |trace: &Trace, arm: usize| at_the_end(run.discipline, trace, arm);
    let divergence = |trace: &Trace, arm: usize| last(trace, arm, DIVERGENCE);
    let (gate, free) = (setup.gate(), setup.free());
    let error = "Held-out error at the end";
    let against = |words, rule: Rule| {
        let other = setup.place(|other| other == rule);
        between(run, words, error, [gate, other], &end).claim(run)
    };
    let frontier = match (gate, free) {
        (Some(gate), Some(free)) => Paired::of(run.done(), |trace| {
            let divergence = common_divergence(trace, [gate, free]);
            [gate, free].map(|arm| lost_at(trace, arm, divergence))
        }),
        _ => Paired::of(&[], |_| [f64::NAN; 2]),
    };
    let label = |arm: Option<usize>| arm.map_or(String::new(), |arm| setup.label(arm));
    vec![
        between(
            run,
            [
                "dpo-gate-generalises-better",
                "The gate makes a better policy from noisy preferences: it ranks more held-out pairs right.",
            ],
            error,
            [gate, free],
            &end,
        )
        .claim(run),
        against(
            [
                "dpo-gate-beats-random-mask",
                "That is because of which parameters it opens: better than as many at random.",
            ],
            Rule::Random,
        ),
        against(
            [
                "dpo-gate-beats-smaller-step",
                "It is more than a brake: better than a step smaller by as much.",
            ],
            Rule::Slower,
        ),
        between(
            run,
            [
                "dpo-gate-stays-close",
                "It stays closer to the reference policy.",
            ],
            "Divergence at the end",
            [gate, free],
            &divergence,
        )
        .claim(run),
        Contest {
            name: "dpo-gate-better-frontier",
            theory: "It buys more reward for the same divergence.",
            quantity: "Reward lost at equal divergence",
            one: label(gate),
            other: label(free),
            paired: frontier,
            aside: String::new(),
        }
        .claim_of(run, |paired| {
            let median = paired.spread().median;
            if paired.is_lower() && median < CLEARLY_LESS {
                (Verdict::Holds, "less by more than chance")
            } else if paired.is_lower() {
                (Verdict::Partly, "less by more than chance, by under 2\u{2009}%")
            } else if paired.is_higher() {
                (Verdict::DoesNotHold, "more by more than chance")
            } else {
                (Verdict::DoesNotHold, "no clear difference")
            }
        }),
    ]
}

/// A median of ratios below this is worth the name of a better frontier.
const CLEARLY_LESS: f64 = 0.98;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibit::race::heat::ArmRecord;

    /// A heat of two arms, of each step's divergence and reward lost.
    fn heat(steps: &[[[f64; 2]; 2]]) -> Trace {
        let arm = |[divergence, lost]: [f64; 2]| {
            let mut measures = vec![f64::NAN; 4];
            measures[DIVERGENCE] = divergence;
            measures[LOST] = lost;
            ArmRecord {
                measures,
                open: f64::NAN,
                layers: Vec::new(),
            }
        };
        let records = steps.iter().enumerate().map(|(step, arms)| Record {
            step: step as u64,
            arms: arms.map(arm).to_vec(),
        });
        Trace {
            seed: 1,
            records: records.collect(),
        }
    }

    #[test]
    fn arms_are_compared_at_the_divergence_that_both_have_reached() {
        // The first goes twice as far, and comes back.
        let heat = heat(&[
            [[0.0, 1.0], [0.0, 1.0]],
            [[2.0, 0.6], [0.5, 0.8]],
            [[1.5, 0.5], [1.0, 0.4]],
        ]);
        assert_eq!(common_divergence(&heat, [0, 1]), 0.8);
        // Two fifths of the way of the first step, three fifths of the second.
        assert!((lost_at(&heat, 0, 0.8) - 0.84).abs() < 1e-15);
        assert!((lost_at(&heat, 1, 0.8) - 0.56).abs() < 1e-15);
        // As it begins; and what is never reached.
        assert_eq!(lost_at(&heat, 1, 0.0), 1.0);
        assert!(lost_at(&heat, 1, 1.1).is_nan());
    }
}
