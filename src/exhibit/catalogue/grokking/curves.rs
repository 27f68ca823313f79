//! Curves over steps of different schedules on one logarithmic axis: four of the views are
//! made of them.

use super::model::{Grokking, STEP_LIMIT};
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::series::{horizon, place, steps_axis};
use crate::exhibit::text;

/// Room for the words at the curves' ends, in heights of the letters.
const ROOM: f64 = 10.5;

/// One curve.
pub struct Curve {
    /// Name of its column.
    name: &'static str,
    /// Words at its end.
    label: &'static str,
    role: Role,
    pub width: f64,
    dash: Dash,
    /// Mark at its end.
    shape: Option<Shape>,
    /// (step, value), by ascending step.
    points: Vec<(u64, f64)>,
}

impl Curve {
    /// A solid curve of normal width with its mark at the end.
    pub fn new(
        name: &'static str,
        label: &'static str,
        (role, shape): (Role, Shape),
        points: impl Iterator<Item = (u64, f64)>,
    ) -> Self {
        Self {
            name,
            label,
            role,
            width: 2.5,
            dash: Dash::Solid,
            shape: Some(shape),
            points: points.filter(|(_, value)| value.is_finite()).collect(),
        }
    }

    /// The same without emphasis: a thin line in a pattern and no mark.
    pub fn thin(mut self, dash: Dash) -> Self {
        (self.width, self.dash, self.shape) = (1.5, dash, None);
        self
    }
}

/// Curves as a chart with values from 0 to `top`, to which a view adds its own words, with
/// the cursor at a step and what it reads there.
pub fn chart(
    state: &State<'_, Grokking>,
    view: &'static str,
    title: &str,
    curves: &[Curve],
    top: f64,
) -> Chart {
    // The default run ends before the first of these.
    let last = horizon(state.place.step, &[2_000, STEP_LIMIT]);
    let x = steps_axis(last).with_room(ROOM);
    let cursor = state.index("step");
    let ticks: &[f64] = match top > 0.8 {
        true => &[0.0, 0.5, 1.0],
        false => &[0.0, 0.2, 0.4, 0.6],
    };
    let mut chart = Chart::new(view, title, x, Axis::linear(0.0, top, ticks));
    let mut ends = Vec::new();
    for curve in curves {
        let from = match curve.points.get(1) {
            // Step 1 has the place at which step 0 stood in for it.
            Some((1, _)) => 1,
            _ => 0,
        };
        let points = curve.points[from..].iter();
        let points: Vec<[f64; 2]> = points.map(|p| [place(p.0), p.1]).collect();
        let Some(&at) = points.last() else {
            continue;
        };
        chart.marks.push(Mark::Line {
            points,
            role: curve.role,
            width: curve.width,
            dash: curve.dash,
            halo: false,
        });
        let label = match curve.shape {
            Some(shape) => {
                ends.push(Mark::point(at, shape, curve.role));
                Label::end(curve.label, curve.role, at)
            }
            None => Label::light_end(curve.label, curve.role, at),
        };
        chart.labels.push(label);
    }
    chart.marks.extend(ends);
    columns(&mut chart, curves);
    if let Some(step) = cursor {
        chart.marks.push(Mark::cursor(place(step as u64)));
        chart.reading = values(curves, step as u64);
    }
    chart
}

/// A column of steps before the curves that share it.
fn columns(chart: &mut Chart, curves: &[Curve]) {
    let mut steps: Vec<u64> = Vec::new();
    for curve in curves {
        let own: Vec<u64> = curve.points.iter().map(|point| point.0).collect();
        let first = chart.columns.is_empty();
        if first || own != steps {
            let name = match first {
                true => "step".to_owned(),
                false => format!("{}-step", curve.name),
            };
            chart.column(name, own.iter().map(|step| *step as f64));
            steps = own;
        }
        chart.column(curve.name, curve.points.iter().map(|p| p.1));
    }
}

/// "step 1 280   network 0.34   control 0.33" for the step at the cursor.
fn values(curves: &[Curve], step: u64) -> Vec<Span> {
    let values = curves.iter().filter_map(|curve| {
        let up_to = curve.points.partition_point(|point| point.0 <= step);
        let (_, value) = curve.points.get(up_to.checked_sub(1)?)?;
        let value = text::fixed(*value, 2);
        Some(format!("\u{2002}{} {value}", curve.label))
    });
    let text = format!("step {}{}", text::count(step), values.collect::<String>());
    vec![Span::plain(text)]
}
