//! The views over steps: accuracy, labels in the leading modes, rotation,
//! alignment.

use super::curves::{self, Curve};
use super::run::{Record, Run, Surveyed};
use super::survey::Portrait;
use crate::chart::{Chart, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span};
use crate::exhibit::text;

const INK: (Role, Shape) = (Role::Ink, Shape::Disc);
const TEST: (Role, Shape) = (Role::Test, Shape::Diamond);
const TWIN: (Role, Shape) = (Role::Noise, Shape::Ring);

/// Share of right answers over steps.
pub fn accuracy(run: &mut Run, probed: Option<u64>) -> Chart {
    let (step, now) = (run.step, run.answers().clone());
    let twin = run.twin_answers().map(|twin| twin.test);
    let over = |value: fn(&Record) -> f64, now: f64| {
        let past = run.records.iter().filter(move |record| record.step < step);
        past.map(move |record| (record.step, value(record)))
            .chain(std::iter::once((step, now)))
    };
    let mut curves = vec![
        Curve::new("train", "shown", INK, over(|r| r.train, now.train)),
        Curve::new("held-out", "held out", TEST, over(|r| r.test, now.test)),
    ];
    // A single point is no curve yet, and its words would stand in the way.
    if run.surveys.len() > 1 {
        let regression = run.surveys.iter().map(|s| (s.step, s.network.regression));
        curves.push(
            Curve::new("kernel-regression", "kernel regression", TEST, regression)
                .thin(Dash::TestTheory),
        );
    }
    if let Some(twin) = twin {
        let points = over(|r| r.twin_test, twin);
        curves.push(Curve::new("twin-held-out", "twin, held out", TWIN, points).thin(Dash::Solid));
    }
    let mut chart = curves::chart("accuracy", &curves, 1.08, probed);
    chart.title = vec![
        Span::strong("Accuracy"),
        Span::plain(" share of right sums"),
    ];
    chart.reading = match probed {
        Some(step) => curves::probed_values(&curves, step),
        None => vec![
            Span::plain("held out "),
            Span::strong(text::percent(now.test)).in_role(Role::Test),
        ],
    };
    let chance = 1.0 / run.setup.modulus as f64;
    let mut below = vec![rule(chance, Role::Ink3)];
    let events = [
        (
            run.memorised.as_ref().map(|m| m.step),
            1.0,
            Role::Ink,
            "memorised at",
        ),
        (run.grokked, 0.95, Role::Test, "95\u{2009}% at"),
    ];
    for (event, height, role, name) in events {
        if let Some(step) = event {
            let x = curves::at(step);
            below.push(Mark::Drop {
                at: [x, height],
                role,
            });
            // In the empty middle of the plot, right of the line.
            chart.labels.push(Label::new(
                format!("{name} {}", text::count(step)),
                role,
                Place::Near {
                    candidates: [0.55, 0.4, 0.7].map(|y| [x, y]).to_vec(),
                    sides: vec![Side::Right],
                    leader: None,
                },
            ));
        }
    }
    chart.marks.splice(0..0, below);
    chart.description = format!(
        "Accuracy at step {}: {} of the pairs shown, {} of the held-out pairs; guessing gets {}.",
        text::count(step),
        text::percent(now.train),
        text::percent(now.test),
        text::percent(chance)
    );
    chart
}

fn rule(at: f64, role: Role) -> Mark {
    Mark::Rule {
        orientation: Orientation::Horizontal,
        at,
        role,
        dash: Dash::Dotted,
    }
}

fn network(run: &Run, value: fn(&Portrait) -> f64) -> impl Iterator<Item = (u64, f64)> {
    run.surveys.iter().map(move |s| (s.step, value(&s.network)))
}

fn twin(run: &Run, value: fn(&Portrait) -> f64) -> impl Iterator<Item = (u64, f64)> {
    let twin = move |s: &Surveyed| Some((s.step, value(s.twin.as_ref()?)));
    run.surveys.iter().filter_map(twin)
}

/// The last survey's number in words, or the probed ones.
fn reading(
    run: &Run,
    curves: &[Curve],
    probed: Option<u64>,
    (name, role): (&str, Role),
    value: fn(&Portrait) -> f64,
) -> Vec<Span> {
    match (probed, run.surveys.last()) {
        (Some(step), _) => curves::probed_values(curves, step),
        (None, Some(last)) => vec![
            Span::plain(format!("{name} ")),
            Span::strong(text::fixed(value(&last.network), 2)).in_role(role),
            Span::plain(format!(" at step {}", text::count(last.step))),
        ],
        (None, None) => vec![Span::plain("the first kernel is being computed")],
    }
}

/// Energy of the labels in the leading eigenvectors.
pub fn channel(run: &mut Run, probed: Option<u64>) -> Chart {
    let mut curves = vec![
        Curve::new(
            "label-energy",
            "labels",
            (Role::Signal, Shape::Disc),
            network(run, |p| p.energy),
        ),
        Curve::new(
            "baseline",
            "baseline",
            INK,
            network(run, |p| p.other_energy),
        )
        .thin(Dash::Dotted),
    ];
    curves[0].width = 3.0;
    if run.twin.is_some() {
        curves.push(Curve::new(
            "twin-label-energy",
            "twin\u{2019}s labels",
            TWIN,
            twin(run, |p| p.energy),
        ));
    }
    let mut chart = curves::chart("channel", &curves, 1.08, probed);
    chart.title = vec![
        Span::strong("Channel"),
        Span::plain(format!(
            " labels in the top {} eigenvectors",
            run.ground.modes.min(run.ground.shown)
        )),
    ];
    chart.reading = reading(run, &curves, probed, ("energy", Role::Signal), |p| p.energy);
    chart.description = match run.surveys.last() {
        Some(last) => format!(
            "Channel at step {}: {} of the labels\u{2019} energy is in the leading eigenvectors; of shuffled labels {}.",
            text::count(last.step),
            text::percent(last.network.energy),
            text::percent(last.network.other_energy)
        ),
        None => "Channel: the first kernel is being computed.".into(),
    };
    chart
}

/// Overlap of the leading eigenspace with that of step 0.
pub fn rotation(run: &mut Run, probed: Option<u64>) -> Chart {
    let mut curves = vec![Curve::new(
        "overlap",
        "network",
        INK,
        network(run, |p| p.overlap),
    )];
    if run.twin.is_some() {
        curves.push(Curve::new(
            "twin-overlap",
            "twin",
            TWIN,
            twin(run, |p| p.overlap),
        ));
    }
    let mut chart = curves::chart("rotation", &curves, 1.08, probed);
    let unrelated = run.ground.modes as f64 / run.ground.shown as f64;
    chart.marks.insert(0, rule(unrelated, Role::Ink3));
    chart.labels.push(Label::new(
        "unrelated",
        Role::Ink3,
        Place::OnRule {
            at: unrelated,
            side: Side::Below,
        },
    ));
    chart.title = vec![
        Span::strong("Rotation"),
        Span::plain(" overlap of the same eigenvectors with step 0"),
    ];
    chart.reading = reading(run, &curves, probed, ("overlap", Role::Ink), |p| p.overlap);
    chart.description = match run.surveys.last() {
        Some(last) => format!(
            "Rotation at step {}: the leading eigenspace overlaps that of step 0 by {}, the twin\u{2019}s by {}.",
            text::count(last.step),
            text::percent(last.network.overlap),
            text::percent(last.twin.map_or(f64::NAN, |twin| twin.overlap))
        ),
        None => "Rotation: the first kernel is being computed.".into(),
    };
    chart
}

/// Alignment of the kernel with the labels.
pub fn alignment(run: &mut Run, probed: Option<u64>) -> Chart {
    let mut curves = vec![
        Curve::new("train", "shown", INK, network(run, |p| p.train_alignment)),
        Curve::new(
            "held-out",
            "held out",
            TEST,
            network(run, |p| p.test_alignment),
        ),
    ];
    if run.twin.is_some() {
        curves.push(Curve::new(
            "twin-held-out",
            "twin, held out",
            TWIN,
            twin(run, |p| p.test_alignment),
        ));
        curves.push(
            Curve::new(
                "twin-train",
                "twin, shown",
                TWIN,
                twin(run, |p| p.train_alignment),
            )
            .thin(Dash::Solid),
        );
    }
    let mut chart = curves::chart("alignment", &curves, 0.76, probed);
    chart.title = vec![
        Span::strong("Alignment"),
        Span::plain(" of the kernel with the sums"),
    ];
    chart.reading = reading(run, &curves, probed, ("held out", Role::Test), |p| {
        p.test_alignment
    });
    chart.description = match run.surveys.last() {
        Some(last) => format!(
            "Alignment at step {}: {} with the labels shown, {} with the held-out sums; the twin\u{2019}s kernel {} with the held-out sums.",
            text::count(last.step),
            text::fixed(last.network.train_alignment, 2),
            text::fixed(last.network.test_alignment, 2),
            text::fixed(last.twin.map_or(f64::NAN, |twin| twin.test_alignment), 2)
        ),
        None => "Alignment: the first kernel is being computed.".into(),
    };
    chart
}
