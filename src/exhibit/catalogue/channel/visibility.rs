//! Visibility: what each direction did to the test points, against what it
//! dissipated, under the bound |G psi_j|^2 <= C lambda_j.

use super::Looking;
use super::bars::{nothing, probed, smallest, values};
use super::run::Run;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span,
};
use crate::exhibit::text;

/// The range of |G psi|^2, over n m: a direction that moves the test function
/// as it moves the training outputs has about 4 there.
const RANGE: (f64, f64) = (1e-10, 1e4);

fn unit(run: &Run) -> f64 {
    (run.base.points() * run.base.test_inputs.len()) as f64
}

/// The direction whose point is nearest to a place, by distances on the axes.
pub fn nearest(run: &mut Run, [x, y]: [f64; 2]) -> Option<usize> {
    let seen = run.observe().seen.as_ref()?;
    let away = |j: usize| {
        let dx = libm::log(seen.spectrum.values[j].max(f64::MIN_POSITIVE) / x);
        let dy = libm::log(seen.effects.column(j).norm_squared().max(f64::MIN_POSITIVE) / y);
        dx * dx + dy * dy
    };
    (0..seen.spectrum.len()).min_by(|&i, &j| away(i).total_cmp(&away(j)))
}

pub fn visibility(run: &mut Run, probe: Option<Looking>) -> Chart {
    let n = run.base.points();
    let threshold = run.setup.threshold;
    let (left, right) = (smallest(run), 2.0 * n as f64);
    let (bottom, top) = (RANGE.0 * unit(run), RANGE.1 * unit(run));
    let mut chart = Chart {
        view: "visibility",
        title: vec![
            Span::strong("Seen by the test points"),
            Span::plain(" \u{2016}"),
            Span::symbol("G\u{3c8}"),
            Span::index("j"),
            Span::plain("\u{2016}\u{b2}, over "),
            Span::symbol("\u{3bb}"),
            Span::index("j"),
        ],
        reading: Vec::new(),
        x: Axis::log(left, right),
        y: Axis::log(bottom, top),
        marks: Vec::new(),
        labels: Vec::new(),
        description: "Visibility: no window is open.".into(),
        columns: Vec::new(),
    };
    let now = run.observe().clone();
    let Some(seen) = &now.seen else {
        chart.labels.push(nothing(run, [3.0 * left, 1e-5 * top]));
        return chart;
    };
    let channel = seen.spectrum.channel_dimension(threshold);
    let points: Vec<[f64; 2]> = (0..n)
        .map(|j| {
            let effect = seen.effects.column(j).norm_squared();
            [seen.spectrum.values[j], effect]
        })
        .collect();
    let shown = |range: std::ops::Range<usize>| -> Vec<[f64; 2]> {
        let inside = |p: &&[f64; 2]| p[0] > left && p[1] > bottom;
        points[range].iter().filter(inside).copied().collect()
    };
    let c = seen.constant;
    let bound: Vec<[f64; 2]> = if c > 0.0 {
        [left, right].map(|l| [l, c * l]).to_vec()
    } else {
        Vec::new()
    };
    let floor = seen.spectrum.floor();
    let split = threshold * seen.spectrum.largest();
    chart.marks = vec![
        Mark::dashed(bound.clone(), Role::Ink2, Dash::Theory),
        Mark::Points {
            points: shown(channel..n),
            shape: Shape::Ring,
            role: Role::Noise,
        },
        Mark::Points {
            points: shown(0..channel),
            shape: Shape::Disc,
            role: Role::Signal,
        },
    ];
    if split > 0.0 {
        chart.marks.insert(
            0,
            Mark::Rule {
                orientation: Orientation::Vertical,
                at: split,
                role: Role::Ink,
                dash: Dash::Solid,
            },
        );
        for (text, role, side) in [
            ("reservoir", Role::Noise, Side::Left),
            ("channel", Role::Signal, Side::Right),
        ] {
            let place = Place::OnSplit { at: split, side };
            chart.labels.push(Label::strong(text, role, place));
        }
    }
    if let Some([_, foot]) = bound.first() {
        let at = |l: f64| [l * left, foot * l];
        chart.labels.push(Label::new(
            "bound C \u{3bb}",
            Role::Ink2,
            Place::Near {
                candidates: vec![at(10.0), at(3.0), at(100.0), at(1e3)],
                sides: vec![Side::Left, Side::Above, Side::Right],
                leader: None,
            },
        ));
    }
    let looseness = median(seen.looseness());
    chart.reading = if looseness.is_finite() {
        vec![
            Span::plain("bound loose by "),
            Span::strong(format!("{}\u{d7}", text::significant(looseness))),
            Span::plain(", median"),
        ]
    } else {
        vec![Span::plain("nothing has moved yet")]
    };
    if let Some(j) = probed(probe, n) {
        chart.marks.push(Mark::Points {
            points: vec![points[j]],
            shape: Shape::Diamond,
            role: Role::Test,
        });
        chart.reading = values(seen, j);
    }
    chart.description = format!(
        "Visibility: each direction's effect on the test points against its eigenvalue. No direction exceeds the \
         bound, which is loose by a factor {} in the median; {} eigenvalues are below numerical resolution.",
        text::significant(looseness),
        seen.spectrum.values.iter().filter(|v| **v <= floor).count()
    );
    chart.columns = vec![
        Column::new("eigenvalue", points.iter().map(|p| p[0])),
        Column::new("effect", points.iter().map(|p| p[1])),
        Column::new("bound", points.iter().map(|p| c * p[0])),
    ];
    chart
}

/// The middle of a sample; not a number for an empty one.
pub fn median(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    sample.get(sample.len() / 2).copied().unwrap_or(f64::NAN)
}
