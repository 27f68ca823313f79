//! True reward against the divergence that was spent on it.

use super::medians::{self, Medians};
use super::model::{Race, shown_text};
use super::preferences::{DIVERGENCE, REWARD};
use super::style::{self, style};
use super::task::step_up;
use crate::chart::{Axis, Chart, Mark, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Divergence and reward of every arm at every step.
fn paths(state: &State<'_, Race>, medians: &Medians<'_>) -> Vec<Vec<[f64; 2]>> {
    let arms = 0..state.setup.arms.len();
    arms.map(|arm| {
        let of = |measure: usize| medians.of(|record| record.arms[arm].measures[measure]);
        let pairs = of(DIVERGENCE).into_iter().zip(of(REWARD));
        pairs
            .map(|(divergence, reward)| [divergence, reward])
            .collect()
    })
    .collect()
}

/// Divergences at which the picture may end, in nats.
const FURTHEST: [f64; 4] = [2.0, 5.0, 10.0, 50.0];
/// Rewards at which it begins and ends are multiples of this.
const REWARDS: f64 = 0.25;

/// The picture: to the furthest divergence, and from the lowest to the highest reward, in
/// declared steps. A run begins with the lowest reward and room above.
fn extent(paths: &[Vec<[f64; 2]>]) -> [[f64; 2]; 2] {
    let points = || paths.iter().flatten();
    let furthest = points().fold(0.0, |far: f64, [kl, _]| far.max(*kl));
    let lowest = points().fold(f64::INFINITY, |low, [_, reward]| low.min(*reward));
    let highest = points().fold(f64::NEG_INFINITY, |high, [_, reward]| high.max(*reward));
    let low = REWARDS * libm::floor(lowest / REWARDS);
    let high = REWARDS * libm::ceil(highest.max(low + REWARDS) / REWARDS);
    [[0.0, step_up(furthest, &FURTHEST)], [low, high]]
}

/// Where a probe leads: to the step of the drawn place that is nearest in the picture, by
/// key among the recorded steps.
pub fn lead(state: &State<'_, Race>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let Probe::At(at) = probe else {
        return medians::lead(state, probe, from);
    };
    let medians = Medians::new(state);
    let paths = paths(state, &medians);
    let extent = extent(&paths);
    let distance = |point: &[f64; 2]| {
        let [dx, dy] = [0, 1].map(|i| (point[i] - at[i]) / (extent[i][1] - extent[i][0]));
        dx * dx + dy * dy
    };
    let points = paths.iter().flat_map(|path| medians.steps.iter().zip(path));
    let nearest = points.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    nearest.map(|(step, _)| *step as f64)
}

/// Every arm's way.
pub fn frontier(state: &State<'_, Race>) -> Chart {
    let (setup, medians) = (state.setup, Medians::new(state));
    let paths = paths(state, &medians);
    let [x, y] = extent(&paths);
    let (x, y) = (
        Axis::nice(x[0], x[1], 5)
            .first("KL ")
            .with_room(style::ROOM),
        Axis::nice(y[0], y[1], 4),
    );
    let title = "**Frontier** true reward against divergence";
    let mut chart = Chart::new("frontier", title, x, y);
    let mut ends = Vec::new();
    for (arm, path) in paths.iter().enumerate().rev() {
        let (look, name) = (style(setup, arm), setup.label(arm));
        let number = setup.arms[arm].number;
        chart.column(format!("arm{number}-divergence"), path.iter().map(|p| p[0]));
        chart.column(format!("arm{number}-reward"), path.iter().map(|p| p[1]));
        if let Some(&end) = path.last() {
            ends.push(format!("{name} {}", reward_at(end)));
            chart.labels.push(style::end(setup, arm, end));
        }
        chart.marks.push(look.line(path.clone()));
    }
    chart.reading = vec![Span::plain(shown_text(state))];
    if let Some(at) = medians.cursor {
        for (arm, path) in paths.iter().enumerate() {
            let role = style(setup, arm).role;
            chart.marks.push(Mark::point(path[at], Shape::Disc, role));
        }
        chart.reading = vec![Span::plain(format!(
            "step {}\u{2002}{}",
            text::count(medians.step()),
            setup
                .labelled(|arm| reward_at(paths[arm][at]))
                .join("\u{2002}")
        ))];
    }
    chart.description = format!(
        "True reward against the divergence from the reference, {}; at the end: {}.",
        shown_text(state),
        ends.join(", ")
    );
    chart
}

/// A reward and what it cost.
fn reward_at([divergence, reward]: [f64; 2]) -> String {
    format!(
        "{} at {}",
        text::fixed(reward, 2),
        text::fixed(divergence, 2)
    )
}
