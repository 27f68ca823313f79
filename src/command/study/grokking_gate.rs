//! Does the gate hasten grokking?
//!
//! w <- w - eta (mask o d + lambda w): the mask holds back Adam's direction d
//! and not the decay lambda w, so that a gate changes two things at once,
//! which weights learn and how strong the decay is beside the learning. The
//! controls keep one of them: a random mask that opens as many weights as
//! hard would, no gate with a smaller step or a stronger decay, and hard with
//! the decay masked too.
//!
//! At equal settings first. Then every arm with the step size and decay that
//! suit it best, chosen on seeds that are not among those of the table.

use super::addition::{ALL, EVERY, Ended, Learner, Setting};
use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::training::Gate;

/// A run at equal settings that has not grokked by now is ended.
const LIMIT: u64 = 5_000;

/// Equal settings: the name of the table and of the setting, batch, step
/// size, decay.
const EQUAL: [(&str, &str, usize, f64, f64); 4] = [
    ("all-slow", "all pairs, step .003, decay 1", ALL, 0.003, 1.0),
    ("all", "all pairs, step .01, decay .5", ALL, 0.01, 0.5),
    ("batch-64", "batch 64, step .01, decay .5", 64, 0.01, 0.5),
    ("batch-16", "batch 16, step .003, decay 1", 16, 0.003, 1.0),
];

/// What an arm changes of the setting that it shares with the others.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// Nothing but the gate.
    Gated(Gate),
    /// No gate, the step smaller by the hard gate's mean weight at this seed.
    SmallerStep,
    /// No gate, the same but for the decay, which keeps its full strength.
    SmallerDirection,
    /// No gate, twice the decay.
    TwiceTheDecay,
    /// The hard gate holds the decay back too.
    DecayMasked,
}

const ARMS: [(&str, Change); 9] = [
    ("none", Change::Gated(Gate::Off)),
    ("hard", Change::Gated(Gate::Hard)),
    ("soft", Change::Gated(Gate::Soft)),
    ("snr", Change::Gated(Gate::Snr)),
    ("random", Change::Gated(Gate::Random)),
    ("none, smaller step", Change::SmallerStep),
    ("none, smaller direction", Change::SmallerDirection),
    ("none, twice the decay", Change::TwiceTheDecay),
    ("hard, decay masked", Change::DecayMasked),
];
const NONE: usize = 0;
const HARD: usize = 1;

/// Arms that are tuned, and what they are tuned over.
const TUNED: [(&str, Gate); 4] = [
    ("none", Gate::Off),
    ("hard", Gate::Hard),
    ("random", Gate::Random),
    ("snr", Gate::Snr),
];
const STEP_SIZES: [f64; 4] = [0.003, 0.01, 0.03, 0.1];
const DECAYS: [f64; 4] = [0.5, 1.0, 2.0, 3.0];
/// Seeds that they are tuned on.
const FIRST_TUNING_SEED: u32 = 1_001;
const TUNING_SEEDS: u32 = 4;
/// Steps after which a run for tuning is ended: squared loss, cross-entropy.
const TUNING_LIMITS: [u64; 2] = [500, 1_500];

/// Every equal setting, then both losses tuned.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let tuning = seeds.apart(FIRST_TUNING_SEED, TUNING_SEEDS)?;
    let mut tables = Vec::new();
    for (name, title, batch, step_size, decay) in EQUAL {
        let shared = Setting {
            cross_entropy: false,
            batch,
            step_size,
            decay,
            decay_masked: false,
            gate: Gate::Off,
        };
        tables.push(equal(seeds, name, title, shared)?);
    }
    if let Some(last) = tables.pop() {
        tables.push(last.note(
            "smaller step: by hard's mean weight at the same seed; smaller direction: step smaller by it, decay \
             larger by it; medians are over the seeds that get there",
        ));
    }
    tables.push(tuned(seeds, &tuning, false)?);
    tables.push(tuned(seeds, &tuning, true)?.note(format!(
        "chosen on {tuning}: most seeds there within {} steps ({} under cross-entropy), then the smallest \
         mean, and if none gets there most held-out pairs right; steps {STEP_SIZES:?}, decays {DECAYS:?}",
        TUNING_LIMITS[0], TUNING_LIMITS[1]
    )));
    Ok(tables)
}

/// All arms at one setting.
fn equal(seeds: &Seeds, name: &'static str, title: &str, shared: Setting) -> Result<Table, String> {
    let runs = seeds.each(|seed| {
        let hard = run_arm(seed, shared, Change::Gated(Gate::Hard), f64::NAN)?;
        let arm = |i: usize| match i {
            HARD => Ok(hard),
            _ => run_arm(seed, shared, ARMS[i].1, hard.open),
        };
        (0..ARMS.len()).map(arm).collect::<Result<Vec<Ended>, _>>()
    })?;
    let mut table = Table::new(
        name,
        format!(
            "{title}: steps until 95 % of the held-out pairs are right, asked every {EVERY}, at \
             most {LIMIT}; median [min, max]"
        ),
    )
    .columns([
        "",
        "steps",
        "there",
        "none / this",
        "mean weight %",
        "shown, right at the end %",
        "held out, right %",
    ]);
    for (i, (name, _)) in ARMS.into_iter().enumerate() {
        let of = |f: &dyn Fn(&[Ended]) -> f64, digits| {
            Cell::median(runs.iter().map(|run| f(run)), digits)
        };
        table.push(
            name,
            [
                of(&|run| run[i].grokked, 0),
                Cell::count(runs.iter().map(|run| run[i].grokked.is_finite())),
                of(&|run| run[NONE].grokked / run[i].grokked, 2),
                of(&|run| 100.0 * run[i].open, 1),
                of(&|run| 100.0 * run[i].shown, 0),
                of(&|run| 100.0 * run[i].held_out, 0),
            ],
        );
    }
    Ok(table)
}

fn run_arm(seed: u32, shared: Setting, change: Change, hard_open: f64) -> Result<Ended, String> {
    let Setting {
        step_size, decay, ..
    } = shared;
    let setting = match change {
        Change::Gated(gate) => Setting { gate, ..shared },
        Change::SmallerStep => Setting {
            step_size: hard_open * step_size,
            ..shared
        },
        Change::SmallerDirection => Setting {
            step_size: hard_open * step_size,
            decay: decay / hard_open,
            ..shared
        },
        Change::TwiceTheDecay => Setting {
            decay: 2.0 * decay,
            ..shared
        },
        Change::DecayMasked => Setting {
            gate: Gate::Hard,
            decay_masked: true,
            ..shared
        },
    };
    Learner::new(seed, setting)?.race(LIMIT)
}

/// A setting of the grid, and how it went on the seeds for tuning.
#[derive(Debug, Clone, Copy)]
struct Tuned {
    setting: Setting,
    there: usize,
    /// Mean number of steps over the seeds that got there.
    steps: f64,
    /// Mean share of the held-out pairs that are right at the end.
    held_out: f64,
}

/// Every arm at its own best setting, all pairs in every step.
fn tuned(seeds: &Seeds, tuning: &Seeds, cross_entropy: bool) -> Result<Table, String> {
    let (name, loss) = match cross_entropy {
        true => ("tuned-cross-entropy", "cross-entropy"),
        false => ("tuned-squared", "squared loss"),
    };
    let mut table = Table::new(
        name,
        format!(
            "{loss}, all pairs, every arm at its best setting: steps to the same, median [min, max]"
        ),
    )
    .columns([
        "",
        "step size",
        "decay",
        "when tuned",
        "there then",
        "steps to 80 %",
        "to 95 %",
        "there",
        "none / this",
        "before none",
        "mean weight %",
    ]);
    let mut without: Option<Vec<Ended>> = None;
    for (name, gate) in TUNED {
        let best = best(tuning, cross_entropy, gate)?;
        let runs = seeds.each(|seed| Learner::new(seed, best.setting)?.race(LIMIT))?;
        let none = without.get_or_insert_with(|| runs.clone());
        let pairs = || none.iter().zip(&runs);
        table.push(
            name,
            [
                Cell::number(best.setting.step_size, 3),
                Cell::number(best.setting.decay, 1),
                Cell::number(best.steps, 0),
                format!("{} of {TUNING_SEEDS}", best.there).into(),
                Cell::median(runs.iter().map(|run| run.most), 0),
                Cell::median(runs.iter().map(|run| run.grokked), 0),
                Cell::count(runs.iter().map(|run| run.grokked.is_finite())),
                Cell::median(pairs().map(|(none, run)| none.grokked / run.grokked), 2),
                Cell::count(pairs().map(|(none, run)| sooner(run, none))),
                Cell::median(runs.iter().map(|run| 100.0 * run.open), 1),
            ],
        );
    }
    Ok(table)
}

/// Whether the one groks before the other, which may never do.
fn sooner(one: &Ended, other: &Ended) -> bool {
    one.grokked < other.grokked || (one.grokked.is_finite() && other.grokked.is_nan())
}

/// The setting of the grid at which most seeds grok, and of those the fastest.
fn best(tuning: &Seeds, cross_entropy: bool, gate: Gate) -> Result<Tuned, String> {
    let grid = STEP_SIZES.iter().flat_map(|&step_size| {
        DECAYS.iter().map(move |&decay| Setting {
            cross_entropy,
            batch: ALL,
            step_size,
            decay,
            decay_masked: false,
            gate,
        })
    });
    let grid: Vec<Setting> = grid.collect();
    let limit = TUNING_LIMITS[usize::from(cross_entropy)];
    let runs = tuning.each(|seed| {
        let race = |&setting: &Setting| Learner::new(seed, setting)?.race(limit);
        grid.iter().map(race).collect::<Result<Vec<Ended>, _>>()
    })?;
    let mut best: Option<Tuned> = None;
    for (i, &setting) in grid.iter().enumerate() {
        let steps = runs.iter().map(|run| run[i].grokked);
        let steps: Vec<f64> = steps.filter(|step| step.is_finite()).collect();
        let tuned = Tuned {
            setting,
            there: steps.len(),
            steps: steps.iter().sum::<f64>() / steps.len() as f64,
            held_out: runs.iter().map(|run| run[i].held_out).sum::<f64>() / runs.len() as f64,
        };
        if best.is_none_or(|best| better(tuned, best)) {
            best = Some(tuned);
        }
    }
    best.ok_or_else(|| "There is nothing to choose from.".into())
}

/// More seeds, or as many and fewer steps; more pairs right if no seed got there.
fn better(one: Tuned, other: Tuned) -> bool {
    match (one.there, other.there) {
        (0, 0) => one.held_out > other.held_out,
        (these, those) => these > those || (these == those && one.steps < other.steps),
    }
}
