//! Marks other than bars.

use super::geometry::{dashes, pieces};
use super::pen::{Pen, Rect};
use super::{RenderError, bars, place, points};
use crate::chart::{Chart, Color, Dash, Layout, Mark, Orientation, Role};

/// Shades of a heat map: more cannot be told apart, and each is one primitive.
const SHADES: usize = 64;

/// The part of the plot that holds data: what an axis leaves for labels at its right end does
/// not belong to it.
pub(super) fn plot(layout: &Layout, chart: &Chart) -> Rect {
    let right = layout.data_right(chart);
    [layout.left, layout.top, right, layout.bottom]
}

/// Draws all marks in painter's order.
pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) -> Result<(), RenderError> {
    for mark in &chart.marks {
        match mark {
            Mark::Line {
                points,
                role,
                width,
                dash,
                halo,
            } => line(pen, chart, points, *role, *width, *dash, *halo)?,
            Mark::Band { x, a, b, role } => band(pen, chart, [x, a, b], *role)?,
            Mark::Bars { bars } => bars::bars(pen, chart, bars)?,
            Mark::BarTheory { points } => bars::theory(pen, chart, points)?,
            Mark::Sticks { sticks, role } => self::sticks(pen, chart, sticks, *role)?,
            Mark::Points {
                points,
                shape,
                role,
            } => points::points(pen, chart, points, *shape, *role)?,
            Mark::OpenPoints {
                points,
                shape,
                role,
            } => points::open_points(pen, chart, points, *shape, *role)?,
            Mark::BarLevels { points } => bars::levels(pen, chart, points)?,
            Mark::Rule {
                orientation,
                at,
                role,
                dash,
            } => rule(pen, chart, *orientation, *at, *role, *dash)?,
            Mark::Drop { at, role } => drop(pen, chart, *at, *role)?,
            Mark::Heat { x, y, shades, role } => heat(pen, chart, [x, y, shades], *role)?,
            Mark::Frame { x } => {
                let top = place::frame_top(chart, &pen.layout, pen.style.font_size);
                bars::frame(pen, chart, *x, top)?;
            }
        }
    }
    Ok(())
}

fn line(
    pen: &mut Pen<'_>,
    chart: &Chart,
    points: &[[f64; 2]],
    role: Role,
    width: f64,
    dash: Dash,
    halo: bool,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let width = if width.is_finite() {
        width.clamp(0.0, 100.0)
    } else {
        1.0
    };
    let pieces = pieces(
        points.iter().map(|p| layout.to_px(chart, *p)),
        plot(&layout, chart),
    );
    let color = pen.color(role);
    if halo {
        let ground = pen.color(Role::Ground);
        for piece in &pieces {
            pen.path(piece, width + 3.0, ground)?;
        }
    }
    for piece in &pieces {
        stroke(pen, piece, width, color, dash)?;
    }
    Ok(())
}

/// A polyline in a pattern.
pub(super) fn stroke(
    pen: &mut Pen<'_>,
    piece: &[[f64; 2]],
    width: f64,
    color: Color,
    dash: Dash,
) -> Result<(), RenderError> {
    match Pen::dash_lengths(dash) {
        None => pen.path(piece, width, color),
        Some(lengths) => dashes(piece, lengths, |dash| pen.path(dash, width, color)),
    }
}

fn band(
    pen: &mut Pen<'_>,
    chart: &Chart,
    [x, a, b]: [&[f64]; 3],
    role: Role,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let right = layout.data_right(chart);
    let color = pen.color(role);
    let y_px = |y: f64| {
        let y = layout.y_px(chart, y);
        // Not `max` and `min`, which lose NaN.
        y.clamp(layout.top, layout.bottom)
    };
    let (mut there, mut back): (Vec<[f64; 2]>, Vec<[f64; 2]>) = (Vec::new(), Vec::new());
    let mut flush = |there: &mut Vec<[f64; 2]>, back: &mut Vec<[f64; 2]>| {
        there.extend(back.drain(..).rev());
        let done = pen.fill_polygon(there, color);
        there.clear();
        done
    };
    for ((x, a), b) in x.iter().zip(a).zip(b) {
        let (x, a, b) = (layout.x_px(chart, *x), y_px(*a), y_px(*b));
        if x.is_finite() && a.is_finite() && b.is_finite() {
            let x = x.clamp(layout.left, right);
            there.push([x, a]);
            back.push([x, b]);
        } else {
            flush(&mut there, &mut back)?;
        }
    }
    flush(&mut there, &mut back)
}

fn sticks(
    pen: &mut Pen<'_>,
    chart: &Chart,
    sticks: &[[f64; 3]],
    role: Role,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let width = pen.stroke_css(1.5);
    let right = layout.data_right(chart);
    let rects = sticks.iter().filter_map(|&[x, from, to]| {
        let x = layout.x_px(chart, x);
        let (from, to) = (layout.y_px(chart, from), layout.y_px(chart, to));
        let inside = x >= layout.left && x <= right && !from.is_nan() && !to.is_nan();
        let (top, bottom) = (
            from.min(to).max(layout.top),
            from.max(to).min(layout.bottom),
        );
        let left = x - width / 2.0;
        inside.then_some([left, top, left + width, bottom])
    });
    let color = pen.color(role);
    pen.fill_rects(rects, color)
}

fn rule(
    pen: &mut Pen<'_>,
    chart: &Chart,
    orientation: Orientation,
    at: f64,
    role: Role,
    dash: Dash,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let (position, low, high) = match orientation {
        Orientation::Horizontal => (layout.y_px(chart, at), layout.top, layout.bottom),
        Orientation::Vertical => (
            layout.x_px(chart, at),
            layout.left,
            layout.data_right(chart),
        ),
    };
    if !(position >= low && position <= high) {
        return Ok(());
    }
    let position = position.floor().min(high - 1.0);
    let (start, end) = match orientation {
        Orientation::Horizontal => (layout.left, layout.right),
        Orientation::Vertical => (layout.top, layout.bottom),
    };
    let [on, off, ..] = Pen::dash_lengths(dash).unwrap_or([end - start, 1.0, 0.0, 0.0]);
    let count = ((end - start) / (on + off)).ceil() as usize;
    let rects = (0..count).map(|k| {
        let from = start + k as f64 * (on + off);
        let to = (from + on).min(end);
        match orientation {
            Orientation::Horizontal => [from, position, to, position + 1.0],
            Orientation::Vertical => [position, from, position + 1.0, to],
        }
    });
    let color = pen.color(role);
    pen.fill_rects(rects, color)
}

fn drop(pen: &mut Pen<'_>, chart: &Chart, at: [f64; 2], role: Role) -> Result<(), RenderError> {
    let layout = pen.layout;
    let [x, y] = layout.to_px(chart, at);
    let right = layout.data_right(chart);
    if x >= layout.left && x <= right && y < layout.bottom {
        let x = x.floor().min(right - 1.0);
        pen.fill_rect(x, y.max(layout.top), x + 1.0, layout.bottom, role)?;
    }
    Ok(())
}

fn heat(
    pen: &mut Pen<'_>,
    chart: &Chart,
    [x, y, shades]: [&[f64]; 3],
    role: Role,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let rows = y.len().saturating_sub(1);
    if rows == 0 || x.len() < 2 {
        return Ok(());
    }
    // Edges on whole pixels: neighbours share them, so no seam shows.
    let columns_px: Vec<f64> = x
        .iter()
        .map(|x| {
            layout
                .x_px(chart, *x)
                .round()
                .clamp(layout.left, layout.data_right(chart))
        })
        .collect();
    let rows_px: Vec<f64> = y
        .iter()
        .map(|y| {
            layout
                .y_px(chart, *y)
                .round()
                .clamp(layout.top, layout.bottom)
        })
        .collect();
    let mut cells: Vec<Vec<Rect>> = vec![Vec::new(); SHADES + 1];
    for (column, shades) in columns_px.windows(2).zip(shades.chunks(rows)) {
        for (row, shade) in rows_px.windows(2).zip(shades) {
            if shade.is_finite() {
                let level = (shade.clamp(0.0, 1.0) * SHADES as f64).round() as usize;
                cells[level].push([
                    column[0].min(column[1]),
                    row[0].min(row[1]),
                    column[0].max(column[1]),
                    row[0].max(row[1]),
                ]);
            }
        }
    }
    let (ground, full) = (pen.color(Role::Ground), pen.color(role));
    for (level, rects) in cells.into_iter().enumerate() {
        let color = ground.mix(full, level as f64 / SHADES as f64);
        pen.fill_rects(rects, color)?;
    }
    Ok(())
}
