//! What can be drawn: a handful of marks, each in a role rather than a colour.

use serde::Serialize;

/// What a mark stands for. A palette turns it into a colour; its meaning is
/// the same in every chart, in the prose and in every theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The network, and what is set.
    Ink,
    /// Second text, and the theory's dash.
    Ink2,
    /// Ticks, captions, thresholds.
    Ink3,
    /// Axis lines.
    Rule2,
    /// Grid lines.
    Rule,
    /// The ground the chart stands on.
    Ground,
    /// The true function; the channel.
    Signal,
    /// Its tint, for areas.
    SignalTint,
    /// Label noise; the reservoir.
    Noise,
    /// Its tint, for hollow bars.
    NoiseTint,
    /// Anything about test points.
    Test,
    /// Its tint, for areas.
    TestTint,
}

/// Line pattern, in CSS pixels at 1x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dash {
    /// No gaps.
    Solid,
    /// 6 on, 4 off: the theory.
    Theory,
    /// 2 on, 3 off: the theory about test points.
    TestTheory,
    /// 1 on, 3 off: thresholds.
    Dotted,
    /// 10 on, 3 off, 2 on, 3 off: a second run.
    Second,
    /// 14 on, 4 off: one of several arms that are compared.
    Long,
    /// 3 on, 3 off: another.
    Short,
    /// 12 on, 3 off, 3 on, 3 off: another.
    Mixed,
}

/// Which way a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// At one y, across the plot.
    Horizontal,
    /// At one x, from top to bottom.
    Vertical,
}

/// Shape of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Filled circle: train.
    Disc,
    /// Circle filled with ground: a noisy label.
    Ring,
    /// Filled diamond: test.
    Diamond,
}

/// How a bar is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BarFill {
    /// Solid, in the signal's hue: the channel.
    Channel,
    /// Outline and tint, in the noise's hue: the reservoir.
    Reservoir,
    /// A 12 px hatched stub: the value is below numerical resolution.
    BelowResolution,
}

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bar {
    /// Centre, in data coordinates; bars stand one unit apart.
    pub x: f64,
    /// Height. Below the axis it is drawn as a 2 px stub.
    pub value: f64,
    /// Its filling.
    pub fill: BarFill,
}

/// A thing to draw. Coordinates are data coordinates; widths are CSS pixels.
/// A point that is not finite breaks a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Mark {
    /// A polyline.
    Line {
        /// Its points, `[x, y]`.
        points: Vec<[f64; 2]>,
        /// Its role.
        role: Role,
        /// Stroke width.
        width: f64,
        /// Pattern.
        dash: Dash,
        /// Whether a 3 px halo of ground keeps it on top of what lies below.
        halo: bool,
    },
    /// The area between two curves over the same x.
    Band {
        /// Shared x, ascending.
        x: Vec<f64>,
        /// One curve.
        a: Vec<f64>,
        /// The other curve.
        b: Vec<f64>,
        /// Its role, a tint.
        role: Role,
    },
    /// Bars from the bottom of the plot.
    Bars {
        /// The bars, by ascending x.
        bars: Vec<Bar>,
    },
    /// The theory's dashed line over bars: over a solid bar it turns to
    /// ground colour so that it never loses contrast.
    BarTheory {
        /// `[x, value]` per bar.
        points: Vec<[f64; 2]>,
    },
    /// Vertical sticks, each from one y to another.
    Sticks {
        /// `[x, from, to]`.
        sticks: Vec<[f64; 3]>,
        /// Their role.
        role: Role,
    },
    /// Points of one shape.
    Points {
        /// `[x, y]`.
        points: Vec<[f64; 2]>,
        /// Their shape.
        shape: Shape,
        /// Their role.
        role: Role,
    },
    /// Points of a second run: the same shapes, small and open.
    OpenPoints {
        /// `[x, y]`.
        points: Vec<[f64; 2]>,
        /// Their shape.
        shape: Shape,
        /// Their role.
        role: Role,
    },
    /// Heights of a second run's bars: a short line across each bar.
    BarLevels {
        /// `[x, value]` per bar.
        points: Vec<[f64; 2]>,
    },
    /// A straight line across the whole plot.
    Rule {
        /// Which way it runs.
        orientation: Orientation,
        /// Where, on the axis it stands on.
        at: f64,
        /// Its role.
        role: Role,
        /// Pattern.
        dash: Dash,
    },
    /// A vertical line from the bottom of the plot up to a point.
    Drop {
        /// Its upper end.
        at: [f64; 2],
        /// Its role.
        role: Role,
    },
    /// A grid of cells, from ground (0) to full ink (1), in the given role.
    Heat {
        /// Cell edges along x, ascending: one more than there are columns.
        x: Vec<f64>,
        /// Cell edges along y, ascending: one more than there are rows.
        y: Vec<f64>,
        /// Shade of each cell, column by column; not finite = not drawn.
        shades: Vec<f64>,
        /// Role of a full cell.
        role: Role,
    },
    /// A 1 px ink frame around the bar at x, over the whole plot height.
    Frame {
        /// The bar's centre.
        x: f64,
    },
}

impl Mark {
    /// A solid line without a halo.
    pub fn line(points: Vec<[f64; 2]>, role: Role, width: f64) -> Self {
        Self::Line {
            points,
            role,
            width,
            dash: Dash::Solid,
            halo: false,
        }
    }

    /// A line of 1.5 px in a pattern, as theories are drawn.
    pub fn dashed(points: Vec<[f64; 2]>, role: Role, dash: Dash) -> Self {
        Self::Line {
            points,
            role,
            width: 1.5,
            dash,
            halo: false,
        }
    }

    /// Points of one shape.
    pub fn points(points: Vec<[f64; 2]>, shape: Shape, role: Role) -> Self {
        Self::Points {
            points,
            shape,
            role,
        }
    }

    /// One point.
    pub fn point(at: [f64; 2], shape: Shape, role: Role) -> Self {
        Self::points(vec![at], shape, role)
    }

    /// A rule at one y, across the plot.
    pub fn across(at: f64, role: Role, dash: Dash) -> Self {
        Self::Rule {
            orientation: Orientation::Horizontal,
            at,
            role,
            dash,
        }
    }

    /// A rule at one x, from top to bottom.
    pub fn upright(at: f64, role: Role, dash: Dash) -> Self {
        Self::Rule {
            orientation: Orientation::Vertical,
            at,
            role,
            dash,
        }
    }

    /// The rule through the cursor.
    pub fn cursor(at: f64) -> Self {
        Self::upright(at, Role::Ink, Dash::Solid)
    }
}
