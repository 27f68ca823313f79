//! The numbers of a race.

use super::arm_trial::{ArmTrial, median, over_first};
use super::knobs::{ARMS, per_arm};
use super::model::Race;
use super::operators::last;
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

/// Names of what is read of every arm.
const OUTCOME: [&str; ARMS] = per_arm!("arm", "-outcome");
const BEST: [&str; ARMS] = per_arm!("arm", "-best");
const RATIO: [&str; ARMS] = per_arm!("arm", "-ratio");
const WINS: [&str; ARMS] = per_arm!("arm", "-wins");
const ACTIVE: [&str; ARMS] = per_arm!("arm", "-open");
const MEMORISED: [&str; ARMS] = per_arm!("arm", "-noise-memorised");
const GAIN: [&str; ARMS] = per_arm!("arm", "-noise-gain");
const ERROR: [&str; ARMS] = per_arm!("arm", "-operator-error");

/// Medians over the trials that are over, or those of the first under way.
pub fn readings(state: &State<'_, Race>) -> Vec<Reading> {
    let (setup, place) = (state.setup, state.place);
    let mut readings = vec![
        Reading::new(
            "step",
            place.step as f64,
            "",
            "Steps taken by every arm, over all trials.",
        ),
        Reading::new(
            "seeds-done",
            place.ended as f64,
            "",
            "Trials that are over; until the first is, all numbers are those of the trial under way.",
        ),
        Reading::new(
            "gate-own-stop",
            median(state, setup.gate(), ArmTrial::at_own_stop),
            "",
            "Score of the gate on trial where it would stop by itself, else at the end; lower is better.",
        )
        .unknown_if("no arm has a gate, or its score is never reached"),
        Reading::new(
            "free-best-validation",
            median(state, setup.free(), ArmTrial::at_the_best_validation),
            "",
            "Score of the ungated arm at its best validation error; lower is better.",
        )
        .unknown_if("no arm is free, or there is no validation set"),
    ];
    for (arm, of) in setup.arms.iter().enumerate() {
        let i = of.number - 1;
        let paired = over_first(state, arm);
        readings.extend([
            Reading::new(
                OUTCOME[i],
                median(state, Some(arm), ArmTrial::outcome),
                "",
                "What decides the race, median over trials; lower is better; none where it is never reached.",
            )
            .unknown_if("the score that decides is never reached"),
            Reading::new(
                BEST[i],
                median(state, Some(arm), ArmTrial::best),
                "",
                "Best score on the way by the true answers, median over trials; lower is better.",
            )
            .unknown_if("no step is recorded"),
            Reading::new(
                RATIO[i],
                paired.spread().median,
                "",
                "Outcome over that of the first arm, median over the trials that are over.",
            )
            .unknown_if("no trial is over"),
            Reading::new(
                WINS[i],
                paired.wins as f64,
                "",
                "Trials in which the outcome is below that of the first arm.",
            ),
            Reading::new(
                ACTIVE[i],
                median(state, Some(arm), ArmTrial::active),
                "",
                "Active fraction at the last recorded step; what the hard gate would open, where there is no mask.",
            )
            .unknown_if("no step is recorded"),
        ]);
        if let Some(operated) = last(state, arm) {
            readings.extend([
                Reading::new(
                    MEMORISED[i],
                    operated.noise.memorised_share,
                    "share",
                    "|(I - P) eps|^2 / |eps|^2 by the operators, at the last recorded step of the first trial.",
                )
                .unknown_if("the labels have no noise"),
                Reading::new(
                    GAIN[i],
                    operated.noise.gain,
                    "",
                    "|G eps/n|^2/m over |(I - P) eps|^2/n: what of the memorised noise reaches the test points.",
                )
                .unknown_if("no noise is memorised"),
                Reading::new(
                    ERROR[i],
                    operated.error,
                    "share",
                    "What P and G miss, of the change of the training or of the test outputs, whichever is more.",
                )
                .unknown_if("no step is recorded"),
            ]);
        }
    }
    readings
}
