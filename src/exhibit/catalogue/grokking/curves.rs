//! Curves over steps on a logarithmic axis: four of the views are made of
//! them.

use super::run::STEP_LIMIT;
use crate::chart::{Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Span};
use crate::exhibit::text;

/// End of the step axis over the step limit: room for the words at the curves' ends.
const ROOM: f64 = 3.0;

/// One curve.
pub struct Curve {
    /// Name of its column.
    pub name: &'static str,
    /// Words at its end.
    pub label: &'static str,
    pub role: Role,
    pub width: f64,
    pub dash: Dash,
    /// Mark at its end.
    pub shape: Option<Shape>,
    /// (step, value), by ascending step.
    pub points: Vec<(u64, f64)>,
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

/// Step 0 has no place on a logarithmic axis: it stands at its start.
pub fn at(step: u64) -> f64 {
    step.max(1) as f64
}

/// Curves as a chart with values from 0 to `top`, to which a view adds its own words.
/// `probed` is a step that somebody looks at.
pub fn chart(view: &'static str, curves: &[Curve], top: f64, probed: Option<u64>) -> Chart {
    let (mut lines, mut ends, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for curve in curves {
        let from = match curve.points.get(1) {
            // Step 1 has the place at which step 0 stood in for it.
            Some((1, _)) => 1,
            _ => 0,
        };
        let points = curve.points[from..].iter();
        let points: Vec<[f64; 2]> = points.map(|p| [at(p.0), p.1]).collect();
        let Some(&end) = points.last() else {
            continue;
        };
        lines.push(Mark::Line {
            points,
            role: curve.role,
            width: curve.width,
            dash: curve.dash,
            halo: false,
        });
        if let Some(shape) = curve.shape {
            ends.push(Mark::Points {
                points: vec![end],
                shape,
                role: curve.role,
            });
        }
        labels.push(Label {
            text: curve.label.into(),
            role: curve.role,
            strong: curve.shape.is_some(),
            place: Place::End { at: end },
        });
    }
    lines.extend(ends);
    if let Some(step) = probed {
        lines.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: at(step),
            role: Role::Ink,
            dash: Dash::Solid,
        });
    }
    // A column of steps before the curves that share it.
    let mut columns = Vec::new();
    let mut steps: Vec<u64> = Vec::new();
    for curve in curves {
        let own: Vec<u64> = curve.points.iter().map(|point| point.0).collect();
        if columns.is_empty() || own != steps {
            let name = match columns.is_empty() {
                true => "step".to_owned(),
                false => format!("{}-step", curve.name),
            };
            columns.push(Column::new(name, own.iter().map(|step| *step as f64)));
            steps = own;
        }
        columns.push(Column::new(curve.name, curve.points.iter().map(|p| p.1)));
    }
    let ticks: &[f64] = if top > 0.8 {
        &[0.0, 0.5, 1.0]
    } else {
        &[0.0, 0.2, 0.4, 0.6]
    };
    Chart {
        view,
        title: Vec::new(),
        reading: Vec::new(),
        x: Axis::log_plain(1.0, ROOM * STEP_LIMIT as f64).first("step "),
        y: Axis::linear(0.0, top, ticks),
        marks: lines,
        labels,
        description: String::new(),
        columns,
    }
}

/// "step 1 280   network 0.34   twin 0.33" for the probed step.
pub fn probed_values(curves: &[Curve], step: u64) -> Vec<Span> {
    let values = curves.iter().filter_map(|curve| {
        let up_to = curve.points.partition_point(|point| point.0 <= step);
        let (_, value) = curve.points.get(up_to.checked_sub(1)?)?;
        Some(format!(
            "\u{2002}{} {}",
            curve.label,
            text::fixed(*value, 2)
        ))
    });
    let text = format!("step {}{}", text::count(step), values.collect::<String>());
    vec![Span::plain(text)]
}
