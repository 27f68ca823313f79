//! A chart as plain data, and the one renderer that draws it.
//!
//! An exhibit says *what* a picture holds, in data coordinates and in roles
//! ("signal", "noise", "test"), never in pixels or colours. [`render`] maps
//! that onto any plotters backend: a canvas in the page, SVG from the command
//! line. Nothing here knows an exhibit, and nothing here computes a number
//! that a reader is meant to believe.

mod axis;
mod label;
mod layout;
mod mark;
mod overlay;
mod palette;
mod render;
mod text;

pub use axis::{Axis, Scale, Tick, TickLabel, number, power_of_ten};
pub use label::{Label, Place, Sample, Side};
pub use layout::Layout;
pub use mark::{Bar, BarFill, Dash, Mark, Orientation, Role, Shape};
pub use overlay::overlay;
pub use palette::{Color, ColorError, Palette};
pub use render::{RenderError, Style, render, svg};
pub use text::{AverageWidths, Span, TextMetrics};

use serde::Serialize;

/// TypeScript declarations of these types, as serde writes them.
pub const TYPESCRIPT: &str = include_str!("types.d.ts");

/// One view of an exhibit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// Stable name of the view, as in the `views` attribute: `fit`, `eigenvalues`.
    pub view: &'static str,
    /// Left side of the title row: what is drawn.
    pub title: Vec<Span>,
    /// Right side of the title row: one live number, or the probed values.
    pub reading: Vec<Span>,
    /// Horizontal axis, drawn as a line with ticks below.
    pub x: Axis,
    /// Vertical axis, drawn as grid lines with labels on the left.
    pub y: Axis,
    /// What is drawn, in painter's order.
    pub marks: Vec<Mark>,
    /// Words in the plot; the renderer finds their places.
    pub labels: Vec<Label>,
    /// The view in one or two sentences, for someone who cannot see it.
    pub description: String,
    /// The numbers behind the picture, for the CSV and the data table.
    pub columns: Vec<Column>,
}

impl Chart {
    /// An empty chart between two axes; `title` marks strong words as in [`Span::marked`].
    pub fn new(view: &'static str, title: &str, x: Axis, y: Axis) -> Self {
        Self {
            view,
            title: Span::marked(title),
            reading: Vec::new(),
            x,
            y,
            marks: Vec::new(),
            labels: Vec::new(),
            description: String::new(),
            columns: Vec::new(),
        }
    }

    /// Adds a column of the numbers behind the picture.
    pub fn column(
        &mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = f64>,
    ) -> &mut Self {
        self.columns.push(Column::new(name, values));
        self
    }
}

/// A named column of the numbers behind a chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Header, in kebab-case with its unit where it has one.
    pub name: String,
    /// Values, one a row; columns of one chart may differ in length.
    pub values: Vec<f64>,
}

/// A number as it is, or not a number where it is infinite: a ratio to nothing
/// has no value.
pub(crate) const fn or_nan(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::NAN }
}

impl Column {
    /// A column from anything that yields numbers; what is not finite is a
    /// gap, and not a number.
    pub fn new(name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        Self {
            name: name.into(),
            values: values.into_iter().map(or_nan).collect(),
        }
    }
}
