//! The numbers of the descent exhibit: medians over the sweeps that are done,
//! or those of the first one while it trains.

use super::model::{Sweep, parameters};
use super::summary::Summary;
use super::sweeps::{highest, widest};
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

pub fn readings(state: &State<'_, Sweep>) -> Vec<Reading> {
    let summary = Summary::of(state);
    let sweeps = &summary.sweeps;
    let of = |value: Option<f64>| value.unwrap_or(f64::NAN);
    let ratio = |index: Option<usize>| of(index.map(|i| sweeps.share(i)));
    let number = |name, value, meaning| Reading::new(name, value, "", meaning);
    let (peak, clean_peak, gain_peak) = (summary.peak, summary.clean_peak, summary.gain_peak);
    let operator_peak = summary.operator_peak;
    let peak_index = peak.map(|p| p.index);
    let features_peak = summary.features_peak;
    let features_ratio = |size: usize| size as f64 / state.setup.points as f64;
    let stop = summary.stop.as_ref();
    let shown_step = sweeps.shown_step();
    let at_stop = sweeps.over_widths(shown_step, |_, arm| arm.test);
    vec![
        number(
            "step",
            state.place.step as f64,
            "Training steps taken, over all sweeps.",
        ),
        number(
            "seeds-done",
            state.place.ended as f64,
            "Sweeps that are done; until the first is, all numbers are those of the sweep in training.",
        ),
        number(
            "peak-parameters",
            of(peak_index.map(|i| parameters()[i] as f64)),
            "Number of parameters P at which the test error is highest, among the widths trained.",
        ),
        number("peak-ratio", ratio(peak_index), "That number over n."),
        number(
            "peak-test-loss",
            of(peak.map(|p| p.height)),
            "Highest test error over the widths: mean squared distance to the true function.",
        ),
        number(
            "best-small-test-loss",
            of(peak.map(|p| p.left)),
            "Smallest test error among the widths below the peak.",
        )
        .unknown_if("the peak is at the smallest width"),
        number(
            "widest-test-loss",
            widest(&summary.test),
            "Test error of the widest network.",
        ),
        number(
            "null-test-loss",
            summary.null_error,
            "Test error of predicting 0 everywhere.",
        ),
        number(
            "clean-peak-test-loss",
            of(clean_peak.map(|p| p.height)),
            "Highest test error over the widths, trained on labels without noise.",
        ),
        number(
            "clean-widest-test-loss",
            of(clean_peak.map(|p| p.right)),
            "Test error of the widest network, trained on labels without noise.",
        )
        .unknown_if("the peak is at the largest width"),
        number(
            "gain-peak",
            of(gain_peak.map(|p| p.height)),
            "Highest noise gain over the widths: mean square that the noise moves test points by, over that of training points.",
        )
        .unknown_if("no noise is memorised"),
        number(
            "gain-peak-ratio",
            ratio(gain_peak.map(|p| p.index)),
            "P/n at which the gain is highest.",
        )
        .unknown_if("no noise is memorised"),
        number(
            "gain-widest",
            widest(&summary.gain),
            "Noise gain of the widest network.",
        )
        .unknown_if("no noise is memorised"),
        number(
            "operator-gain-peak",
            of(operator_peak.map(|p| p.height)),
            "Highest noise gain by operators, |G eps/n|^2/m over |(I - P) eps|^2/n, over the widths at which they are carried.",
        )
        .unknown_if("no noise is memorised, or the operators are off"),
        number(
            "operator-gain-peak-ratio",
            ratio(operator_peak.map(|p| p.index)),
            "P/n at which that is highest.",
        )
        .unknown_if("no noise is memorised, or the operators are off"),
        Reading::new(
            "operator-error",
            summary.operator_error,
            "share",
            "What P and G miss, of the change of the training or of the test outputs, at the width where it is most.",
        )
        .unknown_if("nothing has moved"),
        Reading::new(
            "memorised-peak",
            of(peak_index.map(|i| summary.memorised[i].median)),
            "share",
            "Share of the noise that is memorised at the peak of the test error.",
        )
        .unknown_if("there is no noise"),
        Reading::new(
            "memorised-widest",
            widest(&summary.memorised),
            "share",
            "Share of the noise that the widest network memorises.",
        )
        .unknown_if("there is no noise"),
        Reading::new(
            "smallest-eigenvalue",
            of(summary.lowest.map(|i| summary.smallest[i].median)),
            "of lambda_1",
            "Lowest over the widths of the smallest eigenvalue of K(0) above its numerical floor.",
        )
        .unknown_if("no kernel has been decomposed yet"),
        number(
            "smallest-eigenvalue-ratio",
            ratio(summary.lowest),
            "P/n at which it is lowest.",
        )
        .unknown_if("no kernel has been decomposed yet"),
        number(
            "features-peak-ratio",
            of(features_peak.map(|p| features_ratio(p.0))),
            "Number of random features with the highest test error, over n.",
        ),
        number(
            "features-peak-test-loss",
            of(features_peak.map(|p| p.1)),
            "That test error.",
        ),
        number(
            "features-last-test-loss",
            summary.features_last,
            "Test error of the largest number of random features.",
        ),
        number(
            "best-common-stop",
            of(stop.map(|s| s.0 as f64)),
            "Step of a sweep at which all widths together have the smallest test error.",
        ),
        number(
            "best-stop-highest-test-loss",
            of(stop.map(|s| highest(&s.1))),
            "Highest test error over the widths at that step.",
        ),
        number(
            "shown-step",
            shown_step as f64,
            "Step of a sweep at which the curves over widths are shown.",
        ),
        number(
            "shown-highest-test-loss",
            highest(&at_stop),
            "Highest test error over the widths at that step.",
        ),
    ]
}
