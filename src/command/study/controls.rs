//! The best fixed step, weight decay and stopping step of the ungated arm of a race: the
//! controls that a gate has to beat.
//!
//! They are chosen here, on seeds of their own, from a declared grid, by the median outcome. The
//! defaults of the races are what this study has found.

use super::grid::{self, Metrics, column, settings};
use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::statistics::median;

/// Factors on the race's step: two runs of five arms.
const RATES: [[&str; 5]; 2] = [
    ["0.01", "0.02", "0.03", "0.05", "0.1"],
    ["0.2", "0.5", "1", "2", "5"],
];
/// Decays at the race's own step: of the races to an end, and of the race to a level.
const DECAYS: [&str; 5] = ["0.1", "0.3", "1", "3", "5"];
const DECAYS_TO_A_LEVEL: [&str; 5] = ["1", "2", "3", "4", "5"];

/// A race, and the view and measure of its score, with what to multiply it by to make less
/// better; none where a stop is of no use.
struct Race {
    name: &'static str,
    title: &'static str,
    exhibit: &'static str,
    digits: usize,
    score: Option<(&'static str, &'static str, f64)>,
}

const RACES: [Race; 4] = [
    Race {
        name: "regression",
        title: "regression, no gate: test error at the end",
        exhibit: "race",
        digits: 3,
        score: Some(("score", "arm1-test", 1.0)),
    },
    Race {
        name: "pinn",
        title: "equation, no gate: RMS error at the end",
        exhibit: "race-pinn",
        digits: 3,
        score: Some(("score", "arm1-rms", 1.0)),
    },
    Race {
        name: "preferences",
        title: "preferences, no gate: share of held-out pairs ranked wrong at the end",
        exhibit: "race-preferences",
        digits: 3,
        score: Some(("score", "arm1-accuracy", -1.0)),
    },
    Race {
        name: "addition",
        title: "addition, no gate: steps to 95 % of the held-out sums",
        exhibit: "race-addition",
        digits: 0,
        score: None,
    },
];

/// A table per race.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    RACES.iter().map(|race| table(race, seeds)).collect()
}

/// Names of the knobs and readings of arms 1 to 5.
const RULES: [&str; 5] = [
    "arm1.rule",
    "arm2.rule",
    "arm3.rule",
    "arm4.rule",
    "arm5.rule",
];
const RATE: [&str; 5] = [
    "arm1.rate",
    "arm2.rate",
    "arm3.rate",
    "arm4.rate",
    "arm5.rate",
];
const DECAY: [&str; 5] = [
    "arm1.decay",
    "arm2.decay",
    "arm3.decay",
    "arm4.decay",
    "arm5.decay",
];

/// The knobs of five ungated arms with values of a grid; the others at `rest`.
fn five<'a>(
    varied: [&'a str; 5],
    values: [&'a str; 5],
    fixed: [&'a str; 5],
    rest: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let mut knobs: Vec<(&str, &str)> = RULES.map(|rule| (rule, "none")).into();
    knobs.push(("arm6.rule", "absent"));
    knobs.extend(varied.into_iter().zip(values));
    knobs.extend(fixed.map(|knob| (knob, rest)));
    knobs
}

fn table(race: &Race, seeds: &Seeds) -> Result<Table, String> {
    let title = format!("{}, median [min, max]", race.title);
    let mut table = Table::new(race.name, title).columns(["", "outcome", "best on the way"]);
    let mut grids = Vec::new();
    if race.score.is_some() {
        grids.extend(RATES.map(|rates| ("step", five(RATE, rates, DECAY, "0"), rates)));
    }
    let decays = match race.score {
        Some(_) => DECAYS,
        None => DECAYS_TO_A_LEVEL,
    };
    grids.push(("decay", five(DECAY, decays, RATE, "1"), decays));
    for (what, knobs, values) in grids {
        let runs = grid::ends(seeds, race.exhibit, &knobs)?;
        for (i, value) in values.into_iter().enumerate() {
            let of = |what: &str, digits| {
                let name = format!("arm{}-{what}", i + 1);
                Cell::median(runs.iter().map(|run: &Metrics| run.value(&name)), digits)
            };
            let row = match what {
                "step" => format!("step \u{d7} {value}"),
                _ => format!("decay {value}"),
            };
            table.push(row, [of("outcome", race.digits), of("best", 3)]);
        }
    }
    let Some((view, name, sign)) = race.score else {
        return Ok(table);
    };
    let knobs = five(RATE, ["1"; 5], DECAY, "0");
    let knobs: Vec<_> = knobs
        .into_iter()
        .map(|(knob, value)| match RULES[2..].contains(&knob) {
            true => (knob, "absent"),
            false => (knob, value),
        })
        .collect();
    let curves = seeds.each(
        &format!("{}, along", settings(race.exhibit, &knobs)),
        |seed| {
            let mut session = grid::end(race.exhibit, &knobs, seed)?;
            let steps = column(&mut session, view, "step");
            let scores = column(&mut session, view, name);
            Ok(steps.into_iter().zip(scores).collect::<Vec<(f64, f64)>>())
        },
    )?;
    let best = (0..curves[0].len()).min_by(|a, b| {
        let at = |i: usize| {
            let scores = curves.iter().filter_map(|curve| curve.get(i));
            median(&scores.map(|(_, score)| sign * score).collect::<Vec<_>>())
        };
        at(*a).total_cmp(&at(*b))
    });
    let best = best.ok_or("There is no step to stop at.")?;
    let scores = curves.iter().filter_map(|curve| curve.get(best));
    let scores = scores.map(|(_, score)| match sign < 0.0 {
        true => 1.0 - score,
        false => *score,
    });
    let row = format!("stop at {}", curves[0][best].0);
    table.push(row, [Cell::median(scores, race.digits), "".into()]);
    Ok(table)
}
