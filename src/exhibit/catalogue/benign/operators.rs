//! Operators: how far each direction of W is learned, and how much of it G
//! brings to the test points.

use super::model::Networks;
use super::problem::POINTS;
use crate::chart::{Axis, Bar, Chart, Label, Mark, Place, Role, Sample, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, modes, text};

/// Bottom of the axis.
const LEAST: f64 = 1e-4;

/// Where a probe leads among the directions.
pub fn lead(_: &State<'_, Networks>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let places = Places {
        count: POINTS,
        first: POINTS - 1,
        stride: 1,
        nearest: |[x, _]: [f64; 2]| (x.round() - 1.0).max(0.0) as usize,
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Learned share and reach of every direction.
pub fn operators(state: &State<'_, Networks>) -> Chart {
    let found = &state.now.modes;
    let (x, y) = (Axis::modes(POINTS), Axis::log(LEAST, 100.0));
    let mut chart = Chart::new("operators", "**W and G** by direction of W", x, y);
    let place = |j: usize| j as f64 + 1.0;
    let bars = found.values.iter().enumerate().map(|(j, &value)| Bar {
        x: place(j),
        value,
        fill: modes::fill(j, found.channel, true),
    });
    let bars = bars.collect();
    let reach = found.reach.iter().enumerate();
    let reach = reach.map(|(j, &reach)| [place(j), reach]);
    // At step 0 nothing has reached a test point.
    let reach = reach.filter(|point| point[1] > 0.0).collect();
    chart.marks = vec![
        Mark::Bars { bars },
        Mark::points(reach, Shape::Diamond, Role::Test),
    ];
    if found.channel > 0 && found.channel < POINTS {
        chart.marks.push(modes::split(found.channel));
    }
    chart.labels.extend(modes::sides(found.channel, POINTS));
    let key = Place::Key {
        side: Side::Left,
        sample: Sample::Patch { role: Role::Signal },
    };
    let label = "learned share, 2\u{3bb}/n of W";
    chart.labels.push(Label::new(label, Role::Signal, key));
    let share = text::percent(found.noise_in_reservoir());
    let reading = format!("noise in the reservoir **{share}**");
    chart.reading = Span::marked_in(&reading, &[Role::Noise]);
    if let Some(j) = state.index("mode").filter(|&j| j < POINTS) {
        chart.marks.push(Mark::Frame { x: place(j) });
        let values = format!(
            " = {}\u{2002}learned {}\u{2002}reach {}\u{2002}noise {}",
            j + 1,
            text::percent(found.values[j]),
            text::significant(found.reach[j]),
            text::percent(found.noise[j])
        );
        chart.reading = vec![Span::symbol("j"), Span::plain(values)];
    }
    chart.description = format!(
        "Operators: {} of {POINTS} directions of W lie in the channel; the reservoir holds {share} of the \
         noise. What a unit of a direction does to the test points goes from {} down to {}.",
        found.channel,
        text::significant(found.reach.iter().copied().fold(0.0, f64::max)),
        text::significant(found.reach.iter().copied().fold(f64::INFINITY, f64::min))
    );
    chart
        .column("direction", (0..POINTS).map(place))
        .column("learned", found.values.iter().copied())
        .column("reach", found.reach.iter().copied())
        .column("noise", found.noise.iter().copied());
    chart
}
