//! Fit: the network between the true function and the noisy labels, or among a
//! person's own points.

use super::model::Network;
use crate::chart::{Chart, Dash, Label, Mark, Place, Role, Sample, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};
use crate::task::Target;

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

/// Where the signal's name may stand, as shares of the test points.
const SIGNAL_PLACES: [f64; 8] = [0.2, 0.15, 0.3, 0.75, 0.8, 0.7, 0.1, 0.9];

/// Where a probe leads among the test points.
pub fn lead(state: &State<'_, Network>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let base = &state.model.base;
    let count = base.test_inputs.len();
    let places = Places {
        count,
        first: count.saturating_sub(1) / 2,
        // The grid is fine.
        stride: 10,
        nearest: |[x, _]: [f64; 2]| base.nearest_input(x),
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Middle of the widest gap between training inputs in the middle half of
/// what is shown: a leader there crosses no stem. Of equal gaps the most
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

/// The stems, longest first, by insertion: a general sort is large in a module that a page
/// loads.
fn longest_first(stems: &[[f64; 3]]) -> Vec<[f64; 3]> {
    let length = |stem: &[f64; 3]| (stem[2] - stem[1]).abs();
    let mut ordered: Vec<[f64; 3]> = Vec::with_capacity(stems.len());
    for stem in stems {
        let longer = ordered.partition_point(|other| length(other) >= length(stem));
        ordered.insert(longer, *stem);
    }
    ordered
}

fn formula(target: Target) -> &'static str {
    match target {
        Target::Sine => "sin \u{3c0}x",
        Target::TwoFrequency => "sin \u{3c0}x + \u{bd} sin 3\u{3c0}x",
        Target::Step => "step",
        Target::Chirp => "chirp",
    }
}

/// The network between the true function and the noisy labels.
pub fn fit(state: &State<'_, Network>) -> Chart {
    let (now, base) = (state.now, &state.model.base);
    let (problem, x) = (&base.problem, base.test_inputs.as_slice());
    let (truth, signal) = (problem.test_signal(), problem.signal());
    let (network, theory) = (
        now.test_outputs.as_slice(),
        now.predicted_outputs.as_slice(),
    );
    let along = |y: &[f64]| -> Vec<[f64; 2]> { x.iter().zip(y).map(|(&x, &y)| [x, y]).collect() };
    let rings = base.rings();
    let stems: Vec<[f64; 3]> = (rings.iter().zip(signal.unwrap_or_default()))
        .map(|(&[x, y], &f)| [x, f, y])
        .collect();
    let mut chart = Chart::new("fit", "**Fit**", base.x_axis(), base.y_axis());
    let theory_line = Mark::dashed(along(theory), Role::Ink2, Dash::Theory);
    let theory_key = Label::line_key("frozen-kernel theory", Side::Left, Role::Ink2, Dash::Theory);
    match truth {
        Some(truth) => {
            let gap = Mark::Band {
                x: x.to_vec(),
                a: truth.to_vec(),
                b: network.to_vec(),
                role: Role::TestTint,
            };
            let noise = Mark::Sticks {
                sticks: stems.clone(),
                role: Role::Noise,
            };
            let signal = Mark::line(along(truth), Role::Signal, 2.0);
            chart.marks.extend([gap, theory_line, noise, signal]);
            let sample = Sample::Patch {
                role: Role::TestTint,
            };
            let gap_key = Label::key("test error, the gap", Side::Left, Role::Test, sample);
            chart.labels.extend([gap_key, theory_key]);
            chart.labels.push(signal_label(state, &along(truth)));
        }
        None => {
            chart.marks.push(theory_line);
            chart.labels.push(theory_key);
        }
    }
    chart.marks.push(Mark::Line {
        points: along(network),
        role: Role::Ink,
        width: 3.0,
        dash: Dash::Solid,
        halo: true,
    });
    let of_rings = truth.map_or(Role::Ink, |_| Role::Noise);
    chart.marks.push(Mark::points(rings, Shape::Ring, of_rings));
    chart.labels.extend(network_label(state));
    if state.setup.configuration.noise > 0.0 {
        chart.labels.extend(noise_label(&longest_first(&stems)));
    }
    let (error, distance) = match now.record.test {
        Some(test) => {
            let error = text::error(test);
            let target = formula(state.setup.configuration.target);
            chart.reading = vec![
                Span::plain("test error "),
                Span::strong(error.as_str()).in_role(Role::Test),
            ];
            (error, format!("true function {target}"))
        }
        None => {
            let error = text::error(now.record.train);
            chart.reading = Span::marked(&format!("training error **{error}**"));
            (error, "labels of your data".to_owned())
        }
    };
    chart.description =
        format!("Fit: the network's mean squared distance to the {distance} is {error}.");
    if let Some(i) = state.index("input").filter(|&i| i < x.len()) {
        chart.marks.push(Mark::cursor(x[i]));
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
        chart.reading = vec![Span::symbol("x"), Span::plain(values)];
    }
    let inputs = problem.inputs.as_slice();
    let columns = [
        ("x", Some(x)),
        ("signal", truth),
        ("network", Some(network)),
        ("frozen-kernel", Some(theory)),
        ("train-x", Some(inputs)),
        ("train-signal", signal),
        ("train-label", Some(&problem.labels)),
    ];
    for (name, values) in columns {
        if let Some(values) = values {
            chart.column(name, values.iter().copied());
        }
    }
    chart
}

fn signal_label(state: &State<'_, Network>, signal: &[[f64; 2]]) -> Label {
    let name = formula(state.setup.configuration.target);
    let at = |share: &f64| signal[(share * (signal.len() - 1) as f64) as usize];
    let candidates = SIGNAL_PLACES.iter().map(at).collect();
    let sides = vec![Side::Below, Side::Above];
    Label::near(format!("signal {name}"), Role::Signal, candidates, sides).bold()
}

/// Names the network, unless it has left the picture.
fn network_label(state: &State<'_, Network>) -> Option<Label> {
    let base = &state.model.base;
    let (x, ends, reach) = (base.test_inputs.as_slice(), base.ends(), base.reach());
    let calm = widest_gap(base.problem.inputs.as_slice(), ends);
    let nearest = x.partition_point(|x| *x < calm).min(x.len() - 1);
    let leader = [x[nearest], state.now.test_outputs[nearest]];
    let (centre, width) = ((ends[0] + ends[1]) / 2.0, ends[1] - ends[0]);
    let at = |[dx, dy]: [f64; 2]| [centre + dx * width, dy * reach];
    let place = Place::Near {
        candidates: NETWORK_PLACES.map(at).to_vec(),
        sides: vec![Side::Right, Side::Left],
        leader: Some(leader),
    };
    (leader[1].abs() < reach).then(|| Label::strong("network", Role::Ink, place))
}

/// Names the noise at one of the longest stems.
fn noise_label(stems: &[[f64; 3]]) -> Option<Label> {
    let longest = stems.first()?;
    let away = match longest[2] < longest[1] {
        true => Side::Below,
        false => Side::Above,
    };
    let candidates = stems.iter().take(6).map(|s| [s[0], s[2]]).collect();
    let sides = vec![away, Side::Below, Side::Above];
    Some(Label::near("noise", Role::Noise, candidates, sides).bold())
}
