//! The views over steps: what is still unlearned, and how far the kernel's
//! top eigenspaces have turned.

use super::Looking;
use super::bars::{nothing, said};
use super::observation::{FOLLOWED, Record};
use super::run::{Run, STEP_LIMIT};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span,
};
use crate::exhibit::regression::{OWN_REASON, OWN_SHOWS};
use crate::exhibit::text;

/// Smallest unlearned share that is drawn.
const SMALLEST: f64 = 1e-4;

fn step_axis() -> Axis {
    Axis::log_plain(1.0, libm::pow(STEP_LIMIT as f64, 1.2)).first("step ")
}

/// A curve over the window's steps, the first drawn at 1; with its end.
fn curve(run: &Run, value: impl Fn(&Record) -> f64) -> Vec<[f64; 2]> {
    let start = run.window_start();
    let since = |step: u64| (step - start).max(1) as f64;
    let records = run.records.iter().skip(usize::from(run.records.len() > 1));
    records.map(|r| [since(r.step), value(r)]).collect()
}

fn record_mark(run: &Run, probe: Option<Looking>) -> Option<(usize, Mark)> {
    let Some(Looking::Record(i)) = probe else {
        return None;
    };
    let record = run.records.get(i)?;
    let at = (record.step - run.window_start()).max(1) as f64;
    let rule = Mark::Rule {
        orientation: Orientation::Vertical,
        at,
        role: Role::Ink,
        dash: Dash::Solid,
    };
    Some((i, rule))
}

/// |P v|^2 / |v|^2 for the signal and for the noise.
pub fn unlearned(run: &mut Run, probe: Option<Looking>) -> Chart {
    let mut chart = Chart {
        view: "unlearned",
        title: vec![
            Span::strong("Unlearned"),
            Span::plain(" \u{2016}"),
            Span::symbol("Pv"),
            Span::plain("\u{2016}\u{b2}/\u{2016}"),
            Span::symbol("v"),
            Span::plain("\u{2016}\u{b2}"),
        ],
        reading: Vec::new(),
        x: step_axis(),
        y: Axis::log(SMALLEST, 2.0),
        marks: Vec::new(),
        labels: Vec::new(),
        description: "Unlearned: no window is open.".into(),
        columns: Vec::new(),
    };
    if run.base.is_own() {
        chart.description = format!("Unlearned: {OWN_REASON}.");
        chart.labels.push(said(OWN_SHOWS, [1.2, 0.02]));
        return chart;
    }
    // Shares of signal and noise, which drawn data always have.
    let shares = |r: &Record| r.unlearned.unwrap_or([f64::NAN; 2]);
    let Some(mut shown) = run.records.last().cloned() else {
        chart.labels.push(nothing(run, [4.0, 0.02]));
        return chart;
    };
    let signal = curve(run, |r| shares(r)[0]);
    let noise = curve(run, |r| shares(r)[1]);
    for (points, role, shape, name) in [
        (signal, Role::Signal, Shape::Disc, "signal"),
        (noise, Role::Noise, Shape::Ring, "noise"),
    ] {
        let Some(&end) = points.last() else { continue };
        chart.marks.push(Mark::line(points, role, 2.5));
        if end[1] >= SMALLEST {
            chart.marks.push(Mark::Points {
                points: vec![end],
                shape,
                role,
            });
            chart
                .labels
                .push(Label::strong(name, role, Place::End { at: end }));
        }
    }
    if let Some((i, rule)) = record_mark(run, probe) {
        chart.marks.push(rule);
        shown = run.records[i].clone();
    }
    let share = |v: f64| Span::strong(text::percent(v));
    let [signal, noise] = shares(&shown);
    chart.reading = vec![
        Span::plain(format!("step {}: signal ", text::count(shown.step))),
        share(signal).in_role(Role::Signal),
        Span::plain(", noise "),
        share(noise).in_role(Role::Noise),
    ];
    chart.description = format!(
        "Unlearned at step {}: {} of the signal, {} of the noise.",
        text::count(shown.step),
        text::percent(signal),
        text::percent(noise)
    );
    chart.columns = vec![
        Column::new("step", run.records.iter().map(|r| r.step as f64)),
        Column::new("signal", run.records.iter().map(|r| shares(r)[0])),
        Column::new("noise", run.records.iter().map(|r| shares(r)[1])),
    ];
    chart
}

/// Overlap of the top k eigenspaces of K_t with those of K_s.
pub fn rotation(run: &mut Run, probe: Option<Looking>) -> Chart {
    let n = run.base.points();
    let mut chart = Chart {
        view: "rotation",
        title: vec![
            Span::strong("Rotation"),
            Span::plain(" overlap of top eigenspaces with step "),
            Span::symbol("s"),
        ],
        reading: Vec::new(),
        x: step_axis(),
        y: Axis::linear_with(0.0, 1.08, &[0.0, 0.5, 1.0], text::whole_percent),
        marks: Vec::new(),
        labels: Vec::new(),
        description: "Rotation: no window is open.".into(),
        columns: Vec::new(),
    };
    let Some(last) = run.records.last().cloned() else {
        chart.labels.push(nothing(run, [4.0, 0.5]));
        return chart;
    };
    let middle = FOLLOWED[1];
    if middle < n {
        let baseline = middle as f64 / n as f64;
        chart.marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at: baseline,
            role: Role::Ink3,
            dash: Dash::Dotted,
        });
        chart.labels.push(Label::new(
            format!("a random space of {middle}"),
            Role::Ink3,
            Place::OnRule {
                at: baseline,
                side: Side::Above,
            },
        ));
    }
    let roles = [Role::Ink3, Role::Ink, Role::Ink2];
    for (which, (k, role)) in FOLLOWED.into_iter().zip(roles).enumerate() {
        if k >= n {
            continue;
        }
        let points = curve(run, |r| r.overlaps[which]);
        let Some(&end) = points.last() else { continue };
        let width = if k == middle { 2.5 } else { 1.5 };
        chart.marks.push(Mark::line(points, role, width));
        chart.marks.push(Mark::Points {
            points: vec![end],
            shape: Shape::Disc,
            role,
        });
        let name = if k == 1 {
            "top 1".into()
        } else {
            format!("top {k}")
        };
        chart
            .labels
            .push(Label::strong(name, role, Place::End { at: end }));
    }
    let mut shown = last;
    if let Some((i, rule)) = record_mark(run, probe) {
        chart.marks.push(rule);
        shown = run.records[i].clone();
    }
    chart.reading = vec![
        Span::plain(format!("step {}: top {middle} ", text::count(shown.step))),
        Span::strong(text::percent(shown.overlaps[1])),
    ];
    chart.description = format!(
        "Rotation: at step {} the top {middle} eigenvectors of the kernel share {} of their space with those \
         at the window's start; a random space would share {}.",
        text::count(shown.step),
        text::percent(shown.overlaps[1]),
        text::whole_percent(middle as f64 / n as f64)
    );
    chart.columns = std::iter::once(Column::new(
        "step",
        run.records.iter().map(|r| r.step as f64),
    ))
    .chain(FOLLOWED.iter().enumerate().map(|(which, k)| {
        let overlaps = run.records.iter().map(|r| r.overlaps[which]);
        Column::new(format!("top-{k}"), overlaps)
    }))
    .collect();
    chart
}
