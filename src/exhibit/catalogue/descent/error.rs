//! Test error against the number of parameters.

use super::Looking;
use super::against_size::{
    axis, band, feature_points, points, probed, size_words, threshold, threshold_label,
};
use super::curves::{over_features, over_widths, peak, share};
use super::run::Run;
use super::sweep::parameters;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::catalogue::spread::spread;
use crate::exhibit::text;

/// Errors shown: the random features' peak leaves the picture on purpose.
const RANGE: (f64, f64) = (0.15, 40.0);

/// Test error against the number of parameters.
pub fn error(run: &Run, probe: Option<Looking>) -> Chart {
    let (traces, step) = (run.shown(), run.shown_step());
    let test = over_widths(traces, step, |_, arm| arm.test);
    let clean = over_widths(traces, step, |_, arm| arm.clean);
    let features = over_features(traces, |record| record.test);
    let null = spread(traces.iter().map(|trace| trace.null_error)).median;
    let heights = features.iter().map(|(_, s)| s.median);
    let highest = heights.max_by(f64::total_cmp);
    let noisy = run.setup.noise > 0.0;
    let curve = points(&test);
    let mut marks = vec![
        Mark::Rule {
            orientation: Orientation::Horizontal,
            at: null,
            role: Role::Ink3,
            dash: Dash::Dotted,
        },
        threshold(run),
    ];
    marks.extend(band(run, &test, Role::TestTint));
    marks.push(Mark::dashed(
        feature_points(&features),
        Role::Ink2,
        Dash::Theory,
    ));
    if noisy {
        marks.push(Mark::line(points(&clean), Role::Signal, 2.0));
    }
    if let Some(sweep) = run.newcomer() {
        let record = sweep.trace.at(run.setup.stopping_step());
        let sizes = parameters();
        let live = sizes.iter().zip(&record.arms);
        marks.push(Mark::line(
            live.map(|(&p, arm)| [p as f64, arm.test]).collect(),
            Role::Ink3,
            1.0,
        ));
    }
    marks.push(Mark::line(curve.clone(), Role::Test, 2.5));
    marks.push(Mark::Points {
        points: curve.clone(),
        shape: Shape::Diamond,
        role: Role::Test,
    });
    let key = |text: String, role, sample| {
        Label::new(
            text,
            role,
            Place::Key {
                side: Side::Right,
                sample,
            },
        )
    };
    let line = |role, dash| Sample::Line { role, dash };
    let mut labels = vec![
        threshold_label(run),
        key(
            match run.done.len() {
                0 | 1 => "network".into(),
                count => format!("network, median and range of {count} seeds"),
            },
            Role::Test,
            line(Role::Test, Dash::Solid),
        ),
        key(
            match highest {
                Some(top) if top > RANGE.1 => {
                    format!("random features, up to {}", text::significant(top))
                }
                _ => "random features".into(),
            },
            Role::Ink2,
            line(Role::Ink2, Dash::Theory),
        ),
    ];
    if noisy {
        labels.push(key(
            "network, no noise in the labels".into(),
            Role::Signal,
            line(Role::Signal, Dash::Solid),
        ));
    }
    if let Some(sweep) = run.newcomer() {
        labels.push(key(
            format!("seed {} in training", sweep.trace.seed),
            Role::Ink3,
            line(Role::Ink3, Dash::Solid),
        ));
    }
    labels.push(key(
        "predicting 0".into(),
        Role::Ink3,
        line(Role::Ink3, Dash::Dotted),
    ));
    let peak = peak(&test).filter(|peak| step > 0 && peak.left.is_finite());
    let mut reading = vec![Span::plain(format!(
        "all widths at step {}",
        text::count(step)
    ))];
    if let Some(peak) = peak {
        reading = vec![
            Span::plain(format!("step {}, highest ", text::count(step))),
            Span::strong(text::fixed(peak.height, 2)).in_role(Role::Test),
            Span::plain(format!(
                " at P/n = {}",
                text::fixed(share(peak.index, run.setup.points), 2)
            )),
        ];
    }
    if let Some((i, rule)) = probed(probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "{}\u{2002}test {}{}",
            size_words(i),
            text::error(test[i].median),
            if noisy {
                format!("\u{2002}without noise {}", text::error(clean[i].median))
            } else {
                String::new()
            }
        ))];
    }
    let sizes = parameters();
    Chart {
        view: "error",
        title: vec![
            Span::strong("Test error"),
            Span::plain(" against parameters"),
        ],
        reading,
        x: axis(),
        y: Axis::log_plain(RANGE.0, RANGE.1),
        marks,
        labels,
        description: match peak {
            Some(peak) => format!(
                "Test error at step {}: highest {} at {} parameters for {} points, {} at the best \
                 smaller width, {} at the largest; predicting 0 gives {}.",
                text::count(step),
                text::error(peak.height),
                sizes[peak.index],
                run.setup.points,
                text::error(peak.left),
                text::error(peak.right),
                text::error(null)
            ),
            None => format!(
                "Test error at step {} against the number of parameters.",
                text::count(step)
            ),
        },
        columns: vec![
            Column::new("parameters", sizes.iter().map(|&p| p as f64)),
            Column::new("test", test.iter().map(|s| s.median)),
            Column::new("test-low", test.iter().map(|s| s.low)),
            Column::new("test-high", test.iter().map(|s| s.high)),
            Column::new("test-without-noise", clean.iter().map(|s| s.median)),
            Column::new("features", features.iter().map(|(n, _)| *n as f64)),
            Column::new("features-test", features.iter().map(|(_, s)| s.median)),
        ],
    }
}
