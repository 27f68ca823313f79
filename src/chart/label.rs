//! Words inside a plot. The exhibit says what they belong to; the renderer
//! finds where they fit.

use super::{Dash, Role, Shape};
use serde::Serialize;

/// Which side of something a label stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Left of it.
    Left,
    /// Right of it.
    Right,
    /// Above it.
    Above,
    /// Below it.
    Below,
}

/// The 22 px sample before a key label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Sample {
    /// A filled patch.
    Patch {
        /// Its role.
        role: Role,
    },
    /// A piece of line.
    Line {
        /// Its role.
        role: Role,
        /// Its pattern.
        dash: Dash,
    },
    /// A hatched patch: below numerical resolution.
    Hatch,
    /// A small open point: a second run's.
    Open {
        /// Its shape.
        shape: Shape,
        /// Its role.
        role: Role,
    },
    /// A short line across a bar: the height of a second run's.
    Level,
}

/// Where a label may stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Place {
    /// Right of the moving end of a curve. Labels of this kind in one chart stand in the
    /// order of their ends and never overlap; one that had to make way is joined to its end
    /// by a leader.
    End {
        /// The end, in data coordinates.
        at: [f64; 2],
        /// A sample of the curve before the words, where its role does not tell it.
        sample: Option<Sample>,
    },
    /// Close to one of several fixed points: the first where the words cover
    /// no static mark wins, else the one that covers least. Points of moving
    /// marks do not count, so the label does not jump while a run plays.
    Near {
        /// Candidate points, best first.
        candidates: Vec<[f64; 2]>,
        /// Sides to try at each candidate, best first.
        sides: Vec<Side>,
        /// If set, a thin leader runs from the words to this point, and the
        /// words stand at least 24 px away from it.
        leader: Option<[f64; 2]>,
    },
    /// A key line in the top left or top right corner of the plot, stacked
    /// with others in the order given; closer together, side by side or in the
    /// other corner where they would cover data.
    Key {
        /// Left or right corner.
        side: Side,
        /// What the words explain.
        sample: Sample,
    },
    /// At the right end of a horizontal line, above or below it.
    OnRule {
        /// The line's y, in data coordinates.
        at: f64,
        /// Above or below.
        side: Side,
    },
    /// At the top of a vertical line, left or right of it; drops out when
    /// there is no room.
    OnSplit {
        /// The line's x, in data coordinates.
        at: f64,
        /// Left or right.
        side: Side,
    },
    /// At the foot of a vertical line, left or right of it, whichever side
    /// has room.
    OnDrop {
        /// The line's x, in data coordinates.
        at: f64,
    },
}

/// Words in the plot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Their role.
    pub role: Role,
    /// Weight 600 rather than 400.
    pub strong: bool,
    /// Their place.
    pub place: Place,
}

impl Label {
    /// Words of normal weight.
    pub fn new(text: impl Into<String>, role: Role, place: Place) -> Self {
        Self {
            text: text.into(),
            role,
            strong: false,
            place,
        }
    }

    /// Words of weight 600.
    pub fn strong(text: impl Into<String>, role: Role, place: Place) -> Self {
        Self {
            strong: true,
            ..Self::new(text, role, place)
        }
    }

    /// Strong words at the end of a curve.
    pub fn end(text: impl Into<String>, role: Role, at: [f64; 2]) -> Self {
        let sample = None;
        Self::strong(text, role, Place::End { at, sample })
    }

    /// Words of normal weight there.
    pub fn light_end(text: impl Into<String>, role: Role, at: [f64; 2]) -> Self {
        let sample = None;
        Self::new(text, role, Place::End { at, sample })
    }

    /// The label of an end, with a sample of the curve before the words.
    pub fn with_sample(mut self, of: Sample) -> Self {
        if let Place::End { sample, .. } = &mut self.place {
            *sample = Some(of);
        }
        self
    }

    /// Words above the right end of a horizontal line.
    pub fn above_rule(text: impl Into<String>, role: Role, at: f64) -> Self {
        let side = Side::Above;
        Self::new(text, role, Place::OnRule { at, side })
    }

    /// A key line in a corner, with a piece of line as its sample.
    pub fn line_key(text: impl Into<String>, side: Side, role: Role, dash: Dash) -> Self {
        Self::key(text, side, role, Sample::Line { role, dash })
    }

    /// A key line in a corner, with any sample.
    pub fn key(text: impl Into<String>, side: Side, role: Role, sample: Sample) -> Self {
        Self::new(text, role, Place::Key { side, sample })
    }

    /// The same in weight 600.
    pub fn bold(mut self) -> Self {
        self.strong = true;
        self
    }

    /// Words near the first of some points where they cover least, without a leader.
    pub fn near(
        text: impl Into<String>,
        role: Role,
        candidates: Vec<[f64; 2]>,
        sides: Vec<Side>,
    ) -> Self {
        let place = Place::Near {
            candidates,
            sides,
            leader: None,
        };
        Self::new(text, role, place)
    }
}
