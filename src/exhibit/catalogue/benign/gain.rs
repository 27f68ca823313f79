//! Gain: what of the noise and of the signal arrives at the test points, and
//! the error there, against the dimension.

use super::knobs::ROW;
use super::memory::Outcome;
use super::model::{Networks, is_over, outcomes};
use super::observation::Record;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Scale, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Top of the axis.
const TOP: f64 = 2.0;

/// Name, value, hue and shape of one kind of point.
type Series = (&'static str, fn(&Record) -> f64, Role, Shape);

const SERIES: [Series; 4] = [
    ("signal", |r| r.signal_gain, Role::Signal, Shape::Disc),
    ("noise", |r| r.noise_gain, Role::Noise, Shape::Ring),
    (
        BY_OPERATORS,
        |r| r.operator_gain,
        Role::Noise,
        Shape::Diamond,
    ),
    ("test error", |r| r.test_error, Role::Test, Shape::Diamond),
];

/// Dashed, as theories are, and named in a corner: it lies upon the noise's where the two agree.
const BY_OPERATORS: &str = "noise, by operators";

/// The ends to show, by ascending d.
fn shown<'a>(state: &State<'a, Networks>) -> Vec<&'a Outcome> {
    state.memory.comparable(state.setup)
}

/// Where a probe leads among the dimensions shown: to the nearest on the log axis.
pub fn lead(state: &State<'_, Networks>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let shown = shown(state);
    let places = Places {
        count: shown.len(),
        first: shown.len().saturating_sub(1),
        stride: 1,
        nearest: |[x, _]: [f64; 2]| {
            let off = |i: &usize| libm::fabs(libm::log(shown[*i].dimension as f64 / x));
            let nearest = (0..shown.len()).min_by(|a, b| off(a).total_cmp(&off(b)));
            nearest.unwrap_or(0)
        },
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// The axis of dimensions, ticks where a sweep stops.
fn dimensions() -> Axis {
    let (min, max) = (8.0, 2_000.0);
    let mut axis = Axis::linear(min, max, &ROW.map(|d| d as f64)).first("d = ");
    axis.scale = Scale::Log { min, max };
    axis.with_room(6.5)
}

/// Gains and test error at every dimension that a training has ended at, and now.
pub fn gain(state: &State<'_, Networks>) -> Chart {
    let (now, shown) = (&state.now.record, shown(state));
    let here = state.model.problem.dimension as f64;
    let title = "**Gain** at the test points, and error, against ";
    let y = Axis::linear(0.0, TOP, &[0.0, 1.0, 2.0]);
    let mut chart = Chart::new("gain", title, dimensions(), y);
    chart.title.push(Span::symbol("d"));
    let mut marks = vec![Mark::upright(here, Role::Ink3, Dash::Dotted)];
    for (name, value, role, shape) in SERIES {
        let ended = shown.iter().map(|o| [o.dimension as f64, value(&o.last)]);
        let mut points: Vec<[f64; 2]> = ended.filter(|p| p[1].is_finite()).collect();
        let operators = name == BY_OPERATORS;
        marks.push(match operators {
            true => Mark::dashed(points.clone(), role, Dash::Theory),
            false => Mark::line(points.clone(), role, 1.5),
        });
        let live = [here, value(now)];
        if !is_over(state) && live[1].is_finite() {
            points.retain(|p| p[0] != here);
            points.push(live);
        }
        let last = points.iter().copied().max_by(|a, b| a[0].total_cmp(&b[0]));
        let label = last.map(|at| match operators {
            true => Label::line_key(name, Side::Right, role, Dash::Theory),
            false => Label::end(name, role, at),
        });
        chart.labels.extend(label);
        marks.push(Mark::points(points, shape, role));
    }
    chart.marks = marks;
    let gains =
        |record: &Record| [record.noise_gain, record.signal_gain].map(|v| text::fixed(v, 2));
    let [noise, signal] = gains(now);
    let reading = format!("noise **{noise}**, signal **{signal}**");
    chart.reading = Span::marked_in(&reading, &[Role::Noise, Role::Signal]);
    if let Some(outcome) = state.index("dimension").and_then(|i| shown.get(i)) {
        chart.marks.push(Mark::cursor(outcome.dimension as f64));
        let [noise, signal] = gains(&outcome.last);
        chart.reading = vec![Span::plain(format!(
            "d = {}\u{2002}noise {noise}, by operators {}\u{2002}signal {signal}\u{2002}test {}",
            outcome.dimension,
            text::fixed(outcome.last.operator_gain, 2),
            text::percent(outcome.last.test_error)
        ))];
    }
    let sentence = |outcome: &&Outcome| {
        let [noise, signal] = gains(&outcome.last);
        let error = text::percent(outcome.last.test_error);
        let dimension = outcome.dimension;
        let by_operators = text::fixed(outcome.last.operator_gain, 2);
        format!(
            "d = {dimension}, noise {noise}, by operators {by_operators}, signal {signal}, test error {error}"
        )
    };
    let ends: Vec<String> = shown.iter().map(sentence).collect();
    let ends = match ends.is_empty() {
        true => "No network has come to its end yet.".to_owned(),
        false => format!("At the end of training: {}.", ends.join("; ")),
    };
    chart.description = format!("Gain at d = {here}: noise {noise}, signal {signal}. {ends}");
    // A link reproduces its own run: what earlier ones left is not listed.
    let mut column = |name: &str, value: fn(&Outcome) -> f64| {
        chart.column(name, outcomes(state).map(value));
    };
    column("dimension", |o| o.dimension as f64);
    column("noise-gain", |o| o.last.noise_gain);
    column("operator-noise-gain", |o| o.last.operator_gain);
    column("signal-gain", |o| o.last.signal_gain);
    column("test-error", |o| o.last.test_error);
    column("clean-test-error", |o| o.last.clean_error);
    column("noise-in-reservoir", |o| o.noise_in_reservoir);
    column("steps", |o| o.last.step as f64);
    chart
}
