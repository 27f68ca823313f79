//! Prediction: the network at the test points beside U_Q(s) - G g(s).

use super::class_maps;
use super::directions::opened;
use super::model::Channel;
use crate::chart::{Chart, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Where a probe leads among the test points; by key five at a time, as the grid is fine.
pub fn lead(state: &State<'_, Channel>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let base = state.model.base.line()?;
    let count = base.test_inputs.len();
    let places = Places {
        count,
        first: (count - 1) / 2,
        stride: 5,
        nearest: |[x, _]: [f64; 2]| base.nearest_input(x),
    };
    places.lead(probe, from.map(|at| at as usize))
}

pub fn prediction(state: &State<'_, Channel>) -> Chart {
    let now = state.now;
    let Some(base) = state.model.base.line() else {
        return class_maps::prediction(state);
    };
    let x = base.test_inputs.as_slice();
    let along =
        |values: &[f64]| -> Vec<[f64; 2]> { x.iter().zip(values).map(|(&x, &y)| [x, y]).collect() };
    let mut chart = Chart::new("prediction", "**Prediction**", base.x_axis(), base.y_axis());
    let mut keys = vec![("network", Role::Ink, Dash::Solid)];
    chart.column("x", x.iter().copied());
    if let Some(signal) = &base.test_signal {
        let points = along(signal.as_slice());
        chart.marks.push(Mark::line(points, Role::Signal, 2.0));
        keys.push(("signal", Role::Signal, Dash::Solid));
        chart.column("signal", signal.iter().copied());
    }
    let rings = match base.is_own() {
        true => Role::Ink,
        false => Role::Noise,
    };
    let network = now.test_outputs.as_slice();
    chart.marks.extend([
        Mark::points(base.rings(), Shape::Ring, rings),
        Mark::Line {
            points: along(network),
            role: Role::Ink,
            width: 3.0,
            dash: Dash::Solid,
            halo: true,
        },
    ]);
    chart.column("network", network.iter().copied());
    chart.reading = vec![Span::plain("no window is open")];
    let mut error = f64::NAN;
    let mut predicted: &[f64] = &[];
    if let Some(opened) = opened(state) {
        let start = opened.window.test_outputs.as_slice();
        error = opened.diagnostics.test_error;
        predicted = opened.diagnostics.predicted.as_slice();
        chart.marks.extend([
            Mark::dashed(along(start), Role::Ink3, Dash::Dotted),
            Mark::Line {
                points: along(predicted),
                role: Role::Test,
                width: 2.0,
                dash: Dash::Theory,
                halo: false,
            },
        ]);
        keys.push(("U(s) \u{2212} G g(s)", Role::Test, Dash::Theory));
        chart.column("at-start", start.iter().copied());
        chart.column("predicted", predicted.iter().copied());
        chart.reading = vec![
            Span::plain("off by "),
            Span::strong(text::percent(error)).in_role(Role::Test),
            Span::plain(" of the change"),
        ];
    }
    if let Some(i) = state.index("input") {
        chart.marks.push(Mark::cursor(x[i]));
        let predicted = predicted.get(i).copied().unwrap_or(f64::NAN);
        chart.reading = Span::marked(&format!(
            "`x` = {}\u{2002}network {}\u{2002}predicted {}",
            text::fixed(x[i], 2),
            text::fixed(network[i], 3),
            text::fixed(predicted, 3)
        ));
    }
    let key = |(text, role, dash)| Label::line_key(text, Side::Left, role, dash);
    chart.labels = keys.into_iter().map(key).collect();
    let labels = &base.problem.labels;
    chart.column("train-x", base.problem.inputs.iter().copied());
    chart.column("train-label", labels.iter().copied());
    let quality = match now.test {
        Some(test) => format!(
            "Its mean squared distance to the true function is {}.",
            text::error(test)
        ),
        None => format!("The points are own ones: {} of them.", labels.len()),
    };
    chart.description = format!(
        "Prediction: the transfer operator predicts the network's change at the test points to {}. {quality}",
        text::percent(error)
    );
    chart
}
