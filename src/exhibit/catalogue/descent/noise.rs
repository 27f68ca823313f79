//! Where the noise goes: how much of it is memorised, and how much of what is
//! memorised arrives at the test points.

use super::Looking;
use super::against_size::{
    axis, band, feature_points, points, probed, size_words, threshold, threshold_label,
};
use super::curves::{gain as gain_of, over_features, over_widths, peak, share};
use super::run::Run;
use super::sweep::parameters;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::catalogue::spread::Spread;
use crate::exhibit::text;

/// Gains shown.
const GAINS: (f64, f64) = (0.1, 100.0);

/// Highest share of memorised noise shown: two paths may part by more than
/// the noise itself.
const MOST_MEMORISED: f64 = 1.5;

/// A curve over the widths with that of the random features.
struct Curves<'a> {
    network: &'a [Spread],
    features: &'a [(usize, Spread)],
}

impl Curves<'_> {
    /// Threshold, band, features and network, with a line at 1.
    fn marks(&self, run: &Run) -> Vec<Mark> {
        let curve = points(self.network);
        let mut marks = vec![
            Mark::Rule {
                orientation: Orientation::Horizontal,
                at: 1.0,
                role: Role::Ink3,
                dash: Dash::Dotted,
            },
            threshold(run),
        ];
        marks.extend(band(run, self.network, Role::NoiseTint));
        marks.extend([
            Mark::dashed(feature_points(self.features), Role::Ink2, Dash::Theory),
            Mark::line(curve.clone(), Role::Noise, 2.0),
            Mark::Points {
                points: curve,
                shape: Shape::Ring,
                role: Role::Noise,
            },
        ]);
        marks
    }

    fn columns(&self, name: &str) -> Vec<Column> {
        let network = |value: fn(&Spread) -> f64| self.network.iter().map(value);
        vec![
            Column::new("parameters", parameters().iter().map(|&p| p as f64)),
            Column::new(name, network(|s| s.median)),
            Column::new(format!("{name}-low"), network(|s| s.low)),
            Column::new(format!("{name}-high"), network(|s| s.high)),
            Column::new("features", self.features.iter().map(|(n, _)| *n as f64)),
            Column::new(
                format!("features-{name}"),
                self.features.iter().map(|(_, s)| s.median),
            ),
        ]
    }
}

/// A key in the right corner.
fn key(words: &str, role: Role, dash: Dash) -> Label {
    Label::new(
        words,
        role,
        Place::Key {
            side: Side::Right,
            sample: Sample::Line { role, dash },
        },
    )
}

/// What is said where there is no noise to follow.
fn nothing_to_follow(run: &Run) -> Option<Vec<Span>> {
    (run.setup.noise == 0.0).then(|| vec![Span::plain("the labels have no noise")])
}

/// Noise gain against the number of parameters.
pub fn gain(run: &Run, probe: Option<Looking>) -> Chart {
    let (traces, step) = (run.shown(), run.shown_step());
    let network = over_widths(traces, step, |_, arm| gain_of(arm));
    let features = over_features(traces, |record| record.gain);
    let curves = Curves {
        network: &network,
        features: &features,
    };
    let mut marks = curves.marks(run);
    let peak = peak(&network);
    let mut reading = nothing_to_follow(run).unwrap_or_else(|| match peak {
        Some(peak) => vec![
            Span::plain("highest "),
            Span::strong(text::fixed(peak.height, 2)).in_role(Role::Noise),
            Span::plain(format!(
                " at P/n = {}, widest {}",
                text::fixed(share(peak.index, run.setup.points), 2),
                text::fixed(network[network.len() - 1].median, 2)
            )),
        ],
        None => vec![Span::plain("at test points, per memorised noise")],
    });
    if let Some((i, rule)) = probed(probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "{}\u{2002}gain {}",
            size_words(i),
            text::fixed(network[i].median, 2)
        ))];
    }
    Chart {
        view: "gain",
        title: vec![
            Span::strong("Noise gain"),
            Span::plain(" at the test points"),
        ],
        reading,
        x: axis(),
        y: Axis::log_plain(GAINS.0, GAINS.1),
        marks,
        labels: vec![
            threshold_label(run),
            key("random features", Role::Ink2, Dash::Theory),
            key("as at the training points", Role::Ink3, Dash::Dotted),
        ],
        description: match peak {
            Some(peak) => format!(
                "Noise gain, the mean square that the noise moves test points by over that of \
                 training points: highest {} at {} parameters, {} at the largest width.",
                text::fixed(peak.height, 2),
                parameters()[peak.index],
                text::fixed(network[network.len() - 1].median, 2)
            ),
            None => "Noise gain: none yet.".into(),
        },
        columns: curves.columns("gain"),
    }
}

/// Share of the noise that is memorised, against the number of parameters.
pub fn memorised(run: &Run, probe: Option<Looking>) -> Chart {
    let (traces, step) = (run.shown(), run.shown_step());
    let network = over_widths(traces, step, |trace, arm| {
        arm.memorised / trace.noise_energy
    });
    let features = over_features(traces, |record| record.memorised_share);
    let curves = Curves {
        network: &network,
        features: &features,
    };
    let mut marks = curves.marks(run);
    let widest = network[network.len() - 1].median;
    let mut reading = nothing_to_follow(run).unwrap_or_else(|| {
        vec![
            Span::plain("widest "),
            Span::strong(text::whole_percent(widest)).in_role(Role::Noise),
        ]
    });
    if let Some((i, rule)) = probed(probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "{}\u{2002}memorised {}",
            size_words(i),
            text::whole_percent(network[i].median)
        ))];
    }
    Chart {
        view: "memorised",
        title: vec![
            Span::strong("Noise memorised"),
            Span::plain(", share of it"),
        ],
        reading,
        x: axis(),
        y: Axis::linear(0.0, MOST_MEMORISED, &[0.0, 0.5, 1.0]),
        marks,
        labels: vec![
            threshold_label(run),
            key("random features", Role::Ink2, Dash::Theory),
        ],
        description: format!(
            "Share of the noise that is memorised: {} at the smallest width, {} at the largest.",
            text::whole_percent(network[0].median),
            text::whole_percent(widest)
        ),
        columns: curves.columns("memorised"),
    }
}
