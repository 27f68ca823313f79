//! Test error against the number of parameters.

use super::against_size::{
    band, chart, column, cursor, feature_columns, features, key, network, points, range_columns,
    threshold,
};
use super::model::{Sweep, parameters};
use super::sweeps::{Sweeps, peak};
use crate::chart::{Axis, Chart, Dash, Mark, Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;

/// Errors shown: the random features' peak leaves the picture on purpose.
const RANGE: (f64, f64) = (0.15, 40.0);

/// Test error against the number of parameters.
pub fn error(state: &State<'_, Sweep>) -> Chart {
    let sweeps = Sweeps::of(state);
    let step = sweeps.shown_step();
    let test = sweeps.over_widths(step, |_, arm| arm.test);
    let clean = sweeps.over_widths(step, |_, arm| arm.clean);
    let of_features = sweeps.over_features(|record| record.test);
    let null = sweeps.spread(|trace| trace.untrained.null_error).median;
    let noisy = sweeps.setup.noise > 0.0;
    let y = Axis::log_plain(RANGE.0, RANGE.1);
    let title = "**Test error** against parameters";
    let mut chart = chart("error", title, y, &sweeps);

    let zero = Mark::across(null, Role::Ink3, Dash::Dotted);
    chart.marks = vec![zero, threshold(&sweeps)];
    chart.marks.extend(band(&sweeps, &test, Role::TestTint));
    chart.marks.push(features(&of_features));
    if noisy {
        let line = Mark::line(points(&clean), Role::Signal, 2.0);
        chart.marks.push(line);
    }
    if let Some(trace) = sweeps.in_training {
        let record = trace.at(sweeps.setup.stopping_step());
        let live = parameters().into_iter().zip(&record.arms);
        let live = live.map(|(p, arm)| [p as f64, arm.test]);
        let line = Mark::line(live.collect(), Role::Ink3, 1.0);
        chart.marks.push(line);
    }
    let network = network(points(&test), 2.5, Shape::Diamond, Role::Test);
    chart.marks.extend(network);

    let name = match state.place.ended {
        0 | 1 => "network".into(),
        count => format!("network, median and range of {count} seeds"),
    };
    let heights = of_features.iter().map(|(_, s)| s.median);
    let features_name = match heights.max_by(f64::total_cmp) {
        Some(top) if top > RANGE.1 => {
            format!("random features, up to {}", text::significant(top))
        }
        _ => "random features".into(),
    };
    chart.labels.extend([
        key(name, Role::Test, Dash::Solid),
        key(features_name, Role::Ink2, Dash::Theory),
    ]);
    if noisy {
        let name = "network, no noise in the labels";
        chart.labels.push(key(name, Role::Signal, Dash::Solid));
    }
    if let Some(trace) = sweeps.in_training {
        let name = format!("seed {} in training", trace.untrained.seed);
        chart.labels.push(key(name, Role::Ink3, Dash::Solid));
    }
    let zero = key("predicting 0", Role::Ink3, Dash::Dotted);
    chart.labels.push(zero);

    let count = text::count(step);
    chart.reading = vec![Span::plain(format!("all widths at step {count}"))];
    chart.description = format!("Test error at step {count} against the number of parameters.");
    let peak = peak(&test).filter(|peak| step > 0 && peak.left.is_finite());
    if let Some(peak) = peak {
        let ratio = text::fixed(sweeps.share(peak.index), 2);
        chart.reading = vec![
            Span::plain(format!("step {count}, highest ")),
            Span::strong(text::error(peak.height)).in_role(Role::Test),
            Span::plain(format!(" at P/n = {ratio}")),
        ];
        chart.description = format!(
            "Test error at step {count}: highest {} at {} parameters for {} points, {} at the \
             best smaller width, {} at the largest; predicting 0 gives {}.",
            text::error(peak.height),
            parameters()[peak.index],
            sweeps.setup.points,
            text::error(peak.left),
            text::error(peak.right),
            text::error(null)
        );
    }
    cursor(&mut chart, state, |i| {
        let error = text::error(test[i].median);
        let without = text::error(clean[i].median);
        match noisy {
            true => format!("test {error}\u{2002}without noise {without}"),
            false => format!("test {error}"),
        }
    });
    column(&mut chart, "test", &test);
    range_columns(&mut chart, "test", &test);
    chart.column("test-without-noise", clean.iter().map(|s| s.median));
    feature_columns(&mut chart, "features-test", &of_features);
    chart
}
