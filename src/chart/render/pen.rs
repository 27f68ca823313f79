//! Primitives in CSS pixels, drawn as integers in device pixels.

use super::elements::{Kind, Shape, TextElement, TextStyle, backend};
use super::{RenderError, Style};
use crate::chart::{Color, Dash, Layout, Role};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendCoord, DrawingBackend};

/// A rectangle in CSS pixels: left, top, right, bottom.
pub(super) type Rect = [f64; 4];

/// What a pen draws on. Behind it the type of the backend is gone: everything
/// above is compiled once for canvas and file, which halves its size.
pub(super) trait Sheet {
    fn shape(&self, shape: &Shape<'_>) -> Result<(), RenderError>;
    fn words(&self, words: &TextElement<'_>) -> Result<(), RenderError>;
}

impl<DB: DrawingBackend> Sheet for DrawingArea<DB, Shift> {
    fn shape(&self, shape: &Shape<'_>) -> Result<(), RenderError> {
        self.draw(shape).map_err(refused)
    }

    fn words(&self, words: &TextElement<'_>) -> Result<(), RenderError> {
        self.draw(words).map_err(refused)
    }
}

/// Draws in CSS pixels and roles.
pub(super) struct Pen<'a> {
    sheet: &'a dyn Sheet,
    pub(super) style: &'a Style,
    pub(super) layout: Layout,
    /// Whether a halo is drawn once and becomes a stroke afterwards.
    pub(super) stroked_halo: bool,
    /// What the backend divides font sizes by.
    font_divisor: f64,
    /// Device points of the primitive at hand, kept to save allocations.
    points: Vec<BackendCoord>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(sheet: &'a dyn Sheet, style: &'a Style, layout: Layout) -> Self {
        Self {
            sheet,
            style,
            layout,
            stroked_halo: false,
            font_divisor: 1.0,
            points: Vec::new(),
        }
    }

    /// For a backend that divides font sizes, and whose output gets its halos
    /// as strokes.
    pub(super) fn for_export(
        sheet: &'a dyn Sheet,
        style: &'a Style,
        layout: Layout,
        font_divisor: f64,
    ) -> Self {
        Self {
            stroked_halo: true,
            font_divisor,
            ..Self::new(sheet, style, layout)
        }
    }

    pub(super) fn color(&self, role: Role) -> Color {
        self.style.palette.of(role)
    }

    /// CSS pixels to device pixels. The cast saturates, and NaN becomes 0.
    fn device(&self, css: f64) -> i32 {
        (css * self.style.scale).round().clamp(-1e6, 1e6) as i32
    }

    /// A stroke width in whole device pixels, scaled for the projector.
    fn stroke(&self, css: f64) -> u32 {
        (css * self.style.line_scale * self.style.scale)
            .round()
            .clamp(1.0, 1e4) as u32
    }

    /// The stroke width of [`Self::stroke`], back in CSS pixels.
    pub(super) fn stroke_css(&self, css: f64) -> f64 {
        f64::from(self.stroke(css)) / self.style.scale
    }

    /// A filled rectangle.
    pub(super) fn fill_rect(
        &mut self,
        x0: f64,
        y0: f64,
        x1: f64,
        y1: f64,
        role: Role,
    ) -> Result<(), RenderError> {
        let corners = [
            (self.device(x0), self.device(y0)),
            (self.device(x1), self.device(y1)),
        ];
        if corners[0].0 >= corners[1].0 || corners[0].1 >= corners[1].1 {
            return Ok(());
        }
        self.send(&corners, Kind::Rect, self.color(role))
    }

    /// Many filled rectangles of one colour, as one polygon. They hang on a
    /// base line by cuts of no width, which run along whole device pixels
    /// and therefore leave no trace.
    pub(super) fn fill_rects(
        &mut self,
        rects: impl IntoIterator<Item = Rect>,
        color: Color,
    ) -> Result<(), RenderError> {
        let base = self.device(self.layout.bottom);
        self.points.clear();
        for [x0, y0, x1, y1] in rects {
            let (x0, y0) = (self.device(x0), self.device(y0));
            let (x1, y1) = (self.device(x1), self.device(y1));
            if x0 >= x1 || y0 >= y1 {
                continue;
            }
            self.points.push((x0, base));
            self.points.extend([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]);
            self.points.push((x0, base));
        }
        self.send_points(Kind::Fill, color)
    }

    /// Many filled polygons of one colour, as one; see [`Self::fill_rects`].
    pub(super) fn fill_polygons<'p>(
        &mut self,
        polygons: impl IntoIterator<Item = &'p [[f64; 2]]>,
        color: Color,
    ) -> Result<(), RenderError> {
        let base = self.device(self.layout.bottom);
        self.points.clear();
        for polygon in polygons {
            let Some(&[x, y]) = polygon.first() else {
                continue;
            };
            let first = (self.device(x), self.device(y));
            self.points.push((first.0, base));
            for &[x, y] in polygon {
                let point = (self.device(x), self.device(y));
                self.points.push(point);
            }
            self.points.extend([first, (first.0, base)]);
        }
        self.send_points(Kind::Fill, color)
    }

    /// One filled polygon.
    pub(super) fn fill_polygon(
        &mut self,
        polygon: &[[f64; 2]],
        color: Color,
    ) -> Result<(), RenderError> {
        self.collect(polygon);
        if self.points.len() < 3 {
            return Ok(());
        }
        self.send_points(Kind::Fill, color)
    }

    /// A polyline, solid. `width` is in CSS pixels before the line scale.
    pub(super) fn path(
        &mut self,
        path: &[[f64; 2]],
        width: f64,
        color: Color,
    ) -> Result<(), RenderError> {
        self.collect(path);
        if self.points.len() < 2 {
            return Ok(());
        }
        let width = self.stroke(width);
        self.send_points(Kind::Path(width), color)
    }

    /// A filled circle. The radius is in CSS pixels, whatever the line scale.
    pub(super) fn disc(
        &mut self,
        [x, y]: [f64; 2],
        radius: f64,
        color: Color,
    ) -> Result<(), RenderError> {
        let centre = [(self.device(x), self.device(y))];
        let radius = self.device(radius).max(1) as u32;
        self.send(&centre, Kind::Disc(radius), color)
    }

    /// One line of text; `y` is the middle of its small letters.
    pub(super) fn text(&mut self, words: Words<'_>) -> Result<(), RenderError> {
        if words.text.is_empty() {
            return Ok(());
        }
        let at = [(self.device(words.x), self.device(words.y))];
        let element = TextElement {
            at,
            text: words.text,
            style: TextStyle {
                family: &self.style.font_family,
                size: words.size * self.style.scale * self.font_divisor,
                bold: words.bold,
                align: words.align,
                color: backend(words.color),
            },
        };
        self.sheet.words(&element)
    }

    /// Lengths of a dash in CSS pixels: on, off, on, off.
    pub(super) fn dash_lengths(dash: Dash) -> Option<[f64; 4]> {
        match dash {
            Dash::Solid => None,
            Dash::Theory => Some([6.0, 4.0, 6.0, 4.0]),
            Dash::TestTheory => Some([2.0, 3.0, 2.0, 3.0]),
            Dash::Dotted => Some([1.0, 3.0, 1.0, 3.0]),
            Dash::Second => Some([10.0, 3.0, 2.0, 3.0]),
            Dash::Long => Some([14.0, 4.0, 14.0, 4.0]),
            Dash::Short => Some([3.0, 3.0, 3.0, 3.0]),
            Dash::Mixed => Some([12.0, 3.0, 3.0, 3.0]),
        }
    }

    /// Device points without repetitions: rounding makes many on dense curves.
    fn collect(&mut self, path: &[[f64; 2]]) {
        self.points.clear();
        for &[x, y] in path {
            let point = (self.device(x), self.device(y));
            if self.points.last() != Some(&point) {
                self.points.push(point);
            }
        }
    }

    fn send_points(&self, kind: Kind, color: Color) -> Result<(), RenderError> {
        if self.points.is_empty() {
            return Ok(());
        }
        self.send(&self.points, kind, color)
    }

    fn send(&self, points: &[BackendCoord], kind: Kind, color: Color) -> Result<(), RenderError> {
        let color = backend(color);
        self.sheet.shape(&Shape {
            points,
            kind,
            color,
        })
    }
}

/// A line of text in CSS pixels.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub align: HPos,
    pub color: Color,
}

fn refused(error: impl std::fmt::Display) -> RenderError {
    RenderError::Backend(error.to_string())
}
