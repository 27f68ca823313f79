//! Margins: on which side of its label the network puts each training point.

use super::errors::{steps, steps_axis};
use super::model::Networks;
use super::observation::Record;
use super::problem::POINTS;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Place, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::series::place;
use crate::exhibit::text;
use crate::statistics::{Spread, spread};

/// Margins shown: the network may overshoot.
const EDGE: f64 = 1.9;

/// Median and range of the margins of some points.
fn among(points: &[usize], record: &Record) -> Spread {
    spread(points.iter().map(|&i| record.margins[i]))
}

/// Margins over steps, of true and of flipped labels.
pub fn margins(state: &State<'_, Networks>) -> Chart {
    let (steps, now) = (steps(state), &state.now.record);
    let flipped = |i: &usize| state.model.problem.is_flipped(*i);
    let (flipped, clean): (Vec<usize>, Vec<usize>) = (0..POINTS).partition(flipped);
    let y = Axis::linear(-EDGE, EDGE, &[-1.0, 0.0, 1.0]);
    let mut chart = Chart::new("margins", "**Margins **", steps_axis(now), y);
    let symbol = Span {
        strong: true,
        ..Span::symbol("y u")
    };
    let rest = Span::plain(" of the training points");
    chart.title.extend([symbol, rest]);
    let mut marks = vec![Mark::across(0.0, Role::Rule2, Dash::Solid)];
    let (at, side) = (0.0, Side::Below);
    let below = Place::OnRule { at, side };
    let mut labels = vec![Label::new("wrong side below", Role::Ink3, below)];
    if !clean.is_empty() {
        let shown = steps.shown().iter();
        let spreads = shown.map(|record| (place(record.step), among(&clean, record)));
        let (x, spreads): (Vec<f64>, Vec<Spread>) = spreads.unzip();
        marks.push(Mark::Band {
            x,
            a: spreads.iter().map(|s| s.low).collect(),
            b: spreads.iter().map(|s| s.high).collect(),
            role: Role::SignalTint,
        });
        let median = |record: &Record| among(&clean, record).median;
        let (line, end) = (steps.points(median), steps.end(median));
        marks.push(Mark::line(line, Role::Signal, 2.0));
        marks.push(Mark::point(end, Shape::Disc, Role::Signal));
        let label = format!("{} true labels", clean.len());
        labels.push(Label::end(label, Role::Signal, end));
    }
    let mut ends = Vec::new();
    for &i in &flipped {
        let margin = |record: &Record| record.margins[i];
        marks.push(Mark::line(steps.points(margin), Role::Noise, 1.5));
        ends.push(steps.end(margin));
    }
    if let Some(lowest) = ends.iter().copied().min_by(|a, b| a[1].total_cmp(&b[1])) {
        marks.push(Mark::points(ends, Shape::Ring, Role::Noise));
        let label = format!("{} flipped", flipped.len());
        labels.push(Label::end(label, Role::Noise, lowest));
    }
    (chart.marks, chart.labels) = (marks, labels);
    let fitted = |record: &Record| {
        let on_side = flipped.iter().filter(|&&i| record.margins[i] > 0.0);
        format!("{} of {}", on_side.count(), flipped.len())
    };
    let medians = |record: &Record| {
        [&clean, &flipped].map(|points| text::fixed(among(points, record).median, 2))
    };
    let reading = format!("flipped labels fitted **{}**", fitted(now));
    chart.reading = Span::marked_in(&reading, &[Role::Noise]);
    steps.read(&mut chart, |record| {
        let [of_clean, of_flipped] = medians(record);
        let fitted = fitted(record);
        format!("true {of_clean}\u{2002}flipped {of_flipped}\u{2002}fitted {fitted}")
    });
    let [of_clean, of_flipped] = medians(now);
    chart.description = format!(
        "Margins, label times output: median {of_clean} over {} points with true labels, \
         {of_flipped} over {} with flipped ones, of which {} are fitted.",
        clean.len(),
        flipped.len(),
        fitted(now)
    );
    steps.column(&mut chart, "step", |record| record.step as f64);
    for i in 0..POINTS {
        let kind = match flipped.contains(&i) {
            true => "flipped",
            false => "true",
        };
        let name = format!("margin-{}-{kind}", i + 1);
        steps.column(&mut chart, name, |record| record.margins[i]);
    }
    chart
}
