//! The one renderer: a [`Chart`] onto any plotters backend.
//!
//! Device coordinates are integers, so it draws at `scale` device pixels per
//! CSS pixel. It sends few, long primitives, since on a canvas every one of
//! them crosses into JavaScript: rectangles of one colour travel as a single
//! polygon.

mod axes;
mod bars;
mod elements;
mod ends;
mod geometry;
mod keys;
mod marks;
mod obstacles;
mod pen;
mod place;
mod points;
mod svg;
mod words;

pub use svg::svg;

use super::{Chart, Layout, Palette, Role, TextMetrics};
use pen::Pen;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters_backend::DrawingBackend;

/// How charts look in one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Colours.
    pub palette: Palette,
    /// CSS font family list.
    pub font_family: String,
    /// Text size in CSS pixels: 12, on a projector 16.
    pub font_size: f64,
    /// Factor on stroke widths: 1, on a projector 1.6.
    pub line_scale: f64,
    /// Device pixels per CSS pixel.
    pub scale: f64,
    /// Whether words with digits stay away, for a class that is to guess.
    pub hide_values: bool,
}

impl Style {
    /// Fonts for instruments, in the order the page asks for them.
    pub const SANS: &'static str = "\"Avenir Next\", \"Segoe UI\", Roboto, \"Helvetica Neue\", \
         \"Nimbus Sans\", \"Liberation Sans\", Arial, sans-serif";

    /// The style of a page: 12 px text, two device pixels per CSS pixel.
    pub fn page(palette: Palette) -> Self {
        Self {
            palette,
            font_family: Self::SANS.to_owned(),
            font_size: 12.0,
            line_scale: 1.0,
            scale: 2.0,
            hide_values: false,
        }
    }

    /// The style of a projector: 16 px text, strokes 1.6 times as wide.
    pub fn projector() -> Self {
        Self {
            font_size: 16.0,
            line_scale: 1.6,
            ..Self::page(Palette::PROJECTOR)
        }
    }

    /// The style with every number in a range that can be drawn.
    fn sane(&self) -> Self {
        let within = |value: f64, low: f64, high: f64, default: f64| match value.is_finite() {
            true => value.clamp(low, high),
            false => default,
        };
        Self {
            font_size: within(self.font_size, 1.0, 200.0, 12.0),
            line_scale: within(self.line_scale, 0.1, 10.0, 1.0),
            scale: within(self.scale, 0.25, 16.0, 1.0),
            ..self.clone()
        }
    }
}

/// Why a chart could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The canvas or file refused a primitive.
    #[error("the chart could not be drawn: {0}")]
    Backend(String),
}

/// Draws a chart on an area of `size_css` CSS pixels, that is of
/// `size_css * style.scale` device pixels. Words are measured by `metrics`
/// in CSS pixels.
pub fn render<DB: DrawingBackend>(
    chart: &Chart,
    area: &DrawingArea<DB, Shift>,
    size_css: (f64, f64),
    style: &Style,
    metrics: &mut dyn TextMetrics,
) -> Result<(), RenderError> {
    let style = style.sane();
    let layout = Layout::new(size_css.0, size_css.1, style.font_size);
    draw(chart, Pen::new(area, &style, layout), metrics)
}

fn draw(chart: &Chart, mut pen: Pen<'_>, metrics: &mut dyn TextMetrics) -> Result<(), RenderError> {
    let layout = pen.layout;
    pen.fill_rect(0.0, 0.0, layout.width, layout.height, Role::Ground)?;
    if layout.plot_width() < 1.0 || layout.plot_height() < 1.0 {
        return Ok(());
    }
    let told;
    let chart = if pen.style.hide_values {
        told = without_values(chart);
        &told
    } else {
        chart
    };
    let placed = place::place(chart, &layout, pen.style.font_size, metrics);
    axes::grid(&mut pen, chart)?;
    // Below the marks: a halo parts words from grid lines, and erases no data.
    words::halos(&mut pen, chart, &placed)?;
    marks::draw(&mut pen, chart)?;
    axes::ticks(&mut pen, chart, metrics)?;
    words::draw(&mut pen, chart, &placed)
}

/// The chart without the labels that give a number away. Ticks stay: a chart
/// without a scale says nothing.
fn without_values(chart: &Chart) -> Chart {
    let mut chart = chart.clone();
    chart.labels.retain(|label| !tells_a_value(&label.text));
    chart
}

/// Whether words hold a number that was measured: a fraction, a percentage or
/// one of several digits. A single digit counts something ("arm 2").
fn tells_a_value(text: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    text.split_whitespace().any(|word| {
        digits(word) > 1 || digits(word) == 1 && word.contains(['.', '%', '\u{d7}', '\u{2212}'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_with_a_measured_number_give_a_value_away() {
        for text in [
            "best .047 at step 820",
            "37%",
            "\u{2212}2",
            "1\u{202f}200 steps",
        ] {
            assert!(tells_a_value(text), "{text}");
        }
        for text in ["test", "arm 2", "frozen kernel", "f*"] {
            assert!(!tells_a_value(text), "{text}");
        }
    }

    #[test]
    fn absurd_styles_become_drawable() {
        let style = Style {
            font_size: f64::NAN,
            line_scale: -1.0,
            scale: f64::INFINITY,
            ..Style::page(Palette::LIGHT)
        };
        let sane = style.sane();
        assert_eq!(
            (sane.font_size, sane.line_scale, sane.scale),
            (12.0, 0.1, 1.0)
        );
        assert_eq!(Style::projector().sane(), Style::projector());
    }
}
