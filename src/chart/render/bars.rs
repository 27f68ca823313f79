//! Bars, the theory's dash over them, the frame around one, and hatching.

use super::RenderError;
use super::geometry::{at, clip, dashes, pieces};
use super::pen::{Pen, Rect};
use crate::chart::{Bar, BarFill, Chart, Dash, Layout, Mark, Role};

/// Bar width in units of the distance between bars.
const SHARE: f64 = 0.62;
/// Height of a bar whose value lies below the axis.
const STUB: f64 = 2.0;
/// Height of a bar whose value is below numerical resolution.
const HATCHED: f64 = 12.0;
/// Distance of hatch lines along x.
const HATCH_PITCH: f64 = 4.0;

/// Left and right edge of the bar at `x`, in whole CSS pixels.
fn edges(layout: &Layout, chart: &Chart, x: f64) -> Option<(f64, f64)> {
    let centre = layout.x_px(chart, x);
    let pitch = (layout.x_px(chart, x + 1.0) - centre).abs();
    if !(centre.is_finite() && pitch.is_finite()) {
        return None;
    }
    let width = (SHARE * pitch).round().max(1.0);
    let left = (centre - width / 2.0).round();
    let (left, right) = (left.max(layout.left), (left + width).min(layout.right));
    (left < right).then_some((left, right))
}

/// The rectangle of a bar, standing on the x axis.
pub(super) fn rect(layout: &Layout, chart: &Chart, bar: &Bar) -> Option<Rect> {
    let (left, right) = edges(layout, chart, bar.x)?;
    let top = match bar.fill {
        BarFill::BelowResolution => layout.bottom - HATCHED,
        _ => layout.y_px(chart, bar.value).min(layout.bottom - STUB),
    };
    // `max` would turn NaN into a full bar.
    (!top.is_nan()).then(|| [left, top.max(layout.top), right, layout.bottom])
}

fn rects<'a>(
    layout: &'a Layout,
    chart: &'a Chart,
    bars: &'a [Bar],
    fill: BarFill,
) -> impl Iterator<Item = Rect> + 'a {
    bars.iter()
        .filter(move |bar| bar.fill == fill)
        .filter_map(move |bar| rect(layout, chart, bar))
}

/// All bars of a mark: three polygons and the hatch.
pub(super) fn bars(pen: &mut Pen<'_>, chart: &Chart, bars: &[Bar]) -> Result<(), RenderError> {
    let layout = pen.layout;
    let [signal, noise, tint] =
        [Role::Signal, Role::Noise, Role::NoiseTint].map(|role| pen.color(role));
    pen.fill_rects(rects(&layout, chart, bars, BarFill::Channel), signal)?;
    pen.fill_rects(rects(&layout, chart, bars, BarFill::Reservoir), noise)?;
    let outline = pen.stroke_css(if pen.style.line_scale > 1.0 {
        2.5 / 1.6
    } else {
        1.5
    });
    let inner = rects(&layout, chart, bars, BarFill::Reservoir).map(|[x0, y0, x1, y1]| {
        // Narrow bars keep a third of their width: hollow is what they mean.
        let side = outline.min((x1 - x0) / 3.0);
        [x0 + side, y0 + side, x1 - side, y1]
    });
    pen.fill_rects(inner, tint)?;
    for stub in rects(&layout, chart, bars, BarFill::BelowResolution) {
        hatch(pen, stub)?;
    }
    Ok(())
}

/// Lines at 45 degrees, one CSS pixel wide, clipped to a rectangle.
pub(super) fn hatch(pen: &mut Pen<'_>, [x0, y0, x1, y1]: Rect) -> Result<(), RenderError> {
    let height = y1 - y0;
    // Half the horizontal extent of a line one pixel wide, at 45 degrees.
    let half = 0.5 * std::f64::consts::SQRT_2;
    let mut lines: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut foot =
        (x0 / HATCH_PITCH).floor() * HATCH_PITCH - (height / HATCH_PITCH).ceil() * HATCH_PITCH;
    while foot < x1 {
        let slanted = vec![
            [foot - half, y1],
            [foot - half + height, y0],
            [foot + half + height, y0],
            [foot + half, y1],
        ];
        let line = cut(cut(slanted, x0, 1.0), x1, -1.0);
        if line.len() > 2 {
            lines.push(line);
        }
        foot += HATCH_PITCH;
    }
    let color = pen.color(Role::Noise);
    pen.fill_polygons(lines.iter().map(Vec::as_slice), color)
}

/// The part of a convex polygon right (`sign` 1) or left (-1) of a vertical.
fn cut(polygon: Vec<[f64; 2]>, x: f64, sign: f64) -> Vec<[f64; 2]> {
    let mut out = Vec::with_capacity(polygon.len() + 1);
    for (i, &a) in polygon.iter().enumerate() {
        let b = polygon[(i + 1) % polygon.len()];
        let (da, db) = (sign * (a[0] - x), sign * (b[0] - x));
        if da >= 0.0 {
            out.push(a);
        }
        if da * db < 0.0 {
            out.push(at(a, b, da / (da - db)));
        }
    }
    out
}

/// The theory over bars. Where a dash lies on a solid bar it is drawn in
/// ground colour.
pub(super) fn theory(
    pen: &mut Pen<'_>,
    chart: &Chart,
    points: &[[f64; 2]],
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let solid: Vec<Rect> = chart
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Bars { bars } => Some(rects(&layout, chart, bars, BarFill::Channel)),
            _ => None,
        })
        .flatten()
        .collect();
    let (ink, ground) = (pen.color(Role::Ink2), pen.color(Role::Ground));
    let plot = [layout.left, layout.top, layout.right, layout.bottom];
    let Some(lengths) = Pen::dash_lengths(Dash::Theory) else {
        return Ok(());
    };
    for piece in pieces(points.iter().map(|p| layout.to_px(chart, *p)), plot) {
        dashes(&piece, lengths, |dash| {
            pen.path(dash, 1.5, ink)?;
            for pair in dash.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                for bar in &solid {
                    if let Some((enter, leave)) = clip(a, b, *bar) {
                        pen.path(&[at(a, b, enter), at(a, b, leave)], 1.5, ground)?;
                    }
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// A second run's heights over the bars: short lines in ink, with ground
/// above and below them so that they show on a solid bar.
pub(super) fn levels(
    pen: &mut Pen<'_>,
    chart: &Chart,
    points: &[[f64; 2]],
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let levels: Vec<Rect> = points
        .iter()
        .filter_map(|&[x, value]| {
            let (left, right) = edges(&layout, chart, x)?;
            let y = layout.y_px(chart, value).min(layout.bottom - STUB);
            (y >= layout.top).then_some([left - 1.0, y, right + 1.0, y])
        })
        .collect();
    for (role, half) in [(Role::Ground, 1.5), (Role::Ink, 0.75)] {
        let half = half * pen.stroke_css(1.0);
        let color = pen.color(role);
        let grown = |&[x0, y0, x1, y1]: &Rect| [x0, y0 - half, x1, y1 + half];
        pen.fill_rects(levels.iter().map(grown), color)?;
    }
    Ok(())
}

/// The frame around a bar, from below the words of a split to the axis.
pub(super) fn frame(pen: &mut Pen<'_>, chart: &Chart, x: f64, top: f64) -> Result<(), RenderError> {
    let layout = pen.layout;
    let Some((left, right)) = edges(&layout, chart, x) else {
        return Ok(());
    };
    let (left, right) = (left - 2.0, right + 2.0);
    let (left, right) = (left.max(layout.left), right.min(layout.right));
    let (top, bottom) = (top.min(layout.bottom), layout.bottom + 1.0);
    let sides = [
        [left, top, left + 1.0, bottom],
        [right - 1.0, top, right, bottom],
        [left, top, right, top + 1.0],
        [left, bottom - 1.0, right, bottom],
    ];
    let color = pen.color(Role::Ink);
    pen.fill_rects(sides, color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatch_lines_end_at_the_bar() {
        let slanted = vec![[-4.0, 12.0], [8.0, 0.0], [10.0, 0.0], [-2.0, 12.0]];
        let line = cut(cut(slanted, 0.0, 1.0), 6.0, -1.0);
        assert!(line.iter().all(|p| (0.0..=6.0).contains(&p[0])));
        assert_eq!(line.len(), 4);
        assert!(cut(vec![[1.0, 0.0], [2.0, 0.0], [2.0, 1.0]], 5.0, 1.0).is_empty());
    }
}
