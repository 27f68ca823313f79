//! The races of the page over seeds: at their defaults, and with what the page
//! offers to try.
//!
//! One heat per seed; every arm's outcome beside that of the first arm of the
//! same heat.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
use ntk_playground::exhibit::Reading;

type Knobs = &'static [(&'static str, &'static str)];

/// A race: name of its table, what it is, exhibit, knobs that differ from the
/// defaults, names of the arms.
struct Race {
    name: &'static str,
    title: &'static str,
    exhibit: &'static str,
    knobs: Knobs,
    /// Digits of an outcome after the point.
    digits: usize,
    arms: &'static [&'static str],
}

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
        knobs: &[],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-little-noise",
        title: "regression, Adam, noise .1",
        exhibit: "race",
        knobs: &[("noise", "0.1")],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-batch-4",
        title: "regression, Adam, noise .6, batch 4",
        exhibit: "race",
        knobs: &[("batch", "4")],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-descent",
        title: "regression, gradient descent, noise .3",
        exhibit: "race",
        knobs: &[("optimiser", "gd"), ("noise", "0.3")],
        digits: 3,
        arms: REGRESSION,
    },
    Race {
        name: "regression-snr",
        title: "regression, Adam, noise .6, snr in place of hard",
        exhibit: "race",
        knobs: &[("arm2.rule", "snr")],
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
        knobs: &[],
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
        knobs: &[],
        digits: 3,
        arms: PINN,
    },
    Race {
        name: "pinn-32",
        title: "equation, 32 collocation points",
        exhibit: "race-pinn",
        knobs: &[("collocation", "32")],
        digits: 3,
        arms: PINN,
    },
    Race {
        name: "preferences",
        title: "preferences, 30 % flipped: share of held-out pairs ranked wrong at the end",
        exhibit: "race-preferences",
        knobs: &[],
        digits: 3,
        arms: PREFERENCES,
    },
];

/// A table per race.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    RACES.iter().map(|race| table(race, seeds)).collect()
}

fn table(race: &Race, seeds: &Seeds) -> Result<Table, String> {
    let heats = seeds.each(|seed| heat(race, seed))?;
    let mut table = Table::new(race.name, format!("{}, median [min, max]", race.title)).columns([
        "",
        "outcome",
        "best on the way",
        "over arm 1",
        "lower than arm 1",
    ]);
    for (i, arm) in race.arms.iter().enumerate() {
        let of = |what: &str| {
            let name = format!("arm{}-{what}", i + 1);
            let values: Vec<f64> = heats.iter().map(|heat| value(heat, &name)).collect();
            values
        };
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
    let stops = ["gate-own-stop", "free-best-validation"];
    let [stopped, validated] = stops.map(|name| {
        heats
            .iter()
            .map(|heat| value(heat, name))
            .collect::<Vec<_>>()
    });
    if validated.iter().any(|v| v.is_finite()) {
        table.push(
            "gate where it stops by itself",
            [
                Cell::median(stopped.iter().copied(), 3),
                "".into(),
                "".into(),
                "".into(),
            ],
        );
        table.push(
            "no gate at its best validation error",
            [Cell::median(validated, 3), "".into(), "".into(), "".into()],
        );
    }
    Ok(table)
}

/// Readings at the end of a heat.
fn heat(race: &Race, seed: u32) -> Result<Vec<Reading>, String> {
    let seed = seed.to_string();
    let knobs: Vec<_> = race
        .knobs
        .iter()
        .copied()
        .chain([("seed", seed.as_str())])
        .collect();
    let mut session = opened(race.exhibit, &knobs)?;
    session.advance(u64::MAX, || true);
    Ok(session.exhibit().readings())
}
