//! The numbers of the reservoir exhibit.

use super::arm::Operated;
use super::model::{Networks, last, median, progress};
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

/// Names of a reading for each of the three networks.
type Names = [&'static str; 3];

pub fn readings(state: &State<'_, Networks>) -> Vec<Reading> {
    let threshold = state.setup.threshold;
    let n = state.setup.points as f64;
    let last = last(state);
    let mut all = vec![
        Reading::new(
            "step",
            state.place.step as f64,
            "",
            "Steps of all three networks together, over all seeds.",
        ),
        Reading::new(
            "progress",
            progress(state),
            "share",
            "Share of the steps that are done.",
        ),
    ];
    let mut each = |names: Names, unit, meaning, value: &dyn Fn(&Operated) -> f64| {
        for (which, name) in names.into_iter().enumerate() {
            let value = median(state, which, last, value);
            let reading = Reading::new(name, value, unit, meaning);
            all.push(reading.unknown_if("no step is recorded, or what it is a share of is 0"));
        }
    };
    each(
        [
            "reservoir-dimension-1",
            "reservoir-dimension-2",
            "reservoir-dimension-3",
        ],
        "",
        "Directions below the split, median over seeds at the latest step that the first seed has reached.",
        &|s| n - s.channel(threshold) as f64,
    );
    each(
        ["gap-1", "gap-2", "gap-3"],
        "decades",
        "log10 of the last eigenvalue in the channel over the first in the reservoir.",
        &|s| s.gap(threshold),
    );
    each(
        ["spacing-1", "spacing-2", "spacing-3"],
        "decades",
        "Mean of the same over all neighbouring eigenvalues above the numerical floor: the baseline.",
        &Operated::spacing,
    );
    each(
        ["leak-1", "leak-2", "leak-3"],
        "",
        "Mean squared change at the test points that the reservoir's part of g(s) causes.",
        &|s| s.leak(threshold),
    );
    each(
        ["test-loss-1", "test-loss-2", "test-loss-3"],
        "",
        "Mean squared distance to the true function over 51 test points.",
        &|s| s.test,
    );
    each(
        [
            "noise-in-reservoir-1",
            "noise-in-reservoir-2",
            "noise-in-reservoir-3",
        ],
        "share",
        "Share of the label noise that lies in the reservoir.",
        &|s| s.noise_outside(threshold),
    );
    each(
        ["operator-error-1", "operator-error-2", "operator-error-3"],
        "share",
        "What P and G miss, of the change of the training or of the test outputs, whichever is more: what the quadrature of the steps leaves.",
        &|s| s.error,
    );
    all
}
