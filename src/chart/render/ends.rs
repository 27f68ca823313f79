//! Labels at the moving ends of curves: right of the end, in the order of the ends, clear of
//! all words that stand still, and joined to the end where they had to make way.
//!
//! ```text
//! minimise   sum over labels of |y_i - end_i| + cost_i(y_i)      y_(i+1) - y_i >= a line
//! ```
//!
//! by dynamic programming over whole pixels.

use super::geometry::distance;
use super::place::{GAP, LINE, Placed, Placer};
use crate::chart::Place;
use plotters_backend::text_anchor::HPos;

/// Length of a sample of the curve, and air between it and the words.
pub(super) const SAMPLE: f64 = 16.0;
const SAMPLE_GAP: f64 = 4.0;
/// What it costs a label to cross a horizontal rule, in pixels of way: it moves a little. And
/// a pixel of a curve: it moves far.
const ON_RULE: f64 = 8.0;
const ON_CURVE: f64 = 3.0;
/// A label further from its end than this, in em, is joined to it.
const JOINED: f64 = 0.45;
/// Half the height of letters, in em.
const HALF_LETTERS: f64 = 0.47;
/// Where two labels do not fit one above the other, lines may stand this close, in em.
const TIGHT: f64 = 0.98;

/// A label with its end.
struct End {
    /// The end of the curve, kept inside the plot.
    end: [f64; 2],
    /// Words where there is nothing in their way; `sample_x` is set.
    wanted: Placed,
    strong: bool,
}

/// Labels at the moving ends of curves.
pub(super) fn place(placer: &mut Placer<'_>) {
    let beside = settle(placer, wanted(placer, None));
    let covered = |labels: &[(End, f64)]| -> f64 {
        labels
            .iter()
            .map(|(end, y)| on_curves(placer, end, *y))
            .sum()
    };
    // Where curves run on beside the ends of others, all labels stand right of all curves.
    let chosen = match covered(&beside) {
        0.0 => beside,
        some => {
            let right = placer.layout.data_right(placer.chart);
            let column = settle(placer, wanted(placer, Some(right)));
            let better = column.len() == beside.len() && covered(&column) < some;
            if better { column } else { beside }
        }
    };
    for (end, y) in chosen {
        put(placer, end, y);
    }
}

/// Labels with the heights at which they fit; where there is no room for all, the last of
/// those without emphasis yields.
fn settle(placer: &Placer<'_>, mut ends: Vec<End>) -> Vec<(End, f64)> {
    loop {
        let spacings = [LINE, TIGHT].map(|line| line * placer.size);
        let found = spacings
            .into_iter()
            .find_map(|spacing| arrange(placer, &ends, spacing));
        if let Some(found) = found {
            return ends.into_iter().zip(found).collect();
        }
        let yields = ends.iter().rposition(|end| !end.strong);
        ends.remove(yields.unwrap_or(ends.len() - 1));
    }
}

/// All labels from the topmost end to the lowest, where they would like to stand: each right
/// of its end, or all right of one x.
fn wanted(placer: &Placer<'_>, column: Option<f64>) -> Vec<End> {
    let (chart, layout) = (placer.chart, placer.layout);
    let half = LINE * placer.size / 2.0;
    let right = layout.data_right(chart);
    let mut ends: Vec<End> = Vec::new();
    for (i, label) in chart.labels.iter().enumerate() {
        let Place::End { at, sample } = label.place else {
            continue;
        };
        let [x, y] = layout.to_px(chart, at);
        if !(x >= layout.left - 0.5 && x <= right + 0.5) || y.is_nan() {
            continue;
        }
        let lead = sample.map_or(0.0, |_| SAMPLE + SAMPLE_GAP);
        let middle = y.clamp(
            layout.top + half,
            (layout.bottom - half).max(layout.top + half),
        );
        let from = column.unwrap_or(x);
        let mut words = placer.words(i, from + GAP + lead, middle, HPos::Left);
        if words.rect[2] > layout.right {
            words = match column {
                Some(_) => placer.words(i, layout.right, middle, HPos::Right),
                None => placer.words(i, x - GAP, middle, HPos::Right),
            };
        }
        words.sample_x = words.rect[0] - lead;
        let end = End {
            end: [x, y.clamp(layout.top, layout.bottom)],
            wanted: words,
            strong: label.strong,
        };
        let below = ends.partition_point(|other| other.end[1] <= end.end[1]);
        ends.insert(below, end);
    }
    ends
}

/// Sample and words, moved so that their middle is at a height.
fn whole(end: &End, y: f64) -> [f64; 4] {
    let [_, top, right, bottom] = end.wanted.rect;
    let half = (bottom - top) / 2.0;
    [end.wanted.sample_x, y - half, right, y + half]
}

/// The middles of all labels, if they fit.
fn arrange(placer: &Placer<'_>, ends: &[End], spacing: f64) -> Option<Vec<f64>> {
    let layout = placer.layout;
    let rows = layout.plot_height() as usize + 1;
    let height = |row: usize| layout.top + row as f64;
    // Least cost of the labels so far with the last of them in this row or above, and the row.
    let mut least: Vec<(f64, usize)> = vec![(0.0, 0); rows];
    let mut chosen: Vec<Vec<(f64, usize)>> = Vec::with_capacity(ends.len());
    for (i, end) in ends.iter().enumerate() {
        let step = if i == 0 { 0.0 } else { spacing };
        let mut best = (f64::INFINITY, 0);
        let next = (0..rows).map(|row| {
            let above = match i {
                0 => 0.0,
                _ if (row as f64) < step => f64::INFINITY,
                _ => least[row - step.ceil() as usize].0,
            };
            let cost = above + cost(placer, end, height(row));
            if cost < best.0 {
                best = (cost, row);
            }
            best
        });
        least = next.collect();
        chosen.push(least.clone());
    }
    let mut row = rows - 1;
    let mut out = Vec::with_capacity(ends.len());
    for best in chosen.iter().rev() {
        let (cost, at) = best[row];
        if !cost.is_finite() {
            return None;
        }
        out.push(height(at));
        row = at.saturating_sub(spacing.ceil() as usize);
    }
    out.reverse();
    Some(out)
}

/// What it costs a label to stand at a height.
fn cost(placer: &Placer<'_>, end: &End, y: f64) -> f64 {
    let rect = whole(end, y);
    if !(placer.in_plot(rect) && placer.free(rect)) {
        return f64::INFINITY;
    }
    let middle = 0.5 * (end.wanted.rect[1] + end.wanted.rect[3]);
    let crossed = placer.obstacles.rules_crossed(letters(placer, end, y)) as f64;
    (y - middle).abs() + ON_RULE * crossed + ON_CURVE * on_curves(placer, end, y)
}

/// Length of the curves under a label.
fn on_curves(placer: &Placer<'_>, end: &End, y: f64) -> f64 {
    let letters = letters(placer, end, y);
    placer.obstacles.covered_beside(letters, end.end)
}

/// Sample and letters of a label whose middle is at a height.
fn letters(placer: &Placer<'_>, end: &End, y: f64) -> [f64; 4] {
    let [left, _, right, _] = whole(end, y);
    let half = HALF_LETTERS * placer.size;
    [left, y - half, right, y + half]
}

/// Puts a label where it was found to fit.
fn put(placer: &mut Placer<'_>, end: End, y: f64) {
    let rect = whole(&end, y);
    let mut placed = end.wanted;
    placed.rect = [placed.rect[0], rect[1], placed.rect[2], rect[3]];
    let right = placed.rect[0] > end.end[0];
    let [x, from] = end.end;
    let far = placed.sample_x - x > 2.0 * GAP;
    if right && (far || (y - from).abs() > JOINED * placer.size) {
        let line = ([x + 5.0, from], [placed.sample_x - 2.0, y]);
        placed.leader = (distance(line.0, line.1) > 2.0).then_some(line);
    }
    placer.taken.push(rect);
    placer.placed.push(placed);
}
