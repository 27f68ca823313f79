//! Gain: what of the noise and of the signal arrives at the test points, and
//! the error there, against the dimension.

use super::knobs::ROW;
use super::memory::Outcome;
use super::model::{Networks, is_over, outcomes};
use super::observation::Record;
use crate::chart::{
    Axis, Chart, Dash, Label, Mark, Role, Scale, Shape, Span, Tick, TickLabel, number,
};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Top of the axis: in few dimensions noise arrives amplified.
const TOP: f64 = 2.0;

/// One kind of point in the picture.
struct Series {
    name: &'static str,
    value: fn(&Record) -> f64,
    role: Role,
    shape: Shape,
}

const SERIES: [Series; 3] = [
    Series {
        name: "signal",
        value: |r| r.signal_gain,
        role: Role::Signal,
        shape: Shape::Disc,
    },
    Series {
        name: "noise",
        value: |r| r.noise_gain,
        role: Role::Noise,
        shape: Shape::Ring,
    },
    Series {
        name: "test error",
        value: |r| r.test_error,
        role: Role::Test,
        shape: Shape::Diamond,
    },
];

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
    let tick = |d: usize| Tick {
        at: d as f64,
        label: TickLabel::Text(number(d as f64)),
    };
    Axis {
        scale: Scale::Log {
            min: 8.0,
            max: 5_000.0,
        },
        ticks: ROW.into_iter().map(tick).collect(),
        minor: Vec::new(),
    }
    .first("d = ")
}

/// Gains and test error at every dimension that a training has ended at, and now.
pub fn gain(state: &State<'_, Networks>) -> Chart {
    let (now, shown) = (&state.now.record, shown(state));
    let here = state.model.problem.dimension as f64;
    let title = "**Gain** at the test points, and error, against ";
    let y = Axis::linear(0.0, TOP, &[0.0, 1.0, 2.0]);
    let mut chart = Chart::new("gain", title, dimensions(), y);
    chart.title.push(Span::symbol("d"));
    chart
        .marks
        .push(Mark::upright(here, Role::Ink3, Dash::Dotted));
    for series in &SERIES {
        let ended = shown.iter();
        let ended = ended.map(|o| [o.dimension as f64, (series.value)(&o.last)]);
        let mut points: Vec<[f64; 2]> = ended.filter(|p| p[1].is_finite()).collect();
        chart
            .marks
            .push(Mark::line(points.clone(), series.role, 1.5));
        let live = [here, (series.value)(now)];
        if !is_over(state) && live[1].is_finite() {
            points.retain(|p| p[0] != here);
            points.push(live);
        }
        for point in &mut points {
            point[1] = point[1].min(TOP);
        }
        let last = points.iter().copied().max_by(|a, b| a[0].total_cmp(&b[0]));
        let label = last.map(|at| Label::end(series.name, series.role, at));
        chart.labels.extend(label);
        chart
            .marks
            .push(Mark::points(points, series.shape, series.role));
    }
    let gains =
        |record: &Record| [record.noise_gain, record.signal_gain].map(|v| text::fixed(v, 2));
    let [noise, signal] = gains(now);
    chart.reading = Span::marked_in(
        &format!("noise **{noise}**, signal **{signal}**"),
        &[Role::Noise, Role::Signal],
    );
    if let Some(outcome) = state.index("dimension").and_then(|i| shown.get(i)) {
        chart.marks.push(Mark::cursor(outcome.dimension as f64));
        let [noise, signal] = gains(&outcome.last);
        chart.reading = vec![Span::plain(format!(
            "d = {}\u{2002}noise {noise}\u{2002}signal {signal}\u{2002}test {}, nothing flipped {}",
            outcome.dimension,
            text::percent(outcome.last.test_error),
            text::percent(outcome.last.clean_error)
        ))];
    }
    let sentence = |outcome: &&Outcome| {
        let [noise, signal] = gains(&outcome.last);
        let error = text::percent(outcome.last.test_error);
        let dimension = outcome.dimension;
        format!("d = {dimension}, noise {noise}, signal {signal}, test error {error}")
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
    column("signal-gain", |o| o.last.signal_gain);
    column("test-error", |o| o.last.test_error);
    column("clean-test-error", |o| o.last.clean_error);
    column("noise-in-reservoir", |o| o.noise_in_reservoir);
    column("steps", |o| o.last.step as f64);
    chart
}
