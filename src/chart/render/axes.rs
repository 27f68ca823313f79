//! Grid lines, the x axis, ticks and their labels.

use super::RenderError;
use super::pen::{Pen, Rect, Words};
use crate::chart::{Chart, Role, TextMetrics, Tick, TickLabel};
use plotters_backend::text_anchor::HPos;

/// Exponents: size and rise, in em of the base.
const EXPONENT: (f64, f64) = (0.75, 0.32);
/// Air between neighbouring tick labels, in em.
const AIR: f64 = 0.5;
/// Least air between a label and the plot at its right.
const LEAST_GAP: f64 = 3.0;

/// Grid lines, one CSS pixel each, and the ticks between them, below all marks.
pub(super) fn grid(pen: &mut Pen<'_>, chart: &Chart) -> Result<(), RenderError> {
    let layout = pen.layout;
    let right = layout.data_right(chart);
    let lines = chart.y.ticks.iter().filter_map(|tick| {
        let y = snapped(layout.y_px(chart, tick.at), layout.top, layout.bottom)?;
        // The axis line already stands at the bottom.
        (y < layout.bottom).then_some([layout.left, y, right, y + 1.0])
    });
    let color = pen.color(Role::Rule);
    pen.fill_rects(lines, color)?;
    let mut rects: Vec<Rect> = Vec::new();
    let mut last = f64::INFINITY;
    let row = |value: &f64| snapped(layout.y_px(chart, *value), layout.top, layout.bottom);
    for y in chart.y.minor.iter().filter_map(row) {
        if last - y >= 2.0 && y < layout.bottom - 2.0 {
            rects.push([layout.left, y, layout.left + 4.0, y + 1.0]);
            last = y;
        }
    }
    let color = pen.color(Role::Rule2);
    pen.fill_rects(rects, color)
}

/// The x axis, its ticks, and all labels, above all marks.
pub(super) fn ticks(
    pen: &mut Pen<'_>,
    chart: &Chart,
    metrics: &mut dyn TextMetrics,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let right = layout.data_right(chart);
    let mut rects: Vec<Rect> = vec![[layout.left, layout.bottom, right, layout.bottom + 1.0]];
    let column = |value: f64| snapped(layout.x_px(chart, value), layout.left, right);
    let below = layout.bottom + 1.0;
    for tick in &chart.x.ticks {
        if let Some(x) = column(tick.at) {
            rects.push([x, below, x + 1.0, below + 4.0]);
        }
    }
    let mut last = f64::NEG_INFINITY;
    for x in chart.x.minor.iter().filter_map(|v| column(*v)) {
        if x - last >= 2.0 {
            rects.push([x, below, x + 1.0, below + 2.0]);
            last = x;
        }
    }
    let color = pen.color(Role::Rule2);
    pen.fill_rects(rects, color)?;
    labels_x(pen, chart, metrics)?;
    labels_y(pen, chart, metrics)
}

fn labels_x(
    pen: &mut Pen<'_>,
    chart: &Chart,
    metrics: &mut dyn TextMetrics,
) -> Result<(), RenderError> {
    let (layout, size) = (pen.layout, pen.style.font_size);
    let mut boxes = Vec::with_capacity(chart.x.ticks.len());
    let count = chart.x.ticks.len();
    for (i, tick) in chart.x.ticks.iter().enumerate() {
        let x = layout.x_px(chart, tick.at);
        let width = label_width(tick, size, metrics);
        let shift = match i {
            // The ends may move inwards, but never off their tick.
            _ if i == 0 => (width / 2.0 - x).clamp(0.0, width / 2.0),
            _ if i + 1 == count => (layout.width - width / 2.0 - x).clamp(-width / 2.0, 0.0),
            _ => 0.0,
        };
        let inside = snapped(x, layout.left, layout.data_right(chart)).is_some();
        let (start, end) = (x + shift - width / 2.0, x + shift + width / 2.0);
        let fits = inside && start >= -0.5 && end <= layout.width + 0.5;
        boxes.push(fits.then_some((start, end)));
    }
    let y = layout.bottom + 5.0 + 0.62 * size;
    for (keep, (tick, place)) in standing(&boxes, AIR * size)
        .into_iter()
        .zip(chart.x.ticks.iter().zip(&boxes))
    {
        if let (true, Some((_, end))) = (keep, place) {
            label(pen, tick, *end, y, metrics)?;
        }
    }
    Ok(())
}

fn labels_y(
    pen: &mut Pen<'_>,
    chart: &Chart,
    metrics: &mut dyn TextMetrics,
) -> Result<(), RenderError> {
    let (layout, size) = (pen.layout, pen.style.font_size);
    let half = 0.5 * size;
    let place = |tick: &Tick| {
        let y = snapped(layout.y_px(chart, tick.at), layout.top, layout.bottom)? + 0.5;
        // A raised exponent needs room above the line of the others.
        let above = match tick.label {
            TickLabel::Power(_) => 0.85 * size,
            TickLabel::Text(_) => half,
        };
        let y = y.clamp(above, (layout.height - half).max(above));
        Some((y - half, y + half))
    };
    let boxes: Vec<_> = chart.y.ticks.iter().map(place).collect();
    for (keep, (tick, place)) in standing(&boxes, 0.0)
        .into_iter()
        .zip(chart.y.ticks.iter().zip(&boxes))
    {
        let width = label_width(tick, size, metrics);
        // Long ones come closer to the plot: "100 %" has to fit as well.
        let right = (layout.left - 8.0).max(width + 0.5);
        let fits = right <= layout.left - LEAST_GAP;
        if let (true, true, Some((top, _))) = (keep, fits, place) {
            label(pen, tick, right, top + half, metrics)?;
        }
    }
    Ok(())
}

/// Which labels stand: the first, then the last, then those between that
/// keep their distance from all standing ones.
fn standing(boxes: &[Option<(f64, f64)>], air: f64) -> Vec<bool> {
    let mut keep = vec![false; boxes.len()];
    let last = boxes.len().saturating_sub(1);
    let order = (0..boxes.len().min(1))
        .chain((last > 0).then_some(last))
        .chain(1..last);
    for i in order {
        let Some((start, end)) = boxes[i] else {
            continue;
        };
        keep[i] = boxes.iter().zip(&keep).all(|(other, kept)| match other {
            Some((a, b)) if *kept => end + air <= *a || *b + air <= start,
            _ => true,
        });
    }
    keep
}

fn label_width(tick: &Tick, size: f64, metrics: &mut dyn TextMetrics) -> f64 {
    match &tick.label {
        TickLabel::Text(text) => metrics.width(text, size, false),
        TickLabel::Power(e) => {
            metrics.width("10", size, false)
                + metrics.width(&exponent(*e), EXPONENT.0 * size, false)
        }
    }
}

fn exponent(e: i32) -> String {
    match e < 0 {
        true => format!("\u{2212}{}", e.unsigned_abs()),
        false => e.to_string(),
    }
}

/// A tick label that ends at `right`, its middle at `y`.
fn label(
    pen: &mut Pen<'_>,
    tick: &Tick,
    right: f64,
    y: f64,
    metrics: &mut dyn TextMetrics,
) -> Result<(), RenderError> {
    let size = pen.style.font_size;
    let words = Words {
        text: "10",
        x: right,
        y,
        size,
        bold: false,
        align: HPos::Right,
        color: pen.color(Role::Ink3),
    };
    match &tick.label {
        TickLabel::Text(text) => pen.text(Words { text, ..words }),
        TickLabel::Power(e) => {
            let exponent = exponent(*e);
            let small = EXPONENT.0 * size;
            // Both pieces meet here, so that no gap opens if the measure is off.
            let x = right - metrics.width(&exponent, small, false);
            pen.text(Words { x, ..words })?;
            pen.text(Words {
                text: &exponent,
                x,
                y: y - EXPONENT.1 * size,
                size: small,
                align: HPos::Left,
                ..words
            })
        }
    }
}

/// The whole pixel that holds a position, if it lies within a range; half a
/// pixel beyond the ends still counts.
fn snapped(position: f64, low: f64, high: f64) -> Option<f64> {
    (position >= low - 0.5 && position <= high + 0.5)
        .then(|| position.floor().clamp(low, (high - 1.0).max(low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_stand_and_crowded_labels_yield() {
        let boxes = [
            (0.0, 20.0),
            (15.0, 25.0),
            (40.0, 50.0),
            (58.0, 64.0),
            (62.0, 80.0),
        ];
        let boxes = boxes.map(Some);
        assert_eq!(standing(&boxes, 6.0), [true, false, true, false, true]);
        assert_eq!(
            standing(&[Some((0.0, 9.0)), Some((3.0, 12.0))], 0.0),
            [true, false]
        );
        assert!(standing(&[], 1.0).is_empty());
        assert_eq!(standing(&[None], 1.0), [false]);
    }

    #[test]
    fn rules_snap_to_whole_pixels_inside_the_plot() {
        assert_eq!(snapped(10.7, 0.0, 100.0), Some(10.0));
        assert_eq!(snapped(100.0, 0.0, 100.0), Some(99.0));
        assert_eq!(snapped(101.0, 0.0, 100.0), None);
        assert_eq!(snapped(f64::NAN, 0.0, 100.0), None);
    }
}
