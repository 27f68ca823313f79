//! One direction psi_j: its values at the training points, and what a unit of
//! it did to the test function, -G psi_j.

use super::class_maps;
use super::directions::{opened, unopened};
use super::model::Channel;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;

/// The range of a unit vector's entries that is shown.
const RANGE: f64 = 1.0;

pub fn mode(state: &State<'_, Channel>) -> Chart {
    let Some(base) = state.model.base.line() else {
        return class_maps::mode(state);
    };
    let n = base.points();
    let j = state.index("mode").unwrap_or(state.setup.mode.min(n - 1));
    let y = Axis::linear(-RANGE, RANGE, &[-RANGE, 0.0, RANGE]);
    let title = format!("**Direction {}**", j + 1);
    let mut chart = Chart::new("mode", &title, base.x_axis(), y);
    let Some(opened) = opened(state) else {
        return unopened(state, chart, "Direction", [-0.6, 0.0]);
    };
    let now = opened.diagnostics;
    let (role, shape, side) = if j < opened.channel {
        (Role::Signal, Shape::Disc, "channel")
    } else {
        (Role::Noise, Shape::Ring, "reservoir")
    };
    let vector = now.spectrum.vectors.column(j);
    let pairs = base.problem.inputs.iter().zip(vector.iter());
    let at_train: Vec<[f64; 2]> = pairs.map(|(&x, &v)| [x, v]).collect();
    // A residual of psi_j has the gradient psi_j / n; learning all of it
    // between the points as at them would draw the same curve through them.
    let effect = now.effects.column(j) / n as f64;
    let pairs = base.test_inputs.iter().zip(effect.iter());
    let at_test: Vec<[f64; 2]> = pairs.map(|(&x, &y)| [x, y]).collect();
    chart
        .column("train-x", at_train.iter().map(|p| p[0]))
        .column("direction", at_train.iter().map(|p| p[1]))
        .column("test-x", at_test.iter().map(|p| p[0]))
        .column("effect", at_test.iter().map(|p| p[1]));
    chart.marks = vec![
        Mark::Sticks {
            sticks: at_train.iter().map(|[x, y]| [*x, 0.0, *y]).collect(),
            role,
        },
        Mark::points(at_train, shape, role),
        Mark::line(at_test, Role::Test, 2.5),
    ];
    chart.labels.push(Label::line_key(
        "what learning it did between the points, G\u{3c8}/n",
        Side::Left,
        Role::Test,
        Dash::Solid,
    ));
    let gain = effect.norm_squared() / effect.len() as f64 * n as f64;
    let gain = text::percent(gain);
    chart.reading = vec![
        Span::plain("in the "),
        Span::strong(side).in_role(role),
        Span::plain(format!(", {gain} of it reaches the test points")),
    ];
    chart.description = format!(
        "Direction {} of the integrated kernel, in the {side}: eigenvalue {}; per unit of energy at the \
         training points, {gain} has reached the test points.",
        j + 1,
        text::significant(now.spectrum.values[j])
    );
    chart
}
