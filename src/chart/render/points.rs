//! Points. One beyond the plot stands at its edge, as an arrow that points out: a value that
//! leaves the scale is never drawn as one on it, nor left out.

use super::RenderError;
use super::marks::plot;
use super::pen::Pen;
use crate::chart::{Chart, Layout, Role, Scale, Shape};

/// Length of an arrow, and half of its width.
const ARROW: (f64, f64) = (7.0, 4.5);

/// Where a point is drawn, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// Where its coordinates say.
    Inside([f64; 2]),
    /// At the edge of the plot: the tip of an arrow, and the unit vector that it points along.
    Beyond([f64; 2], [f64; 2]),
}

impl Place {
    /// The place of a point; nothing where one of its coordinates is not known.
    pub(super) fn of(layout: &Layout, chart: &Chart, point: [f64; 2]) -> Option<Self> {
        let mut at = layout.to_px(chart, point);
        if at.iter().any(|v| v.is_nan()) {
            return None;
        }
        // On a logarithmic axis what is not positive lies below everything.
        let nowhere = |scale: &Scale, v: f64| matches!(scale, Scale::Log { .. }) && v <= 0.0;
        let [left, top, right, bottom] = plot(layout, chart);
        if nowhere(&chart.x.scale, point[0]) {
            at[0] = f64::NEG_INFINITY;
        }
        if nowhere(&chart.y.scale, point[1]) {
            at[1] = f64::INFINITY;
        }
        let outside = |v: f64, low: f64, high: f64| match v {
            v if v < low - 0.5 => -1.0,
            v if v > high + 0.5 => 1.0,
            _ => 0.0,
        };
        let (x, y) = (outside(at[0], left, right), outside(at[1], top, bottom));
        let edge = [at[0].clamp(left, right), at[1].clamp(top, bottom)];
        Some(match (x, y) {
            (0.0, 0.0) => Self::Inside(at),
            (_, 0.0) => Self::Beyond(edge, [x, 0.0]),
            _ => Self::Beyond(edge, [0.0, y]),
        })
    }
}

/// Points of one shape.
pub(super) fn points(
    pen: &mut Pen<'_>,
    chart: &Chart,
    points: &[[f64; 2]],
    shape: Shape,
    role: Role,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    let (color, ground) = (pen.color(role), pen.color(Role::Ground));
    // On a projector points grow with their outline, if less than lines do.
    let grow = pen.style.line_scale.sqrt();
    for place in points.iter().filter_map(|p| Place::of(&layout, chart, *p)) {
        let at = match place {
            Place::Inside(at) => at,
            Place::Beyond(tip, along) => {
                arrow(pen, tip, along, role)?;
                continue;
            }
        };
        match shape {
            Shape::Ring => {
                let half = 0.5 * pen.stroke_css(1.75);
                pen.disc(at, 3.5 * grow + half, color)?;
                pen.disc(at, 3.5 * grow - half, ground)?;
            }
            Shape::Disc => {
                pen.disc(at, 5.0 * grow, ground)?;
                pen.disc(at, 3.0 * grow, color)?;
            }
            Shape::Diamond => {
                pen.fill_polygon(&diamond(at, 7.0 * grow), ground)?;
                pen.fill_polygon(&diamond(at, 4.5 * grow), color)?;
            }
        }
    }
    Ok(())
}

/// Small open points: a second run's.
pub(super) fn open_points(
    pen: &mut Pen<'_>,
    chart: &Chart,
    points: &[[f64; 2]],
    shape: Shape,
    role: Role,
) -> Result<(), RenderError> {
    let layout = pen.layout;
    for place in points.iter().filter_map(|p| Place::of(&layout, chart, *p)) {
        match place {
            Place::Inside(at) => open_point(pen, at, shape, role)?,
            Place::Beyond(tip, along) => arrow(pen, tip, along, role)?,
        }
    }
    Ok(())
}

/// An arrow out of the plot, its tip at the edge.
fn arrow(pen: &mut Pen<'_>, tip: [f64; 2], along: [f64; 2], role: Role) -> Result<(), RenderError> {
    let grow = pen.style.line_scale.sqrt();
    let triangle = |air: f64| {
        let (length, half) = (ARROW.0 * grow + 2.0 * air, ARROW.1 * grow + air);
        let foot = [tip[0] - length * along[0], tip[1] - length * along[1]];
        let side = [half * along[1], half * along[0]];
        [
            tip,
            [foot[0] + side[0], foot[1] + side[1]],
            [foot[0] - side[0], foot[1] - side[1]],
        ]
    };
    for (role, air) in [(Role::Ground, 1.5), (role, 0.0)] {
        let color = pen.color(role);
        pen.fill_polygon(&triangle(air), color)?;
    }
    Ok(())
}

/// A small open point, in CSS pixels.
pub(super) fn open_point(
    pen: &mut Pen<'_>,
    at: [f64; 2],
    shape: Shape,
    role: Role,
) -> Result<(), RenderError> {
    let (color, ground) = (pen.color(role), pen.color(Role::Ground));
    let grow = pen.style.line_scale.sqrt();
    let half = 0.5 * pen.stroke_css(1.25);
    match shape {
        Shape::Diamond => {
            // The outline of a diamond is wider along the axes than across.
            let half = half * std::f64::consts::SQRT_2;
            pen.fill_polygon(&diamond(at, 3.75 * grow + half), color)?;
            pen.fill_polygon(&diamond(at, 3.75 * grow - half), ground)
        }
        Shape::Disc | Shape::Ring => {
            pen.disc(at, 2.5 * grow + half, color)?;
            pen.disc(at, 2.5 * grow - half, ground)
        }
    }
}

fn diamond([x, y]: [f64; 2], r: f64) -> [[f64; 2]; 4] {
    [[x, y - r], [x + r, y], [x, y + r], [x - r, y]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Axis;

    #[test]
    fn a_point_beyond_the_plot_is_an_arrow_at_its_edge() {
        let chart = Chart::new("v", "", Axis::linear(0.0, 1.0, &[]), Axis::log(1e-3, 1.0));
        let layout = Layout::new(338.0, 127.0, 12.0);
        let place = |point| Place::of(&layout, &chart, point);
        let [left, top, right, bottom] = plot(&layout, &chart);
        let middle = (left + right) / 2.0;
        assert!(matches!(place([0.5, 0.1]), Some(Place::Inside(_))));
        let down = Some(Place::Beyond([middle, bottom], [0.0, 1.0]));
        assert_eq!(place([0.5, 1e-9]), down);
        // Nothing at all is below the smallest number, and no number is nowhere.
        assert_eq!(place([0.5, 0.0]), down);
        assert_eq!(
            place([0.5, 7.0]),
            Some(Place::Beyond([middle, top], [0.0, -1.0]))
        );
        let Some(Place::Beyond(at, along)) = place([1.74, 1e-3]) else {
            panic!("beyond the right end");
        };
        assert_eq!((at[0], along), (right, [1.0, 0.0]));
        assert_eq!(place([0.5, f64::NAN]), None);
    }
}
