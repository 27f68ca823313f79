//! Distance to the minimum-norm interpolant, and errors, over steps.

use super::model::{Network, Record, STEP_LIMIT};
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::series::{Curve, Steps, horizon, steps_axis};
use crate::exhibit::text;

fn steps<'a>(state: &State<'a, Network>) -> Steps<'a, Record> {
    Steps::new(state.records(), state.now, state.index("record"))
}

/// The axis of steps: most runs fit every label before the first of these ends.
fn axis(now: &Record) -> Axis {
    steps_axis(horizon(now.step, &[3_000, STEP_LIMIT]))
}

/// |u_Q - u*_Q| / |u_Q| over steps.
pub fn distance(state: &State<'_, Network>) -> Chart {
    let (now, predicted) = (state.now, state.model.predicted());
    // Where the interpolant is large, the way to it is many times the way moved.
    let first = predicted.first().map_or(1.0, |point| point[1]);
    let title = "**Distance** to the minimum-norm interpolant";
    let y = Axis::log(0.008, (2.0 * first).clamp(12.0, 1e9));
    let mut chart = Chart::new("distance", title, axis(now), y);
    let theory = Mark::dashed(predicted.to_vec(), Role::Ink2, Dash::Theory);
    chart.marks.push(theory);
    let label = "if the kernel were constant";
    chart.labels.push(Label::line_key(
        label,
        Side::Right,
        Role::Ink2,
        Dash::Theory,
    ));
    let distance = text::fixed(now.distance, 3);
    chart.reading = Span::marked(&format!("**{distance}** of the way that it moved"));
    let network = Curve::new("network", Role::Ink, Shape::Disc, |r: &Record| r.distance)
        .called("distance", "distance");
    steps(state).draw(&mut chart, &[network], |value| text::fixed(value, 3));
    // At step 0 nothing has moved: there is no distance yet.
    if now.step == 0 {
        chart.labels.truncate(1);
        chart.marks.truncate(1);
    }
    chart.description = format!(
        "Distance of the network\u{2019}s test outputs to the minimum-norm interpolant of its \
         kernel at the start, over how far they have moved: {distance} at step {}.",
        text::count(now.step)
    );
    chart
        .column("theory-step", predicted.iter().map(|point| point[0]))
        .column("theory-distance", predicted.iter().map(|point| point[1]));
    chart
}

/// Train and test error over steps.
pub fn errors(state: &State<'_, Network>) -> Chart {
    let (now, interpolant) = (state.now, state.model.interpolant_error);
    let title = "**Error** squared, 1 for answering 0";
    let (x, y) = (axis(now), Axis::log(1e-5, 6.0));
    let mut chart = Chart::new("errors", title, x, y);
    let rule = Mark::across(interpolant, Role::Test, Dash::TestTheory);
    chart.marks.push(rule);
    chart.reading = vec![
        Span::plain("test "),
        Span::strong(text::error(now.test)).in_role(Role::Test),
    ];
    let curves = [
        Curve::new("train", Role::Ink, Shape::Disc, |r: &Record| r.train),
        Curve::new("test", Role::Test, Shape::Diamond, |r| r.test),
    ];
    steps(state).draw(&mut chart, &curves, text::error);
    let label = format!("minimum-norm interpolant {}", text::error(interpolant));
    let key = Label::line_key(label, Side::Right, Role::Test, Dash::TestTheory);
    chart.labels.push(key);
    chart.description = format!(
        "Error at step {}: train {}, test {}; the minimum-norm interpolant of the kernel at \
         the start has {} on the test points.",
        text::count(now.step),
        text::error(now.train),
        text::error(now.test),
        text::error(interpolant)
    );
    chart
}
