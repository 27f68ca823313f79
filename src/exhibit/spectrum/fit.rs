//! Fit: the network between the true function and the noisy labels, or among a
//! person's own points.

use super::Looking;
use super::run::Run;
use crate::chart::{
    Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::text;

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

/// Middle of the widest gap between training inputs in the middle half of
/// what is shown: a leader there crosses no stick. Of equal gaps the most
/// central.
fn widest_gap(inputs: &[f64], [low, high]: [f64; 2]) -> f64 {
    let (centre, half) = ((low + high) / 2.0, (high - low) / 2.0);
    let off = |middle: f64| (middle - centre).abs();
    let gaps = inputs
        .windows(2)
        .map(|pair| ((pair[0] + pair[1]) / 2.0, pair[1] - pair[0]));
    gaps.filter(|(middle, _)| off(*middle) <= 0.5 * half)
        .map(|(middle, width)| (middle, width - 0.01 * off(middle)))
        .fold(
            (centre, 0.0),
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
    let truth = problem.test_signal();
    let ends = run.base.ends();
    let range = run.base.reach();
    let along =
        |values: &[f64]| -> Vec<[f64; 2]> { x.iter().zip(values).map(|(&x, &y)| [x, y]).collect() };
    let rings = run.base.rings();
    let sticks: Vec<[f64; 3]> = (rings.iter())
        .zip(problem.signal().unwrap_or_default())
        .map(|(&[x, y], &f)| [x, f, y])
        .collect();
    let mut marks = Vec::new();
    marks.extend(truth.map(|truth| Mark::Band {
        x: x.clone(),
        a: truth.to_vec(),
        b: network.clone(),
        role: Role::TestTint,
    }));
    marks.push(Mark::dashed(
        along(foreseen.as_slice()),
        Role::Ink2,
        Dash::Theory,
    ));
    if let Some(truth) = truth {
        marks.push(Mark::Sticks {
            sticks: sticks.clone(),
            role: Role::Noise,
        });
        marks.push(Mark::line(along(truth), Role::Signal, 2.0));
    }
    marks.extend([
        Mark::Line {
            points: along(&network),
            role: Role::Ink,
            width: 3.0,
            dash: Dash::Solid,
            halo: true,
        },
        Mark::Points {
            points: rings,
            shape: Shape::Ring,
            role: truth.map_or(Role::Ink, |_| Role::Noise),
        },
    ]);
    let length = |stick: &[f64; 3]| (stick[2] - stick[1]).abs();
    let mut by_length: Vec<[f64; 3]> = Vec::with_capacity(sticks.len());
    for stick in sticks {
        let longer = by_length.partition_point(|other| length(other) >= length(&stick));
        by_length.insert(longer, stick);
    }
    let noise_sides = |stick: &[f64; 3]| {
        if stick[2] < stick[1] {
            Side::Below
        } else {
            Side::Above
        }
    };
    let calm = widest_gap(problem.inputs.as_slice(), ends);
    let nearest = x.partition_point(|x| *x < calm).min(x.len() - 1);
    let leader = [x[nearest], network[nearest]];
    let signal_at = [0.2, 0.15, 0.3, 0.75, 0.8, 0.7, 0.1, 0.9];
    let mut labels = Vec::new();
    if truth.is_some() {
        labels.push(Label::new(
            "test error, the gap",
            Role::Test,
            Place::Key {
                side: Side::Left,
                sample: Sample::Patch {
                    role: Role::TestTint,
                },
            },
        ));
    }
    labels.push(Label::new(
        "frozen-kernel theory",
        Role::Ink2,
        Place::Key {
            side: Side::Left,
            sample: Sample::Line {
                role: Role::Ink2,
                dash: Dash::Theory,
            },
        },
    ));
    if let Some(truth) = truth {
        labels.push(Label::strong(
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
        ));
    }
    let centre = (ends[0] + ends[1]) / 2.0;
    // A network that has left the picture is named by nothing in it.
    if leader[1].abs() < range {
        labels.push(Label::strong(
            "network",
            Role::Ink,
            Place::Near {
                candidates: NETWORK_PLACES
                    .iter()
                    .map(|[dx, dy]| [centre + dx * (ends[1] - ends[0]), dy * range])
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
    let mut reading = match now.test {
        Some(test) => vec![
            Span::plain("test error "),
            Span::strong(text::error(test)).in_role(Role::Test),
        ],
        None => vec![
            Span::plain("training error "),
            Span::strong(text::error(now.train)),
        ],
    };
    if let Some(Looking::Input(i)) = probe
        && i < x.len()
    {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: x[i],
            role: Role::Ink,
            dash: Dash::Solid,
        });
        let at = text::fixed(x[i], 2);
        let values = match truth {
            Some(truth) => format!(
                " = {at}\u{2002}network {}\u{2002}signal {}",
                text::fixed(network[i], 3),
                text::fixed(truth[i], 3)
            ),
            // Own labels may be of any size.
            None => format!(" = {at}\u{2002}network {}", text::significant(network[i])),
        };
        reading = vec![Span::symbol("x"), Span::plain(values)];
    }
    let mut columns = vec![Column::new("x", x.iter().copied())];
    columns.extend(truth.map(|f| Column::new("signal", f.iter().copied())));
    columns.push(Column::new("network", network));
    columns.push(Column::new("frozen-kernel", foreseen.iter().copied()));
    columns.push(Column::new("train-x", problem.inputs.iter().copied()));
    columns.extend((problem.signal()).map(|f| Column::new("train-signal", f.iter().copied())));
    columns.push(Column::new("train-label", problem.labels.iter().copied()));
    Chart {
        view: "fit",
        title: vec![Span::strong("Fit")],
        reading,
        x: run.base.x_axis(),
        y: run.base.y_axis(),
        marks,
        labels,
        description: match now.test {
            Some(test) => format!(
                "Fit: the network's mean squared distance to the true function {} is {}.",
                run.setup.target_label,
                text::error(test)
            ),
            None => format!(
                "Fit: the network's mean squared distance to the labels of the own points is {}.",
                text::error(now.train)
            ),
        },
        columns,
    }
}
