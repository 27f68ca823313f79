//! How arms look, the same in every picture: gates in the hue of the test
//! points, what they are compared with in ink.

use super::rule::Rule;
use super::setup::{ArmSetup, Setup};
use crate::chart::{Axis, Dash, Label, Mark, Role, Side};

/// Look of an arm.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub role: Role,
    pub dash: Dash,
    pub width: f64,
}

/// The look of an arm: the first of its kind, or a further one.
pub fn style(setup: &Setup, arm: usize) -> Style {
    let kind = |rule: Rule| std::mem::discriminant(&rule);
    let same = |other: &ArmSetup| kind(other.rule) == kind(setup.arms[arm].rule);
    let first = !setup.arms[..arm].iter().any(same);
    let (role, dash, width) = match (setup.arms[arm].rule, first) {
        (Rule::Gate(_), true) => (Role::Test, Dash::Solid, 3.0),
        (Rule::Gate(_), false) => (Role::Test, Dash::TestTheory, 2.0),
        (Rule::Free, true) => (Role::Ink, Dash::Solid, 2.0),
        (Rule::Free, false) => (Role::Ink3, Dash::Solid, 2.0),
        (Rule::Random, _) => (Role::Ink, Dash::Dotted, 2.0),
        (Rule::RandomOwn, _) => (Role::Ink3, Dash::Dotted, 2.0),
        (Rule::Slower, _) => (Role::Ink2, Dash::Theory, 1.5),
    };
    Style { role, dash, width }
}

/// Name of an arm in a corner of a picture that has no room at the curves'
/// ends: the first two on the left, the others on the right.
pub fn key(setup: &Setup, arm: usize) -> Label {
    let Style { role, dash, .. } = style(setup, arm);
    let side = if arm < 2 { Side::Left } else { Side::Right };
    Label::line_key(setup.label(arm), side, role, dash)
}

impl Style {
    /// A line in this look.
    pub fn line(&self, points: Vec<[f64; 2]>) -> Mark {
        Mark::Line {
            points,
            role: self.role,
            width: self.width,
            dash: self.dash,
            halo: false,
        }
    }
}

/// Steps of a trial, with room for names at the end.
pub fn steps_axis(steps: u64) -> Axis {
    Axis::log_plain(1.0, libm::pow(steps as f64, 1.28)).first("step ")
}
