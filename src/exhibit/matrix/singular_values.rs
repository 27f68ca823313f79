//! Singular values of the product over steps, beside those of the truth.

use super::Looking;
use super::knobs::SIZE;
use super::run::{Record, Run, STEP_LIMIT};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::words;

/// Step 0 has no place on a log axis: it stands at step 1 until there is one.
pub fn place(step: u64) -> f64 {
    step.max(1) as f64
}

/// The axis of all views over steps, with room at the right for end labels.
pub fn steps_axis() -> Axis {
    Axis::log_plain(1.0, libm::pow(STEP_LIMIT as f64, 1.2)).first("step ")
}

/// What a view over steps shows of the records: all but step 0, once there
/// are others, and the present one.
pub fn shown(run: &mut Run) -> Vec<Record> {
    let now = run.observe().clone();
    let past = u64::from(now.step > 0);
    let remembered = run.records.iter().filter(|record| record.step >= past);
    let mut shown: Vec<Record> = remembered.cloned().collect();
    if shown.last().is_none_or(|last| last.step < now.step) {
        shown.push(now);
    }
    shown
}

/// The rule through a record that is looked at.
pub fn looked_at(run: &Run, probe: Option<Looking>) -> Option<(Record, Mark)> {
    let Some(Looking::Record(i)) = probe else {
        return None;
    };
    let record = run.records.get(i)?.clone();
    let rule = Mark::Rule {
        orientation: Orientation::Vertical,
        at: place(record.step),
        role: Role::Ink,
        dash: Dash::Solid,
    };
    Some((record, rule))
}

/// "σ₁", for 0.
fn sigma(i: usize) -> String {
    let digit = char::from_u32(0x2081 + i as u32).unwrap_or('?');
    format!("\u{3c3}{digit}")
}

pub fn singular_values(run: &mut Run, probe: Option<Looking>) -> Chart {
    let records = shown(run);
    let rank = run.setup.rank;
    let truth = run.truth.singular_values.clone();
    let top = 1.3 * truth[0];
    let curve = |i: usize| -> Vec<[f64; 2]> {
        records
            .iter()
            .map(|record| [place(record.step), record.singular_values[i]])
            .collect()
    };
    let end = |i: usize| curve(i).last().copied().unwrap_or([1.0, 0.0]);
    let mut marks: Vec<Mark> = truth[..rank]
        .iter()
        .map(|&at| Mark::Rule {
            orientation: Orientation::Horizontal,
            at,
            role: Role::Signal,
            dash: Dash::Theory,
        })
        .collect();
    // The strongest are drawn last, over the others.
    for i in (0..SIZE).rev() {
        let (role, width) = if i < rank {
            (Role::Signal, 2.5)
        } else {
            (Role::Noise, 1.5)
        };
        marks.push(Mark::line(curve(i), role, width));
    }
    marks.push(Mark::Points {
        points: vec![end(rank)],
        shape: Shape::Ring,
        role: Role::Noise,
    });
    marks.push(Mark::Points {
        points: (0..rank).map(end).collect(),
        shape: Shape::Disc,
        role: Role::Signal,
    });
    let mut labels: Vec<Label> = (0..rank)
        .map(|i| Label::strong(sigma(i), Role::Signal, Place::End { at: end(i) }))
        .collect();
    labels.push(Label::strong(
        format!("{} to \u{3c3}\u{2082}\u{2080}", sigma(rank)),
        Role::Noise,
        Place::End { at: end(rank) },
    ));
    labels.push(Label::new(
        "of the true matrix",
        Role::Signal,
        Place::Key {
            side: Side::Left,
            sample: Sample::Line {
                role: Role::Signal,
                dash: Dash::Theory,
            },
        },
    ));
    let now = records.last().map(|record| &record.singular_values[..]);
    let now = now.unwrap_or_default().to_vec();
    let beyond: f64 = now.iter().skip(rank).sum::<f64>() / now.iter().sum::<f64>();
    let mut reading = vec![
        Span::plain(format!("beyond rank {rank} ")),
        Span::strong(words::percent(beyond)).in_role(Role::Noise),
        Span::plain(" of their sum"),
    ];
    if let Some((record, rule)) = looked_at(run, probe) {
        marks.push(rule);
        let first = record.singular_values.iter().take(rank + 1);
        let values: Vec<String> = first
            .enumerate()
            .map(|(i, value)| format!("{} {}", sigma(i), words::fixed(*value, 2)))
            .collect();
        reading = vec![Span::plain(format!(
            "step {}\u{2002}{}",
            words::count(record.step),
            values.join("\u{2002}")
        ))];
    }
    let remembered = &run.records;
    Chart {
        view: "singular-values",
        title: vec![
            Span::strong("Singular values"),
            Span::plain(" of the product"),
        ],
        reading,
        x: steps_axis(),
        y: Axis::nice(0.0, top, 4),
        marks,
        labels,
        description: format!(
            "Singular values of {}: the {rank} largest are {}, those of the true matrix {}; the \
             others make up {} of their sum.",
            run.setup.product(),
            listed(&now[..rank.min(now.len())]),
            listed(&truth[..rank]),
            words::percent(beyond)
        ),
        columns: std::iter::once(Column::new(
            "step",
            remembered.iter().map(|record| record.step as f64),
        ))
        .chain((0..SIZE).map(|i| {
            let values = remembered.iter().map(|record| record.singular_values[i]);
            Column::new(format!("singular-value-{}", i + 1), values)
        }))
        .collect(),
    }
}

fn listed(values: &[f64]) -> String {
    let words: Vec<String> = values.iter().map(|v| words::fixed(*v, 2)).collect();
    words.join(", ")
}
