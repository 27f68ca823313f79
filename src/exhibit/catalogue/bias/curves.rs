//! Distance to the minimum-norm interpolant, and errors, over steps.

use super::Looking;
use super::run::{Record, Run, STEP_LIMIT};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::text;

/// Step 0 has no place on a log axis: it stands at step 1 until there is one.
fn place(step: u64) -> f64 {
    step.max(1) as f64
}

fn steps_axis() -> Axis {
    Axis::log_plain(1.0, libm::pow(STEP_LIMIT as f64, 1.2)).first("step ")
}

/// A value over the remembered steps and the present one, and its end.
fn curve(run: &mut Run, value: fn(&Record) -> f64) -> (Vec<[f64; 2]>, [f64; 2]) {
    let now = run.observe();
    let past = u64::from(now.step > 0);
    let remembered = run.records.iter().filter(|record| record.step >= past);
    let mut points: Vec<[f64; 2]> = remembered
        .chain(std::iter::once(&now))
        .map(|record| [place(record.step), value(record)])
        .collect();
    points.dedup_by(|a, b| a[0] == b[0]);
    let end = points.last().copied().unwrap_or([1.0, f64::NAN]);
    (points, end)
}

/// The record that is looked at, and the rule through it.
fn looked_at(run: &Run, probe: Option<Looking>) -> Option<(Record, Mark)> {
    let Some(Looking::Record(i)) = probe else {
        return None;
    };
    let record = *run.records.get(i)?;
    let rule = Mark::Rule {
        orientation: Orientation::Vertical,
        at: place(record.step),
        role: Role::Ink,
        dash: Dash::Solid,
    };
    Some((record, rule))
}

/// |u_Q - u*_Q| / |u_Q| over steps.
pub fn distance(run: &mut Run, probe: Option<Looking>) -> Chart {
    let now = run.observe();
    let (points, end) = curve(run, |record| record.distance);
    let mut marks = vec![
        Mark::dashed(run.foreseen.clone(), Role::Ink2, Dash::Theory),
        Mark::line(points, Role::Ink, 2.5),
        Mark::Points {
            points: vec![end],
            shape: Shape::Disc,
            role: Role::Ink,
        },
    ];
    let mut labels = vec![Label::new(
        "if the kernel stood still",
        Role::Ink2,
        Place::Key {
            side: Side::Right,
            sample: Sample::Line {
                role: Role::Ink2,
                dash: Dash::Theory,
            },
        },
    )];
    // At step 0 nothing has moved: there is no distance yet.
    if now.step > 0 {
        labels.push(Label::strong("network", Role::Ink, Place::End { at: end }));
    }
    let mut reading = vec![
        Span::strong(text::fixed(now.distance, 3)),
        Span::plain(" of the way that it moved"),
    ];
    if let Some((record, rule)) = looked_at(run, probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "step {}\u{2002}distance {}",
            text::count(record.step),
            text::fixed(record.distance, 3)
        ))];
    }
    // Where the interpolant is large, the way to it is many times the way moved.
    let first = run.foreseen.first().map_or(1.0, |point| point[1]);
    let records = &run.records;
    Chart {
        view: "distance",
        title: vec![
            Span::strong("Distance"),
            Span::plain(" to the minimum-norm interpolant"),
        ],
        reading,
        x: steps_axis(),
        y: Axis::log(0.008, (2.0 * first).clamp(12.0, 1e9)),
        marks,
        labels,
        description: format!(
            "Distance of the network\u{2019}s test outputs to the minimum-norm interpolant of its \
             kernel at the start, over how far they have moved: {} at step {}.",
            text::fixed(now.distance, 3),
            text::count(now.step)
        ),
        columns: vec![
            Column::new("step", records.iter().map(|r| r.step as f64)),
            Column::new("distance", records.iter().map(|r| r.distance)),
            Column::new("theory-step", run.foreseen.iter().map(|f| f[0])),
            Column::new("theory-distance", run.foreseen.iter().map(|f| f[1])),
        ],
    }
}

/// Train and test error over steps.
pub fn errors(run: &mut Run, probe: Option<Looking>) -> Chart {
    let now = run.observe();
    let (train, train_end) = curve(run, |record| record.train);
    let (test, test_end) = curve(run, |record| record.test);
    let interpolant = run.interpolant_error;
    let mut marks = vec![
        Mark::Rule {
            orientation: Orientation::Horizontal,
            at: interpolant,
            role: Role::Test,
            dash: Dash::TestTheory,
        },
        Mark::line(test, Role::Test, 2.5),
        Mark::line(train, Role::Ink, 2.5),
        Mark::Points {
            points: vec![test_end],
            shape: Shape::Diamond,
            role: Role::Test,
        },
        Mark::Points {
            points: vec![train_end],
            shape: Shape::Disc,
            role: Role::Ink,
        },
    ];
    let labels = vec![
        Label::strong("train", Role::Ink, Place::End { at: train_end }),
        Label::strong("test", Role::Test, Place::End { at: test_end }),
        Label::new(
            format!("minimum-norm interpolant {}", text::error(interpolant)),
            Role::Test,
            Place::Key {
                side: Side::Right,
                sample: Sample::Line {
                    role: Role::Test,
                    dash: Dash::TestTheory,
                },
            },
        ),
    ];
    let mut reading = vec![
        Span::plain("test "),
        Span::strong(text::error(now.test)).in_role(Role::Test),
    ];
    if let Some((record, rule)) = looked_at(run, probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "step {}\u{2002}train {}\u{2002}test {}",
            text::count(record.step),
            text::error(record.train),
            text::error(record.test)
        ))];
    }
    let records = &run.records;
    Chart {
        view: "errors",
        title: vec![
            Span::strong("Error"),
            Span::plain(" squared, 1 for answering 0"),
        ],
        reading,
        x: steps_axis(),
        y: Axis::log(1e-5, 6.0),
        marks,
        labels,
        description: format!(
            "Error at step {}: train {}, test {}; the minimum-norm interpolant of the kernel at \
             the start has {} on the test points.",
            text::count(now.step),
            text::error(now.train),
            text::error(now.test),
            text::error(interpolant)
        ),
        columns: vec![
            Column::new("step", records.iter().map(|r| r.step as f64)),
            Column::new("train", records.iter().map(|r| r.train)),
            Column::new("test", records.iter().map(|r| r.test)),
        ],
    }
}
