//! Errors: how many training and test points are on the wrong side, over steps.

use super::Looking;
use super::run::Run;
use super::training::{Record, STEP_LIMIT};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span,
};
use crate::exhibit::text;

/// The axis of steps, with room for words at its end.
pub fn steps() -> Axis {
    Axis::log_plain(1.0, libm::pow(STEP_LIMIT as f64, 1.15)).first("step ")
}

/// Where a step stands on it: step 0 has no place and stands at the start.
pub fn place(step: u64) -> f64 {
    step.max(1) as f64
}

/// Records to draw: step 0 only until there is another.
pub fn drawn(run: &mut Run) -> Vec<Record> {
    let now = run.present().clone();
    let past = u64::from(now.step > 0);
    let mut records: Vec<Record> = run
        .training
        .records
        .iter()
        .filter(|record| record.step >= past && record.step < now.step)
        .cloned()
        .collect();
    records.push(now);
    records
}

/// A rule at a remembered step that is looked at, with its record.
pub fn probed(run: &Run, probe: Option<Looking>) -> Option<(Mark, &Record)> {
    let Some(Looking::Record(i)) = probe else {
        return None;
    };
    let record = run.training.records.get(i)?;
    let mark = Mark::Rule {
        orientation: Orientation::Vertical,
        at: place(record.step),
        role: Role::Ink,
        dash: Dash::Solid,
    };
    Some((mark, record))
}

pub fn errors(run: &mut Run, probe: Option<Looking>) -> Chart {
    let records = drawn(run);
    let now = run.present().clone();
    let flips = run.training.noise.iter().filter(|e| **e != 0.0).count() as f64
        / run.training.noise.len() as f64;
    let curve = |value: fn(&Record) -> f64| -> Vec<[f64; 2]> {
        records.iter().map(|r| [place(r.step), value(r)]).collect()
    };
    let here = place(now.step);
    let [train, test, clean] =
        [now.train_error, now.test_error, now.clean_error].map(|value| [here, value]);
    let mut marks = Vec::new();
    let mut labels = vec![
        Label::strong("train", Role::Ink, Place::End { at: train }),
        Label::strong("test", Role::Test, Place::End { at: test }),
    ];
    if flips > 0.0 {
        marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at: flips,
            role: Role::Noise,
            dash: Dash::Solid,
        });
        labels.push(Label::new(
            "flipped labels",
            Role::Noise,
            Place::OnRule {
                at: flips,
                side: Side::Above,
            },
        ));
        marks.push(Mark::dashed(
            curve(|r| r.clean_error),
            Role::Test,
            Dash::TestTheory,
        ));
        labels.push(Label::new(
            "test, nothing flipped",
            Role::Test,
            Place::End { at: clean },
        ));
    }
    marks.extend([
        Mark::line(curve(|r| r.train_error), Role::Ink, 2.5),
        Mark::line(curve(|r| r.test_error), Role::Test, 2.5),
        Mark::Points {
            points: vec![train],
            shape: Shape::Disc,
            role: Role::Ink,
        },
        Mark::Points {
            points: vec![test],
            shape: Shape::Diamond,
            role: Role::Test,
        },
    ]);
    let mut reading = vec![
        Span::plain(format!("d = {}\u{2002}test ", run.training.dimension)),
        Span::strong(text::percent(now.test_error)).in_role(Role::Test),
    ];
    if let Some((mark, record)) = probed(run, probe) {
        marks.push(mark);
        reading = vec![Span::plain(format!(
            "step {}\u{2002}train {}\u{2002}test {}\u{2002}nothing flipped {}",
            text::count(record.step),
            text::percent(record.train_error),
            text::percent(record.test_error),
            text::percent(record.clean_error)
        ))];
    }
    let all = &run.training.records;
    Chart {
        view: "errors",
        title: vec![
            Span::strong("Errors"),
            Span::plain(" share on the wrong side"),
        ],
        reading,
        x: steps(),
        y: Axis::linear_with(0.0, 0.56, &[0.0, 0.25, 0.5], text::whole_percent),
        marks,
        labels,
        description: format!(
            "Errors at d = {}, step {}: {} of the training points are on the wrong side of their \
             labels, {} of which are flipped; {} of the test points are on the wrong side of \
             their class, {} when nothing is flipped.",
            run.training.dimension,
            text::count(now.step),
            text::percent(now.train_error),
            text::percent(flips),
            text::percent(now.test_error),
            text::percent(now.clean_error)
        ),
        columns: vec![
            Column::new("step", all.iter().map(|r| r.step as f64)),
            Column::new("train-error", all.iter().map(|r| r.train_error)),
            Column::new("test-error", all.iter().map(|r| r.test_error)),
            Column::new("clean-test-error", all.iter().map(|r| r.clean_error)),
            Column::new("train-loss", all.iter().map(|r| r.train_loss)),
        ],
    }
}
