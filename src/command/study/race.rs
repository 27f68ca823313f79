//! The races of the page over seeds: at their defaults, and with what the page
//! offers to try.
//!
//! One trial per seed; every arm's outcome compared with that of the first arm of the
//! same trial.

use super::grid::{Knobs, Metrics, ends};
use super::report::{Cell, Table};
use super::seeds::Seeds;

/// A race: name of its table, what it is, exhibit, knobs that differ from the
/// defaults, names of the arms.
struct Race {
    name: &'static str,
    title: &'static str,
    exhibit: &'static str,
    knobs: Knobs<'static>,
    /// Digits of an outcome after the point.
    digits: usize,
    arms: &'static [&'static str],
}

/// The arms of the tables: the controls of the page's defaults, which are chosen for these alone
/// (`study controls`), give way to a step that is smaller by the gate's mean weight.
const SLOWER: [(&str, &str); 3] = [
    ("arm5.rule", "slower"),
    ("arm5.rate", "1"),
    ("arm6.rule", "absent"),
];

const REGRESSION: &[&str] = &[
    "no gate",
    "hard",
    "random mask",
    "own random mask",
    "smaller step",
];
const ADDITION: &[&str] = &["no gate", "hard", "random mask", "no gate, decay 2"];
const PINN: &[&str] = &["no gate", "hard", "snr", "random mask", "smaller step"];
const PREFERENCES: &[&str] = &[
    "no gate",
    "hard",
    "random mask",
    "smaller step",
    "streaming snr",
];

const RACES: &[Race] = &[
    Race {
        name: "regression",
        title: "regression, Adam, noise .6: test error at the end",
        exhibit: "race",
        knobs: &[SLOWER[0], SLOWER[1], SLOWER[2]],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-little-noise",
        title: "regression, Adam, noise .1",
        exhibit: "race",
        knobs: &[("noise", "0.1"), SLOWER[0], SLOWER[1], SLOWER[2]],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-batch-4",
        title: "regression, Adam, noise .6, batch 4",
        exhibit: "race",
        knobs: &[("batch", "4"), SLOWER[0], SLOWER[1], SLOWER[2]],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-descent",
        title: "regression, gradient descent, noise .3",
        exhibit: "race",
        knobs: &[
            ("optimiser", "gd"),
            ("noise", "0.3"),
            SLOWER[0],
            SLOWER[1],
            SLOWER[2],
        ],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-snr",
        title: "regression, Adam, noise .6, snr in place of hard",
        exhibit: "race",
        knobs: &[("arm2.rule", "snr"), SLOWER[0], SLOWER[1], SLOWER[2]],
        digits: 3,
        arms: &[
            "no gate",
            "snr",
            "random mask",
            "own random mask",
            "smaller step",
        ],
    },
    Race {
        name: "addition",
        title: "addition, squared loss, step .003, decay 1: steps to 95 % of the held-out sums",
        exhibit: "race-addition",
        knobs: &[("arm4.decay", "2")],
        digits: 0,
        arms: ADDITION,
    },
    Race {
        name: "addition-cross-entropy",
        title: "addition, cross-entropy, every arm at its best step and decay",
        exhibit: "race-addition",
        knobs: &[
            ("loss", "cross-entropy"),
            ("learning-rate", "0.1"),
            ("steps", "1500"),
            ("arm1.rate", "0.05"),
            ("arm1.decay", "3"),
            ("arm2.decay", "2"),
            ("arm3.rule", "random-own"),
            ("arm3.rate", "0.1"),
            ("arm3.decay", "2"),
            ("arm4.rule", "snr"),
            ("arm4.decay", "1"),
        ],
        digits: 0,
        arms: &["no gate", "hard", "own random mask", "snr"],
    },
    Race {
        name: "pinn",
        title: "equation, 5 collocation points: RMS error at the end",
        exhibit: "race-pinn",
        knobs: &[SLOWER[0], SLOWER[1], SLOWER[2]],
        digits: 3,
        arms: PINN,
    },
    Race {
        name: "pinn-32",
        title: "equation, 32 collocation points",
        exhibit: "race-pinn",
        knobs: &[("collocation", "32"), SLOWER[0], SLOWER[1], SLOWER[2]],
        digits: 3,
        arms: PINN,
    },
    Race {
        name: "preferences",
        title: "preferences, 30 % flipped: share of held-out pairs ranked wrong at the end",
        exhibit: "race-preferences",
        knobs: &[
            ("arm4.rule", "slower"),
            ("arm5.rule", "streaming-snr"),
            ("arm5.rate", "1"),
            ("arm6.rule", "absent"),
        ],
        digits: 3,
        arms: PREFERENCES,
    },
];

/// A table per race.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    RACES.iter().map(|race| table(race, seeds)).collect()
}

fn table(race: &Race, seeds: &Seeds) -> Result<Table, String> {
    let trials = ends(seeds, race.exhibit, race.knobs)?;
    let of = |name: &str| -> Vec<f64> {
        let values = trials.iter().map(|trial: &Metrics| trial.value(name));
        values.collect()
    };
    let title = format!("{}, median [min, max]", race.title);
    let mut table = Table::new(race.name, title).columns([
        "",
        "outcome",
        "best on the way",
        "over arm 1",
        "lower than arm 1",
    ]);
    for (i, arm) in race.arms.iter().enumerate() {
        let of = |what: &str| of(&format!("arm{}-{what}", i + 1));
        let ratios = of("ratio");
        table.push(
            *arm,
            [
                Cell::median(of("outcome"), race.digits),
                Cell::median(of("best"), 3),
                Cell::median(ratios.iter().copied(), 2),
                Cell::count(ratios.iter().map(|ratio| *ratio < 1.0)),
            ],
        );
    }
    if of("free-best-validation").iter().any(|v| v.is_finite()) {
        for (row, metric) in [
            ("gate where it stops by itself", "gate-own-stop"),
            (
                "no gate at its best validation error",
                "free-best-validation",
            ),
        ] {
            let first = Cell::median(of(metric), 3);
            table.push(row, [first, "".into(), "".into(), "".into()]);
        }
    }
    Ok(table)
}
