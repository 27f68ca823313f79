//! Operators: how far each direction of W is learned, and how much of it G
//! brings to the test points.

use super::Looking;
use super::run::Run;
use super::training::POINTS;
use crate::chart::{Axis, Bar, Chart, Column, Label, Mark, Place, Role, Sample, Shape, Side, Span};
use crate::exhibit::{modes, text};

/// Bottom of the axis.
const LEAST: f64 = 1e-4;

/// Nothing where the operators are no longer finite.
pub fn operators(run: &mut Run, probe: Option<Looking>) -> Option<Chart> {
    let found = run.training.modes()?.clone();
    let bars = found.values.iter().enumerate().map(|(j, &value)| Bar {
        x: j as f64 + 1.0,
        value,
        fill: modes::fill(j, found.channel, true),
    });
    let reach: Vec<[f64; 2]> = found
        .reach
        .iter()
        .enumerate()
        .map(|(j, &reach)| [j as f64 + 1.0, reach])
        .filter(|p| p[1] >= LEAST)
        .collect();
    let mut marks = vec![
        Mark::Bars {
            bars: bars.collect(),
        },
        Mark::Points {
            points: reach,
            shape: Shape::Diamond,
            role: Role::Test,
        },
    ];
    let mut labels = Vec::new();
    if found.channel > 0 && found.channel < POINTS {
        marks.push(modes::split(found.channel));
    }
    labels.extend(modes::sides(found.channel, POINTS));
    labels.push(Label::new(
        "learned share, 2\u{3bb}/n of W",
        Role::Signal,
        Place::Key {
            side: Side::Left,
            sample: Sample::Patch { role: Role::Signal },
        },
    ));
    let share = found.noise_in_reservoir();
    let mut reading = vec![
        Span::plain("noise in the reservoir "),
        Span::strong(text::percent(share)).in_role(Role::Noise),
    ];
    if let Some(Looking::Mode(j)) = probe
        && j < POINTS
    {
        marks.push(Mark::Frame { x: j as f64 + 1.0 });
        reading = vec![
            Span::symbol("j"),
            Span::plain(format!(
                " = {}\u{2002}learned {}\u{2002}reach {}\u{2002}noise {}",
                j + 1,
                text::percent(found.values[j]),
                text::significant(found.reach[j]),
                text::percent(found.noise[j])
            )),
        ];
    }
    Some(Chart {
        view: "operators",
        title: vec![Span::strong("W and G"), Span::plain(" by direction of W")],
        reading,
        x: Axis::modes(POINTS),
        y: Axis::log(LEAST, 100.0),
        marks,
        labels,
        description: format!(
            "Operators: {} of {POINTS} directions of W lie in the channel; the reservoir holds {} of the \
             noise. What a unit of a direction does to the test points goes from {} down to {}.",
            found.channel,
            text::percent(share),
            text::significant(found.reach.iter().copied().fold(0.0, f64::max)),
            text::significant(found.reach.iter().copied().fold(f64::INFINITY, f64::min))
        ),
        columns: vec![
            Column::new("direction", (1..=POINTS).map(|j| j as f64)),
            Column::new("learned", found.values.iter().copied()),
            Column::new("reach", found.reach.iter().copied()),
            Column::new("noise", found.noise.iter().copied()),
        ],
    })
}
