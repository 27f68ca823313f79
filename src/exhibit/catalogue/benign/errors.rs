//! Errors: how many training and test points are on the wrong side, over steps.

use super::model::{Networks, STEP_LIMIT};
use super::observation::Record;
use super::problem::POINTS;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::series::{self, Curve, Steps, horizon};
use crate::exhibit::text;

/// The records of the present training.
pub fn steps<'a>(state: &State<'a, Networks>) -> Steps<'a, Record> {
    Steps::new(state.records(), &state.now.record, state.index("record"))
}

/// The axis of steps. In many dimensions a training is over by the first of these ends, in
/// few by the last.
pub fn steps_axis(now: &Record) -> Axis {
    let last = horizon(now.step, &[300, 3_000, STEP_LIMIT]);
    series::steps_axis(last).with_room(11.0)
}

const CURVES: [Curve<Record>; 2] = [
    Curve::new("train", Role::Ink, Shape::Disc, |r: &Record| r.train_error)
        .called("train", "train-error"),
    Curve::new("test", Role::Test, Shape::Diamond, |r: &Record| {
        r.test_error
    })
    .called("test", "test-error"),
];

/// Training and test error, and the test error of the control.
pub fn errors(state: &State<'_, Networks>) -> Chart {
    let (steps, now) = (steps(state), &state.now.record);
    let dimension = state.model.problem.dimension;
    let flips = state.model.problem.flips() as f64 / POINTS as f64;
    let title = "**Errors** share on the wrong side";
    let y = Axis::linear_with(0.0, 0.56, &[0.0, 0.25, 0.5], text::whole_percent);
    let mut chart = Chart::new("errors", title, steps_axis(now), y);
    let clean = |record: &Record| record.clean_error;
    if flips > 0.0 {
        chart.marks = vec![
            Mark::across(flips, Role::Noise, Dash::Solid),
            Mark::dashed(steps.points(clean), Role::Test, Dash::TestTheory),
        ];
    }
    let test = text::percent(now.test_error);
    let reading = format!("d = {dimension}\u{2002}test **{test}**");
    chart.reading = Span::marked_in(&reading, &[Role::Test]);
    steps.curves(&mut chart, &CURVES);
    steps.column(&mut chart, "clean-test-error", clean);
    steps.column(&mut chart, "train-loss", |record| record.train_loss);
    steps.read(&mut chart, |record| {
        format!(
            "train {}\u{2002}test {}\u{2002}nothing flipped {}",
            text::percent(record.train_error),
            text::percent(record.test_error),
            text::percent(record.clean_error)
        )
    });
    if flips > 0.0 {
        let at = steps.end(clean);
        chart.labels.extend([
            Label::above_rule("flipped labels", Role::Noise, flips),
            Label::light_end("test, nothing flipped", Role::Test, at),
        ]);
    }
    chart.description = format!(
        "Errors at d = {dimension}, step {}: {} of the training points are on the wrong side of their \
         labels, {} of which are flipped; {test} of the test points are on the wrong side of \
         their class, {} when nothing is flipped.",
        text::count(now.step),
        text::percent(now.train_error),
        text::percent(flips),
        text::percent(now.clean_error)
    );
    chart
}
