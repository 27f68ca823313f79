//! The gate on grokking with every arm at the step size and decay that suit
//! it best.
//!
//! They are chosen from a grid on seeds that are not among those of the table:
//! the setting at which most seeds get there, and of several the fastest.

use super::addition::{ALL, Ended, Learner, Setting};
use super::grokking_gate::LIMIT;
use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::training::Gate;

/// Arms that are tuned, and what they are tuned over.
const TUNED: [(&str, Gate); 4] = [
    ("none", Gate::Off),
    ("hard", Gate::Hard),
    ("random", Gate::Random),
    ("snr", Gate::Snr),
];
const STEP_SIZES: [f64; 5] = [0.003, 0.005, 0.01, 0.03, 0.1];
const DECAYS: [f64; 4] = [0.5, 1.0, 2.0, 3.0];
/// Seeds that they are tuned on.
const FIRST_TUNING_SEED: u32 = 41;
const TUNING_SEEDS: u32 = 4;
/// Steps after which a run for tuning is ended: squared loss, cross-entropy.
const TUNING_LIMITS: [u64; 2] = [500, 1_500];

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

/// The seeds for tuning.
///
/// # Errors
/// A sentence if one of them is among those of the table.
pub fn tuning(seeds: &Seeds) -> Result<Seeds, String> {
    seeds.apart(FIRST_TUNING_SEED, TUNING_SEEDS)
}

/// Every arm at its own best setting, all pairs in every step; and the grid
/// that these are chosen from.
///
/// # Errors
/// A sentence if a run fails.
pub fn tuned(seeds: &Seeds, tuning: &Seeds, cross_entropy: bool) -> Result<[Table; 2], String> {
    let (name, grid_name, loss) = match cross_entropy {
        true => ("tuned-cross-entropy", "grid-cross-entropy", "cross-entropy"),
        false => ("tuned-squared", "grid-squared", "squared loss"),
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
        "steps to 80 %",
        "to 95 %",
        "there",
        "none / this",
        "before none",
        "mean weight %",
    ]);
    let mut grids = Vec::new();
    let mut without: Option<Vec<Ended>> = None;
    for (name, gate) in TUNED {
        let grid = grid(tuning, cross_entropy, gate)?;
        let best = best(&grid).ok_or("There is no setting to choose from.")?;
        grids.push(grid);
        let runs = seeds.each(&format!("{:?}", best.setting), |seed| {
            Learner::new(seed, best.setting)?.race(LIMIT)
        })?;
        let none = without.get_or_insert_with(|| runs.clone());
        let pairs = || none.iter().zip(&runs);
        table.push(
            name,
            [
                Cell::number(best.setting.step_size, 3),
                Cell::number(best.setting.decay, 1),
                Cell::median(runs.iter().map(|run| run.most), 0),
                Cell::median(runs.iter().map(|run| run.grokked), 0),
                Cell::count(runs.iter().map(|run| run.grokked.is_finite())),
                Cell::median(pairs().map(|(none, run)| none.grokked / run.grokked), 2),
                Cell::count(pairs().map(|(none, run)| sooner(run, none))),
                Cell::median(runs.iter().map(|run| 100.0 * run.open), 1),
            ],
        );
    }
    let limit = TUNING_LIMITS[usize::from(cross_entropy)];
    let mut chosen_from = Table::new(
        grid_name,
        format!(
            "{loss}, mean steps of those of {tuning} that get there within {limit}, and how many \
             do; the best of each column is its setting in the table above"
        ),
    )
    .columns(std::iter::once("").chain(TUNED.map(|(name, _)| name)));
    for (i, Tuned { setting, .. }) in grids.first().into_iter().flatten().enumerate() {
        chosen_from.push(
            format!("step {}, decay {}", setting.step_size, setting.decay),
            grids.iter().map(|grid| grid[i].words().into()),
        );
    }
    Ok([
        table,
        chosen_from.note(
            "best: most seeds there, then the smallest mean; if none gets there, most held-out \
             pairs right",
        ),
    ])
}

/// Whether the one groks before the other, which may never do.
fn sooner(one: &Ended, other: &Ended) -> bool {
    one.grokked < other.grokked || (one.grokked.is_finite() && other.grokked.is_nan())
}

/// All settings of the grid on the seeds for tuning.
fn grid(tuning: &Seeds, cross_entropy: bool, gate: Gate) -> Result<Vec<Tuned>, String> {
    let settings = STEP_SIZES.iter().flat_map(|&step_size| {
        DECAYS.iter().map(move |&decay| Setting {
            cross_entropy,
            batch: ALL,
            step_size,
            decay,
            decay_masked: false,
            gate,
        })
    });
    let settings: Vec<Setting> = settings.collect();
    let limit = TUNING_LIMITS[usize::from(cross_entropy)];
    let runs = tuning.each(
        &format!("grid, {gate:?}, cross-entropy {cross_entropy}"),
        |seed| {
            let race = |&setting: &Setting| Learner::new(seed, setting)?.race(limit);
            settings.iter().map(race).collect::<Result<Vec<Ended>, _>>()
        },
    )?;
    let tuned = settings.iter().enumerate().map(|(i, &setting)| {
        let steps = runs.iter().map(|run| run[i].grokked);
        let steps: Vec<f64> = steps.filter(|step| step.is_finite()).collect();
        Tuned {
            setting,
            there: steps.len(),
            steps: steps.iter().sum::<f64>() / steps.len() as f64,
            held_out: runs.iter().map(|run| run[i].held_out).sum::<f64>() / runs.len() as f64,
        }
    });
    Ok(tuned.collect())
}

impl Tuned {
    fn words(&self) -> String {
        match self.there {
            0 => "\u{2014}".into(),
            there => format!("{:.0} ({there})", self.steps),
        }
    }
}

/// The best of a grid, the first of several.
fn best(grid: &[Tuned]) -> Option<Tuned> {
    grid.iter()
        .copied()
        .reduce(|best, tuned| match better(tuned, best) {
            true => tuned,
            false => best,
        })
}

/// More seeds, or as many and fewer steps; more pairs right if no seed got there.
fn better(one: Tuned, other: Tuned) -> bool {
    match (one.there, other.there) {
        (0, 0) => one.held_out > other.held_out,
        (these, those) => these > those || (these == those && one.steps < other.steps),
    }
}
