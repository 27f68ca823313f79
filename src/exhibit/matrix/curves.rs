//! Errors and effective rank over steps.

use super::Looking;
use super::run::{Record, Run};
use super::singular_values::{looked_at, place, shown, steps_axis};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Scale, Shape, Side, Span,
};
use crate::exhibit::words;

fn curve(records: &[Record], value: fn(&Record) -> f64) -> (Vec<[f64; 2]>, [f64; 2]) {
    let points: Vec<[f64; 2]> = records
        .iter()
        .map(|record| [place(record.step), value(record)])
        .collect();
    let end = points.last().copied().unwrap_or([1.0, 1.0]);
    (points, end)
}

fn across(at: f64, role: Role, dash: Dash) -> Mark {
    Mark::Rule {
        orientation: Orientation::Horizontal,
        at,
        role,
        dash,
    }
}

/// Error on what is seen and on what is not.
pub fn errors(run: &mut Run, probe: Option<Looking>) -> Chart {
    let records = shown(run);
    let (seen, seen_end) = curve(&records, |record| record.seen_error);
    let (unseen, unseen_end) = curve(&records, |record| record.unseen_error);
    let mut marks = vec![
        across(1.0, Role::Ink2, Dash::Theory),
        Mark::line(seen, Role::Ink, 2.5),
        Mark::line(unseen, Role::Test, 2.5),
        Mark::Points {
            points: vec![seen_end],
            shape: Shape::Disc,
            role: Role::Ink,
        },
        Mark::Points {
            points: vec![unseen_end],
            shape: Shape::Diamond,
            role: Role::Test,
        },
    ];
    let labels = vec![
        Label::strong("seen", Role::Ink, Place::End { at: seen_end }),
        Label::strong("unseen", Role::Test, Place::End { at: unseen_end }),
        Label::new(
            "0 wherever unseen, as at depth 1",
            Role::Ink2,
            Place::OnRule {
                at: 1.0,
                side: Side::Above,
            },
        ),
    ];
    let now = run.now.clone();
    let mut reading = vec![
        Span::plain("unseen "),
        Span::strong(words::error(now.unseen_error)).in_role(Role::Test),
    ];
    if let Some((record, rule)) = looked_at(run, probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "step {}\u{2002}seen {}\u{2002}unseen {}",
            words::count(record.step),
            words::error(record.seen_error),
            words::error(record.unseen_error)
        ))];
    }
    Chart {
        view: "errors",
        title: vec![
            Span::strong("Error"),
            Span::plain(" squared, of the entries\u{2019} energy"),
        ],
        reading,
        x: steps_axis(),
        y: Axis::log(3e-5, 4.0),
        marks,
        labels,
        description: format!(
            "Error at step {}: {} of their energy on the seen entries, {} on the unseen ones. \
             The solution of least Frobenius norm, which depth 1 finds, has 1 there.",
            words::count(now.step),
            words::error(now.seen_error),
            words::error(now.unseen_error)
        ),
        columns: vec![
            Column::new("step", run.records.iter().map(|r| r.step as f64)),
            Column::new("seen", run.records.iter().map(|r| r.seen_error)),
            Column::new("unseen", run.records.iter().map(|r| r.unseen_error)),
        ],
    }
}

/// How many directions the product has.
pub fn rank(run: &mut Run, probe: Option<Looking>) -> Chart {
    let records = shown(run);
    let (points, end) = curve(&records, |record| record.effective_rank);
    let (truth, least) = (run.truth.effective_rank, run.least_norm.effective_rank);
    let mut marks = vec![
        across(truth, Role::Signal, Dash::Theory),
        across(least, Role::Ink2, Dash::Theory),
        Mark::line(points, Role::Ink, 2.5),
        Mark::Points {
            points: vec![end],
            shape: Shape::Disc,
            role: Role::Ink,
        },
    ];
    let on_rule = |at: f64| Place::OnRule {
        at,
        side: Side::Above,
    };
    let labels = vec![
        Label::strong("product", Role::Ink, Place::End { at: end }),
        Label::new(
            format!("least Frobenius norm {}", words::fixed(least, 1)),
            Role::Ink2,
            on_rule(least),
        ),
        // On the left, away from the end of the curve, which comes to meet it.
        Label::new(
            format!("true matrix {}", words::fixed(truth, 1)),
            Role::Signal,
            Place::Near {
                candidates: vec![[1.0, truth]],
                sides: vec![Side::Right],
                leader: None,
            },
        ),
    ];
    let now = run.now.clone();
    let mut reading = vec![Span::strong(words::fixed(now.effective_rank, 2))];
    if let Some((record, rule)) = looked_at(run, probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "step {}\u{2002}effective rank {}",
            words::count(record.step),
            words::fixed(record.effective_rank, 2)
        ))];
    }
    let mut y = Axis::linear(0.8, 24.0, &[1.0, 2.0, 5.0, 10.0, 20.0]);
    y.scale = Scale::Log {
        min: 0.8,
        max: 24.0,
    };
    Chart {
        view: "rank",
        title: vec![Span::strong("Effective rank")],
        reading,
        x: steps_axis(),
        y,
        marks,
        labels,
        description: format!(
            "Effective rank of the product: {}; of the true matrix {}, of the solution of least \
             Frobenius norm {}.",
            words::fixed(now.effective_rank, 2),
            words::fixed(truth, 2),
            words::fixed(least, 2)
        ),
        columns: vec![
            Column::new("step", run.records.iter().map(|r| r.step as f64)),
            Column::new(
                "effective-rank",
                run.records.iter().map(|r| r.effective_rank),
            ),
        ],
    }
}
