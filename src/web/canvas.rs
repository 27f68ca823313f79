//! Charts on a canvas: plotters-canvas, with words measured once.
//!
//! plotters-canvas measures text by inserting an element into the page for
//! every label, which forces a layout and breaks under a strict content
//! security policy. This wrapper passes drawing through and measures with
//! the canvas, keeping what it measured.

use crate::chart::{Chart, Style, TextMetrics, render};
use plotters::drawing::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use web_sys::CanvasRenderingContext2d;

type Failure = DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>;

/// Draws a chart on the canvas behind `context`.
///
/// # Errors
/// A sentence if the canvas cannot be drawn on.
pub fn draw(
    chart: &Chart,
    context: &CanvasRenderingContext2d,
    size: (f64, f64),
    style: &Style,
    metrics: &mut CanvasMetrics,
) -> Result<(), String> {
    let canvas = context
        .canvas()
        .ok_or("The drawing context has no canvas.")?;
    let inner =
        CanvasBackend::with_canvas_object(canvas).ok_or("The canvas has no 2D drawing context.")?;
    metrics.prepare(context, &style.font_family);
    let area = Canvas { inner }.into_drawing_area();
    render(chart, &area, size, style, metrics).map_err(|error| error.to_string())
}

/// Widths of words, by text, size and weight, for one font family.
#[derive(Default)]
pub struct CanvasMetrics {
    context: Option<CanvasRenderingContext2d>,
    family: String,
    /// In ascending order of the word, which takes less code than a map and finds
    /// as fast.
    known: Vec<(Word, f64)>,
}

/// A word, the bits of its size, and whether it is bold.
type Word = (String, u64, bool);

/// Live numbers make new words at every frame: past this many the memory is
/// cleared rather than let grow.
const MOST_WORDS: usize = 2_000;

impl CanvasMetrics {
    fn prepare(&mut self, context: &CanvasRenderingContext2d, family: &str) {
        self.context = Some(context.clone());
        if self.family != family || self.known.len() > MOST_WORDS {
            self.known.clear();
            self.family = family.into();
        }
    }
}

impl TextMetrics for CanvasMetrics {
    fn width(&mut self, text: &str, size: f64, bold: bool) -> f64 {
        let word = (text, size.to_bits(), bold);
        let found = self
            .known
            .binary_search_by(|((text, size, bold), _)| (text.as_str(), *size, *bold).cmp(&word));
        let place = match found {
            Ok(at) => return self.known[at].1,
            Err(place) => place,
        };
        let Some(context) = &self.context else {
            return 0.0;
        };
        let weight = if bold { "bold " } else { "" };
        context.set_font(&format!("{weight}{size}px {}", self.family));
        let width = context.measure_text(text).map_or(0.0, |m| m.width());
        let word = (text.to_owned(), size.to_bits(), bold);
        self.known.insert(place, (word, width));
        width
    }
}

struct Canvas {
    inner: CanvasBackend,
}

impl DrawingBackend for Canvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), Failure> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Failure> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), Failure> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Failure> {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Failure> {
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Failure> {
        self.inner.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), Failure> {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Failure> {
        self.inner.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        position: BackendCoord,
    ) -> Result<(), Failure> {
        self.inner.draw_text(text, style, position)
    }

    /// Our layout measures by [`CanvasMetrics`] before it places a word, so
    /// plotters needs no size of its own, and the backend's way of finding
    /// one must not be used.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        _text: &str,
        _style: &S,
    ) -> Result<(u32, u32), Failure> {
        Ok((0, 0))
    }
}
