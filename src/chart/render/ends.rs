//! Labels at the moving ends of curves: beside the end, apart from each other,
//! clear of all words that stand still.

use super::place::{GAP, LINE, Placed, Placer};
use crate::chart::Place;
use plotters_backend::text_anchor::HPos;

/// Labels at the moving ends of curves.
pub(super) fn place(placer: &mut Placer<'_>) {
    let (chart, layout) = (placer.chart, placer.layout);
    let half = LINE * placer.size / 2.0;
    let mut ends: Vec<Placed> = Vec::new();
    for (i, label) in chart.labels.iter().enumerate() {
        let Place::End { at } = label.place else {
            continue;
        };
        let [x, y] = layout.to_px(chart, at);
        if !(x >= layout.left - 0.5 && x <= layout.right + 0.5) || y.is_nan() {
            continue;
        }
        let y = y.clamp(
            layout.top + half,
            (layout.bottom - half).max(layout.top + half),
        );
        let right = placer.words(i, x + GAP, y, HPos::Left);
        let end = match right.rect[2] <= layout.right {
            true => right,
            false => placer.words(i, x - GAP, y, HPos::Right),
        };
        // From top to bottom.
        let below = ends.partition_point(|other: &Placed| other.rect[1] <= end.rect[1]);
        ends.insert(below, end);
    }
    part(&mut ends, LINE * placer.size);
    for mut end in ends {
        let [x0, y0, x1, y1] = end.rect;
        // The nearest free height, a pixel at a time, down before up.
        let found = (0..=2 * layout.plot_height() as i32).find_map(|k| {
            let k = f64::from((k + 1) / 2 * if k % 2 == 0 { -1 } else { 1 });
            let rect = [x0, y0 + k, x1, y1 + k];
            (placer.in_plot(rect) && placer.free(rect)).then_some(rect)
        });
        if let Some(rect) = found {
            end.rect = rect;
            placer.taken.push(rect);
            placer.placed.push(end);
        }
    }
}

/// Pushes words that stand too close apart, both by the same amount. They
/// come sorted from top to bottom.
fn part(ends: &mut [Placed], spacing: f64) {
    // Few labels: this settles long before it gives up.
    for _ in 0..40 {
        let mut moved = false;
        for i in 1..ends.len() {
            let (above, below) = ends.split_at_mut(i);
            let (Some(a), Some(b)) = (above.last_mut(), below.first_mut()) else {
                continue;
            };
            let missing = spacing - (b.rect[1] - a.rect[1]);
            let beside = a.rect[2] <= b.rect[0] || b.rect[2] <= a.rect[0];
            if missing > 0.01 && !beside {
                for (end, by) in [(a, -missing / 2.0), (b, missing / 2.0)] {
                    end.rect[1] += by;
                    end.rect[3] += by;
                }
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}
