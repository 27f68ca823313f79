//! Gain: what of the noise and of the signal arrives at the test points, and
//! the error there, against the dimension.

use super::Looking;
use super::knobs::ROW;
use super::memory::Memory;
use super::run::{Outcome, Run};
use super::training::Record;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Scale, Shape, Span, Tick,
    TickLabel, number,
};
use crate::exhibit::text;

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

pub fn gain(run: &mut Run, memory: &Memory, probe: Option<Looking>) -> Chart {
    let now = run.present().clone();
    let here = run.training.dimension as f64;
    let shown = memory.outcomes(run);
    let running = run.training.end.is_none();
    let mut marks = vec![Mark::Rule {
        orientation: Orientation::Vertical,
        at: here,
        role: Role::Ink3,
        dash: Dash::Dotted,
    }];
    let mut labels = Vec::new();
    for series in &SERIES {
        let ended = shown
            .iter()
            .map(|o| [o.dimension as f64, (series.value)(&o.last)]);
        let mut points: Vec<[f64; 2]> = ended.filter(|p| p[1].is_finite()).collect();
        marks.push(Mark::line(points.clone(), series.role, 1.5));
        let live = [here, (series.value)(&now)];
        if running && live[1].is_finite() {
            points.retain(|p| p[0] != here);
            points.push(live);
        }
        for point in &mut points {
            point[1] = point[1].min(TOP);
        }
        let last = points.iter().copied().max_by(|a, b| a[0].total_cmp(&b[0]));
        if let Some(at) = last {
            labels.push(Label::strong(series.name, series.role, Place::End { at }));
        }
        marks.push(Mark::Points {
            points,
            shape: series.shape,
            role: series.role,
        });
    }
    let mut reading = vec![
        Span::plain("noise "),
        Span::strong(text::fixed(now.noise_gain, 2)).in_role(Role::Noise),
        Span::plain(", signal "),
        Span::strong(text::fixed(now.signal_gain, 2)).in_role(Role::Signal),
    ];
    if let Some(Looking::Outcome(i)) = probe
        && let Some(outcome) = shown.get(i)
    {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: outcome.dimension as f64,
            role: Role::Ink,
            dash: Dash::Solid,
        });
        reading = vec![Span::plain(format!(
            "d = {}\u{2002}noise {}\u{2002}signal {}\u{2002}test {}, nothing flipped {}",
            outcome.dimension,
            text::fixed(outcome.last.noise_gain, 2),
            text::fixed(outcome.last.signal_gain, 2),
            text::percent(outcome.last.test_error),
            text::percent(outcome.last.clean_error)
        ))];
    }
    let list: Vec<String> = shown.iter().map(|outcome| sentence(outcome)).collect();
    let ends = &run.outcomes;
    let column = |name: &str, value: &dyn Fn(&Outcome) -> f64| {
        Column::new(name, ends.iter().map(value).collect::<Vec<f64>>())
    };
    Chart {
        view: "gain",
        title: vec![
            Span::strong("Gain"),
            Span::plain(" at the test points, and error, against "),
            Span::symbol("d"),
        ],
        reading,
        x: dimensions(),
        y: Axis::linear(0.0, TOP, &[0.0, 1.0, 2.0]),
        marks,
        labels,
        description: format!(
            "Gain at d = {here}: noise {}, signal {}. {}",
            text::fixed(now.noise_gain, 2),
            text::fixed(now.signal_gain, 2),
            if list.is_empty() {
                "No network has come to its end yet.".to_owned()
            } else {
                format!("At the end of training: {}.", list.join("; "))
            }
        ),
        // A link reproduces its own run: what earlier ones left is not listed.
        columns: vec![
            column("dimension", &|o| o.dimension as f64),
            column("noise-gain", &|o| o.last.noise_gain),
            column("signal-gain", &|o| o.last.signal_gain),
            column("test-error", &|o| o.last.test_error),
            column("clean-test-error", &|o| o.last.clean_error),
            column("noise-in-reservoir", &|o| o.noise_in_reservoir),
            column("steps", &|o| o.steps as f64),
        ],
    }
}

fn sentence(outcome: &Outcome) -> String {
    format!(
        "d = {}, noise {}, signal {}, test error {}",
        outcome.dimension,
        text::fixed(outcome.last.noise_gain, 2),
        text::fixed(outcome.last.signal_gain, 2),
        text::percent(outcome.last.test_error)
    )
}
