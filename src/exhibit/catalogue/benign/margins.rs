//! Margins: on which side of its label the network puts each training point.

use super::Looking;
use super::errors::{drawn, place, probed, steps};
use super::run::Run;
use super::training::{POINTS, Record};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span,
};
use crate::exhibit::text;

/// Margins beyond this are drawn at the edge: the network may overshoot.
const EDGE: f64 = 1.9;

/// Smallest, middle and largest of the margins of some points; `None` for no
/// point.
fn spread(record: &Record, points: &[usize]) -> Option<[f64; 3]> {
    let mut sorted: Vec<f64> = points.iter().map(|&i| record.margins[i]).collect();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (*sorted.first()?, *sorted.last()?);
    Some([low, sorted[sorted.len() / 2], high])
}

pub fn margins(run: &mut Run, probe: Option<Looking>) -> Chart {
    let records = drawn(run);
    let now = run.present().clone();
    let (flipped, clean): (Vec<usize>, Vec<usize>) =
        (0..POINTS).partition(|&i| run.training.is_flipped(i));
    let x: Vec<f64> = records.iter().map(|r| place(r.step)).collect();
    let here = place(now.step);
    let mut marks = vec![Mark::Rule {
        orientation: Orientation::Horizontal,
        at: 0.0,
        role: Role::Rule2,
        dash: Dash::Solid,
    }];
    let mut labels = vec![Label::new(
        "wrong side below",
        Role::Ink3,
        Place::OnRule {
            at: 0.0,
            side: Side::Below,
        },
    )];
    let spreads: Vec<[f64; 3]> = records.iter().filter_map(|r| spread(r, &clean)).collect();
    if let Some(&[_, middle, _]) = spreads.last() {
        let along =
            |k: usize| -> Vec<f64> { spreads.iter().map(|s| s[k].clamp(-EDGE, EDGE)).collect() };
        marks.push(Mark::Band {
            x: x.clone(),
            a: along(0),
            b: along(2),
            role: Role::SignalTint,
        });
        let median = x.iter().zip(along(1)).map(|(&x, y)| [x, y]).collect();
        marks.push(Mark::line(median, Role::Signal, 2.0));
        let at = [here, middle];
        marks.push(Mark::Points {
            points: vec![at],
            shape: Shape::Disc,
            role: Role::Signal,
        });
        labels.push(Label::strong(
            format!("{} true labels", clean.len()),
            Role::Signal,
            Place::End { at },
        ));
    }
    for &i in &flipped {
        let path = records.iter().map(|r| r.margins[i].clamp(-EDGE, EDGE));
        let points = x.iter().zip(path).map(|(&x, y)| [x, y]).collect();
        marks.push(Mark::line(points, Role::Noise, 1.5));
    }
    let ends: Vec<[f64; 2]> = flipped
        .iter()
        .map(|&i| [here, now.margins[i].clamp(-EDGE, EDGE)])
        .collect();
    if let Some(lowest) = ends.iter().copied().min_by(|a, b| a[1].total_cmp(&b[1])) {
        marks.push(Mark::Points {
            points: ends.clone(),
            shape: Shape::Ring,
            role: Role::Noise,
        });
        labels.push(Label::strong(
            format!("{} flipped", flipped.len()),
            Role::Noise,
            Place::End { at: lowest },
        ));
    }
    let fitted = |record: &Record| {
        let on_side = flipped.iter().filter(|&&i| record.margins[i] > 0.0);
        format!("{} of {}", on_side.count(), flipped.len())
    };
    let mut reading = vec![
        Span::plain("flipped labels fitted "),
        Span::strong(fitted(&now)).in_role(Role::Noise),
    ];
    if let Some((mark, record)) = probed(run, probe) {
        marks.push(mark);
        reading = vec![Span::plain(format!(
            "step {}\u{2002}true {}\u{2002}flipped {}\u{2002}fitted {}",
            text::count(record.step),
            text::fixed(spread(record, &clean).map_or(f64::NAN, |s| s[1]), 2),
            text::fixed(spread(record, &flipped).map_or(f64::NAN, |s| s[1]), 2),
            fitted(record)
        ))];
    }
    let all = &run.training.records;
    let column = |i: usize| {
        let kind = if run.training.is_flipped(i) {
            "flipped"
        } else {
            "true"
        };
        let name = format!("margin-{}-{kind}", i + 1);
        Column::new(name, all.iter().map(move |r| r.margins[i]))
    };
    Chart {
        view: "margins",
        title: vec![
            Span::strong("Margins "),
            Span {
                strong: true,
                ..Span::symbol("y u")
            },
            Span::plain(" of the training points"),
        ],
        reading,
        x: steps(),
        y: Axis::linear(-EDGE, EDGE, &[-1.0, 0.0, 1.0]),
        marks,
        labels,
        description: format!(
            "Margins, label times output: median {} over {} points with true labels, {} over {} with \
             flipped ones, of which {} are fitted.",
            text::fixed(spread(&now, &clean).map_or(f64::NAN, |s| s[1]), 2),
            clean.len(),
            text::fixed(spread(&now, &flipped).map_or(f64::NAN, |s| s[1]), 2),
            flipped.len(),
            fitted(&now)
        ),
        columns: std::iter::once(Column::new("step", all.iter().map(|r| r.step as f64)))
            .chain((0..POINTS).map(column))
            .collect(),
    }
}
