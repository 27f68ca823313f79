//! True reward against the divergence that was spent on it.

use super::Looking;
use super::comparison::over_steps;
use super::heat::Record;
use super::preferences::{DIVERGENCE, REWARD};
use super::run::Run;
use super::score::heats;
use super::style::style;
use crate::chart::{Axis, Chart, Column, Label, Mark, Place, Shape, Span};
use crate::exhibit::text;

/// An arm at every remembered step: the step, divergence and reward.
fn path(run: &Run, arm: usize) -> Vec<(u64, [f64; 2])> {
    let of = |measure: usize| {
        over_steps(run.shown(), |record: &Record| {
            record.arms[arm].measures[measure]
        })
    };
    let pairs = of(DIVERGENCE).into_iter().zip(of(REWARD));
    pairs
        .map(|((step, kl), (_, reward))| (step, [kl, reward]))
        .collect()
}

/// The picture: what it shows from the lowest to the highest reward, and to the
/// furthest divergence.
fn extent(paths: &[Vec<(u64, [f64; 2])>]) -> ([f64; 2], [f64; 2]) {
    let points = || paths.iter().flatten().map(|(_, point)| *point);
    let furthest = points().fold(0.5, |far: f64, [kl, _]| far.max(kl));
    let lowest = points().fold(f64::INFINITY, |low, [_, reward]| low.min(reward));
    let highest = points().fold(f64::NEG_INFINITY, |high, [_, reward]| high.max(reward));
    let room = (highest - lowest).max(0.2);
    (
        [0.0, 1.45 * furthest],
        [lowest - 0.08 * room, highest + 0.1 * room],
    )
}

fn paths(run: &Run) -> Vec<Vec<(u64, [f64; 2])>> {
    (0..run.setup.arms.len())
        .map(|arm| path(run, arm))
        .collect()
}

/// The step of the drawn place that is nearest in the picture.
pub fn nearest(run: &Run, at: [f64; 2]) -> Option<u64> {
    let paths = paths(run);
    let (x, y) = extent(&paths);
    let distance = |point: &[f64; 2]| {
        let dx = (point[0] - at[0]) / (x[1] - x[0]);
        let dy = (point[1] - at[1]) / (y[1] - y[0]);
        dx * dx + dy * dy
    };
    let all = paths.iter().flatten();
    let near = all.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    near.map(|(step, _)| *step)
}

/// Every arm's way.
pub fn frontier(run: &Run, probe: Option<Looking>) -> Chart {
    let setup = &run.setup;
    let paths = paths(run);
    let (x, y) = extent(&paths);
    let mut marks = Vec::new();
    let mut labels = Vec::new();
    let mut columns = Vec::new();
    let mut ends = Vec::new();
    for (arm, path) in paths.iter().enumerate().rev() {
        let style = style(setup, arm);
        let points: Vec<[f64; 2]> = path.iter().map(|(_, point)| *point).collect();
        let number = setup.arms[arm].number;
        columns.push(Column::new(
            format!("arm{number}-divergence"),
            points.iter().map(|p| p[0]),
        ));
        columns.push(Column::new(
            format!("arm{number}-reward"),
            points.iter().map(|p| p[1]),
        ));
        if let Some(&end) = points.last() {
            let name = setup.label(arm);
            ends.push(format!("{name} {}", reward_at(end)));
            labels.push(Label::strong(name, style.role, Place::End { at: end }));
        }
        marks.push(style.line(points));
    }
    let mut reading = vec![Span::plain(heats(run))];
    if let Some(Looking::Step(wanted)) = probe {
        let at = |path: &Vec<(u64, [f64; 2])>| {
            let after = path.partition_point(|(step, _)| *step < wanted);
            path.get(after.min(path.len().saturating_sub(1))).copied()
        };
        let mut text = String::new();
        for (arm, path) in paths.iter().enumerate() {
            let Some((step, point)) = at(path) else {
                continue;
            };
            if text.is_empty() {
                text = format!("step {}", text::count(step));
            }
            text.push_str(&format!(
                "\u{2002}{} {}",
                setup.label(arm),
                reward_at(point)
            ));
            marks.push(Mark::Points {
                points: vec![point],
                shape: Shape::Disc,
                role: style(setup, arm).role,
            });
        }
        if !text.is_empty() {
            reading = vec![Span::plain(text)];
        }
    }
    Chart {
        view: "frontier",
        title: vec![
            Span::strong("Frontier"),
            Span::plain(" true reward against divergence"),
        ],
        reading,
        x: Axis::nice(x[0], x[1], 5).first("KL "),
        y: Axis::nice(y[0], y[1], 4),
        marks,
        labels,
        description: format!(
            "True reward against the divergence from the reference, {}; at the end: {}.",
            heats(run),
            ends.join(", ")
        ),
        columns,
    }
}

/// A reward and what it cost.
fn reward_at([divergence, reward]: [f64; 2]) -> String {
    format!(
        "{} at {}",
        text::fixed(reward, 2),
        text::fixed(divergence, 2)
    )
}
