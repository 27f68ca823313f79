//! Finds where labels fit. Everything is in CSS pixels.
//!
//! Labels that stand still are placed first, by what stands still; labels
//! that move with a run come last and make way. No two labels ever overlap:
//! one that finds no room is left out.

use super::geometry::{contains, distance, overlap};
use super::obstacles::Obstacles;
use super::pen::Rect;
use crate::chart::{Chart, Layout, Place, Side, TextMetrics};
use plotters_backend::text_anchor::HPos;

/// Air between a line, a point or an end and words beside it.
pub(super) const GAP: f64 = 10.0;
/// Air between a point and words above or below it.
const RISE: f64 = 8.0;
/// Least distance of words from the point their leader names.
const LEADER: f64 = 24.0;
/// Height of a line of words, in em.
pub(super) const LINE: f64 = 1.15;
/// Middle of the topmost row of words, and distance of rows, in em.
pub(super) const ROWS: (f64, f64) = (0.75, 1.65);

/// A label with its place.
pub(super) struct Placed {
    /// Which label of the chart.
    pub index: usize,
    /// What the words cover.
    pub rect: Rect,
    /// Which end of `rect` is exact: the measured width may be off a little.
    pub align: HPos,
    /// Left end of the sample, for keys.
    pub sample_x: f64,
    /// From the named point to the words.
    pub leader: Option<([f64; 2], [f64; 2])>,
}

/// Where the frame around a bar begins: below the words at a split.
pub(super) fn frame_top(chart: &Chart, layout: &Layout, size: f64) -> f64 {
    let rows = f64::from(u8::from(has_split(chart)));
    (layout.top + rows * (ROWS.0 + 0.8) * size).round()
}

pub(super) fn has_split(chart: &Chart) -> bool {
    let split = |place: &Place| matches!(place, Place::OnSplit { .. });
    chart.labels.iter().any(|label| split(&label.place))
}

/// Finds a place for every label that fits.
pub(super) fn place(
    chart: &Chart,
    layout: &Layout,
    size: f64,
    metrics: &mut dyn TextMetrics,
) -> Vec<Placed> {
    if chart.labels.is_empty() {
        return Vec::new();
    }
    let mut width = |text: &str, strong| {
        let width = metrics.width(text, size, strong);
        if width.is_finite() {
            width.max(0.0)
        } else {
            0.0
        }
    };
    let widths = chart.labels.iter().map(|l| width(&l.text, l.strong));
    let mut placer = Placer {
        chart,
        layout,
        size,
        widths: widths.collect(),
        obstacles: Obstacles::new(chart, layout),
        taken: Vec::new(),
        placed: Vec::new(),
    };
    placer.each(|p, i, place| match place {
        Place::OnSplit { at, side } => p.on_split(i, *at, *side),
        _ => None,
    });
    super::keys::place(&mut placer, Side::Left);
    super::keys::place(&mut placer, Side::Right);
    placer.each(|p, i, place| match place {
        Place::OnRule { at, side } => p.on_rule(i, *at, *side),
        _ => None,
    });
    placer.each(|p, i, place| match place {
        Place::Near {
            candidates,
            sides,
            leader,
        } => p.near(i, candidates, sides, *leader),
        _ => None,
    });
    placer.each(|p, i, place| match place {
        Place::OnDrop { at } => p.on_drop(i, *at),
        _ => None,
    });
    super::ends::place(&mut placer);
    placer.placed
}

pub(super) struct Placer<'a> {
    pub(super) chart: &'a Chart,
    pub(super) layout: &'a Layout,
    pub(super) size: f64,
    pub(super) widths: Vec<f64>,
    pub(super) obstacles: Obstacles,
    /// Rectangles of placed words and samples.
    pub(super) taken: Vec<Rect>,
    pub(super) placed: Vec<Placed>,
}

impl Placer<'_> {
    /// Places the labels for which `find` has an answer, in order.
    fn each(&mut self, find: impl Fn(&Self, usize, &Place) -> Option<Placed>) {
        let chart = self.chart;
        for (i, label) in chart.labels.iter().enumerate() {
            if let Some(placed) = find(self, i, &label.place) {
                self.taken.push(placed.rect);
                self.placed.push(placed);
            }
        }
    }

    /// Words of label `i` whose `align` end is at `x` and whose middle is at `y`.
    pub(super) fn words(&self, i: usize, x: f64, y: f64, align: HPos) -> Placed {
        let width = self.widths[i];
        let left = match align {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        };
        let half = LINE * self.size / 2.0;
        Placed {
            index: i,
            rect: [left, y - half, left + width, y + half],
            align,
            sample_x: 0.0,
            leader: None,
        }
    }

    pub(super) fn in_plot(&self, rect: Rect) -> bool {
        let layout = self.layout;
        rect[0] >= layout.left - 0.5
            && rect[2] <= layout.right + 0.5
            && rect[1] >= layout.top - 4.0
            && rect[3] <= layout.bottom + 0.5
    }

    pub(super) fn free(&self, rect: Rect) -> bool {
        let grown = [rect[0] - 3.0, rect[1], rect[2] + 3.0, rect[3]];
        self.taken.iter().all(|other| !overlap(grown, *other))
    }

    fn fits(&self, placed: Placed) -> Option<Placed> {
        (self.in_plot(placed.rect) && self.free(placed.rect)).then_some(placed)
    }

    fn on_split(&self, i: usize, at: f64, side: Side) -> Option<Placed> {
        let x = self.layout.x_px(self.chart, at);
        let y = self.layout.top + ROWS.0 * self.size;
        let (x, align) = match side {
            Side::Left => (x - GAP, HPos::Right),
            _ => (x + GAP, HPos::Left),
        };
        self.fits(self.words(i, x, y, align))
    }

    fn on_rule(&self, i: usize, at: f64, side: Side) -> Option<Placed> {
        let layout = self.layout;
        let y = layout.y_px(self.chart, at);
        if !(y >= layout.top && y <= layout.bottom) {
            return None;
        }
        let sign = if side == Side::Below { 1.0 } else { -1.0 };
        let beside = |sign: f64| {
            let y = y + 0.5 + sign * 0.82 * self.size;
            self.fits(self.words(i, layout.right, y, HPos::Right))
        };
        // The end of a curve that arrives here stays visible.
        let clear = |placed: &Placed| !self.obstacles.covers_end(placed.rect);
        let found = [sign, -sign].into_iter().filter_map(beside).find(clear);
        found.or_else(|| [sign, -sign].into_iter().find_map(beside))
    }

    fn near(
        &self,
        i: usize,
        candidates: &[[f64; 2]],
        sides: &[Side],
        leader: Option<[f64; 2]>,
    ) -> Option<Placed> {
        let leader = leader
            .map(|at| self.layout.to_px(self.chart, at))
            .filter(|at| at[0].is_finite() && at[1].is_finite());
        let mut best: Option<((f64, f64), Placed)> = None;
        // Centred words first; then words that reach to one side of the point.
        let shifts: &[f64] = match leader {
            Some(_) => &[0.0, 0.5, -0.5, 1.0, -1.0],
            None => &[0.0, 0.5, -0.5],
        };
        for &shift in shifts {
            for candidate in candidates {
                let point = self.layout.to_px(self.chart, *candidate);
                for side in sides {
                    let upright = matches!(side, Side::Above | Side::Below);
                    if shift != 0.0 && !upright {
                        continue;
                    }
                    let Some((cost, placed)) = self.beside(i, point, *side, shift, leader) else {
                        continue;
                    };
                    if cost == (0.0, 0.0) {
                        return Some(placed);
                    }
                    if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                        best = Some((cost, placed));
                    }
                }
            }
        }
        best.map(|(_, placed)| placed)
    }

    /// Words beside a point, and what they cover there.
    fn beside(
        &self,
        i: usize,
        [x, y]: [f64; 2],
        side: Side,
        shift: f64,
        leader: Option<[f64; 2]>,
    ) -> Option<((f64, f64), Placed)> {
        let layout = self.layout;
        let half = LINE * self.size / 2.0;
        let (dx, dy) = match leader {
            Some(_) => (LEADER + 2.0, LEADER + 2.0),
            None => (GAP, RISE),
        };
        let over = x + shift * self.widths[i];
        let mut placed = match side {
            Side::Above => self.words(i, over, y - dy - half, HPos::Center),
            Side::Below => self.words(i, over, y + dy + half, HPos::Center),
            Side::Left => self.words(i, x - dx, y, HPos::Right),
            Side::Right => self.words(i, x + dx, y, HPos::Left),
        };
        // Back into the plot, if need be.
        let [x0, y0, x1, y1] = placed.rect;
        let inwards =
            |low: f64, high: f64, min: f64, max: f64| (min - low).max(0.0) + (max - high).min(0.0);
        let mx = inwards(x0, x1, layout.left + 2.0, layout.right - 2.0);
        let my = inwards(y0, y1, layout.top, layout.bottom - 2.0);
        placed.rect = [x0 + mx, y0 + my, x1 + mx, y1 + my];
        let mut placed = self.fits(placed)?;
        let (mut hard, mut soft) = self.obstacles.cost(placed.rect);
        soft += mx.abs() + my.abs();
        if let Some(from) = leader {
            let [x0, y0, x1, y1] = placed.rect;
            let to = [from[0].clamp(x0, x1.max(x0)), from[1].clamp(y0, y1)];
            let far = distance(from, to);
            // Nearer than the leader's length is worse than on a mark.
            hard += (LEADER - far).max(0.0);
            let line = leader_line(from, placed.rect);
            hard += self.obstacles.crossing(line);
            placed.leader = (far >= 6.0).then_some(line);
        }
        Some(((hard, soft), placed))
    }

    fn on_drop(&self, i: usize, at: f64) -> Option<Placed> {
        let layout = self.layout;
        let x = layout.x_px(self.chart, at);
        if !contains([layout.left, 0.0, layout.right, 0.0], [x, 0.0], 0.5) {
            return None;
        }
        // Higher where other words stand at the foot.
        let rows = (0..6).map(|row| layout.bottom - (0.9 + LINE * f64::from(row)) * self.size);
        let beside = |y: f64| {
            let left = self.fits(self.words(i, x - GAP + 2.0, y, HPos::Right));
            left.or_else(|| self.fits(self.words(i, x + GAP, y, HPos::Left)))
        };
        rows.into_iter().find_map(beside)
    }
}

/// From a point to the nearest place on words, with air at both ends.
fn leader_line(from: [f64; 2], [x0, y0, x1, y1]: Rect) -> ([f64; 2], [f64; 2]) {
    // Not quite at the corner: a leader points at letters.
    let inset = (0.15 * (x1 - x0)).min(8.0);
    let to = [from[0].clamp(x0 + inset, x1 - inset), from[1].clamp(y0, y1)];
    let length = distance(from, to).max(1.0);
    let start = 3.0 / length;
    (super::geometry::at(from, to, start), to)
}
