//! The smallest eigenvalue against the number of parameters.

use super::Looking;
use super::against_size::{
    axis, feature_points, points, probed, size_words, threshold, threshold_label,
};
use super::curves::{over_features, share};
use super::run::Run;
use super::sweep::{WIDTHS, parameters};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::catalogue::spread::{Spread, spread};
use crate::exhibit::text;

/// Shares of lambda_1 shown, with room for words above 1.
const RANGE: (f64, f64) = (1e-9, 100.0);

/// Medians over sweeps of the smallest eigenvalue of K(0), per width.
pub fn smallest(run: &Run) -> Vec<Spread> {
    let of = |i: usize| spread(run.shown().iter().map(|trace| trace.smallest[i]));
    (0..WIDTHS.len()).map(of).collect()
}

/// Index of the width with the smallest one.
pub fn lowest(curve: &[Spread]) -> Option<usize> {
    let finite = curve
        .iter()
        .enumerate()
        .filter(|(_, s)| s.median.is_finite());
    let lowest = finite.min_by(|a, b| a.1.median.total_cmp(&b.1.median));
    lowest.map(|(i, _)| i)
}

/// The smallest eigenvalue against the number of parameters.
pub fn eigenvalue(run: &Run, probe: Option<Looking>) -> Chart {
    let network = smallest(run);
    let features = over_features(run.shown(), |record| record.smallest);
    let lowest = lowest(&network);
    // Widths that are still to come must not be bridged by a line.
    let known: Vec<[f64; 2]> = points(&network)
        .into_iter()
        .filter(|p| p[1].is_finite())
        .collect();
    let mut marks = vec![
        threshold(run),
        Mark::dashed(feature_points(&features), Role::Ink2, Dash::Theory),
        Mark::line(known.clone(), Role::Ink, 2.0),
        Mark::Points {
            points: known,
            shape: Shape::Disc,
            role: Role::Ink,
        },
    ];
    let mut reading = match lowest {
        Some(i) => vec![
            Span::plain("lowest "),
            Span::strong(text::significant(network[i].median)),
            Span::plain(format!(
                " at P/n = {}",
                text::fixed(share(i, run.setup.points), 2)
            )),
        ],
        None => Vec::new(),
    };
    if let Some((i, rule)) = probed(probe) {
        marks.push(rule);
        reading = vec![Span::plain(format!(
            "{}\u{2002}\u{3bb}min/\u{3bb}\u{2081} = {}",
            size_words(i),
            text::significant(network[i].median)
        ))];
    }
    Chart {
        view: "eigenvalue",
        title: vec![
            Span::strong("Smallest eigenvalue"),
            Span::plain(" over \u{3bb}\u{2081}, step 0"),
        ],
        reading,
        x: axis(),
        y: Axis::log(RANGE.0, RANGE.1),
        marks,
        labels: vec![
            threshold_label(run),
            Label::new(
                "network\u{2019}s kernel",
                Role::Ink,
                Place::Key {
                    side: Side::Right,
                    sample: Sample::Line {
                        role: Role::Ink,
                        dash: Dash::Solid,
                    },
                },
            ),
            Label::new(
                "random features",
                Role::Ink2,
                Place::Key {
                    side: Side::Right,
                    sample: Sample::Line {
                        role: Role::Ink2,
                        dash: Dash::Theory,
                    },
                },
            ),
        ],
        description: match lowest {
            Some(i) => format!(
                "Smallest eigenvalue of the kernel at step 0 over the largest: lowest, {}, at {} \
                 parameters.",
                text::significant(network[i].median),
                parameters()[i]
            ),
            None => "Smallest eigenvalue: none yet.".into(),
        },
        columns: vec![
            Column::new("parameters", parameters().iter().map(|&p| p as f64)),
            Column::new("eigenvalue-share", network.iter().map(|s| s.median)),
            Column::new("features", features.iter().map(|(n, _)| *n as f64)),
            Column::new(
                "features-eigenvalue-share",
                features.iter().map(|(_, s)| s.median),
            ),
        ],
    }
}
