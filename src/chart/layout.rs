//! Where the plot lies inside its canvas. Margins depend on the font size
//! alone, so the axes of all views line up across rows and columns.

use super::Chart;

/// Room above the plot for the topmost stroke, in CSS pixels.
const TOP: f64 = 4.0;
/// The largest share of the plot that an axis may leave for labels.
const MOST_ROOM: f64 = 0.54;

/// The plot rectangle inside a canvas, in whole CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// Width of the canvas.
    pub width: f64,
    /// Height of the canvas.
    pub height: f64,
    /// Left edge of the plot: 3.15 em from the canvas.
    pub left: f64,
    /// Top edge of the plot.
    pub top: f64,
    /// Right edge of the plot: the canvas edge.
    pub right: f64,
    /// Bottom edge of the plot: the x-axis band of 1.9 em lies below.
    pub bottom: f64,
    /// Height of the letters, in CSS pixels.
    em: f64,
}

impl Layout {
    /// The layout of a canvas of this size in CSS pixels. A canvas too small
    /// for its margins has an empty plot.
    pub fn new(width: f64, height: f64, font_size: f64) -> Self {
        let width = sane(width);
        let height = sane(height);
        let font_size = sane(font_size);
        let left = (3.15 * font_size).round().min(width);
        let bottom = (height - (1.9 * font_size).round()).max(0.0).floor();
        Self {
            width,
            height,
            left,
            top: TOP.min(bottom),
            right: width.floor().max(left),
            bottom,
            em: font_size,
        }
    }

    /// Where the horizontal axis of a chart ends: at the right edge of the plot, less the room
    /// that it leaves for labels.
    pub fn data_right(&self, chart: &Chart) -> f64 {
        let most = MOST_ROOM * self.plot_width();
        self.right - sane(chart.x.room * self.em).min(most).floor()
    }

    /// Data coordinates to CSS pixels, unclipped.
    pub fn to_px(&self, chart: &Chart, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.x_px(chart, x), self.y_px(chart, y)]
    }

    /// Data x to CSS pixels from the left of the canvas.
    pub fn x_px(&self, chart: &Chart, x: f64) -> f64 {
        self.left + chart.x.scale.to_unit(x) * (self.data_right(chart) - self.left)
    }

    /// Data y to CSS pixels from the top of the canvas.
    pub fn y_px(&self, chart: &Chart, y: f64) -> f64 {
        self.bottom - chart.y.scale.to_unit(y) * self.plot_height()
    }

    /// CSS pixels to data coordinates; nothing outside the plot. Right of the end of the axis
    /// is its end.
    pub fn to_data(&self, chart: &Chart, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let inside = x >= self.left && x <= self.right && y >= self.top && y <= self.bottom;
        if !inside || self.plot_width() <= 0.0 || self.plot_height() <= 0.0 {
            return None;
        }
        let along = (x - self.left) / (self.data_right(chart) - self.left);
        let x = chart.x.scale.from_unit(along.min(1.0));
        let y = chart
            .y
            .scale
            .from_unit((self.bottom - y) / self.plot_height());
        Some([x, y])
    }

    /// Width of the plot.
    pub fn plot_width(&self) -> f64 {
        self.right - self.left
    }

    /// Height of the plot.
    pub fn plot_height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// A length that can be drawn: not negative, not infinite, not absurd.
fn sane(length: f64) -> f64 {
    if length.is_nan() {
        0.0
    } else {
        length.clamp(0.0, 16_384.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Axis;

    #[test]
    fn pixels_and_data_invert_inside_the_plot() {
        let chart = Chart {
            view: "fit",
            title: Vec::new(),
            reading: Vec::new(),
            x: Axis::linear(-1.0, 1.0, &[]),
            y: Axis::log(1e-3, 1e2),
            marks: Vec::new(),
            labels: Vec::new(),
            description: String::new(),
            columns: Vec::new(),
        };
        let layout = Layout::new(570.0, 252.0, 12.0);
        assert_eq!((layout.left, layout.bottom), (38.0, 229.0));
        let px = layout.to_px(&chart, [0.25, 3.0]);
        let data = layout.to_data(&chart, px).expect("inside");
        assert!((data[0] - 0.25).abs() < 1e-12 && (data[1] - 3.0).abs() < 1e-9);
        let with_room = Chart {
            x: chart.x.clone().with_room(6.0),
            ..chart.clone()
        };
        assert_eq!(layout.data_right(&with_room), 570.0 - 72.0);
        assert_eq!(layout.x_px(&with_room, 1.0), 498.0);
        let beyond = layout.to_data(&with_room, [560.0, 100.0]).expect("inside");
        assert_eq!(beyond[0], 1.0);
        // Small plots keep nearly half of their width for data.
        assert!(Layout::new(138.0, 90.0, 12.0).data_right(&with_room) > 82.0);
        assert!(layout.to_data(&chart, [10.0, 100.0]).is_none());
        assert!(layout.to_data(&chart, [f64::NAN, 1.0]).is_none());
        assert!(
            Layout::new(1.0, 1.0, 12.0)
                .to_data(&chart, [1.0, 0.0])
                .is_none()
        );
    }
}
