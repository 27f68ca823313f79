//! Draws placed labels: halo, leader, sample, words.

use super::bars::hatch;
use super::marks::stroke;
use super::pen::{Pen, Words};
use super::place::Placed;
use super::points::open_point;
use super::{RenderError, ends, keys};
use crate::chart::{Chart, Dash, Label, Place, Role, Sample};
use plotters_backend::text_anchor::HPos;

/// Height of a sample patch.
const PATCH: f64 = 10.0;

/// Draws the labels of a chart where they were placed.
pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart, placed: &[Placed]) -> Result<(), RenderError> {
    // All leaders first: no leader crosses words.
    for (from, to) in placed.iter().filter_map(|p| p.leader) {
        let color = pen.color(Role::Ink3);
        // One CSS pixel, whatever the line scale.
        let width = 1.0 / pen.style.line_scale;
        pen.path(&[from, to], width, color)?;
    }
    for place in placed {
        let Some(label) = chart.labels.get(place.index) else {
            continue;
        };
        let y = 0.5 * (place.rect[1] + place.rect[3]);
        let sample = match &label.place {
            Place::Key { sample, .. } => Some((*sample, keys::SAMPLE)),
            Place::End { sample, .. } => sample.map(|sample| (sample, ends::SAMPLE)),
            _ => None,
        };
        if let Some((sample, length)) = sample {
            self::sample(pen, sample, [place.sample_x, y], length)?;
        }
        pen.text(of(pen, label, place))?;
    }
    Ok(())
}

/// The ground around the words of a chart, for below its marks.
pub(super) fn halos(
    pen: &mut Pen<'_>,
    chart: &Chart,
    placed: &[Placed],
) -> Result<(), RenderError> {
    for place in placed {
        if let Some(label) = chart.labels.get(place.index) {
            halo(pen, of(pen, label, place))?;
        }
    }
    Ok(())
}

/// A label's words where they were placed.
fn of<'a>(pen: &Pen<'_>, label: &'a Label, place: &Placed) -> Words<'a> {
    let (x, align) = match place.align {
        HPos::Left => (place.rect[0], HPos::Left),
        HPos::Right => (place.rect[2], HPos::Right),
        HPos::Center => (0.5 * (place.rect[0] + place.rect[2]), HPos::Center),
    };
    Words {
        text: &label.text,
        x,
        y: 0.5 * (place.rect[1] + place.rect[3]),
        size: pen.style.font_size,
        bold: label.strong,
        align,
        color: pen.color(label.role),
    }
}

/// Two pixels of ground on every side of the words.
fn halo(pen: &mut Pen<'_>, words: Words<'_>) -> Result<(), RenderError> {
    let color = pen.color(Role::Ground);
    if pen.stroked_halo {
        return pen.text(Words { color, ..words });
    }
    const D: f64 = 1.414;
    let around = [
        (2.0, 0.0),
        (D, D),
        (0.0, 2.0),
        (-D, D),
        (-2.0, 0.0),
        (-D, -D),
        (0.0, -2.0),
        (D, -D),
    ];
    for (dx, dy) in around {
        pen.text(Words {
            x: words.x + dx,
            y: words.y + dy,
            color,
            ..words
        })?;
    }
    Ok(())
}

/// A sample, left end and middle at a point.
fn sample(
    pen: &mut Pen<'_>,
    sample: Sample,
    [x, y]: [f64; 2],
    length: f64,
) -> Result<(), RenderError> {
    let y = y.round();
    let (top, bottom) = (y - PATCH / 2.0, y + PATCH / 2.0);
    let right = x + length;
    match sample {
        Sample::Patch { role } => pen.fill_rect(x, top, right, bottom, role),
        Sample::Open { shape, role } => open_point(pen, [x + 0.5 * (right - x), y], shape, role),
        Sample::Level => {
            let (middle, color) = (x + 0.5 * (right - x), pen.color(Role::Ink));
            pen.path(&[[middle - 6.0, y], [middle + 6.0, y]], 1.5, color)
        }
        Sample::Hatch => hatch(pen, [x, top, right, bottom]),
        Sample::Line { role, dash } => {
            let width = match (dash, role) {
                (Dash::Solid, Role::Ink) => 3.0,
                (Dash::Solid, Role::Test) => 2.5,
                (Dash::Solid, Role::Signal) | (Dash::Long | Dash::Short | Dash::Mixed, _) => 2.0,
                _ => 1.5,
            };
            let color = pen.color(role);
            stroke(pen, &[[x, y], [right, y]], width, color, dash)
        }
    }
}
