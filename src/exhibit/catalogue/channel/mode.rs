//! One direction psi_j: its values at the training points, and what a unit of
//! it did to the test function, -G psi_j.

use super::Looking;
use super::bars::{nothing, probed};
use super::run::Run;
use crate::chart::{Axis, Chart, Column, Label, Mark, Place, Role, Sample, Shape, Side, Span};
use crate::exhibit::text;

/// The range of a unit vector's entries that is shown.
const RANGE: f64 = 1.0;

pub fn mode(run: &mut Run, probe: Option<Looking>) -> Chart {
    let n = run.base.points();
    let threshold = run.setup.threshold;
    let j = probed(probe, n).unwrap_or_else(|| run.setup.mode.min(n - 1));
    let now = run.observe().clone();
    let base = &run.base;
    let mut chart = Chart {
        view: "mode",
        title: vec![Span::strong(format!("Direction {}", j + 1))],
        reading: Vec::new(),
        x: base.x_axis(),
        y: Axis::linear(-RANGE, RANGE, &[-RANGE, 0.0, RANGE]),
        marks: Vec::new(),
        labels: Vec::new(),
        description: "Direction: no window is open.".into(),
        columns: Vec::new(),
    };
    let Some(seen) = &now.seen else {
        chart.labels.push(nothing(run, [-0.6, 0.0]));
        return chart;
    };
    let inside = j < seen.spectrum.channel_dimension(threshold);
    let (role, shape, side) = if inside {
        (Role::Signal, Shape::Disc, "channel")
    } else {
        (Role::Noise, Shape::Ring, "reservoir")
    };
    let shape_at: Vec<[f64; 2]> = (base.problem.inputs.iter())
        .zip(seen.spectrum.vectors.column(j).iter())
        .map(|(&x, &v)| [x, v])
        .collect();
    // A residual of psi_j has the gradient psi_j / n; learning all of it
    // between the points as at them would draw the same curve through them.
    let effect = seen.effects.column(j) / n as f64;
    let effect_at: Vec<[f64; 2]> = (base.test_inputs.iter().zip(effect.iter()))
        .map(|(&x, &y)| [x, y])
        .collect();
    chart.marks = vec![
        Mark::Sticks {
            sticks: shape_at.iter().map(|[x, y]| [*x, 0.0, *y]).collect(),
            role,
        },
        Mark::Points {
            points: shape_at.clone(),
            shape,
            role,
        },
        Mark::line(effect_at.clone(), Role::Test, 2.5),
    ];
    let effect_key = Place::Key {
        side: Side::Left,
        sample: Sample::Line {
            role: Role::Test,
            dash: crate::chart::Dash::Solid,
        },
    };
    chart.labels = vec![Label::new(
        "what learning it did between the points, G\u{3c8}/n",
        Role::Test,
        effect_key,
    )];
    let gain = effect.norm_squared() / effect.len() as f64 * n as f64;
    chart.reading = vec![
        Span::plain("in the "),
        Span::strong(side).in_role(role),
        Span::plain(format!(
            ", {} of it reaches the test points",
            text::percent(gain)
        )),
    ];
    chart.description = format!(
        "Direction {} of the integrated kernel, in the {side}: eigenvalue {}; per unit of energy at the \
         training points, {} has reached the test points.",
        j + 1,
        text::significant(seen.spectrum.values[j]),
        text::percent(gain)
    );
    chart.columns = vec![
        Column::new("train-x", shape_at.iter().map(|p| p[0])),
        Column::new("direction", shape_at.iter().map(|p| p[1])),
        Column::new("test-x", effect_at.iter().map(|p| p[0])),
        Column::new("effect", effect_at.iter().map(|p| p[1])),
    ];
    chart
}
