//! Does the gate hasten grokking?
//!
//! w <- w - eta (mask o d + lambda w): the mask holds back Adam's direction d
//! and not the decay lambda w, so that a gate changes two things at once,
//! which weights learn and how strong the decay is beside the learning. The
//! controls keep one of them: a random mask that opens as many weights as
//! hard would, no gate with a smaller step or a stronger decay, and hard with
//! the decay masked too.
//!
//! At equal settings here; every arm at its own best in `grokking_tuned`.

use super::addition::{ALL, EVERY, Ended, Learner, Setting};
use super::grokking_tuned::{tuned, tuning};
use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::training::Gate;

/// A run at equal settings that has not grokked by now is ended.
pub const LIMIT: u64 = 5_000;

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

/// Every equal setting, then both losses tuned.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    // First, because it may be refused.
    let tuning = tuning(seeds)?;
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
    for cross_entropy in [false, true] {
        tables.extend(tuned(seeds, &tuning, cross_entropy)?);
    }
    Ok(tables)
}

/// All arms at one setting.
fn equal(seeds: &Seeds, name: &'static str, title: &str, shared: Setting) -> Result<Table, String> {
    let runs = seeds.each(&format!("{shared:?}"), |seed| {
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
