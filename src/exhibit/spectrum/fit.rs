//! Fit: the network between the true function and the noisy labels.

use super::Looking;
use super::run::Run;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::words;

/// Where the network's name may stand, as shares of the plot from its
/// centre; its leader ends on the network near the middle.
const NETWORK_PLACES: [[f64; 2]; 6] = [
    [0.06, -0.52],
    [0.1, -0.65],
    [-0.12, 0.55],
    [-0.1, 0.7],
    [0.3, -0.8],
    [-0.3, 0.8],
];

/// Middle of the widest gap between training inputs in the middle half: a
/// leader there crosses no stick. Of equal gaps the most central.
fn widest_gap(inputs: &[f64]) -> f64 {
    let gaps = inputs
        .windows(2)
        .map(|pair| ((pair[0] + pair[1]) / 2.0, pair[1] - pair[0]));
    gaps.filter(|(middle, _)| middle.abs() <= 0.5)
        .map(|(middle, width)| (middle, width - 0.01 * middle.abs()))
        .fold(
            (0.0, 0.0),
            |best, next| if next.1 > best.1 { next } else { best },
        )
        .0
}

/// The network between the true function and the noisy labels.
pub fn fit(run: &mut Run, probe: Option<Looking>) -> Chart {
    let (foreseen, ..) = run.foreseen_now();
    let now = run.observe().clone();
    let problem = &run.base.problem;
    let x: Vec<f64> = problem.test_inputs.iter().copied().collect();
    let network: Vec<f64> = now.test_outputs.iter().copied().collect();
    let truth = problem.test_signal().unwrap_or_default();
    let signal = problem.signal().unwrap_or_default();
    let along =
        |values: &[f64]| -> Vec<[f64; 2]> { x.iter().zip(values).map(|(&x, &y)| [x, y]).collect() };
    let highest = problem.labels.iter().fold(1.2, |m: f64, y| m.max(y.abs()));
    let range = 1.22 * highest;
    let sticks: Vec<[f64; 3]> = problem
        .inputs
        .iter()
        .zip(signal)
        .zip(&problem.labels)
        .map(|((&x, &f), &y)| [x, f, y])
        .collect();
    let ends: Vec<[f64; 2]> = sticks.iter().map(|s| [s[0], s[2]]).collect();
    let mut marks = vec![
        Mark::Band {
            x: x.clone(),
            a: truth.to_vec(),
            b: network.clone(),
            role: Role::TestTint,
        },
        Mark::dashed(along(foreseen.as_slice()), Role::Ink2, Dash::Theory),
        Mark::Sticks {
            sticks: sticks.clone(),
            role: Role::Noise,
        },
        Mark::line(along(truth), Role::Signal, 2.0),
        Mark::Line {
            points: along(&network),
            role: Role::Ink,
            width: 3.0,
            dash: Dash::Solid,
            halo: true,
        },
        Mark::Points {
            points: ends,
            shape: Shape::Ring,
            role: Role::Noise,
        },
    ];
    let mut by_length = sticks;
    by_length.sort_unstable_by(|a, b| (b[2] - b[1]).abs().total_cmp(&(a[2] - a[1]).abs()));
    let noise_sides = |stick: &[f64; 3]| {
        if stick[2] < stick[1] {
            Side::Below
        } else {
            Side::Above
        }
    };
    let calm = widest_gap(problem.inputs.as_slice());
    let nearest = x.partition_point(|x| *x < calm).min(x.len() - 1);
    let leader = [x[nearest], network[nearest]];
    let signal_at = [0.2, 0.15, 0.3, 0.75, 0.8, 0.7, 0.1, 0.9];
    let mut labels = vec![
        Label::new(
            "test error, the gap",
            Role::Test,
            Place::Key {
                side: Side::Left,
                sample: Sample::Patch {
                    role: Role::TestTint,
                },
            },
        ),
        Label::new(
            "frozen-kernel theory",
            Role::Ink2,
            Place::Key {
                side: Side::Left,
                sample: Sample::Line {
                    role: Role::Ink2,
                    dash: Dash::Theory,
                },
            },
        ),
        Label::strong(
            format!("signal {}", run.setup.target_label),
            Role::Signal,
            Place::Near {
                candidates: signal_at
                    .iter()
                    .map(|share| {
                        let i = (share * (x.len() - 1) as f64) as usize;
                        [x[i], truth[i]]
                    })
                    .collect(),
                sides: vec![Side::Below, Side::Above],
                leader: None,
            },
        ),
    ];
    // A network that has left the picture is named by nothing in it.
    if leader[1].abs() < range {
        labels.push(Label::strong(
            "network",
            Role::Ink,
            Place::Near {
                candidates: NETWORK_PLACES
                    .iter()
                    .map(|[dx, dy]| [dx * 2.0, dy * range])
                    .collect(),
                sides: vec![Side::Right, Side::Left],
                leader: Some(leader),
            },
        ));
    }
    if run.setup.noise > 0.0
        && let Some(longest) = by_length.first()
    {
        labels.push(Label::strong(
            "noise",
            Role::Noise,
            Place::Near {
                candidates: by_length.iter().take(6).map(|s| [s[0], s[2]]).collect(),
                sides: vec![noise_sides(longest), Side::Below, Side::Above],
                leader: None,
            },
        ));
    }
    let mut reading = vec![
        Span::plain("test error "),
        Span::strong(words::error(now.test)).in_role(Role::Test),
    ];
    if let Some(Looking::Input(i)) = probe
        && i < x.len()
    {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: x[i],
            role: Role::Ink,
            dash: Dash::Solid,
        });
        reading = vec![
            Span::symbol("x"),
            Span::plain(format!(
                " = {}\u{2002}network {}\u{2002}signal {}",
                words::fixed(x[i], 2),
                words::fixed(network[i], 3),
                words::fixed(truth[i], 3)
            )),
        ];
    }
    let unit = if range > 2.6 { 2.0 } else { 1.0 };
    Chart {
        view: "fit",
        title: vec![Span::strong("Fit")],
        reading,
        x: Axis::linear(-1.04, 1.04, &[-1.0, -0.5, 0.0, 0.5, 1.0]).first("x = "),
        y: Axis::linear(-range, range, &[-unit, 0.0, unit]),
        marks,
        labels,
        description: format!(
            "Fit: the network's mean squared distance to the true function {} is {}.",
            run.setup.target_label,
            words::error(now.test)
        ),
        columns: vec![
            Column::new("x", x.iter().copied()),
            Column::new("signal", truth.iter().copied()),
            Column::new("network", network),
            Column::new("frozen-kernel", foreseen.iter().copied()),
            Column::new("train-x", problem.inputs.iter().copied()),
            Column::new("train-signal", signal.iter().copied()),
            Column::new("train-label", problem.labels.iter().copied()),
        ],
    }
}
