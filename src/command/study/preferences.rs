//! Direct preference optimisation with flipped pairs: the SNR gates beside
//! their controls, at the end, on the way, and at equal distance from the
//! reference.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::exhibit::Schedule;
use ntk_playground::network::{Forward, Mlp};
use ntk_playground::objective::{Objective, PreferenceLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Judge, Judgement, Preferences};
use ntk_playground::training::{BatchSampler, Gate, Optimiser, Trainer};

const PAIRS: usize = 512;
const FLIPS: f64 = 0.3;
const WIDTHS: [usize; 2] = [64, 64];
const BETA: f64 = 0.2;
const BATCH: usize = 32;
const STEPS: u64 = 3_000;
const STEP_SIZE: f64 = 1e-3;
const ADAM: Optimiser = Optimiser::adam(0.9, 0.99, 1e-8);
/// When a policy is judged.
const SCHEDULE: Schedule = Schedule::new(50);

/// The step size of an arm.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// This one.
    Given(f64),
    /// [`STEP_SIZE`] times the mean weight of an earlier arm's gate.
    AsOpen(usize),
}

use Step::{AsOpen, Given};
use serde::{Deserialize, Serialize};

const ARMS: [(&str, Gate, Step); 9] = [
    ("none, step .001", Gate::Off, Given(STEP_SIZE)),
    ("none, step .0003", Gate::Off, Given(3e-4)),
    ("hard", Gate::Hard, Given(STEP_SIZE)),
    ("soft", Gate::Soft, Given(STEP_SIZE)),
    ("snr", Gate::Snr, Given(STEP_SIZE)),
    ("random mask", Gate::Random, Given(STEP_SIZE)),
    ("streaming snr", Gate::StreamingSnr, Given(STEP_SIZE)),
    ("none, step as hard", Gate::Off, AsOpen(2)),
    ("none, step as streaming snr", Gate::Off, AsOpen(6)),
];

/// Divergences from the reference at which rewards are compared.
const LEVELS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];
const HEADINGS: [&str; 5] = ["", "0.25", "0.50", "0.75", "1.00"];

/// What a run came to.
#[derive(Serialize, Deserialize)]
struct Course {
    /// The judgement at every step of the schedule.
    judged: Vec<(u64, Judgement)>,
    /// Loss on all training pairs at the end.
    loss: f64,
    /// The gate's mean weight, averaged over all steps.
    open: f64,
}

impl Course {
    fn end(&self) -> Option<&Judgement> {
        self.judged.last().map(|(_, judgement)| judgement)
    }

    fn at_end(&self, of: impl Fn(&Judgement) -> f64) -> f64 {
        self.end().map_or(f64::NAN, of)
    }

    /// The first step at which `of` is largest, and its value there.
    fn best(&self, of: impl Fn(&Judgement) -> f64) -> (u64, f64) {
        let start = (0, f64::NEG_INFINITY);
        self.judged.iter().fold(start, |best, (step, judgement)| {
            let value = of(judgement);
            if value > best.1 { (*step, value) } else { best }
        })
    }

    /// The reward where the divergence first reaches `level`, on the line
    /// between the judgements before and after; not a number if it never does.
    fn reward_at(&self, level: f64) -> f64 {
        let crossing = self.judged.windows(2).find(|pair| {
            let [(_, before), (_, after)] = pair else {
                return false;
            };
            before.divergence < level && level <= after.divergence
        });
        match crossing {
            Some([(_, before), (_, after)]) => {
                let way = (level - before.divergence) / (after.divergence - before.divergence);
                before.reward + way * (after.reward - before.reward)
            }
            _ => f64::NAN,
        }
    }
}

/// All arms of one seed, and what the policies are compared with.
#[derive(Serialize, Deserialize)]
struct Seed {
    arms: Vec<Course>,
    /// The reference itself.
    reference: Judgement,
    /// Reward of the best action.
    best_reward: f64,
}

/// Accuracy, divergence and reward of every arm; rewards at equal divergence;
/// those of the reference.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let runs = seeds.each("all arms", all_arms)?;
    let mut ends = Table::new(
        "ends",
        "512 pairs, 30 % flipped, beta .2, Adam, batch 32, 3000 steps, mean \u{b1} sd",
    )
    .columns([
        "",
        "best accuracy",
        "its step",
        "accuracy",
        "ranking",
        "divergence",
        "reward",
        "best reward",
        "train loss",
        "open",
    ]);
    let mut frontier = Table::new(
        "frontier",
        "reward where the divergence first reaches the level, mean \u{b1} sd",
    )
    .columns(HEADINGS);
    for (arm, (name, ..)) in ARMS.into_iter().enumerate() {
        let mean = |of: &dyn Fn(&Course) -> f64, digits| {
            Cell::mean(runs.iter().map(|run| of(&run.arms[arm])), digits)
        };
        ends.push(
            name,
            [
                mean(&|run| run.best(|j| j.accuracy).1, 3),
                mean(&|run| run.best(|j| j.accuracy).0 as f64, 0),
                mean(&|run| run.at_end(|j| j.accuracy), 3),
                mean(&|run| run.at_end(|j| j.ranking), 3),
                mean(&|run| run.at_end(|j| j.divergence), 2),
                mean(&|run| run.at_end(|j| j.reward), 3),
                mean(&|run| run.best(|j| j.reward).1, 3),
                mean(&|run| run.loss, 3),
                mean(&|run| run.open, 2),
            ],
        );
        let rewards = LEVELS.map(|level| mean(&|run| run.reward_at(level), 3));
        frontier.push(name, rewards);
    }
    let of = |f: &dyn Fn(&Seed) -> f64| [Cell::mean(runs.iter().map(f), 3)];
    let beside = Table::new(
        "beside",
        "to see rewards and rankings beside, mean \u{b1} sd",
    )
    .columns(["", "value"])
    .row("reward of the reference", of(&|run| run.reference.reward))
    .row("ranking of the reference", of(&|run| run.reference.ranking))
    .row("reward of the best action", of(&|run| run.best_reward));
    Ok(vec![
        ends.note(
            "accuracy: of the implicit reward; ranking: of the policy itself; held-out pairs, none flipped",
        )
        .note(
            "random mask: as many parameters as hard opens, drawn anew at each step; \
             step as: times the mean weight of that gate",
        ),
        frontier,
        gain(&runs, "gain", 0),
        gain(&runs, "gain-over-smaller", 1),
        beside,
    ])
}

/// Rewards at equal divergence less those of one arm, seed by seed.
fn gain(runs: &[Seed], table: &'static str, other: usize) -> Table {
    let title = format!(
        "the same less that of \u{201c}{}\u{201d} at the same seed, mean \u{b1} sd",
        ARMS[other].0
    );
    let mut table = Table::new(table, title).columns(HEADINGS);
    for (arm, (name, ..)) in ARMS.into_iter().enumerate() {
        if arm != other {
            let cells = LEVELS.map(|level| {
                let reward = |run: &Seed, arm: usize| run.arms[arm].reward_at(level);
                let gains = runs.iter().map(|run| reward(run, arm) - reward(run, other));
                Cell::mean(gains, 3)
            });
            table.push(name, cells);
        }
    }
    table
}

fn all_arms(seed: u32) -> Result<Seed, String> {
    let task = Preferences::new(PAIRS, FLIPS, seed);
    let reference = task.reference(&WIDTHS, seed).map_err(|e| e.to_string())?;
    let loss = task.loss(&reference, BETA).map_err(|e| e.to_string())?;
    let mut judge = Judge::new(&task, &reference);
    let mut arms: Vec<Course> = Vec::new();
    for (_, gate, step) in ARMS {
        let step_size = match step {
            Given(size) => size,
            AsOpen(arm) => STEP_SIZE * arms[arm].open,
        };
        arms.push(course(
            &task, &reference, &loss, &mut judge, seed, gate, step_size,
        )?);
    }
    Ok(Seed {
        arms,
        reference: judge.judge(&reference),
        best_reward: task.best_reward(),
    })
}

fn course(
    task: &Preferences,
    reference: &Mlp,
    loss: &PreferenceLoss,
    judge: &mut Judge,
    seed: u32,
    gate: Gate,
    step_size: f64,
) -> Result<Course, String> {
    let sampler = BatchSampler::new(PAIRS, BATCH, stream(seed, Stream::Batches));
    let masks = stream(seed, Stream::Mask);
    let states = task.states.clone();
    let mut trainer = Trainer::new(reference.clone(), states, false, sampler, masks);
    trainer.set_optimiser(ADAM).map_err(|e| e.to_string())?;
    let mut judged = vec![(0, judge.judge(reference))];
    let mut open = 0.0;
    for step in 1..=STEPS {
        let report = trainer.step(loss, step_size, gate);
        open += report.map_err(|e| e.to_string())?.active_fraction / STEPS as f64;
        if SCHEDULE.is_due(step) || step == STEPS {
            judged.push((step, judge.judge(trainer.mlp())));
        }
    }
    let mut forward = Forward::new();
    forward.run(trainer.mlp(), trainer.inputs());
    let all: Vec<usize> = (0..PAIRS).collect();
    Ok(Course {
        judged,
        loss: loss.value(&forward.outputs, &all),
        open,
    })
}
