//! The views over the modes: eigenvalues and residual.

use super::Looking;
use super::run::Run;
use crate::chart::{
    Axis, Bar, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Side, Span,
};
use crate::exhibit::modes::{fill, sides, split, split_words};
use crate::exhibit::text;

pub fn probed(run: &mut Run, probe: Option<Looking>) -> Option<(usize, Vec<Span>)> {
    let Some(Looking::Mode(i)) = probe else {
        return None;
    };
    let spectrum = &run.observe().spectrum;
    if i >= spectrum.len() {
        return None;
    }
    let energy = spectrum.coefficients[i] * spectrum.coefficients[i];
    let reading = vec![
        Span::symbol("i"),
        Span::plain(format!(" = {}\u{2002}", i + 1)),
        Span::symbol("\u{3bb}"),
        Span::plain(format!(
            " = {}\u{2002}energy = {}",
            text::significant(spectrum.values[i]),
            text::significant(energy)
        )),
    ];
    Some((i, reading))
}

/// Eigenvalues of K_SS, largest first.
pub fn eigenvalues(run: &mut Run, probe: Option<Looking>) -> Chart {
    let threshold = run.setup.threshold;
    let probed = probed(run, probe);
    let eta = run.step_size();
    let since = run.step - run.window.start;
    let start: Vec<f64> = run
        .window
        .frozen
        .spectrum()
        .values
        .iter()
        .copied()
        .collect();
    let first_largest = run.base.first_largest;
    let spectrum = run.observe().spectrum.clone();
    let n = spectrum.len();
    let (channel, floor) = (spectrum.channel_dimension(threshold), spectrum.floor());
    // Room above for the eigenvalues to double, and for two lines of words.
    let top = 30.0 * first_largest;
    let smallest = start.iter().copied().fold(f64::INFINITY, f64::min);
    let bottom = (0.01 * smallest.max(0.0)).clamp(1e-9 * first_largest, 1e-6 * first_largest);
    let bars = spectrum.values.iter().enumerate().map(|(i, &value)| Bar {
        x: i as f64 + 1.0,
        value,
        fill: fill(i, channel, value > floor),
    });
    let theory: Vec<[f64; 2]> = start
        .iter()
        .enumerate()
        .map(|(i, v)| [i as f64 + 1.0, *v])
        .collect();
    let at_threshold = threshold * spectrum.largest();
    let mut marks = vec![
        Mark::Rule {
            orientation: Orientation::Horizontal,
            at: at_threshold,
            role: Role::Ink3,
            dash: Dash::Dotted,
        },
        Mark::Bars {
            bars: bars.collect(),
        },
        Mark::BarTheory {
            points: theory.clone(),
        },
        split(channel),
    ];
    // n / (eta t): modes below it have hardly moved since the window began.
    let moved = n as f64 / (eta * since as f64);
    let moved_shows = moved < first_largest && moved > bottom;
    if moved_shows {
        marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at: moved,
            role: Role::Ink2,
            dash: Dash::Solid,
        });
    }
    let mut labels = sides(channel, n).to_vec();
    labels.push(Label::new(
        split_words(threshold),
        Role::Ink3,
        Place::OnRule {
            at: at_threshold,
            side: Side::Above,
        },
    ));
    if spectrum.rank() < n {
        labels.push(Label::new(
            "below numerical resolution",
            Role::Ink2,
            Place::Key {
                side: Side::Right,
                sample: Sample::Hatch,
            },
        ));
    }
    if run.step > run.window.start {
        labels.push(Label::new(
            format!("at step {}", text::count(run.window.start)),
            Role::Ink2,
            Place::Key {
                side: Side::Right,
                sample: Sample::Line {
                    role: Role::Ink2,
                    dash: Dash::Theory,
                },
            },
        ));
    }
    if moved_shows {
        labels.push(Label::new(
            "n/\u{3b7}t, learned above",
            Role::Ink2,
            Place::Key {
                side: Side::Right,
                sample: Sample::Line {
                    role: Role::Ink2,
                    dash: Dash::Solid,
                },
            },
        ));
    }
    let mut reading = vec![Span::plain("how fast each direction is learned")];
    if let Some((i, values)) = probed {
        marks.push(Mark::Frame { x: i as f64 + 1.0 });
        reading = values;
    }
    Chart {
        view: "eigenvalues",
        title: vec![
            Span::strong("Eigenvalues "),
            Span {
                strong: true,
                ..Span::symbol("\u{3bb}")
            },
            Span {
                strong: true,
                ..Span::index("i")
            },
        ],
        reading,
        x: Axis::modes(n),
        y: Axis::log(bottom, top),
        marks,
        labels,
        description: format!(
            "Eigenvalues: {n}, from {} down to {}; {channel} lie in the channel, {} in the \
             reservoir below {} of the largest, {} below numerical resolution.",
            text::significant(spectrum.largest()),
            text::significant(spectrum.values[n - 1].max(0.0)),
            n - channel,
            threshold,
            n - spectrum.rank()
        ),
        columns: vec![
            Column::new("mode", (1..=n).map(|i| i as f64)),
            Column::new("eigenvalue", spectrum.values.iter().copied()),
            Column::new("eigenvalue-at-start", start),
        ],
    }
}

/// The residual's energy in each mode.
pub fn residual(run: &mut Run, probe: Option<Looking>) -> Chart {
    let threshold = run.setup.threshold;
    let probed = probed(run, probe);
    let foreseen: Vec<f64> = run
        .window
        .frozen
        .coefficients()
        .iter()
        .map(|c| c * c)
        .collect();
    let start: f64 = run.window.frozen.spectrum().energies().fold(0.0, f64::max);
    let spectrum = run.observe().spectrum.clone();
    let n = spectrum.len();
    let channel = spectrum.channel_dimension(threshold);
    let energies: Vec<f64> = spectrum.energies().collect();
    let total: f64 = energies.iter().sum();
    let share = energies[channel..].iter().sum::<f64>() / total;
    let baseline = 1.0 - channel as f64 / n as f64;
    // Room above for one line of words.
    let top = 12.0 * start.max(1e-12);
    let bars = energies.iter().enumerate().map(|(i, &value)| Bar {
        x: i as f64 + 1.0,
        value,
        // An energy is well resolved even where its eigenvalue is not.
        fill: fill(i, channel, true),
    });
    let mut marks = vec![
        Mark::Bars {
            bars: bars.collect(),
        },
        Mark::BarTheory {
            points: foreseen
                .iter()
                .enumerate()
                .map(|(i, v)| [i as f64 + 1.0, *v])
                .collect(),
        },
        split(channel),
    ];
    let labels = vec![Label::new(
        "frozen-kernel theory",
        Role::Ink2,
        Place::Key {
            side: Side::Right,
            sample: Sample::Line {
                role: Role::Ink2,
                dash: Dash::Theory,
            },
        },
    )];
    let mut reading = vec![
        Span::plain("in the reservoir "),
        Span::strong(text::percent(share)).in_role(Role::Noise),
        Span::plain(format!(", baseline {}", text::whole_percent(baseline))),
    ];
    if let Some((i, values)) = probed {
        marks.push(Mark::Frame { x: i as f64 + 1.0 });
        reading = values;
    }
    Chart {
        view: "residual",
        title: vec![
            Span::strong("Residual \u{27e8}"),
            Span {
                strong: true,
                ..Span::symbol("v")
            },
            Span {
                strong: true,
                ..Span::index("i")
            },
            Span::strong(", "),
            Span {
                strong: true,
                ..Span::symbol("r")
            },
            Span::strong("\u{27e9}\u{b2}"),
        ],
        reading,
        x: Axis::modes(n),
        y: Axis::log(1e-6 * top, top),
        marks,
        labels,
        description: format!(
            "Residual: {} of its energy lies in the reservoir, which holds {} of the directions.",
            text::percent(share),
            text::whole_percent(baseline)
        ),
        columns: vec![
            Column::new("mode", (1..=n).map(|i| i as f64)),
            Column::new("energy", energies),
            Column::new("frozen-energy", foreseen),
        ],
    }
}
