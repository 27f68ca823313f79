//! The numbers of the descent exhibit: medians over the sweeps that are done,
//! or those of the first one while it trains.

use super::curves::{over_widths, share};
use super::run::Run;
use super::summary::Summary;
use super::sweep::parameters;
use crate::exhibit::Reading;

pub fn readings(run: &Run) -> Vec<Reading> {
    let summary = Summary::new(run);
    let n = run.setup.points;
    let size = |index: Option<usize>| index.map_or(f64::NAN, |i| parameters()[i] as f64);
    let ratio = |index: Option<usize>| index.map_or(f64::NAN, |i| share(i, n));
    let peak = summary.peak;
    let gain_peak = summary.gain_peak;
    let at_stop = over_widths(run.shown(), run.shown_step(), |_, arm| arm.test);
    let highest = |curve: &[crate::exhibit::catalogue::spread::Spread]| {
        curve.iter().map(|s| s.median).fold(f64::NAN, f64::max)
    };
    let stop = summary.stop.as_ref();
    let peak_index = peak.map(|p| p.index);
    vec![
        Reading::new(
            "step",
            run.step as f64,
            "",
            "Training steps taken, over all sweeps.",
        ),
        Reading::new(
            "seeds-done",
            run.done.len() as f64,
            "",
            "Sweeps that are done; until the first is, all numbers are those of the sweep in training.",
        ),
        Reading::new(
            "peak-parameters",
            size(peak_index),
            "",
            "Number of parameters P at which the test error is highest, among the widths trained.",
        ),
        Reading::new("peak-ratio", ratio(peak_index), "", "That number over n."),
        Reading::new(
            "peak-test-loss",
            peak.map_or(f64::NAN, |p| p.height),
            "",
            "Highest test error over the widths: mean squared distance to the true function.",
        ),
        Reading::new(
            "best-small-test-loss",
            peak.map_or(f64::NAN, |p| p.left),
            "",
            "Smallest test error among the widths below the peak.",
        ).unknown_if("the peak is at the smallest width"),
        Reading::new(
            "widest-test-loss",
            Summary::widest(&summary.test),
            "",
            "Test error of the widest network.",
        ),
        Reading::new(
            "null-test-loss",
            summary.null_error,
            "",
            "Test error of predicting 0 everywhere.",
        ),
        Reading::new(
            "clean-peak-test-loss",
            summary.clean_peak.map_or(f64::NAN, |p| p.height),
            "",
            "Highest test error over the widths, trained on labels without noise.",
        ),
        Reading::new(
            "clean-widest-test-loss",
            summary.clean_peak.map_or(f64::NAN, |p| p.right),
            "",
            "Test error of the widest network, trained on labels without noise.",
        ).unknown_if("the peak is at the largest width"),
        Reading::new(
            "gain-peak",
            gain_peak.map_or(f64::NAN, |p| p.height),
            "",
            "Highest noise gain over the widths: mean square that the noise moves test points by, over that of training points.",
        ).unknown_if("no noise is memorised"),
        Reading::new(
            "gain-peak-ratio",
            ratio(gain_peak.map(|p| p.index)),
            "",
            "P/n at which the gain is highest.",
        ).unknown_if("no noise is memorised"),
        Reading::new(
            "gain-widest",
            Summary::widest(&summary.gain),
            "",
            "Noise gain of the widest network.",
        ).unknown_if("no noise is memorised"),
        Reading::new(
            "memorised-peak",
            peak_index.map_or(f64::NAN, |i| summary.memorised[i].median),
            "share",
            "Share of the noise that is memorised at the peak of the test error.",
        ).unknown_if("there is no noise"),
        Reading::new(
            "memorised-widest",
            Summary::widest(&summary.memorised),
            "share",
            "Share of the noise that the widest network memorises.",
        ).unknown_if("there is no noise"),
        Reading::new(
            "smallest-eigenvalue",
            summary
                .lowest
                .map_or(f64::NAN, |i| summary.smallest[i].median),
            "of lambda_1",
            "Lowest over the widths of the smallest eigenvalue of K(0) above its numerical floor.",
        ).unknown_if("no kernel has been decomposed yet"),
        Reading::new(
            "smallest-eigenvalue-ratio",
            ratio(summary.lowest),
            "",
            "P/n at which it is lowest.",
        ).unknown_if("no kernel has been decomposed yet"),
        Reading::new(
            "features-peak-ratio",
            summary
                .features_peak
                .map_or(f64::NAN, |p| p.0 as f64 / n as f64),
            "",
            "Number of random features with the highest test error, over n.",
        ),
        Reading::new(
            "features-peak-test-loss",
            summary.features_peak.map_or(f64::NAN, |p| p.1),
            "",
            "That test error.",
        ),
        Reading::new(
            "features-last-test-loss",
            summary.features_last,
            "",
            "Test error of the largest number of random features.",
        ),
        Reading::new(
            "best-common-stop",
            stop.map_or(f64::NAN, |s| s.0 as f64),
            "",
            "Step of a sweep at which all widths together have the smallest test error.",
        ),
        Reading::new(
            "best-stop-highest-test-loss",
            stop.map_or(f64::NAN, |s| highest(&s.1)),
            "",
            "Highest test error over the widths at that step.",
        ),
        Reading::new(
            "shown-step",
            run.shown_step() as f64,
            "",
            "Step of a sweep at which the curves over widths are shown.",
        ),
        Reading::new(
            "shown-highest-test-loss",
            highest(&at_stop),
            "",
            "Highest test error over the widths at that step.",
        ),
    ]
}
