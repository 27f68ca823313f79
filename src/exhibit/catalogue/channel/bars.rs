//! The views over the directions psi_j: eigenvalues of the integrated kernel,
//! and what each dissipated.

use super::Looking;
use super::observation::Seen;
use super::run::Run;
use crate::chart::{
    Axis, Bar, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Side, Span,
};
use crate::exhibit::modes::{fill, sides, split, split_words};
use crate::exhibit::text;

/// A sentence in the middle of a view that has nothing to show.
pub fn nothing(run: &Run, at: [f64; 2]) -> Label {
    let words = match run.setup.undescribed {
        Some(optimiser) => format!("These operators do not describe {optimiser}."),
        None => format!(
            "The window begins at step {}.",
            text::count(run.setup.window)
        ),
    };
    said(words, at)
}

/// A sentence at a place in the plot.
pub fn said(words: impl Into<String>, at: [f64; 2]) -> Label {
    Label::new(
        words,
        Role::Ink2,
        Place::Near {
            candidates: vec![at],
            sides: vec![Side::Right],
            leader: None,
        },
    )
}

/// The direction that a person looks at, if it exists.
pub fn probed(probe: Option<Looking>, n: usize) -> Option<usize> {
    match probe {
        Some(Looking::Mode(j)) if j < n => Some(j),
        _ => None,
    }
}

/// Its values, for the title row.
pub fn values(seen: &Seen, j: usize) -> Vec<Span> {
    vec![
        Span::symbol("j"),
        Span::plain(format!(" = {}\u{2002}", j + 1)),
        Span::symbol("\u{3bb}"),
        Span::plain(format!(
            " = {}\u{2002}\u{2016}G\u{3c8}\u{2016}\u{b2} = {}",
            text::significant(seen.spectrum.values[j]),
            text::significant(seen.effects.column(j).norm_squared())
        )),
    ]
}

fn key(text: &str, role: Role, dash: Dash) -> Label {
    Label::new(
        text,
        role,
        Place::Key {
            side: Side::Left,
            sample: Sample::Line { role, dash },
        },
    )
}

/// Where the axis of eigenvalues begins, the same for a whole window: below
/// what one step makes of the smallest eigenvalue of K(s).
pub fn smallest(run: &Run) -> f64 {
    let half = 0.5 * run.base.points() as f64;
    let start = run.window.as_ref().map(|w| w.frozen.spectrum());
    let least = start.map_or(0.0, |s| {
        s.values.iter().copied().fold(f64::INFINITY, f64::min)
    });
    (0.3 * run.step_size() * least).clamp(1e-9 * half, 1e-3 * half)
}

/// Eigenvalues of W', largest first, under the most they can be.
pub fn spectrum(run: &mut Run, probe: Option<Looking>) -> Chart {
    let n = run.base.points();
    let threshold = run.setup.threshold;
    let half = 0.5 * n as f64;
    // Room above for three lines of words.
    let (bottom, top) = (smallest(run), 1e3 * half);
    let mut chart = Chart {
        view: "spectrum",
        title: vec![
            Span::strong("Integrated kernel"),
            Span::plain(" "),
            Span::symbol("\u{3bb}"),
            Span::index("j"),
            Span::plain("("),
            Span::symbol("W\u{2032}"),
            Span::plain(")"),
        ],
        reading: Vec::new(),
        x: Axis::counted(n, "j = "),
        y: Axis::log(bottom, top),
        marks: Vec::new(),
        labels: Vec::new(),
        description: "Integrated kernel: no window is open.".into(),
        columns: Vec::new(),
    };
    let elapsed = run.window.as_ref().map_or(0.0, |w| w.elapsed);
    let start = run.window.as_ref().map(|w| w.frozen.spectrum().clone());
    let now = run.observe().clone();
    let (Some(seen), Some(start)) = (&now.seen, start) else {
        chart
            .labels
            .push(nothing(run, [0.2 * n as f64, half * 1e-4]));
        return chart;
    };
    let (channel, floor) = (
        seen.spectrum.channel_dimension(threshold),
        seen.spectrum.floor(),
    );
    let values = seen.spectrum.values.as_slice();
    chart.marks = vec![
        Mark::Rule {
            orientation: Orientation::Horizontal,
            at: half,
            role: Role::Ink2,
            dash: Dash::Solid,
        },
        Mark::Bars {
            bars: (values.iter().enumerate())
                .map(|(j, &value)| Bar {
                    x: j as f64 + 1.0,
                    value,
                    fill: fill(j, channel, value > floor || elapsed == 0.0),
                })
                .collect(),
        },
    ];
    if elapsed > 0.0 {
        let closed = seen.closed_values.iter().enumerate();
        chart.marks.push(Mark::BarTheory {
            points: closed.map(|(j, v)| [j as f64 + 1.0, *v]).collect(),
        });
        chart.marks.push(split(channel));
        chart.labels.extend(sides(channel, n));
        let at = threshold * seen.spectrum.largest();
        chart.marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at,
            role: Role::Ink3,
            dash: Dash::Dotted,
        });
        chart.labels.push(Label::new(
            split_words(threshold),
            Role::Ink3,
            Place::OnRule {
                at,
                side: Side::Above,
            },
        ));
        if !seen.closed_values.is_empty() {
            chart
                .labels
                .push(key("W, closed form", Role::Ink2, Dash::Theory));
        }
        // lambda* = n / (eta t): so many directions of K(s) have had time.
        let moved = start
            .values
            .iter()
            .filter(|v| **v * elapsed > n as f64)
            .count();
        let at = moved as f64 + 0.5;
        chart.marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at,
            role: Role::Ink2,
            dash: Dash::Dotted,
        });
        chart.labels.push(key(
            "left of it, \u{3bb}(K) > n/\u{3b7}t",
            Role::Ink2,
            Dash::Dotted,
        ));
    }
    chart.labels.push(Label::new(
        "n/2, all learned",
        Role::Ink2,
        Place::OnRule {
            at: half,
            side: Side::Above,
        },
    ));
    if values.iter().any(|v| *v <= floor) && elapsed > 0.0 {
        chart.labels.push(Label::new(
            "below numerical resolution",
            Role::Ink2,
            Place::Key {
                side: Side::Right,
                sample: Sample::Hatch,
            },
        ));
    }
    let negative = seen.closed_values.iter().filter(|v| **v < -floor).count();
    let gap = seen.gap_after(channel);
    chart.reading = if negative > 0 {
        vec![
            Span::plain("past the limit: "),
            Span::strong(format!("{negative} negative")),
            Span::plain(" in W"),
        ]
    } else {
        vec![
            Span::plain("gap at the split "),
            Span::strong(text::fixed(gap, 2)),
            Span::plain(" decades"),
        ]
    };
    if let Some(j) = probed(probe, n) {
        chart.marks.push(Mark::Frame { x: j as f64 + 1.0 });
        chart.reading = self::values(seen, j);
    }
    chart.description = format!(
        "Integrated kernel: eigenvalues from {} down to {}, of at most {} in continuous time; {channel} \
         of {n} directions lie in the channel. The gap at the split is {} decades.{}",
        text::significant(seen.spectrum.largest()),
        text::significant(values[n - 1].max(0.0)),
        text::fixed(half, 1),
        text::fixed(gap, 2),
        if negative > 0 {
            format!(" {negative} eigenvalues of the closed form are negative.")
        } else {
            String::new()
        }
    );
    chart.columns = vec![
        Column::new("direction", (1..=n).map(|j| j as f64)),
        Column::new("eigenvalue", values.iter().copied()),
        Column::new("closed-form-eigenvalue", seen.closed_values.iter().copied()),
    ];
    chart
}

/// What every direction of the first output gradient has dissipated.
pub fn dissipation(run: &mut Run, probe: Option<Looking>) -> Chart {
    let n = run.base.points();
    let threshold = run.setup.threshold;
    // Own labels may all be zero, which no decade is.
    let first = run.window.as_ref().map_or(1.0, |w| w.loss.max(1e-200));
    let now = run.observe().clone();
    let mut chart = Chart {
        view: "dissipation",
        title: vec![
            Span::strong("Dissipation"),
            Span::plain(" "),
            Span::symbol("\u{3bb}"),
            Span::index("j"),
            Span::plain("\u{27e8}"),
            Span::symbol("\u{3c8}"),
            Span::index("j"),
            Span::plain(", "),
            Span::symbol("g"),
            Span::plain("\u{27e9}\u{b2}"),
        ],
        reading: Vec::new(),
        x: Axis::counted(n, "j = "),
        y: Axis::log(1e-8 * first, 3.0 * first),
        marks: Vec::new(),
        labels: Vec::new(),
        description: "Dissipation: no window is open.".into(),
        columns: Vec::new(),
    };
    let Some(seen) = &now.seen else {
        chart
            .labels
            .push(nothing(run, [0.2 * n as f64, 1e-3 * first]));
        return chart;
    };
    let channel = seen.spectrum.channel_dimension(threshold);
    let pairs = seen.spectrum.values.iter().zip(seen.spectrum.energies());
    let parts: Vec<f64> = pairs.map(|(value, energy)| value * energy).collect();
    let bars = parts.iter().enumerate().map(|(j, &value)| Bar {
        x: j as f64 + 1.0,
        value,
        fill: fill(j, channel, true),
    });
    chart.marks = vec![Mark::Bars {
        bars: bars.collect(),
    }];
    if channel > 0 {
        chart.marks.push(split(channel));
    }
    let [closed, summed] = seen.dissipated;
    chart.reading = vec![
        Span::plain("the loss fell by "),
        Span::strong(text::error(seen.drop)),
        Span::plain(format!(
            ", W says {}, sum {}",
            text::error(closed),
            text::error(summed)
        )),
    ];
    if let Some(j) = probed(probe, n) {
        chart.marks.push(Mark::Frame { x: j as f64 + 1.0 });
        chart.reading = vec![
            Span::symbol("j"),
            Span::plain(format!(
                " = {}\u{2002}dissipated {}",
                j + 1,
                text::significant(parts[j])
            )),
        ];
    }
    chart.description = format!(
        "Dissipation: the loss fell by {}; the closed form of the integrated kernel accounts for {}, the sum \
         over directions for {}.",
        text::error(seen.drop),
        text::error(closed),
        text::error(summed)
    );
    chart.columns = vec![
        Column::new("direction", (1..=n).map(|j| j as f64)),
        Column::new("dissipated", parts),
        Column::new("gradient-energy", seen.spectrum.energies()),
    ];
    chart
}
