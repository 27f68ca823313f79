//! The course of training: test error over steps at three widths, and over
//! steps and all widths at once.

use super::Looking;
use super::against_size::nearest;
use super::curves::over_widths;
use super::run::Run;
use super::sweep::{Record, WIDTHS, parameters};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Scale, Shape, Side, Span,
    Tick, TickLabel,
};
use crate::exhibit::catalogue::spread::{Spread, spread};
use crate::exhibit::text;

/// Smallest error shown over steps.
const LOWEST: f64 = 0.15;

/// Largest error shown over steps: room for the peak, which grows with the noise.
fn highest(noise: f64) -> f64 {
    4.0 + 16.0 * noise * noise
}

/// Test errors of an empty and of a full cell.
const SHADES: (f64, f64) = (0.35, 3.5);

/// Columns of the map per decade of steps.
const COLUMNS_PER_DECADE: f64 = 16.0;

/// Widths whose course is drawn, as indices: well below the threshold, just
/// above it, and the largest.
fn drawn(points: usize) -> [usize; 3] {
    let n = points as f64;
    [nearest(0.4 * n), nearest(1.25 * n), WIDTHS.len() - 1]
}

/// The remembered steps, the same in every sweep. Step 0 has no place on a
/// log axis: it stands at 1 until step 1.
pub fn steps(run: &Run) -> Vec<u64> {
    let records = run.shown().first().map_or(&[] as &[Record], |t| &t.records);
    let past = u64::from(records.len() > 1);
    let steps = records.iter().map(|record| record.step);
    steps.filter(|step| *step >= past).collect()
}

fn place(step: u64) -> f64 {
    step.max(1) as f64
}

/// The axis of steps, with room for words behind the last.
fn axis(run: &Run) -> Axis {
    let end = libm::pow(run.setup.steps as f64, 1.25);
    Axis::log_plain(1.0, end).first("step ")
}

/// The line at the stopping step, unless that is the end.
fn stop(run: &Run) -> Option<Mark> {
    let step = run.setup.stopping_step();
    (step < run.setup.steps).then_some(Mark::Rule {
        orientation: Orientation::Vertical,
        at: place(step),
        role: Role::Ink,
        dash: Dash::Solid,
    })
}

fn name(index: usize) -> String {
    format!("width {}", WIDTHS[index])
}

/// Test error over steps at three widths.
pub fn stopping(run: &Run, probe: Option<Looking>) -> Chart {
    let traces = run.shown();
    let steps = steps(run);
    let curves: Vec<Vec<Spread>> = steps
        .iter()
        .map(|&step| over_widths(traces, step, |_, arm| arm.test))
        .collect();
    let chosen = drawn(run.setup.points);
    let threshold = chosen[1];
    let along = |values: &mut dyn Iterator<Item = f64>| -> Vec<[f64; 2]> {
        steps
            .iter()
            .zip(values)
            .map(|(&s, v)| [place(s), v])
            .collect()
    };
    let of_width = |i: usize| along(&mut curves.iter().map(move |curve| curve[i].median));
    let train = along(
        &mut steps
            .iter()
            .map(|&step| spread(traces.iter().map(|t| t.at(step).arms[threshold].train)).median),
    );
    let noise = spread(traces.iter().map(|trace| trace.noise_energy)).median;
    let mut marks = Vec::new();
    if noise > LOWEST {
        marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at: noise,
            role: Role::Noise,
            dash: Dash::Solid,
        });
    }
    marks.extend(stop(run));
    marks.push(Mark::line(train.clone(), Role::Ink, 1.5));
    let mut labels = Vec::new();
    for i in chosen {
        let curve = of_width(i);
        let width = if i == threshold { 3.0 } else { 1.5 };
        let end = curve.last().copied();
        marks.push(Mark::line(curve, Role::Test, width));
        if let Some(at) = end {
            marks.push(Mark::Points {
                points: vec![at],
                shape: Shape::Diamond,
                role: Role::Test,
            });
            labels.push(Label::strong(name(i), Role::Test, Place::End { at }));
        }
    }
    if let Some(&at) = train.iter().rev().find(|p| p[1] > LOWEST) {
        labels.push(Label::new(
            format!("train, {}", name(threshold)),
            Role::Ink,
            Place::End { at },
        ));
    }
    if noise > LOWEST {
        labels.push(Label::new(
            "noise in the labels",
            Role::Noise,
            Place::OnRule {
                at: noise,
                side: Side::Below,
            },
        ));
    }
    if let Some(Mark::Rule { at, .. }) = stop(run) {
        labels.push(Label::strong(
            format!("stop at {}", text::count(run.setup.stopping_step())),
            Role::Ink,
            Place::OnSplit {
                at,
                side: Side::Right,
            },
        ));
    }
    let looked = match probe {
        Some(Looking::Step(i)) => steps.get(i).map(|&step| (i, step)),
        _ => None,
    };
    if let Some((_, step)) = looked {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: place(step),
            role: Role::Ink,
            dash: Dash::Dotted,
        });
    }
    let (i, step) = looked.unwrap_or((steps.len() - 1, steps[steps.len() - 1]));
    let values = chosen.map(|w| {
        let error = text::fixed(curves[i][w].median, 2);
        format!("w {}: {error}", WIDTHS[w])
    });
    Chart {
        view: "stopping",
        title: vec![Span::strong("Test error"), Span::plain(" over steps")],
        reading: vec![Span::plain(format!(
            "step {}\u{2002}{}",
            text::count(step),
            values.join("\u{2002}")
        ))],
        x: axis(run),
        y: Axis::log_plain(LOWEST, highest(run.setup.noise)),
        marks,
        labels,
        description: format!(
            "Test error over steps at widths {}, {} and {}; at step {}: {}.",
            WIDTHS[chosen[0]],
            WIDTHS[chosen[1]],
            WIDTHS[chosen[2]],
            text::count(step),
            values.join(", ")
        ),
        columns: std::iter::once(Column::new("step", steps.iter().map(|s| *s as f64)))
            .chain((0..WIDTHS.len()).map(|w| {
                let medians = curves.iter().map(|curve| curve[w].median);
                Column::new(format!("test-width-{}", WIDTHS[w]), medians)
            }))
            .collect(),
    }
}

/// Test error of every width (rows) at every step (columns).
pub fn map(run: &Run, probe: Option<Looking>) -> Chart {
    let traces = run.shown();
    let rows = WIDTHS.len();
    let (empty, full) = (libm::log(SHADES.0), libm::log(SHADES.1));
    let mut edges: Vec<f64> = Vec::new();
    let mut shades: Vec<f64> = Vec::new();
    let mut last_column = f64::NAN;
    for step in steps(run) {
        let column = libm::floor(libm::log10(place(step)) * COLUMNS_PER_DECADE);
        // At the last step a cell would have no width.
        if column == last_column || place(step) >= run.setup.steps as f64 {
            continue;
        }
        last_column = column;
        edges.push(place(step));
        let curve = over_widths(traces, step, |_, arm| arm.test);
        shades.extend(
            curve
                .iter()
                .map(|s| (libm::log(s.median) - empty) / (full - empty)),
        );
    }
    if let Some(&last) = edges.last() {
        let next = last * libm::pow(10.0, 1.0 / COLUMNS_PER_DECADE);
        edges.push(next.min(run.setup.steps as f64));
    }
    let sizes = parameters();
    let above = sizes.partition_point(|p| *p < run.setup.points);
    let border = above as f64 - 0.5;
    let mut marks = vec![
        Mark::Heat {
            x: edges,
            y: (0..=rows).map(|i| i as f64 - 0.5).collect(),
            shades,
            role: Role::Test,
        },
        Mark::Rule {
            orientation: Orientation::Horizontal,
            at: border,
            role: Role::Ink,
            dash: Dash::Solid,
        },
    ];
    marks.extend(stop(run));
    let mut reading = vec![Span::plain(format!(
        "from {} (ground) to {} (full)",
        text::fixed(SHADES.0, 2),
        text::fixed(SHADES.1, 1)
    ))];
    if let Some(Looking::Width(i)) = probe {
        let now = over_widths(traces, run.shown_step(), |_, arm| arm.test);
        marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at: i as f64,
            role: Role::Ink,
            dash: Dash::Dotted,
        });
        reading = vec![Span::plain(format!(
            "width {}, step {}\u{2002}test {}",
            WIDTHS[i],
            text::count(run.shown_step()),
            text::error(now[i].median)
        ))];
    }
    let ticks = [0, 3, 5, 7, 10, 13];
    Chart {
        view: "map",
        title: vec![
            Span::strong("Test error"),
            Span::plain(" of every width at every step"),
        ],
        reading,
        x: axis(run),
        y: Axis {
            scale: Scale::Linear {
                min: -0.5,
                max: rows as f64 - 0.5,
            },
            ticks: ticks
                .iter()
                .map(|&i| Tick {
                    at: i as f64,
                    label: TickLabel::Text(WIDTHS[i].to_string()),
                })
                .collect(),
            minor: Vec::new(),
        },
        marks,
        labels: vec![Label::strong(
            "P = n",
            Role::Ink,
            Place::OnRule {
                at: border,
                side: Side::Below,
            },
        )],
        description: "Map of the test error: each row is a width, each column a step; dark cells \
                      have a large error. The line parts widths with fewer parameters than points \
                      (below) from the others."
            .into(),
        columns: Vec::new(),
    }
}
