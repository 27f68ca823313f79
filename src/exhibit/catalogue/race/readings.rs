//! The numbers of a race.

use super::comparison::{Paired, at_own_stop, at_the_best_validation, best, outcome};
use super::knobs::ARMS;
use super::run::Run;
use crate::exhibit::Reading;
use crate::exhibit::catalogue::spread::spread;

/// Names of what is read of every arm: outcome, best score on the way, ratio
/// to the first arm, heats in which it is lower, open share.
const NAMES: [[&str; 5]; ARMS] = [
    [
        "arm1-outcome",
        "arm1-best",
        "arm1-ratio",
        "arm1-wins",
        "arm1-open",
    ],
    [
        "arm2-outcome",
        "arm2-best",
        "arm2-ratio",
        "arm2-wins",
        "arm2-open",
    ],
    [
        "arm3-outcome",
        "arm3-best",
        "arm3-ratio",
        "arm3-wins",
        "arm3-open",
    ],
    [
        "arm4-outcome",
        "arm4-best",
        "arm4-ratio",
        "arm4-wins",
        "arm4-open",
    ],
    [
        "arm5-outcome",
        "arm5-best",
        "arm5-ratio",
        "arm5-wins",
        "arm5-open",
    ],
];

/// Medians over the heats that are over, or those of the first under way.
pub fn readings(run: &Run) -> Vec<Reading> {
    let (discipline, traces) = (run.discipline, run.shown());
    let value = |trace: &super::heat::Trace, arm: usize| outcome(discipline, trace, arm);
    let mut readings = vec![
        Reading::new(
            "step",
            run.step as f64,
            "",
            "Steps taken by every arm, over all heats.",
        ),
        Reading::new(
            "seeds-done",
            run.done().len() as f64,
            "",
            "Heats that are over; until the first is, all numbers are those of the heat under way.",
        ),
    ];
    let median = |arm: Option<usize>, value: &dyn Fn(&super::heat::Trace, usize) -> f64| {
        let of = |arm: usize| spread(traces.iter().map(|trace| value(trace, arm))).median;
        arm.map_or(f64::NAN, of)
    };
    readings.extend([
        Reading::new(
            "gate-own-stop",
            median(run.setup.gate(), &|trace, arm| at_own_stop(run, trace, arm)),
            "",
            "Score of the gate on trial where it would stop by itself, else at the end; lower is better.",
        ).unknown_if("no arm has a gate, or its score is never reached"),
        Reading::new(
            "free-best-validation",
            median(run.setup.free(), &|trace, arm| {
                at_the_best_validation(discipline, trace, arm)
            }),
            "",
            "Score of the ungated arm at its best validation error; lower is better.",
        ).unknown_if("no arm is free, or there is no validation set"),
    ]);
    for (arm, setup) in run.setup.arms.iter().enumerate() {
        let [ended, at_best, ratio, wins, open] = NAMES[setup.number - 1];
        let median = |f: &dyn Fn(&super::heat::Trace) -> f64| spread(traces.iter().map(f)).median;
        let paired = Paired::new(run.done(), [arm, 0], &value);
        let last = |trace: &super::heat::Trace| {
            let record = trace.records.last();
            record.map_or(f64::NAN, |record| record.arms[arm].open)
        };
        readings.extend([
            Reading::new(
                ended,
                median(&|trace| value(trace, arm)),
                "",
                "What decides the race, median over heats; lower is better; none where it is never reached.",
            ).unknown_if("the score that decides is never reached"),
            Reading::new(
                at_best,
                median(&|trace| best(discipline, trace, arm)),
                "",
                "Best score on the way by the true answers, median over heats; lower is better.",
            ).unknown_if("no step is recorded"),
            Reading::new(
                ratio,
                paired.spread().median,
                "",
                "Outcome over that of the first arm, median over the heats that are over.",
            ).unknown_if("no trial is over"),
            Reading::new(
                wins,
                paired.wins as f64,
                "",
                "Heats in which the outcome is below that of the first arm.",
            ),
            Reading::new(
                open,
                median(&last),
                "",
                "Open share at the last remembered step; what the hard gate would open, where there is no mask.",
            ).unknown_if("no step is recorded"),
        ]);
    }
    readings
}
