//! What words should not cover.
//!
//! Only marks that stand still count, or labels would jump while a run plays:
//! the true curve, the sticks and points of the data. The network and live
//! losses do not count, nor does the point at the moving end of a curve. Bars
//! count for keys alone, which would otherwise hide them in a low plot.

use super::bars;
use super::geometry::{at, clip, contains, distance, overlap};
use super::pen::Rect;
use crate::chart::{Chart, Dash, Layout, Mark, Orientation, Place, Role};

/// Air around words, in CSS pixels.
const AIR: f64 = 3.0;
/// Radius of a point with its outline.
const POINT: f64 = 5.0;

type Segment = ([f64; 2], [f64; 2]);

/// The static marks of a chart, in CSS pixels.
pub(super) struct Obstacles {
    hard: Vec<Segment>,
    points: Vec<[f64; 2]>,
    soft: Vec<Segment>,
    /// Moving ends of curves: only words that can step aside mind them.
    ends: Vec<[f64; 2]>,
    /// Bars as they are now: only keys mind them.
    bars: Vec<Rect>,
    /// Heights of the horizontal rules, and all lines, moving or not: labels at ends mind them.
    rules: Vec<f64>,
    lines: Vec<Segment>,
}

impl Obstacles {
    pub(super) fn new(chart: &Chart, layout: &Layout) -> Self {
        let ends: Vec<[f64; 2]> = chart
            .labels
            .iter()
            .filter_map(|label| match label.place {
                Place::End { at, .. } => Some(layout.to_px(chart, at)),
                _ => None,
            })
            .collect();
        let mut this = Self {
            hard: Vec::new(),
            points: Vec::new(),
            soft: Vec::new(),
            ends,
            bars: Vec::new(),
            rules: Vec::new(),
            lines: Vec::new(),
        };
        // Only lines that pass right of an end can pass through a label there.
        let from = this.ends.iter().map(|end| end[0]);
        let from = from.fold(f64::INFINITY, f64::min);
        // Beside a network the theory moves with it; elsewhere it stands.
        let live = chart
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::Line { halo: true, .. }));
        for mark in &chart.marks {
            if let Mark::Rule {
                orientation: Orientation::Horizontal,
                at,
                ..
            } = mark
            {
                this.rules.push(layout.y_px(chart, *at));
            }
            if let Mark::Line { points, .. } = mark {
                let points = points.iter().map(|p| layout.to_px(chart, *p));
                let points: Vec<[f64; 2]> = points.collect();
                let beside = points.windows(2).filter(|p| p[0][0].max(p[1][0]) > from);
                this.lines.extend(beside.map(|p| (p[0], p[1])));
            }
            match mark {
                Mark::Line {
                    points, role, dash, ..
                } => {
                    let to = match (role, dash) {
                        (Role::Signal, Dash::Solid) => &mut this.hard,
                        (_, Dash::Theory | Dash::TestTheory) if !live => &mut this.soft,
                        _ => continue,
                    };
                    let pairs = points.windows(2);
                    to.extend(
                        pairs.map(|p| (layout.to_px(chart, p[0]), layout.to_px(chart, p[1]))),
                    );
                }
                Mark::Sticks { sticks, .. } => {
                    let stick = |&[x, from, to]: &[f64; 3]| {
                        (layout.to_px(chart, [x, from]), layout.to_px(chart, [x, to]))
                    };
                    this.hard.extend(sticks.iter().map(stick));
                }
                Mark::Bars { bars } => {
                    let rects = bars.iter().filter_map(|bar| bars::rect(layout, chart, bar));
                    this.bars.extend(rects);
                }
                Mark::Points { points, .. } => {
                    let points = points.iter().map(|p| layout.to_px(chart, *p));
                    let ends = &this.ends;
                    let still = |p: &[f64; 2]| ends.iter().all(|end| distance(*end, *p) > 1.0);
                    this.points.extend(points.filter(still));
                }
                Mark::Rule {
                    orientation: Orientation::Horizontal,
                    at,
                    dash: Dash::Solid,
                    ..
                } => {
                    let y = layout.y_px(chart, *at);
                    this.soft.push(([layout.left, y], [layout.right, y]));
                }
                _ => {}
            }
        }
        this
    }

    /// How much of the static marks words in a rectangle would cover:
    /// first what they must not, then what they had better not.
    pub(super) fn cost(&self, rect: Rect) -> (f64, f64) {
        let grown = [rect[0] - AIR, rect[1] - AIR, rect[2] + AIR, rect[3] + AIR];
        let points = self.points.iter().filter(|p| contains(rect, **p, POINT));
        let hard = covered(&self.hard, grown) + 10.0 * points.count() as f64;
        (hard, covered(&self.soft, grown))
    }

    /// How many bars a key in a rectangle would cover.
    pub(super) fn bars_covered(&self, rect: Rect) -> usize {
        self.bars.iter().filter(|bar| overlap(rect, **bar)).count()
    }

    /// Whether words in a rectangle would cover the moving end of a curve.
    pub(super) fn covers_end(&self, rect: Rect) -> bool {
        self.ends.iter().any(|end| contains(rect, *end, POINT))
    }

    /// How many horizontal rules run through a rectangle.
    pub(super) fn rules_crossed(&self, rect: Rect) -> usize {
        let crossed = |y: &&f64| rect[1] < **y && **y < rect[3];
        self.rules.iter().filter(crossed).count()
    }

    /// Length of lines inside a rectangle right of the end of a curve.
    pub(super) fn covered_beside(&self, rect: Rect, end: [f64; 2]) -> f64 {
        let right = [rect[0].max(end[0] + 1.0), rect[1], rect[2], rect[3]];
        covered(&self.lines, right)
    }

    /// How much a leader would cross.
    pub(super) fn crossing(&self, (a, b): Segment) -> f64 {
        let hits = |p: &[f64; 2]| {
            let near = [p[0] - POINT, p[1] - POINT, p[0] + POINT, p[1] + POINT];
            clip(a, b, near).is_some()
        };
        let points = self.points.iter().filter(|p| hits(p)).count();
        let lines = self
            .hard
            .iter()
            .filter(|(c, d)| cross(a, b, *c, *d))
            .count();
        5.0 * points as f64 + lines as f64
    }
}

/// Length of segments inside a rectangle, at least 1 for each that touches it.
fn covered(segments: &[Segment], rect: Rect) -> f64 {
    let inside = |&(a, b): &Segment| {
        let (enter, leave) = clip(a, b, rect)?;
        let length = distance(at(a, b, enter), at(a, b, leave));
        length.is_finite().then_some(length.max(1.0))
    };
    segments.iter().filter_map(inside).sum()
}

/// Whether two segments cross.
fn cross(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> bool {
    let side = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
