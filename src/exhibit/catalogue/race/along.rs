//! Arms as functions of x: the fit, the solution of an equation, what is left of it.

use super::model::Race;
use super::problem::{Along, Graph};
use super::style::{key, style};
use super::task::step_up;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Places that a range of x is moved through by keys.
const PLACES: f64 = 100.0;

/// Where a probe leads in a view from one x to another.
pub fn lead([low, high]: [f64; 2], probe: Probe, from: Option<f64>) -> Option<f64> {
    let x = match (probe, from) {
        (Probe::At([x, _]), _) => x,
        (Probe::Move(by), Some(x)) => x + f64::from(by) * (high - low) / PLACES,
        (Probe::Move(_), None) => 0.5 * (low + high),
        (Probe::Clear, _) => return None,
    };
    Some(x.clamp(low, high))
}

fn line(x: &[f64], values: &[f64]) -> Vec<[f64; 2]> {
    x.iter().zip(values).map(|(&x, &y)| [x, y]).collect()
}

/// The truth, and training points with their noise.
fn draw_truth(chart: &mut Chart, graph: &Graph, name: &'static str) {
    let sticks = graph.points.clone();
    let points = sticks.iter().map(|[x, _, label]| [*x, *label]).collect();
    chart.marks.extend([
        Mark::Sticks {
            sticks,
            role: Role::Noise,
        },
        Mark::line(line(&graph.x, &graph.truth), Role::Signal, 2.0),
        Mark::points(points, Shape::Ring, Role::Noise),
    ]);
    chart.column("x", graph.x.iter().copied());
    chart.column(name, graph.truth.iter().copied());
}

fn truth_key(name: &str) -> Label {
    Label::line_key(name, Side::Left, Role::Signal, Dash::Solid)
}

/// Every arm, with what the cursor reads.
fn draw_arms(state: &State<'_, Race>, chart: &mut Chart, graph: &Graph) {
    let setup = state.setup;
    for (arm, values) in graph.networks.iter().enumerate() {
        chart
            .marks
            .push(style(setup, arm).line(line(&graph.x, values)));
        chart.labels.push(key(setup, arm));
        let name = format!("arm{}", setup.arms[arm].number);
        chart.column(name, values.iter().copied());
    }
    chart.reading = vec![Span::plain(when(state))];
    let Some(cursor) = state.cursor.filter(|cursor| cursor.of == "x") else {
        return;
    };
    let distance = |at: &f64| (at - cursor.at).abs();
    let places = graph.x.iter().enumerate();
    let nearest = places.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    if let Some((i, &at)) = nearest {
        let values = setup.labelled(|arm| text::fixed(graph.networks[arm][i], 2));
        let reading = format!(
            "x = {}\u{2002}{}",
            text::fixed(at, 2),
            values.join("\u{2002}")
        );
        chart.reading = vec![Span::plain(reading)];
        chart.marks.push(Mark::cursor(at));
    }
}

/// Seed and step of the arms drawn.
fn when(state: &State<'_, Race>) -> String {
    let step = text::count(state.place.trial_step);
    format!("seed {}, step {step}", state.model.seed)
}

/// All arms between the true function and the noisy labels.
pub fn fit(state: &State<'_, Race>) -> Chart {
    let graph = state.model.graph(Along::Function);
    let labels = graph.points.iter().map(|[_, _, label]| label.abs());
    let highest = labels.fold(1.2, f64::max);
    let (bottom, top) = (1.1 * highest, 1.75 * highest);
    let unit = if bottom > 2.6 { 2.0 } else { 1.0 };
    let x = Axis::linear(-1.04, 1.04, &[-1.0, -0.5, 0.0, 0.5, 1.0]).first("x = ");
    let y = Axis::linear(-bottom, top, &[-unit, 0.0, unit]);
    let mut chart = Chart::new("fit", "**Fit** of every arm", x, y);
    draw_truth(&mut chart, &graph, "signal");
    draw_arms(state, &mut chart, &graph);
    chart.labels.push(truth_key("signal"));
    chart.column("train-x", graph.points.iter().map(|[x, _, _]| *x));
    chart.column("train-label", graph.points.iter().map(|[_, _, y]| *y));
    chart.description = format!(
        "Fit of every arm to {} noisy labels of seed {} at step {}.",
        graph.points.len(),
        state.model.seed,
        text::count(state.place.trial_step)
    );
    chart
}

fn unit_axis() -> Axis {
    Axis::linear(-0.02, 1.02, &[0.0, 0.25, 0.5, 0.75, 1.0]).first("x = ")
}

/// All arms between the solution and the sensors.
pub fn solution(state: &State<'_, Race>) -> Chart {
    let graph = state.model.graph(Along::Function);
    let y = Axis::linear(-1.8, 3.0, &[-1.0, 0.0, 1.0, 2.0]);
    let mut chart = Chart::new("solution", "**Solution** and sensors", unit_axis(), y);
    draw_truth(&mut chart, &graph, "solution");
    chart.labels.push(truth_key("solution"));
    draw_arms(state, &mut chart, &graph);
    chart.description = format!(
        "Every arm with the exact solution and {} noisy sensors, {}.",
        graph.points.len(),
        when(state)
    );
    chart
}

/// u'' - f of all arms.
pub fn residual(state: &State<'_, Race>) -> Chart {
    let graph = state.model.graph(Along::Residual);
    let values = graph.networks.iter().flatten();
    let largest = values.fold(0.0, |most: f64, value| most.max(value.abs()));
    // In declared steps, so that the picture does not breathe.
    let range = step_up(largest, &[100.0, 300.0, 1e3, 1e4, 1e5, 1e6]);
    let title = "**Residual** u\u{2033} \u{2212} f, asked to be 0 at the points";
    let mut chart = Chart::new("residual", title, unit_axis(), Axis::nice(-range, range, 4));
    let points = graph
        .points
        .iter()
        .map(|[x, _, asked]| [*x, *asked])
        .collect();
    chart
        .marks
        .push(Mark::points(points, Shape::Disc, Role::Signal));
    chart.column("x", graph.x.iter().copied());
    draw_arms(state, &mut chart, &graph);
    chart.description = format!(
        "Residual of the equation along x for every arm, asked to vanish at {} points; the \
         largest is {}.",
        graph.points.len(),
        text::significant(largest)
    );
    chart
}
